// A recording in memory: any number of channels of floats.
#pragma once
#include <cstddef>
#include <vector>

namespace arietta {

struct Recording {
  float sample_rate = 48000;
  std::vector<std::vector<float>> channels;      // equally long
  std::size_t frames() const { return channels.empty() ? 0 : channels[0].size(); }
};

}  // namespace arietta
