// Takes the voice out of a mixed song, or leaves it alone. A singer usually stands in the middle of the stereo image
// and is its one sound with a melody: each bin of the spectrum is given to the voice by how alike both channels are
// there, and by how near it lies to a multiple of the melody's pitch. Basses and drums, which stand in the middle
// too, mostly lie elsewhere and stay.
//   C. Avendano, "Frequency-domain source identification and manipulation in stereo mixes", 2003 (similarity)
#pragma once
#include "devices/device.h"
#include "devices/param_values.h"
#include "dsp/fft.h"
#include "dsp/melody_finder.h"

namespace arietta {

class Vocals final : public Device {
 public:
  bool prepare(const AudioSpec& spec, Arena& arena) override;
  void reset() ARIETTA_RT override;
  void set_param(uint16_t index, float plain) ARIETTA_RT override { params_.set(index, plain); }
  Activity render(Block io) ARIETTA_RT override;      // in place
  int latency_frames() const override { return size_ / 2 + hop_ + reach_; }

 private:
  struct Channel {
    span<float> in, out;             // rings of kRing transforms
    span<float> re, im;
  };
  // One step, cut into pieces of about the same cost.
  static constexpr int kPieces = 8 + MelodyFinder::kParts;

  void run(int piece);
  void transform(Channel& channel);
  void compare_channels();
  void find_gains();
  void add_back(Channel& channel);

  ParamValues<DeviceKind::vocals> params_;
  RealFft fft_;
  MelodyFinder melody_;
  int size_ = 0, hop_ = 0, reach_ = 0;               // frames; reach: half of what a step adds to the sound
  float hz_per_bin_ = 1;
  Channel channels_[2];
  span<float> analysis_, synthesis_, frame_;
  span<float> alike_, middle_, gains_;               // per bin
  uint32_t mask_ = 0, now_ = 0;                      // of the rings; frames in so far
  uint32_t step_end_ = 0;                            // the frame after the last one of the step in work
  int since_step_ = 0, pieces_done_ = kPieces;
  int quiet_frames_ = 0;                             // how long nothing came in
};

}  // namespace arietta
