#include "voice/pitch_tracker.h"

#include <cmath>

#include "base/mathx.h"
#include "voice/correlate.h"

namespace arietta {
namespace {

constexpr float kSlowRate = 12000;        // enough for periods to a cent or so; marks are placed at the full rate
constexpr float kCutoffHz = 2200;         // the harmonics that carry pitch; breath and hiss lie above
constexpr int kLowpassTaps = 16;          // times the decimation: stop band from 4.3 kHz on
constexpr float kHopSeconds = 0.0025f;    // about a quantum, so that each has the same work
constexpr float kWindowSeconds = 0.010f;  // the shortest stretch compared: noise of 10 dB still leaves a clear peak
constexpr float kTrackSeconds = 0.5f;     // how much of the track readers may look back on

// Boersma's costs are for frames of 10 ms.
constexpr float kCostSeconds = 0.01f;
constexpr float kOctaveCost = 0.02f;      // prefers the shorter of two periods that fit alike
constexpr float kLeapCost = 0.35f;        // an octave up or down from one frame to the next
constexpr float kChangeCost = 0.10f;      // between voice and none
constexpr float kTypicalOctave = 6;       // of a period in slow frames: 64
constexpr float kNoVoice = 0.60f;         // what noise is worth: less periodic than this is not sung

// A window that reaches back still sees the end of a note when there is nothing more of it.
constexpr float kEndedBelow = 1e-3f;      // -30 dB under what sounded of late
constexpr float kFadePerSecond = 1e-10f;  // 100 dB a second: reverberation is slower, a singer's end of a note faster

}  // namespace

bool PitchTracker::prepare(float sample_rate, const TrackerOptions& options, Arena& arena) {
  every_ = int(sample_rate / kSlowRate);
  if (every_ < 1) every_ = 1;
  const float slow_rate = sample_rate / float(every_);
  const int longest = int(slow_rate / options.lowest_hz) + 1;
  const int shortest = int(slow_rate / options.highest_hz) > 4 ? int(slow_rate / options.highest_hz) : 4;
  hop_ = int(kHopSeconds * slow_rate);
  ahead_ = int(options.ahead_s * slow_rate);
  wait_ = int(options.settle_s / kHopSeconds);
  const int taps = kLowpassTaps * every_;
  latency_ = (ahead_ + (wait_ + 1) * hop_) * every_ + taps / 2;
  const float hop_s = float(hop_) / slow_rate;
  change_cost_ = kChangeCost * kCostSeconds / hop_s;
  leap_cost_ = kLeapCost * kCostSeconds / hop_s;
  forget_ = std::pow(kFadePerSecond, hop_s);

  if (!input_.prepare(arena, taps + kMaxBlock) || !slow_.prepare(arena, 3 * longest + ahead_ + 2 * hop_)) return false;
  if (!finder_.prepare(arena, shortest, longest, int(kWindowSeconds * slow_rate))) return false;
  if (!track_.prepare(arena, int(kTrackSeconds / kHopSeconds) + wait_)) return false;
  steps_ = arena.array<Step>(size_t(wait_ + 1));
  lowpass_ = arena.array<float>(size_t(taps));
  if (steps_.empty() || lowpass_.empty()) return false;
  float total = 0;
  for (int i = 0; i < taps; ++i) {        // a sinc under Blackman's window
    const float t = float(i) - 0.5f * float(taps - 1), turn = float(i) / float(taps - 1);
    const float x = 2 * kPi * kCutoffHz / sample_rate * t;
    const float window = 0.42f - 0.5f * std::cos(2 * kPi * turn) + 0.08f * std::cos(4 * kPi * turn);
    lowpass_[size_t(i)] = (std::fabs(x) < 1e-6f ? 1 : std::sin(x) / x) * window;
    total += lowpass_[size_t(i)];
  }
  for (float& tap : lowpass_) tap /= total;
  reset();
  return true;
}

void PitchTracker::reset() {
  input_.reset();
  slow_.reset();
  track_.reset();
  step_count_ = 0;
  loudness_ = 0;
  next_slow_ = every_;
  next_frame_ = ahead_ + hop_;
}

void PitchTracker::write(const float* samples, int frames) {
  const int taps = int(lowpass_.size());
  for (int i = 0; i < frames; ++i) {
    input_.push(samples[i]);
    if (input_.end() < next_slow_) continue;
    next_slow_ += every_;
    slow_.push(dot(lowpass_.data(), input_.at(input_.end() - taps), taps));
    if (slow_.end() < next_frame_) continue;
    next_frame_ += hop_;
    take_frame();
  }
}

void PitchTracker::take_frame() {
  const int64_t centre = slow_.end() - ahead_;
  Step& step = steps_[size_t(step_count_ % int64_t(steps_.size()))];
  const Step* before = step_count_ > 0 ? &steps_[size_t((step_count_ - 1) % int64_t(steps_.size()))] : nullptr;
  Step fresh;
  finder_.find(slow_, centre, fresh.candidates);
  fresh.ended = died_away(centre, fresh.candidates);
  fresh.time = double(centre) * every_ + (every_ - 1) - 0.5 * double(lowpass_.size() - 1);
  join(fresh, before);
  step = fresh;
  ++step_count_;
  if (step_count_ > wait_) settle();
}

// Whether the period that begins here is much fainter than what was before.
bool PitchTracker::died_away(int64_t centre, const PeriodCandidates& candidates) {
  loudness_ *= forget_;
  if (candidates.count == 0) return true;
  int frames = (int(candidates.list[0].period) + 4) & ~3;
  if (frames > ahead_) frames = ahead_ & ~3;
  const float* x = slow_.at(centre);
  const float loudness = dot(x, x, frames) / float(frames);
  if (loudness > loudness_) loudness_ = loudness;
  return loudness < kEndedBelow * loudness_;
}

// The best way to each state of this step.
void PitchTracker::join(Step& step, const Step* before) const {
  const int count = step.candidates.count;
  for (int state = 0; state < kStates; ++state) {
    step.score[state] = -1e9f;
    step.from[state] = int8_t(kStates - 1);
    if (state >= count && state < kStates - 1) continue;
    const bool voiced = state < kStates - 1;
    const PeriodCandidate* here = voiced ? &step.candidates.list[state] : nullptr;
    const float alike = voiced ? (step.ended ? 0 : here->strength) - kOctaveCost * std::log2(here->period) : 0;
    const float own = voiced ? alike : kNoVoice - kOctaveCost * kTypicalOctave;
    if (!before) {
      step.score[state] = own;
      continue;
    }
    for (int from = 0; from < kStates; ++from) {
      if (from >= before->candidates.count && from < kStates - 1) continue;
      const bool was_voiced = from < kStates - 1;
      float cost = 0;
      if (voiced != was_voiced) cost = change_cost_;
      else if (voiced) cost = leap_cost_ * std::fabs(std::log2(here->period / before->candidates.list[from].period));
      const float score = before->score[from] - cost;
      if (score <= step.score[state]) continue;
      step.score[state] = score;
      step.from[state] = int8_t(from);
    }
    step.score[state] += own;
  }
  float best = step.score[kStates - 1];
  for (int state = 0; state < count; ++state) best = step.score[state] > best ? step.score[state] : best;
  for (float& score : step.score) score -= best;      // sums must not grow for ever
}

// Walks back from the best end and says what the oldest step was.
void PitchTracker::settle() {
  const auto at = [&](int64_t number) -> const Step& { return steps_[size_t(number % int64_t(steps_.size()))]; };
  int64_t number = step_count_ - 1;
  int state = 0;
  for (int i = 1; i < kStates; ++i)
    if (at(number).score[i] > at(number).score[state]) state = i;
  for (int i = 0; i < wait_; ++i) state = at(number--).from[state];
  const Step& step = at(number);
  PitchPoint point{step.time, 0, 0, state < kStates - 1};
  if (!point.voiced) {                  // the likeliest of the voices it is not; else the last there was
    int likely = 0;
    for (int i = 1; i < step.candidates.count; ++i)
      if (step.score[i] > step.score[likely]) likely = i;
    if (step.candidates.count > 0) state = likely;
    else if (track_.count() > 0) point.period = track_[track_.count() - 1].period;
  }
  if (state < kStates - 1) {
    point.period = step.candidates.list[state].period * float(every_);
    point.strength = step.candidates.list[state].strength;
  }
  track_.push(point);
}

}  // namespace arietta
