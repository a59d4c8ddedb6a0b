#include "ui/views/sound_curves.h"

#include <algorithm>
#include <cmath>

#include "params/param_map.h"
#include "ui/widgets/draw.h"

namespace arietta::ui {
namespace {

namespace synth_param = param::poly_synth;

float value(const App& app, Id synth, uint16_t index) { return app.param(synth, index); }

// A filled hill under a line. `y` gives 0 (bottom) to 1 (top) for 0 (left) to 1 (right).
template <class Y>
void hill(const Rect& r, Color tint, Y y) {
  const int points = std::max(2, int(r.w / 2));
  std::vector<ImVec2> line;
  line.reserve(size_t(points));
  for (int i = 0; i < points; ++i) {
    const float x = float(i) / float(points - 1);
    line.push_back({r.x + x * r.w, bottom(r) - std::clamp(y(x), 0.f, 1.f) * r.h});
  }
  for (size_t i = 1; i < line.size(); ++i)
    canvas()->AddQuadFilled(line[i - 1], line[i], {line[i].x, bottom(r)}, {line[i - 1].x, bottom(r)}, ink(tint, 0.16f));
  canvas()->AddPolyline(line.data(), int(line.size()), ink(tint), 0, 2);
}

void frame(const Rect& r) { fill(r, tokens().color.surface_sunken, tokens().radius); }

}  // namespace

// Two poles, as the synth's filter has: |H| of a resonant low-pass at a distance of octaves from the cutoff.
void draw_filter_curve(const App& app, const Rect& r, Id synth, Color tint) {
  frame(r);
  const float cutoff = std::max(20.f, value(app, synth, synth_param::cutoff_hz));
  const float damping = 2 - 1.9f * value(app, synth, synth_param::resonance);
  const Clip clip(r);
  hill(inset(r, 0, tokens().space_1), tint, [&](float x) {
    const float hz = 20 * std::pow(1000.f, x), ratio = hz / cutoff, square = ratio * ratio;
    const float gain = 1 / std::sqrt((1 - square) * (1 - square) + damping * damping * square);
    return (20 * std::log10(gain) + 36) / 60;            // -36 to +24 dB
  });
}

void draw_envelope(const App& app, const Rect& r, Id synth, Color tint) {
  frame(r);
  // Square roots, so that a click and a slow swell both have room.
  const float attack = std::sqrt(value(app, synth, synth_param::attack_s)), decay = std::sqrt(value(app, synth, synth_param::decay_s));
  const float release = std::sqrt(value(app, synth, synth_param::release_s)), sustain = value(app, synth, synth_param::sustain);
  const float held = 0.6f, all = attack + decay + held + release;
  const Clip clip(r);
  hill(inset(r, tokens().space_2, tokens().space_1), tint, [&](float x) {
    const float at = x * all;
    if (at < attack) return at / attack * 0.95f;
    if (at < attack + decay) return 0.95f * (sustain + (1 - sustain) * std::exp(-4 * (at - attack) / decay));
    if (at < attack + decay + held) return 0.95f * sustain;
    return 0.95f * sustain * std::exp(-4 * (at - attack - decay - held) / release);
  });
}

void draw_wave(const Rect& r, int shape, Color color) {
  // Corners of one period, 0 to 1 across and -1 to 1 up.
  static const std::vector<ImVec2> kCornered[] = {
      {{0, 0}, {0.5f, 1}, {0.5f, -1}, {1, 0}},
      {{0, -1}, {0, 1}, {0.5f, 1}, {0.5f, -1}, {1, -1}, {1, 1}},
      {{0, 0}, {0.25f, 1}, {0.75f, -1}, {1, 0}},
  };
  std::vector<ImVec2> line;
  if (shape < 3) line = kCornered[shape];
  for (int i = 0; shape == 3 && i <= 32; ++i) line.push_back({float(i) / 32, std::sin(float(i) / 32 * 6.2831853f)});
  for (ImVec2& at : line) at = {r.x + at.x * r.w, r.y + r.h / 2 - at.y * r.h / 2};
  canvas()->AddPolyline(line.data(), int(line.size()), ink(color), 0, 2);
}

}  // namespace arietta::ui
