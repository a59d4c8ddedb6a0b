#include "stretch/stretcher.h"

#include <algorithm>
#include <cmath>

namespace arietta {

namespace {

constexpr int kHopsPerWindow = 4;
constexpr int kHopsLaidDown = 3;                       // of those four: the outer ones would only add delay
constexpr int kChunk = 32;                             // frames between two looks at the work to be done
constexpr int kRingWindows = 8;                        // source kept, in transforms
constexpr double kGlide = 0.0006;                      // of the pitch, per frame
constexpr float kLoudest = 100;                        // +40 dBFS: beyond it is a fault, not music
constexpr double kPassed = 0.97;                       // of the band the reader can take

// What is no sound would stay in the phases.
float clean(float sample) { return std::isfinite(sample) ? std::clamp(sample, -kLoudest, kLoudest) : 0; }

int fft_size_for(float rate, double window_s) {
  int size = 512;
  while (size < window_s * double(rate)) size *= 2;
  return size;
}

}  // namespace

size_t Stretcher::bytes(float sample_rate, double window_s) {
  const size_t size = size_t(fft_size_for(sample_rate, window_s));
  return size * sizeof(float) * (2 * kRingWindows + 32) + (1 << 18);
}

bool Stretcher::prepare(float sample_rate, Arena& arena, double window_s) {
  if (!(sample_rate >= 8000 && sample_rate <= 192000)) return false;
  const int size = fft_size_for(sample_rate, window_s);
  hop_ = int(window_s * double(sample_rate) / kHopsPerWindow) & ~1;    // even, for half of three
  window_ = hop_ * kHopsPerWindow;
  reach_ = hop_ * kHopsLaidDown / 2;
  if (!fft_.prepare(size, arena) || !source_.prepare(size * kRingWindows, arena) || !reader_.prepare(arena) ||
      !finder_.prepare(sample_rate, arena) || !turner_.prepare(size, hop_, arena))
    return false;
  analysis_ = arena.array<float>(size_t(window_));
  synthesis_ = arena.array<float>(size_t(window_));
  excerpt_ = arena.array<float>(size_t(window_));
  frame_ = arena.array<float>(size_t(size));
  for (span<float>& channel : stretched_) channel = arena.array<float>(size_t(2 * size));
  if (analysis_.empty() || synthesis_.empty() || excerpt_.empty() || frame_.empty() || stretched_[1].empty())
    return false;
  ring_mask_ = 2 * size - 1;
  for (int channel = 0; channel < 2; ++channel)
    if (!now_[channel].prepare(fft_.bins(), arena) || !before_[channel].prepare(fft_.bins(), arena) ||
        !out_[channel].prepare(fft_.bins(), arena))
      return false;

  // What passes both windows is a Hann window of length 2 * reach, which adds up to one at every hop.
  constexpr double kTwoPi = 6.283185307179586;
  for (int i = 0; i < window_; ++i) {
    const int from_centre = i - window_ / 2;
    const double analysis = 0.5 + 0.5 * std::cos(kTwoPi * from_centre / window_);
    analysis_[size_t(i)] = float(analysis);
    if (from_centre <= -reach_ || from_centre >= reach_) continue;
    const double passed = 0.5 + 0.5 * std::cos(kTwoPi * from_centre / (2 * reach_));
    synthesis_[size_t(i)] = float(passed * hop_ / reach_ / analysis);
  }
  onsets_.prepare(analysis_, synthesis_, hop_, reach_);
  start(0);
  return true;
}

void Stretcher::start(double source_frame) {
  if (!std::isfinite(source_frame)) return;
  position_ = source_frame;
  pitch_ = wanted_pitch_;
  read_at_ = 0;
  complete_to_ = hop_;
  const int64_t first = int64_t(std::floor(source_frame)) - window_ / 2 - hop_;
  source_.start(first);
  finder_from_ = int64_t(std::floor(source_frame)) - finder_.memory();
  finder_.start(finder_from_);
  onsets_.start();
  for (span<float> channel : stretched_) std::fill(channel.begin(), channel.end(), 0.0f);
  fresh_ = true;
  planned_ = false;
}

void Stretcher::set_speed(double source_frames_per_frame) {
  if (!std::isnan(source_frames_per_frame)) speed_ = std::clamp(source_frames_per_frame, kMinSpeed, kMaxSpeed);
}

void Stretcher::set_pitch(double semitones) {
  if (std::isnan(semitones)) return;
  wanted_pitch_ = std::exp2(std::clamp(semitones, -kMaxSemitones, kMaxSemitones) / 12);
  if (fresh_) pitch_ = wanted_pitch_;
}

void Stretcher::steer(double source_frame) {
  if (std::isfinite(source_frame)) position_ = source_frame;
}

int Stretcher::latency() const {
  const double ahead = double(reach_ + hop_ + FractionReader::kAfter + 1) / std::min(pitch_, wanted_pitch_);
  return int(std::ceil(ahead * speed_)) + window_ / 2 + finder_.delay();
}

int Stretcher::warm_up() const { return int(std::ceil((2 * reach_ + FractionReader::kAfter + 1) / pitch_)); }

// Asks a little earlier than the next step must have it, so that the source comes in evenly.
Stretcher::Span Stretcher::need(int frames) const {
  int64_t end = int64_t(std::ceil(position_ + frames * speed_)) + latency();
  if (fresh_) end = std::max(end, int64_t(position_) + 2 * reach_ + 2);
  return {source_.end(), int(std::max<int64_t>(0, end - source_.end()))};
}

void Stretcher::feed(const float* left, const float* right, int count) {
  for (int i = 0; i < count; ++i) {
    const float l = clean(left[i]), r = clean(right[i]);
    source_.push(l, r);
    if (source_.end() <= finder_from_) continue;
    // Not the plain sum: channels that cancel each other begin, too.
    if (finder_.push(l + 0.8f * r)) onsets_.add(finder_.onset());
  }
}

void Stretcher::pull(float* left, float* right, int frames) {
  if (fresh_) lay_down_start();
  if (!planned_) plan_step();
  for (int done = 0; done < frames;) {
    const int count = std::min(kChunk, frames - done);
    const double most = 1 + kGlide * count;
    const double pitch_after = std::clamp(wanted_pitch_, pitch_ / most, pitch_ * most);
    const double read_to = read_at_ + count * std::max(pitch_, pitch_after);
    const int64_t horizon = int64_t(std::floor(read_to)) + FractionReader::kAfter + 1;
    while (horizon > complete_to_) {
      work_until(int(Piece::kCount));
      complete_to_ += hop_;
      plan_step();
    }
    work_until(int((hop_ - (complete_to_ - horizon)) * int(Piece::kCount) / hop_));
    read(left + done, right + done, count, pitch_after);
    position_ += count * speed_;
    done += count;
  }
}

void Stretcher::read(float* left, float* right, int count, double pitch_after) {
  const int64_t old = int64_t(std::floor(read_at_)) - FractionReader::kBefore;
  const double glide = (pitch_after - pitch_) / count;
  for (int i = 0; i < count; ++i) {
    left[i] = reader_.at(stretched_[0], ring_mask_, read_at_);
    right[i] = reader_.at(stretched_[1], ring_mask_, read_at_);
    read_at_ += pitch_;
    pitch_ += glide;
  }
  pitch_ = pitch_after;
  const int64_t kept = int64_t(std::floor(read_at_)) - FractionReader::kBefore;
  for (int64_t at = old; at < kept; ++at)
    for (span<float> channel : stretched_) channel[size_t(at & ring_mask_)] = 0;
}

// Until the first step can be ready the source itself is heard, at its own speed; it hands over to the steps as if
// steps had shown it.
void Stretcher::lay_down_start() {
  fresh_ = false;
  const int64_t from = int64_t(std::floor(position_ + 0.5));
  const int before = FractionReader::kBefore, count = before + 2 * reach_;
  for (int channel = 0; channel < 2; ++channel) {
    source_.read(channel, from - before, count, excerpt_.data());
    for (int i = 0; i < count; ++i) {
      const int at = i - before;
      float weight = at < hop_ ? 1.0f : 0.0f;
      for (int from_centre = at - reach_; at >= hop_ && from_centre < reach_; from_centre += hop_)
        weight += analysis_[size_t(from_centre + window_ / 2)] * synthesis_[size_t(from_centre + window_ / 2)];
      stretched_[channel][size_t(at & ring_mask_)] = weight * excerpt_[size_t(i)];
    }
  }
  now_centre_ = from + reach_;                         // the first step goes on from there
  for (int channel = 0; channel < 2; ++channel) {
    transform(channel, now_centre_, now_[channel]);
    std::copy(now_[channel].re, now_[channel].re + fft_.bins(), out_[channel].re);
    std::copy(now_[channel].im, now_[channel].im + fft_.bins(), out_[channel].im);
  }
}

void Stretcher::plan_step() {
  const int64_t stretched = complete_to_ + reach_;
  const double source = position_ + (double(stretched) - read_at_) / ratio();
  const int64_t centre = onsets_.aim(source, stretched, ratio());
  knows_before_ = centre - hop_ == now_centre_;        // as at the source's own speed and pitch
  if (knows_before_) std::swap(now_, before_);
  now_centre_ = centre;
  pieces_done_ = 0;
  planned_ = true;
}

void Stretcher::work_until(int pieces) {
  while (pieces_done_ < std::min(pieces, int(Piece::kCount))) run(Piece(pieces_done_++));
}

void Stretcher::run(Piece piece) {
  switch (piece) {
    case Piece::kLeft: transform(0, now_centre_, now_[0]); break;
    case Piece::kRight: transform(1, now_centre_, now_[1]); break;
    case Piece::kLeftBefore: if (!knows_before_) transform(0, now_centre_ - hop_, before_[0]); break;
    case Piece::kRightBefore: if (!knows_before_) transform(1, now_centre_ - hop_, before_[1]); break;
    case Piece::kCompare: turner_.compare(now_, before_, out_); break;
    case Piece::kLock: turner_.lock_regions(); break;
    case Piece::kOnsets: turner_.delay_onsets(now_, before_, onsets_.seen()); break;
    case Piece::kTurn: turner_.turn(now_, out_); break;
    case Piece::kLeftBack: add_back(0); break;
    case Piece::kRightBack: add_back(1); break;
    case Piece::kCount: break;
  }
}

// The window's centre becomes time 0 of the transform, so that phases are those at the centre.
void Stretcher::transform(int channel, int64_t centre, Spectrum to) {
  const size_t half = size_t(window_ / 2);
  source_.read(channel, centre - window_ / 2, window_, excerpt_.data());
  float* left_half = &frame_[frame_.size() - half];
  for (size_t i = 0; i < half; ++i) frame_[i] = analysis_[half + i] * excerpt_[half + i];
  std::fill(&frame_[half], left_half, 0.0f);
  for (size_t i = 0; i < half; ++i) left_half[i] = analysis_[i] * excerpt_[i];
  fft_.forward(frame_.data(), to.re, to.im);
}

void Stretcher::add_back(int channel) {
  const Spectrum& sound = pitch_ > 1 ? before_[channel] : out_[channel];
  if (pitch_ > 1) {                                    // what the reader would fold back is left out
    const int kept = std::min(fft_.bins(), int(kPassed * fft_.bins() / pitch_));
    std::copy(out_[channel].re, out_[channel].re + kept, sound.re);
    std::copy(out_[channel].im, out_[channel].im + kept, sound.im);
    std::fill(sound.re + kept, sound.re + fft_.bins(), 0.0f);
    std::fill(sound.im + kept, sound.im + fft_.bins(), 0.0f);
  }
  fft_.inverse(sound.re, sound.im, frame_.data());
  const int64_t centre = complete_to_ + reach_;
  const int wrap = fft_.size() - 1;
  for (int i = -reach_ + 1; i < reach_; ++i)
    stretched_[channel][size_t((centre + i) & ring_mask_)] +=
        frame_[size_t(i & wrap)] * synthesis_[size_t(i + window_ / 2)];
}

}  // namespace arietta
