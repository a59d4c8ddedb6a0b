// Gathers the sample frames that regions need, once each, and lays them out for the flat bank: trimmed to what is
// played, Vorbis decoded, loops repeated to a least length and led on past their end, silence around the rest.
// So the player never needs a special case at a loop's seam.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "bank/sf_file.h"
#include "bank/vorbis.h"
#include "plan/bank_format.h"

namespace arietta {

// What one region plays of a sample, in frames from the sample's start.
struct SampleUse {
  uint32_t sample;
  uint32_t start, end, loop_start, loop_end;
  BankLoop loop;
};

class SampleLayout {
 public:
  SampleLayout(const SfFile& file, size_t max_frames) : file_(file), max_frames_(max_frames) {}

  // Decoded length of a sample, 0 with `problem` set when it cannot be used.                     [main]
  uint32_t frames_of(uint32_t sample, std::string& problem);

  // Books a use; the number names it for placed(). The use must lie inside frames_of.             [main]
  size_t add(const SampleUse& use);

  // Lays everything out. With `halve`, sounds above 30 kHz are stored at half their rate.         [main]
  bool write(bool halve, std::vector<int16_t>& out);

  // Where a use went: start, end and loop are in frames of the whole; `rate_factor` is 1 or 0.5.   [main]
  struct Place { uint32_t start, end, loop_start, loop_end; float rate_factor; };
  Place placed(size_t use) const;

 private:
  struct Slot {          // uses that differ only in where they start share one
    SampleUse use;       // with the smallest start
    uint32_t first = 0;  // where use.start lies in the output
    uint32_t loop_start = 0, loop_end = 0, end = 0;
    bool halved = false;
  };
  struct Booking { size_t slot; uint32_t start; };

  Bytes frames(uint32_t sample) const;
  std::vector<int16_t> body_of(Slot& slot) const;
  static void halve_body(Slot& slot, std::vector<int16_t>& body);

  const SfFile& file_;
  size_t max_frames_;
  size_t decoded_frames_ = 0;
  VorbisDecoder decoder_;
  struct Source { std::vector<int16_t> decoded; std::string problem; uint32_t length; };
  std::map<uint32_t, Source> sources_;
  std::vector<Slot> slots_;
  std::vector<Booking> bookings_;
};

}  // namespace arietta
