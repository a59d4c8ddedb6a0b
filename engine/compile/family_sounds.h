// What stands in for a sampled instrument until its samples arrive: one synth sound for each of General MIDI's
// sixteen families, and the synthesised drum kit for percussion.
#pragma once
#include "params/param_table.h"

namespace arietta {

// Parameters of poly_synth, by the index constants of param::poly_synth.
struct FamilySound {
  float shape, detune, sub_db, noise_db, cutoff_hz, resonance, env_amount, filter_decay_s;
  float attack_s, decay_s, sustain, release_s, vibrato, level_db;
};
inline constexpr int kFamilySoundParams = 14;
static_assert(sizeof(FamilySound) == kFamilySoundParams * sizeof(float));

const FamilySound& family_sound(int program);            // [any]

}  // namespace arietta
