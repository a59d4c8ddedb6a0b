#include "devices/eq.h"

#include "base/mathx.h"
#include "dsp/clean.h"
#include "dsp/stereo.h"

namespace arietta {
namespace {

namespace p = param::eq;

constexpr float kMemorySeconds = 0.05f;        // one swing of the lowest note
constexpr float kSwitchOctaves = 0.3f;         // from the end of its range, so far a cut is faded in
// Two sections that make one Butterworth filter of the fourth order.
constexpr double kGentleQ = 0.5411961, kSteepQ = 1.3065630;
constexpr double kFlatQ = 0.7071068;

float switched(float octaves_from_off) { return clampf(octaves_from_off / kSwitchOctaves, 0, 1); }

}  // namespace

bool Eq::prepare(const AudioSpec& spec, Arena&) {
  sample_rate_ = spec.sample_rate;
  knobs_.prepare(sample_rate_);
  reset();
  return true;
}

void Eq::reset() {
  knobs_.settle();
  aim();
  level_ = db_to_gain(knobs_.now(p::level_db));
  for (StereoFilterPair& pair : pairs_) {
    pair.jump();
    pair.clear();
  }
  afterglow_.reset();
}

void Eq::aim() {
  const auto turns = [&](uint16_t index) { return double(knobs_.now(index)) / double(sample_rate_); };
  const auto db = [&](uint16_t index) { return double(knobs_.now(index)); };
  const float low_on = switched(std::log2(knobs_.now(p::low_cut_hz) / 20));
  const float high_on = switched(std::log2(20000 / knobs_.now(p::high_cut_hz)));
  pairs_[0].aim(faded(low_cut(turns(p::low_cut_hz), kGentleQ), low_on), faded(low_cut(turns(p::low_cut_hz), kSteepQ), low_on));
  pairs_[1].aim(low_shelf(turns(p::bass_hz), db(p::bass_db)), bell(turns(p::warmth_hz), db(p::warmth_width), db(p::warmth_db)));
  pairs_[2].aim(bell(turns(p::middle_hz), db(p::middle_width), db(p::middle_db)),
                bell(turns(p::presence_hz), db(p::presence_width), db(p::presence_db)));
  pairs_[3].aim(high_shelf(turns(p::treble_hz), db(p::treble_db)), faded(high_cut(turns(p::high_cut_hz), kFlatQ), high_on));
}

Activity Eq::render(Block io) {
  const float in = clean_input(io);
  if (knobs_.advance(io.frames)) aim();
  for (StereoFilterPair& pair : pairs_) pair.process(io);
  scale(io, Ramp(level_, db_to_gain(knobs_.now(p::level_db)), io.frames));
  const Activity activity = afterglow_.heard(in, loudest(io), io.frames, kMemorySeconds * sample_rate_);
  if (activity == Activity::kAsleep && !afterglow_.rested()) reset();
  return activity;
}

}  // namespace arietta
