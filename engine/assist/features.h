// Notes as the numbers that the melody model reads, one step a note, and the numbers its heads read before they choose.
//
// Pitches are counted from the tonic nearest to the middle of the tune, so a tune and its transposition are the same
// numbers; times are also given as places in the bar, so that the same place in another bar looks the same. The order of
// the fields is the model's: a change needs a new model. The same code prepares training data (`studio_cli melody-steps`).
//
// All functions [any]; they allocate.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "assist/melody.h"

namespace arietta {

// What a step can be.
enum class Role : int { kStart, kBefore, kAfter, kGuide, kCount };

// Fields of a step.
enum class StepField : int {
  kRole, kDegree, kInterval, kGap, kDuration,
  kBeatPhase, kBarPlace, kEndBeatPhase, kEndBarPlace,   // where the note starts and where it ends
  kBarNumber,                                           // modulo 16, from the first bar line
  kMeter, kMode, kTradition, kPart, kDensity,           // the same in every step of a tune
  kRemaining,                                           // from the note's end to the end of the answer
  kChord, kGuide,                                       // sounding at the note's end
  kOnset, kBarTicks,                                    // ticks, for the rotary position
  kCount
};
inline constexpr int kStepFields = int(StepField::kCount);
using Step = std::array<int16_t, kStepFields>;

// Fields of a choice: what is known of the next note when a head decides. The duration head sees the gap, the pitch head
// also the duration.
enum class ChoiceField : int { kGap, kDuration, kBeatPhase, kBarPlace, kRemaining, kChord, kGuide, kLastDegree, kCount };
inline constexpr int kChoiceFields = int(ChoiceField::kCount);
using Choice = std::array<int16_t, kChoiceFields>;

// Sizes of what the heads answer, and of the inputs.
inline constexpr int kGapClasses = 97;         // ticks of rest before the note, the last: that or more
inline constexpr int kDurationClasses = 193;   // ticks, 0 is never chosen, the last: that or more
inline constexpr int kPitchClasses = 97;       // degree + 48
inline constexpr int kMiddleDegree = 48, kNoDegree = 97;
inline constexpr int kMiddleInterval = 25, kNoInterval = 51;
inline constexpr int kNoGap = 97;
inline constexpr int kNoBarPlace = 48, kNoBarNumber = 16;
inline constexpr int kNoChord = 60;
inline constexpr int kNoGuide = 97;
inline constexpr int kOpenEnd = 130;

std::string_view tradition_name(int index);    // 0 is "not known"; empty after the last
int tradition_index(std::string_view name);
int meter_class(std::string_view meter);
int mode_class(std::string_view mode);
int density_class(double notes_per_quarter);   // 1..9

// Turns the notes of one place into steps. The reference tonic is set once, from all the notes that are known.
class MelodyReader {
 public:
  // `known` is every note the model may see; it decides the reference tonic. `origin` is the tick that rotary positions
  // count from.
  MelodyReader(const MelodyPlace& place, const Melody& known, int origin);

  int reference() const { return reference_; }               // MIDI key of degree 0
  Step start(int tick) const;                                // the step before the first note
  // `before`: the note just before in the same role, or null at the start of a stretch.
  Step note(const MelodyNote& note, const MelodyNote* before, Role role) const;
  // For the note after `last`, which ends at `last_end`: filled as far as gap and duration (0 = not yet) are known.
  Choice choice(int last_end, int last_degree, int gap, int duration) const;

  int degree_of(int pitch) const;                            // 0..96
  int pitch_of(int degree) const { return reference_ + degree - kMiddleDegree; }

 private:
  int beat_phase(int tick) const;
  int bar_place(int tick) const;
  int bar_number(int tick) const;
  int remaining(int tick) const;
  int chord_at(int tick) const;
  int guide_at(int tick) const;
  void fill_place(Step& step, int onset, int end) const;

  const MelodyPlace& place_;
  int reference_ = 60, tonic_ = 0, origin_ = 0;
  int meter_ = 0, mode_ = 0, tradition_ = 0;
};

// The key a melody is most likely in: the tonic whose profile fits the time spent on each pitch class best (Krumhansl
// and Kessler, Psychological Review 89(4), 1982; the algorithm of Krumhansl and Schmuckler).
int guess_tonic(const Melody& notes);
// That tonic in the octave nearest to the mean pitch.
int reference_pitch(int tonic, const Melody& notes);

}  // namespace arietta
