#include "ui/theme/tokens.h"

#include <algorithm>
#include <cmath>

namespace arietta::ui {
namespace {

struct Rgb { double r, g, b; };

double to_linear(double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); }
double to_srgb(double v) { return v <= 0.0031308 ? v * 12.92 : 1.055 * std::pow(v, 1 / 2.4) - 0.055; }

// OKLCH to linear sRGB. Source: Björn Ottosson, "A perceptual color space for image processing" (2020).
Rgb from_oklch(double lightness, double chroma, double hue_degrees) {
  const double h = hue_degrees * 3.14159265358979 / 180;
  const double a = chroma * std::cos(h), b = chroma * std::sin(h);
  const double l = std::pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
  const double m = std::pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
  const double s = std::pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3);
  return {4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
          -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
          -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s};
}

bool shown_by_screens(const Rgb& c) {
  const auto inside = [](double v) { return v >= 0 && v <= 1; };
  return inside(c.r) && inside(c.g) && inside(c.b);
}

// The colour with this lightness and hue; less chroma where a screen cannot show it, never another lightness.
Color oklch(double lightness, double chroma, double hue_degrees) {
  Rgb c = from_oklch(lightness, chroma, hue_degrees);
  while (chroma > 0 && !shown_by_screens(c)) c = from_oklch(lightness, chroma -= 0.005, hue_degrees);
  const auto byte = [](double v) { return Color(std::lround(255 * to_srgb(std::clamp(v, 0.0, 1.0)))); };
  return byte(c.r) << 24 | byte(c.g) << 16 | byte(c.b) << 8 | 0xff;
}

// Red for C through yellow, green and blue to pink for B, as on the coloured bars and tubes of music class.
void paint_pitches(Palette& p, double lightness, double chroma) {
  constexpr double kHueOfC = 22;
  for (int pc = 0; pc < 12; ++pc) p.pitch[pc] = oklch(lightness, chroma, kHueOfC + 30 * pc);
  constexpr double kTrackHues[8] = {55, 200, 340, 140, 265, 20, 95, 305};   // far apart for neighbours in the list
  for (int i = 0; i < 8; ++i) p.track[i] = oklch(lightness, chroma, kTrackHues[i]);
}

Palette dark() {
  Palette p{};
  p.background = 0x18151cff, p.surface = 0x221e28ff, p.surface_raised = 0x2f2a37ff, p.surface_sunken = 0x121015ff;
  p.line = 0x383241ff, p.line_strong = 0x857b91ff;
  p.text = 0xf5f0eaff, p.text_soft = 0xb8aebfff, p.text_on_accent = 0x23150cff;
  p.accent = 0xffb376ff, p.accent_soft = 0x4b3529ff;
  p.danger = 0xff8178ff, p.good = 0x83d9a4ff, p.warning = 0xffd06eff, p.focus_ring = 0x8fd3ffff;
  p.grid_bar = 0x5b5266ff, p.grid_beat = 0x39333fff, p.grid_step = 0x29242eff;
  p.grid_black_key = 0x1b181fff, p.grid_out_of_scale = 0x151218ff;
  p.playhead = 0xffe6cbff, p.selection = 0xffffffff, p.ghost = 0xffffff30;
  p.key_white = 0xefe8e0ff, p.key_black = 0x2b2631ff, p.key_down = 0xffb376ff;
  p.meter_low = 0x83d9a4ff, p.meter_mid = 0xffd06eff, p.meter_high = 0xff8178ff;
  paint_pitches(p, 0.78, 0.125);
  return p;
}

Palette light() {
  Palette p{};
  p.background = 0xf4eee6ff, p.surface = 0xfffaf4ff, p.surface_raised = 0xffffffff, p.surface_sunken = 0xe9e1d6ff;
  p.line = 0xddd2c5ff, p.line_strong = 0x85796fff;
  p.text = 0x2a2430ff, p.text_soft = 0x5f5667ff, p.text_on_accent = 0xffffffff;
  p.accent = 0xa44517ff, p.accent_soft = 0xf9dfcdff;
  p.danger = 0xb3261eff, p.good = 0x1b7445ff, p.warning = 0x845400ff, p.focus_ring = 0x0b62bcff;
  p.grid_bar = 0xb3a698ff, p.grid_beat = 0xd8cdc0ff, p.grid_step = 0xe9e1d6ff;
  p.grid_black_key = 0xf3ece3ff, p.grid_out_of_scale = 0xebe2d7ff;
  p.playhead = 0x7a2f0bff, p.selection = 0x2a2430ff, p.ghost = 0x2a243030;
  p.key_white = 0xffffffff, p.key_black = 0x3a333fff, p.key_down = 0xd9753fff;
  p.meter_low = 0x2b8f59ff, p.meter_mid = 0xa87200ff, p.meter_high = 0xb3261eff;
  paint_pitches(p, 0.55, 0.14);
  return p;
}

Palette high_contrast() {
  Palette p{};
  p.background = 0x000000ff, p.surface = 0x000000ff, p.surface_raised = 0x1a1a1aff, p.surface_sunken = 0x000000ff;
  p.line = 0xa0a0a0ff, p.line_strong = 0xffffffff;
  p.text = 0xffffffff, p.text_soft = 0xffffffff, p.text_on_accent = 0x000000ff;
  p.accent = 0xffd800ff, p.accent_soft = 0x3d3400ff;
  p.danger = 0xff9a94ff, p.good = 0x6cff9fff, p.warning = 0xffd800ff, p.focus_ring = 0x4fe3ffff;
  p.grid_bar = 0xffffffff, p.grid_beat = 0x8c8c8cff, p.grid_step = 0x4a4a4aff;
  p.grid_black_key = 0x141414ff, p.grid_out_of_scale = 0x262626ff;
  p.playhead = 0xffffffff, p.selection = 0xffffffff, p.ghost = 0xffffff60;
  p.key_white = 0xffffffff, p.key_black = 0x000000ff, p.key_down = 0xffd800ff;
  p.meter_low = 0x6cff9fff, p.meter_mid = 0xffd800ff, p.meter_high = 0xff9a94ff;
  paint_pitches(p, 0.85, 0.13);
  return p;
}

double luminance(Color c) {
  const auto part = [&](int shift) { return to_linear(double(c >> shift & 0xff) / 255); };
  return 0.2126 * part(24) + 0.7152 * part(16) + 0.0722 * part(8);
}

}  // namespace

const Palette& palette(ThemeName name) {
  static const Palette kDark = dark(), kLight = light(), kHighContrast = high_contrast();
  switch (name) {
    case ThemeName::kLight: return kLight;
    case ThemeName::kHighContrast: return kHighContrast;
    case ThemeName::kDark: break;
  }
  return kDark;
}

Tokens& tokens_for_theme() {
  static Tokens current = [] {
    Tokens t;
    t.color = palette(ThemeName::kDark);
    return t;
  }();
  return current;
}

const Tokens& tokens() { return tokens_for_theme(); }

double contrast(Color one, Color other) {
  const double a = luminance(one), b = luminance(other);
  return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

}  // namespace arietta::ui
