// A subtractive synthesiser: two detuned oscillators, a sine an octave below and noise, into a low-pass with its
// own decay, into an attack-decay-sustain-release level. 64 notes, four to a quad: oscillators run four frames at
// a time, everything after them four voices at a time.
//
// Time is cut into cells of kMaxBlock frames that begin with the first note after silence. Pitch, cutoff and
// levels are computed once a cell and move in straight lines; a note that starts inside a cell gets a shorter
// first line. So the sound does not depend on how the caller cuts its blocks.
#pragma once
#include "devices/channel_controls.h"
#include "devices/device.h"
#include "devices/event_queue.h"
#include "devices/param_values.h"
#include "devices/voice_pool.h"
#include "dsp/envelope.h"
#include "dsp/lfo.h"
#include "dsp/osc_blep.h"
#include "dsp/svf.h"

namespace arietta {

class PolySynth final : public Device, private VoiceListener {
 public:
  bool prepare(const AudioSpec& spec, Arena& arena) override;
  void reset() ARIETTA_RT override;
  void set_param(uint16_t index, float plain) ARIETTA_RT override;
  void notes(span<const NoteEvent> events) ARIETTA_RT override;
  Activity render(Block io) ARIETTA_RT override;
  int voices() const ARIETTA_RT override { return pool_.sounding(); }

 private:
  static constexpr int kPlaying = 64, kSpare = 16;
  static constexpr int kParams = int(params_of(DeviceKind::poly_synth).size());

  struct Quad {
    // Oscillators, by lane: two main ones and the sub.
    alignas(16) float phase[3][4];
    alignas(16) float increment[3][4];
    BlepTail tails[4];
    alignas(16) int32_t noise[4];      // generator states

    // The note: octaves above A4, how hard, how bright.
    f32x4 pitch, loudness, brightness;

    Adsr4 envelope;
    f32x4 sweep;                       // filter envelope, 1 to 0
    f32x4 level, level_step;
    SvfCoefficients filter_now, filter_step;
    Svf4 filter;

    int changed;                       // lanes whose note began or ended since the last control point, by bit
    int fresh;                         // those that began: their filter starts on its value
  };

  // What all voices share during one cell.
  struct Cell {
    Wave wave, wave_before;
    BlepLevel main, main_before, sub;
    BlepLevel noise;
  };

  void end_voice(int lane, VoiceEnd how) ARIETTA_RT override;
  void apply(const NoteEvent& event);
  void start_voice(const NoteEvent& event);
  void begin_cell();
  void control(int index, int lanes, int frames);
  void render_quad(int index, f32x4* mix, int frames);
  void add_noise(Quad& quad, f32x4* to, int frames) const;
  void free_silent_voices(int index);
  void recover();
  void settle_params();
  float working_value(uint16_t index) const;

  AudioSpec spec_;
  ParamValues<DeviceKind::poly_synth> params_;
  Glide smooth_[kParams];              // working values (octaves, gains) on their way to the knob
  AdsrShape shape_{};
  float sweep_rate_ = 0;

  VoicePool pool_;
  span<Quad> quads_;
  EventQueue events_;
  ChannelControls controls_;
  Lfo vibrato_;
  Cell cell_{};
  int cell_frame_ = 0;                 // frames of the current cell already rendered
  const BlepTable* table_ = nullptr;
};

}  // namespace arietta
