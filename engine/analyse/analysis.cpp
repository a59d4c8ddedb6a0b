#include "analyse/analysis.h"

#include <algorithm>
#include <cmath>

#include "analyse/bars.h"
#include "analyse/frames.h"
#include "dsp/loudness.h"

namespace arietta {
namespace {

constexpr double kShortest_s = 0.5;            // one window of loudness
constexpr double kClearBeat = 0.72;            // noise and speech stay below, drums and bands are above
constexpr float kSounding_db = 60;             // under the loudest: before and after it nothing is tapped
constexpr float kOnsetCounts = 0.3f;           // of the usual strong one
constexpr double kNothing = 1e-9;              // mean square: -90 dBFS
constexpr int kFewestPitches = 4;              // fewer pitch classes make no key
constexpr float kPitchCounts = 0.08f;          // of the one heard most

double energy_of(const std::vector<float>& channel) {
  double sum = 0;
  for (float v : channel) sum += double(v) * double(v);
  return sum;
}

// One channel of all of them. Where the sides cancel each other, the strongest stands for all.
std::vector<float> mono_of(const Recording& recording) {
  std::vector<float> mono(recording.frames());
  double energy = 0;
  size_t strongest = 0, counted = 0;
  for (size_t c = 0; c < recording.channels.size(); ++c) {
    if (loudness_weight(int(c), int(recording.channels.size())) == 0) continue;
    const std::vector<float>& channel = recording.channels[c];
    for (size_t i = 0; i < mono.size(); ++i) mono[i] += channel[i];
    energy += energy_of(channel);
    ++counted;
    if (energy_of(channel) > energy_of(recording.channels[strongest])) strongest = c;
  }
  if (energy_of(mono) < 0.1 * energy) return recording.channels[strongest];
  for (float& v : mono) v /= float(counted);
  return mono;
}

// What is left of a channel without its mean is not even a hiss.
bool is_constant(const std::vector<float>& channel) {
  double sum = 0;
  for (float v : channel) sum += double(v);
  const double mean = sum / double(channel.size());
  double square = 0;
  for (float v : channel) square += (double(v) - mean) * (double(v) - mean);
  return square / double(channel.size()) < kNothing;
}

double brightness_of(span<const float> mono, float sample_rate) {
  Frames frames(mono, sample_rate, 0.04, 0.2);
  double amplitude = 0, moment = 0;
  for (size_t f = 0; f < frames.count(); ++f) {
    const span<const float> power = frames.power(f);
    for (size_t i = 1; i < power.size(); ++i) {
      const double a = std::sqrt(double(power[i]));
      amplitude += a;
      moment += a * double(i) * frames.bin_hz();
    }
  }
  return amplitude > 0 ? moment / amplitude : 0;
}

double onsets_per_second(const Onsets& onsets) {
  int count = 0;
  for (size_t i = 2; i + 2 < onsets.all.size(); ++i)
    if (onsets.all[i] > kOnsetCounts && onsets.all[i] == *std::max_element(&onsets.all[i - 2], &onsets.all[i + 3])) ++count;
  return onsets.all.empty() ? 0 : count * kOnsetsPerSecond / double(onsets.all.size());
}

// Beats only where something sounds.
void keep_sounding(Beats& beats, const Onsets& onsets) {
  const float loudest = *std::max_element(onsets.level_db.begin(), onsets.level_db.end());
  size_t first = onsets.level_db.size(), last = 0;
  for (size_t i = 0; i < onsets.level_db.size(); ++i)
    if (onsets.level_db[i] > loudest - kSounding_db) first = std::min(first, i), last = i;
  const double half_s = beats.tempo > 0 ? 30 / beats.tempo : 0;
  const double from_s = double(first) / kOnsetsPerSecond - half_s, to_s = double(last) / kOnsetsPerSecond + half_s;
  const auto outside = [&](double time_s) { return time_s < from_s || time_s > to_s; };
  beats.times_s.erase(std::remove_if(beats.times_s.begin(), beats.times_s.end(), outside), beats.times_s.end());
}

void add_time(Analysis& analysis, const Onsets& onsets, const Chromas& chromas) {
  Beats beats = find_beats(onsets);
  if (beats.clarity < kClearBeat) return;
  keep_sounding(beats, onsets);
  const Bars bars = find_bars(beats, onsets, chromas);
  analysis.tempo = beats.tempo;
  analysis.beats_per_bar = bars.beats;
  for (size_t i = bars.first; i < beats.times_s.size(); i += size_t(bars.beats)) analysis.downbeats_s.push_back(beats.times_s[i]);
  analysis.beats_s = std::move(beats.times_s);
}

void add_key(Analysis& analysis, const Chromas& chromas) {
  Chroma heard{};
  for (const Chroma& frame : chromas.frames)
    for (size_t i = 0; i < 12; ++i) heard[i] += frame[i];
  analysis.key = find_key(heard);
  const float most = *std::max_element(heard.begin(), heard.end());
  const auto counts = [&](float weight) { return weight > kPitchCounts * most; };
  analysis.has_key = analysis.key.certain() && std::count_if(heard.begin(), heard.end(), counts) >= kFewestPitches;
  analysis.tuning_cents = chromas.tuning_cents;
}

}  // namespace

Loudness measure_loudness(const Recording& recording) {
  std::vector<uint8_t> memory(LoudnessMeter::kArenaBytes);
  Arena arena(memory);
  LoudnessMeter meter;
  const int channels = std::min(int(recording.channels.size()), LoudnessMeter::kMaxChannels);
  if (!meter.prepare(arena, recording.sample_rate, channels)) return {kSilentLufs, 0, kSilentLufs};
  const float* at[LoudnessMeter::kMaxChannels];
  for (size_t frame = 0; frame < recording.frames(); frame += kMaxBlock) {
    for (int c = 0; c < channels; ++c) at[c] = recording.channels[size_t(c)].data() + frame;
    meter.process(at, int(std::min(recording.frames() - frame, size_t(kMaxBlock))));
  }
  return {meter.integrated_lufs(), meter.range_lu(), meter.true_peak_dbtp()};
}

Result<Analysis> analyse_recording(const Recording& recording) {
  Analysis analysis;
  analysis.seconds = double(recording.frames()) / double(recording.sample_rate);
  if (recording.frames() == 0) return Error{"This recording is empty: there is no sound in it."};
  if (analysis.seconds < kShortest_s) return Error{"This recording is shorter than half a second: too short to say anything about it."};
  analysis.loudness = measure_loudness(recording);
  if (std::all_of(recording.channels.begin(), recording.channels.end(), is_constant))
    return Error{"This recording is silent: there is nothing to hear in it."};
  if (analysis.loudness.integrated_lufs <= kSilentLufs) return Error{"This recording is too soft to be heard: all of it is below -70 LUFS."};
  const std::vector<float> mono = mono_of(recording);
  const Onsets onsets = find_onsets(mono, recording.sample_rate);
  const Chromas chromas = find_chromas(mono, recording.sample_rate);
  add_time(analysis, onsets, chromas);
  add_key(analysis, chromas);
  analysis.clues = {analysis.tempo, onsets_per_second(onsets), analysis.loudness.integrated_lufs,
                    brightness_of(mono, recording.sample_rate), !analysis.has_key ? 0.0 : analysis.key.minor ? -1.0 : 1.0};
  analysis.mood = find_mood(analysis.clues);
  return analysis;
}

}  // namespace arietta
