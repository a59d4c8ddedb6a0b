// Four keys of the electric piano, a key in each lane. A hammer sets a tine or a reed swinging: a slow sine and a bell
// above it that fades first. A pickup turns the swing into sound: the voltage is how fast the tine moves times how steeply
// the field (or the capacity) changes where it is, which bends the sine the more the further it swings. K. Pfeifle and
// R. Bader, "Real-time physical modelling of a real-time electro-mechanical piano", JASA 141 (2017); the Wurlitzer's pickup
// after the same authors' "Tone production of the Wurlitzer and Rhodes E-pianos", 2016.
#pragma once
#include "base/note_event.h"
#include "devices/voice_pool.h"
#include "dsp/envelope.h"

namespace arietta {

enum class TineKind : uint8_t { kTine, kReed };

// What all keys share during one cell of kMaxBlock frames. Pitches are in octaves of cycles per frame.
struct TineCell {
  TineKind kind;
  float fade, fade_before;               // kinds change while nothing is heard
  float a4, a4_hz;
  float bell, bark, pickup, hardness, thump, age;
  float life;                            // times how long it rings
  float rate;
  AdsrShape envelope;
};

class TineQuad {
 public:
  // The pitch is octaves from A4.                                                                 [audio]
  void start(int lane, const NoteEvent& note, float pitch, const TineCell& cell);
  void end(int lane, VoiceEnd how, const TineCell& cell, float rate);

  // As in quad_voices.h; the first line gets the pickups, the other the wood.                      [audio]
  void control(const TineCell& cell, float frames) { aim(cell, 15, frames); }
  void control_changed(const TineCell& cell, float frames) { if (changed_) aim(cell, changed_, frames); }
  void render(const TineCell& cell, int at, f32x4* pickups, f32x4* wood, int frames);
  int settle();
  f32x4 levels() const { return swing_ * envelope_.level(); }

 private:
  void aim(const TineCell& cell, int lanes, float frames);
  template <TineKind kKind> void play(const TineCell& cell, int at, f32x4* pickups, int frames);

  f32x4 phase_ = 0, bell_phase_ = 0, increment_ = 0, bell_increment_ = 0;
  f32x4 pitch_ = 0, off_ = 0;                       // octaves from A4; how far an old key is out of adjustment, -1 to 1
  f32x4 swing_ = 0, bell_ = 0;                      // how far both swing, 1 for the hardest touch
  f32x4 reach_ = 0, reach_step_ = 0, ring_ = 0, ring_step_ = 0;   // the same for the pickup, in straight lines
  f32x4 place_ = 0, place_step_ = 0;                // where the tine rests before the pickup
  Adsr4 envelope_;
  f32x4 level_ = 0, level_step_ = 0;
  f32x4 thump_ = 0, thump_level_ = 0;               // what is left of the wood's knock; its filter
  alignas(16) int32_t noise_[4] = {};               // generator states
  int changed_ = 0, fresh_ = 0;                     // lanes that began or ended since the last aim; not yet aimed, by bit
};

}  // namespace arietta
