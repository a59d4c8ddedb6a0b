// Four notes of the sampler: each reads one sample or a stereo pair, with a loop that fades into itself and ends that
// fade out; then four at a time through envelope and low-pass.
#pragma once
#include "devices/sample_reader.h"
#include "devices/voice_pool.h"
#include "dsp/block.h"
#include "dsp/envelope.h"
#include "dsp/svf.h"
#include "plan/bank_format.h"

namespace arietta {

// What all notes share during one cell.
struct SamplerCell {
  float sample_rate = 48000;
  float bend = 0;                        // keys
  float cutoff = -1, damping = 1.414f;   // octaves of cycles per frame
  float slide = 0;                       // share of the way to a new pitch that is left after a cell
  AdsrShape envelope{};
  const int16_t* samples = nullptr;
  const ReaderTable* table = nullptr;
};

// What part of a sample a note plays, in frames of the sample from its start. loop_end 0: it plays once.
struct SamplerCut { double start, end, loop_start, loop_end; };

class SamplerQuad {
 public:
  void reset() { *this = SamplerQuad(); }                                                        // [audio]

  // `second` is the other side of a stereo pair, or nullptr. Pitches are keys away from the sample's own. [audio]
  void start(int lane, const BankRegion& first, const BankRegion* second, const SamplerCut& cut, float from, float pitch,
             float gain, const SamplerCell& cell);
  void move(int lane, float pitch) { note_[lane].goal = pitch; }                                 // [audio]
  void end(int lane, VoiceEnd how, const SamplerCell& cell);                                     // [audio]
  void control(int which, const SamplerCell& cell, float frames);                                // [audio]
  void control_changed(const SamplerCell& cell, float frames) { if (changed_) control(changed_, cell, frames); }
  // Adds `frames` to both lines.                                                                [audio]
  void render(const SamplerCell& cell, int used, float* left, float* right, int frames);
  // At the end of a cell: the lanes that have become silent, by bit.                              [audio]
  int settle();
  float loudness(int lane) const { return lane_of(level_, lane); }

 private:
  struct Note {
    SampleCursor cursor[2];
    uint64_t origin[2] = {};             // where the sample begins
    int sides = 1;
    uint64_t fade = 0, loop_fade = 0;    // of the end and of the loop, 32.32 frames
    double speed = 1;                    // frames of the sample per frame at its own pitch
    float pitch = 0, goal = 0, heard_pitch = 1e9f;
    bool over = true;
  };

  void read(const SamplerCell& cell, Note& note, int side, int frames, float* out);

  Note note_[4];
  Adsr4 envelope_;
  f32x4 gain_ = 0, level_ = 0, level_step_ = 0;
  f32x4 to_left_[2] = {}, to_right_[2] = {};
  SvfCoefficients filter_now_{}, filter_step_{};
  Svf4 filter_[2];
  int changed_ = 0, fresh_ = 0;
};

}  // namespace arietta
