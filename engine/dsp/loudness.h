// How loud a sound is to a person: momentary (0.4 s), short-term (3 s) and integrated loudness in LUFS, the loudness
// range in LU and the true peak in dBTP. Streams, in memory that is taken once, however long the sound is.
// Sources: ITU-R BS.1770-4 (loudness, true peak), EBU R 128, EBU Tech 3341 (the three times), EBU Tech 3342 (range).
#pragma once
#include "base/arena.h"
#include "dsp/k_weighting.h"
#include "dsp/true_peak.h"

namespace arietta {

inline constexpr double kSilentLufs = -120;             // what a measure reads when there was nothing to measure

// What a channel counts, by its place in the usual order of files: left, right, centre, bass effects, back or side
// pairs. BS.1770 leaves the bass effects out and counts what comes from the side and behind 1.41 times.       [any]
float loudness_weight(int channel, int channels);

// How often each loudness was there, in steps of a twentieth of a LU: enough for every gate and percentile.
class LoudnessCounts {
 public:
  bool prepare(Arena& arena);                                                                    // [setup]
  void reset();                                                                                  // [audio]
  void add(double energy);                              // below -70 LUFS it is left out           [audio]

  // The mean loudness of what is less than `below_lu` under the mean of all.                    [any]
  double gated_mean_lufs(double below_lu) const;
  // From the tenth to the ninety-fifth part of the same.                                        [any]
  double spread_lu(double below_lu) const;

 private:
  static constexpr double kLowest = -70, kStep = 0.05;
  static constexpr int kSteps = 2000;                   // to +30 LUFS; louder counts as that

  int gate(double below_lu) const;

  struct Bin { double energy; uint32_t count; };
  span<Bin> bins_;
  Bin all_{};
};

class LoudnessMeter {
 public:
  static constexpr int kMaxChannels = 8;
  static constexpr size_t kArenaBytes = 80 * 1024;

  // False when the arena is full or there are too many channels.                                [setup]
  bool prepare(Arena& arena, float sample_rate, int channels);
  void reset();                                                                                  // [audio]

  // Up to kMaxBlock frames of each channel.                                                     [audio]
  void process(const float* const* channels, int frames);

  // All of them: kSilentLufs when there was nothing.                                            [any]
  double momentary_lufs() const { return lufs(momentary_); }
  double short_term_lufs() const { return lufs(short_term_); }
  double highest_momentary_lufs() const { return lufs(highest_momentary_); }
  double highest_short_term_lufs() const { return lufs(highest_short_term_); }
  double integrated_lufs() const { return integrated_.gated_mean_lufs(10); }
  double range_lu() const { return short_terms_.spread_lu(20); }
  double true_peak_dbtp() const;

 private:
  // Sums are kept for every hundredth of a second, so that the windows move in steps of that.
  static constexpr int kSlicesPerSecond = 100;
  static constexpr int kMomentarySlices = 40, kShortTermSlices = 300, kStepSlices = 10;

  static double lufs(double energy);
  void end_slice();
  double mean_of_last(int slices) const;

  double sample_rate_ = 48000;
  int channels_ = 0;
  double weight_[kMaxChannels] = {};
  KWeighting filter_[kMaxChannels];
  TruePeakMeter peak_[kMaxChannels];

  double slice_[kShortTermSlices] = {};                 // a ring of mean squares
  int64_t slices_ = 0;                                  // ended since reset
  int64_t frame_ = 0, slice_start_ = 0, slice_end_ = 0;
  double sum_ = 0;

  double momentary_ = 0, short_term_ = 0, highest_momentary_ = 0, highest_short_term_ = 0;
  LoudnessCounts integrated_, short_terms_;
};

}  // namespace arietta
