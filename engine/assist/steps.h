// Notes in the order the model reads them: the guide voice and what comes after the answer, a start, what comes before.
// The answer follows, one step a note.   [any]; all allocate.
#pragma once
#include <vector>

#include "assist/features.h"

namespace arietta {

inline constexpr int kMostBefore = 320, kMostAfter = 48, kMostGuide = 160;   // notes; older and later ones are not read

struct Context {
  Melody before, after, guide;
  int start = 0;                       // tick of the start step: bar line or first note, where `before` begins
};

// Keeps what the model can read: the last notes before, the first notes after.
Context trim_context(Context context);
std::vector<Step> context_steps(const MelodyReader& reader, const Context& context);

// What a training run learns from: every step and what follows it.
struct Example {
  std::vector<Step> steps;
  std::vector<Choice> choices;         // of the note after each step
  std::vector<int16_t> pitches;        // its pitch class, 0..96
  std::vector<int16_t> learned;        // 1: the note after this step is to be learned, 0: the step is only read
};
// `melody` is everything from context.start on, the answer included; context.before is not looked at.
Example make_example(const MelodyPlace& place, const Context& context, const Melody& melody);

}  // namespace arietta
