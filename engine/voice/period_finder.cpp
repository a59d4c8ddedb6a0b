#include "voice/period_finder.h"

#include <cmath>

#include "voice/correlate.h"

namespace arietta {
namespace {

constexpr float kSilence = 3e-4f;          // -70 dBFS: fainter sound counts as noise of the converter
constexpr float kLeastStrength = 0.3f;     // no voice is noisier than that and still sung

// Of equals the shorter period is meant: every multiple of a period is a period too.
constexpr float kPerOctave = 0.02f;

float worth(const PeriodCandidate& candidate) { return candidate.strength - kPerOctave * std::log2(candidate.period); }

void keep(PeriodCandidates& found, const PeriodCandidate& candidate) {
  const float value = worth(candidate);
  int place = found.count;
  while (place > 0 && worth(found.list[place - 1]) < value) --place;
  if (place == kMaxCandidates) return;
  if (found.count < kMaxCandidates) ++found.count;
  for (int i = found.count - 1; i > place; --i) found.list[i] = found.list[i - 1];
  found.list[place] = candidate;
}

}  // namespace

bool PeriodFinder::prepare(Arena& arena, int shortest, int longest, int window) {
  shortest_ = shortest;
  longest_ = longest;
  window_ = window;
  alike_ = arena.array<float>(size_t(longest - shortest + 3));
  energy_ = arena.array<float>(size_t((longest > window ? longest : window) + longest + 8));
  return !alike_.empty() && !energy_.empty();
}

void PeriodFinder::correlate(const VoiceInput& input, int64_t centre) {
  const auto frames_of = [&](int lag) { return ((lag > window_ ? lag : window_) + 3) & ~3; };
  const int widest = frames_of(longest_ + 1) + longest_ + 1;
  int64_t first = centre - widest / 2;
  if (first + widest > input.end()) first = input.end() - widest;
  const float* x = input.at(first);
  double sum = 0;                        // a float would lose what follows a loud moment
  energy_[0] = 0;
  for (int i = 0; i < widest; ++i) {
    sum += double(x[i]) * x[i];
    energy_[size_t(i + 1)] = float(sum);
  }
  for (int lag = shortest_ - 1; lag <= longest_ + 1; ++lag) {
    const int frames = frames_of(lag);
    int64_t start = centre - (frames + lag) / 2;
    if (start + frames + lag > input.end()) start = input.end() - frames - lag;
    const size_t at = size_t(start - first);
    const float product = dot(x + at, x + at + lag, frames);
    const float floor = float(frames) * kSilence * kSilence;
    const float before = energy_[at + size_t(frames)] - energy_[at] + floor;
    const float after = energy_[at + size_t(lag + frames)] - energy_[at + size_t(lag)] + floor;
    alike_[size_t(lag - shortest_ + 1)] = product / std::sqrt(before * after);
  }
}

void PeriodFinder::find(const VoiceInput& input, int64_t centre, PeriodCandidates& found) {
  correlate(input, centre);
  found.count = 0;
  for (size_t i = 1; i + 1 < alike_.size(); ++i) {
    const float here = alike_[i];
    if (here < kLeastStrength || here < alike_[i - 1] || here <= alike_[i + 1]) continue;
    const float off = top_between(alike_[i - 1], here, alike_[i + 1]);
    const float top = here - 0.25f * (alike_[i - 1] - alike_[i + 1]) * off;
    const PeriodCandidate candidate{float(shortest_ - 1 + int(i)) + off, top < 1 ? top : 1};
    keep(found, candidate);
  }
}

}  // namespace arietta
