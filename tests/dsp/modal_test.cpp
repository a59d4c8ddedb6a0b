// Bells and mallets: in tune, with the modes their books give them, bright under a hard mallet, stopped by dampers
// where they have some.
#include <doctest/doctest.h>

#include "devices/modal_table.h"
#include "tests/support/measure.h"
#include "tests/support/player.h"

using namespace arietta;
using namespace arietta::test;

namespace {

namespace p = param::modal;

double hz_of(int key) { return 440 * std::exp2((key - 69) / 12.0); }

// Both sides, of one stroke.
std::vector<float> struck(Player& player, int key, float seconds, float velocity = 0.8f, int off = -1) {
  player.note(0, uint8_t(key), velocity, off);
  Stereo sound = player.seconds(seconds);
  for (size_t i = 0; i < sound.size(); ++i) sound.left[i] += sound.right[i];
  return sound.left;
}

Player modal(ModalSound sound) {
  Player player(DeviceKind::modal);
  player.set(p::shimmer, 0);
  player.preset(p::sound, float(sound));
  return player;
}

// Of the partial next to `hz`, over more than a second: neighbours a few hertz off do not matter.
double pitch_of(const std::vector<float>& sound, double hz) {
  const std::vector<double> amplitudes = spectrum({sound.data() + 2400, 1 << 16}, 16);
  const double bin = 24000.0 / double(amplitudes.size());
  size_t at = size_t(hz / bin) - 3;
  for (size_t i = at; i < size_t(hz / bin) + 5; ++i)
    if (amplitudes[i] > amplitudes[at]) at = i;
  const double low = db(amplitudes[at - 1]), here = db(amplitudes[at]), high = db(amplitudes[at + 1]);
  return (double(at) + 0.5 * (low - high) / (low - 2 * here + high)) * bin;
}

double centre_of_gravity(const std::vector<float>& sound, size_t from) {
  const std::vector<double> amplitudes = spectrum({sound.data() + from, 8192}, 13);
  double sum = 0, weighted = 0;
  for (size_t i = 0; i < amplitudes.size(); ++i) sum += amplitudes[i] * amplitudes[i], weighted += amplitudes[i] * amplitudes[i] * double(i);
  return weighted / sum * 24000 / double(amplitudes.size());
}

}  // namespace

TEST_CASE("every struck instrument is in tune over the whole keyboard") {
  for (int sound = 0; sound < kModalSounds; ++sound)
    for (const int key : {33, 45, 57, 69, 81, 93, 105}) {
      Player player = modal(ModalSound(sound));
      player.preset(p::ring, 4);
      const double hz = hz_of(key) * (ModalSound(sound) == ModalSound::kTubular ? 2 : 1);    // its note is not in it
      const std::vector<float> heard = struck(player, key, 1.5f);
      CAPTURE(sound);
      CAPTURE(key);
      CHECK(std::fabs(cents(pitch_of(heard, hz), hz)) < 1);
    }
}

TEST_CASE("beats between a mode and its twin do not move the note") {
  for (int sound = 1; sound < kModalSounds; ++sound) {
    Player player(DeviceKind::modal);
    player.preset(p::sound, float(sound));
    player.preset(p::ring, 4);
    const std::vector<float> heard = struck(player, 60, 1.5f);
    CAPTURE(sound);
    CHECK(std::fabs(cents(pitch_of(heard, hz_of(60)), hz_of(60))) < 1);
  }
}

TEST_CASE("a marimba's second mode is two octaves up and gone long before the first") {
  Player player = modal(ModalSound::kMarimba);
  player.preset(p::knock, 0);
  const std::vector<float> heard = struck(player, 48, 1);
  const double hz = hz_of(48);
  const auto early = spectrum({heard.data() + 500, 8192}, 13), late = spectrum({heard.data() + 20000, 8192}, 13);
  const double second_early = loudest(early, 3.8 * hz, 4.1 * hz, 48000) / loudest(early, 0.9 * hz, 1.1 * hz, 48000);
  const double second_late = loudest(late, 3.8 * hz, 4.1 * hz, 48000) / loudest(late, 0.9 * hz, 1.1 * hz, 48000);
  CHECK(db(second_early) > -25);
  CHECK(db(second_late) < db(second_early) - 20);
}

TEST_CASE("high notes stop before low ones, glockenspiels ring longer than xylophones") {
  const auto left_after = [](ModalSound sound, int key) {
    Player player = modal(sound);
    const std::vector<float> heard = struck(player, key, 0.8f);
    return db(rms({heard.data() + 28800, 4800}) / rms({heard.data() + 2400, 4800}));
  };
  CHECK(left_after(ModalSound::kGlockenspiel, 72) > left_after(ModalSound::kXylophone, 72) + 20);
  for (int sound = 0; sound < kModalSounds; ++sound) {
    CAPTURE(sound);
    CHECK(left_after(ModalSound(sound), 96) < left_after(ModalSound(sound), 48));
  }
}

TEST_CASE("a hard mallet is brighter than a soft one, a strong stroke than a gentle one") {
  for (int sound = 0; sound < kModalSounds; ++sound) {
    Player soft = modal(ModalSound(sound)), hard = modal(ModalSound(sound)), gentle = modal(ModalSound(sound)), strong = modal(ModalSound(sound));
    soft.preset(p::mallet, 0.1f);
    hard.preset(p::mallet, 0.9f);
    CAPTURE(sound);
    CHECK(centre_of_gravity(struck(hard, 60, 0.3f), 200) > 1.15 * centre_of_gravity(struck(soft, 60, 0.3f), 200));
    CHECK(centre_of_gravity(struck(strong, 60, 0.3f, 1), 200) > centre_of_gravity(struck(gentle, 60, 0.3f, 0.3f), 200));
  }
}

TEST_CASE("struck in its middle a bar keeps its second mode to itself") {
  const auto second = [](float place) {
    Player player = modal(ModalSound::kVibraphone);
    player.preset(p::place, place);
    const auto amplitudes = spectrum({struck(player, 53, 0.3f).data() + 1000, 8192}, 13);
    return db(loudest(amplitudes, 3.7 * hz_of(53), 4.2 * hz_of(53), 48000) / loudest(amplitudes, 0.9 * hz_of(53), 1.1 * hz_of(53), 48000));
  };
  CHECK(second(0) < second(0.3f) - 12);
}

TEST_CASE("a vibraphone's damper stops it, a marimba rings on, and the knob has the last word") {
  const auto left = [](ModalSound sound, float dampers) {
    Player player = modal(sound);
    player.preset(p::dampers, dampers);
    const std::vector<float> heard = struck(player, 48, 0.7f, 0.8f, 9600);
    return db(rms({heard.data() + 26000, 4800}) / rms({heard.data() + 4800, 4000}));
  };
  CHECK(left(ModalSound::kVibraphone, 0) < -50);
  CHECK(left(ModalSound::kVibraphone, 2) > -10);
  CHECK(left(ModalSound::kMarimba, 0) > -25);
  CHECK(left(ModalSound::kMarimba, 1) < -50);
}

TEST_CASE("a gong blooms: its high modes arrive after the blow") {
  Player player = modal(ModalSound::kGong);
  player.set(p::knock, 0);
  player.preset(p::bloom, 1);
  const std::vector<float> heard = struck(player, 36, 1.5f);
  CHECK(centre_of_gravity(heard, 24000) > 1.3 * centre_of_gravity(heard, 1000));
}

TEST_CASE("no knob clicks when it jumps while a bell rings") {
  for (const ParamInfo& param : params_of(DeviceKind::modal)) {
    if (param.index == p::level_db) continue;
    Player player = modal(ModalSound::kVibraphone);
    player.note(0, 57);
    player.seconds(0.5f);
    double before = sharpest(player.render(4800).left);
    for (const float value : {param.max, param.min}) {
      player.set(param.index, value);
      const double change = sharpest(player.render(4800).left), after = sharpest(player.render(4800).left);
      CAPTURE(param.symbol);
      CHECK(change < 1.5 * std::max(before, after) + 0.003);
      before = after;
    }
  }
}
