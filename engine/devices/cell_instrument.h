// What instruments of many voices share: events find their frame, voices find their lane, and time is cut into cells
// of kMaxBlock frames that begin with the first note after silence, so that the sound does not depend on how the
// caller cuts its blocks. Knobs, wheels and pitches are looked at once a cell.
//
// Solo playing: one note at a time, the latest key wins and the one before it returns; tied, the voice goes on and only
// its pitch moves.
#pragma once
#include "devices/channel_controls.h"
#include "devices/device.h"
#include "devices/event_queue.h"
#include "devices/held_keys.h"
#include "devices/voice_pool.h"

namespace arietta {

enum class Solo : uint8_t { kManyNotes, kOneNote, kTied };

class CellInstrument : public Device, protected VoiceListener {
 public:
  void notes(span<const NoteEvent> events) ARIETTA_RT final;
  Activity render(Block io) ARIETTA_RT final;
  int voices() const ARIETTA_RT final { return pool_.sounding(); }

 protected:
  ~CellInstrument() = default;

  bool prepare_voices(const AudioSpec& spec, Arena& arena, int playing, int spare);             // [setup]
  void reset_voices();                                                                           // [audio]
  void set_solo(Solo solo) { solo_ = solo; }                                                     // [audio]

  // Keys (69 is A4) with their tuning. A new note sets out from `slide_from` where solo playing ties it to the last one.
  static float pitch_of(const NoteEvent& note);
  float slide_from(const NoteEvent& note) const { return slides_ ? last_pitch_ : pitch_of(note); }

  // Nothing sounds: what glides may as well have arrived. Called before the first note.        [audio]
  virtual void settle() = 0;
  // True while something rings that is no voice: a box, open strings.                           [audio]
  virtual bool rings_on() const { return false; }
  // A voice begins, in the middle of a cell maybe; or goes on as another note.                  [audio]
  virtual void start_voice(int lane, const NoteEvent& note) = 0;
  virtual void move_voice(int lane, const NoteEvent& note) = 0;
  // A cell begins; then its frames, `at` frames into it, are added to both lines in one or more pieces; then it ends,
  // and voices that have become silent are freed.                                               [audio]
  virtual void begin_cell() = 0;
  virtual void render_cell(float* left, float* right, int at, int frames) = 0;
  virtual void end_cell() = 0;

  AudioSpec spec_;
  VoicePool pool_;
  ChannelControls controls_;

 private:
  bool silent() const { return pool_.sounding() == 0 && !rings_on(); }
  void apply(const NoteEvent& event);
  void note_on(const NoteEvent& note);
  void note_off(const NoteEvent& note);
  void start(const NoteEvent& note);
  void play_solo(const NoteEvent& note);
  bool solo_sounds() const { return solo_lane_ >= 0 && pool_.held(solo_lane_); }

  EventQueue events_;
  HeldKeys held_;
  Solo solo_ = Solo::kManyNotes;
  int solo_lane_ = -1;
  bool slides_ = false;
  float last_pitch_ = 60;
  int cell_frame_ = 0;                 // frames of the current cell already rendered
};

}  // namespace arietta
