// All that can be said about a recording: tempo, beats, bars, key, loudness, mood.
// A recording of some minutes takes about a second; memory is some 40 kB per second of music.    [main]
#pragma once
#include <string>

#include "analyse/key.h"
#include "analyse/mood.h"
#include "analyse/recording.h"
#include "base/result.h"

namespace arietta {

struct Loudness {
  double integrated_lufs = 0, range_lu = 0, true_peak_dbtp = 0;
};

struct Analysis {
  double seconds = 0;
  double tempo = 0;                          // 0: nothing beats steadily
  std::vector<double> beats_s, downbeats_s;
  int beats_per_bar = 4;
  bool has_key = false;
  Key key;
  double tuning_cents = 0;                   // from A = 440 Hz
  Loudness loudness;
  MoodClues clues;
  Mood mood;
};

// Or a sentence that says why there is nothing to say: too short, or silent.
Result<Analysis> analyse_recording(const Recording& recording);

// The loudness alone.
Loudness measure_loudness(const Recording& recording);

}  // namespace arietta
