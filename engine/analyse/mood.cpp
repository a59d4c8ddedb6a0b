#include "analyse/mood.h"

#include <algorithm>
#include <cmath>

namespace arietta {
namespace {

// -1 at `low` and below, 1 at `high` and above, even steps of ratio in between.
double by_ratio(double value, double low, double high) {
  if (value <= 0) return 0;
  return std::clamp(2 * std::log(value / low) / std::log(high / low) - 1, -1.0, 1.0);
}

constexpr double kUndecided = 0.12;        // this near to the middle no word is right

}  // namespace

Mood find_mood(const MoodClues& clues) {
  const double tempo = by_ratio(clues.tempo, 60, 160);
  const double density = by_ratio(clues.onsets_per_s, 1, 8);
  const double loudness = std::clamp((clues.loudness_lufs + 18) / 12, -1.0, 1.0);
  const double brightness = by_ratio(clues.brightness_hz, 600, 4000);
  Mood mood;
  mood.energy = (tempo + density + loudness + brightness) / 4;
  mood.cheer = 0.6 * clues.mode + 0.25 * tempo + 0.15 * brightness;
  if (std::fabs(mood.energy) < kUndecided && std::fabs(mood.cheer) < kUndecided) mood.word = "neutral";
  else if (mood.cheer >= 0) mood.word = mood.energy >= 0 ? "happy" : "calm";
  else mood.word = mood.energy >= 0 ? "tense" : "sad";
  return mood;
}

}  // namespace arietta
