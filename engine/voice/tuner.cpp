#include "voice/tuner.h"

#include <cmath>

#include "base/mathx.h"

namespace arietta {
namespace {

constexpr float kMiddleSeconds = 0.12f;      // slower than any vibrato (4 to 7 Hz), quicker than most notes
constexpr float kFirstSeconds = 0.008f;      // at the beginning of a note, when it is still on its way
constexpr float kLeap = 0.8f;                // semitones: no vibrato, another note
constexpr float kHold = 0.04f;               // semitones beyond the border before another note is taken for meant
constexpr float kWanderSeconds = 0.35f;      // from one place of the wandering to the next
constexpr float kWanderSemitones = 0.14f;
constexpr float kGapSeconds = 0.08f;         // without a period: what comes then is a new note

// The share of a way that is left after a time, with that time constant.
float left_after(float passed_s, float constant_s) { return constant_s > 1e-4f ? std::exp(-passed_s / constant_s) : 0; }

}  // namespace

int TuneNotes::nearest(float key) const {
  const int middle = int(std::floor(key + 0.5f));
  int best = middle;
  float least = 1e9f;
  for (int candidate = middle - 11; candidate <= middle + 11; ++candidate) {
    const float away = std::fabs(key - float(candidate));
    if (!has(candidate) || away >= least) continue;
    least = away;
    best = candidate;
  }
  return best;
}

int TuneNotes::step(int key, int steps) const {
  if ((mask & kEveryNote) == 0) return key;
  const int way = steps < 0 ? -1 : 1;
  for (int left = steps * way; left > 0; --left)
    do key += way;
    while (!has(key));
  return key;
}

void Tuner::reset() {
  random_ = Random(seed_);
  fresh_ = true;
  time_ = 0;
  middle_ = age_s_ = 0;
  nearest_ = target_ = 69;
  tuned_ = wander_ = wander_to_ = wander_left_s_ = 0;
}

// Stays with its note until the middle of the voice is nearer to another.
void Tuner::choose(float middle) {
  const int nearest = tuning_.notes.nearest(middle);
  const bool holds = !fresh_ && tuning_.notes.has(nearest_) &&
                     std::fabs(middle - float(nearest_)) < std::fabs(middle - float(nearest)) + 2 * kHold;
  if (!holds) nearest_ = nearest;
  target_ = tuning_.notes.step(nearest_, tuning_.steps);
}

// A smooth way between random places.
float Tuner::wander(float passed_s) {
  wander_left_s_ -= passed_s;
  if (wander_left_s_ <= 0) {
    wander_left_s_ = kWanderSeconds;
    wander_to_ = kWanderSemitones * random_.bipolar();
  }
  wander_ += (wander_to_ - wander_) * (1 - left_after(passed_s, 0.5f * kWanderSeconds));
  return tuning_.humanise * wander_;
}

float Tuner::period(double time, float sung) {
  const float key = 69 + 12 * std::log2(sample_rate_ / (sung * 440));
  const float passed_s = float(time - time_) / sample_rate_;
  time_ = time;
  if (passed_s < 0 || passed_s > kGapSeconds) fresh_ = true;
  if (fresh_ || std::fabs(key - middle_) > kLeap) {
    middle_ = key;
    age_s_ = 0;
  } else {
    age_s_ += passed_s;
    middle_ = key + (middle_ - key) * left_after(passed_s, clampf(0.5f * age_s_, kFirstSeconds, kMiddleSeconds));
  }
  choose(middle_);

  const float off = float(nearest_) + tuning_.vibrato * (key - middle_) - key;
  const float from = fresh_ ? 0 : tuned_;
  tuned_ = tuning_.amount * off;
  tuned_ += (from - tuned_) * left_after(passed_s, tuning_.speed_s);
  fresh_ = false;
  const float higher = tuned_ + float(target_ - nearest_) + wander(passed_s) + tuning_.shift;
  return sung * std::exp2(-higher / 12);
}

}  // namespace arietta
