// One sounding region of the sampled instrument: where it reads, its envelopes and oscillators, and what they make
// of pitch, loudness and filter for the next block. The sound itself is made by soundfont.cpp, four voices at once.
#pragma once
#include "base/rt.h"
#include "devices/sample_reader.h"
#include "devices/soundfont_envelope.h"
#include "devices/soundfont_modulators.h"
#include "plan/bank_format.h"

namespace arietta {

// The knobs, as the voices need them.
struct VoiceShaping {
  float brightness_octaves = 0;
  float attack_ratio = 1;
  float release_ratio = 1;
};

// A value and where it goes by the end of the block.
struct Sweep {
  float now = 0, target = 0;
};

// Coefficients of the low-pass (dsp: A. Simper, "Linear trapezoidal integrated state variable filter", 2013).
struct LowPass {
  Sweep a1, a2, a3;
  float state1 = 0, state2 = 0;
  float cutoff_hz = 0, q_db = 0;   // what the targets were made for
};

class SoundfontVoice {
 public:
  // `key` is the struck key with its tuning, `velocity` 0..1.                                    [audio]
  void start(const BankRegion& region, span<const BankModulator> modulators, const ChannelState& channel,
             const VoiceShaping& shaping, float key, float velocity, int frame, float sample_rate) ARIETTA_RT;
  void release(const VoiceShaping& shaping) ARIETTA_RT;                                           // [audio]
  void fade() ARIETTA_RT;                                                                         // [audio]
  void controllers_moved(const ChannelState& channel) ARIETTA_RT;                                 // [audio]

  // One block of envelopes and oscillators: sets the sweeps and the cursor's speed.              [audio]
  void step(int frames, const ChannelState& channel, const VoiceShaping& shaping, float level) ARIETTA_RT;
  // The block is over: what was the target is now.                                               [audio]
  void settle() ARIETTA_RT;

  bool finished() const { return finished_; }
  bool filtered() const { return filtered_; }
  float loudness() const { return left.target + right.target; }

  SampleCursor cursor;
  Sweep left, right;       // gains
  LowPass filter;
  int first_frame = 0;     // of the block in which the note starts
  bool at_end = false;     // the sample has run out

 private:
  void step_filter(float cutoff_hz);

  const BankRegion* region_ = nullptr;
  span<const BankModulator> modulators_;
  ModulatorSums sums_ = {};
  VolumeEnvelope volume_;
  ModulationEnvelope modulation_;
  TriangleLfo vibrato_, mod_lfo_;
  float sample_rate_ = 48000;
  float key_ = 60, velocity_ = 1;
  float cents_ = 0;        // what key and region ask for, without anything that moves
  float sounding_cents_ = 1e9f;            // what the cursor's speed was made for
  float left_gain_ = 0, right_gain_ = 0;   // from attenuation, resonance and pan
  float q_db_ = 0;
  float fade_ = 1, fade_per_frame_ = 0;
  bool filtered_ = false;
  bool finished_ = true;
};

}  // namespace arietta
