#include "compile/family_sounds.h"

namespace arietta {
namespace {

constexpr float kSaw = 0, kSquare = 1, kTriangle = 2, kSine = 3;
constexpr float kNone = -60;                              // dB: sub and breath off

// wave, thickness, sub, breath | brightness, edge, sweep, sweep time | attack, decay, sustain, release | vibrato, level
// Plucked and struck families fall to a low sustain, blown and bowed ones hold; the dense ones are quieter, so that
// a song keeps its balance when the samples take over.
constexpr FamilySound kFamilySounds[16] = {
    {kSaw, 4, -24, kNone, 900, 0.10f, 2.5f, 0.5f, 0.002f, 1.4f, 0.12f, 0.25f, 0, -9},         // piano
    {kSine, 2, kNone, kNone, 8000, 0.05f, 0, 0.3f, 0.001f, 0.9f, 0, 0.6f, 0, -7},             // chromatic percussion
    {kSine, 5, -6, kNone, 6000, 0.05f, 0, 0.3f, 0.008f, 0.3f, 1, 0.06f, 4, -11},              // organ
    {kSaw, 3, kNone, kNone, 1100, 0.12f, 2.2f, 0.25f, 0.002f, 1.0f, 0.08f, 0.15f, 0, -9},     // guitar
    {kSaw, 0, -9, kNone, 320, 0.20f, 2.0f, 0.2f, 0.003f, 0.7f, 0.45f, 0.09f, 0, -7},          // bass
    {kSaw, 12, kNone, kNone, 2400, 0.08f, 0.6f, 0.6f, 0.10f, 0.5f, 0.85f, 0.3f, 8, -13},      // strings
    {kSaw, 22, kNone, kNone, 2000, 0.08f, 0.4f, 0.8f, 0.16f, 0.6f, 0.85f, 0.5f, 6, -14},      // ensemble
    {kSaw, 9, kNone, kNone, 650, 0.15f, 2.2f, 0.7f, 0.04f, 0.5f, 0.75f, 0.12f, 4, -12},       // brass
    {kSquare, 0, kNone, -46, 1600, 0.12f, 0.9f, 0.3f, 0.035f, 0.4f, 0.8f, 0.12f, 10, -13},    // reed
    {kTriangle, 0, kNone, -36, 3200, 0.05f, 0.4f, 0.2f, 0.05f, 0.3f, 0.9f, 0.14f, 10, -9},    // pipe
    {kSquare, 10, kNone, kNone, 4500, 0.30f, 1.0f, 0.4f, 0.004f, 0.3f, 0.75f, 0.18f, 6, -13}, // synth lead
    {kSaw, 24, -18, kNone, 1100, 0.20f, 0.8f, 1.5f, 0.35f, 1.0f, 0.85f, 1.0f, 4, -14},        // synth pad
    {kTriangle, 28, kNone, -40, 2400, 0.30f, 1.6f, 1.8f, 0.15f, 1.5f, 0.5f, 1.2f, 14, -11},   // synth effects
    {kSaw, 4, kNone, kNone, 1300, 0.15f, 2.6f, 0.15f, 0.001f, 0.7f, 0, 0.2f, 0, -9},          // world
    {kTriangle, 0, kNone, -22, 2200, 0.15f, 2.0f, 0.10f, 0.001f, 0.35f, 0, 0.2f, 0, -8},      // percussion
    {kSine, 0, kNone, -8, 1500, 0.25f, 2.5f, 0.8f, 0.02f, 1.2f, 0.2f, 0.6f, 0, -13},          // sound effects
};

// The struct lists the parameters in the order of their indices.
static_assert(param::poly_synth::shape == 0 && param::poly_synth::filter_decay_s == 7 &&
              param::poly_synth::level_db == kFamilySoundParams - 1);

}  // namespace

const FamilySound& family_sound(int program) { return kFamilySounds[(program & 127) / 8]; }

}  // namespace arietta
