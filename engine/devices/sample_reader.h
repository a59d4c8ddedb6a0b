// Reads a sample at any speed: 8 taps of a windowed sinc, straight from 16-bit values. Multiplying and adding
// integers in pairs is one instruction on every SIMD machine, so eight taps cost less than four would in floats,
// and the scalar twin gives the same bits. Positions are 32.32 fixed point frames.
// Source: J. O. Smith, "Digital Audio Resampling"; window: Kaiser.
#pragma once
#include "base/types.h"

namespace arietta {

inline constexpr int kReaderTaps = 8;
// Frames it reads before and after the one at the position.
inline constexpr int kReaderBefore = 3, kReaderAfter = 4;
inline constexpr int kReaderPhaseBits = 9;      // 512 steps between frames: error below -75 dB at 1 kHz
inline constexpr float kReaderScale = 0x1p-29f; // from its integers to -1 .. 1

struct ReaderTable {
  alignas(16) int16_t taps[1 << kReaderPhaseBits][kReaderTaps];
};

// The one table all readers share; made at the first call.                                  [setup]
const ReaderTable& reader_table();

struct SampleCursor {
  uint64_t position = 0;       // always before `end`
  uint64_t increment = 0;      // at most kMaxIncrement
  uint64_t end = 0;            // the loop's end when it loops, else the sample's
  uint64_t loop_length = 0;    // 0: stops at the end
};
inline constexpr uint64_t kMaxIncrement = uint64_t(64) << 32;   // six octaves up; also the shortest loop

// Writes `frames` values times 2^29 / kReaderScale to `out` (room for 3 more) and moves the cursor.
// False once a sample without a loop has come to its end; the rest of `out` is then silence. [audio]
bool read_sample(const int16_t* samples, const ReaderTable& table, SampleCursor& cursor, int frames, float* out);

}  // namespace arietta
