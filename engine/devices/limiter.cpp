#include "devices/limiter.h"

namespace arietta {
namespace {

namespace p = param::limiter;

constexpr float kLookaheadSeconds = 0.0015f;   // a gain that falls within 1.5 ms is not heard as a click
constexpr float kReleaseSeconds = 0.1f;        // slower than a bass cycle, faster than a beat
constexpr float kLoudest = 1000;               // +60 dBFS: beyond it is a fault, not music

float finite(float v) { return v - v == 0 ? clampf(v, -kLoudest, kLoudest) : 0; }

}  // namespace

bool Limiter::prepare(const AudioSpec& spec, Arena& arena) {
  sample_rate_ = spec.sample_rate;
  if (!gain_.prepare(arena, int(kLookaheadSeconds * sample_rate_), kReleaseSeconds, sample_rate_)) return false;
  delay_ = arena.array<Frame>(size_t(gain_.latency()));
  ceiling_.jump(db_to_gain(params_[p::ceiling_db]));
  drive_.jump(db_to_gain(params_[p::drive_db]));
  return !delay_.empty();
}

void Limiter::reset() {
  gain_.reset();
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

bool Limiter::tops_ceiling(Block io) const {
  for (const float* side : {io.left, io.right}) {
    for (int i = 0; i < io.frames; i += 4) {
      const f32x4 in = f32x4::load(side + i) * drive_.four_at(i);
      if (!all(abs(in) <= ceiling_.four_at(i))) return true;       // so does what is not a number
    }
  }
  return false;
}

Activity Limiter::render(Block io) {
  lowest_gain_ = 1;
  const bool calm = gain_.at_rest() && !tops_ceiling(io);
  for (int i = 0; i < io.frames; ++i) {
    const float drive = drive_.at(i), ceiling = ceiling_.at(i);
    const Frame in = {finite(io.left[i]) * drive, finite(io.right[i]) * drive};
    const float left = in.left < 0 ? -in.left : in.left, right = in.right < 0 ? -in.right : in.right;
    const float peak = left > right ? left : right;
    silent_frames_ = peak > 0 ? 0 : silent_frames_ + 1;

    const float gain = calm ? 1 : gain_.next(peak > ceiling ? ceiling / peak : 1);
    if (gain < lowest_gain_) lowest_gain_ = gain;
    const Frame out = delay_[size_t(at_)];
    delay_[size_t(at_)] = in;
    if (++at_ == int(delay_.size())) at_ = 0;
    io.left[i] = clampf(out.left * gain, -ceiling, ceiling);     // only rounding, or a ceiling on its way down
    io.right[i] = clampf(out.right * gain, -ceiling, ceiling);
  }
  if (calm) gain_.skip(io.frames);
  ceiling_.advance(io.frames);
  drive_.advance(io.frames);
  if (silent_frames_ < int(delay_.size())) return Activity::kRunning;
  silent_frames_ = int(delay_.size());
  return Activity::kAsleep;
}

}  // namespace arietta
