// What a sound is judged by: single notes, then a chord, where its family is played; and how loud that is to a person.
#pragma once
#include "dsp/loudness.h"
#include "params/presets.h"
#include "tests/support/player.h"

namespace arietta::test {

inline void choose(Player& player, const Preset& preset) {
  for (const ParamInfo& param : params_of(preset.device)) player.set(param.index, preset.value_of(param));
  player.device->reset();
}

inline constexpr float kPhraseSeconds = 3;

inline void play_phrase(Player& player, PresetFamily family) {
  const auto play = [&](int frame, int key, int frames) { player.note(frame, uint8_t(key), 0.8f, frame + frames); };
  const int second = 48000;
  if (family == PresetFamily::kDrums) {
    for (int i = 0; i < 8; ++i) play(i * second / 4, i % 2 ? 38 : 36, second / 5);
    for (int i = 0; i < 4; ++i) play(i * second / 2 + second / 4, 42, second / 5);
    return;
  }
  const bool bass = family == PresetFamily::kBass;
  const int root = bass ? 36 : 60;
  const int melody[] = {root, root + 7, root + 4, root + 12};
  for (int i = 0; i < 4; ++i) play(i * second * 3 / 8, melody[i], second * 3 / 8);
  for (int key : {root, root + 4, root + 7})
    if (!bass || key == root) play(second * 3 / 2, key, second * 3 / 2);
}

// The loudest 0.4 seconds, in LUFS.
inline double loudest_moment(const Stereo& sound, float rate = 48000) {
  std::vector<uint8_t> memory(LoudnessMeter::kArenaBytes);
  Arena arena(memory);
  LoudnessMeter meter;
  REQUIRE(meter.prepare(arena, rate, 2));
  for (size_t at = 0; at < sound.size(); at += kMaxBlock) {
    const float* const sides[] = {sound.left.data() + at, sound.right.data() + at};
    meter.process(sides, int(std::min(size_t(kMaxBlock), sound.size() - at)));
  }
  return meter.highest_momentary_lufs();
}

}  // namespace arietta::test
