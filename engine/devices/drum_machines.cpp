// Kits other than the studio's. Acoustic ones are the studio kit tuned, damped and struck otherwise; machines have
// drums of their own where the classic ones had, and the studio's for the rest.
// Sources: K. Werner, J. Abel and J. O. Smith, "A physically-informed, circuit-bendable, digital model of the Roland
// TR-808 bass drum circuit", DAFx 2014; service notes of the analogue machines of 1978 to 1983 for what each is made of.

#include "devices/drum_recipe.h"

namespace arietta {
namespace {

constexpr DrumFilter kLow = DrumFilter::kLow, kBand = DrumFilter::kBand, kHigh = DrumFilter::kHigh;
constexpr uint8_t kHats = 1;

// A resonator that is kicked: a sine that falls, a click, perhaps overdriven.
constexpr DrumRecipe thump(float hz, float length_s, float bend, float bend_s, float click, float drive) {
  DrumRecipe r;
  r.level = 0.95f;
  r.drive = drive;
  r.tone = {.hz = hz, .decay_s = length_s, .bend = bend, .bend_s = bend_s, .snap = 1.5f, .partials = {{1, 1}, {2, 0.02f, 0.4f}}};
  r.layers[0] = {.level = click, .filter = kLow, .hz = 2600, .q = 0.7f, .decay_s = 0.008f};
  return r;
}

// Two resonators for the skin, hiss for the wires.
constexpr DrumRecipe rattle(float hz, float second, float body_s, float wires_hz, float wires_s, float wires, float bend) {
  DrumRecipe r;
  r.level = 0.62f;
  r.drive = 0.7f;
  r.tone = {.hz = hz, .decay_s = body_s, .bend = bend, .bend_s = 0.04f, .partials = {{1, 0.6f}, {second, 0.4f, 0.8f}}};
  r.layers[0] = {.level = wires, .filter = kHigh, .hz = wires_hz, .q = 0.7f, .decay_s = wires_s};
  r.layers[1] = {.level = 0.4f * wires, .filter = kBand, .hz = 5200, .q = 0.6f, .decay_s = wires_s * 0.6f};
  return r;
}

// Six square waves through a high-pass, in the ratios of the machines.
constexpr DrumRecipe sizzle(float metal_hz, float hz, float length_s, float noise, uint8_t group, float pan) {
  DrumRecipe r;
  r.level = 0.42f;
  r.drive = 1.3f;
  r.pan = pan;
  r.group = group;
  r.metal_hz = metal_hz;
  r.layers[0] = {.level = 0.9f, .filter = kHigh, .hz = hz, .q = 1.0f, .decay_s = length_s, .metal = 1 - noise};
  r.layers[1] = {.level = 0.5f, .filter = kBand, .hz = hz * 1.25f, .q = 1.2f, .decay_s = length_s * 0.8f, .metal = 1 - noise};
  return r;
}

constexpr DrumRecipe machine_tom(float hz, float length_s, float bend, float noise, float pan) {
  DrumRecipe r;
  r.level = 0.72f;
  r.drive = 0.5f;
  r.pan = pan;
  r.tone = {.hz = hz, .decay_s = length_s, .bend = bend, .bend_s = length_s * 0.35f, .partials = {{1, 1}, {1.5f, 0.1f, 0.4f}}};
  r.layers[0] = {.level = noise, .filter = kLow, .hz = 1800, .q = 0.7f, .decay_s = length_s * 0.5f};
  return r;
}

constexpr DrumRecipe machine_bell(float hz, float second, float length_s) {
  DrumRecipe r;
  r.level = 0.5f;
  r.drive = 1.2f;
  r.tone = {.hz = hz, .decay_s = length_s, .partials = {{1, 0.6f}, {second, 0.6f}, {3, 0.2f, 0.6f}, {3 * second, 0.2f, 0.6f},
                                                        {5, 0.1f, 0.4f}, {5 * second, 0.1f, 0.4f}}};
  r.layers[0] = {.level = 0.3f, .filter = kBand, .hz = 1100, .q = 1, .decay_s = 0.015f};
  return r;
}

constexpr DrumRecipe clap(float hz, float tail_s) {
  DrumRecipe r;
  r.level = 0.85f;
  r.drive = 0.6f;
  r.layers[0] = {.level = 3.0f, .filter = kBand, .hz = hz, .q = 1.6f, .decay_s = 0.02f, .tail = 0.4f, .tail_s = tail_s, .bursts = 3, .gap_s = 0.0105f};
  r.layers[1] = {.level = 0.6f, .filter = kHigh, .hz = 3000, .q = 0.7f, .decay_s = 0.018f, .tail = 0.25f, .tail_s = tail_s * 0.7f, .bursts = 3, .gap_s = 0.0105f};
  return r;
}

constexpr DrumRecipe tick(float hz, float second, float length_s) {
  DrumRecipe r;
  r.level = 0.6f;
  r.drive = 1;
  r.tone = {.hz = hz, .decay_s = length_s, .partials = {{1, 0.8f}, {second, 0.5f}}};
  return r;
}

struct Drum { uint8_t key; DrumRecipe recipe; };

constexpr Drum kBoom[] = {       // after the machine of 1980: everything rings, nothing hits hard
    {35, thump(44, 1.9f, 0.5f, 0.04f, 0.25f, 0.5f)}, {36, thump(49, 1.1f, 0.6f, 0.04f, 0.4f, 0.6f)},
    {37, tick(1667, 0.273f, 0.05f)},                 {38, rattle(178, 1.85f, 0.16f, 1800, 0.17f, 0.75f, 0.15f)},
    {39, clap(1000, 0.28f)},                         {40, rattle(205, 1.85f, 0.12f, 2200, 0.13f, 0.9f, 0.15f)},
    {41, machine_tom(82, 0.8f, 0.25f, 0.08f, -0.4f)}, {43, machine_tom(98, 0.75f, 0.25f, 0.08f, -0.3f)},
    {45, machine_tom(122, 0.65f, 0.25f, 0.08f, -0.1f)}, {47, machine_tom(142, 0.6f, 0.25f, 0.08f, 0.1f)},
    {48, machine_tom(168, 0.5f, 0.25f, 0.08f, 0.3f)}, {50, machine_tom(192, 0.5f, 0.25f, 0.08f, 0.4f)},
    {42, sizzle(205, 8200, 0.07f, 0, kHats, 0.25f)}, {44, sizzle(205, 7600, 0.05f, 0, kHats, 0.25f)}, {46, sizzle(205, 8000, 0.55f, 0, kHats, 0.25f)},
    {49, sizzle(205, 3800, 1.5f, 0.2f, 0, 0.3f)},    {51, sizzle(205, 5200, 0.9f, 0.05f, 0, -0.3f)},
    {56, machine_bell(540, 1.481f, 0.32f)},          {75, tick(2500, 1.5f, 0.03f)},
};

constexpr Drum kClub[] = {       // after the one of 1983: a kick one feels, hats like a file
    {35, thump(46, 0.5f, 3.2f, 0.09f, 0.8f, 1.6f)},  {36, thump(51, 0.38f, 4.2f, 0.07f, 1.2f, 2.0f)},
    {37, tick(1020, 0.48f, 0.035f)},                 {38, rattle(195, 1.65f, 0.11f, 1400, 0.19f, 1.1f, 0.7f)},
    {39, clap(1250, 0.2f)},                          {40, rattle(225, 1.65f, 0.09f, 2600, 0.15f, 1.2f, 0.7f)},
    {41, machine_tom(78, 0.5f, 0.7f, 0.2f, -0.4f)},  {43, machine_tom(94, 0.48f, 0.7f, 0.2f, -0.3f)},
    {45, machine_tom(118, 0.42f, 0.7f, 0.2f, -0.1f)}, {47, machine_tom(138, 0.4f, 0.7f, 0.2f, 0.1f)},
    {48, machine_tom(168, 0.36f, 0.7f, 0.2f, 0.3f)}, {50, machine_tom(194, 0.34f, 0.7f, 0.2f, 0.4f)},
    {42, sizzle(390, 9000, 0.09f, 0.45f, kHats, 0.2f)}, {44, sizzle(390, 8200, 0.06f, 0.45f, kHats, 0.2f)}, {46, sizzle(390, 8600, 0.42f, 0.45f, kHats, 0.2f)},
    {49, sizzle(390, 4200, 1.7f, 0.6f, 0, 0.3f)},    {51, sizzle(440, 6200, 1.3f, 0.4f, 0, -0.3f)},
};

constexpr Drum kBox[] = {        // after the preset boxes of 1978: small, dry, patient
    {35, thump(58, 0.22f, 0.2f, 0.03f, 0.1f, 0.3f)}, {36, thump(66, 0.18f, 0.2f, 0.03f, 0.15f, 0.3f)},
    {37, tick(1150, 1.6f, 0.025f)},                  {38, rattle(230, 1.5f, 0.05f, 3000, 0.09f, 0.8f, 0)},
    {39, clap(1800, 0.08f)},                         {40, rattle(260, 1.5f, 0.04f, 3600, 0.07f, 0.8f, 0)},
    {41, machine_tom(110, 0.2f, 0.05f, 0, -0.2f)},   {43, machine_tom(128, 0.2f, 0.05f, 0, -0.15f)},
    {45, machine_tom(160, 0.17f, 0.05f, 0, 0)},      {47, machine_tom(185, 0.16f, 0.05f, 0, 0)},
    {48, machine_tom(225, 0.14f, 0.05f, 0, 0.15f)},  {50, machine_tom(260, 0.13f, 0.05f, 0, 0.2f)},
    {42, sizzle(520, 9500, 0.035f, 0.6f, kHats, 0.1f)}, {44, sizzle(520, 9500, 0.025f, 0.6f, kHats, 0.1f)}, {46, sizzle(520, 8800, 0.2f, 0.6f, kHats, 0.1f)},
    {49, sizzle(520, 6000, 0.5f, 0.7f, 0, 0.15f)},   {51, sizzle(520, 7000, 0.3f, 0.5f, 0, -0.15f)},
    {56, machine_bell(590, 1.42f, 0.1f)},
};

constexpr Drum kHexagon[] = {    // after the six-cornered pads: every drum falls through the floor
    {35, thump(50, 0.6f, 2.2f, 0.16f, 0.7f, 1.0f)},  {36, thump(58, 0.45f, 2.6f, 0.12f, 1.0f, 1.2f)},
    {38, rattle(172, 1.34f, 0.22f, 900, 0.28f, 1.1f, 0.9f)}, {40, rattle(205, 1.34f, 0.2f, 1200, 0.24f, 1.2f, 0.9f)},
    {41, machine_tom(70, 0.9f, 1.6f, 0.35f, -0.5f)}, {43, machine_tom(86, 0.85f, 1.6f, 0.35f, -0.35f)},
    {45, machine_tom(108, 0.8f, 1.6f, 0.35f, -0.1f)}, {47, machine_tom(130, 0.75f, 1.6f, 0.35f, 0.1f)},
    {48, machine_tom(160, 0.7f, 1.6f, 0.35f, 0.35f)}, {50, machine_tom(196, 0.65f, 1.6f, 0.35f, 0.5f)},
    {39, clap(1400, 0.3f)},
    {42, sizzle(330, 8800, 0.06f, 0.3f, kHats, 0.3f)}, {44, sizzle(330, 8000, 0.05f, 0.3f, kHats, 0.3f)}, {46, sizzle(330, 8400, 0.4f, 0.3f, kHats, 0.3f)},
    {49, sizzle(330, 4600, 1.4f, 0.7f, 0, 0.4f)},
};

const DrumRecipe* find(span<const Drum> drums, int key) {
  for (const Drum& drum : drums)
    if (drum.key == key) return &drum.recipe;
  return nullptr;
}

constexpr bool is_drum_with_skin(int key) {
  return key == 35 || key == 36 || key == 38 || key == 40 || key == 41 || key == 43 || key == 45 || key == 47 || key == 48 || key == 50;
}

}  // namespace

DrumRecipe drum_recipe(DrumKitKind kit, int key) {
  DrumRecipe r = drum_recipe(key);
  const DrumRecipe* own = nullptr;
  switch (kit) {
    case DrumKitKind::kStudio: return r;
    case DrumKitKind::kJazz:                          // small drums tuned high, left open, struck lightly
      if (is_drum_with_skin(key)) {
        r.tone.hz *= key <= 36 ? 1.35f : 1.22f;
        r.tone.decay_s *= 1.5f;
        r.tone.snap *= 0.5f;
        r.drive *= 0.4f;
        r.layers[0].level *= 0.6f;
      } else {
        r.tone.decay_s *= 1.2f;
      }
      return r;
    case DrumKitKind::kRock:                          // large drums, deep and loud
      if (is_drum_with_skin(key)) {
        r.tone.hz *= 0.86f;
        r.tone.decay_s *= 1.15f;
        r.drive += 0.9f;
        r.layers[0].level *= 1.35f;
        r.layers[0].tail_s *= 1.5f;
      }
      return r;
    case DrumKitKind::kBoom: own = find(kBoom, key); break;
    case DrumKitKind::kClub: own = find(kClub, key); break;
    case DrumKitKind::kBox: own = find(kBox, key); break;
    case DrumKitKind::kHexagon: own = find(kHexagon, key); break;
  }
  return own ? *own : r;
}

}  // namespace arietta
