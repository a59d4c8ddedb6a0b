#include "assist/features.h"

#include <algorithm>
#include <cmath>

namespace arietta {
namespace {

// Append only: the index is an input of the model.
constexpr std::string_view kTraditions[] = {
    "", "polish-archive-sacred", "polish-archive-secular", "polish-archive-other", "polish-dance", "polish-song",
    "polish-ruthenian-folk", "gregorian-chant", "western-classical", "art-song-de", "art-song-fr", "art-song-en",
    "art-song-other", "western-hymn", "popular-song-pre1930", "irish-trad"};
constexpr std::string_view kMeters[] = {"", "4/4", "3/4", "2/4", "6/8", "2/1", "2/2", "3/8", "3/2", "12/8", "9/8", "3/1", "6/4", "4/2"};
constexpr int kOtherMeter = int(std::size(kMeters));
constexpr std::string_view kModes[] = {"", "major", "minor", "dorian", "mixolydian", "phrygian", "lydian", "locrian"};
constexpr double kDensities[] = {.25, .5, .75, 1, 1.5, 2, 3, 4};   // notes a quarter

template <size_t n>
int find(const std::string_view (&names)[n], std::string_view name, int otherwise) {
  for (size_t i = 0; i < n; ++i) {
    if (names[i] == name) return int(i);
  }
  return otherwise;
}

int floor_mod(int value, int by) { return ((value % by) + by) % by; }
int floor_div(int value, int by) { return (value - floor_mod(value, by)) / by; }
int16_t& at(Step& step, StepField field) { return step[size_t(field)]; }
int16_t& at(Choice& choice, ChoiceField field) { return choice[size_t(field)]; }

constexpr double kMajorProfile[] = {6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88};
constexpr double kMinorProfile[] = {6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17};

// Pearson correlation of the profile, its tonic turned to `tonic`, with the weights.
double fit(const double (&profile)[12], const double (&weights)[12], int tonic) {
  double mean_profile = 0, mean_weight = 0, product = 0, squares = 0;
  for (int i = 0; i < 12; ++i) mean_profile += profile[i] / 12, mean_weight += weights[i] / 12;
  for (int i = 0; i < 12; ++i) {
    product += (weights[(tonic + i) % 12] - mean_weight) * (profile[i] - mean_profile);
    squares += (profile[i] - mean_profile) * (profile[i] - mean_profile);
  }
  return product / std::sqrt(squares);
}

}  // namespace

std::string_view tradition_name(int index) {
  return index >= 0 && index < int(std::size(kTraditions)) ? kTraditions[index] : std::string_view();
}

int tradition_index(std::string_view name) {
  if (name.starts_with("art-song-")) return find(kTraditions, name, find(kTraditions, "art-song-other", 0));
  return find(kTraditions, name, 0);
}

int meter_class(std::string_view meter) { return find(kMeters, meter, kOtherMeter); }
int mode_class(std::string_view mode) { return find(kModes, mode, 0); }

int density_class(double notes_per_quarter) {
  return 1 + int(std::upper_bound(std::begin(kDensities), std::end(kDensities), notes_per_quarter) - std::begin(kDensities));
}

int guess_tonic(const Melody& notes) {
  double weights[12] = {};
  for (const MelodyNote& note : notes) weights[floor_mod(note.pitch, 12)] += note.duration;
  int best = 0;
  double best_fit = -1e9;
  for (int tonic = 0; tonic < 12; ++tonic) {
    const double here = std::max(fit(kMajorProfile, weights, tonic), fit(kMinorProfile, weights, tonic));
    if (here > best_fit) best_fit = here, best = tonic;
  }
  return best;
}

int reference_pitch(int tonic, const Melody& notes) {
  if (notes.empty()) return tonic + 60;
  double sum = 0;
  for (const MelodyNote& note : notes) sum += note.pitch;
  return tonic + 12 * int(std::lround((sum / double(notes.size()) - tonic) / 12));
}

MelodyReader::MelodyReader(const MelodyPlace& place, const Melody& known, int origin)
    : place_(place),
      tonic_(place.tonic >= 0 ? place.tonic : guess_tonic(known)),
      origin_(origin),
      meter_(place.bar > 0 ? meter_class(place.meter) : 0),
      mode_(mode_class(place.mode)),
      tradition_(tradition_index(place.tradition)) {
  reference_ = reference_pitch(tonic_, known);
}

int MelodyReader::degree_of(int pitch) const { return std::clamp(pitch - reference_ + kMiddleDegree, 0, kPitchClasses - 1); }

int MelodyReader::beat_phase(int tick) const { return floor_mod(tick - place_.pickup, kMelodyQuarter); }

int MelodyReader::bar_place(int tick) const {
  if (place_.bar <= 0) return kNoBarPlace;
  return floor_mod(tick - place_.pickup, place_.bar) * kNoBarPlace / place_.bar;
}

int MelodyReader::bar_number(int tick) const {
  return place_.bar <= 0 ? kNoBarNumber : floor_mod(floor_div(tick - place_.pickup, place_.bar), kNoBarNumber);
}

int MelodyReader::remaining(int tick) const {
  if (place_.answer_end <= 0) return kOpenEnd;
  const int left = place_.answer_end - tick;
  if (left <= 0) return 0;
  return std::min(1 + left / (kMelodyQuarter / 4), kOpenEnd - 1);
}

int MelodyReader::chord_at(int tick) const {
  const auto after = std::upper_bound(place_.chords.begin(), place_.chords.end(), tick,
                                      [](int when, const MelodyChord& chord) { return when < chord.onset; });
  if (after == place_.chords.begin()) return kNoChord;
  const MelodyChord& chord = *(after - 1);
  if (tick >= chord.onset + chord.duration) return kNoChord;
  return int(chord.quality) * 12 + floor_mod(chord.root - tonic_, 12);
}

int MelodyReader::guide_at(int tick) const {
  const auto after = std::upper_bound(place_.guide.begin(), place_.guide.end(), tick,
                                      [](int when, const MelodyNote& note) { return when < note.onset; });
  if (after == place_.guide.begin() || tick >= (after - 1)->end()) return kNoGuide;
  return degree_of((after - 1)->pitch);
}

void MelodyReader::fill_place(Step& step, int onset, int end) const {
  at(step, StepField::kBeatPhase) = int16_t(beat_phase(onset));
  at(step, StepField::kBarPlace) = int16_t(bar_place(onset));
  at(step, StepField::kEndBeatPhase) = int16_t(beat_phase(end));
  at(step, StepField::kEndBarPlace) = int16_t(bar_place(end));
  at(step, StepField::kBarNumber) = int16_t(bar_number(onset));
  at(step, StepField::kMeter) = int16_t(meter_);
  at(step, StepField::kMode) = int16_t(mode_);
  at(step, StepField::kTradition) = int16_t(tradition_);
  at(step, StepField::kPart) = int16_t(place_.part);
  at(step, StepField::kDensity) = int16_t(place_.density);
  at(step, StepField::kRemaining) = int16_t(remaining(end));
  at(step, StepField::kChord) = int16_t(chord_at(end));
  at(step, StepField::kGuide) = int16_t(guide_at(end));
  at(step, StepField::kOnset) = int16_t(std::clamp(onset - origin_, -32768, 32767));
  at(step, StepField::kBarTicks) = int16_t(place_.bar > 0 ? place_.bar : 4 * kMelodyQuarter);
}

Step MelodyReader::start(int tick) const {
  Step step{};
  at(step, StepField::kRole) = int16_t(Role::kStart);
  at(step, StepField::kDegree) = kNoDegree;
  at(step, StepField::kInterval) = kNoInterval;
  at(step, StepField::kGap) = kNoGap;
  fill_place(step, tick, tick);
  return step;
}

Step MelodyReader::note(const MelodyNote& note, const MelodyNote* before, Role role) const {
  Step step{};
  at(step, StepField::kRole) = int16_t(role);
  at(step, StepField::kDegree) = int16_t(degree_of(note.pitch));
  at(step, StepField::kInterval) =
      int16_t(before ? std::clamp(note.pitch - before->pitch, -kMiddleInterval, kMiddleInterval) + kMiddleInterval : kNoInterval);
  at(step, StepField::kGap) = int16_t(before ? std::clamp(note.onset - before->end(), 0, kGapClasses - 1) : kNoGap);
  at(step, StepField::kDuration) = int16_t(std::clamp(note.duration, 1, kDurationClasses - 1));
  fill_place(step, note.onset, note.end());
  return step;
}

Choice MelodyReader::choice(int last_end, int last_degree, int gap, int duration) const {
  const int onset = last_end + gap;
  Choice choice{};
  at(choice, ChoiceField::kGap) = int16_t(std::clamp(gap, 0, kGapClasses - 1));
  at(choice, ChoiceField::kDuration) = int16_t(std::clamp(duration, 0, kDurationClasses - 1));
  at(choice, ChoiceField::kBeatPhase) = int16_t(beat_phase(onset));
  at(choice, ChoiceField::kBarPlace) = int16_t(bar_place(onset));
  at(choice, ChoiceField::kRemaining) = int16_t(remaining(onset));
  at(choice, ChoiceField::kChord) = int16_t(chord_at(onset));
  at(choice, ChoiceField::kGuide) = int16_t(guide_at(onset));
  at(choice, ChoiceField::kLastDegree) = int16_t(last_degree);
  return choice;
}

}  // namespace arietta
