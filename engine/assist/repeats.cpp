#include "assist/repeats.h"

#include <algorithm>

#include "assist/features.h"

namespace arietta {
namespace {

constexpr size_t kMostAnswers = 256;

// Counts what came after every place in `corpus` that ends like `recent`, order by order, and interpolates from short to
// long. same(a, b): tokens match. answer(i): what corpus[i] answers, or -1.
template <class Same, class Answer>
int count(const Tokens& recent, const Tokens& corpus, span<float> scores, Same same, Answer answer) {
  int longest = 0;
  for (int order = 1; order <= kLongestMatch && order <= int(recent.size()); ++order) {
    std::array<uint16_t, kMostAnswers> seen{};
    int total = 0, kinds = 0;
    for (size_t i = size_t(order); i < corpus.size(); ++i) {
      bool equal = true;
      for (int k = 1; k <= order && equal; ++k) equal = same(corpus[i - size_t(k)], recent[recent.size() - size_t(k)]);
      if (!equal) continue;
      const int value = answer(i);
      if (value < 0 || value >= int(scores.size())) continue;
      kinds += seen[size_t(value)] == 0;
      if (seen[size_t(value)] < 0xffff) ++seen[size_t(value)], ++total;
    }
    if (total == 0) break;
    longest = order;
    const float all = float(total + kinds);
    for (size_t i = 0; i < scores.size(); ++i) scores[i] = (float(seen[i]) + float(kinds) * scores[i]) / all;
  }
  return longest;
}

bool same_time(const NoteToken& a, const NoteToken& b) { return a.gap == b.gap && a.duration == b.duration && a.gap >= 0; }
bool same_interval(const NoteToken& a, const NoteToken& b) { return a.interval == b.interval && a.gap >= 0; }

}  // namespace

NoteToken token_of(const MelodyNote& note, const MelodyNote& before) {
  return {int16_t(std::clamp(note.onset - before.end(), 0, kGapClasses - 1)), int16_t(std::clamp(note.duration, 1, kDurationClasses - 1)),
          int16_t(note.pitch - before.pitch)};
}

Tokens tokens_of(const Melody& melody) {
  Tokens tokens;
  for (size_t i = 1; i < melody.size(); ++i) tokens.push_back(token_of(melody[i], melody[i - 1]));
  return tokens;
}

void append_melody(Tokens& corpus, const Melody& melody) {
  const Tokens tokens = tokens_of(melody);
  corpus.push_back(kBreak);
  corpus.insert(corpus.end(), tokens.begin(), tokens.end());
}

int count_gaps(const Tokens& recent, const Tokens& corpus, span<float> scores) {
  return count(recent, corpus, scores, same_time, [&](size_t i) { return int(corpus[i].gap); });
}

int count_durations(const Tokens& recent, const Tokens& corpus, int gap, span<float> scores) {
  return count(recent, corpus, scores, same_time, [&](size_t i) { return corpus[i].gap == gap ? int(corpus[i].duration) : -1; });
}

int count_intervals(const Tokens& recent, const Tokens& corpus, int zero, span<float> scores) {
  return count(recent, corpus, scores, same_interval, [&](size_t i) { return corpus[i].gap < 0 ? -1 : int(corpus[i].interval) + zero; });
}

}  // namespace arietta
