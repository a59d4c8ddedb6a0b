#include "devices/delay.h"

#include "base/mathx.h"
#include "dsp/clean.h"
#include "dsp/denormal.h"
#include "params/note_lengths.h"

namespace arietta {
namespace {

namespace p = param::delay;

constexpr float kInaudible = 1e-5f;            // -100 dB: what is left in the loop then may be forgotten
constexpr float kFastest = 0.5f;               // frames a frame: the tape runs half as fast again at most, a fifth up
constexpr float kApproachSeconds = 0.08f;      // the last of the way, so that the pitch comes back softly
constexpr float kInertiaSeconds = 0.01f;       // the tape does not change its speed at once: that would be a corner
constexpr double kArrivedFrames = 0.02f;        // closer is there: as a jump, -80 dB at 8 kHz

float reach(float hz, float sample_rate) { return 1 - std::exp(-2 * kPi * hz / sample_rate); }

}  // namespace

bool Delay::prepare(const AudioSpec& spec, Arena& arena) {
  sample_rate_ = spec.sample_rate;
  longest_ = int(find_param(DeviceKind::delay, p::time_s)->max * sample_rate_);
  for (DelayLine& line : lines_)
    if (!line.prepare(arena, longest_ + kMaxBlock)) return false;
  knobs_.prepare(sample_rate_);
  reset();
  return true;
}

void Delay::reset() {
  knobs_.settle();
  for (DelayLine& line : lines_) line.reset();
  delay_ = wanted_frames();
  speed_ = 0;
  for (float* state : {dull_, low_}) state[0] = state[1] = 0;
  feedback_ = knobs_.now(p::feedback);
  cross_ = knobs_.now(p::ping_pong);
  mix_ = knobs_.now(p::mix);
  afterglow_.reset();
}

// Whole frames, so that an echo at rest is the sound itself. A length of notes that is too long for the memory is halved
// until it fits: it stays on the beat.
float Delay::wanted_frames() const {
  float seconds = knobs_.wanted(p::time_s);
  if (knobs_.wanted(p::sync) >= 0.5f) seconds = note_seconds(knobs_.wanted(p::note), quarters_per_minute_);
  while (seconds * sample_rate_ > float(longest_)) seconds *= 0.5f;
  return std::fmax(std::round(seconds * sample_rate_), float(kMaxBlock + 4));
}

void Delay::read(Block echo) {
  const float wanted = wanted_frames();
  if (afterglow_.rested()) {                                   // nothing in the lines that could bend
    delay_ = wanted;
    speed_ = 0;
  }
  const double from = delay_;
  const float seconds = float(echo.frames) / sample_rate_;
  const float goal = clampf(float(double(wanted) - from) / (kApproachSeconds * sample_rate_), -kFastest, kFastest);
  speed_ += (goal - speed_) * (1 - std::exp(-seconds / kInertiaSeconds));
  delay_ += double(speed_) * echo.frames;
  if (std::fabs(double(wanted) - delay_) < kArrivedFrames) {
    delay_ = wanted;
    speed_ = 0;
  }
  float* const to[2] = {echo.left, echo.right};
  for (int side = 0; side < 2; ++side) {
    if (from != delay_) {
      read_swept(lines_[side], float(from), float(delay_), to[side], echo.frames);
      continue;
    }
    const float* past = lines_[side].past(int(delay_));
    for (int i = 0; i < echo.frames; i += 4) f32x4::load(past + i).store(to[side] + i);
  }
}

// A one-pole low-pass and a one-pole high-pass: neither is louder than 1 anywhere, so the loop is stable.
void Delay::color(Block echo) {
  const float tone = reach(knobs_.now(p::tone_hz), sample_rate_), cut = reach(knobs_.now(p::low_cut_hz), sample_rate_);
  float* const sides[2] = {echo.left, echo.right};
  for (int side = 0; side < 2; ++side) {
    float dull = dull_[side], low = low_[side];
    for (int i = 0; i < echo.frames; ++i) {
      dull += (sides[side][i] - dull) * tone;
      low += (dull - low) * cut;
      sides[side][i] = dull - low;
    }
    dull_[side] = flush_denormal(dull);
    low_[side] = flush_denormal(low);
  }
}

Activity Delay::render(Block io) {
  float in = clean_input(io);                                  // and what still goes round
  knobs_.advance(io.frames);
  BlockRoom echoes;
  const Block echo{echoes.left, echoes.right, io.frames};
  read(echo);
  color(echo);

  // Side to side: what comes in goes in on the left, and the sides feed each other.
  const Ramp feedback(feedback_, knobs_.now(p::feedback), io.frames), cross(cross_, knobs_.now(p::ping_pong), io.frames);
  BlockRoom into;
  for (int i = 0; i < io.frames; i += 4) {
    const f32x4 c = cross.four_at(i), f = feedback.four_at(i);
    const f32x4 l = f32x4::load(io.left + i), r = f32x4::load(io.right + i);
    const f32x4 el = f32x4::load(echo.left + i), er = f32x4::load(echo.right + i);
    (lerp(l, f32x4(0.5f) * (l + r), c) + f * lerp(el, er, c)).store(into.left + i);
    (lerp(r, f32x4(0), c) + f * lerp(er, el, c)).store(into.right + i);
  }
  lines_[0].write(into.left, io.frames);
  lines_[1].write(into.right, io.frames);
  const Block fed{into.left, into.right, io.frames};
  const float left = loudest(fed);
  if (left > kInaudible) in = std::fmax(in, left);
  blend(io, echo, Ramp(mix_, knobs_.now(p::mix), io.frames));
  const Activity activity = afterglow_.heard(in, loudest(io), io.frames, float(delay_) + kMaxBlock);
  if (activity == Activity::kAsleep && !afterglow_.rested()) reset();
  return activity;
}

}  // namespace arietta
