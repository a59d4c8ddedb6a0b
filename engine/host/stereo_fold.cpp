#include "host/stereo_fold.h"

#include <algorithm>
#include <cmath>

namespace arietta {
namespace {

struct Gains { float left, right; };

constexpr float kLower = 0.70710678f;                  // 3 dB

// Where a channel goes.
Gains gains_of(size_t channel, size_t count) {
  constexpr Gains kLeft{1, 0}, kRight{0, 1}, kCentre{kLower, kLower}, kBackLeft{kLower, 0}, kBackRight{0, kLower};
  constexpr Gains kNowhere{0, 0};
  if (count == 1) return {1, 1};
  if (channel == 0) return kLeft;
  if (channel == 1) return kRight;
  const bool has_centre = count == 3 || count >= 5, has_low = count >= 6;
  if (channel == 2 && has_centre) return kCentre;
  if (channel == 3 && has_low) return kNowhere;
  const size_t back = channel - 2 - size_t(has_centre) - size_t(has_low);
  if (count == 7 && back == 0) return kCentre;         // 6.1 has one behind the listener
  return (back + size_t(count == 7)) % 2 == 0 ? kBackLeft : kBackRight;
}

}  // namespace

Sound fold_to_stereo(const Recording& recording) {
  const size_t count = recording.channels.size(), frames = recording.frames();
  Sound out{recording.sample_rate, std::vector<float>(frames), std::vector<float>(frames)};
  float before = 1, after = 0;
  for (size_t channel = 0; channel < count; ++channel) {
    const Gains gains = gains_of(channel, count);
    const std::vector<float>& in = recording.channels[channel];
    for (size_t n = 0; n < frames; ++n) {
      out.left[n] += gains.left * in[n];
      out.right[n] += gains.right * in[n];
      before = std::max(before, std::fabs(in[n]));
    }
  }
  for (size_t n = 0; n < frames; ++n) after = std::max({after, std::fabs(out.left[n]), std::fabs(out.right[n])});
  if (after <= before) return out;
  for (std::vector<float>* side : {&out.left, &out.right})
    for (float& sample : *side) sample *= before / after;
  return out;
}

}  // namespace arietta
