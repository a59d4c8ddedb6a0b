#include "devices/vocals.h"

#include <algorithm>
#include <cmath>

#include "base/mathx.h"
#include "dsp/clean.h"

namespace arietta {
namespace {

namespace p = param::vocals;

constexpr float kWindow_s = 0.075f;                    // at least: harmonics of a low voice come apart
constexpr float kFromHz = 150, kToHz = 9000;           // where voices are
constexpr float kOwnBins = 1.5f, kEdgeBins = 2.2f;     // a harmonic is its middle and fades over so many bins

}  // namespace

bool Vocals::prepare(const AudioSpec& spec, Arena& arena) {
  size_ = 512;
  while (float(size_) < kWindow_s * spec.sample_rate) size_ *= 2;
  hop_ = size_ / 4;
  reach_ = hop_ * 3 / 2;
  hz_per_bin_ = spec.sample_rate / float(size_);
  mask_ = uint32_t(2 * size_ - 1);
  if (!fft_.prepare(size_, arena) || !melody_.prepare(spec.sample_rate, size_, arena)) return false;
  const size_t size = size_t(size_), bins = size_t(fft_.bins() + 3) / 4 * 4;
  for (Channel& channel : channels_) {
    for (span<float>* ring : {&channel.in, &channel.out}) *ring = arena.array<float>(2 * size);
    for (span<float>* values : {&channel.re, &channel.im}) *values = arena.array<float>(bins);
    if (channel.in.empty() || channel.out.empty() || channel.re.empty() || channel.im.empty()) return false;
  }
  for (span<float>* values : {&analysis_, &synthesis_, &frame_}) *values = arena.array<float>(size);
  for (span<float>* values : {&alike_, &middle_, &gains_}) *values = arena.array<float>(bins);
  for (const span<float>* values : {&analysis_, &synthesis_, &frame_, &alike_, &middle_, &gains_})
    if (values->empty()) return false;
  // What passes both windows is a Hann window of length 2 * reach, which adds up to one at every hop.
  for (int i = 0; i < size_; ++i) {
    const int from_centre = i - size_ / 2;
    const double analysis = 0.5 + 0.5 * std::cos(2 * 3.14159265358979323846 * from_centre / size_);
    analysis_[size_t(i)] = float(analysis);
    if (from_centre <= -reach_ || from_centre >= reach_) continue;
    const double passed = 0.5 + 0.5 * std::cos(3.14159265358979323846 * from_centre / reach_);
    synthesis_[size_t(i)] = float(passed * hop_ / reach_ / analysis);
  }
  reset();
  return true;
}

void Vocals::reset() {
  for (Channel& channel : channels_) {
    std::fill(channel.in.begin(), channel.in.end(), 0.0f);
    std::fill(channel.out.begin(), channel.out.end(), 0.0f);
  }
  melody_.reset();
  now_ = step_end_ = 0;
  since_step_ = quiet_frames_ = 0;
  pieces_done_ = kPieces;
}

Activity Vocals::render(Block io) {
  quiet_frames_ = clean_input(io) > 0 ? 0 : quiet_frames_ + io.frames;
  for (int i = 0; i < io.frames; ++i, ++now_) {
    const uint32_t place = now_ & mask_, heard = (now_ - uint32_t(latency_frames())) & mask_;
    channels_[0].in[place] = io.left[i];
    channels_[1].in[place] = io.right[i];
    io.left[i] = channels_[0].out[heard];
    io.right[i] = channels_[1].out[heard];
    channels_[0].out[heard] = channels_[1].out[heard] = 0;
    if (++since_step_ < hop_) continue;
    while (pieces_done_ < kPieces) run(pieces_done_++);
    since_step_ = pieces_done_ = 0;
    step_end_ = now_ + 1;
  }
  while (pieces_done_ < std::min(kPieces, since_step_ * kPieces / hop_)) run(pieces_done_++);
  if (quiet_frames_ < latency_frames() + 2 * size_) return quiet_frames_ == 0 ? Activity::kRunning : Activity::kTail;
  quiet_frames_ = latency_frames() + 2 * size_;
  return Activity::kAsleep;
}

void Vocals::run(int piece) {
  constexpr int kWeigh = 4, kFollow = kWeigh + MelodyFinder::kParts;
  if (piece < 2) return transform(channels_[piece]);
  if (piece == 2) return compare_channels();
  if (piece == 3) return melody_.hear(middle_.data());
  if (piece < kFollow) return melody_.weigh(piece - kWeigh);
  if (piece == kFollow) return melody_.follow();
  if (piece == kFollow + 1) return find_gains();
  add_back(channels_[piece - kFollow - 2]);
}

void Vocals::transform(Channel& channel) {
  for (int i = 0; i < size_; ++i)
    frame_[size_t(i)] = analysis_[size_t(i)] * channel.in[(step_end_ - uint32_t(size_) + uint32_t(i)) & mask_];
  fft_.forward(frame_.data(), channel.re.data(), channel.im.data());
}

// 1 where both channels hold the same, 0 where one holds nothing or they are a quarter of a turn or more apart; and
// the amplitude of what is nearly the same.
void Vocals::compare_channels() {
  const Channel &left = channels_[0], &right = channels_[1];
  for (size_t bin = 0; bin < alike_.size(); bin += 4) {
    const f32x4 l_re = f32x4::load(&left.re[bin]), l_im = f32x4::load(&left.im[bin]);
    const f32x4 r_re = f32x4::load(&right.re[bin]), r_im = f32x4::load(&right.im[bin]);
    const f32x4 common = f32x4(2) * (l_re * r_re + l_im * r_im);
    const f32x4 all = l_re * l_re + l_im * l_im + r_re * r_re + r_im * r_im;
    const f32x4 alike = max(common, f32x4(0)) / (all + f32x4(1e-20f));
    const f32x4 squared = alike * alike, fourth = squared * squared, eighth = fourth * fourth;
    const f32x4 sum_re = l_re + r_re, sum_im = l_im + r_im;
    alike.store(&alike_[bin]);
    (sqrt(sum_re * sum_re + sum_im * sum_im) * eighth * eighth).store(&middle_[bin]);
  }
}

// How much of each bin passes.
void Vocals::find_gains() {
  const float pitch = melody_.bin(), sure = melody_.confidence();
  const float strength = params_[p::strength], focus = params_[p::focus];
  const bool isolate = params_[p::mode] >= 0.5f;
  const int from = int(kFromHz / hz_per_bin_), to = int(kToHz / hz_per_bin_);
  for (int bin = 0; bin < fft_.bins(); ++bin) {
    const float harmonic = std::max(1.0f, std::floor(float(bin) / pitch + 0.5f));
    const float away = std::fabs(float(bin) - harmonic * pitch);
    const float melody = sure * clampf(kOwnBins - away / kEdgeBins, 0, 1);
    const float voice = bin < from || bin > to ? 0 : alike_[size_t(bin)] * lerp(1, melody, focus);
    gains_[size_t(bin)] = 1 - strength * (isolate ? 1 - voice : voice);
  }
}

void Vocals::add_back(Channel& channel) {
  for (size_t bin = 0; bin < gains_.size(); bin += 4) {
    const f32x4 gain = f32x4::load(&gains_[bin]);
    (f32x4::load(&channel.re[bin]) * gain).store(&channel.re[bin]);
    (f32x4::load(&channel.im[bin]) * gain).store(&channel.im[bin]);
  }
  fft_.inverse(channel.re.data(), channel.im.data(), frame_.data());
  const int edge = size_ / 2 - reach_;
  for (int i = edge; i < size_ - edge; ++i)
    channel.out[(step_end_ - uint32_t(size_) + uint32_t(i)) & mask_] += frame_[size_t(i)] * synthesis_[size_t(i)];
}

}  // namespace arietta
