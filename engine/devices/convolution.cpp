#include "devices/convolution.h"

#include "base/mathx.h"
#include "dsp/clean.h"

namespace arietta {
namespace {

namespace p = param::convolution;

constexpr float kLongestSeconds = 2.2f;        // a hall's -60 dB and a little; the memory grows with it, 36 kB a tenth
constexpr float kFadeSeconds = 0.03f;
constexpr float kSwitchOctaves = 0.3f;         // from the end of their ranges, so far the cuts are faded in

static_assert(SpaceResponse::kPiece == StereoConvolver::kPiece);

void fade(Block io, Glide& gain) {
  for (float* side : {io.left, io.right})
    for (int i = 0; i < io.frames; i += 4) (f32x4::load(side + i) * gain.four_at(i)).store(side + i);
  gain.advance(io.frames);
}

}  // namespace

bool Convolution::prepare(const AudioSpec& spec, Arena& arena) {
  sample_rate_ = spec.sample_rate;
  const int longest = int(kLongestSeconds * sample_rate_);
  if (!response_.prepare(arena, sample_rate_, longest) || !convolver_.prepare(arena, longest)) return false;
  knobs_.prepare(sample_rate_);
  reset();
  return true;
}

void Convolution::reset() {
  knobs_.settle();
  aim();
  tone_.jump();
  tone_.clear();
  if (!(place_ == wanted())) go_to(wanted());
  convolver_.forget_sound();
  presence_.jump(1);
  entrance_.jump(1);
  mix_ = knobs_.now(p::mix);
  afterglow_.reset();
}

void Convolution::go_to(const Place& place) {
  place_ = place;
  response_.start(place.space, place.length);
  convolver_.forget_response();
}

void Convolution::aim() {
  const float low_hz = knobs_.now(p::low_cut_hz), high_hz = knobs_.now(p::tone_hz);
  const float low_on = clampf(std::log2(low_hz / 20) / kSwitchOctaves, 0, 1);
  const float high_on = clampf(std::log2(20000 / high_hz) / kSwitchOctaves, 0, 1);
  tone_.aim(faded(low_cut(double(low_hz / sample_rate_), 0.7071068), low_on),
            faded(high_cut(double(high_hz / sample_rate_), 0.7071068), high_on));
}

void Convolution::follow_knobs() {
  if (place_ == wanted()) return;
  if (presence_.target() > 0) presence_.to(0, kFadeSeconds * sample_rate_);
  if (presence_.moving()) return;
  go_to(wanted());
  convolver_.forget_sound();
  tone_.clear();
  presence_.jump(1);
  entrance_.jump(0);
  entrance_.to(1, kFadeSeconds * sample_rate_);
}

Activity Convolution::render(Block io) {
  const float in = clean_input(io);
  if (knobs_.advance(io.frames)) aim();
  follow_knobs();
  if (convolver_.wants_more() && !response_.finished()) {
    alignas(16) float left[SpaceResponse::kPiece], right[SpaceResponse::kPiece];
    response_.make(left, right);
    convolver_.append(left, right);
  }
  BlockRoom room;
  const Block wet = room.copy_of(io);
  fade(wet, entrance_);
  convolver_.process(wet);
  tone_.process(wet);
  fade(wet, presence_);
  blend(io, wet, Ramp(mix_, knobs_.now(p::mix), io.frames));
  const Activity activity = afterglow_.heard(in, loudest(wet), io.frames, float(response_.frames()));
  if (activity == Activity::kAsleep && !afterglow_.rested()) reset();
  return activity;
}

}  // namespace arietta
