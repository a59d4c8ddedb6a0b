#include "dsp/wave_tables.h"

#include <algorithm>
#include <cmath>
#include <complex>

#include "dsp/fft.h"

namespace arietta {
namespace {

constexpr int kPoints = 4096;                             // of the cycle that formulas draw
constexpr int kBefore = 4, kAfter = 4;                    // copies at both ends, for the cubic
constexpr float kLoudness = 0.35f;                        // RMS of every cycle: morphing does not change the level
constexpr float kHighestPeak = 1.4f;                      // spiky cycles are not as loud as the rest, rather than huge
constexpr double kTurn = 6.283185307179586;

constexpr int row_points() {
  int sum = 0;
  for (int level = 0; level < kWaveLevels; ++level) sum += kBefore + wave_points(level) + kAfter;
  return sum;
}

constexpr int level_start(int level) {
  int sum = 0;
  for (int below = 0; below < level; ++below) sum += kBefore + wave_points(below) + kAfter;
  return sum;
}

alignas(16) float memory[kWaveTables][kWaveFrames][row_points()];

int partials_of(int level) { return int(std::exp2(9 - 0.5 * level) + 0.01); }

double saw(double t) { return 2 * (t - std::floor(t)) - 1; }
double pulse(double t, double width) { return t - std::floor(t) < width ? 1 - width : -width; }
double triangle(double t) { return 1 - 4 * std::fabs(t - std::floor(t + 0.5)); }

// Resonances of a voice in Hz and their levels in dB: oo, oh, ah, eh, ee, uh. G. Peterson and H. Barney, "Control
// methods used in a study of the vowels", JASA 24 (1952), men.
struct Vowel { double hz[3], db[3]; };
constexpr Vowel kVowels[kWaveFrames] = {
    {{300, 870, 2240}, {-3, -19, -43}}, {{570, 840, 2410}, {0, -7, -34}},  {{730, 1090, 2440}, {-1, -5, -28}},
    {{530, 1840, 2480}, {-2, -17, -24}}, {{270, 2290, 3010}, {-4, -24, -28}}, {{640, 1190, 2390}, {-1, -10, -27}},
};
constexpr double kVoiceHz = 110;                          // the pitch at which the vowels are true

// Level of a partial of the voice.
double vowel(const Vowel& v, int h) {
  double gain = 0;
  for (int k = 0; k < 3; ++k) {
    const double off = (h * kVoiceHz - v.hz[k]) / (0.06 * v.hz[k] + 45);
    gain += std::pow(10, v.db[k] / 20) / (1 + off * off);
  }
  return gain;
}

double shapes(int frame, double t) {
  switch (frame) {
    case 0: return std::sin(kTurn * t);
    case 1: return triangle(t - 0.25);
    case 2: return 0.5 * triangle(t - 0.25) - 0.5 * saw(t);
    case 3: return -saw(t);
    case 4: return pulse(t, 0.5);
    default: return pulse(t, 0.2);
  }
}

// The tables that are sums of sines: vowels, metal, organ. Writes their spectrum, which for sines is negative and imaginary;
// false for the other tables.
bool add_partials(int table, int frame, span<float> im) {
  constexpr int kVowelPartials = 60, kMetalPartials = 6;
  constexpr int kPipes[] = {1, 2, 3, 4, 6, 8, 10, 12, 16};
  switch (table) {
    case 3:
      for (int h = 1; h <= kVowelPartials; ++h) im[size_t(h)] -= float(vowel(kVowels[frame], h));
      return true;
    case 4:
      for (int i = 0; i < kMetalPartials; ++i) im[size_t(1 + i * (i + 1 + frame))] -= float(std::pow(0.72, i));
      return true;
    case 5:
      for (int i = 0; i < (frame == 0 ? 1 : frame + 3); ++i) im[size_t(kPipes[i])] -= float(1 / (1 + 0.15 * i));
      return true;
    default: return false;
  }
}

// One cycle of the others, `t` in turns: shapes, pulse, sync, growl, fold.
double draw(int table, int frame, double t) {
  const double amount = double(frame) / (kWaveFrames - 1);
  switch (table) {
    case 0: return shapes(frame, t);
    case 1: return pulse(t, 0.5 - 0.45 * amount);
    case 2: return saw((1 + 4 * amount) * (t - std::floor(t)));
    case 6: return std::sin(kTurn * t + 5 * amount * std::sin(kTurn * 2 * t) + amount * std::sin(kTurn * t));
    default: return std::sin((0.6 + 5.4 * amount) * std::sin(kTurn * t) + 0.7 * amount);
  }
}

struct Builder {
  Arena arena;
  RealFft forward, back[kWaveLevels];
  span<float> time, re, im, cut_re, cut_im;

  void build(int table, int frame) {
    std::fill(re.begin(), re.end(), 0.f);
    std::fill(im.begin(), im.end(), 0.f);
    if (!add_partials(table, frame, im)) {
      for (int i = 0; i < kPoints; ++i) time[size_t(i)] = float(draw(table, frame, (i + 0.5) / kPoints));
      forward.forward(time.data(), re.data(), im.data());
    }
    align();
    for (int level = 0; level < kWaveLevels; ++level) row(table, frame, level);
  }

  // The fundamental of every cycle starts at zero and rises, so that frames add up as they morph.
  void align() {
    const std::complex<double> first(re[1], im[1]);
    const double turn = std::arg(first) + kTurn / 4;
    double energy = 0;
    for (int h = 1; h <= kMostPartials; ++h) {
      const std::complex<double> moved = std::complex<double>(re[size_t(h)], im[size_t(h)]) * std::polar(1.0, -turn * h);
      re[size_t(h)] = float(moved.real());
      im[size_t(h)] = float(moved.imag());
      energy += std::norm(moved);
    }
    const float gain = float(kLoudness / std::sqrt(2 * energy));           // every level is made by an inverse of its own size
    for (int h = 1; h <= kMostPartials; ++h) re[size_t(h)] *= gain, im[size_t(h)] *= gain;
  }

  void row(int table, int frame, int level) {
    const int points = wave_points(level), most = partials_of(level);
    for (int h = 0; h <= points / 2; ++h) {
      const bool in = h >= 1 && h <= most;
      cut_re[size_t(h)] = in ? re[size_t(h)] * float(points) : 0;
      cut_im[size_t(h)] = in ? im[size_t(h)] * float(points) : 0;
    }
    float* start = memory[table][frame] + level_start(level) + kBefore;
    back[level].inverse(cut_re.data(), cut_im.data(), time.data());
    if (level == 0) {
      float peak = 0;
      for (int i = 0; i < points; ++i) peak = std::fmax(peak, std::fabs(time[size_t(i)]));
      spike = peak > kHighestPeak ? kHighestPeak / peak : 1;
    }
    for (int i = -kBefore; i < points + kAfter; ++i) start[i] = time[size_t((i + points) % points)] * spike;
  }
  float spike = 1;
};

struct Tables : WaveTables {
  Tables() {
    alignas(16) static uint8_t room[320 * 1024];          // transforms of all sizes and the arrays between them
    Builder builder;
    builder.arena = Arena(room);
    builder.forward.prepare(kPoints, builder.arena);
    for (int level = 0; level < kWaveLevels; ++level) {
      const bool same = level > 0 && wave_points(level) == wave_points(level - 1);
      if (same) builder.back[level] = builder.back[level - 1];
      else builder.back[level].prepare(wave_points(level), builder.arena);
    }
    for (span<float>* each : {&builder.time, &builder.re, &builder.im, &builder.cut_re, &builder.cut_im})
      *each = builder.arena.array<float>(kPoints);
    for (int table = 0; table < kWaveTables; ++table)
      for (int frame = 0; frame < kWaveFrames; ++frame) builder.build(table, frame);
  }
};

}  // namespace

const float* WaveTables::cycle(int table, int frame, int level) const {
  return memory[table][frame] + level_start(level) + kBefore;
}

int WaveTables::level_for(float cycles_per_frame) {
  const float octaves = std::log2(kMostPartials * cycles_per_frame / 0.47f);
  const int level = octaves <= 0 ? 0 : int(std::ceil(2 * octaves));
  return level < kWaveLevels ? level : kWaveLevels - 1;
}

const WaveTables& wave_tables() {
  static const Tables tables;
  return tables;
}

}  // namespace arietta
