#include "assist/truth.h"

#include "assist/shares.h"

namespace arietta {

TruthPart truth_part(const Tokens& recent, const NoteToken& truth, int part, int last_degree, int degree, span<const float> scores) {
  const auto found = [](const auto& shares, const auto& counted, int longest, int value) {
    return TruthPart{shares[size_t(value)], counted[size_t(value)], longest};
  };
  if (part == 0) {
    Shares<kGapClasses> shares(scores), counted(shares);
    const int longest = count_gaps(recent, recent, counted);
    return found(shares, counted, longest, truth.gap);
  }
  if (part == 1) {
    Shares<kDurationClasses> shares(scores), counted(shares);
    const int longest = count_durations(recent, recent, truth.gap, counted);
    return found(shares, counted, longest, truth.duration);
  }
  Shares<kPitchClasses> shares(scores), counted(shares);
  const int longest = count_intervals(recent, recent, last_degree, counted);
  return found(shares, counted, longest, degree);
}

float mixed(const TruthPart& part, const MixShares& shares) {
  const float share = shares[size_t(part.longest)];
  return part.model + share * (part.counted - part.model);
}

}  // namespace arietta
