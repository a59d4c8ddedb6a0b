// One edit: a field of an entity gets a value. Creating and deleting are the same thing, done to the fields
// `alive` and `parent`. The newest stamp wins, so the outcome depends on the set of ops, not on their order.
#pragma once
#include <string>
#include <variant>
#include <vector>

#include "song/schema.h"

namespace arietta {

// 24 bits of actor above 40 bits of counter; actor 0 is whatever was loaded from bytes. 0 is nobody.
using Id = uint64_t;
inline constexpr Id kSongId = 1;                        // the song entity itself
constexpr Id make_id(uint32_t actor, uint64_t counter) { return Id(actor) << 40 | counter; }

using Value = std::variant<int64_t, double, std::string>;

// Lamport time above, actor below: comparable with <.
using Stamp = uint64_t;
constexpr Stamp make_stamp(uint64_t time, uint32_t actor) { return time << 24 | (actor & 0xffffff); }

struct Op {
  Id entity = 0;
  Kind kind = Kind::none;
  FieldKey field = 0;
  Value value = int64_t(0);
  Stamp stamp = 0;               // 0: Document::apply gives it the next one

  bool operator==(const Op&) const = default;
};

using Ops = std::vector<Op>;

}  // namespace arietta
