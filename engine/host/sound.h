// Rendered sound: two channels of floats.
#pragma once
#include <vector>

namespace arietta {

struct Sound {
  float sample_rate = 48000;
  std::vector<float> left, right;           // equally long
};

}  // namespace arietta
