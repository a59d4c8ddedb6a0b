// What a note of the sampled instrument sounds like: pitch, loudness, envelopes, filter, pan, and the zones it comes from.
#include "tests/support/soundfont_player.h"

using namespace arietta;
using namespace arietta::test;
using namespace arietta::test::sampled;

TEST_CASE("every key is in tune, looped or not, whatever the sample's rate") {
  for (const uint32_t rate : {48000u, 44100u, 22050u}) {
    FontSample sample = sine_sample(100, 4800);
    sample.rate = rate;
    for (const int key : {45, 57, 60, 69, 81, 90}) {
      CAPTURE(rate);
      CAPTURE(key);
      Player player(simple_font(kLooped, sample));
      player.on(key);
      const double wanted = rate / 100.0 * std::exp2((key - 69) / 12.0);
      CHECK(std::abs(cents_off(frequency(player.render(1), 0.2f, 1), wanted)) < 0.05);
    }
  }
}

TEST_CASE("tuning: correction, coarse, fine, scale, micro-tuning and bend add up") {
  FontSample sample = sine_sample();
  sample.correction_cents = -7;
  Font font = simple_font({{sfgen::kSampleModes, 1}, {sfgen::kCoarseTune, 1}, {sfgen::kFineTune, 20}, {sfgen::kScaleTuning, 50}}, sample);
  Player player(font);
  player.on(73, 1, 1, 0, 0.5f);   // 4.5 keys above the root, half a semitone each
  CHECK(std::abs(cents_off(frequency(player.render(1), 0.1f, 1), 480) - (225 + 100 + 20 - 7)) < 0.1);
  player.send({0, -2, NoteEventType::kBend, 0, 0});
  CHECK(std::abs(cents_off(frequency(player.render(1), 0.1f, 1), 480) - (225 + 100 + 20 - 7 - 200)) < 0.1);
}

TEST_CASE("reading between frames is clean: a sine stays a sine to -65 dB") {
  Player player(looped_font());
  player.on(74);
  const Sound sound = player.render(1);
  const double step = 2 * 3.14159265358979 * 480 * std::exp2(5 / 12.0) / kRate;
  double s = 0, c = 0, power = 0;
  for (size_t i = 24000; i < 48000; ++i) {
    s += sound.left[i] * std::sin(step * double(i)) / 12000;
    c += sound.left[i] * std::cos(step * double(i)) / 12000;
  }
  for (size_t i = 24000; i < 48000; ++i) {
    const double rest = sound.left[i] - s * std::sin(step * double(i)) - c * std::cos(step * double(i));
    power += rest * rest / 24000;
  }
  CHECK(10 * std::log10(power / ((s * s + c * c) / 2)) < -65);
}

TEST_CASE("the fast and the plain way of reading give the same bits") {
  // Reading one long straight stretch in fours, against a loop that wraps (read frame by frame).
  std::vector<int16_t> samples;
  for (int i = 0; i < 2000; ++i) samples.push_back(int16_t((i * 7919) % 65536 - 32768));
  const uint64_t step = (uint64_t(1) << 32) * 117 / 100;
  const uint64_t start = uint64_t(100) << 32;
  SampleCursor straight{start, step, uint64_t(1900) << 32, 0};
  float fast[36], plain[36];
  REQUIRE(read_sample(samples.data(), reader_table(), straight, 32, fast));
  SampleCursor ends{start, step, start + 33 * step, 0};     // ends just after, so it must look at every frame
  REQUIRE(read_sample(samples.data(), reader_table(), ends, 31, plain));
  for (int i = 0; i < 31; ++i) CHECK(fast[i] == plain[i]);
  CHECK(straight.position == start + 32 * step);
}

TEST_CASE("at its own pitch a sample comes out as it is") {
  std::vector<int16_t> samples = sine_sample().frames;
  SampleCursor cursor{uint64_t(10) << 32, uint64_t(1) << 32, uint64_t(4000) << 32, 0};
  float out[36];
  read_sample(samples.data(), reader_table(), cursor, 32, out);
  for (int i = 0; i < 32; ++i) CHECK(out[i] * kReaderScale * 32768 == doctest::Approx(samples[size_t(10 + i)]).epsilon(1e-6));
}

TEST_CASE("velocity, volume and expression are squares of their values; attenuation is in dB") {
  const float full = level_db(looped_font());
  CHECK(full - level_db(looped_font(), 0.5f) == doctest::Approx(12.04).epsilon(0.01));
  CHECK(full - level_db(looped_font(), 1, 7, kVolumeAtRest) == doctest::Approx(0).epsilon(0.01));
  CHECK(full - level_db(looped_font(), 1, 7, kVolumeAtRest / 2) == doctest::Approx(12.04).epsilon(0.01));
  CHECK(full - level_db(looped_font(), 1, 11, 0.25f) == doctest::Approx(24.08).epsilon(0.01));
  CHECK(full - level_db(looped_font({{sfgen::kAttenuation, 250}})) == doctest::Approx(10).epsilon(0.01));
}

TEST_CASE("the envelope keeps its times") {
  // attack 0.1 s, hold 0.1 s, decay 1 s through 96 dB to 30 dB below, release 0.5 s through 96 dB
  Player player(looped_font({{sfgen::kVolAttack, -3986}, {sfgen::kVolHold, -3986}, {sfgen::kVolDecay, 0},
                             {sfgen::kVolSustain, 300}, {sfgen::kVolRelease, -1200}}));
  player.on(69);
  const Sound held = player.render(1);
  const float top = peak_db(held, 0.15f, 0.04f);
  CHECK(peak_db(held, 0.045f, 0.005f) - top == doctest::Approx(-6).epsilon(0.1));    // straight line up
  CHECK(top - peak_db(held, 0.3f, 0.004f) == doctest::Approx(9.6).epsilon(0.05));    // 0.1 s into the decay
  CHECK(top - peak_db(held, 0.8f, 0.1f) == doctest::Approx(28.8).epsilon(0.01));     // sustain
  player.off(69);
  const Sound released = player.render(0.6f);
  CHECK(peak_db(held, 0.8f, 0.1f) - peak_db(released, 0.1f, 0.004f) == doctest::Approx(19.2).epsilon(0.05));
  CHECK(player.activity == Activity::kAsleep);
  CHECK(player.device.voices() == 0);
}

TEST_CASE("the attack and release knobs stretch those times") {
  Player player(looped_font({{sfgen::kVolAttack, -3986}, {sfgen::kVolRelease, -1200}}));
  player.device.set_param(param::soundfont::attack, 4);
  player.device.set_param(param::soundfont::release, 2);
  player.on(69);
  const Sound held = player.render(1);
  CHECK(peak_db(held, 0.195f, 0.005f) - peak_db(held, 0.5f, 0.1f) == doctest::Approx(-6).epsilon(0.1));
  player.off(69);
  CHECK(peak_db(held, 0.5f, 0.1f) - peak_db(player.render(0.3f), 0.2f, 0.004f) == doctest::Approx(19.2).epsilon(0.05));
}

TEST_CASE("the low-pass takes away what lies above it, 12 dB an octave, and brightness moves it") {
  const FontSample high = sine_sample(12, 4800);   // 4 kHz
  const auto level = [&](std::vector<FontSetting> settings, float brightness = 0) {
    settings.push_back(kLooped[0]);
    Player player(simple_font(settings, high));
    player.device.set_param(param::soundfont::brightness, brightness);
    player.on(69);
    return peak_db(player.render(0.2f), 0.1f, 0.1f);
  };
  const float open = level({});
  const int one_khz = 8322;                        // 1200 log2(1000 / 8.176)
  CHECK(open - level({{sfgen::kFilterCutoff, one_khz}}) == doctest::Approx(24).epsilon(0.05));
  CHECK(open - level({{sfgen::kFilterCutoff, one_khz}}, 2) == doctest::Approx(3).epsilon(0.05));
  CHECK(open - level({}, -2) > 0.3f);              // 20 kHz, two octaves down
  // Resonance: 20 dB at the cutoff, the whole 10 dB lower.
  CHECK(level({{sfgen::kFilterCutoff, one_khz + 2400}, {sfgen::kFilterQ, 200}}) - open == doctest::Approx(7).epsilon(0.05));
}

TEST_CASE("pan is equal in power, by the zone and by the controller") {
  Player player(looped_font({{sfgen::kPan, -500}}));
  player.on(69);
  Sound sound = player.render(0.1f);
  for (size_t i = 0; i < sound.right.size(); ++i) REQUIRE(std::abs(sound.right[i]) < 1e-6f);
  Player centre(looped_font());
  centre.on(69);
  const float middle = centre.render(0.1f).peak(2400);
  CHECK(gain_to_db(sound.peak(2400)) - gain_to_db(middle) == doctest::Approx(3.01).epsilon(0.01));
  centre.controller(10, 1);
  sound = centre.render(0.1f);
  for (size_t i = 100; i < sound.left.size(); ++i) REQUIRE(std::abs(sound.left[i]) < 1e-5f);
}

TEST_CASE("the modulation wheel brings vibrato, half a semitone at most") {
  Player player(looped_font());
  player.controller(1, 1);
  player.on(69);
  const Sound sound = player.render(1);
  double low = 1e9, high = 0;
  for (float t = 0.2f; t < 0.9f; t += 0.005f) {
    const double hz = frequency(sound, t, t + 0.01f);
    low = std::min(low, hz);
    high = std::max(high, hz);
  }
  CHECK(cents_off(high, 480) == doctest::Approx(45).epsilon(0.15));
  CHECK(cents_off(low, 480) == doctest::Approx(-45).epsilon(0.15));
}

TEST_CASE("keys and velocities choose their zones, and all that match sound") {
  Font font = looped_font();
  const FontZone zone = font.instruments[0].zones[0];
  const auto limited = [&](FontSetting setting) {
    FontZone copy = zone;
    copy.settings.insert(copy.settings.begin(), setting);
    return copy;
  };
  font.instruments[0].zones = {limited({sfgen::kKeyRange, font_range(0, 59)}),
                               limited({sfgen::kVelocityRange, font_range(1, 63)}), zone};
  Player player(font);
  player.on(60, 1, 1);
  CHECK(player.device.voices() == 1);
  player.on(40, 1, 2);
  CHECK(player.device.voices() == 3);
  player.on(41, 63 / 127.0f, 3);
  CHECK(player.device.voices() == 6);
}
