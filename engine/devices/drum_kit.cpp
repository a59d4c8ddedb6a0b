#include "devices/drum_kit.h"

#include "devices/drum_pads.h"

namespace arietta {
namespace {

namespace p = param::drum_kit;

constexpr float kKitGain = 0.5f;               // measured: as loud among the other instruments as a sampled kit
constexpr float kStruckAgainSeconds = 0.09f;   // a drum damps its own last stroke, but not at once

constexpr int kKnobsPerPad = 3;                // tune, length, level
static_assert(p::kick_tune + kKnobsPerPad * kDrumPads == params_of(DeviceKind::drum_kit).size());

}  // namespace

bool DrumKit::prepare(const AudioSpec& spec, Arena& arena) {
  spec_ = spec;
  if (!pool_.prepare(arena, *this, kPlaying, kSpare)) return false;
  hits_ = arena.array<DrumHit>(size_t(pool_.lanes()));
  controls_.prepare(spec.sample_rate);
  controls_.set_level(kKitGain * db_to_gain(params_[p::level_db]));
  reset();
  return !hits_.empty();
}

void DrumKit::reset() {
  pool_.reset();
  events_.clear();
  controls_.reset();
}

void DrumKit::set_param(uint16_t index, float plain) {
  if (params_.set(index, plain) && index == p::level_db) controls_.set_level(kKitGain * db_to_gain(params_[p::level_db]));
}

void DrumKit::notes(span<const NoteEvent> events) {
  for (const NoteEvent& event : events) {
    if (events_.full()) {
      while (const NoteEvent* early = events_.due(kMaxBlock)) apply(*early);
      events_.clear();
    }
    events_.push(event);
  }
}

// A stroke ends by itself: note offs and pedals mean nothing to a drum.
void DrumKit::apply(const NoteEvent& event) {
  switch (event.type) {
    case NoteEventType::kNoteOn:
      if (event.value > 0) strike(event);
      break;
    case NoteEventType::kAllSoundOff: pool_.all_sound_off(); break;
    default: controls_.handle(event);
  }
}

void DrumKit::strike(const NoteEvent& event) {
  const DrumRecipe recipe = drum_recipe(DrumKitKind(int(params_[p::kit])), event.key);
  const uint16_t pad = uint16_t(p::kick_tune + kKnobsPerPad * drum_pad(event.key));
  const float tuning = std::isfinite(event.tuning) ? clampf(event.tuning, -24, 24) : 0;
  DrumTouch touch;
  touch.velocity = clampf(event.value, 0, 1);
  touch.level = db_to_gain(params_[pad + 2]);
  touch.tune = (params_[p::tune] + params_[pad] + tuning) / 12;
  touch.length = params_[p::decay] * params_[pad + 1];
  touch.punch = params_[p::punch];
  touch.seed = event.id * 2654435761u + event.key;
  if (pool_.sounding() == 0) controls_.settle();
  pool_.strike(event);
  pool_.end_group(recipe.group);
  hits_[size_t(pool_.take(event, recipe.group))].start(recipe, touch, spec_.sample_rate);
}

void DrumKit::end_voice(int lane, VoiceEnd how) {
  hits_[size_t(lane)].fade(how == VoiceEnd::kFade ? kStealFadeSeconds : kStruckAgainSeconds);
}

Activity DrumKit::render(Block io) {
  if (pool_.sounding() == 0 && events_.empty()) return Activity::kAsleep;
  alignas(16) float left[kMaxBlock] = {}, right[kMaxBlock] = {};

  for (int frame = 0; frame < io.frames;) {
    while (const NoteEvent* event = events_.due(frame)) apply(*event);
    const int next = events_.next_frame(io.frames);
    for (int lane = 0; lane < pool_.lanes(); ++lane)
      if (pool_.in_use(lane)) hits_[size_t(lane)].render(left + frame, right + frame, next - frame);
    frame = next;
  }
  while (const NoteEvent* event = events_.due(kMaxBlock)) apply(*event);   // none, if the caller kept its word
  events_.clear();

  for (int lane = 0; lane < pool_.lanes(); ++lane) {
    if (!pool_.in_use(lane)) continue;
    pool_.set_level(lane, hits_[size_t(lane)].loudness());
    if (!hits_[size_t(lane)].sounding()) pool_.free(lane);
  }
  controls_.mix(left, right, io);
  return pool_.sounding() ? Activity::kRunning : Activity::kAsleep;
}

}  // namespace arietta
