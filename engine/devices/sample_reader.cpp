#include "devices/sample_reader.h"

#include <algorithm>
#include <cmath>

#include "base/mathx.h"
#include "dsp/simd.h"

namespace arietta {
namespace {

constexpr int kPhases = 1 << kReaderPhaseBits;
constexpr int kUnity = 1 << 14;           // the taps of one phase add up to this
constexpr double kKaiserBeta = 6.5;       // about -65 dB of images, flat to 0.7 of the band

double bessel_i0(double x) {
  double term = 1, sum = 1;
  for (int k = 1; k < 30; ++k) {
    term *= x / (2 * k) * (x / (2 * k));
    sum += term;
  }
  return sum;
}

void fill_table(ReaderTable& table) {
  for (int phase = 0; phase < kPhases; ++phase) {
    double taps[kReaderTaps], sum = 0;
    for (int i = 0; i < kReaderTaps; ++i) {
      const double x = double(i - kReaderBefore) - double(phase) / kPhases;
      const double edge = x / (kReaderTaps / 2);
      const double window = edge * edge < 1 ? bessel_i0(kKaiserBeta * std::sqrt(1 - edge * edge)) : 0;
      taps[i] = window * (std::abs(x) < 1e-9 ? 1 : std::sin(double(kPi) * x) / (double(kPi) * x));
      sum += taps[i];
    }
    int rounded_sum = 0;
    for (int i = 0; i < kReaderTaps; ++i) {
      table.taps[phase][i] = int16_t(std::lround(taps[i] / sum * kUnity));
      rounded_sum += table.taps[phase][i];
    }
    // A constant must come out as the same constant at every phase, else it would hum at the playing speed.
    table.taps[phase][phase < kPhases / 2 ? kReaderBefore : kReaderBefore + 1] += int16_t(kUnity - rounded_sum);
  }
}

const int16_t* taps_at(const ReaderTable& table, uint64_t position) {
  return table.taps[uint32_t(position) >> (32 - kReaderPhaseBits)];
}

int32_t dot(const int16_t* values, const int16_t* taps) {
  int32_t sum = 0;
  for (int i = 0; i < kReaderTaps; ++i) sum += int32_t(values[i]) * taps[i];
  return sum;
}

// Four dot products at once; `at` and `taps` name the first of eight values each.
#if defined(__wasm_simd128__) && !defined(ARIETTA_SCALAR)
v128_t pairs(const int16_t* at, const int16_t* taps) { return wasm_i32x4_dot_i16x8(wasm_v128_load(at), wasm_v128_load(taps)); }
f32x4 dot_four(const int16_t* const at[4], const int16_t* const taps[4]) {
  const v128_t a = pairs(at[0], taps[0]), b = pairs(at[1], taps[1]), c = pairs(at[2], taps[2]), d = pairs(at[3], taps[3]);
  const v128_t ab = wasm_i32x4_add(wasm_i32x4_shuffle(a, b, 0, 4, 1, 5), wasm_i32x4_shuffle(a, b, 2, 6, 3, 7));
  const v128_t cd = wasm_i32x4_add(wasm_i32x4_shuffle(c, d, 0, 4, 1, 5), wasm_i32x4_shuffle(c, d, 2, 6, 3, 7));
  return to_float(i32x4(wasm_i32x4_add(wasm_i64x2_shuffle(ab, cd, 0, 2), wasm_i64x2_shuffle(ab, cd, 1, 3))));
}
#elif defined(__SSE2__) && !defined(ARIETTA_SCALAR)
__m128i pairs(const int16_t* at, const int16_t* taps) {
  return _mm_madd_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at)),
                        _mm_load_si128(reinterpret_cast<const __m128i*>(taps)));
}
f32x4 dot_four(const int16_t* const at[4], const int16_t* const taps[4]) {
  const __m128i a = pairs(at[0], taps[0]), b = pairs(at[1], taps[1]), c = pairs(at[2], taps[2]), d = pairs(at[3], taps[3]);
  const __m128i ab = _mm_add_epi32(_mm_unpacklo_epi32(a, b), _mm_unpackhi_epi32(a, b));
  const __m128i cd = _mm_add_epi32(_mm_unpacklo_epi32(c, d), _mm_unpackhi_epi32(c, d));
  return to_float(i32x4(_mm_add_epi32(_mm_unpacklo_epi64(ab, cd), _mm_unpackhi_epi64(ab, cd))));
}
#else
f32x4 dot_four(const int16_t* const at[4], const int16_t* const taps[4]) {
  return {float(dot(at[0], taps[0])), float(dot(at[1], taps[1])), float(dot(at[2], taps[2])), float(dot(at[3], taps[3]))};
}
#endif

const int16_t* window_at(const int16_t* samples, uint64_t position) { return samples + (position >> 32) - kReaderBefore; }

// Not one of these frames reaches the end.
void read_straight(const int16_t* samples, const ReaderTable& table, SampleCursor& cursor, int frames, float* out) {
  uint64_t p = cursor.position;
  const uint64_t step = cursor.increment;
  for (int i = 0; i < frames; i += 4, p += 4 * step) {
    const uint64_t p1 = p + step, p2 = p + 2 * step, p3 = p + 3 * step;
    const int16_t* const at[4] = {window_at(samples, p), window_at(samples, p1), window_at(samples, p2), window_at(samples, p3)};
    const int16_t* const taps[4] = {taps_at(table, p), taps_at(table, p1), taps_at(table, p2), taps_at(table, p3)};
    dot_four(at, taps).store(out + i);
  }
  cursor.position += uint64_t(frames) * step;
}

void read_looped(const int16_t* samples, const ReaderTable& table, SampleCursor& cursor, int frames, float* out) {
  uint64_t p = cursor.position;
  for (int i = 0; i < frames; ++i) {
    out[i] = float(dot(window_at(samples, p), taps_at(table, p)));
    p += cursor.increment;
    if (p >= cursor.end) p -= cursor.loop_length;
  }
  cursor.position = p;
}

bool read_to_end(const int16_t* samples, const ReaderTable& table, SampleCursor& cursor, int frames, float* out) {
  for (int i = 0; i < frames; ++i) {
    const bool inside = cursor.position < cursor.end;
    out[i] = inside ? float(dot(window_at(samples, cursor.position), taps_at(table, cursor.position))) : 0.0f;
    if (inside) cursor.position += cursor.increment;
  }
  return cursor.position < cursor.end;
}

}  // namespace

const ReaderTable& reader_table() {
  static ReaderTable table;      // no constructor, so that the first call needs no lock
  static bool is_made = false;
  if (!is_made) fill_table(table);
  is_made = true;
  return table;
}

bool read_sample(const int16_t* samples, const ReaderTable& table, SampleCursor& cursor, int frames, float* out) {
  const uint64_t in_fours = uint64_t(frames + 3) / 4 * 4;
  if (cursor.position + in_fours * cursor.increment < cursor.end) {
    read_straight(samples, table, cursor, frames, out);
    return true;
  }
  if (!cursor.loop_length) return read_to_end(samples, table, cursor, frames, out);
  read_looped(samples, table, cursor, frames, out);
  return true;
}

}  // namespace arietta
