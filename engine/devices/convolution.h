// Places, computed and then convolved with: rooms, a hall, a plate, a spring, a room backwards. Another place or length
// fades the wet sound out, and the new one grows from there; its response is made piece by piece, faster than it is heard.
#pragma once
#include "devices/afterglow.h"
#include "devices/knobs.h"
#include "dsp/space_response.h"
#include "dsp/stereo.h"
#include "dsp/stereo_convolver.h"
#include "dsp/stereo_filter.h"

namespace arietta {

class Convolution final : public Device {
 public:
  bool prepare(const AudioSpec& spec, Arena& arena) override;
  void reset() ARIETTA_RT override;
  void set_param(uint16_t index, float plain) ARIETTA_RT override { knobs_.set(index, plain); }
  Activity render(Block io) ARIETTA_RT override;      // in place

 private:
  struct Place {
    int space = -1;
    float length = 0;
    bool operator==(const Place& other) const { return space == other.space && length == other.length; }
  };

  Place wanted() const { return {int(knobs_.wanted(param::convolution::space)), knobs_.wanted(param::convolution::length)}; }
  void go_to(const Place& place);
  void follow_knobs();
  void aim();

  float sample_rate_ = 48000;
  Knobs<DeviceKind::convolution> knobs_;
  Place place_;
  SpaceResponse response_;
  StereoConvolver convolver_;
  StereoFilterPair tone_;
  Glide presence_{1};                  // of the wet sound: fades out before another place
  Glide entrance_{1};                  // of the sound that goes in: fades in after it
  float mix_ = 0;
  Afterglow afterglow_;
};

}  // namespace arietta
