// A song with everything a song can have, known and unknown, from a seed: every kind, every field, kinds and fields of
// programs to come, under parents where nobody expects them.
#pragma once
#include "base/random.h"
#include "song/document.h"

namespace arietta::test {

class StrangeSong {
 public:
  static Document make(uint32_t seed, int entities = 120, uint32_t actor = 1) {
    StrangeSong song(seed, actor);
    for (int i = 0; i < entities; ++i) song.add_entity();
    return std::move(song.document_);
  }

 private:
  StrangeSong(uint32_t seed, uint32_t actor) : random_(seed * 2654435761u + 1), document_(actor) {
    for (int i = 0; i < 300; ++i) random_.next();
    fill(kSongId, Kind::song);
  }

  int below(int n) { return int(random_.next() >> 8) % n; }

  Value value(FieldType type) {
    static constexpr const char* kTexts[] = {"Lied", "\xe6\xad\x8c", "Spa\xc3\x9f", "line\nbreak", "A", "\"quotes\" \\ <b>"};
    if (type == FieldType::kText) return std::string(kTexts[below(6)]);
    if (type == FieldType::kReal) return below(2) ? double(below(4000) - 2000) / 100 : double(float(random_.bipolar()));
    switch (below(4)) {
      case 0: return int64_t(below(3));
      case 1: return int64_t(below(20000));
      case 2: return -int64_t(random_.next());
      default: return int64_t(below(128));
    }
  }

  void fill(Id id, Kind kind) {
    for (const FieldInfo& info : kFields)
      if (info.kind == kind && below(3) > 0) document_.apply({id, kind, info.key, value(info.type)});
    if (below(8) == 0) document_.apply({id, kind, FieldKey(40 + below(3)), value(FieldType(below(3)))});
    if (!find_kind(kind)) document_.apply({id, kind, FieldKey(2 + below(4)), value(FieldType(below(3)))});
  }

  void add_entity() {
    static constexpr Kind kFuture[] = {Kind(77), Kind(900)};
    Kind kind = below(10) == 0 ? kFuture[below(2)] : Kind(2 + below(10));
    Id parent = kSongId;
    const KindInfo* info = find_kind(kind);
    const bool anywhere = !info || below(12) == 0;
    std::vector<Id> fitting;
    for (const Id id : made_)
      if (anywhere || document_.find(id)->kind == info->parent) fitting.push_back(id);
    if (!fitting.empty()) parent = fitting[size_t(below(int(fitting.size())))];
    else if (info && info->parent != Kind::song) kind = Kind::track;
    const Id id = document_.new_id();
    document_.apply({id, kind, field::alive, int64_t(1)});
    document_.apply({id, kind, field::parent, int64_t(parent)});
    if (kind == Kind::track) document_.apply({id, kind, field::track::order, std::string(1, char('A' + below(26)))});
    fill(id, kind);
    made_.push_back(id);
    if (below(15) == 0) document_.apply({id, kind, field::alive, int64_t(0)});
  }

  Random random_;
  Document document_;
  std::vector<Id> made_;
};

}  // namespace arietta::test
