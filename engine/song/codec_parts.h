// What the writer and the reader of a stream must agree on.   [main]
#pragma once
#include <algorithm>

#include "song/codec_table.h"

namespace arietta {

// A song of equal rows is a handful of bytes however many rows there are. So that bytes bound memory all the same, a
// stream has at least one byte for every sixteen entities, and for every 128 values, beyond the first few thousand; the
// writer fills up with zeros, which deflate to nothing.
inline constexpr size_t kFreeEntities = 4096, kEntitiesPerByte = 16, kValuesPerEntity = 8;
constexpr size_t least_bytes(size_t entities, size_t values) {
  const size_t least = std::max(entities, values / kValuesPerEntity);
  return least > kFreeEntities ? (least - kFreeEntities) / kEntitiesPerByte : 0;
}

// A likely answer of the arithmetic code takes next to no bytes, but time. Songs that fit a link need a tenth of this,
// and it is read in a second.
inline constexpr size_t kMaxAnswers = 8'000'000;

// Low bits of a section's head; the kind is above them.
inline constexpr uint64_t kUnusualParent = 1, kOneEach = 2;

// Columns of notes look at those before them and at their clips.
struct NoteContext {
  const std::vector<int64_t>* starts = nullptr;
  const std::vector<int64_t>* keys = nullptr;
  std::vector<int64_t> clip_lengths;
};

NoteContext note_context(const std::vector<Section>&, const Section&, FieldKey key);
Surroundings surroundings(const Section&, const NoteContext&, FieldKey key);

}  // namespace arietta
