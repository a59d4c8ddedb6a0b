// Playing the chosen instrument, and writing down what is played.
#include <algorithm>

#include "song/tunings.h"
#include "ui/app.h"
#include "ui/i18n/text.h"
#include "ui/platform/platform.h"

namespace arietta::ui {

void App::send_live(NoteEvent event) {
  if (!engine_here_) return;
  if (event.type == NoteEventType::kNoteOn && !is_drum_track(document_, current_track()))
    event.tuning = float(song_tuning(document_)[event.key & 127] / 100);
  link_.note(live_node_, event);
  send_now();
}

void App::key_down(int key, float velocity, int source) {
  if (key < 0 || key > 127) return;
  std::vector<int>& sources = keys_down_[size_t(key)];
  if (std::find(sources.begin(), sources.end(), source) != sources.end()) return;
  sources.push_back(source);
  touch_screen();
  platform::request_frame();
  if (sources.size() > 1) return;

  platform::start_audio();
  const std::optional<DeviceRef> instrument = instrument_of(document_, current_track());
  if (!instrument) return;
  live_node_ = node_plan_id(instrument->id);
  const uint32_t id = next_live_note_++ & 0x7fffffff;
  live_notes_[key] = id;
  send_live({id, velocity, NoteEventType::kNoteOn, uint8_t(key), 0});
  if (recording_ && playing_ && source != kWhileEditing) {
    recorded_keys_[key] = {Tick(song_tick()), std::clamp(int(velocity * 127 + 0.5f), 1, 127)};
  }
}

void App::key_up(int key, int source) {
  if (key < 0 || key > 127) return;
  std::vector<int>& sources = keys_down_[size_t(key)];
  const auto held = std::find(sources.begin(), sources.end(), source);
  if (held == sources.end()) return;
  sources.erase(held);
  touch_screen();
  platform::request_frame();
  if (!sources.empty()) return;
  if (const auto note = live_notes_.find(key); note != live_notes_.end()) {
    send_live({note->second, 0, NoteEventType::kNoteOff, uint8_t(key), 0});
    live_notes_.erase(note);
  }
  record_key_up(key);
}

void App::all_keys_up() {
  for (int key = 0; key < 128; ++key) {
    while (!keys_down_[size_t(key)].empty()) key_up(key, keys_down_[size_t(key)].back());
  }
}

bool App::key_is_down(int key) const { return key >= 0 && key < 128 && !keys_down_[size_t(key)].empty(); }

void App::live_control(int controller, float value) {
  if (const auto instrument = instrument_of(document_, current_track())) live_node_ = node_plan_id(instrument->id);
  send_live({0, value, NoteEventType::kController, uint8_t(controller & 127), 0});
}

void App::live_bend(float semitones) {
  if (const auto instrument = instrument_of(document_, current_track())) live_node_ = node_plan_id(instrument->id);
  send_live({0, semitones, NoteEventType::kBend, 0, 0});
}

void App::set_keyboard_octave(int octave) {
  all_keys_up();                         // keys that are held would be let go of in another octave
  keyboard_octave_ = std::clamp(octave, 0, 8);
  touch_screen();
}

void App::set_recording(bool on) {
  if (!on) end_recording();
  recording_ = on;
  touch_screen();
}

// A take is one undo step: the group opens with its first note and closes when the take ends.
void App::record_key_up(int key) {
  const auto it = recorded_keys_.find(key);
  if (it == recorded_keys_.end()) return;
  const RecordedKey pressed = it->second;
  recorded_keys_.erase(it);
  Tick end = Tick(song_tick());
  if (end < pressed.start) end = loop() ? loop_end() : pressed.start + 1;   // held over the loop's end
  const Tick length = std::max<Tick>(kTicksPerQuarter / 16, end - pressed.start);
  Ops ops;
  Note note;
  note.clip = clip_for(document_, ops, current_track(), pressed.start, pressed.start + length);
  constexpr double kWholeTake = 1e300;
  add_to_step(ops, tr(Text::kEditRecord), kWholeTake);
  ops.clear();
  note.start = pressed.start - read_clip(document_, note.clip).start;
  note.length = length;
  note.key = key;
  note.velocity = pressed.velocity;
  add_note(document_, ops, note);
  add_to_step(ops, tr(Text::kEditRecord), kWholeTake);
}

void App::end_recording() {
  while (!recorded_keys_.empty()) record_key_up(recorded_keys_.begin()->first);
  if (recording_) close_step();
}

}  // namespace arietta::ui
