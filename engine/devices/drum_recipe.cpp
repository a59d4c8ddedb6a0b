#include "devices/drum_recipe.h"

#include <array>

namespace arietta {
namespace {

constexpr int kLowestKey = 35, kHighestKey = 81;
constexpr uint8_t kHats = 1, kTriangles = 2, kCuicas = 3, kWhistles = 4, kGuiros = 5;
constexpr DrumFilter kLow = DrumFilter::kLow, kBand = DrumFilter::kBand, kHigh = DrumFilter::kHigh;

// Drums with a skin. The partials are those of a round membrane (Fletcher and Rossing, "The Physics of Musical
// Instruments", 3.3), the fundamental strongest.

constexpr DrumRecipe kick(float hz, float length_s, float click) {
  DrumRecipe r;
  r.level = 0.95f;
  r.drive = 1.3f;
  r.tone = {.hz = hz, .decay_s = length_s, .bend = 2.4f, .bend_s = 0.16f, .snap = 7.0f,
            .partials = {{1, 1}, {2.0f, 0.10f, 0.35f}}};
  r.layers[0] = {.level = 0.9f * click, .filter = kBand, .hz = 3200, .q = 0.6f, .decay_s = 0.014f};
  r.layers[1] = {.level = 0.35f, .filter = kLow, .hz = 420, .q = 0.7f, .decay_s = 0.07f};
  return r;
}

constexpr DrumRecipe snare(float hz, float wires_hz, float wires_s, float body) {
  DrumRecipe r;
  r.level = 0.62f;
  r.drive = 0.9f;
  r.pan = 0.05f;
  r.tone = {.hz = hz, .decay_s = 0.17f, .bend = 0.35f, .bend_s = 0.05f, .snap = 0.8f,
            .partials = {{1, body}, {1.593f, 0.55f * body, 0.75f}, {1.84f, 0.45f * body, 0.6f},
                         {2.65f, 0.18f * body, 0.4f}}};
  r.layers[0] = {.level = 1.5f, .filter = kBand, .hz = wires_hz, .q = 0.55f, .decay_s = wires_s, .tail = 0.12f,
                 .tail_s = wires_s * 1.8f, .fall = 0.4f};
  r.layers[1] = {.level = 0.22f, .filter = kHigh, .hz = 6500, .q = 0.7f, .decay_s = wires_s * 0.7f};
  r.layers[2] = {.level = 1.2f, .filter = kBand, .hz = 2400, .q = 0.7f, .decay_s = 0.02f};
  return r;
}

constexpr DrumRecipe tom(float hz, float pan) {
  DrumRecipe r;
  r.level = 0.72f;
  r.drive = 0.5f;
  r.pan = pan;
  r.tone = {.hz = hz, .decay_s = 0.9f - hz * 0.0018f, .bend = 0.42f, .bend_s = 0.22f, .snap = 1.4f,
            .partials = {{1, 1}, {1.593f, 0.34f, 0.55f}, {2.135f, 0.2f, 0.4f}, {2.653f, 0.1f, 0.3f}}};
  r.layers[0] = {.level = 0.5f, .filter = kBand, .hz = 2400, .q = 0.7f, .decay_s = 0.02f};
  r.layers[1] = {.level = 0.25f, .filter = kBand, .hz = 700, .q = 0.7f, .decay_s = 0.09f};
  return r;
}

// Played by hand: congas, bongos and timbales.
constexpr DrumRecipe hand_drum(float hz, float length_s, float slap, float pan) {
  DrumRecipe r;
  r.level = 0.6f;
  r.pan = pan;
  r.tone = {.hz = hz, .decay_s = length_s, .bend = 0.12f, .bend_s = 0.06f, .snap = 0.5f,
            .partials = {{1, 1}, {1.593f, 0.3f, 0.4f}, {2.295f, 0.22f, 0.3f}, {3.5f, 0.12f, 0.2f}}};
  r.layers[0] = {.level = 0.7f * slap, .filter = kBand, .hz = hz * 8, .q = 1.0f, .decay_s = 0.03f};
  r.layers[1] = {.level = 0.3f, .filter = kBand, .hz = hz * 3, .q = 1.0f, .decay_s = 0.02f};
  return r;
}

// Metal plates. Six square waves in no harmonic ratio, as in the analogue drum machines of 1980, thinned by
// high-pass filters; noise fills the gaps.

constexpr DrumRecipe hat(float length_s, float hz, float attack_s = 0) {
  DrumRecipe r;
  r.level = 0.45f;
  r.drive = 1.4f;         // rounds off where edges of several waves meet
  r.pan = 0.3f;
  r.group = kHats;
  r.metal_hz = 317;
  r.layers[0] = {.level = 0.8f, .filter = kHigh, .hz = hz, .q = 1.1f, .decay_s = length_s, .attack_s = attack_s,
                 .metal = 1};
  r.layers[1] = {.level = 0.8f, .filter = kBand, .hz = hz * 1.2f, .q = 0.9f, .decay_s = length_s * 0.8f,
                 .attack_s = attack_s};
  r.layers[2] = {.level = 0.25f, .filter = kBand, .hz = 4200, .q = 1.5f, .decay_s = length_s * 0.5f, .metal = 1};
  return r;
}

constexpr DrumRecipe crash(float length_s, float hz, float pan) {
  DrumRecipe r;
  r.level = 0.5f;
  r.drive = 0.9f;
  r.pan = pan;
  r.metal_hz = 263;
  r.layers[0] = {.level = 0.45f, .filter = kHigh, .hz = hz, .q = 0.7f, .decay_s = length_s * 0.35f, .tail = 0.4f,
                 .tail_s = length_s, .fall = 0.4f, .metal = 1};
  r.layers[1] = {.level = 1.2f, .filter = kBand, .hz = hz * 1.6f, .q = 0.5f, .decay_s = length_s * 0.4f, .tail = 0.3f,
                 .tail_s = length_s * 0.85f, .fall = 0.5f};
  r.layers[2] = {.level = 0.25f, .filter = kBand, .hz = 900, .q = 0.7f, .decay_s = 0.12f, .metal = 0.6f};
  r.layers[3] = {.level = 0.9f, .filter = kBand, .hz = 4500, .q = 0.5f, .decay_s = 0.07f};
  return r;
}

constexpr DrumRecipe ride(float bell, float wash, float length_s) {
  DrumRecipe r;
  r.level = 0.42f;
  r.pan = -0.35f;
  r.metal_hz = 341;
  r.tone = {.hz = 620, .decay_s = length_s * 0.7f,
            .partials = {{1, 0.30f * bell, 0.9f}, {1.71f, 0.25f * bell, 1}, {2.93f, 0.22f * bell, 0.8f},
                         {4.14f, 0.2f * bell, 0.7f}, {5.79f, 0.16f, 0.5f}, {7.31f, 0.14f, 0.45f},
                         {9.07f, 0.10f, 0.4f}, {11.6f, 0.08f, 0.3f}}};
  r.layers[0] = {.level = 0.16f * wash, .filter = kHigh, .hz = 5600, .q = 0.8f, .decay_s = length_s * 0.3f, .tail = 0.5f,
                 .tail_s = length_s, .metal = 1};
  r.layers[1] = {.level = 0.30f * wash, .filter = kBand, .hz = 7000, .q = 0.7f, .decay_s = length_s * 0.5f};
  r.layers[2] = {.level = 0.9f, .filter = kBand, .hz = 5200, .q = 0.8f, .decay_s = 0.025f};
  return r;
}

// Things that ring with few, clear partials.

constexpr DrumRecipe bell(float hz, float second, float length_s, float level, float pan) {
  DrumRecipe r;
  r.level = level;
  r.pan = pan;
  r.drive = 0.4f;
  r.tone = {.hz = hz, .decay_s = length_s,
            .partials = {{1, 0.6f}, {second, 0.6f, 0.9f}, {3.01f, 0.22f, 0.5f}, {3.0f * second, 0.2f, 0.45f},
                         {5.03f, 0.1f, 0.3f}, {5.0f * second, 0.09f, 0.25f}}};
  r.layers[0] = {.level = 0.5f, .filter = kBand, .hz = hz * 4.2f, .q = 1.5f, .decay_s = 0.015f};
  return r;
}

// A stick on wood: free bar ratios, gone at once.
constexpr DrumRecipe wood(float hz, float length_s, float knock, float pan) {
  DrumRecipe r;
  r.level = 0.6f;
  r.pan = pan;
  r.tone = {.hz = hz, .decay_s = length_s, .snap = 0.15f,
            .partials = {{1, 1}, {2.756f, 0.28f, 0.45f}, {1.46f, 0.18f, 0.6f}, {5.404f, 0.1f, 0.3f}}};
  r.layers[0] = {.level = knock, .filter = kBand, .hz = hz * 2.2f, .q = 1.2f, .decay_s = 0.012f};
  return r;
}

constexpr DrumRecipe triangle(float length_s) {
  DrumRecipe r;
  r.level = 0.3f;
  r.pan = 0.45f;
  r.group = kTriangles;
  r.tone = {.hz = 1320, .decay_s = length_s,
            .partials = {{1, 0.12f, 0.6f}, {2.62f, 0.5f, 1}, {3.91f, 0.55f, 0.85f}, {4.83f, 0.4f, 0.8f},
                         {6.17f, 0.35f, 0.7f}, {7.62f, 0.3f, 0.55f}, {9.37f, 0.2f, 0.45f}, {11.2f, 0.14f, 0.35f}}};
  r.layers[0] = {.level = 0.3f, .filter = kHigh, .hz = 9000, .q = 0.8f, .decay_s = 0.01f};
  return r;
}

// Things that are shaken or scraped: hiss in bursts.
constexpr DrumRecipe shaken(float hz, float q, float attack_s, float length_s, int bursts, float gap_s, float pan) {
  DrumRecipe r;
  r.level = 0.9f;
  r.pan = pan;
  r.layers[0] = {.level = 1.4f, .filter = kBand, .hz = hz, .q = q, .decay_s = length_s, .attack_s = attack_s,
                 .bursts = uint8_t(bursts), .gap_s = gap_s};
  r.layers[1] = {.level = 0.35f, .filter = kBand, .hz = hz * 1.6f, .q = 1.0f, .decay_s = length_s * 0.8f,
                 .attack_s = attack_s, .bursts = uint8_t(bursts), .gap_s = gap_s};
  return r;
}

constexpr DrumRecipe clap() {
  DrumRecipe r;
  r.level = 0.85f;
  r.pan = -0.08f;
  r.drive = 0.5f;
  r.layers[0] = {.level = 3.2f, .filter = kBand, .hz = 1150, .q = 1.4f, .decay_s = 0.026f, .tail = 0.32f, .tail_s = 0.24f,
                 .bursts = 4, .gap_s = 0.0107f};
  r.layers[1] = {.level = 0.8f, .filter = kBand, .hz = 3400, .q = 0.7f, .decay_s = 0.022f, .tail = 0.2f, .tail_s = 0.16f,
                 .bursts = 4, .gap_s = 0.0107f};
  return r;
}

constexpr DrumRecipe side_stick() {
  DrumRecipe r = wood(790, 0.075f, 0.9f, 0.05f);
  r.drive = 0.8f;
  r.tone.partials[2] = {2.13f, 0.6f, 0.5f};
  r.layers[1] = {.level = 0.5f, .filter = kHigh, .hz = 4200, .q = 0.8f, .decay_s = 0.008f};
  return r;
}

constexpr DrumRecipe tambourine() {
  DrumRecipe r = shaken(9200, 1.1f, 0.001f, 0.09f, 2, 0.028f, -0.25f);
  r.level = 0.5f;
  r.drive = 1.4f;
  r.metal_hz = 613;
  r.layers[0].metal = 0.5f;
  r.layers[0].tail = 0.3f;
  r.layers[0].tail_s = 0.25f;
  return r;
}

constexpr DrumRecipe vibraslap() {
  DrumRecipe r = shaken(2700, 3.0f, 0, 0.02f, 22, 0.0193f, 0.3f);
  r.layers[2] = {.level = 0.8f, .filter = kBand, .hz = 2050, .q = 6, .decay_s = 0.45f};
  return r;
}

constexpr DrumRecipe whistle(float length_s) {
  DrumRecipe r;
  r.level = 0.75f;
  r.group = kWhistles;
  r.tone = {.hz = 2350, .decay_s = length_s, .bend = -0.08f, .bend_s = 0.05f, .attack_s = 0.012f,
            .partials = {{1, 0.7f}, {1.014f, 0.5f}, {2.0f, 0.12f}}};
  r.layers[0] = {.level = 0.5f, .filter = kBand, .hz = 2400, .q = 4, .decay_s = length_s * 0.8f, .attack_s = 0.01f};
  return r;
}

constexpr DrumRecipe cuica(float hz, float bend, float length_s) {
  DrumRecipe r;
  r.level = 0.75f;
  r.pan = -0.3f;
  r.group = kCuicas;
  r.tone = {.hz = hz, .decay_s = length_s, .bend = bend, .bend_s = length_s, .attack_s = 0.015f,
            .partials = {{1, 0.8f}, {2, 0.4f, 0.8f}, {3, 0.25f, 0.7f}, {4.02f, 0.12f, 0.6f}}};
  r.layers[0] = {.level = 0.12f, .filter = kBand, .hz = hz * 3, .q = 1.5f, .decay_s = length_s * 0.6f, .attack_s = 0.01f};
  return r;
}

constexpr DrumRecipe in_group(DrumRecipe r, uint8_t group) {
  r.group = group;
  return r;
}

constexpr std::array<DrumRecipe, kHighestKey - kLowestKey + 1> kKit = {
    kick(46, 0.55f, 0.6f),                                   // 35 acoustic bass drum
    kick(52, 0.42f, 1.0f),                                   // 36 bass drum
    side_stick(),                                            // 37
    snare(186, 3300, 0.21f, 0.62f),                          // 38 acoustic snare
    clap(),                                                  // 39
    snare(224, 4200, 0.16f, 0.5f),                           // 40 electric snare
    tom(78, -0.5f),                                          // 41 low floor tom
    hat(0.085f, 7600),                                       // 42 closed hat
    tom(92, -0.35f),                                         // 43 high floor tom
    hat(0.075f, 5900, 0.002f),                               // 44 pedal hat
    tom(110, -0.15f),                                        // 45 low tom
    hat(0.75f, 7000),                                        // 46 open hat
    tom(133, 0.05f),                                         // 47 low-mid tom
    tom(160, 0.25f),                                         // 48 high-mid tom
    crash(2.6f, 3600, 0.35f),                                // 49 crash
    tom(194, 0.45f),                                         // 50 high tom
    ride(0.55f, 1.0f, 2.4f),                                 // 51 ride
    crash(1.6f, 2300, -0.45f),                               // 52 Chinese cymbal
    ride(1.7f, 0.45f, 2.0f),                                 // 53 ride bell
    tambourine(),                                            // 54
    crash(0.85f, 5200, 0.2f),                                // 55 splash
    bell(562, 1.504f, 0.30f, 0.5f, 0.2f),                    // 56 cowbell
    crash(3.0f, 3100, -0.4f),                                // 57 second crash
    vibraslap(),                                             // 58
    ride(0.4f, 1.3f, 2.8f),                                  // 59 second ride
    hand_drum(405, 0.16f, 0.5f, 0.35f),                      // 60 high bongo
    hand_drum(298, 0.20f, 0.4f, 0.3f),                       // 61 low bongo
    hand_drum(226, 0.07f, 1.0f, -0.3f),                      // 62 muted conga
    hand_drum(221, 0.38f, 0.35f, -0.3f),                     // 63 high conga
    hand_drum(163, 0.48f, 0.3f, -0.35f),                     // 64 low conga
    hand_drum(345, 0.34f, 0.9f, 0.4f),                       // 65 high timbale
    hand_drum(252, 0.42f, 0.8f, 0.4f),                       // 66 low timbale
    bell(918, 1.48f, 0.45f, 0.4f, -0.4f),                    // 67 high agogo
    bell(682, 1.48f, 0.50f, 0.4f, -0.4f),                    // 68 low agogo
    shaken(6400, 0.9f, 0.012f, 0.11f, 1, 0, -0.4f),         // 69 cabasa
    shaken(7600, 1.1f, 0.004f, 0.06f, 1, 0, 0.4f),          // 70 maracas
    whistle(0.16f),                                          // 71 short whistle
    whistle(0.55f),                                          // 72 long whistle
    in_group(shaken(3300, 2.2f, 0, 0.016f, 7, 0.0113f, 0.35f), kGuiros),    // 73 short guiro
    in_group(shaken(3100, 2.2f, 0, 0.020f, 17, 0.0187f, 0.35f), kGuiros),   // 74 long guiro
    wood(2480, 0.085f, 0.3f, 0.25f),                         // 75 claves
    wood(1015, 0.070f, 0.6f, -0.2f),                         // 76 high wood block
    wood(742, 0.085f, 0.6f, -0.2f),                          // 77 low wood block
    cuica(470, -0.35f, 0.16f),                               // 78 muted cuica
    cuica(310, 0.6f, 0.34f),                                 // 79 open cuica
    triangle(0.14f),                                         // 80 muted triangle
    triangle(2.6f),                                          // 81 open triangle
};

}  // namespace

const DrumRecipe& drum_recipe(int key) {
  const int inside = key < kLowestKey ? kLowestKey : key > kHighestKey ? kHighestKey : key;
  return kKit[size_t(inside - kLowestKey)];
}

}  // namespace arietta
