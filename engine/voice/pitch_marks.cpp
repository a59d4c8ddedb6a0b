#include "voice/pitch_marks.h"

#include <cmath>

#include "base/mathx.h"
#include "voice/correlate.h"

namespace arietta {
namespace {

constexpr float kCompared = 1.2f;          // periods: a little more than one, so that nothing of it is left out
constexpr float kSearch = 0.03f;           // of a period: vibrato and scoops change a period by less
constexpr int kLeastSearch = 2;            // frames: the tracker's own uncertainty
constexpr float kAlike = 0.3f;             // two stretches less alike than this are not one voice
constexpr float kAlikeBefore = 0.6f;       // going back into what came before a voice was noticed, one must be surer
constexpr int kMostBefore = 16;            // marks set in hindsight
constexpr float kNeeded = 2.5f;            // periods beyond what is heard: a grain's beginning and the mark after it
constexpr float kWander = 0.15f;           // of the way to where the energy is now, each period
constexpr float kMostAway = 0.5f;          // periods between a mark and the centre of its window
constexpr double kOnset = -0.02;           // of a period: the window that keeps formants best lies a little behind the centre of treble

}  // namespace

bool PitchMarks::prepare(Arena& arena) {
  marks_ = arena.array<PitchMark>(kKept);
  if (marks_.empty()) return false;
  reset();
  return true;
}

void PitchMarks::reset() {
  count_ = next_point_ = 0;
  run_ended_ = 0;
  running_ = false;
}

void PitchMarks::push(double time, float period, float centre, bool first) {
  if (!first) marks_[size_t((count_ - 1) & (kKept - 1))].period = float(time - (*this)[count_ - 1].time);
  marks_[size_t(count_++ & (kKept - 1))] = {time, period, centre, first, false};
}

// How far from `from` the sound is most like it is there, near `distance` (either way), and how alike it is.
PitchMarks::Match PitchMarks::match(const VoiceInput& input, double from, double distance, float period) const {
  const int frames = (int(kCompared * period) + 7) & ~3;
  const int reach = kLeastSearch + int(kSearch * period);
  const int64_t here = int64_t(std::floor(from)) - frames / 2;
  const int64_t shift = int64_t(std::floor(distance + 0.5));
  const float* a = input.at(here);
  const float own = dot(a, a, frames) + 1e-9f;
  constexpr int kMostLags = 256;
  float alike[kMostLags] = {};
  const int lags = 2 * reach + 1 < kMostLags ? 2 * reach + 1 : kMostLags;
  int best = 0;
  for (int i = 0; i < lags; ++i) {
    const Likeness pair = likeness(a, input.at(here + shift - reach + i), frames);
    alike[i] = pair.product / std::sqrt(own * (pair.energy + 1e-9f));
    if (alike[i] > alike[best]) best = i;
  }
  double found = double(shift) - reach + best;
  if (best > 0 && best + 1 < lags) found += double(top_between(alike[best - 1], alike[best], alike[best + 1]));
  return {found, alike[best]};
}

// How far from `near` the energy of the period around it is, on the circle that a period is.
float PitchMarks::centre_near(const VoiceInput& input, double near, float period) const {
  const int frames = int(period);
  const int64_t first = int64_t(std::floor(near - 0.5 * double(period)));
  const float* x = input.at(first - 1) + 1;    // the frame before counts too
  const float turn = 2 * kPi / period;
  const float turn_re = std::cos(turn), turn_im = std::sin(turn);
  float re = 1, im = 0, sum_re = 0, sum_im = 0;
  for (int i = 0; i < frames; ++i) {
    const float rise = x[i] - x[i - 1];      // treble dies away soonest and tells best where a period begins
    const float energy = rise * rise;
    sum_re += energy * re;
    sum_im += energy * im;
    const float next = re * turn_re - im * turn_im;
    im = re * turn_im + im * turn_re;
    re = next;
  }
  const float centre = std::atan2(sum_im, sum_re) / (2 * kPi) * period + float(double(first) - near);
  const float away = centre / period - float(kOnset);
  return (away - std::floor(away + 0.5f)) * period;
}

// The first mark of a run near the point, and in hindsight those before it.
void PitchMarks::begin(const VoiceInput& input, const PitchPoint& point, double heard) {
  double times[kMostBefore];
  times[0] = point.time + double(centre_near(input, point.time, point.period));
  int marks = 1;
  float period = point.period;
  const double floor = run_ended_ > heard ? run_ended_ : heard;
  while (marks < kMostBefore && times[marks - 1] - double(period) > floor) {
    const Match back = match(input, times[marks - 1], -double(period), period);
    if (back.likeness < kAlikeBefore) break;
    times[marks] = times[marks - 1] + back.distance;
    period = float(-back.distance);
    ++marks;
  }
  for (int i = marks - 1; i >= 0; --i) push(times[i], period, 0, i == marks - 1);
  running_ = true;
}

// One mark more. False when it cannot be said yet.
bool PitchMarks::extend(const VoiceInput& input, const PitchTrack& track, double heard) {
  PitchMark& last = marks_[size_t((count_ - 1) & (kKept - 1))];
  const double middle = last.time + 0.5 * double(last.period);
  const int64_t at = track.nearest(middle);
  const float period = track[at].period;
  if (track[at].time < middle && last.time > heard + double(kNeeded * period)) return false;
  const double needed = last.time + double(period) * (1 + 0.5 * kCompared + kSearch) + kLeastSearch + 8;
  if (track[at].voiced && needed > double(input.end())) return false;
  Match next{};
  if (track[at].voiced) next = match(input, last.time, double(period), period);
  if (!track[at].voiced || next.likeness < kAlike) {
    last.last = true;
    running_ = false;
    run_ended_ = last.time + 0.5 * double(last.period);
    return true;
  }
  const double time = last.time + next.distance;
  const float away = centre_near(input, time + double(last.centre), period);
  const float most = kMostAway * period;
  push(time, float(next.distance), clampf(last.centre + kWander * away, -most, most), false);
  return true;
}

void PitchMarks::follow(const VoiceInput& input, const PitchTrack& track, double heard) {
  if (next_point_ < track.oldest()) next_point_ = track.oldest();
  for (int round = 0; round < kMostBefore; ++round) {
    if (running_) {
      if (!extend(input, track, heard)) return;
      continue;
    }
    while (next_point_ < track.count() &&
           (!track[next_point_].voiced || track[next_point_].time < run_ended_ || track[next_point_].time < heard))
      ++next_point_;
    if (next_point_ == track.count()) return;
    const PitchPoint& point = track[next_point_];
    if (point.time + double(point.period) + 8 > double(input.end())) return;
    begin(input, point, heard);
  }
}

}  // namespace arietta
