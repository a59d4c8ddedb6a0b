#include "devices/metronome.h"

namespace arietta {
namespace {

namespace p = param::metronome;

constexpr uint8_t kAccentKey = 76;

// Short and bright, so that a beat is heard through a full mix; a fifth apart, so that one is heard in a bar.
constexpr DrumRecipe click(float hz, float level) {
  DrumRecipe r;
  r.level = level;
  r.tone = {.hz = hz, .decay_s = 0.06f, .partials = {{1, 0.7f}, {2.01f, 0.25f, 0.6f}, {3.9f, 0.1f, 0.3f}}};
  r.layers[0] = {.level = 0.5f, .filter = DrumFilter::kBand, .hz = hz * 2, .q = 1.2f, .decay_s = 0.008f};
  return r;
}

constexpr DrumRecipe kAccent = click(1568, 1.0f), kBeat = click(1046.5f, 0.75f);   // G6, C6

}  // namespace

bool Metronome::prepare(const AudioSpec& spec, Arena&) {
  spec_ = spec;
  level_.jump(db_to_gain(params_[p::level_db]));
  reset();
  return true;
}

void Metronome::reset() {
  events_.clear();
  for (DrumHit& hit : clicks_) hit = {};
  newest_ = 0;
  sounding_ = false;
  level_.jump(level_.target());
}

void Metronome::set_param(uint16_t index, float plain) {
  if (!params_.set(index, plain)) return;
  const float frames = find_param(DeviceKind::metronome, index)->smoothing_ms * 0.001f * spec_.sample_rate;
  level_.to(db_to_gain(params_[p::level_db]), frames);
}

void Metronome::notes(span<const NoteEvent> events) {
  for (const NoteEvent& event : events)
    if (event.type == NoteEventType::kNoteOn && event.value > 0 && !events_.full()) events_.push(event);
}

Activity Metronome::render(Block io) {
  if (!sounding_ && events_.empty()) return Activity::kAsleep;
  alignas(16) float left[kMaxBlock] = {}, right[kMaxBlock] = {};
  for (int frame = 0; frame < io.frames;) {
    while (const NoteEvent* event = events_.due(frame)) {
      clicks_[newest_].fade(0.01f);
      newest_ = 1 - newest_;
      DrumTouch touch;
      touch.velocity = clampf(event->value, 0, 1);
      touch.seed = event->id + 1;
      clicks_[newest_].start(event->key == kAccentKey ? kAccent : kBeat, touch, spec_.sample_rate);
    }
    const int next = events_.next_frame(io.frames);
    for (DrumHit& hit : clicks_)
      if (hit.sounding()) hit.render(left + frame, right + frame, next - frame);
    frame = next;
  }
  events_.clear();
  for (int i = 0; i < io.frames; i += 4) {
    const f32x4 gain = level_.four_at(i);
    (f32x4::load(io.left + i) + f32x4::load(left + i) * gain).store(io.left + i);
    (f32x4::load(io.right + i) + f32x4::load(right + i) * gain).store(io.right + i);
  }
  level_.advance(io.frames);
  sounding_ = clicks_[0].sounding() || clicks_[1].sounding();
  return sounding_ ? Activity::kRunning : Activity::kAsleep;
}

}  // namespace arietta
