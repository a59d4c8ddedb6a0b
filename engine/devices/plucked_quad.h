// Four plucked strings. Each moves in two directions: up and down it gives the bridge much and dies soon, sideways it
// gives little and stays; so a tone decays fast first, then slowly, and breathes a little in between.
// Source: G. Weinreich, "Coupled piano strings", JASA 62(6), 1977.
#pragma once
#include "base/note_event.h"
#include "devices/pluck_touch.h"
#include "devices/string_cell.h"
#include "devices/string_loops.h"
#include "devices/voice_pool.h"

namespace arietta {

class PluckedQuad {
 public:
  static constexpr float kLowestHz = 26;                                                         // below A0

  bool prepare(Arena& arena, float sample_rate);                                                 // [setup]
  void reset();                                                                                  // [audio]

  // A string is plucked; plucked again while it sounds, by the fingering hand, with another pitch; or let go. Pitches
  // are keys; `from` is where a slide begins.                                                    [audio]
  void start(int lane, const NoteEvent& note, float from, float pitch, const StringCell& cell);
  void move(int lane, const NoteEvent& note, float pitch, const StringCell& cell);
  void end(int lane, VoiceEnd how, const StringCell& cell);

  void control(int used, const StringCell& cell);                                                // [audio]
  // Writes `frames` of four strings, one a lane.                                                [audio]
  void render(f32x4* out, int frames);

  // At the end of a cell: the lanes that have become silent, by bit.                              [audio]
  int settle(int used);
  float loudness(int lane) const { return string_[lane].heard * string_[lane].level; }

 private:
  struct String {
    PluckTouch touch;
    float pitch = 60, goal = 60;       // keys
    float ring_s = 1;                  // 0 while the key is down: the knob's
    bool held = false, fading = false, stale = true;
    float tuned_to = 0;
    float heard = 0;                   // how high the wave has gone lately
    float level = 1;
  };

  void pluck(int lane, const NoteEvent& note, float force, const StringCell& cell);
  StringTune tune(const String& string, const StringCell& cell, bool sideways) const;
  float sounding_pitch(const String& string, const StringCell& cell) const { return string.pitch + cell.bend; }

  StringLoops upright_, sideways_;
  String string_[4];
  StringCell last_;
  f32x4 level_ = 1, level_step_ = 0;
  float sample_rate_ = 48000;
};

}  // namespace arietta
