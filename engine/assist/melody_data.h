// What travels beside the weights (melody.bin): how much the counted model weighs, the chord model's tables, and a filter that knows which turns of
// phrase stand in the training tunes, so that an answer does not copy one.
//
// The filter is a Bloom filter (Bloom, CACM 13(7), 1970) over stretches of kPhraseNotes notes, transposed to nothing and
// with their rhythm; of all stretches one in kPhraseEvery is kept, chosen by its hash, which still meets every longer copy.
//
// File: "AMEL", u32 version 1, three MixShares (gap, duration, pitch), the ChordTables, all f32, u32 bits of the filter as a power of two,
// the filter's bytes. Little-endian.   [any]
#pragma once
#include <vector>

#include "assist/chord_model.h"
#include "assist/repeats.h"
#include "base/result.h"
#include "base/types.h"

namespace arietta {

inline constexpr int kPhraseNotes = 12;      // so 11 tokens
inline constexpr uint64_t kPhraseEvery = 4;

class PhraseFilter {
 public:
  PhraseFilter() = default;
  explicit PhraseFilter(int log2_bits) : bits_(size_t(1) << (log2_bits - 3)) {}

  // The last kPhraseNotes - 1 tokens of a melody. Does the filter speak of this stretch at all, and has it seen it?
  static uint64_t hash(const NoteToken* tokens);
  static bool chosen(uint64_t hash) { return hash % kPhraseEvery == 0; }
  void add(uint64_t hash);
  bool contains(uint64_t hash) const;          // false when empty; true for a few that were never added

  std::vector<uint8_t>& bytes() { return bits_; }
  const std::vector<uint8_t>& bytes() const { return bits_; }

 private:
  std::vector<uint8_t> bits_;
};

struct MelodyData {
  MixShares gap_shares{}, duration_shares{}, pitch_shares{};
  ChordTables chords;
  PhraseFilter training;
};

Result<MelodyData> read_melody_data(Bytes file);
std::vector<uint8_t> write_melody_data(const MelodyData& data);

}  // namespace arietta
