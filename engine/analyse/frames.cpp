#include "analyse/frames.h"

#include <algorithm>
#include <cmath>

#include "base/mathx.h"

namespace arietta {
namespace {

// Tables and work arrays of a transform take some ten floats a sample.
constexpr size_t kBytesPerSample = 64;

int size_for(double samples) {
  int size = RealFft::kMinSize;
  while (size < samples && size < RealFft::kMaxSize) size *= 2;
  return size;
}

}  // namespace

Frames::Frames(span<const float> sound, float sample_rate, double window_s, double hop_s)
    : sound_(sound), sample_rate_(double(sample_rate)), hop_s_(hop_s) {
  const int size = size_for(window_s * sample_rate_);
  memory_.resize(size_t(size) * kBytesPerSample + 4096);
  Arena arena(memory_);
  if (!fft_.prepare(size, arena)) return;
  count_ = size_t(double(sound.size()) / sample_rate_ / hop_s) + 1;
  window_.resize(size_t(size));
  frame_.resize(size_t(size));
  re_.resize(size_t(bins()));
  im_.resize(size_t(bins()));
  power_.resize(size_t(bins()));
  for (int i = 0; i < size; ++i)
    window_[size_t(i)] = (1 - std::cos(2 * kPi * (float(i) + 0.5f) / float(size))) * 2 / float(size);
}

span<const float> Frames::power(size_t frame) {
  const int64_t size = fft_.size(), length = int64_t(sound_.size());
  const int64_t start = std::llround(double(frame) * hop_s_ * sample_rate_) - size / 2;
  for (int64_t i = 0; i < size; ++i) {
    const int64_t at = start + i;
    frame_[size_t(i)] = at >= 0 && at < length ? sound_[size_t(at)] * window_[size_t(i)] : 0;
  }
  fft_.forward(frame_.data(), re_.data(), im_.data());
  for (size_t i = 0; i < power_.size(); ++i) power_[i] = re_[i] * re_[i] + im_[i] * im_[i];
  return power_;
}

}  // namespace arietta
