// What is measured of the sound that leaves: loudness, true peak, how alike the two sides are, and a coarse spectrum.
// Loudness and true peak start anew whenever the song starts to play.
#pragma once
#include "base/rt.h"
#include "dsp/fft.h"
#include "dsp/loudness.h"
#include "proto/telemetry_layout.h"

namespace arietta {

class MasterMeter {
 public:
  bool prepare(float sample_rate, Arena& arena);                                                 // [setup]

  // A block of what leaves.                                                                     [audio]
  void process(const float* left, const float* right, bool playing) ARIETTA_RT;
  TelemetryMaster read() ARIETTA_RT;                                                             // [audio]

 private:
  static constexpr int kSpectrumFrames = 2048;       // 43 ms: bands from 31 Hz up, and quick enough to watch

  void correlate(const float* left, const float* right);
  void read_spectrum(float* bands_db);

  float sample_rate_ = 48000;
  LoudnessMeter loudness_;
  bool was_playing_ = false;
  int silent_blocks_ = 0;

  float forget_ = 0;                                 // share of the correlation that is new with each block
  float both_ = 0, left_ = 0, right_ = 0;            // mean products

  RealFft fft_;
  span<float> recent_;                               // both sides added, a ring
  span<float> window_, frame_, re_, im_;
  int at_ = 0;
};

}  // namespace arietta
