// Four bowed notes, each played by one to six players. A bowed string moves in Helmholtz's way: a corner runs round it,
// and what reaches the bridge is a sawtooth whose corner the bow sharpens as it presses harder. The rest is the player:
// hiss of the bow, a start that speaks late, a vibrato of one's own, a hand that is never quite still.
// Sources: L. Cremer, "The Physics of the Violin", 1984 (the rounded corner); N. Fletcher and T. Rossing, "The Physics
// of Musical Instruments", chapter 10.
#pragma once
#include "base/note_event.h"
#include "base/random.h"
#include "devices/string_cell.h"
#include "devices/voice_pool.h"
#include "dsp/osc_blep.h"
#include "dsp/svf.h"

namespace arietta {

class BowedQuad {
 public:
  static constexpr int kMostPlayers = 6;

  void reset() { *this = {}; }                                                                   // [audio]
  void start(int lane, const NoteEvent& note, float from, float pitch, const StringCell& cell);  // [audio]
  void move(int lane, float pitch);                                                              // [audio]
  void end(int lane, VoiceEnd how, const StringCell& cell);                                      // [audio]

  // Lines to the end of the cell, `frames` from now, for the lanes in `which`.                   [audio]
  void control(int which, const StringCell& cell, float frames);
  void control_changed(const StringCell& cell, float frames) { if (changed_) control(changed_, cell, frames); }

  // Writes `frames` of four notes, one a lane, as heard from the left and from the right. One player stands in the
  // middle.                                                                                      [audio]
  void render(const BlepTable& table, int used, f32x4* left, f32x4* right, int frames);

  int settle();                                                                                  // [audio]
  float loudness(int lane) const { return lane_of(envelope_.level() * force_, lane); }

 private:
  static constexpr int kSides = 2;
  struct Player { float phase = 0, step = 0, turn = 0, rate = 0, drift = 0, goal = 0; };
  struct Note {
    Player players[kMostPlayers];
    int count = 1;
    float pitch = 60, goal = 60, age_s = 0;
    Random random;
    BlepTail tails[kSides];
  };

  void aim_players(Note& note, const StringCell& cell, float seconds);
  void run_up(const BlepTable& table, int lane);
  void add_players(BlepLine& line, const BlepTable& table, Note& note, int side, int frames);

  Note notes_[4];
  Adsr4 envelope_;
  f32x4 force_ = 0, brightness_ = 0;
  f32x4 level_ = 0, level_step_ = 0, hiss_ = 0, hiss_step_ = 0;
  f32x4 noise_low_ = 0;
  SvfCoefficients filter_now_{}, filter_step_{};
  Svf4 filter_[kSides];
  alignas(16) int32_t noise_[4] = {1, 2, 3, 4};
  int changed_ = 0, fresh_ = 0;
};

}  // namespace arietta
