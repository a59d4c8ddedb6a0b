#include "ui/waveforms.h"

#include <algorithm>
#include <cmath>

namespace arietta::ui {

Waveform::Waveform(std::vector<PeakPair> bottom) {
  levels_.push_back(std::move(bottom));
  while (levels_.back().size() > 1) {
    const std::vector<PeakPair>& below = levels_.back();
    std::vector<PeakPair> level((below.size() + 1) / 2);
    for (size_t i = 0; i < level.size(); ++i) {
      const PeakPair a = below[2 * i], b = 2 * i + 1 < below.size() ? below[2 * i + 1] : a;
      level[i] = {std::min(a.low, b.low), std::max(a.high, b.high)};
    }
    levels_.push_back(std::move(level));
  }
}

PeakPair Waveform::between(double from, double to) const {
  const double pairs = std::max(1.0, (to - from) / kFramesPerPair);
  const size_t level = std::min(levels_.size() - 1, size_t(std::max(0.0, std::floor(std::log2(pairs)))));
  const std::vector<PeakPair>& all = levels_[level];
  const double width = double(kFramesPerPair) * double(size_t(1) << level);
  const int64_t first = std::max<int64_t>(0, int64_t(std::floor(from / width)));
  const int64_t last = std::min<int64_t>(int64_t(all.size()) - 1, int64_t(std::ceil(to / width)) - 1);
  if (first > last) return {};
  PeakPair sum = all[size_t(first)];
  for (int64_t i = first + 1; i <= last; ++i) {
    sum.low = std::min(sum.low, all[size_t(i)].low);
    sum.high = std::max(sum.high, all[size_t(i)].high);
  }
  return sum;
}

void Waveforms::add(std::string_view hash, Bytes pairs) {
  const std::string key(hash);
  if (pairs.empty() && known_.count(key)) return;
  std::vector<PeakPair> bottom(pairs.size() / 4);
  const auto number = [&](size_t at) { return int16_t(uint16_t(pairs[at]) | uint16_t(pairs[at + 1] << 8)); };
  for (size_t i = 0; i < bottom.size(); ++i) bottom[i] = {number(4 * i), number(4 * i + 2)};
  known_.insert_or_assign(key, Waveform(std::move(bottom)));
}

const Waveform* Waveforms::find(std::string_view hash) const {
  const auto it = known_.find(std::string(hash));
  return it == known_.end() ? nullptr : &it->second;
}

}  // namespace arietta::ui
