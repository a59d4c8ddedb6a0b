#include "compile/schedule.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/mathx.h"
#include "base/note_event.h"
#include "compile/plan_ids.h"
#include "song/audio.h"
#include "song/edit.h"
#include "song/tunings.h"

namespace arietta {
namespace {

constexpr Tick kLastTick = 0xfffffffe;
constexpr float kFullAmount = 16383, kBendMiddle = 8192;
constexpr float kLoudestClip = 32, kFarthestPitch = 24;    // +30 dB; semitones
constexpr int kLongestFadeMs = 600'000;
constexpr int kUsualBendRange = 2;                        // semitones, when a song does not say

int order_of(const PlanEvent& event) {
  if (NoteEventType(event.type) == NoteEventType::kNoteOff) return 0;
  return NoteEventType(event.type) == NoteEventType::kNoteOn ? 2 : 1;
}

bool plays_before(const PlanEvent& a, const PlanEvent& b) {
  if (a.tick != b.tick) return a.tick < b.tick;
  if (order_of(a) != order_of(b)) return order_of(a) < order_of(b);
  return order_of(a) != 1 && a.key < b.key;               // controllers stay in the order the song has them
}

uint8_t seven_bits(int value) { return uint8_t(std::clamp(value, 0, 127)); }

void add_note_events(std::vector<PlanEvent>& events, const Note& note, const Clip& clip, const TuningTable& tuned) {
  const Tick start = clip.start + note.start;
  const Tick end = std::min({start + note.length, clip.start + clip.length, kLastTick});
  if (note.start < 0 || start < 0 || start >= end) return;
  const uint32_t id = note_plan_id(note.id);
  const float velocity = float(std::clamp(note.velocity, 1, 127)) / 127;
  const float release = float(seven_bits(note.release_velocity)) / 127;
  const double cents = note.tuning_cents + tuned[seven_bits(note.key)];
  const int16_t tuning = int16_t(std::lround(std::clamp(cents, -12000.0, 12000.0)));
  events.push_back({uint32_t(start), id, velocity, uint8_t(NoteEventType::kNoteOn), seven_bits(note.key), tuning});
  events.push_back({uint32_t(end), id, release, uint8_t(NoteEventType::kNoteOff), seven_bits(note.key), tuning});
}

void add_control_event(std::vector<PlanEvent>& events, const Control& control, const Clip& clip) {
  const Tick tick = clip.start + control.tick;
  if (control.tick < 0 || control.tick > clip.length || tick < 0 || tick > kLastTick) return;
  PlanEvent event{uint32_t(tick), 0, 0, uint8_t(control.type), 0, 0};
  const float amount = float(std::clamp(control.amount, 0, int(kFullAmount)));
  switch (NoteEventType(control.type)) {
    case NoteEventType::kBend: {
      const int range = control.number > 0 ? std::min(control.number, 127) : kUsualBendRange;
      event.value = (amount - kBendMiddle) / kBendMiddle * float(range);
      break;
    }
    case NoteEventType::kPressure: event.value = amount / kFullAmount; break;
    case NoteEventType::kController:
      event.key = seven_bits(control.number);
      event.value = amount / kFullAmount;
      break;
    case NoteEventType::kProgram:
      event.key = seven_bits(control.number);
      event.value = amount;
      break;
    default: return;                                      // a kind of control this program does not play
  }
  events.push_back(event);
}

}  // namespace

std::vector<PlanEvent> schedule_track(const Document& document, Id track) {
  std::vector<PlanEvent> events;
  const TuningTable tuned = is_drum_track(document, track) ? TuningTable{} : song_tuning(document);
  for (Id clip_id : document.children(track, Kind::clip)) {
    const Clip clip = read_clip(document, clip_id);
    for (Id control : document.children(clip_id, Kind::control)) add_control_event(events, read_control(document, control), clip);
    for (Id note : document.children(clip_id, Kind::note)) add_note_events(events, read_note(document, note), clip, tuned);
  }
  std::stable_sort(events.begin(), events.end(), plays_before);
  return events;
}

std::vector<PlanClip> schedule_audio(const Document& document, Id track) {
  std::vector<PlanClip> clips;
  for (Id id : document.children(track, Kind::audio_clip)) {
    const AudioClip clip = read_audio_clip(document, id);
    if (clip.mute || clip.frames <= 0 || clip.start > kLastTick || clips.size() == size_t(kMaxClipsPerTrack)) continue;
    const AudioAsset asset = find_audio_asset(document, clip.asset);
    PlanClip plan{};
    plan.tick = uint32_t(clip.start);
    plan.id = note_plan_id(id);
    plan.asset = audio_plan_id(clip.asset);
    plan.rate = uint32_t(asset.rate);
    plan.offset = clip.offset;
    plan.frames = clip.frames;
    plan.frames_per_tick = frames_per_tick(clip, asset.rate);
    plan.gain = std::min(db_to_gain(clip.gain_db), kLoudestClip);
    plan.fade_in_s = float(std::min(clip.fade_in_ms, kLongestFadeMs)) / 1000;
    plan.fade_out_s = float(std::min(clip.fade_out_ms, kLongestFadeMs)) / 1000;
    plan.pitch = std::clamp(clip.pitch, -kFarthestPitch, kFarthestPitch);
    plan.channels = uint8_t(asset.channels);
    plan.reverse = clip.reverse;
    clips.push_back(plan);
  }
  return clips;
}

std::vector<uint8_t> chunk_bytes(uint32_t track_id, const std::vector<PlanEvent>& events, const std::vector<PlanClip>& clips) {
  const size_t event_bytes = events.size() * sizeof(PlanEvent), clip_bytes = clips.size() * sizeof(PlanClip);
  std::vector<uint8_t> bytes(sizeof(PlanChunkHead) + event_bytes + clip_bytes);
  const PlanChunkHead head{kChunkMagic, track_id, uint32_t(bytes.size()), uint32_t(events.size()), uint32_t(clips.size()), 0};
  std::memcpy(bytes.data(), &head, sizeof head);
  if (event_bytes) std::memcpy(bytes.data() + sizeof head, events.data(), event_bytes);
  if (clip_bytes) std::memcpy(bytes.data() + sizeof head + event_bytes, clips.data(), clip_bytes);
  return bytes;
}

}  // namespace arietta
