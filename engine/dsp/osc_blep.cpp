#include "dsp/osc_blep.h"

#include "dsp/fastmath.h"

namespace arietta {

// The naive wave, kBlepDelay frames late so that a correction can begin before its edge.
template <class Draw>
void BlepLine::draw(float phase, float increment, BlepLevel level, int frames, Draw wave_at) {
  float* to = samples_ + kBlepDelay;
  const auto four = [&](int i) {
    const f32x4 frame = lane_numbers() + f32x4(float(i));
    const f32x4 size = f32x4(level.start) + f32x4(level.step) * frame;
    return wave_at(fraction(f32x4(phase) + f32x4(increment) * frame)) * size;
  };
  int i = 0;
  for (; i + 4 <= frames; i += 4) (f32x4::load(to + i) + four(i)).store(to + i);
  if (i < frames) {                                    // what lies beyond `frames` is the next block's
    const mask4 wanted = lane_numbers() < f32x4(float(frames - i));
    (f32x4::load(to + i) + select(wanted, four(i), f32x4(0))).store(to + i);
  }
}

// Adds a table row wherever the phase passes a whole number on its way to frames 1 .. `frames`.
void BlepLine::edges(Rows rows, float phase, float increment, float height, BlepLevel level, int frames) {
  const float frames_per_cycle = 1 / increment;
  const float last = phase + increment * float(frames);
  for (float whole = float(int(phase)) + 1; whole <= last; whole += 1) {
    // The first frame past the edge, by the very sum that draw() uses, so that both agree in the last bit.
    int frame = int((whole - phase) * frames_per_cycle);
    while (phase + increment * float(frame) < whole) ++frame;
    while (frame > 1 && phase + increment * float(frame - 1) >= whole) --frame;

    const float since = (phase + increment * float(frame) - whole) * frames_per_cycle;   // 0 to 1 frame
    const float place = (since < 1 ? since : 1) * (kBlepPhases - 0.001f);
    const int row = int(place);
    const f32x4 between(place - float(row)), size(height * (level.start + level.step * float(frame)));
    float* to = samples_ + frame;
    for (int tap = 0; tap < kBlepTaps; tap += 4) {
      const f32x4 residual = lerp(f32x4::load(rows[row] + tap), f32x4::load(rows[row + 1] + tap), between);
      (f32x4::load(to + tap) + residual * size).store(to + tap);
    }
  }
}

void BlepLine::saw(const BlepTable& table, float phase, float increment, BlepLevel level, int frames) {
  draw(phase, increment, level, frames, [](f32x4 p) { return p + p - f32x4(1); });
  edges(table.step, phase, increment, -2, level, frames);
}

void BlepLine::add(const BlepTable& table, Wave wave, float& phase, float increment, BlepLevel level, int frames,
                   BlepLevel width) {
  switch (wave) {
    case Wave::kSaw:
      saw(table, phase, increment, level, frames);
      break;
    case Wave::kSquare:                              // two saws half a cycle or less apart, one upside down
      saw(table, phase + width.start, increment + width.step, level, frames);
      saw(table, phase, increment, {-level.start, -level.step}, frames);
      break;
    case Wave::kTriangle:
      draw(phase, increment, level, frames, [](f32x4 p) { return f32x4(1) - f32x4(4) * abs(p - f32x4(0.5f)); });
      edges(table.kink, phase, increment, 8 * increment, level, frames);
      edges(table.kink, phase + 0.5f, increment, -8 * increment, level, frames);
      break;
    case Wave::kSine:
      draw(phase, increment, level, frames, [](f32x4 p) { return sine_of_turns(p); });
      break;
  }
  const float end = phase + increment * float(frames);
  phase = end - float(int(end));
}

}  // namespace arietta
