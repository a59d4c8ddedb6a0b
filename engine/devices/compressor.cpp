#include "devices/compressor.h"

#include "dsp/denormal.h"
#include "dsp/fastmath.h"

namespace arietta {
namespace {

namespace p = param::compressor;

constexpr float kSwitchOctaves = 0.3f;         // from the end of its range, so far the cut is faded in
constexpr float kSharpestKneeDb = 0.01f;       // a knee of nothing would divide by it
constexpr float kMemoryReleases = 8;           // after so many release times nothing is turned down any more

}  // namespace

bool Compressor::prepare(const AudioSpec& spec, Arena&) {
  sample_rate_ = spec.sample_rate;
  knobs_.prepare(sample_rate_);
  reset();
  return true;
}

void Compressor::reset() {
  knobs_.settle();
  aim();
  listener_.reset();
  curve_ = {knobs_.now(p::threshold_db), 1 - 1 / knobs_.now(p::ratio), knobs_.now(p::knee_db)};
  held_db_ = smooth_db_ = most_reduction_db_ = 0;
  makeup_db_ = knobs_.now(p::makeup_db);
  mix_ = knobs_.now(p::mix);
  afterglow_.reset();
}

void Compressor::aim() {
  const float on = clampf(std::log2(knobs_.now(p::listen_hz) / 20) / kSwitchOctaves, 0, 1);
  listener_.deaf_below(faded(low_cut(double(knobs_.now(p::listen_hz) / sample_rate_), 0.7071068), on));
  attack_ = 1 - std::exp(-1 / (knobs_.now(p::attack_s) * sample_rate_));
  release_ = 1 - std::exp(-1 / (knobs_.now(p::release_s) * sample_rate_));
}

// The curve of levels to reductions, then its course in time. The release holds on between the peaks of a wave, so
// that a steady tone is turned down by what the curve says.
void Compressor::reductions(const float* levels, float* reductions_db, int frames) {
  Curve to{knobs_.now(p::threshold_db), 1 - 1 / knobs_.now(p::ratio), knobs_.now(p::knee_db)};
  const Ramp threshold(curve_.threshold_db, to.threshold_db, frames), slope(curve_.slope, to.slope, frames);
  const Ramp knee(curve_.knee_db, to.knee_db, frames);
  for (int i = 0; i < frames; i += 4) {
    const f32x4 width = max(knee.four_at(i), f32x4(kSharpestKneeDb)), half = f32x4(0.5f) * width;
    const f32x4 over = fast_db(f32x4::load(levels + i)) - threshold.four_at(i);
    const f32x4 inside = clamp(over + half, f32x4(0), width);
    const f32x4 above = max(over - half, f32x4(0));
    (slope.four_at(i) * (inside * inside / (f32x4(2) * width) + above)).store(reductions_db + i);
  }
  float held = held_db_, smooth = smooth_db_, most = 0;
  for (int i = 0; i < frames; ++i) {
    const float wanted = reductions_db[i], released = held + (wanted - held) * release_;
    held = wanted > released ? wanted : released;
    smooth += (held - smooth) * attack_;
    reductions_db[i] = smooth;
    most = smooth > most ? smooth : most;
  }
  held_db_ = flush_denormal(held);
  smooth_db_ = flush_denormal(smooth);
  most_reduction_db_ = most;
}

Activity Compressor::render(Block io) {
  const float in = clean_input(io);
  if (knobs_.advance(io.frames)) aim();
  alignas(16) float levels[kMaxBlock] = {}, reductions_db[kMaxBlock];
  const float key = listener_.listen(io, levels);
  reductions(levels, reductions_db, io.frames);

  const Ramp makeup(makeup_db_, knobs_.now(p::makeup_db), io.frames), mix(mix_, knobs_.now(p::mix), io.frames);
  for (int i = 0; i < io.frames; i += 4) {
    const f32x4 gain = lerp(f32x4(1), fast_gain(makeup.four_at(i) - f32x4::load(reductions_db + i)), mix.four_at(i));
    for (float* side : {io.left, io.right}) (f32x4::load(side + i) * gain).store(side + i);
  }
  const float memory = kMemoryReleases * knobs_.now(p::release_s) * sample_rate_;
  const Activity activity = afterglow_.heard(in > key ? in : key, 0, io.frames, memory);
  if (activity == Activity::kAsleep && !afterglow_.rested()) reset();
  return activity;
}

}  // namespace arietta
