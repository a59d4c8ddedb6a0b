// What recorded sound looks like: lowest and highest value over stretches of frames, at every zoom. The page gives the
// bottom of each pyramid, pairs of 16 bit numbers for 256 frames each (web/src/peaks.ts); every level above halves it.   [main]
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/types.h"

namespace arietta::ui {

struct PeakPair { int16_t low = 0, high = 0; };

class Waveform {
 public:
  static constexpr int kFramesPerPair = 256;

  explicit Waveform(std::vector<PeakPair> bottom);
  // Over frames [from, to), from the coarsest level that is fine enough; silence outside.
  PeakPair between(double from, double to) const;

 private:
  std::vector<std::vector<PeakPair>> levels_;
};

class Waveforms {
 public:
  // Little-endian pairs; none: the sound is on this device, but nobody has looked at it.
  void add(std::string_view hash, Bytes pairs);
  bool has(std::string_view hash) const { return known_.count(std::string(hash)) > 0; }
  const Waveform* find(std::string_view hash) const;

 private:
  std::unordered_map<std::string, Waveform> known_;
};

}  // namespace arietta::ui
