#include "assist/steps.h"

#include <algorithm>

namespace arietta {

Context trim_context(Context context) {
  if (context.before.size() > kMostBefore) {
    context.before.erase(context.before.begin(), context.before.end() - kMostBefore);
    context.start = context.before.front().onset;
  }
  if (context.after.size() > kMostAfter) context.after.resize(kMostAfter);
  if (context.guide.size() > kMostGuide) context.guide.resize(kMostGuide);
  return context;
}

std::vector<Step> context_steps(const MelodyReader& reader, const Context& context) {
  std::vector<Step> steps;
  const auto read = [&](const Melody& notes, Role role) {
    const MelodyNote* before = nullptr;
    for (const MelodyNote& note : notes) {
      steps.push_back(reader.note(note, before, role));
      before = &note;
    }
  };
  read(context.guide, Role::kGuide);
  read(context.after, Role::kAfter);
  steps.push_back(reader.start(context.start));
  read(context.before, Role::kBefore);
  return steps;
}

Example make_example(const MelodyPlace& place, const Context& context, const Melody& melody) {
  Melody known = melody;
  known.insert(known.end(), context.after.begin(), context.after.end());
  const MelodyReader reader(place, known, context.start);
  Example example;
  Context all = context;
  all.before = melody;
  example.steps = context_steps(reader, all);
  const size_t lead = example.steps.size() - melody.size() - 1;   // guide and after
  example.steps.pop_back();                                       // nothing follows the last note
  example.choices.resize(example.steps.size());
  example.pitches.resize(example.steps.size());
  example.learned.resize(example.steps.size());
  for (size_t i = 0; i < melody.size(); ++i) {
    const int last_end = i ? melody[i - 1].end() : context.start;
    const int last_degree = i ? reader.degree_of(melody[i - 1].pitch) : kNoDegree;
    example.choices[lead + i] = reader.choice(last_end, last_degree, melody[i].onset - last_end, melody[i].duration);
    example.pitches[lead + i] = int16_t(reader.degree_of(melody[i].pitch));
    example.learned[lead + i] = 1;
  }
  return example;
}

}  // namespace arietta
