#include "core/clip_player.h"

#include <algorithm>
#include <cmath>

#include "devices/audio.h"

namespace arietta {
namespace {

// Shortest fade at both ends of a clip: a cut through a waveform does not click, a drum stroke keeps its edge.
// Frames a device reads around those that are heard: a stretcher's longest reach.
constexpr int64_t kReadAround = 16384;
constexpr double kShortestFade_s = 0.001;

// Share of full level `after` seconds into a fade of this length.
double fade(double after, float length_s) {
  return std::clamp(after / std::max(double(length_s), kShortestFade_s), 0.0, 1.0);
}

}  // namespace

void ClipPlayer::adopt(span<const PlanClip> clips, Node* instrument) {
  node_ = instrument && instrument->kind == DeviceKind::audio ? instrument : nullptr;
  clips_ = node_ ? clips : span<const PlanClip>{};
  jump();
}

void ClipPlayer::jump() {
  next_ = 0;
  active_count_ = 0;
}

void ClipPlayer::run(const SongFrames& time, int64_t block, int from, int to) {
  const int64_t first = block + from, end = block + to;
  if (first >= end) return;
  for (; next_ < clips_.size(); ++next_) {
    const Span heard = span_of(clips_[next_], time);
    if (heard.start >= end) break;
    if (heard.end > first && active_count_ < kMaxActive) active_[active_count_++] = int(next_);
  }
  for (int i = 0; i < active_count_;) {
    const PlanClip& clip = clips_[size_t(active_[i])];
    const Span heard = span_of(clip, time);
    play(clip, heard, time, block, std::max(first, heard.start), std::min(end, heard.end));
    if (heard.end > end) ++i;
    else active_[i] = active_[--active_count_];
  }
}

ClipPlayer::Span ClipPlayer::span_of(const PlanClip& clip, const SongFrames& time) const {
  const int64_t start = std::llround(time.frame_at(double(clip.tick)));
  if (clip.frames_per_tick > 0)
    return {start, std::llround(time.frame_at(double(clip.tick) + double(clip.frames) / clip.frames_per_tick))};
  return {start, start + int64_t(std::ceil(double(clip.frames) * time.sample_rate / clip.rate))};
}

void ClipPlayer::play(const PlanClip& clip, const Span& heard, const SongFrames& time, int64_t block, int64_t from, int64_t to) {
  if (from >= to) return;
  const auto position = [&](int64_t frame) {
    if (clip.frames_per_tick <= 0) return double(frame - heard.start) * (clip.rate / time.sample_rate);
    return std::max(0.0, (time.tick_at(double(frame)) - double(clip.tick)) * clip.frames_per_tick);
  };
  const auto gain = [&](int64_t frame) {
    const double in = fade(double(frame - heard.start) / time.sample_rate, clip.fade_in_s);
    return float(in * fade(double(heard.end - frame) / time.sample_rate, clip.fade_out_s)) * clip.gain;
  };
  AudioCut cut;
  cut.clip = clip.id;
  cut.asset = clip.asset;
  cut.channels = clip.channels;
  cut.first = int(from - block);
  cut.frames = int(to - from);
  cut.asset_first = clip.offset;
  cut.asset_frames = clip.frames;
  cut.reverse = clip.reverse != 0;
  cut.position = position(from);
  cut.speed = clip.frames_per_tick > 0 ? (position(to) - cut.position) / double(to - from) : clip.rate / time.sample_rate;
  cut.natural_speed = clip.rate / time.sample_rate;
  cut.keeps_pitch = clip.frames_per_tick > 0;
  cut.gain_from = gain(from);
  cut.gain_to = gain(to);
  cut.pitch = clip.pitch;
  static_cast<AudioDevice*>(node_->device)->play(cut);
  node_->activity = Activity::kRunning;
}

void ClipPlayer::look_ahead(const TempoClock& clock, double from_s, double to_s, AudioBlocks& blocks) const {
  for (const PlanClip& clip : clips_) {
    const double start_s = clock.seconds_at(double(clip.tick));
    if (start_s >= to_s) return;
    const auto position = [&](double seconds) {
      const double frames = clip.frames_per_tick > 0 ? (clock.tick_at(seconds) - double(clip.tick)) * clip.frames_per_tick
                                                     : (seconds - start_s) * clip.rate;
      return int64_t(std::clamp(frames, 0.0, double(clip.frames)));
    };
    const int64_t from = position(from_s), to = position(to_s);
    if (from >= to) continue;
    const int64_t first = clip.offset + (clip.reverse ? clip.frames - to : from);
    blocks.want(clip.asset, clip.channels, first - kReadAround, to - from + 2 * kReadAround);
  }
}

}  // namespace arietta
