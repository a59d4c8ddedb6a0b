// Four keys of the organ, a key in each lane: nine sines behind the drawbars. Their phases are those of wheels that turn
// all the time, so that keys that share a wheel add up. Above the highest wheel a drawbar sounds an octave lower.
#pragma once
#include "base/note_event.h"
#include "devices/voice_pool.h"
#include "dsp/envelope.h"

namespace arietta {

inline constexpr int kDrawbars = 9;

// What all keys share during one cell of kMaxBlock frames. Pitches are in octaves of cycles per frame.
struct OrganCell {
  float a4;
  float highest;                          // cycles per frame of the highest wheel
  float slide;                            // share of the way to a new pitch that is left after a cell
  float gain[kDrawbars], gain_before[kDrawbars];   // percussion included
  float click, click_rate;                // how loud the contacts are; halvings per frame
  double frames;                          // since the wheels began to turn
  AdsrShape envelope;
};

class OrganQuad {
 public:
  // Pitches are octaves from A4; `at` is the frame of the cell.                                   [audio]
  void start(int lane, const NoteEvent& note, float pitch, float slide_from);
  void move(int lane, float pitch) { target_ = with_lane(target_, lane, pitch); }
  void end(int lane, VoiceEnd how, const OrganCell& cell, float rate);

  // As in quad_voices.h; the first line gets the pipes, the other the noise of the contacts.      [audio]
  void control(const OrganCell& cell, float frames) { aim(cell, 15, frames); }
  void control_changed(const OrganCell& cell, float frames) { if (changed_) aim(cell, changed_, frames); }
  void render(const OrganCell& cell, int at, f32x4* pipes, f32x4* contacts, int frames);
  int settle();
  f32x4 levels() const { return envelope_.level(); }

 private:
  void aim(const OrganCell& cell, int lanes, float frames);

  f32x4 phase_[kDrawbars] = {}, increment_[kDrawbars] = {};
  f32x4 pitch_ = 0, target_ = 0;
  Adsr4 envelope_;
  f32x4 level_ = 0, level_step_ = 0;
  f32x4 click_ = 0;                                 // how much of the contacts' noise is left
  alignas(16) int32_t noise_[4] = {};               // generator states
  int changed_ = 0, fresh_ = 0;                     // lanes that began or ended since the last aim; not yet aimed, by bit
};

}  // namespace arietta
