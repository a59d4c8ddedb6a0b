// bench: CPU time of each device and of a whole song, as a table and as JSON.
#include <algorithm>
#include <cstdio>
#include <ctime>

#include "host/cli.h"
#include "host/hosted_device.h"
#include "host/wave_bank.h"
#include "song/defaults.h"

namespace arietta {
namespace {

constexpr float kRate = 48000;
constexpr int kQuantum = 128;                 // frames, what browsers ask for
constexpr int kQuanta = 1500;                 // four seconds of sound in each round
constexpr int kRounds = 3;                    // the quickest counts: other work only ever adds time
constexpr int kVoicesPerDevice = 64;

struct Figure {
  std::string device;
  int voices;
  double us_per_quantum;
};

double cpu_seconds() { return double(std::clock()) / CLOCKS_PER_SEC; }

void hold_notes(Device& device, int count) {
  for (int i = 0; i < count; ++i) {
    const NoteEvent on{uint32_t(i + 1), 0.8f, NoteEventType::kNoteOn, uint8_t(36 + i), 0};
    device.notes({&on, 1});
  }
}

// An instrument with this many held notes, in as many devices as they need; an effect with a sound going through.
double us_per_quantum(DeviceKind kind, int voices, AssetView bank) {
  const bool instrument = find_device(kind)->category == Category::kInstrument;
  double best = 1e9;
  for (int round = 0; round < kRounds; ++round) {
    std::vector<HostedDevice> devices;
    for (int left = instrument ? voices : 1; left > 0; left -= kVoicesPerDevice) {
      devices.emplace_back(kind);
      if (kind == DeviceKind::soundfont) devices.back()->set_asset(bank);
      if (instrument) hold_notes(*devices.back(), std::min(left, kVoicesPerDevice));
    }
    alignas(16) float left[kMaxBlock], right[kMaxBlock];
    const double before = cpu_seconds();
    for (int block = 0; block < kQuanta * kQuantum / kMaxBlock; ++block) {
      for (int i = 0; i < kMaxBlock; ++i) left[i] = right[i] = instrument ? 0 : float((block * 7 + i * 13) % 64) / 64 - 0.5f;
      for (const HostedDevice& each : devices) each->render({left, right, kMaxBlock});
    }
    best = std::min(best, (cpu_seconds() - before) * 1e6 / kQuanta);
  }
  return best;
}

std::vector<Figure> bench_devices() {
  const std::vector<uint8_t> bank = wave_bank();
  std::vector<Figure> figures;
  for (const DeviceInfo& device : kDevices) {
    const bool holds_notes = device.kind == DeviceKind::poly_synth || device.kind == DeviceKind::soundfont;
    const std::vector<int> counts = holds_notes ? std::vector<int>{1, 16, 64, 256} : std::vector<int>{1};
    for (int voices : counts)
      figures.push_back({std::string(device.symbol), voices, us_per_quantum(device.kind, voices, bank)});
  }
  return figures;
}

struct SongFigure { double audio_s, cpu_s; };

Result<SongFigure> bench_song(const Document& song) {
  const Result<std::vector<OfflineAsset>> assets = load_sounds(song, "");
  if (!assets) return assets.error();
  const double before = cpu_seconds();
  const Result<Sound> sound = render_song(song, assets.value(), {kRate, 0});
  if (!sound) return sound.error();
  return SongFigure{double(sound.value().left.size()) / double(kRate), cpu_seconds() - before};
}

std::string json(const std::vector<Figure>& figures, const SongFigure& song) {
  char line[200];
  std::string out = "{\"sample_rate\":48000,\"quantum_frames\":128,\"devices\":[";
  for (const Figure& figure : figures) {
    std::snprintf(line, sizeof line, "%s{\"device\":\"%s\",\"voices\":%d,\"us_per_quantum\":%.3f}",
                  &figure == figures.data() ? "" : ",", figure.device.c_str(), figure.voices, figure.us_per_quantum);
    out += line;
  }
  std::snprintf(line, sizeof line, "],\"song\":{\"audio_s\":%.2f,\"cpu_s\":%.3f,\"times_real_time\":%.1f,\"cpu_ms_per_audio_s\":%.2f}}\n",
                song.audio_s, song.cpu_s, song.audio_s / song.cpu_s, 1000 * song.cpu_s / song.audio_s);
  return out + line;
}

}  // namespace

Result<bool> cli_bench(const std::vector<std::string>& words) {
  const Result<CliArgs> args = parse_args(words, {"song=", "json="}, 0, 0);
  if (!args) return args.error();
  const std::string from = args.value().option("song");
  const Result<Document> song = from.empty() ? Result<Document>(starter_song()) : load_song(from);
  if (!song) return song.error();

  const std::vector<Figure> figures = bench_devices();
  const double quantum_us = 1e6 * kQuantum / double(kRate);
  std::printf("%-12s %7s %14s %14s\n", "device", "voices", "us a quantum", "% of one core");
  for (const Figure& figure : figures)
    std::printf("%-12s %7d %14.2f %14.3f\n", figure.device.c_str(), figure.voices, figure.us_per_quantum,
                100 * figure.us_per_quantum / quantum_us);
  const Result<SongFigure> song_figure = bench_song(song.value());
  if (!song_figure) return song_figure.error();
  const SongFigure& whole = song_figure.value();
  std::printf("a song of %.1f s took %.2f s: %.0f times real time, %.1f ms of CPU per second of sound\n", whole.audio_s,
              whole.cpu_s, whole.audio_s / whole.cpu_s, 1000 * whole.cpu_s / whole.audio_s);
  const std::string file = args.value().option("json");
  if (file.empty()) return true;
  const std::string text = json(figures, whole);
  return write_file(file, {reinterpret_cast<const uint8_t*>(text.data()), text.size()});
}

}  // namespace arietta
