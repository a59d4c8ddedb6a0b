#include "devices/string_body.h"

#include "base/mathx.h"
#include "base/random.h"

namespace arietta {
namespace {

struct Mode { float hz, q, gain; };
struct Box {
  Mode low[8];
  float hill_hz, hill_octaves, hill_q, hill_gain;   // where the upper eight gather
};

constexpr Box kBoxes[] = {
    {},
    // Guitar: air 100, top plate 200; the others as in Fletcher and Rossing, table 9.1.
    {{{101, 14, 1.5f}, {204, 18, 1.7f}, {273, 16, 0.5f}, {388, 20, 0.7f}, {436, 22, 0.6f}, {580, 20, 0.55f}, {730, 22, 0.5f}, {960, 22, 0.45f}},
     2300, 2.2f, 9, 0.45f},
    // Harp: a long soundboard, many quiet modes.
    {{{102, 10, 0.6f}, {146, 14, 0.8f}, {205, 14, 0.8f}, {268, 16, 0.6f}, {345, 16, 0.5f}, {450, 18, 0.45f}, {610, 18, 0.4f}, {830, 18, 0.35f}},
     1900, 2.4f, 8, 0.32f},
    // Double bass.
    {{{61, 13, 1.3f}, {98, 16, 1.5f}, {118, 16, 1.1f}, {166, 18, 1.0f}, {222, 18, 0.8f}, {305, 18, 0.7f}, {420, 18, 0.5f}, {560, 18, 0.5f}},
     900, 2.2f, 7, 0.4f},
    // Koto: a closed tube of thick wood.
    {{{88, 9, 0.5f}, {164, 14, 0.9f}, {237, 16, 0.8f}, {331, 18, 0.8f}, {472, 20, 0.8f}, {648, 22, 0.7f}, {905, 22, 0.6f}, {1270, 22, 0.6f}},
     2800, 1.8f, 11, 0.5f},
    // Banjo: a drum skin, so the modes are those of a membrane and die at once.
    {{{232, 7, 0.7f}, {369, 9, 1.2f}, {495, 9, 1.1f}, {533, 9, 0.8f}, {677, 9, 1.1f}, {847, 10, 1.0f}, {976, 10, 0.9f}, {1250, 10, 0.9f}},
     2700, 1.6f, 8, 0.9f},
    // Violin: A0, CBR, B1-, B1+, then the plates and the bridge hill.
    {{{275, 16, 1.5f}, {405, 22, 0.8f}, {461, 26, 1.5f}, {543, 28, 1.6f}, {700, 22, 0.9f}, {835, 24, 0.8f}, {1010, 24, 0.9f}, {1270, 22, 0.8f}},
     2500, 1.7f, 7, 1.5f},
    // Cello: an octave and a half lower.
    {{{104, 14, 1.4f}, {144, 18, 0.8f}, {176, 22, 1.4f}, {219, 24, 1.5f}, {302, 22, 1.0f}, {391, 22, 0.9f}, {510, 22, 0.8f}, {660, 22, 0.7f}},
     1500, 1.9f, 7, 1.2f},
};

}  // namespace

void StringBody::choose(BodyKind kind, float sample_rate) {
  const Box& box = kBoxes[size_t(kind)];
  Random random(7 + uint32_t(kind));          // no two boxes alike, each always the same
  for (int v = 0; v < kVectors; ++v) {
    alignas(16) float step[4], damping[4], left[4], right[4];
    for (int i = 0; i < 4; ++i) {
      const int number = 4 * v + i;
      Mode mode;
      float side;
      if (number < 8) {
        mode = box.low[number];
        side = number < 2 ? 0 : 0.35f * random.bipolar();      // the lowest radiate to all sides alike
      } else {
        const float place = (float(number - 8) + 0.7f * random.unit()) / 8 - 0.5f;
        mode = {box.hill_hz * std::exp2(box.hill_octaves * place), box.hill_q * (0.7f + 0.6f * random.unit()), box.hill_gain};
        if (random.next() & 1) mode.gain = -mode.gain;
        side = 0.8f * random.bipolar();
      }
      step[i] = mode.hz > 0 ? mode.hz / sample_rate : 0.1f;
      damping[i] = mode.q > 0 ? 1 / mode.q : 1;
      left[i] = mode.gain * (1 - side) * damping[i];           // the filter's peak is Q times its band output
      right[i] = mode.gain * (1 + side) * damping[i];
    }
    coefficients_[v] = SvfCoefficients::make(f32x4::load(step), f32x4::load(damping));
    left_[v] = f32x4::load(left);
    right_[v] = f32x4::load(right);
  }
}

void StringBody::reset() {
  for (Svf4& mode : modes_) mode.clear();
}

void StringBody::render(const float* in, float* left, float* right, int frames) {
  for (int i = 0; i < frames; ++i) {
    const f32x4 force(in[i]);
    f32x4 to_left(0), to_right(0);
    for (int v = 0; v < kVectors; ++v) {
      const f32x4 band = modes_[v].tick(force, coefficients_[v]).band;
      to_left += band * left_[v];
      to_right += band * right_[v];
    }
    left[i] += sum(to_left);
    right[i] += sum(to_right);
  }
  for (Svf4& mode : modes_) mode.settle();
}

}  // namespace arietta
