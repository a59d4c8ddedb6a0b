#include "devices/audio.h"

#include <algorithm>
#include <cmath>

#include "base/mathx.h"

namespace arietta {
namespace {

constexpr float kEdgeSeconds = 0.005f;   // of the fades that hide a jump: too short to hear, long enough not to click
// A cut this close to where its clip stands goes on from it. A new tempo map moves a clip's start by a frame at most.
constexpr double kSameplace = 1.5;

// Off the clock by more than this, a stretcher is steered back: a tenth of a millisecond, what its steps round to.
constexpr double kSteerFrom_s = 1e-4;

bool wants_stretching(const AudioCut& cut) { return cut.keeps_pitch || cut.pitch != 0; }

bool at_clip_start(const AudioCut& cut) { return cut.position < std::max(1.0, cut.speed); }

}  // namespace

bool AudioDevice::prepare(const AudioSpec& spec, Arena& arena) {
  sample_rate_ = spec.sample_rate;
  edge_step_ = 1 / (kEdgeSeconds * sample_rate_);
  table_ = &sinc_table();
  for (Stretcher& stretcher : stretchers_)
    if (!stretcher.prepare(sample_rate_, arena)) return false;
  return true;
}

void AudioDevice::reset() {
  for (Voice& voice : voices_) voice = {};
  cut_count_ = 0;
  level_.jump(level_.target());
}

void AudioDevice::set_param(uint16_t index, float plain) {
  constexpr float kLevelSeconds = 0.02f;   // as the parameter table says
  if (params_.set(index, plain)) level_.to(db_to_gain(params_[param::audio::level_db]), kLevelSeconds * sample_rate_);
}

void AudioDevice::notes(span<const NoteEvent> events) {
  for (const NoteEvent& event : events)
    if (event.type == NoteEventType::kAllSoundOff)
      for (Voice& voice : voices_) voice.silenced = true;
}

void AudioDevice::play(const AudioCut& cut) {
  if (cut_count_ < int(std::size(cuts_))) cuts_[cut_count_++] = cut;
}

Activity AudioDevice::render(Block io) {
  for (Voice& voice : voices_) voice.at = 0;
  for (const AudioCut& cut : span(cuts_, size_t(cut_count_)))
    if (Voice* voice = source_ ? voice_for(cut) : nullptr) play_cut(*voice, cut, io);
  cut_count_ = 0;
  bool any = false;
  for (Voice& voice : voices_) {
    if (voice.sounding && voice.at < io.frames) fade_out(voice, io);
    any = any || voice.sounding;
  }
  level_.advance(io.frames);
  if (!any) level_.jump(level_.target());
  return any ? Activity::kRunning : Activity::kAsleep;
}

int AudioDevice::voices() const {
  return int(std::count_if(std::begin(voices_), std::end(voices_), [](const Voice& voice) { return voice.sounding; }));
}

AudioDevice::Voice* AudioDevice::voice_for(const AudioCut& cut) {
  Voice* free = nullptr;
  for (Voice& voice : voices_) {
    if (!voice.sounding) free = free ? free : &voice;
    else if (voice.cut.clip == cut.clip && voice.cut.asset == cut.asset && voice.cut.reverse == cut.reverse &&
             voice.at == cut.first && std::fabs(voice.next - cut.position) <= kSameplace)
      return &voice;
  }
  if (!free) return nullptr;
  *free = {};
  free->sounding = true;
  free->at = cut.first;
  free->cut = cut;
  free->next = cut.position;
  free->stretcher = wants_stretching(cut) ? free_stretcher() : -1;
  if (free->stretcher >= 0) stretchers_[free->stretcher].start(cut.position);
  // A clip's own fades are in its gain; only one that is entered in its middle needs another.
  if (at_clip_start(cut) && is_there(*free, cut.frames)) free->presence = 1;
  return free;
}

void AudioDevice::play_cut(Voice& voice, const AudioCut& cut, Block io) {
  voice.cut = cut;
  voice.cut.speed = std::min(cut.speed, kFastest);
  voice.next = cut.position;
  const bool there = is_there(voice, cut.frames);
  if (!there && !voice.was_missing) source_->missed();
  voice.was_missing = !there;
  add(voice, cut.first, cut.frames, there && !voice.silenced ? edge_step_ : -edge_step_, io);
  voice.at = cut.first + cut.frames;
}

// Nothing more is said about this clip: the song stopped, jumped or was changed.
void AudioDevice::fade_out(Voice& voice, Block io) {
  voice.cut.gain_from = voice.cut.gain_to;
  add(voice, voice.at, io.frames - voice.at, -edge_step_, io);
  if (voice.presence <= 0 || voice.cut.gain_to == 0) voice.sounding = false;
}

void AudioDevice::add(Voice& voice, int first, int frames, float presence_step, Block io) {
  alignas(16) float left[kMaxBlock], right[kMaxBlock];
  if (voice.presence > 0 || presence_step > 0) read(voice, frames, left, right);
  else std::fill_n(left, frames, 0.0f), std::fill_n(right, frames, 0.0f);
  const float gain_step = (voice.cut.gain_to - voice.cut.gain_from) / float(frames);
  for (int i = 0; i < frames; ++i) {
    voice.presence = clampf(voice.presence + presence_step, 0, 1);
    const float gain = (voice.cut.gain_from + gain_step * float(i + 1)) * voice.presence * level_.at(first + i);
    io.left[first + i] += left[i] * gain;
    io.right[first + i] += right[i] * gain;
  }
  voice.next += voice.cut.speed * frames;
}

// Whether the sound of these frames and of the fade that would have to follow has arrived.
bool AudioDevice::is_there(const Voice& voice, int frames) const {
  const AudioCut& cut = voice.cut;
  const double newest = voice.stretcher >= 0 ? stretchers_[voice.stretcher].latency() : 0;
  const double ahead = newest + (double(frames) + double(kEdgeSeconds * sample_rate_) + kMaxBlock) * cut.speed;
  const int64_t from = int64_t(voice.next) - kSincBefore;
  const int64_t to = std::min(int64_t(voice.next + ahead) + kSincAfter, cut.asset_frames);
  const int64_t first = cut.reverse ? cut.asset_first + cut.asset_frames - to : cut.asset_first + from;
  return source_->has(cut.asset, cut.channels, first, to - from);
}

int AudioDevice::free_stretcher() const {
  for (int i = 0; i < kMaxStretched; ++i)
    if (std::none_of(std::begin(voices_), std::end(voices_), [&](const Voice& voice) { return voice.sounding && voice.stretcher == i; }))
      return i;
  return -1;
}

void AudioDevice::stretch(const Voice& voice, int frames, float* left, float* right) {
  const AudioCut& cut = voice.cut;
  Stretcher& stretcher = stretchers_[voice.stretcher];
  stretcher.set_speed(cut.speed);
  stretcher.set_pitch(double(cut.pitch) + 12 * std::log2(cut.natural_speed));
  if (std::fabs(stretcher.position() - voice.next) > kSteerFrom_s * double(sample_rate_)) stretcher.steer(voice.next);
  for (Stretcher::Span span = stretcher.need(frames); span.count > 0;) {
    const int count = std::min({span.count, kReadRoom, Stretcher::kMaxPull});
    read_frames(cut, span.first, count);
    stretcher.feed(left_, right_, count);
    span.first += count;
    span.count -= count;
  }
  stretcher.pull(left, right, frames);
}

// `count` frames from `from` on, in the clip's playing direction, into left_ and right_.
void AudioDevice::read_frames(const AudioCut& cut, int64_t from, int count) {
  if (!cut.reverse) return source_->read(cut.asset, cut.channels, cut.asset_first + from, count, left_, right_);
  source_->read(cut.asset, cut.channels, cut.asset_first + cut.asset_frames - from - count, count, left_, right_);
  std::reverse(left_, left_ + count);
  std::reverse(right_, right_ + count);
}

void AudioDevice::read(const Voice& voice, int frames, float* left, float* right) {
  if (voice.stretcher >= 0) return stretch(voice, frames, left, right);
  const AudioCut& cut = voice.cut;
  const double whole = std::floor(voice.next), rest = voice.next - whole;
  const bool as_recorded = cut.speed == 1 && rest == 0;
  const int before = as_recorded ? 0 : kSincBefore;
  const int count = as_recorded ? frames : int(rest + cut.speed * (frames - 1)) + 1 + before + kSincAfter;
  const int64_t from = int64_t(whole) - before;
  read_frames(cut, from, count);
  if (as_recorded) {
    std::copy_n(left_, frames, left);
    std::copy_n(right_, frames, right);
    return;
  }
  read_sinc(*table_, left_ + before, rest, cut.speed, frames, left);
  read_sinc(*table_, right_ + before, rest, cut.speed, frames, right);
}

}  // namespace arietta
