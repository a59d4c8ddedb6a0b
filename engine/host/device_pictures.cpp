#include "host/device_pictures.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "base/mathx.h"
#include "dsp/fft.h"
#include "host/hosted_device.h"
#include "host/svg_plot.h"
#include "host/wave_bank.h"
#include "params/presets.h"

namespace arietta {
namespace {

constexpr float kRate = 48000;
constexpr int kFft = 32768, kKey = 45;             // the A two octaves below concert pitch, 110 Hz
constexpr double kTau = 6.283185307179586;
constexpr size_t kMostLines = 3;
constexpr int kPoints = 240;                       // of a line: more cannot be seen

enum class View : uint8_t { kSpectrum, kResponse, kLevels, kDecay };

View view_of(DeviceKind kind) {
  switch (kind) {
    case DeviceKind::strip:
    case DeviceKind::eq:
    case DeviceKind::chorus:
    case DeviceKind::phaser:
    case DeviceKind::flanger:
    case DeviceKind::filter:
    case DeviceKind::width: return View::kResponse;
    case DeviceKind::limiter:
    case DeviceKind::compressor:
    case DeviceKind::gate: return View::kLevels;
    case DeviceKind::reverb:
    case DeviceKind::delay:
    case DeviceKind::tremolo:
    case DeviceKind::metronome:
    case DeviceKind::drum_kit:
    case DeviceKind::convolution: return View::kDecay;
    default: return View::kSpectrum;
  }
}

using Input = std::function<float(int frame)>;

struct Bench {
  HostedDevice device;
  float right_sign;                  // the width is seen in what the sides differ by
  explicit Bench(DeviceKind kind, const Preset* preset) : device(kind, {kRate}), right_sign(kind == DeviceKind::width ? -1.0f : 1.0f) {
    static const std::vector<uint8_t> bank = wave_bank();
    if (kind == DeviceKind::soundfont || kind == DeviceKind::sampler) device->set_asset(bank);
    if (preset)
      for (const PresetSetting& setting : preset->settings) device->set_param(setting.index, setting.plain);
    device->tempo(120);
    device->reset();
  }
  // The left side.
  std::vector<float> play(int frames, const Input& input) {
    std::vector<float> out;
    for (int at = 0; at < frames; at += kMaxBlock) {
      alignas(16) float left[kMaxBlock], right[kMaxBlock];
      for (int i = 0; i < kMaxBlock; ++i) {
        left[i] = input(at + i);
        right[i] = right_sign * left[i];
      }
      device->render({left, right, kMaxBlock});
      out.insert(out.end(), left, left + kMaxBlock);
    }
    return out;
  }
  void press(uint8_t key) {
    const NoteEvent on{1, 0.8f, NoteEventType::kNoteOn, key, 0};
    device->notes({&on, 1});
  }
};

float silence(int) { return 0; }
float impulse(int frame) { return frame == 0 ? 1.0f : 0.0f; }

double decibels(double v) { return 20 * std::log10(std::max(v, 1e-9)); }

// Amplitudes; a full sine reads 1 under the window, an impulse 1 without it.
std::vector<double> amplitudes(const std::vector<float>& sound, bool windowed) {
  static std::vector<uint8_t> memory(4 << 20);
  Arena arena(memory);
  RealFft fft;
  if (!fft.prepare(kFft, arena)) return {};
  std::vector<float> time(kFft), re(size_t(fft.bins())), im(size_t(fft.bins()));
  for (size_t i = 0; i < time.size() && i < sound.size(); ++i) {
    const double turn = kTau * double(i) / kFft;     // Blackman and Harris: side lobes 92 dB down
    const double window = 0.35875 - 0.48829 * std::cos(turn) + 0.14128 * std::cos(2 * turn) - 0.01168 * std::cos(3 * turn);
    time[i] = float(windowed ? sound[i] * window : sound[i]);
  }
  fft.forward(time.data(), re.data(), im.data());
  const double scale = windowed ? 2 / (0.35875 * kFft) : 1;
  std::vector<double> out;
  for (size_t i = 0; i < re.size(); ++i) out.push_back(scale * std::hypot(re[i], im[i]));
  return out;
}

// The loudest of each stretch, so that a line spectrum keeps its peaks.
PlotLine over_frequency(const std::string& name, const std::vector<double>& amplitude) {
  PlotLine line{name, {}, {}};
  const double bin = double(kRate) / kFft;
  for (int i = 0; i < kPoints; ++i) {
    const double from = 20 * std::pow(1000, double(i) / kPoints), to = 20 * std::pow(1000, double(i + 1) / kPoints);
    double most = 0;
    for (size_t k = size_t(from / bin); k <= size_t(to / bin) && k < amplitude.size(); ++k) most = std::max(most, amplitude[k]);
    line.x.push_back(std::sqrt(from * to));
    line.y.push_back(decibels(most));
  }
  return line;
}

PlotLine spectrum_line(const std::string& name, DeviceKind kind, const Preset* preset) {
  Bench bench(kind, preset);
  if (find_device(kind)->category == Category::kInstrument) bench.press(kKey);
  const bool effect = find_device(kind)->category != Category::kInstrument;
  bench.play(effect ? 24000 : 2400, effect ? Input([](int i) { return 0.5f * float(std::sin(kTau * 997 * i / double(kRate))); }) : silence);
  const auto tone = [](int i) { return 0.5f * float(std::sin(kTau * 997 * (i + 24000) / double(kRate))); };
  return over_frequency(name, amplitudes(bench.play(kFft, effect ? Input(tone) : silence), true));
}

PlotLine response_line(const std::string& name, DeviceKind kind, const Preset* preset) {
  Bench bench(kind, preset);
  return over_frequency(name, amplitudes(bench.play(kFft, impulse), false));
}

PlotLine levels_line(const std::string& name, DeviceKind kind, const Preset* preset) {
  PlotLine line{name, {}, {}};
  for (double level_db = -60; level_db <= 6; level_db += 1.5) {
    Bench bench(kind, preset);
    const double amplitude = std::pow(10, level_db / 20);
    const std::vector<float> sound = bench.play(72000, [&](int i) { return float(amplitude * std::sin(kTau * 500 * i / double(kRate))); });
    double power = 0;
    for (size_t i = sound.size() - 4800; i < sound.size(); ++i) power += double(sound[i]) * sound[i];
    line.x.push_back(level_db);
    line.y.push_back(decibels(std::sqrt(power / 2400)));
  }
  return line;
}

PlotLine decay_line(const std::string& name, DeviceKind kind, const Preset* preset) {
  constexpr int kSeconds = 2, kStretch = int(kRate) * kSeconds / kPoints;
  Bench bench(kind, preset);
  const bool steady = kind == DeviceKind::tremolo;
  if (find_device(kind)->category == Category::kInstrument) bench.press(38);
  const bool effect = find_device(kind)->category != Category::kInstrument;
  const std::vector<float> sound = bench.play(int(kRate) * kSeconds, [&](int i) {
    return !effect ? 0.0f : steady ? float(std::sin(kTau * 500 * i / double(kRate))) : i < 480 ? float(std::sin(kTau * 1000 * i / double(kRate))) : 0.0f;
  });
  PlotLine line{name, {}, {}};
  for (int i = 0; i < kPoints; ++i) {
    double power = 1e-12;
    for (int k = 0; k < kStretch; ++k) power += double(sound[size_t(i * kStretch + k)]) * sound[size_t(i * kStretch + k)];
    line.x.push_back((i + 0.5) * kSeconds / kPoints);
    line.y.push_back(decibels(std::sqrt(2 * power / kStretch)));
  }
  return line;
}

PlotLine line_of(View view, const std::string& name, DeviceKind kind, const Preset* preset) {
  switch (view) {
    case View::kSpectrum: return spectrum_line(name, kind, preset);
    case View::kResponse: return response_line(name, kind, preset);
    case View::kLevels: return levels_line(name, kind, preset);
    default: return decay_line(name, kind, preset);
  }
}

}  // namespace

std::string device_picture(DeviceKind kind) {
  const View view = view_of(kind);
  const DeviceInfo& device = *find_device(kind);
  std::vector<PlotLine> lines;
  for (const Preset& preset : all_presets())
    if (preset.device == kind && lines.size() < kMostLines) lines.push_back(line_of(view, std::string(preset.name), kind, &preset));
  if (lines.empty()) lines.push_back(line_of(view, "as it comes", kind, nullptr));
  double most = -200;
  for (const PlotLine& line : lines) most = std::max(most, *std::max_element(line.y.begin(), line.y.end()));
  if (most < -150) return "";

  const PlotAxis hertz{"Hz", 20, 20000, true, {20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000}};
  const std::string label(device.label);
  switch (view) {
    case View::kSpectrum: {
      const bool effect = device.category != Category::kInstrument;
      return svg_plot(label + (effect ? ": a tone of 997 Hz" : ": the note A, 110 Hz"), hertz,
                      {"dB", -120, 0, false, {-120, -100, -80, -60, -40, -20, 0}}, lines);
    }
    case View::kResponse:
      return svg_plot(kind == DeviceKind::width ? label + ": what the sides differ by" : label, hertz, {"dB", -30, 15, false, {-30, -20, -10, 0, 10}}, lines);
    case View::kLevels:
      return svg_plot(label, {"dB in", -60, 6, false, {-60, -50, -40, -30, -20, -10, 0}},
                      {"dB out", -60, 6, false, {-60, -40, -20, 0}}, lines);
    default:
      return svg_plot(label, {"seconds", 0, 2, false, {0, 0.5, 1, 1.5, 2}}, {"dB", -80, 0, false, {-80, -60, -40, -20, 0}}, lines);
  }
}

}  // namespace arietta
