// The studio's state and everything that can be done to it. Owns the document, history, selection and the link to the
// engine. A frame is: read this, draw, turn what the person did into calls on this. Views keep no song data.
//
//   app_song.cpp       edits, undo, opening          app_live.cpp     playing and recording notes
//   app_notes.cpp      selection, notes, clipboard   app_mix.cpp      knobs, tracks
//   app_transport.cpp  play, tempo, loop, time       app_engine.cpp   plan and packets
//   app_words.cpp      what is said about notes      app_state.cpp    state as JSON
//   app_assist.cpp     melody help                   app_authors.cpp  who wrote the song
//   app_audio.cpp      recorded sound
//
// All [main].
#pragma once
#include <array>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "compile/compile_plan.h"
#include "proto/telemetry_layout.h"
#include "song/audio.h"
#include "song/automation.h"
#include "song/document.h"
#include "song/edit.h"
#include "song/finish.h"
#include "song/history.h"
#include "song/time.h"
#include "ui/a11y/mirror.h"
#include "ui/i18n/text.h"
#include "ui/link.h"
#include "ui/own_melodies.h"
#include "ui/preferences.h"
#include "ui/proposals.h"
#include "ui/soundfonts.h"
#include "ui/voice_take.h"
#include "ui/waveforms.h"

namespace arietta::ui {

enum class AudioStatus : uint8_t { kLocked, kStarting, kRunning, kSuspended, kFailed };
enum class Dialog : uint8_t { kNone, kShare, kVersions, kHelp, kSettings, kMore, kAboutModel, kMelodyHelp, kAddEffect, kLoudness };

enum class VoiceRecording : uint8_t { kOff, kAsking, kOn, kSaving };      // asking for the microphone, storing the take

inline constexpr double kSlowest = 10, kFastest = 400;    // quarters a minute a person can choose

struct Cursor { Tick tick = 0; int key = 60; };          // of the note grid, song time

struct GridView {                                        // what part of the song the note grid shows
  double first_tick = 0;
  double pixels_per_quarter = 96;
  float top_key = 84;                                    // fractional while scrolling
  float key_height = 18;
  Tick step = kTicksPerQuarter / 4;                      // snap and new note length
  bool fitted = false;                                   // the grid has chosen a first view of this song
};

struct HelpWish { int bars = 4, samples = 3; uint32_t seed = 0; };   // seed 0: another one each time

struct Version { uint32_t number = 0; std::string title, when; };   // of a song, kept by the page

// The position of the keys that stand for a piano's; source of key_down and key_up.
// Fingers: their id, 1 and up. kWhileEditing is a note heard because it was touched; it is never recorded.
enum KeySource : int { kFromMouse = -1, kFromComputerKeys = -2, kFromMidi = -3, kWhileEditing = -4 };

class App {
 public:
  App();
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  // -- the song -------------------------------------------------------------------------------------------------
  const Document& document() const { return document_; }
  Document& document_for_ids() { return document_; }     // writers in song/edit.h draw fresh ids from it
  uint64_t revision() const { return revision_base_ + document_.revision(); }   // also moves when another song opens
  const TimeMap& time() const;                           // fresh for the current revision
  Tick length() const;                                   // of the song and what is listened to, at least one bar
  void edit(const Ops& ops, std::string_view label);     // one undo step; recompiles before the next packet
  // The same for what comes in small pieces (typing, turning a wheel): pieces with one label, none later than half a
  // second after the last, are one undo step.
  void edit_piece(const Ops& ops, std::string_view label);
  void begin_gesture(std::string_view label);            // a drag: everything until the end is one step
  void end_gesture();
  bool undo();
  bool redo();
  const History& history() const { return history_; }
  bool can_undo() const { return step_open_ || history_.can_undo(); }
  bool can_redo() const { return !step_open_ && history_.can_redo(); }
  std::string_view undo_label() const { return step_open_ ? std::string_view(step_label_) : history_.undo_label(); }
  std::string title() const;                             // "Untitled song" when it has none
  void set_title(std::string_view title);
  void set_key_root(int root);
  void set_scale(int scale);
  void set_tuning(int named);                            // of named_tunings(); -1: equal temperament
  void set_easy_scale(bool on);
  void set_meter(int beats, int beat_unit);              // from the position on

  // Replaces the open song. What was open is kept as a version first; undo history starts anew.
  void open_document(Document song, std::string_view name);
  bool open_bytes(Bytes bytes, std::string_view name);   // false: last_error says why, the song is untouched
  bool open_tuning(std::string_view text, std::string_view name);   // a dropped Scala file; for this song
  bool open_link(std::string_view link);
  void new_song();
  Result<std::string> link() const;                      // the error says how much too long it is
  // A dropped SoundFont (SoundFonts::add): the tracks that wait for it have it now; if there are none, the current one.
  void use_soundfont(std::string_view json);
  // A dropped sound the page keeps under `key`: the sampler of the current track plays it.
  void use_sample(std::string_view key, std::string_view name);
  std::string state_json() const;                        // window.arietta.state()

  // -- selection and cursor ---------------------------------------------------------------------------------------
  Id current_track() const;
  void choose_track(Id track);                           // one that plays notes; of a bus only its sound is shown
  Id sound_owner() const;                                // whose sound is shown: a track, a bus, kSongId for the master
  void choose_sound(Id owner);
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
  std::string describe_place(Tick tick) const;           // "bar 2 beat 3"

  // -- melody help: nothing is in the song before it is kept -----------------------------------------------------------
  const Proposals& proposals() const { return proposals_; }
  void ask_for_help(Task task, const HelpWish& wish = {});
  void help_progress(double fraction, std::string_view text);
  void help_answer(std::string_view json, std::string_view id = {});   // id "": to the question last asked
  void choose_suggestion(int index);
  void listen_to_suggestion();                           // in its place, with the other tracks; again: no more
  void keep_suggestion();                                // one undo step
  void discard_suggestions();                            // also while they are waited for
  void help_failed(std::string_view why);
  std::string describe_suggestion(int index) const;      // "14 notes, D4 to A5"
  const OwnMelodies& own_melodies() const { return own_melodies_; }
  void set_memory(std::string_view json);                // what the page kept
  void learn_from_song();                                // the person's own notes, if they want that
  void forget_memory();
  std::string model_card;                                // "" until the page has given it
  const std::string& authorship() const;                 // "You wrote 62 %, arietta-melody 1 wrote 38 %."
  struct AuthorShare { int author; float part; };
  const std::vector<AuthorShare>& author_shares() const; // the same as numbers: the person, models, files
  std::string author_name(int number) const;

  // -- transport -----------------------------------------------------------------------------------------------------
  void play();
  void pause();
  void stop();
  void toggle_play();
  void seek(Tick tick);
  void set_loop(bool on);
  bool loop() const;
  Tick loop_start() const;                               // the whole song when no part of it is chosen
  Tick loop_end() const;
  void set_metronome(bool on);
  bool metronome() const { return metronome_; }
  bool playing() const { return playing_; }
  double song_tick() const;                              // at this moment, as heard, from the audio clock
  void set_tempo(double quarters_per_minute);            // of the part of the song the position is in
  double tempo() const;
  void tap_tempo();

  // -- playing the chosen instrument live -------------------------------------------------------------------------------
  void key_down(int key, float velocity, int source);    // source: KeySource, or a finger's id
  void key_up(int key, int source);
  void live_control(int controller, float value);
  void live_bend(float semitones);
  bool key_is_down(int key) const;
  void all_keys_up();
  int keyboard_octave() const { return keyboard_octave_; }
  void set_keyboard_octave(int octave);
  void set_recording(bool on);                           // armed: live notes go into the current track while it plays
  bool recording() const { return recording_; }

  // -- mixing ------------------------------------------------------------------------------------------------------------
  // While a knob moves: sound follows at once; the document gets one step at the end.
  void begin_param(Id device, uint16_t index);
  void drag_param(Id device, uint16_t index, float plain);
  void end_param(Id device, uint16_t index);
  // The value being dragged, else where automation has it at the position, else the document's.
  float param(Id device, uint16_t index) const;
  void set_mute(Id track, bool on);
  void set_solo(Id track, bool on);
  void add_track();
  void delete_track(Id track);

  // -- recorded sound --------------------------------------------------------------------------------------------------------
  bool audio_track(Id track) const;                      // plays clips instead of notes
  void audio_imported(std::string_view json);            // {"hash","name","frames","rate","channels"}: the page has it
  void audio_recorded(std::string_view json);            // the same, "first_frame" and "latency_s"
  void audio_peaks(std::string_view hash, Bytes pairs);  // the sound is on this device and looks like this
  const Waveforms& waveforms() const { return waveforms_; }
  void record_voice(bool on);
  void voice_recording(bool on);                         // the page has the microphone, or has it no more
  VoiceRecording voice() const { return voice_; }
  Id chosen_clip() const;                                // of the current track; 0: none
  void choose_clip(Id clip);
  void change_clip(const AudioClip& after, Text what);
  bool split_clip(Id clip, Tick at);                     // false: the tick is not inside it
  void delete_clip(Id clip);
  void next_take(Id clip);
  std::string describe_clip(Id clip) const;              // "Chorus, bar 5, 8.2 seconds"

  // -- finishing: measured by the page in the background, then one step of undo -----------------------------------------
  void balance_tracks();                                 // faders by what each track plays
  void master_song();                                    // to preferences().master_lufs
  bool finishing() const { return finish_.has_value(); }
  std::vector<uint8_t> measuring_packet(int which) const;   // a plan to measure: the song, or a track alone
  void measured(std::string_view json);                  // {"lufs":[…]} in the order of the plans, or {"why":"…"}

  // -- engine ------------------------------------------------------------------------------------------------------------
  const TelemetryBlock& telemetry() const { return telemetry_; }
  AudioStatus audio_status() const { return audio_status_; }
  const std::string& audio_text() const { return audio_text_; }
  double sample_rate() const { return sample_rate_; }
  double output_latency_s() const { return output_latency_s_; }
  void set_audio_status(AudioStatus status, std::string_view text, double sample_rate, double output_latency_s);
  void engine_restarted();                               // a fresh engine: plan, loop, position, held keys again
  void receive(Bytes packet, double now_ms);
  std::vector<uint8_t> take_packets();                   // everything for the engine since the last call
  std::vector<uint8_t> export_packet(int only_track = -1) const;   // the whole plan, for an engine that renders a file

  // -- the screen ----------------------------------------------------------------------------------------------------------
  Mirror& mirror() { return mirror_; }
  SoundFonts soundfonts;                                 // that are on this device
  Preferences& preferences() { return preferences_; }
  const Preferences& preferences() const { return preferences_; }
  void preferences_changed();                            // remembers them
  Dialog dialog = Dialog::kNone;
  float dialog_pages = 0;                                // to scroll the open dialog by; taken by the next frame
  bool help_options = false;                             // melody help shows its options
  std::vector<Version> versions;
  std::string last_error;                                // plain words; shown as a notice until dismissed
  std::string notice;
  void fail(std::string_view words);                     // last_error, said at once
  bool untouched() const { return untouched_; }          // the first song, before anybody did anything
  void touch() { untouched_ = false; }
  bool previewing() const;                               // the first song runs by silently, for a while ...
  void wake_preview();                                   // ... and again for whoever comes back to it
  bool wants_frame() const;                              // something on the screen is out of date
  bool wants_meters() const;                             // something sounds
  void touch_screen() { dirty_ = true; }
  void frame_drawn() { dirty_ = false; }

  // Called once per frame before drawing: compiles and sends what changed.
  void update(double now_ms);

 private:
  struct LoopRange { bool on; Tick start, end; };
  struct Standing { bool playing; double tick; };
  struct Param { Id device; uint16_t index; float plain; };
  struct RecordedKey { Tick start; int velocity; };

  void song_changed();
  void forget_song_state();                              // selection, drags: of a song that is gone
  void send_now();                                       // live notes and transport do not wait for a frame
  void compile_if_due(double now_ms);
  void want_assets();
  void want_audio();
  void follow_take(const TelemetryBlock& report);
  void send_loop();
  void send_live(NoteEvent event);
  void record_key_up(int key);
  void record_knob(float before);
  void write_knob_take();
  void end_recording();
  void add_to_step(const Ops& ops, std::string_view label, double open_until_ms);
  void close_step();
  double clock_tick() const;                             // unclamped
  void stop_listening(bool rest);
  void check_suggestions();
  LoopRange heard_loop() const;                          // the song's, unless a suggestion outside it is listened to
  Tick listen_from() const;                              // a bar before the suggestion
  void recompile();
  void count_authors() const;
  void check_selection();                                // drops notes that are no more
  std::vector<Note> selected_notes() const;
  void change_selected(std::string_view label, Tick by, int keys, Tick stretch);

  Document document_;
  History history_;
  uint64_t revision_base_ = 0;
  bool step_open_ = false;                               // add_to_step began a group in history_
  std::string step_label_;
  double step_open_until_ms_ = 0;
  mutable std::optional<TimeMap> time_;
  mutable uint64_t time_revision_ = 0;
  std::unordered_set<Id> selection_;
  std::vector<Note> clipboard_;                          // starts count from the first note's
  Id current_track_ = 0, sound_owner_ = 0;               // sound_owner_ 0: the current track
  Cursor cursor_;
  GridView grid_;

  PlanCompiler compiler_;
  CompileOptions compile_options_;
  uint64_t compiled_revision_ = ~uint64_t(0), assets_revision_ = ~uint64_t(0);
  double compile_cost_ms_ = 0, compiled_ms_ = 0;
  Link link_;
  bool engine_here_ = false;
  TelemetryBlock telemetry_{};
  double telemetry_ms_ = 0;
  AudioStatus audio_status_ = AudioStatus::kLocked;
  std::string audio_text_;
  double sample_rate_ = 48000, output_latency_s_ = 0;

  bool playing_ = false, metronome_ = false, recording_ = false;
  double still_tick_ = 0;                                // position while not playing
  double started_ms_ = 0, started_tick_ = 0;             // until telemetry tells
  bool heard_ = false;                                   // telemetry since play or seek
  mutable double shown_tick_ = -1;                       // last answer while playing: time does not go back
  std::vector<double> taps_ms_;

  Proposals proposals_;
  Standing before_listening_{};
  uint32_t help_seed_ = 0, help_count_ = 0;
  OwnMelodies own_melodies_;
  Id first_own_id_ = 0;                                  // notes from here on were written since the song was opened
  mutable std::string authorship_;
  mutable std::vector<AuthorShare> author_shares_;
  mutable uint64_t authorship_revision_ = ~uint64_t(0);

  Waveforms waveforms_;
  std::string audio_wanted_ = "[]";                      // what the page was last told the song plays
  VoiceRecording voice_ = VoiceRecording::kOff;
  VoiceTake voice_take_;
  Id chosen_clip_ = 0;

  int keyboard_octave_ = 4;
  std::optional<Param> dragging_;
  AutomationPoints knob_take_;                           // how the knob went while recording
  std::array<std::vector<int>, 128> keys_down_;          // sources that hold each key
  std::unordered_map<int, uint32_t> live_notes_;         // key -> note id in the engine
  std::unordered_map<int, RecordedKey> recorded_keys_;
  uint32_t live_node_ = 0, next_live_note_ = 1;

  struct Finish { std::vector<Id> tracks; std::optional<MasterSearch> master; };   // no search: balance
  void ask_to_measure(size_t plans);
  void measured_tracks(std::vector<double> lufs);
  void measured_master(double lufs);
  static std::vector<uint8_t> packet_of(const Document& song);
  std::optional<Finish> finish_;

  Mirror mirror_;
  Preferences preferences_;
  bool dirty_ = true, untouched_ = true;
  double preview_from_ms_ = -1;
};

}  // namespace arietta::ui
