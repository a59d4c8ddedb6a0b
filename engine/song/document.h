// The song: entities with fields, changed only by ops. The only truth in the studio; screen, link, file, undo and
// the engine's plan are all made from it.
#pragma once
#include <string_view>
#include <unordered_map>
#include <vector>

#include "song/op.h"

namespace arietta {

struct Field {
  FieldKey key;
  Stamp stamp;
  Value value;
};

struct Entity {
  Id id = 0;
  Kind kind = Kind::none;
  std::vector<Field> fields;      // sorted by key

  const Value* find(FieldKey key) const;
  bool alive() const;
  Id parent() const;
  int64_t integer(FieldKey key) const;           // schema default when unset or of another type
  double real(FieldKey key) const;
  std::string_view text(FieldKey key) const;
};

// Whether a field says something about the song: alive, parent, a track's order key (its place says it) and values
// equal to the default do not.                                                            [any]
bool is_content(Kind kind, const Field& field);

class Document {
 public:
  // An empty song: the song entity and nothing else.                                     [main]
  explicit Document(uint32_t actor = 1);

  // Takes the op if it is newer than what it replaces; returns whether anything changed. When `inverse` is
  // given and something changed, it receives the op that puts the old value back. Values are brought into the
  // schema's ranges (song/ranges.h); ops that make no sense are refused.                 [main]
  bool apply(Op op, Op* inverse = nullptr);

  // A fresh id of this actor.                                                            [main]
  Id new_id();

  const Entity* find(Id id) const;               // dead ones too; nullptr when never seen
  const Entity& song() const;

  // Living children of a kind, in the order people see: tracks by order key, clips and notes by start then
  // key, devices by position, the rest by tick. Valid until the next apply.              [main]
  const std::vector<Id>& children(Id parent, Kind kind) const;

  // The kinds that children() of a parent may have any of, ascending.                    [main]
  std::vector<Kind> child_kinds(Id parent) const;

  // Every entity, dead ones too, in id order; for the codec and for tests.               [main]
  std::vector<Id> all_ids() const;

  // Goes up by one with every change.                                                    [main]
  uint64_t revision() const { return revision_; }

  // Of everything under one entity (a track, the song), ids left out: equal songs have equal hashes. [main]
  uint64_t content_hash(Id root = kSongId) const;

  uint32_t actor() const { return actor_; }
  void set_actor(uint32_t actor) { actor_ = actor & 0xffffff; }
  size_t entity_count() const { return entities_.size(); }

 private:
  struct Children {
    Kind kind;
    std::vector<Id> ids;                         // in order, but for those in `moved`
    std::vector<Id> moved;                       // came, went or changed place since
  };

  int depth_of(Id) const;                        // steps up to the song; -1 when it does not hang on it
  void look_again(const Entity&);                // its list of siblings may be out of order
  void settle(Id parent, Children&) const;
  uint64_t hash_of(const Entity&) const;

  std::unordered_map<Id, Entity> entities_;
  mutable std::unordered_map<Id, std::vector<Children>> children_;   // by parent; the lists by kind
  uint32_t actor_;
  uint64_t next_counter_ = 1;
  uint64_t clock_ = 0;
  uint64_t revision_ = 0;
};

}  // namespace arietta
