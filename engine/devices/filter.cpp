#include "devices/filter.h"

#include "base/mathx.h"
#include "dsp/clean.h"
#include "dsp/denormal.h"
#include "dsp/fastmath.h"
#include "dsp/stereo.h"

namespace arietta {
namespace {

namespace p = param::filter;

constexpr float kMemorySeconds = 0.05f;        // one swing of the lowest note
constexpr float kQuietDb = 40;                 // so far below full scale nothing is followed
constexpr float kRoundestDamping = 1.41421356f, kEdgiestDamping = 0.08f;   // flat, and 22 dB at the cutoff
constexpr float kRound = 1.0f / 16;            // of a turn: how long a jump of the movement takes, so that it is no click

// What each mode hears of the low-pass, the band-pass (as loud as it was put in) and the high-pass.
struct Mode { float low, band, high; };
constexpr Mode kModes[] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 0, 1}};

float triangle(float phase) { return phase < 0.25f ? 4 * phase : phase < 0.75f ? 2 - 4 * phase : 4 * phase - 4; }
float rising(float phase) { return phase < 1 - kRound ? 2 * phase / (1 - kRound) - 1 : 1 - 2 * (phase - 1 + kRound) / kRound; }
float square(float phase) { return clampf(triangle(phase) / (2 * kRound), -1, 1); }

float wave(float shape, float phase) {
  switch (int(shape)) {
    case 0: return sine_of_turns(phase);
    case 1: return triangle(phase);
    case 2: return rising(phase);
    case 3: return -rising(phase);
    default: return square(phase);
  }
}

float reach(float seconds, float sample_rate) { return 1 - std::exp(-1 / (seconds * sample_rate)); }

}  // namespace

bool Filter::prepare(const AudioSpec& spec, Arena&) {
  sample_rate_ = spec.sample_rate;
  knobs_.prepare(sample_rate_);
  reset();
  return true;
}

void Filter::reset() {
  knobs_.settle();
  movement_.reset();
  level_ = 0;
  filter_.aim(section(), {});
  filter_.jump();
  filter_.clear();
  mix_ = knobs_.now(p::mix);
  afterglow_.reset();
}

void Filter::follow(Block io) {
  const float up = reach(knobs_.now(p::follow_attack_s), sample_rate_), down = reach(knobs_.now(p::follow_release_s), sample_rate_);
  for (int i = 0; i < io.frames; ++i) {
    const float left = std::fabs(io.left[i]), right = std::fabs(io.right[i]);
    const float now = left > right ? left : right;
    level_ += (now - level_) * (now > level_ ? up : down);
  }
  level_ = flush_denormal(level_);
}

FilterSection Filter::section() const {
  const float loud = clampf(1 + gain_to_db(level_) / kQuietDb, 0, 1);
  const float octaves = knobs_.now(p::lfo_octaves) * wave(knobs_.now(p::lfo_shape), movement_.phase()) +
                        knobs_.now(p::follow_octaves) * loud;
  const float hz = clampf(knobs_.now(p::cutoff_hz) * std::exp2(octaves), 20, 20000);
  const float g = lane_of(tan_of_half_turns(f32x4(clampf(hz / sample_rate_, 0.0001f, 0.49f))), 0);
  const float damping = kRoundestDamping * std::pow(kEdgiestDamping / kRoundestDamping, knobs_.now(p::resonance));

  const int from = int(knobs_.now(p::mode)), to = from < 3 ? from + 1 : 3;      // between two modes while it changes
  const float t = knobs_.now(p::mode) - float(from);
  const float low = lerp(kModes[from].low, kModes[to].low, t), high = lerp(kModes[from].high, kModes[to].high, t);
  const float band = lerp(kModes[from].band, kModes[to].band, t) * damping;
  const float whole = 1 / (1 + g * (g + damping)), push = 2 * g * whole;
  return {2 * whole - 1, push, g * push, high, band - high * damping, low - high};
}

Activity Filter::render(Block io) {
  const float in = clean_input(io);
  knobs_.advance(io.frames);
  follow(io);
  const float speed = movement_.speed(knobs_.now(p::sync) >= 0.5f, knobs_.now(p::rate_hz), knobs_.now(p::note));
  movement_.advance(speed * float(io.frames) / sample_rate_);
  filter_.aim(section(), {});

  BlockRoom room;
  const Block wet = room.copy_of(io);
  filter_.process(wet);
  blend(io, wet, Ramp(mix_, knobs_.now(p::mix), io.frames));
  const Activity activity = afterglow_.heard(in, loudest(io), io.frames, kMemorySeconds * sample_rate_);
  if (activity == Activity::kAsleep && !afterglow_.rested()) reset();
  return activity;
}

}  // namespace arietta
