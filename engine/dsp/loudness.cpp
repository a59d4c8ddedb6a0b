#include "dsp/loudness.h"

namespace arietta {
namespace {

constexpr double kOffsetLufs = -0.691;       // BS.1770: makes a 997 Hz sine in one channel read its level

double lufs_of(double energy) { return energy > 0 ? kOffsetLufs + 10 * std::log10(energy) : kSilentLufs; }

}  // namespace

float loudness_weight(int channel, int channels) {
  constexpr float kBehind = 1.41f;           // +1.5 dB
  if (channel < 2) return 1;
  if (channels == 4) return kBehind;         // quadrophony
  if (channel == 2) return 1;                // the centre
  if (channels == 5) return kBehind;
  if (channel == 3) return 0;                // bass effects
  if (channels == 7) return channel == 4 ? 1 : kBehind;    // 6.1: back centre, then the sides
  if (channels == 8) return channel < 6 ? 1 : kBehind;     // 7.1: straight back counts once, the sides more
  return kBehind;
}

bool LoudnessCounts::prepare(Arena& arena) {
  bins_ = arena.array<Bin>(kSteps);
  return !bins_.empty();
}

void LoudnessCounts::reset() {
  for (Bin& bin : bins_) bin = {};
  all_ = {};
}

void LoudnessCounts::add(double energy) {
  const double lufs = lufs_of(energy);
  if (!(lufs > kLowest)) return;
  const int step = lufs < kLowest + kStep * kSteps ? int((lufs - kLowest) / kStep) : kSteps - 1;
  Bin& bin = bins_[size_t(step < kSteps ? step : kSteps - 1)];
  for (Bin* counted : {&bin, &all_}) {
    counted->energy += energy;
    ++counted->count;
  }
}

// The first step that counts.
int LoudnessCounts::gate(double below_lu) const {
  const double lufs = lufs_of(all_.energy / all_.count) - below_lu;
  return lufs <= kLowest ? 0 : int((lufs - kLowest) / kStep + 0.5);
}

double LoudnessCounts::gated_mean_lufs(double below_lu) const {
  if (all_.count == 0) return kSilentLufs;
  Bin loud{};
  for (int i = gate(below_lu); i < kSteps; ++i) {
    loud.energy += bins_[size_t(i)].energy;
    loud.count += bins_[size_t(i)].count;
  }
  return loud.count ? lufs_of(loud.energy / loud.count) : kSilentLufs;
}

double LoudnessCounts::spread_lu(double below_lu) const {
  if (all_.count == 0) return 0;
  const int first = gate(below_lu);
  uint32_t count = 0;
  for (int i = first; i < kSteps; ++i) count += bins_[size_t(i)].count;
  int low = -1, high = first;
  uint32_t seen = 0;
  for (int i = first; i < kSteps; ++i) {
    seen += bins_[size_t(i)].count;
    if (low < 0 && double(seen) >= 0.10 * count) low = i;
    if (double(seen) < 0.95 * count) high = i + 1;
  }
  return kStep * (high - low);
}

bool LoudnessMeter::prepare(Arena& arena, float sample_rate, int channels) {
  if (channels < 1 || channels > kMaxChannels || !integrated_.prepare(arena) || !short_terms_.prepare(arena)) return false;
  sample_rate_ = double(sample_rate);
  channels_ = channels;
  for (int c = 0; c < channels; ++c) {
    weight_[c] = double(loudness_weight(c, channels));
    filter_[c].prepare(sample_rate_);
    peak_[c].prepare();
  }
  reset();
  return true;
}

void LoudnessMeter::reset() {
  for (int c = 0; c < channels_; ++c) {
    filter_[c].reset();
    peak_[c].reset();
  }
  for (double& slice : slice_) slice = 0;
  slices_ = frame_ = slice_start_ = 0;
  slice_end_ = int64_t(std::ceil(sample_rate_ / kSlicesPerSecond));
  sum_ = momentary_ = short_term_ = highest_momentary_ = highest_short_term_ = 0;
  integrated_.reset();
  short_terms_.reset();
}

void LoudnessMeter::process(const float* const* channels, int frames) {
  for (int c = 0; c < channels_; ++c) peak_[c].process(channels[c], frames);
  for (int done = 0; done < frames;) {
    const int64_t room = slice_end_ - frame_;
    const int count = room < frames - done ? int(room) : frames - done;
    for (int c = 0; c < channels_; ++c) {
      if (weight_[c] == 0) continue;
      double sum = 0;
      for (int i = done; i < done + count; ++i) {
        const double out = filter_[c].next(double(channels[c][i]));
        sum += out * out;
      }
      sum_ += weight_[c] * sum;
      filter_[c].flush();
    }
    done += count;
    frame_ += count;
    if (frame_ == slice_end_) end_slice();
  }
}

void LoudnessMeter::end_slice() {
  slice_[slices_ % kShortTermSlices] = sum_ / double(slice_end_ - slice_start_);
  ++slices_;
  sum_ = 0;
  slice_start_ = slice_end_;
  slice_end_ = int64_t(std::ceil(double(slices_ + 1) * sample_rate_ / kSlicesPerSecond));

  momentary_ = mean_of_last(kMomentarySlices);
  short_term_ = mean_of_last(kShortTermSlices);
  highest_momentary_ = momentary_ > highest_momentary_ ? momentary_ : highest_momentary_;
  highest_short_term_ = short_term_ > highest_short_term_ ? short_term_ : highest_short_term_;
  if (slices_ % kStepSlices != 0) return;
  if (slices_ >= kMomentarySlices) integrated_.add(momentary_);
  if (slices_ >= kShortTermSlices) short_terms_.add(short_term_);
}

// Before the start there was silence.
double LoudnessMeter::mean_of_last(int slices) const {
  double sum = 0;
  for (int i = 1; i <= slices && i <= slices_; ++i) sum += slice_[(slices_ - i) % kShortTermSlices];
  return sum / slices;
}

double LoudnessMeter::lufs(double energy) {
  const double value = lufs_of(energy);
  return value > kSilentLufs ? value : kSilentLufs;
}

double LoudnessMeter::true_peak_dbtp() const {
  float highest = 0;
  for (int c = 0; c < channels_; ++c) highest = peak_[c].highest() > highest ? peak_[c].highest() : highest;
  return highest > 1e-6f ? 20 * std::log10(double(highest)) : kSilentLufs;
}

}  // namespace arietta
