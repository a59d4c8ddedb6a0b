// Last on the master: makes the mix louder if asked, never lets the curve past the ceiling, between the samples
// included, and holds back what is suddenly much louder. Whatever arrives, finite sound leaves.
#pragma once
#include "base/mathx.h"
#include "devices/device.h"
#include "devices/param_values.h"
#include "dsp/lookahead_gain.h"
#include "dsp/ramp.h"
#include "dsp/surge_guard.h"
#include "dsp/true_peak.h"

namespace arietta {

class Limiter final : public Device {
 public:
  bool prepare(const AudioSpec& spec, Arena& arena) override;
  void reset() ARIETTA_RT override;
  void set_param(uint16_t index, float plain) ARIETTA_RT override;
  Activity render(Block io) ARIETTA_RT override;      // in place
  int latency_frames() const override { return gain_.latency() + CurvePeaks::kAfter + 1; }

  // How far the last block was turned down at most: 0 or below, for the meter.                  [audio]
  float gain_reduction_db() const ARIETTA_RT { return gain_to_db(lowest_gain_); }

 private:
  static constexpr int kKept = CurvePeaks::kBefore + CurvePeaks::kAfter;
  struct Frame { float left, right; };
  struct alignas(16) Recent { float frames[kKept + kMaxBlock + 4] = {}; };

  void take_in(Block io);
  bool find_peaks(int frames, float* high) const;

  float sample_rate_ = 48000;
  ParamValues<DeviceKind::limiter> params_;
  Glide ceiling_{1}, drive_{1};
  CurvePeaks curve_;
  Recent left_, right_;              // the input around the gaps that are looked into
  LookaheadGain gain_;
  SurgeGuard surge_;
  span<Frame> delay_;
  int at_ = 0;
  float lowest_gain_ = 1;            // of the last block
  int silent_frames_ = 0;            // since the last input that was not zero
};

}  // namespace arietta
