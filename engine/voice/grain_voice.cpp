#include "voice/grain_voice.h"

#include <cmath>

#include "base/mathx.h"

namespace arietta {
namespace {

constexpr int kMostAtOnce = 64;         // grains laid down for one block

// How long before its place a grain begins, in frames.
double lead_of(const PitchMark& mark, float formant) {
  return double((mark.period - mark.centre) / formant);
}

// The closer the grains lie, the more of them sound at once. Single pulses far apart are not made louder for that.
float loudness(float wanted, float sung) { return std::sqrt(std::fmin(wanted / sung, 2)); }

// Length of the period around `time`, on a line through the middles of the periods: smooth, and for a mark and the half
// period after it exactly its own.
float sung_period(const PitchMarks& marks, int64_t near, double time) {
  const auto middle = [&](int64_t n) { return marks[n].time + 0.5 * double(marks[n].period); };
  const auto whole = [&](int64_t n) { return !marks[n].last && n + 1 < marks.count(); };
  const double centre = time + 0.5 * double(marks[near].period);
  int64_t n = near;
  if (middle(n) > centre && n > marks.oldest() && !marks[n].first) --n;
  if (!whole(n) || !whole(n + 1)) return marks[n].period;
  const float along = float((centre - middle(n)) / (middle(n + 1) - middle(n)));
  return lerp(marks[n].period, marks[n + 1].period, clampf(along, 0, 1));
}

}  // namespace

void GrainVoice::reset() {
  grain_count_ = 0;
  singing_ = false;
  mark_ = 0;
  place_ = last_middle_ = last_end_ = 0;
  fade_start_ = 0;
  fade_frames_ = 1;
  fade_from_ = fade_to_ = 1;
}

float GrainVoice::unsung_at(double time) const {
  const float along = clampf(float((time - fade_start_) / fade_frames_), 0, 1);
  return lerp(fade_from_, fade_to_, 0.5f - 0.5f * std::cos(kPi * along));
}

void GrainVoice::fade_unsung(double start, double frames, float to) {
  fade_from_ = unsung_at(start);
  fade_start_ = start;
  fade_frames_ = frames > 1 ? frames : 1;
  fade_to_ = to;
}

void GrainVoice::lay(const PitchMarks& marks, double place, float formant) {
  if (grain_count_ == kMaxGrains) {
    for (int i = 1; i < kMaxGrains; ++i) grains_[i - 1] = grains_[i];
    --grain_count_;
  }
  const PitchMark& mark = marks[mark_];
  // A window reaches from the middle of the window before to that of the next.
  const bool begins = mark.first || mark_ == marks.oldest(), ends = mark.last || mark_ + 1 == marks.count();
  const float before = begins ? mark.period : marks[mark_ - 1].period + mark.centre - marks[mark_ - 1].centre;
  const float after = ends ? mark.period : mark.period + marks[mark_ + 1].centre - mark.centre;
  grains_[grain_count_++].set(mark.time, place, mark.centre, before, after, formant, loudness_);
  last_middle_ = grains_[grain_count_ - 1].middle();
  last_end_ = grains_[grain_count_ - 1].ends();
  place_ = place;
}

void GrainVoice::plan(const PitchMarks& marks, int64_t start, int64_t end, PitchRule& rule, float formant) {
  for (int round = 0; round < kMostAtOnce; ++round) {
    if (!singing_) {
      if (mark_ < marks.oldest()) mark_ = marks.oldest();
      while (mark_ < marks.count() && marks[mark_].time - lead_of(marks[mark_], formant) < double(start)) ++mark_;
      if (mark_ >= marks.count()) return;
      const PitchMark& mark = marks[mark_];
      if (mark.time - lead_of(mark, formant) >= double(end)) return;
      rule.begin();
      loudness_ = loudness(rule.period(mark.time, mark.period), mark.period) * rule.gain();
      lay(marks, mark.time, formant);
      const Grain& first = grains_[grain_count_ - 1];
      fade_unsung(first.begins(), first.middle() - first.begins(), 0);
      singing_ = true;
      continue;
    }
    const float sung = sung_period(marks, mark_, place_);
    const float wanted = rule.period(place_, sung);
    const double place = place_ + double(wanted);
    if (place - lead_of(marks[mark_], formant) >= double(end)) return;
    while (!marks[mark_].last && mark_ + 1 < marks.count() &&
           std::fabs(marks[mark_ + 1].time - place) <= std::fabs(marks[mark_].time - place))
      ++mark_;
    if (marks[mark_].last && place > marks[mark_].time + 0.5 * double(marks[mark_].period)) {
      fade_unsung(last_middle_, last_end_ - last_middle_, 1);
      singing_ = false;
      ++mark_;
      continue;
    }
    loudness_ = loudness(wanted, sung) * rule.gain();
    lay(marks, place, formant);
  }
}

void GrainVoice::render(const VoiceInput& input, int64_t start, float* out, int frames, float unsung) const {
  const double end_of_fade = fade_start_ + fade_frames_;
  if (unsung > 0 && (fade_to_ > 0 || double(start) < end_of_fade)) {
    const float* x = input.at(start);
    const bool still = double(start) >= end_of_fade;
    for (int i = 0; i < frames; ++i) out[i] += unsung * (still ? fade_to_ : unsung_at(double(start + i))) * x[i];
  }
  for (int i = 0; i < grain_count_; ++i) grains_[i].add_to(out, start, frames, input);
}

void GrainVoice::retire(int64_t start) {
  int kept = 0;
  for (int i = 0; i < grain_count_; ++i)
    if (grains_[i].ends() > double(start)) grains_[kept++] = grains_[i];
  grain_count_ = kept;
}

}  // namespace arietta
