#include "ui/voice_take.h"

#include <algorithm>
#include <cmath>

namespace arietta::ui {
namespace {

// Reports are exact; only a tempo that is being moved makes them stray this far, and that is no jump.
constexpr double kJump_s = 0.005;
constexpr double kShortest_s = 0.1;              // less is the touch that ended the recording

}  // namespace

void VoiceTake::heard(double frame, double tick, const TimeMap& time, double sample_rate, Tick base) {
  const auto seconds = [&](double at) {                    // ticks of a report are fractional
    const Tick whole = Tick(std::floor(at));
    const double from = time.seconds_at(whole);
    return from + (at - double(whole)) * (time.seconds_at(whole + 1) - from);
  };
  if (open_) {
    Run& run = runs_.back();
    const double expected = seconds(run.tick) + (frame - run.frame) / sample_rate;
    if (std::fabs(expected - seconds(tick)) < kJump_s) {
      run.last_frame = frame;
      return;
    }
  }
  const bool known = base >= 0 && double(base) <= tick;
  const double start = known ? frame - (seconds(tick) - time.seconds_at(base)) * sample_rate : frame;
  runs_.push_back({start, known ? double(base) : tick, frame});
  open_ = true;
}

std::vector<TakePlace> VoiceTake::places(double first_frame, int64_t frames, double latency, const TimeMap& time,
                                         double sample_rate) const {
  std::vector<TakePlace> places;
  for (size_t i = 0; i < runs_.size(); ++i) {
    const Run& run = runs_[i];
    const double begin = run.frame + latency - first_frame;                  // in the recording
    const bool last = i + 1 == runs_.size();
    const double end = last ? double(frames) : std::min(double(frames), runs_[i + 1].frame + latency - first_frame);
    TakePlace place;
    place.offset = std::max<int64_t>(0, std::llround(begin));
    place.frames = std::llround(end) - place.offset;
    const double missing_s = std::max(0.0, -begin) / sample_rate;            // the microphone came later than the song
    place.start = time.tick_at(time.seconds_at(Tick(run.tick)) + missing_s);
    if (double(place.frames) >= kShortest_s * sample_rate) places.push_back(place);
  }
  return places;
}

}  // namespace arietta::ui
