#include "devices/modal_table.h"

namespace arietta {
namespace {

// FR: N. Fletcher and T. Rossing, "The Physics of Musical Instruments", 2nd ed. R: T. Rossing, "Science of Percussion
// Instruments", 2000. Levels and rings are rounded from the decays shown there, then set by ear and spectrum.
constexpr ModalKind kKinds[kModalSounds] = {
    // Tubular bell: a free bar; the ear takes modes 4, 5, 6 (2 : 3 : 4.2) for harmonics of a missing note (FR 19.6).
    {{{0.224f, 0.02f, 1.4f}, {0.617f, 0.12f, 1.3f}, {1.21f, 0.40f, 1.2f}, {2.00f, 1.00f, 1.0f}, {3.00f, 0.85f, 0.85f}, {4.17f, 0.65f, 0.65f},
      {5.54f, 0.45f, 0.50f}, {7.12f, 0.35f, 0.38f}, {8.89f, 0.25f, 0.28f}, {10.9f, 0.18f, 0.22f}, {13.0f, 0.10f, 0.16f}, {15.4f, 0.06f, 0.12f}},
     6.5f, 0.25f, 0.0006f, 0.0009f, 0.10f, 3500, 0.20f, ModalShape::kFixed, true},
    // Church bell with a minor third: hum, prime, tierce, quint, nominal and the rim partials above (FR table 21.1).
    {{{0.50f, 0.55f, 2.6f}, {1.00f, 0.60f, 1.0f}, {1.183f, 0.85f, 1.1f}, {1.506f, 0.30f, 0.6f}, {2.00f, 1.00f, 0.65f},
      {2.514f, 0.30f, 0.42f}, {2.662f, 0.35f, 0.40f}, {3.011f, 0.60f, 0.40f}, {4.166f, 0.50f, 0.30f}, {5.433f, 0.36f, 0.22f},
      {6.796f, 0.25f, 0.16f}, {8.215f, 0.18f, 0.12f}, {9.70f, 0.12f, 0.09f}, {11.2f, 0.08f, 0.07f}},
     9, 0.45f, 0.0005f, 0.0006f, 0.20f, 2600, 0.15f, ModalShape::kFixed, false},
    // Glockenspiel: a plain steel bar (FR 19.1): 1, 2.76, 5.40, 8.93 and the first torsional ones.
    {{{1.00f, 1.00f, 1.0f}, {2.756f, 0.55f, 0.55f}, {3.58f, 0.06f, 0.25f}, {5.404f, 0.40f, 0.30f}, {7.1f, 0.05f, 0.14f},
      {8.933f, 0.28f, 0.18f}, {13.34f, 0.15f, 0.10f}, {18.64f, 0.08f, 0.07f}},
     4.5f, 0.45f, 0.00028f, 0.0002f, 0.12f, 6500, 0.30f, ModalShape::kBar, true},
    // Music box: a steel tooth, clamped at one end (FR 2.10: 1, 6.27, 17.5), over a wooden case that colours the start.
    {{{1.00f, 1.00f, 1.0f}, {2.00f, 0.05f, 0.7f}, {3.00f, 0.04f, 0.5f}, {6.267f, 0.22f, 0.22f}, {17.55f, 0.06f, 0.06f}, {0.54f, 0.05f, 0.05f}},
     2.6f, 0.55f, 0.00025f, 0.0004f, 0.22f, 4800, 0.60f, ModalShape::kFixed, false},
    // Celesta: a bar over a box that holds the first mode and lets few others through.
    {{{1.00f, 1.00f, 1.0f}, {2.00f, 0.05f, 0.6f}, {2.756f, 0.20f, 0.4f}, {4.00f, 0.04f, 0.25f}, {5.404f, 0.10f, 0.18f}, {8.933f, 0.04f, 0.1f}},
     2.8f, 0.50f, 0.0009f, 0.0003f, 0.14f, 1800, 0.40f, ModalShape::kBar, true},
    // Marimba: a bar cut out below so that the second mode is two octaves up, the third near 9.2 (FR 19.4), over a pipe.
    {{{1.00f, 1.00f, 1.0f}, {3.93f, 0.30f, 0.30f}, {9.24f, 0.14f, 0.12f}, {16.1f, 0.05f, 0.06f}, {24.2f, 0.02f, 0.04f}, {2.41f, 0.02f, 0.2f}},
     0.75f, 0.55f, 0.0016f, 0.0003f, 0.30f, 900, 0.48f, ModalShape::kBar, false},
    // Xylophone: the second mode a twelfth up (FR 19.5), hard and short.
    {{{1.00f, 1.00f, 1.0f}, {3.00f, 0.55f, 0.45f}, {6.1f, 0.30f, 0.25f}, {10.3f, 0.16f, 0.14f}, {15.2f, 0.07f, 0.08f}, {2.0f, 0.03f, 0.3f}},
     0.42f, 0.50f, 0.0005f, 0.0003f, 0.40f, 2400, 0.55f, ModalShape::kBar, false},
    // Vibraphone: aluminium, second mode two octaves up, third near 10 (R 6.4), over pipes with turning discs.
    {{{1.00f, 1.00f, 1.0f}, {3.98f, 0.25f, 0.40f}, {9.95f, 0.10f, 0.18f}, {16.8f, 0.04f, 0.09f}, {2.3f, 0.015f, 0.2f}},
     6.5f, 0.40f, 0.0013f, 0.0003f, 0.12f, 1200, 0.26f, ModalShape::kBar, true},
    // Kalimba: a tongue over a bridge (modes near 1, 5.9 to 6.3, 16; D. Chapman, JASA 131, 2012), a hollow board, a rattle.
    {{{1.00f, 1.00f, 1.0f}, {2.00f, 0.10f, 0.8f}, {3.00f, 0.03f, 0.5f}, {5.95f, 0.28f, 0.22f}, {6.35f, 0.12f, 0.18f}, {15.9f, 0.08f, 0.07f}, {0.43f, 0.09f, 0.08f}},
     1.5f, 0.50f, 0.0011f, 0.0005f, 0.35f, 650, 0.45f, ModalShape::kFixed, false},
    // Steel drum: the maker tunes the note's modes 1 : 2 : 3 : 4, its neighbours answer (R 8.4).
    {{{1.00f, 1.00f, 1.0f}, {2.00f, 0.85f, 0.75f}, {3.00f, 0.40f, 0.55f}, {4.02f, 0.32f, 0.45f}, {5.05f, 0.16f, 0.35f}, {6.1f, 0.10f, 0.28f},
      {1.5f, 0.05f, 0.9f}, {2.67f, 0.06f, 0.5f}, {3.55f, 0.05f, 0.4f}, {7.3f, 0.06f, 0.2f}, {8.5f, 0.04f, 0.16f}},
     1.5f, 0.35f, 0.0014f, 0.0016f, 0.22f, 1100, 0.34f, ModalShape::kPlate, false},
    // Gong: a plate that hands its energy upwards, so the high modes come late (FR 20.4; R 9.5).
    {{{1.00f, 1.00f, 1.0f}, {1.47f, 0.35f, 0.75f}, {2.00f, 0.55f, 0.8f}, {2.32f, 0.30f, 0.6f}, {2.86f, 0.32f, 0.55f}, {3.37f, 0.30f, 0.5f},
      {3.95f, 0.30f, 0.46f}, {4.48f, 0.28f, 0.42f}, {5.21f, 0.28f, 0.38f}, {5.93f, 0.26f, 0.35f}, {6.71f, 0.25f, 0.32f}, {7.44f, 0.24f, 0.30f},
      {8.37f, 0.23f, 0.27f}, {9.26f, 0.22f, 0.25f}, {10.4f, 0.21f, 0.23f}, {11.6f, 0.20f, 0.21f}, {12.9f, 0.19f, 0.19f}, {14.4f, 0.18f, 0.18f},
      {16.1f, 0.17f, 0.16f}, {18.2f, 0.16f, 0.15f}, {20.5f, 0.14f, 0.14f}, {23.3f, 0.13f, 0.13f}, {26.4f, 0.12f, 0.12f}, {30.1f, 0.10f, 0.11f}},
     9, 0.50f, 0.0040f, 0.0012f, 0.10f, 300, 0.15f, ModalShape::kPlate, false},
    // Singing bowl: few modes, near the squares of 1, 1.63, 2.2 .. (1 : 2.8 : 5.2 : 8.2; D. Terwagne and J. Bush,
    // Nonlinearity 24, 2011), slow beats.
    {{{1.00f, 1.00f, 1.0f}, {2.77f, 0.60f, 0.6f}, {5.18f, 0.30f, 0.35f}, {8.16f, 0.14f, 0.22f}, {11.7f, 0.07f, 0.14f}, {15.8f, 0.03f, 0.09f}},
     14, 0.40f, 0.0020f, 0.0018f, 0.08f, 900, 0.20f, ModalShape::kFixed, false},
};

}  // namespace

const ModalKind& modal_kind(ModalSound sound) { return kKinds[size_t(sound)]; }

}  // namespace arietta
