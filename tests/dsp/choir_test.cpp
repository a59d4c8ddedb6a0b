// The choir: in tune when asked to be, vowels where singers have them, a soft start, a vibrato that comes later.
#include <doctest/doctest.h>

#include "devices/vowels.h"
#include "tests/support/measure.h"
#include "tests/support/player.h"

using namespace arietta;
using namespace arietta::test;

namespace {

namespace p = param::choir;

double hz_of(double key) { return 440 * std::exp2((key - 69) / 12.0); }

// One singer who holds still.
Player steady(float vowel) {
  Player player(DeviceKind::choir);
  player.set(p::vowel, vowel);
  player.set(p::singers, 1);
  player.set(p::vibrato, 0);
  player.set(p::spread, 0);
  player.preset(p::breath, 0);
  return player;
}

}  // namespace

TEST_CASE("a singer is in tune on every vowel, from bass to soprano") {
  for (const float vowel : {0.0f, 2.0f, 4.0f})
    for (int key = 33; key <= 90; key += 5) {
      Player player = steady(vowel);
      player.note(0, uint8_t(key));
      const std::vector<float> sound = player.seconds(1.2f).left;
      CAPTURE(key);
      CAPTURE(vowel);
      CHECK(std::fabs(cents(frequency({sound.data() + 30000, 24000}, hz_of(key), 48000), hz_of(key))) < 1);
    }
}

TEST_CASE("together the singers are on the note, however far apart each is") {
  double sum = 0;
  for (int i = 0; i < 8; ++i) {
    Player player(DeviceKind::choir);
    player.set(p::spread, 40);
    player.preset(p::vibrato, 0);
    player.note(i * 7, uint8_t(50 + i * 3));
    const std::vector<float> sound = player.seconds(2).left;
    sum += cents(frequency({sound.data() + 48000, 24000}, hz_of(50 + i * 3), 48000), hz_of(50 + i * 3));
  }
  CHECK(std::fabs(sum / 8) < 12);
}

TEST_CASE("each vowel is loudest where its formants are") {
  for (const float vowel : {0.0f, 1.0f, 2.0f, 3.0f, 4.0f}) {
    Player player = steady(vowel);
    player.note(0, 41);
    player.seconds(1);
    const std::vector<double> amplitudes = spectrum(player.render(1 << 15).left, 15);
    const Vowel sung = sung_vowel(vowel, 41);
    CAPTURE(vowel);
    // The spectrum against the source's own slope: more at the second formant than between it and the third.
    const double second = sung.formants[1].hz, third = sung.formants[2].hz, gap = std::sqrt(second * third);
    const double at_second = loudest(amplitudes, second - 90, second + 90, 48000) * second;
    const double in_gap = loudest(amplitudes, gap - 90, gap + 90, 48000) * gap;
    CHECK(db(at_second / in_gap) > 1.5);
    const double first = loudest(amplitudes, sung.formants[0].hz - 90, sung.formants[0].hz + 90, 48000);
    CHECK(first > loudest(amplitudes, sung.formants[0].hz + 90, 20000, 48000));
  }
}

TEST_CASE("a choir begins softly: no click, no consonant") {
  Player player(DeviceKind::choir);
  player.note(100, 60, 1);
  const std::vector<float> sound = player.seconds(1).left;
  CHECK(peak({sound.data(), 400}) < 0.05 * peak(sound));
  CHECK(sharpest({sound.data(), 4800}) < sharpest({sound.data() + 24000, 12000}));
}

TEST_CASE("the vibrato comes after the note stands") {
  Player player(DeviceKind::choir);
  player.set(p::singers, 1);
  player.set(p::breath, 0);
  player.set(p::vibrato, 80);
  player.preset(p::vibrato_delay_s, 0.6f);
  player.note(0, 69);
  const std::vector<float> sound = player.seconds(3).left;
  // A steady tone keeps its line; vibrato spreads it.
  const auto line = [&](size_t from) {
    const auto amplitudes = spectrum({sound.data() + from, 8192}, 13);
    return energy(amplitudes, 425, 455, 48000) / energy(amplitudes, 380, 500, 48000);
  };
  CHECK(line(14000) > line(90000) + 0.1);
}

TEST_CASE("four singers stand side by side, one in the middle") {
  Player four(DeviceKind::choir), one = steady(0);
  four.note(0, 60);
  one.note(0, 60);
  const Stereo wide = four.seconds(1), middle = one.seconds(1);
  CHECK(difference(wide.left, wide.right) > 0.05);
  CHECK(difference(middle.left, middle.right) < 1e-6);
}

TEST_CASE("nothing but the singers' partials up to 5 kHz fundamentals") {
  for (const int key : {69, 88, 111}) {
    Player player = steady(0);
    player.note(0, uint8_t(key));
    player.seconds(1);
    const std::vector<double> amplitudes = spectrum(player.render(1 << 15).left, 15);
    const double hz = hz_of(key), first = loudest(amplitudes, hz - 30, hz + 30, 48000);
    double between = 0;
    for (int number = 1; (number + 0.6) * hz < 20000; ++number)
      between = std::max(between, loudest(amplitudes, (number + 0.4) * hz, (number + 0.6) * hz, 48000));
    CAPTURE(key);
    CHECK(db(between / first) < -80);
  }
}

TEST_CASE("no knob clicks when it jumps while a choir sings") {
  for (const ParamInfo& param : params_of(DeviceKind::choir)) {
    if (param.index == p::level_db) continue;
    Player player(DeviceKind::choir);
    player.note(0, 57);
    player.seconds(0.8f);
    double before = sharpest(player.render(4800).left);
    for (const float value : {param.max, param.min}) {
      player.set(param.index, value);
      const double change = sharpest(player.render(4800).left), after = sharpest(player.render(4800).left);
      CAPTURE(param.symbol);
      CHECK(change < 1.5 * std::max(before, after) + 0.01);
      before = after;
    }
  }
}
