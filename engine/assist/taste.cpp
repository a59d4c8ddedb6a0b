#include "assist/taste.h"

#include <algorithm>
#include <bitset>

namespace arietta {
namespace {

// Allowed in any tune: of held-out tunes one in seventeen goes on with more repeats than this and than it had, one in a
// hundred with a longer run or fewer keys; of drafts it is one in eight, in thirty and in thirteen.
constexpr int kRepeats = 3, kRun = 6, kKeys = 4;
constexpr int kRest = kMelodyQuarter;
constexpr size_t kHeard = 16;                    // notes of a draft by which it is judged, and of the tune at a time

struct Habits { int repeats = 1, run = 0, keys = int(kHeard), rest = 0; };

int keys_in(const MelodyNote* notes, size_t count) {
  std::bitset<128> keys;
  for (size_t i = 0; i < count; ++i) keys.set(size_t(notes[i].pitch & 127));
  return int(keys.count());
}

Habits habits_of(const Melody& notes) {
  Habits most;
  int repeats = 1, run = 0, direction = 0;
  for (size_t i = 1; i < notes.size(); ++i) {
    const int step = notes[i].pitch - notes[i - 1].pitch, now = (step > 0) - (step < 0);
    repeats = step == 0 ? repeats + 1 : 1;
    run = now == 0 ? 0 : now == direction ? run + 1 : 1;
    direction = now;
    most.repeats = std::max(most.repeats, repeats);
    most.run = std::max(most.run, run);
    most.rest = std::max(most.rest, notes[i].onset - notes[i - 1].end());
  }
  if (notes.size() >= kHeard / 2 && notes.size() < kHeard) most.keys = keys_in(notes.data(), notes.size());
  for (size_t from = 0; from + kHeard <= notes.size(); from += kHeard / 4) most.keys = std::min(most.keys, keys_in(&notes[from], kHeard));
  return most;
}

}  // namespace

bool duller(const Melody& draft, const Melody& tune) {
  if (draft.empty() || tune.empty()) return false;
  const Melody heard(draft.begin(), draft.begin() + std::ptrdiff_t(std::min(draft.size(), kHeard)));
  const Habits usual = habits_of(tune), now = habits_of(heard);
  const int silence = std::max(now.rest, heard.front().onset - tune.back().end());
  return now.repeats > std::max(kRepeats, usual.repeats) || now.run > std::max(kRun, usual.run + 1) ||
         now.keys < std::min(kKeys, usual.keys) || silence > std::max(kRest, usual.rest);
}

}  // namespace arietta
