#include "host/stretch_sound.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "stretch/stretcher.h"

namespace arietta {

Result<Sound> stretch_sound(const Sound& in, const StretchOptions& options) {
  constexpr double kWindow_s = Stretcher::kClipWindow_s;
  std::vector<uint8_t> memory(Stretcher::bytes(in.sample_rate, kWindow_s));
  Arena arena(memory);
  const auto stretcher = std::make_unique<Stretcher>();
  if (!stretcher->prepare(in.sample_rate, arena, kWindow_s)) return Error{"Sound can be stretched at 8 to 192 kHz."};
  const double speed = 1 / options.stretch;
  stretcher->set_speed(speed);
  stretcher->set_pitch(options.semitones);

  // It starts in the silence before the sound, so that its first steps are over when the sound begins.
  const int64_t lead = stretcher->warm_up();
  stretcher->start(-double(lead) * speed);
  const int64_t length = int64_t(in.left.size());
  const int64_t wanted = std::llround(double(length) * options.stretch);
  Sound out;
  out.sample_rate = in.sample_rate;
  out.left.resize(size_t(wanted));
  out.right.resize(size_t(wanted));
  std::vector<float> left, right;
  for (int64_t at = -lead; at < wanted;) {
    const int frames = int(std::min<int64_t>(128, at < 0 ? -at : wanted - at));
    const Stretcher::Span need = stretcher->need(frames);
    left.assign(size_t(need.count), 0.0f);
    right.assign(size_t(need.count), 0.0f);
    const int64_t from = std::max<int64_t>(0, need.first), to = std::min(length, need.first + need.count);
    if (from < to) {
      std::copy(in.left.begin() + from, in.left.begin() + to, left.begin() + (from - need.first));
      std::copy(in.right.begin() + from, in.right.begin() + to, right.begin() + (from - need.first));
    }
    stretcher->feed(left.data(), right.data(), need.count);
    float scrap_left[128], scrap_right[128];
    if (at < 0) stretcher->pull(scrap_left, scrap_right, frames);
    else stretcher->pull(&out.left[size_t(at)], &out.right[size_t(at)], frames);
    at += frames;
  }
  return out;
}

}  // namespace arietta
