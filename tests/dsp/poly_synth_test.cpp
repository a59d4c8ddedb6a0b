// The synth as a player meets it: in tune, on time, without clicks, obeying pedals and wheels.
#include <doctest/doctest.h>

#include "tests/support/measure.h"
#include "tests/support/player.h"

using namespace arietta;
using namespace arietta::test;

namespace {

namespace p = param::poly_synth;

// One plain sine, filter open: whatever is added to it shows.
struct PureSynth : Player {
  PureSynth() : Player(DeviceKind::poly_synth) {
    set(p::shape, 3);
    set(p::detune, 0);
    set(p::cutoff_hz, 20000);
    set(p::env_amount, 0);
    set(p::resonance, 0);
    set(p::sustain, 1);
    set(p::level_db, 0);
    device->reset();
  }
};

std::span<const float> part(const std::vector<float>& x, size_t from, size_t count) { return {x.data() + from, count}; }

double hz_of(int key) { return 440 * std::exp2((key - 69) / 12.0); }

}  // namespace

TEST_CASE("in tune within a cent over the whole keyboard, for every wave") {
  for (int wave = 0; wave < 4; ++wave)
    for (int key = 21; key <= 108; key += wave == 0 ? 1 : 7) {
      PureSynth synth;
      synth.preset(p::shape, float(wave));
      synth.note(0, uint8_t(key));
      const Stereo sound = synth.render(24000);
      CAPTURE(wave);
      CAPTURE(key);
      CHECK(std::fabs(cents(frequency(part(sound.left, 2000, 20000), hz_of(key), 48000), hz_of(key))) < 1);
    }
}

TEST_CASE("detuned oscillators keep the note's pitch in their middle") {
  PureSynth synth;
  synth.preset(p::detune, 30);
  synth.note(0, 69);
  const Stereo sound = synth.seconds(3);
  const auto s = spectrum(part(sound.left, 4000, 1 << 17), 17);
  const double low = 440 * std::exp2(-15 / 1200.0), high = 440 * std::exp2(15 / 1200.0);
  CHECK(db(loudest(s, low - 0.5, low + 0.5, 48000) / loudest(s, high - 0.5, high + 0.5, 48000)) == doctest::Approx(0).epsilon(0.5));
}

TEST_CASE("bend, micro-tuning and the modulation wheel move the pitch") {
  PureSynth synth;
  synth.at(0, {1, 1, NoteEventType::kNoteOn, 57, 0, 0, 0.25f});
  synth.at(24000, {0, 2, NoteEventType::kBend, 0, 0});
  const Stereo sound = synth.render(48000);
  const double wanted = hz_of(57) * std::exp2(0.25 / 12);
  CHECK(std::fabs(cents(frequency(part(sound.left, 1000, 20000), wanted, 48000), wanted)) < 1);
  const double bent = wanted * std::exp2(2 / 12.0);
  CHECK(std::fabs(cents(frequency(part(sound.left, 26000, 20000), bent, 48000), bent)) < 1);

  PureSynth still, waved;
  waved.controller(0, 1, 1);
  still.note(0, 69);
  waved.note(0, 69);
  const auto plain = spectrum(still.seconds(1).left, 15), vibrato = spectrum(waved.seconds(1).left, 15);
  CHECK(db(loudest(plain, 450, 480, 48000)) < -70);
  CHECK(db(loudest(vibrato, 443, 470, 48000)) > -45);                 // side bands: the pitch moves
}

TEST_CASE("a note starts on its frame, wherever that falls in a block") {
  for (const int frame : {0, 1, 13, 31, 32, 1000}) {
    PureSynth synth;
    synth.note(frame, 81);
    const Stereo sound = synth.render(2000);
    CHECK(peak(part(sound.left, 0, size_t(frame))) == 0);
    CHECK(peak(part(sound.left, size_t(frame), 8)) > 0);
    CHECK(peak(part(sound.left, size_t(frame), 200)) > 0.1);
  }
}

TEST_CASE("a note that begins in the middle of others begins on its frame too") {
  PureSynth alone, together;
  together.preset(p::level_db, 0);
  for (const int frame : {0, 5}) alone.note(frame, 45);
  for (const int frame : {0, 5}) together.note(frame, 45);
  together.note(1013, 81);
  const Stereo a = alone.render(2000), b = together.render(2000);
  CHECK(difference(part(a.left, 0, 1013), part(b.left, 0, 1013)) == 0);
  CHECK(difference(part(a.left, 1013, 200), part(b.left, 1013, 200)) > 0.1);
}

TEST_CASE("no clicks: start, release, repeat, steal, pedal, silence") {
  const double clean = [] {
    PureSynth synth;
    synth.note(0, 45);
    return sharpest(part(synth.render(24000).left, 4800, 19200));
  }();
  PureSynth synth;
  synth.set(p::release_s, 0.02f);
  synth.note(0, 45, 1, 3011);                          // start and quick release
  synth.note(6000, 45);
  synth.note(8003, 45);                                // the same key again
  synth.controller(9000, 64, 1);
  synth.at(10000, {3, 0, NoteEventType::kNoteOff, 45, 0});
  synth.controller(12005, 64, 0);
  synth.note(16000, 45);
  synth.at(18009, {0, 0, NoteEventType::kAllSoundOff, 0, 0});
  CHECK(sharpest(synth.render(24000).left) < clean + 0.006);

  PureSynth crowd;                                     // 64 voices, then 40 more: every one steals
  crowd.preset(p::level_db, -30);
  for (int i = 0; i < 64; ++i) crowd.note(i, uint8_t(24 + i % 40), 1);
  for (int i = 0; i < 40; ++i) crowd.note(20000 + i * 300, uint8_t(24 + i), 1);
  const Stereo sound = crowd.render(48000);
  const double before = sharpest(part(sound.left, 10000, 9000)), during = sharpest(part(sound.left, 20000, 13000));
  CHECK(during < 1.5 * before + 0.001);
}

TEST_CASE("a key let go in the middle of its attack turns round without a click") {
  for (const int off : {300, 317, 331, 351}) {
    PureSynth synth;
    synth.set(p::attack_s, 0.02f);
    synth.set(p::release_s, 0.05f);
    synth.note(0, 45, 1, off);
    const Stereo sound = synth.render(9600);
    CHECK(peak(sound.left) > 0.05);
    CHECK(sharpest(sound.left) < 0.004);
  }
}

TEST_CASE("no knob clicks when it jumps") {
  for (const ParamInfo& param : params_of(DeviceKind::poly_synth)) {
    CAPTURE(param.symbol);
    PureSynth synth;
    synth.preset(p::level_db, -6);
    synth.note(0, 45);
    const double before = sharpest(part(synth.render(24000).left, 12000, 12000));
    if (param.index == p::noise_db || param.index == p::second_db) continue;   // noise and a second saw are all corners
    const double bound = (param.index == p::shape ? 0.5 : 0.005) + 4 * before;   // and a saw has some
    for (const float value : {param.max, param.min, param.max}) {
      synth.set(param.index, value);
      CHECK(sharpest(synth.render(2400).left) < bound);
    }
  }
}

TEST_CASE("letting go ends the note in the release time, pedals hold it") {
  for (const bool pedal : {false, true}) {
    PureSynth synth;
    synth.preset(p::release_s, 0.3f);
    if (pedal) synth.controller(0, 64, 1);
    synth.note(0, 60, 1, 24000);
    const Stereo sound = synth.seconds(1);
    const double end = rms(part(sound.left, 24000 + 14700, 4000));
    if (pedal) CHECK(end > 0.1);
    else CHECK(end == 0);
    CHECK((synth.device->voices() == 1) == pedal);
    synth.controller(synth.now, 64, 0);
    synth.seconds(0.5f);
    CHECK(synth.device->voices() == 0);
    CHECK(synth.activity == Activity::kAsleep);
  }
}

TEST_CASE("volume, expression and pan follow the controllers") {
  const auto level = [](uint8_t number, float value) {
    PureSynth synth;
    synth.controller(0, number, value);
    synth.note(0, 60);
    const Stereo sound = synth.seconds(0.5f);
    return std::pair{rms(part(sound.left, 12000, 12000)), rms(part(sound.right, 12000, 12000))};
  };
  const auto [left, right] = level(1, 0);                        // none of them set
  CHECK(left == right);
  CHECK(level(7, kVolumeAtRest).first == doctest::Approx(left).epsilon(1e-5));
  CHECK(db(level(7, kVolumeAtRest / 2).first / left) == doctest::Approx(-12.04).epsilon(0.01));
  CHECK(db(level(11, 0.25f).first / left) == doctest::Approx(-24.08).epsilon(0.01));
  CHECK(level(7, 0).first == 0);
  CHECK(level(10, 1).first < 1e-6);
  CHECK(db(level(10, 1).second / left) == doctest::Approx(3.01).epsilon(0.01));
  CHECK(db(level(10, 64 / 127.0f).first / level(10, 64 / 127.0f).second) == doctest::Approx(0).epsilon(0.01));
}

TEST_CASE("a harder touch is louder and brighter") {
  const auto played = [](float velocity) {
    Player synth(DeviceKind::poly_synth);
    synth.note(0, 48, velocity);
    return synth.seconds(1);
  };
  const Stereo soft = played(0.3f), hard = played(1);
  CHECK(rms(hard.left) > 4 * rms(soft.left));
  const auto brightness = [](const Stereo& s) {
    const auto a = spectrum(s.left, 15);
    return energy(a, 2000, 20000, 48000) / energy(a, 20, 2000, 48000);
  };
  CHECK(brightness(hard) > 1.5 * brightness(soft));
}

TEST_CASE("brightness, edge and sweep shape the spectrum") {
  const auto measured = [](float cutoff_hz, float resonance, float sweep, double from, double to, size_t start) {
    Player synth(DeviceKind::poly_synth);
    synth.set(p::cutoff_hz, cutoff_hz);
    synth.set(p::resonance, resonance);
    synth.set(p::env_amount, sweep);
    synth.device->reset();
    synth.set(p::filter_decay_s, 3);
    synth.device->reset();
    synth.note(0, 60, 0.8f);
    const Stereo sound = synth.seconds(1.5f);
    return db(std::sqrt(energy(spectrum(part(sound.left, start, 1 << 14), 14), from, to, 48000)));
  };
  CHECK(measured(8000, 0, 0, 3000, 6000, 48000) > measured(500, 0, 0, 3000, 6000, 48000) + 20);
  CHECK(measured(1046, 0.9f, 0, 1000, 1100, 48000) > measured(1046, 0, 0, 1000, 1100, 48000) + 10);   // the fourth partial
  CHECK(measured(400, 0, 5, 3000, 6000, 0) > measured(400, 0, 5, 3000, 6000, 48000) + 20);   // bright, then dull
}

TEST_CASE("aliases of a full voice stay below -80 dB") {
  PureSynth synth;
  synth.preset(p::shape, 0);
  synth.note(0, 111);                                   // 4978 Hz
  const Stereo sound = synth.seconds(1.5f);
  const auto s = spectrum(part(sound.left, 24000, 1 << 15), 15);
  const double top = *std::max_element(s.begin(), s.end());
  double worst = 0;
  for (size_t i = 30; i < s.size(); ++i) {
    const double hz = double(i) * 48000 / (1 << 15);
    if (std::fabs(std::remainder(hz, hz_of(111))) > 25) worst = std::max(worst, s[i]);
  }
  CHECK(db(worst / top) < -80);
}

TEST_CASE("sixty-four notes sound at once, and more never crash") {
  PureSynth synth;
  for (int i = 0; i < 64; ++i) synth.note(0, uint8_t(30 + i));
  synth.render(64);
  CHECK(synth.device->voices() == 64);
  for (int i = 0; i < 500; ++i) synth.note(64 + i / 50, uint8_t(i % 128));
  CHECK(all_finite(synth.render(4800).left));
  CHECK(synth.device->voices() <= 80);
}
