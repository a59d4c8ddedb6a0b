// The sampler: a dropped sound on the keys, cut, looped and sliced, without a click where it begins, turns or ends.
#include <doctest/doctest.h>

#include "bank/sound_bank.h"
#include "plan/bank_check.h"
#include "tests/support/measure.h"
#include "tests/support/player.h"

using namespace arietta;
using namespace arietta::test;

namespace {

namespace p = param::sampler;

constexpr float kHz = 261.6256f;                 // what the sound is: middle C

// A second and a half of a tone; the right side, if any, an octave up.
std::vector<uint8_t> tone_bank(bool stereo = false, float rate = 48000, float seconds = 1.5f, float hz = kHz) {
  std::vector<float> left(size_t(rate * seconds)), right(stereo ? left.size() : 0);
  for (size_t i = 0; i < left.size(); ++i) left[i] = 0.5f * float(std::sin(kTau * double(hz) * double(i) / double(rate)));
  for (size_t i = 0; i < right.size(); ++i) right[i] = 0.5f * float(std::sin(2 * kTau * double(hz) * double(i) / double(rate)));
  DecodedSound sound;
  sound.left = left;
  sound.right = right;
  sound.sample_rate = rate;
  Result<std::vector<uint8_t>> bank = sound_bank(sound);
  REQUIRE(bank.ok());
  REQUIRE(check_bank(bank.value()));
  return bank.value();
}

struct Loaded {
  explicit Loaded(std::vector<uint8_t> sound) : bank(std::move(sound)), player(DeviceKind::sampler) { player.device->set_asset(bank); }
  std::vector<uint8_t> bank;
  Player player;
};

}  // namespace

TEST_CASE("a dropped sound is in tune on every key, whatever its rate") {
  for (const float rate : {22050.0f, 44100.0f, 48000.0f, 96000.0f})
    for (const int key : {36, 48, 60, 67, 72}) {
      Loaded it(tone_bank(false, rate, 3));
      it.player.note(0, uint8_t(key));
      const double hz = double(kHz) * std::exp2((key - 60) / 12.0);
      const std::vector<float> sound = it.player.seconds(0.7f).left;
      CAPTURE(rate);
      CAPTURE(key);
      CHECK(std::fabs(cents(frequency({sound.data() + 2400, 30000}, hz, 48000), hz)) < 0.2);
    }
}

TEST_CASE("stereo stays stereo") {
  Loaded it(tone_bank(true));
  it.player.note(0, 60);
  const Stereo sound = it.player.render(1 << 15);
  const auto left = spectrum(sound.left, 15), right = spectrum(sound.right, 15);
  CHECK(loudest(left, 250, 270, 48000) > 100 * loudest(left, 510, 540, 48000));
  CHECK(loudest(right, 510, 540, 48000) > 100 * loudest(right, 250, 270, 48000));
}

TEST_CASE("it plays once and sleeps; looped it goes on as long as the key is down") {
  Loaded once(tone_bank()), looped(tone_bank());
  looped.player.preset(p::loop, 2);
  once.player.note(0, 60);
  looped.player.note(0, 60, 1, 4 * 48000);
  once.player.seconds(2);
  CHECK(once.player.activity == Activity::kAsleep);
  const Stereo sound = looped.player.seconds(4);
  CHECK(rms({sound.left.data() + 3 * 48000, 9600}) > 0.1);
  looped.player.seconds(1);
  CHECK(looped.player.activity == Activity::kAsleep);
}

TEST_CASE("neither start nor end nor the turn of a loop clicks") {
  for (const float loop : {1.0f, 2.0f})
    for (const float place : {0.1f, 0.33f, 0.77f}) {
      Loaded it(tone_bank());
      it.player.set(p::loop, loop);
      it.player.set(p::start, 0.05f);
      it.player.set(p::end, place + 0.2f);
      it.player.preset(p::loop_start, place);
      it.player.note(50, 60, 1, 100000);
      const Stereo sound = it.player.seconds(3);
      CAPTURE(loop);
      CAPTURE(place);
      const double of_the_tone = peak(sound.left) * std::pow(kTau * double(kHz) / 48000, 2);
      CHECK(sharpest({sound.left.data() + 200, sound.left.size() - 200}) < 4 * of_the_tone);
    }
}

TEST_CASE("slices lie one to a key and nowhere else") {
  std::vector<float> steps(48000);                // four quarters of a second, each its own pitch
  for (size_t i = 0; i < steps.size(); ++i)
    steps[i] = 0.5f * float(std::sin(kTau * 200 * double(1 << (i / 12000)) * double(i) / 48000));
  DecodedSound sound;
  sound.left = steps;
  for (int slice = -1; slice <= 4; ++slice) {
    Loaded it(sound_bank(sound).value());
    it.player.preset(p::slices, 4);
    it.player.note(0, uint8_t(60 + slice));
    const Stereo heard = it.player.render(1 << 14);
    CAPTURE(slice);
    if (slice < 0 || slice > 3) {
      CHECK(peak(heard.left) == 0);
      continue;
    }
    const auto amplitudes = spectrum({heard.left.data() + 1000, 1 << 13}, 13);
    const double hz = 200 * (1 << slice);
    CHECK(loudest(amplitudes, hz - 40, hz + 40, 48000) > 0.9 * loudest(amplitudes, 20, 20000, 48000));
  }
}

TEST_CASE("without a sound it is silent and asleep, and a sound that goes takes its notes along") {
  Player empty(DeviceKind::sampler);
  empty.note(0, 60);
  CHECK(peak(empty.seconds(0.1f).left) == 0);
  CHECK(empty.activity == Activity::kAsleep);
  Loaded it(tone_bank());
  it.player.note(0, 60);
  it.player.seconds(0.2f);
  it.player.device->set_asset({});
  CHECK(peak(it.player.seconds(0.2f).left) == 0);
}

TEST_CASE("no knob clicks when it jumps while a sound plays") {
  for (const ParamInfo& param : params_of(DeviceKind::sampler)) {
    if (param.index == p::level_db || param.index == p::tune) continue;
    Loaded it(tone_bank());
    it.player.preset(p::loop, 2);
    it.player.note(0, 60);
    it.player.seconds(0.4f);
    double before = sharpest(it.player.render(4800).left);
    for (const float value : {param.max, param.min}) {
      it.player.set(param.index, value);
      const double change = sharpest(it.player.render(4800).left), after = sharpest(it.player.render(4800).left);
      CAPTURE(param.symbol);
      CHECK(change < 1.5 * std::max(before, after) + 0.003);
      before = after;
    }
  }
}

TEST_CASE("a sound that cannot be an instrument is refused in plain words") {
  DecodedSound sound;
  CHECK(sound_bank(sound).error().message.find("too short") != std::string::npos);
  const std::vector<float> some(1000, 0.1f), other(999, 0.1f);
  sound.left = some;
  sound.right = other;
  CHECK(sound_bank(sound).error().message.find("differ in length") != std::string::npos);
}
