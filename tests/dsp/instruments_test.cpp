// What every instrument promises and every preset keeps, whatever it is. A new instrument is covered by being in the
// tables of devices and presets.
#include <doctest/doctest.h>

#include "tests/support/measure.h"
#include "tests/support/phrase.h"

using namespace arietta;
using namespace arietta::test;

namespace {

// Each preset of an instrument that sounds by itself; what plays samples of somebody else's has none.
template <class Check>
void for_each_sound(Check check) {
  for (const Preset& preset : all_presets()) {
    if (preset.family == PresetFamily::kEffect || preset.device == DeviceKind::sampler) continue;
    CAPTURE(preset.name);
    check(preset);
  }
}

// The first preset of every instrument that plays pitches.
template <class Check>
void for_each_pitched(Check check) {
  DeviceKind last = DeviceKind::none;
  for_each_sound([&](const Preset& preset) {
    if (preset.device == last || preset.family == PresetFamily::kDrums) return;
    last = preset.device;
    check(preset);
  });
}

bool is_synth(const Preset& preset) {
  switch (preset.device) {
    case DeviceKind::poly_synth: case DeviceKind::fm_synth: case DeviceKind::wavetable: case DeviceKind::organ:
    case DeviceKind::electric_piano: return true;
    default: return false;
  }
}

// The knobs that move the pitch on purpose, at rest.
void hold_still(Player& player) {
  for (const ParamInfo& param : params_of(player.info.kind)) {
    const std::string_view name = param.symbol;
    for (const std::string_view moving : {"detune", "vibrato", "age", "wander", "growl", "speaker", "tremolo", "spread"})
      if (name == moving || name.ends_with(moving)) player.set(param.index, std::max(param.min, 0.0f));
  }
  player.device->reset();
}

double hz_of(int key) { return 440 * std::exp2((key - 69) / 12.0); }

std::span<const float> part(const std::vector<float>& x, size_t from, size_t count) { return {x.data() + from, count}; }

// What a lower sample rate has that a four times higher one has not, at one key: aliases, and nothing else. In dB below
// the loudest partial.
double aliases_db(const Preset& preset, uint8_t key) {
  constexpr int kBits = 14, kSkip = 2400;
  constexpr size_t kFrames = size_t(1) << kBits;
  Player low(preset.device, 48000), high(preset.device, 192000);
  for (Player* player : {&low, &high}) {
    choose(*player, preset);
    hold_still(*player);
    player->note(0, key, 1);
  }
  const Stereo low_sound = low.render(kSkip + int(kFrames)), high_sound = high.render(4 * (kSkip + int(kFrames)));
  const auto a = spectrum(part(low_sound.left, kSkip, kFrames), kBits);
  const auto b = spectrum(part(high_sound.left, 4 * kSkip, 4 * kFrames), kBits + 2);
  constexpr size_t kBeside = 24;                            // bins of a window's main lobe, and a little drift
  double worst = 0, top = 0;
  for (size_t i = kBeside; i < a.size() * 19 / 24; ++i) {   // to 19 kHz: above, the rates differ by intention
    double meant = 0;
    for (size_t k = i - kBeside; k <= i + kBeside; ++k) meant = std::max(meant, b[k]);
    top = std::max(top, a[i]);
    if (a[i] > 2 * meant) worst = std::max(worst, a[i]);
  }
  return db(worst / top);
}

}  // namespace

TEST_CASE("every preset plays its phrase: finite, as loud as the others, no constant offset, then silence and sleep") {
  for_each_sound([](const Preset& preset) {
    Player player(preset.device);
    choose(player, preset);
    play_phrase(player, preset.family);
    const Stereo sound = player.seconds(kPhraseSeconds);
    CHECK(all_finite(sound.left));
    CHECK(all_finite(sound.right));
    CHECK(peak(sound.left) < (is_synth(preset) ? 1 : 3));
    CHECK(std::fabs(mean(sound.left)) < 1e-3);              // -60 dB
    CHECK(std::fabs(mean(sound.right)) < 1e-3);
    // Electronic ones stand in for each other; what is struck, bowed or sung is as loud as its players are.
    const double loud = loudest_moment(sound), wanted = preset.family == PresetFamily::kBass ? -22 : -20;
    if (is_synth(preset)) CHECK(std::fabs(loud - wanted) < 3);
    CHECK(loud > -45);
    CHECK(loud < -8);
    for (int tenth = 0; tenth < 900 && player.activity != Activity::kAsleep; ++tenth) player.seconds(0.1f);
    CHECK(player.activity == Activity::kAsleep);
    CHECK(player.device->voices() == 0);
  });
}

TEST_CASE("instruments are in tune within a cent from A0 to C8") {
  for_each_pitched([](const Preset& preset) {
    if (preset.device == DeviceKind::choir) return;         // singers waver
    for (int key = 21; key <= 108; key += 3) {
      CAPTURE(key);
      Player player(preset.device);
      choose(player, preset);
      hold_still(player);
      player.note(0, uint8_t(key), 0.8f);
      const Stereo sound = player.render(26000);
      CHECK(std::fabs(cents(frequency(part(sound.left, 3000, 20000), hz_of(key), 48000), hz_of(key))) < 1);
    }
  });
}

TEST_CASE("aliases stay below -80 dB up to a fundamental of 5 kHz, of wavetables below -90 dB") {
  // Strings, bars and throats ring by linear loops, whose partials are neither harmonic nor the same at another rate.
  for_each_pitched([](const Preset& preset) {
    if (!is_synth(preset)) return;
    for (const int key : {60, 84, 96, 103, 111}) {
      CAPTURE(key);
      CHECK(aliases_db(preset, uint8_t(key)) < (preset.device == DeviceKind::wavetable ? -90 : -80));
    }
  });
}

TEST_CASE("stealing voices is not heard as clicks") {
  for_each_pitched([](const Preset& preset) {
    Player crowd(preset.device);
    choose(crowd, preset);
    for (int i = 0; i < 40; ++i) crowd.note(i * 60, uint8_t(36 + i), 0.7f);
    crowd.render(24000);
    const double before = sharpest(crowd.render(9600).left);
    for (int i = 0; i < 24; ++i) crowd.note(crowd.now + i * 400, uint8_t(30 + i), 0.05f);   // soft, so that their own start is
    CHECK(sharpest(crowd.render(9600).left) < 2 * before + 0.004);
  });
}

TEST_CASE("no knob of an instrument clicks when it jumps") {
  for_each_pitched([](const Preset& preset) {
    for (const ParamInfo& param : params_of(preset.device)) {
      CAPTURE(param.symbol);
      if (std::string_view(param.symbol).find("noise") != std::string_view::npos) continue;   // noise is all corners
      Player player(preset.device);
      choose(player, preset);
      player.note(0, 45, 0.8f);
      player.note(0, 57, 0.8f);
      player.render(12000);
      for (const float value : {param.max, param.min, param.initial}) {
        const double before = sharpest(player.render(4800).left);
        player.set(param.index, value);
        const double jump = sharpest(player.render(4800).left), after = sharpest(player.render(4800).left);
        CHECK(jump < 3 * std::max(before, after) + 0.01);
      }
    }
  });
}
