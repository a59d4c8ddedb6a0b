// What one MIDI channel's wheels and pedals mean to every instrument here: volume (7), expression (11), pan (10),
// modulation (1), pressure and bend. Sustain and sostenuto belong to the voice pool.
//
// Volume and expression follow the General MIDI curve, 40 dB per decade (MMA RP-015 and the GM2 guidelines);
// controllers nobody has sent are neutral: 100 of 127 for volume, so the top is 4.15 dB above it, 127 for expression. Pan is constant-power with 0 dB in the centre.
#pragma once
#include <cmath>

#include "base/mathx.h"
#include "base/note_event.h"
#include "dsp/block.h"
#include "dsp/pan.h"
#include "dsp/ramp.h"

namespace arietta {

class ChannelControls {
 public:
  static constexpr float kGlideSeconds = 0.01f;   // as short as a fader may move without a click

  void prepare(float sample_rate) { glide_frames_ = kGlideSeconds * sample_rate; reset(); }     // [setup]

  // Wheels and pedals as after power-on.                                                         [audio]
  void reset() {
    volume_ = expression_ = 1;
    pan_ = 0.5f;
    modulation_ = pressure_ = bend_ = 0;
    aim();
    settle();
  }

  // Nothing sounds, so what glides may as well have arrived: the next note begins as loud as it should be. [audio]
  void settle() {
    left_.jump(left_.target());
    right_.jump(right_.target());
  }

  // Takes bends, pressure and the controllers above; anything else is left alone.               [audio]
  void handle(const NoteEvent& event) {
    if (!std::isfinite(event.value)) return;
    const float value = clampf(event.value, 0, 1);
    switch (event.type) {
      case NoteEventType::kBend: bend_ = clampf(event.value, -48, 48); return;
      case NoteEventType::kPressure: pressure_ = value; return;
      case NoteEventType::kController: break;
      default: return;
    }
    switch (event.key) {
      case 1: modulation_ = value; return;
      case 7: volume_ = value / kVolumeAtRest; break;
      case 10: pan_ = value; break;
      case 11: expression_ = value; break;
      default: return;
    }
    aim();
  }

  // The instrument's own level, on top of volume and expression.                                 [audio]
  void set_level(float gain) { level_ = gain; aim(); }

  float bend_semitones() const { return bend_; }
  float modulation() const { return modulation_ > pressure_ ? modulation_ : pressure_; }        // 0 to 1

  // Adds a stereo pair of lines to `io`, through level and pan. The lines are readable and 16-byte aligned
  // up to the next multiple of four frames.                                                     [audio]
  void mix(const float* left, const float* right, Block io) {
    for (int i = 0; i < io.frames; i += 4) {
      (f32x4::load(io.left + i) + f32x4::load(left + i) * left_.four_at(i)).store(io.left + i);
      (f32x4::load(io.right + i) + f32x4::load(right + i) * right_.four_at(i)).store(io.right + i);
    }
    advance(io.frames);
  }
  void advance(int frames) { left_.advance(frames); right_.advance(frames); }                   // [audio]

 private:
  void aim() {
    const float volume = volume_ * expression_;
    // 64 of 127 is the centre and both ends are reached.
    const PanGains pan = pan_gains(pan_ <= 0.5f ? 2 * pan_ - 1 : (pan_ * 127 - 64) / 63);
    const float gain = level_ * volume * volume;
    left_.to(gain * pan.left, glide_frames_);
    right_.to(gain * pan.right, glide_frames_);
  }

  float glide_frames_ = 1;
  float level_ = 1;
  float volume_ = 1, expression_ = 1, pan_ = 0.5f;
  float modulation_ = 0, pressure_ = 0, bend_ = 0;
  Glide left_, right_;
};

}  // namespace arietta
