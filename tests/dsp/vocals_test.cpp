// The voice out of a mix and alone: a singer in the middle, chords to the sides, a bass in the middle.
#include <doctest/doctest.h>

#include "tests/support/measure.h"
#include "tests/support/player.h"

using namespace arietta;
using namespace arietta::test;

namespace {

namespace p = param::vocals;

constexpr double kSeconds = 3;

// Harmonics of a melody of half-second notes with vibrato.
std::vector<float> sung() {
  std::vector<float> out(size_t(kSeconds * 48000));
  const double notes[] = {220, 246.9, 261.6, 329.6, 293.7, 261.6};
  double phase = 0;
  for (size_t n = 0; n < out.size(); ++n) {
    const double t = double(n) / 48000, within = std::fmod(t, 0.5);
    phase += notes[size_t(t / 0.5) % 6] * std::exp2(0.03 * std::sin(kTau * 5.5 * t)) / 48000;
    const double level = std::min({1.0, within / 0.03, (0.5 - within) / 0.03});
    for (int k = 1; k <= 20; ++k) out[n] += float(0.12 * level * std::sin(kTau * k * phase) / (1 + 0.3 * k));
  }
  return out;
}

struct Mix {
  std::vector<float> voice = sung();
  Stereo backing;
  Mix() {
    backing.left.resize(voice.size());
    backing.right.resize(voice.size());
    for (size_t n = 0; n < voice.size(); ++n) {
      const double t = double(n) / 48000, fade = std::exp(-3 * std::fmod(t, 1));
      for (int k = 1; k <= 8; ++k) {
        const double low = 0.15 * fade * std::sin(kTau * 196 * k * t) / k, high = 0.15 * fade * std::sin(kTau * 311 * k * t) / k;
        const double bass = 0.2 * std::exp(-4 * std::fmod(t, 0.5)) * std::sin(kTau * 51.9 * k * t) / k;
        backing.left[n] += float(0.97 * low + 0.23 * high + bass);
        backing.right[n] += float(0.23 * low + 0.97 * high + bass);
      }
    }
  }
};

// What comes out for the mix, moved back by the device's delay.
Stereo through(const Mix& mix, float mode, float strength = 1, float focus = 0.9f) {
  Player player(DeviceKind::vocals);
  player.set(p::mode, mode);
  player.set(p::strength, strength);
  player.set(p::focus, focus);
  player.device->reset();
  player.input = [&](int frame, int channel) {
    const size_t n = size_t(frame);
    return n < mix.voice.size() ? mix.voice[n] + (channel ? mix.backing.right : mix.backing.left)[n] : 0.0f;
  };
  Stereo out = player.seconds(kSeconds + 0.2);
  const size_t late = size_t(player.device->latency_frames());
  for (std::vector<float>* side : {&out.left, &out.right}) {
    side->erase(side->begin(), side->begin() + long(late));
    side->resize(mix.voice.size());
  }
  return out;
}

// How much of `part` is in `sound`, and how far the rest is below it. Both in dB.
struct Share { double level_db, distance_db; };
Share share(const std::vector<float>& sound, const std::vector<float>& part) {
  double both = 0, own = 0, all = 0;
  for (size_t n = 24000; n < part.size() - 4800; ++n) {
    both += double(sound[n]) * part[n];
    own += double(part[n]) * part[n];
    all += double(sound[n]) * sound[n];
  }
  const double gain = both / own, of_it = gain * gain * own;
  return {db(std::fabs(gain)), 10 * std::log10(of_it / std::max(all - of_it, 1e-12))};
}

}  // namespace

TEST_CASE("the voice goes and the rest stays") {
  const Mix mix;
  const Stereo out = through(mix, 0);
  CHECK(share(out.left, mix.voice).level_db < -15);
  CHECK(std::fabs(share(out.left, mix.backing.left).level_db) < 1.5);
  CHECK(share(out.left, mix.backing.left).distance_db > 9);
  CHECK(share(out.right, mix.backing.right).distance_db > 9);
}

TEST_CASE("the voice stays alone") {
  const Mix mix;
  const Stereo out = through(mix, 1);
  CHECK(std::fabs(share(out.left, mix.voice).level_db) < 1.5);
  CHECK(share(out.left, mix.voice).distance_db > 9);
  CHECK(share(out.right, mix.voice).distance_db > 9);
}

TEST_CASE("without the melody all of the middle goes, the bass above its first harmonics included") {
  const Mix mix;
  CHECK(share(through(mix, 0, 1, 0).left, mix.voice).level_db < -15);
  CHECK(share(through(mix, 1, 1, 1).left, mix.voice).distance_db > share(through(mix, 1, 1, 0).left, mix.voice).distance_db + 3);
}

TEST_CASE("without strength the sound comes out as it went in") {
  const Mix mix;
  const Stereo out = through(mix, 0, 0);
  double worst = 0;
  for (size_t n = 0; n < mix.voice.size(); ++n)
    worst = std::max(worst, std::fabs(double(out.left[n]) - (mix.voice[n] + mix.backing.left[n])));
  CHECK(worst < 1e-5);
}

TEST_CASE("it says how late it is, at most a tenth of a second at 48 kHz, and sleeps when nothing comes in") {
  Player player(DeviceKind::vocals);
  CHECK(player.device->latency_frames() <= 4800);
  player.input = [](int frame, int) { return frame < 100 ? 0.5f : 0.0f; };
  const Stereo out = player.seconds(0.6f);
  CHECK(player.activity == Activity::kAsleep);
  CHECK(std::fabs(peak(out.left) - 0.5) < 0.1);
}
