// What else becomes of a voice than being tuned: one note for ever, or none.
// Periods in frames.
#pragma once
#include "base/random.h"
#include "voice/grain_voice.h"

namespace arietta {

// Everything on one note: a robot.
class OneNote final : public PitchRule {
 public:
  void set(float hz, float sample_rate) { period_ = sample_rate / hz; }                          // [audio]
  float period(double, float) override { return period_; }

 private:
  float period_ = 100;
};

// Pulses at random times, up or down: their spectrum is noise with the vowel's formants. A whisper.
class NoNote final : public PitchRule {
 public:
  void set(float sample_rate) { middle_ = kSeconds * sample_rate; }                              // [setup]
  void reset() { random_ = Random(7); }                                                          // [audio]
  float period(double, float) override { return middle_ * (1 + 0.8f * random_.bipolar()); }
  float gain() override { return random_.next() & 1 ? 1.0f : -1.0f; }

 private:
  static constexpr float kSeconds = 0.002f;      // close enough not to crackle, far enough to be cheap
  Random random_{7};
  float middle_ = 96;
};

}  // namespace arietta
