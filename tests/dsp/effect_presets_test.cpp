// Every preset of every effect, on a stretch of something like music: it can be heard, and nobody's ears are hurt.
#include <doctest/doctest.h>

#include "base/random.h"
#include "params/presets.h"
#include "tests/support/effect_probe.h"

using namespace arietta;
using namespace arietta::test;

namespace {

// Four seconds of notes that strike and fade, duller than noise, a little different on each side.
Stereo music() {
  Stereo out;
  Random random(21);
  float smooth[2] = {};
  for (int i = 0; i < 4 * 48000; ++i) {
    const double beat = std::fmod(i / 24000.0, 1), loud = std::exp(-3 * beat) * std::min(1.0, beat * 200);
    const double tones = std::sin(kTau * 110 * i / 48000) + 0.6 * std::sin(kTau * 440 * i / 48000) + 0.3 * std::sin(kTau * 1318 * i / 48000);
    for (float& side : smooth) side += (random.bipolar() - side) * 0.3f;
    out.left.push_back(float(loud * (0.2 * tones + 0.1 * double(smooth[0]))));
    out.right.push_back(float(loud * (0.2 * tones + 0.1 * double(smooth[1]))));
  }
  return out;
}

}  // namespace

TEST_CASE("every preset of an effect keeps the music about as loud, without an offset") {
  const Stereo in = music();
  for (const Preset& preset : all_presets()) {
    if (find_device(preset.device)->category != Category::kEffect) continue;
    CAPTURE(find_device(preset.device)->symbol);
    CAPTURE(preset.name);
    Player player(preset.device);
    for (const PresetSetting& setting : preset.settings) player.set(setting.index, setting.plain);
    player.device->tempo(120);
    player.device->reset();
    player.input = [&](int frame, int side) { return (side ? in.right : in.left)[size_t(frame)]; };
    const Stereo out = player.render(int(in.size()));
    CHECK(all_finite(out.left));
    CHECK(all_finite(out.right));
    const double change = db(rms(out.left) / rms(in.left));
    CHECK(change > -14);
    CHECK(change < 10);
    if (preset.device != DeviceKind::crusher) CHECK(std::fabs(mean(out.left)) < 1e-3);   // four bits are no exact mean
    CHECK(peak(out.left) < 4);
  }
}
