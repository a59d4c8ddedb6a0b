// The studio's state and everything that can be done to it. Owns the document, history, selection and the link to the
// engine. A frame is: read this, draw, turn what the person did into calls on this. Views keep no song data.
// All [main].
#pragma once
#include <array>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "compile/compile_plan.h"
#include "proto/telemetry_layout.h"
#include "song/document.h"
#include "song/edit.h"
#include "song/history.h"
#include "song/time.h"
#include "ui/a11y/mirror.h"
#include "ui/link.h"

namespace arietta::ui {

enum class AudioStatus : uint8_t { kLocked, kStarting, kRunning, kSuspended, kFailed };
enum class Dialog : uint8_t { kNone, kShare, kVersions, kHelp, kSettings, kDiagnostics, kDevice };

struct Cursor { Tick tick = 0; int key = 60; };          // of the note grid, song time

struct GridView {                                        // what part of the song the note grid shows
  double first_tick = 0;
  double pixels_per_quarter = 96;
  float top_key = 84;                                    // fractional while scrolling
  float key_height = 18;
  Tick step = kTicksPerQuarter / 4;                      // snap and new note length
};

class App {
 public:
  App();

  // -- the song -------------------------------------------------------------------------------------------------
  const Document& document() const { return document_; }
  Document& document_for_ids() { return document_; }     // writers in song/edit.h draw fresh ids from it
  const TimeMap& time() const;                           // fresh for the current revision
  void edit(const Ops& ops, std::string_view label);     // one undo step; recompiles before the next packet
  void begin_gesture(std::string_view label);            // a drag: everything until the end is one step
  void end_gesture();
  bool undo();
  bool redo();
  const History& history() const { return history_; }

  // Replaces the open song. What was open is kept as a version first; undo history starts anew.
  void open_document(Document song, std::string_view name);
  bool open_bytes(Bytes bytes, std::string_view name);   // false: last_error() says why, the song is untouched
  bool open_link(std::string_view link);
  void new_song();
  std::string link() const;                              // "" when too long; link_error() says so
  std::string state_json() const;                        // window.arietta.state()

  // -- selection and cursor ---------------------------------------------------------------------------------------
  Id current_track() const;
  void choose_track(Id track);
  const std::unordered_set<Id>& selection() const { return selection_; }
  void select(std::unordered_set<Id> notes);
  Cursor& cursor() { return cursor_; }
  GridView& grid() { return grid_; }

  // -- editing notes: used by mouse, touch, keyboard and mirror alike ------------------------------------------------
  Id add_note_at(Tick tick, int key, Tick length, int velocity = 100);   // snaps to the scale when easy scale is on
  Id note_at(Tick tick, int key) const;                  // of the current track; 0 when there is none
  void toggle_note_at_cursor();
  void delete_selection();
  void move_selection(Tick by, int keys);
  void stretch_selection(Tick by);
  void copy_selection();
  void cut_selection();
  void paste_at(Tick tick);
  void select_all();
  std::string describe_note(Id note) const;              // "C4, bar 2 beat 3, one beat long, yours"
  std::string describe_cursor() const;

  // -- transport -----------------------------------------------------------------------------------------------------
  void play();
  void pause();
  void stop();
  void toggle_play();
  void seek(Tick tick);
  void set_loop(bool on);
  void set_metronome(bool on);
  bool metronome() const { return metronome_; }
  bool playing() const { return playing_; }
  double song_tick() const;                              // at this moment, from the audio clock
  void set_tempo(double quarters_per_minute);
  void tap_tempo();

  // -- playing the chosen instrument live -------------------------------------------------------------------------------
  void key_down(int key, float velocity, int source);    // source tells fingers, mouse, computer keys and MIDI apart
  void key_up(int key, int source);
  void live_control(int controller, float value);
  void live_bend(float semitones);
  bool key_is_down(int key) const;
  void all_keys_up();
  int keyboard_octave() const { return keyboard_octave_; }
  void set_keyboard_octave(int octave) { keyboard_octave_ = octave; }

  // -- mixing ------------------------------------------------------------------------------------------------------------
  // While a knob moves: sound follows at once; the document gets one step at the end.
  void begin_param(Id device, uint16_t index);
  void drag_param(Id device, uint16_t index, float plain);
  void end_param(Id device, uint16_t index);
  float param(Id device, uint16_t index) const;          // the value being dragged, else the document's
  void set_mute(Id track, bool on);
  void set_solo(Id track, bool on);
  void add_track();
  void delete_track(Id track);

  // -- engine ------------------------------------------------------------------------------------------------------------
  const TelemetryBlock& telemetry() const { return telemetry_; }
  AudioStatus audio_status() const { return audio_status_; }
  void set_audio_status(AudioStatus status, std::string_view text, double sample_rate, double output_latency_s);
  void engine_restarted();                               // sends hello's answer: plan, loop, metronome, ready assets again
  void receive(Bytes packet, double now_ms);
  std::vector<uint8_t> take_packets();                   // everything for the engine since the last call

  // -- the screen ----------------------------------------------------------------------------------------------------------
  Mirror& mirror() { return mirror_; }
  Dialog dialog = Dialog::kNone;
  std::string last_error;                                // plain words; shown as a notice until dismissed
  std::string notice;
  bool wants_frame() const;                              // something on the screen is out of date
  void touch_screen() { dirty_ = true; }
  void frame_drawn() { dirty_ = false; }

  // Called once per frame before drawing: compiles and sends what changed.
  void update(double now_ms);

 private:
  struct Param { Id device; uint16_t index; float plain; };

  Document document_;
  History history_;
  mutable std::optional<TimeMap> time_;
  mutable uint64_t time_revision_ = 0;
  std::unordered_set<Id> selection_;
  std::vector<Note> clipboard_;
  Id current_track_ = 0;
  Cursor cursor_;
  GridView grid_;
  PlanCompiler compiler_;
  CompileOptions compile_options_;
  uint64_t compiled_revision_ = 0;
  Link link_;
  TelemetryBlock telemetry_{};
  double telemetry_ms_ = 0;
  AudioStatus audio_status_ = AudioStatus::kLocked;
  std::string audio_text_;
  double sample_rate_ = 48000, output_latency_s_ = 0;
  bool playing_ = false, metronome_ = false, dirty_ = true;
  int keyboard_octave_ = 4;
  std::optional<Param> dragging_;
  std::array<std::vector<int>, 128> keys_down_;          // sources that hold each key
  std::unordered_map<int, uint32_t> live_notes_;         // key -> note id in the engine
  std::vector<double> taps_ms_;
  Mirror mirror_;
};

}  // namespace arietta::ui
