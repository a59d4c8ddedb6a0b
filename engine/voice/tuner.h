// Brings a sung pitch to the notes of a scale: how far, how soon, with or without its vibrato; and from there to another
// note of the scale, for harmonies.
// Pitches in semitones as MIDI counts them (69 is 440 Hz), times in frames with fractions.
#pragma once
#include "base/random.h"
#include "voice/grain_voice.h"

namespace arietta {

inline constexpr uint16_t kEveryNote = 0xfff;

// Twelve notes of which some belong: bit 0 is C, bit 9 is A.
struct TuneNotes {
  uint16_t mask = kEveryNote;

  bool has(int key) const { return mask >> ((key % 12 + 12) % 12) & 1; }
  // The nearest note that belongs, the lower of two; `key` itself when none does.               [any]
  int nearest(float key) const;
  // `steps` notes of the scale above (or below) `key`, which belongs.                           [any]
  int step(int key, int steps) const;
};

struct Tuning {
  TuneNotes notes;
  float amount = 1;        // 0 leaves the pitch, 1 brings it all the way
  float speed_s = 0;       // after this time about two thirds of the way are done; 0: at once
  float vibrato = 0;       // how much of the movement around the note is kept: 0 none, 1 all
  float humanise = 0;      // 0 to 1: up to a seventh of a semitone of slow wandering
  int steps = 0;           // of the scale, from the note sung to the note wanted
  float shift = 0;         // semitones, after all this
};

class Tuner final : public PitchRule {
 public:
  void prepare(float sample_rate, uint32_t seed) { sample_rate_ = sample_rate; seed_ = seed; reset(); }   // [setup]
  void reset();                                                                                  // [audio]
  void set(const Tuning& tuning) { tuning_ = tuning; }                                           // [audio]

  void begin() override { fresh_ = true; }
  float period(double time, float sung) override;

  // The note the voice is brought to; before `shift`.                                           [audio]
  int target() const { return target_; }

 private:
  void choose(float middle);
  float wander(float passed_s);

  Tuning tuning_;
  float sample_rate_ = 48000;
  uint32_t seed_ = 1;
  Random random_{1};
  bool fresh_ = true;            // nothing is known of the note that begins
  double time_ = 0;
  float middle_ = 0;             // of the vibrato
  float age_s_ = 0;              // of the note
  int nearest_ = 69, target_ = 69;
  float tuned_ = 0;              // semitones, as far as the correction has come
  float wander_ = 0, wander_to_ = 0, wander_left_s_ = 0;
};

}  // namespace arietta
