#include "host/vocals_sound.h"

#include <algorithm>

#include "host/hosted_device.h"

namespace arietta {

Result<Sound> vocals_sound(const Sound& in, VocalsMode mode) {
  const HostedDevice vocals(DeviceKind::vocals, {in.sample_rate});
  if (!vocals.ok()) return Error{"There is not enough memory to take the voice out of this sound."};
  vocals->set_param(param::vocals::mode, mode == VocalsMode::kIsolate ? 1.0f : 0.0f);
  const size_t late = size_t(vocals->latency_frames()), length = in.left.size();
  Sound out{in.sample_rate, std::vector<float>(length), std::vector<float>(length)};
  for (size_t at = 0; at < length + late; at += kMaxBlock) {
    alignas(16) float left[kMaxBlock] = {}, right[kMaxBlock] = {};
    for (size_t i = 0; i < size_t(kMaxBlock) && at + i < length; ++i) left[i] = in.left[at + i], right[i] = in.right[at + i];
    vocals->render({left, right, kMaxBlock});
    for (size_t i = 0; i < size_t(kMaxBlock); ++i) {
      if (at + i < late || at + i - late >= length) continue;
      out.left[at + i - late] = left[i];
      out.right[at + i - late] = right[i];
    }
  }
  return out;
}

}  // namespace arietta
