#include "dsp/stereo_convolver.h"

namespace arietta {
namespace {

void copy(const float* from, float* to, int count) {
  for (int i = 0; i < count; i += 4) f32x4::load(from + i).store(to + i);
}

void clear(span<float> all) {
  for (float& v : all) v = 0;
}

}  // namespace

bool StereoConvolver::Level::prepare(Arena& arena, int frames, int pieces) {
  count = pieces;
  bins = (frames + 4) & ~3;                    // frames + 1, in fours
  if (!fft.prepare(2 * frames, arena)) return false;
  for (int side = 0; side < 2; ++side) {
    response[side] = arena.array<float>(size_t(count) * size_t(2 * bins));
    sound[side] = arena.array<float>(size_t(count) * size_t(2 * bins));
    if (response[side].empty() || sound[side].empty()) return false;
  }
  return true;
}

void StereoConvolver::Level::learn(int side, const float* twice) {
  float* place = piece(response[side], known);
  fft.forward(twice, place, place + bins);
}

void StereoConvolver::Level::advance() {
  newest = newest + 1 < count ? newest + 1 : 0;
  heard = heard < count ? heard + 1 : count;
}

void StereoConvolver::Level::hear(int side, const float* twice) {
  float* place = piece(sound[side], newest);
  fft.forward(twice, place, place + bins);
}

// Piece i of the response meets the block of sound i blocks ago.
void StereoConvolver::Level::add(int side, int from, int to, float* sum) const {
  for (int i = from; i < to; ++i) {
    const float* h = piece(response[side], i);
    const float* x = piece(sound[side], newest - i < 0 ? newest - i + count : newest - i);
    for (int k = 0; k < bins; k += 4) {
      const f32x4 hr = f32x4::load(h + k), hi = f32x4::load(h + bins + k);
      const f32x4 xr = f32x4::load(x + k), xi = f32x4::load(x + bins + k);
      (f32x4::load(sum + k) + (hr * xr - hi * xi)).store(sum + k);
      (f32x4::load(sum + bins + k) + (hr * xi + hi * xr)).store(sum + bins + k);
    }
  }
}

bool StereoConvolver::prepare(Arena& arena, int longest) {
  const int rest = longest - 2 * kLarge;
  if (!small_.prepare(arena, kPiece, kSmallPieces) || !large_.prepare(arena, kLarge, rest > kLarge ? (rest + kLarge - 1) / kLarge : 1))
    return false;
  time_ = arena.array<float>(2 * kLarge);
  bool fits = !time_.empty();
  for (int side = 0; side < 2; ++side) {
    input_[side] = arena.array<float>(2 * kLarge);
    window_[side] = arena.array<float>(2 * kLarge);
    sum_[side] = arena.array<float>(size_t(2 * large_.bins));
    made_[side] = arena.array<float>(2 * kLarge);
    heard_large_[side] = arena.array<float>(kLarge);
    for (span<float> part : {input_[side], window_[side], sum_[side], made_[side], heard_large_[side]}) fits = fits && !part.empty();
  }
  if (!fits) return false;
  forget_response();
  forget_sound();
  return true;
}

void StereoConvolver::forget_response() { pieces_ = small_.known = large_.known = 0; }

void StereoConvolver::forget_sound() {
  for (int side = 0; side < 2; ++side) {
    for (span<float> part : {input_[side], window_[side], sum_[side], made_[side], heard_large_[side]}) clear(part);
    clear(heard_small_[side]);
  }
  small_.heard = large_.heard = small_.newest = large_.newest = 0;
  at_ = terms_ = 0;
  slices_done_ = kSlices;                      // there is no long block yet
}

void StereoConvolver::append(const float* left, const float* right) {
  const int piece = pieces_++;
  if (piece == 0) return;                      // silent, by agreement
  const float* const sides[2] = {left, right};
  if (piece <= kSmallPieces) {
    for (int side = 0; side < 2; ++side) {
      alignas(16) float twice[2 * kPiece] = {};
      copy(sides[side], twice, kPiece);
      small_.learn(side, twice);
    }
    ++small_.known;
    return;
  }
  // The left side gathers in the first half of time_, the right one in the second.
  const int part = (piece - kSmallPieces - 1) % kPieces;
  for (int side = 0; side < 2; ++side) copy(sides[side], time_.data() + side * kLarge + part * kPiece, kPiece);
  if (part < kPieces - 1) return;
  for (int side = 0; side < 2; ++side) {
    alignas(16) float twice[2 * kLarge] = {};
    copy(time_.data() + side * kLarge, twice, kLarge);
    large_.learn(side, twice);
  }
  ++large_.known;
}

// A short block is complete: what it sounds like is heard from the next frame on.
void StereoConvolver::small_block() {
  small_.advance();
  const int terms = small_.known < small_.heard ? small_.known : small_.heard;
  for (int side = 0; side < 2; ++side) {
    small_.hear(side, input_[side].data() + kLarge + at_ - 2 * kPiece);
    alignas(16) float sum[2 * (kPiece + 4)] = {}, twice[2 * kPiece];
    small_.add(side, 0, terms, sum);
    small_.fft.inverse(sum, sum + small_.bins, twice);
    copy(twice + kPiece, heard_small_[side], kPiece);
  }
}

// The work on the last long block, in equal parts: both sides there, all terms, both sides back.
void StereoConvolver::large_slice(int slice) {
  constexpr int kSums = kSlices - 4;
  if (slice < 2) {
    if (slice == 0) {
      large_.advance();
      terms_ = large_.known < large_.heard ? large_.known : large_.heard;
    }
    large_.hear(slice, window_[slice].data());
    clear(sum_[slice]);
  } else if (slice < 2 + kSums) {
    const int from = terms_ * (slice - 2) / kSums, to = terms_ * (slice - 1) / kSums;
    for (int side = 0; side < 2; ++side) large_.add(side, from, to, sum_[side].data());
  } else if (slice - 2 - kSums < 2) {
    const int side = slice - 2 - kSums;
    large_.fft.inverse(sum_[side].data(), sum_[side].data() + large_.bins, made_[side].data());
  }
}

void StereoConvolver::large_block() {
  for (int side = 0; side < 2; ++side) {
    copy(made_[side].data() + kLarge, heard_large_[side].data(), kLarge);
    copy(input_[side].data(), window_[side].data(), 2 * kLarge);
    copy(input_[side].data() + kLarge, input_[side].data(), kLarge);
  }
  at_ = slices_done_ = 0;
}

void StereoConvolver::process(Block io) {
  float* const sides[2] = {io.left, io.right};
  for (int done = 0; done < io.frames;) {
    const int place = at_ % kPiece, left = io.frames - done;
    const int count = left < kPiece - place ? left : kPiece - place;
    for (int side = 0; side < 2; ++side) {
      for (int i = 0; i < count; ++i) {
        input_[side][size_t(kLarge + at_ + i)] = sides[side][done + i];
        sides[side][done + i] = heard_small_[side][place + i] + heard_large_[side][size_t(at_ + i)];
      }
    }
    done += count;
    at_ += count;
    while (slices_done_ < at_ / kSlice) large_slice(slices_done_++);
    if (at_ % kPiece == 0) small_block();
    if (at_ == kLarge) large_block();
  }
}

}  // namespace arietta
