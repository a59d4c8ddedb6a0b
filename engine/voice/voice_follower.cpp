#include "voice/voice_follower.h"

#include "voice/grain_kernel.h"

namespace arietta {
namespace {

constexpr float kLiveDelay = 0.0185f;         // two periods of A2: with the device's block of 32 frames under 20 ms
constexpr float kAheadDelay = 0.110f;         // the tracker's wait and two periods of the lowest voice
constexpr float kAheadSurroundings = 0.018f;  // frames look evenly to both sides, at any pitch
constexpr float kAheadSettle = 0.060f;        // longer than any consonant's noise
constexpr float kKeptPeriods = 0.060f;        // behind what is heard: grains, and going back at the beginning of a note

}  // namespace

bool VoiceFollower::prepare(float sample_rate, Listening listening, Arena& arena) {
  TrackerOptions options;
  if (listening == Listening::kAhead) {
    options.ahead_s = kAheadSurroundings;
    options.settle_s = kAheadSettle;
  }
  const float delay_s = listening == Listening::kLive ? kLiveDelay : kAheadDelay;
  delay_ = int(delay_s * sample_rate);
  grain_kernel();
  return input_.prepare(arena, int((delay_s + kKeptPeriods) * sample_rate) + 2 * kMaxBlock) &&
         tracker_.prepare(sample_rate, options, arena) && marks_.prepare(arena);
}

void VoiceFollower::reset() {
  input_.reset();
  tracker_.reset();
  marks_.reset();
  written_ = 0;
}

void VoiceFollower::write(const float* samples, int frames) {
  input_.write(samples, frames);
  tracker_.write(samples, frames);
  written_ = frames;
  marks_.follow(input_, tracker_.track(), double(heard()));
}

}  // namespace arietta
