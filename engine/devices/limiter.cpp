#include "devices/limiter.h"

#include <cstring>

namespace arietta {
namespace {

namespace p = param::limiter;

constexpr float kLookaheadSeconds = 0.0015f;   // a gain that falls within 1.5 ms is not heard as a click
constexpr float kReleaseSeconds = 0.1f;        // slower than a bass cycle, faster than a beat
constexpr float kLoudest = 1000;               // +60 dBFS: beyond it is a fault, not music
constexpr int kHoldFrames = 3;                 // a peak in a gap is made by the frames around it: two on each side
constexpr float kSafety = 0.955f;              // -0.4 dB: a longer filter finds 0.35 dB more in random squares, the worst tried

f32x4 finite(f32x4 v) { return select(is_finite(v), clamp(v, f32x4(-kLoudest), f32x4(kLoudest)), f32x4(0)); }

}  // namespace

bool Limiter::prepare(const AudioSpec& spec, Arena& arena) {
  sample_rate_ = spec.sample_rate;
  curve_.prepare();
  surge_.prepare(sample_rate_);
  if (!gain_.prepare(arena, int(kLookaheadSeconds * sample_rate_), kHoldFrames, kReleaseSeconds, sample_rate_)) return false;
  delay_ = arena.array<Frame>(size_t(latency_frames()));
  ceiling_.jump(db_to_gain(params_[p::ceiling_db]));
  drive_.jump(db_to_gain(params_[p::drive_db]));
  return !delay_.empty();
}

void Limiter::reset() {
  gain_.reset();
  surge_.reset();
  left_ = right_ = {};
  for (Frame& frame : delay_) frame = {};
  at_ = silent_frames_ = 0;
  lowest_gain_ = 1;
  ceiling_.jump(ceiling_.target());
  drive_.jump(drive_.target());
}

void Limiter::set_param(uint16_t index, float plain) {
  if (!params_.set(index, plain)) return;
  const float frames = find_param(DeviceKind::limiter, index)->smoothing_ms * 0.001f * sample_rate_;
  (index == p::ceiling_db ? ceiling_ : drive_).to(db_to_gain(params_[index]), frames);
}

// The block goes behind what is kept of the ones before.
void Limiter::take_in(Block io) {
  for (int i = 0; i < io.frames; i += 4) {
    const f32x4 drive = drive_.four_at(i);
    (finite(f32x4::load(io.left + i)) * drive).store(left_.frames + kKept + i);
    (finite(f32x4::load(io.right + i)) * drive).store(right_.frames + kKept + i);
  }
  for (Recent* side : {&left_, &right_})                   // find() reads on to a multiple of four
    for (int i = io.frames; i < io.frames + 4; ++i) side->frames[kKept + i] = 0;
}

// The highest of both sides in the gap after each frame; true when one is over the ceiling.
bool Limiter::find_peaks(int frames, float* high) const {
  alignas(16) float other[kMaxBlock];
  const float lowest_ceiling = ceiling_.value() < ceiling_.target() ? ceiling_.value() : ceiling_.target();
  curve_.find(left_.frames + CurvePeaks::kBefore, frames, lowest_ceiling * kSafety, high);
  curve_.find(right_.frames + CurvePeaks::kBefore, frames, lowest_ceiling * kSafety, other);
  bool over = false;
  for (int i = 0; i < frames; ++i) {
    if (other[i] > high[i]) high[i] = other[i];
    over = over || high[i] > ceiling_.at(i) * kSafety;
  }
  return over;
}

Activity Limiter::render(Block io) {
  take_in(io);
  alignas(16) float high[kMaxBlock];
  const bool calm = !find_peaks(io.frames, high) && gain_.at_rest();
  lowest_gain_ = 1;
  for (int i = 0; i < io.frames; ++i) {
    const Frame in = {left_.frames[kKept + i], right_.frames[kKept + i]};
    silent_frames_ = in.left != 0 || in.right != 0 ? 0 : silent_frames_ + 1;
    const float ceiling = ceiling_.at(i), goal = ceiling * kSafety;
    float gain = calm ? 1 : gain_.next(high[i] > goal ? goal / high[i] : 1);
    const Frame out = delay_[size_t(at_)];
    delay_[size_t(at_)] = in;
    if (++at_ == int(delay_.size())) at_ = 0;
    gain *= surge_.next(out.left * gain, out.right * gain);
    if (gain < lowest_gain_) lowest_gain_ = gain;
    io.left[i] = clampf(out.left * gain, -ceiling, ceiling);     // only rounding, or a ceiling on its way down
    io.right[i] = clampf(out.right * gain, -ceiling, ceiling);
  }
  if (calm) gain_.skip(io.frames);
  for (Recent* side : {&left_, &right_}) std::memmove(side->frames, side->frames + io.frames, kKept * sizeof(float));
  ceiling_.advance(io.frames);
  drive_.advance(io.frames);
  if (silent_frames_ < int(delay_.size())) return Activity::kRunning;
  silent_frames_ = int(delay_.size());
  return surge_.at_rest() ? Activity::kAsleep : Activity::kTail;
}

}  // namespace arietta
