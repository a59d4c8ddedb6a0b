#include "song/document.h"

#include <algorithm>
#include <bit>
#include <tuple>

#include "base/hash.h"
#include "song/ranges.h"

namespace arietta {
namespace {

// Deeper than anything the schema has. A chain of parents that is longer, or that bites its own tail, is not part of
// the song.
constexpr int kMaxDepth = 16;
// Stamps above this are refused, so that no peer can push the clock to where it wraps.
constexpr uint64_t kMaxRemoteTime = uint64_t(1) << 39;

template <class Fields>
auto lower_field(Fields& fields, FieldKey key) {
  return std::lower_bound(fields.begin(), fields.end(), key, [](const Field& f, FieldKey k) { return f.key < k; });
}

constexpr auto lower_kind = [](const auto& list, Kind kind) { return list.kind < kind; };

// What siblings are sorted by. Field 2 of every kind is its place: order key, start, position, tick or index.
struct Place {
  std::string_view order;
  int64_t first = 0, second = 0;
  Id id = 0;
  bool operator<(const Place& o) const {
    return std::tie(order, first, second, id) < std::tie(o.order, o.first, o.second, o.id);
  }
};

Place place_of(const Entity& entity) {
  if (entity.kind == Kind::track) return {entity.text(field::track::order), 0, 0, entity.id};
  const int64_t first = entity.integer(entity.kind == Kind::device ? field::device::position : FieldKey(2));
  const int64_t second = entity.kind == Kind::note ? entity.integer(field::note::key) : 0;
  return {{}, first, second, entity.id};
}

void hash_field(Hash64& hash, const Field& field) {
  hash.number(field.key).byte(uint8_t(field.value.index()));
  if (const auto* i = std::get_if<int64_t>(&field.value)) hash.number(uint64_t(*i));
  if (const auto* d = std::get_if<double>(&field.value)) hash.number(__builtin_bit_cast(uint64_t, *d));
  if (const auto* s = std::get_if<std::string>(&field.value)) hash.number(s->size()).text(*s);
}

}  // namespace

// ---- Entity

const Value* Entity::find(FieldKey key) const {
  const auto at = lower_field(fields, key);
  return at != fields.end() && at->key == key ? &at->value : nullptr;
}

bool Entity::alive() const { return integer(field::alive) != 0; }
Id Entity::parent() const { return Id(integer(field::parent)); }

int64_t Entity::integer(FieldKey key) const {
  if (const Value* value = find(key))
    if (const auto* number = std::get_if<int64_t>(value)) return *number;
  const FieldInfo* info = find_field(kind, key);
  return info && info->type == FieldType::kInt ? int64_t(info->initial) : 0;
}

double Entity::real(FieldKey key) const {
  if (const Value* value = find(key))
    if (const auto* number = std::get_if<double>(value)) return *number;
  const FieldInfo* info = find_field(kind, key);
  return info && info->type == FieldType::kReal ? info->initial : 0;
}

std::string_view Entity::text(FieldKey key) const {
  if (const Value* value = find(key))
    if (const auto* words = std::get_if<std::string>(value)) return *words;
  return {};
}

bool is_content(Kind kind, const Field& field) {
  if (field.key <= field::parent) return false;
  if (kind == Kind::track && field.key == field::track::order) return false;
  return field.value != initial_value(kind, field.key);
}

// ---- Document

Document::Document(uint32_t actor) : actor_(actor & 0xffffff) {
  entities_[kSongId] = {kSongId, Kind::song, {{field::alive, 0, int64_t(1)}, {field::parent, 0, int64_t(0)}}};
}

bool Document::apply(Op op, Op* inverse) {
  const bool is_song = op.entity == kSongId;
  if (op.entity == 0 || op.kind == Kind::none || is_song != (op.kind == Kind::song)) return false;
  if (is_song && op.field <= field::parent) return false;      // the song is always there
  if (op.stamp >> 24 > kMaxRemoteTime || !clean_value(op.kind, op.field, op.value)) return false;
  if (op.stamp == 0) op.stamp = make_stamp(clock_ + 1, actor_);
  clock_ = std::max(clock_, op.stamp >> 24);

  Entity& entity = entities_[op.entity];
  if (op.kind < entity.kind) return false;
  if (op.kind > entity.kind) {
    // A new entity. Or broken peers that mean two kinds by one id: then the higher number wins, everywhere alike.
    look_again(entity);
    entity = {op.entity, op.kind, {}};
    entity.fields.reserve(6);
  }

  auto at = lower_field(entity.fields, op.field);
  const bool was_set = at != entity.fields.end() && at->key == op.field;
  // Equal stamps come only from broken peers; the greater value wins so that all agree even then.
  if (was_set && std::tie(op.stamp, op.value) <= std::tie(at->stamp, at->value)) return false;
  if (was_set && at->value == op.value) {
    at->stamp = op.stamp;
    return false;
  }

  look_again(entity);
  Value old = was_set ? std::move(at->value) : initial_value(op.kind, op.field);
  if (was_set) *at = {op.field, op.stamp, std::move(op.value)};
  else entity.fields.insert(at, Field{op.field, op.stamp, std::move(op.value)});
  look_again(entity);

  if (inverse) *inverse = {op.entity, op.kind, op.field, std::move(old), 0};
  ++revision_;
  return true;
}

Id Document::new_id() {
  Id id;
  do id = make_id(actor_, next_counter_++); while (entities_.count(id));
  return id;
}

const Entity* Document::find(Id id) const {
  const auto at = entities_.find(id);
  return at == entities_.end() ? nullptr : &at->second;
}

const Entity& Document::song() const { return entities_.at(kSongId); }

int Document::depth_of(Id id) const {
  for (int depth = 0; depth <= kMaxDepth; ++depth) {
    if (id == kSongId) return depth;
    const Entity* entity = find(id);
    if (!entity || !entity->alive()) return -1;
    id = entity->parent();
  }
  return -1;
}

void Document::look_again(const Entity& entity) {
  if (entity.kind == Kind::none || entity.id == kSongId || !entity.alive()) return;
  std::vector<Children>& lists = children_[entity.parent()];
  auto at = std::lower_bound(lists.begin(), lists.end(), entity.kind, lower_kind);
  if (at == lists.end() || at->kind != entity.kind) at = lists.insert(at, Children{entity.kind, {}, {}});
  if (at->moved.empty() || at->moved.back() != entity.id) at->moved.push_back(entity.id);
}

// Takes the moved ones out and puts those that still belong back in: a search for a few, a sort for many.
void Document::settle(Id parent, Children& list) const {
  std::sort(list.moved.begin(), list.moved.end());
  list.moved.erase(std::unique(list.moved.begin(), list.moved.end()), list.moved.end());
  const auto has_moved = [&](Id id) { return std::binary_search(list.moved.begin(), list.moved.end(), id); };
  list.ids.erase(std::remove_if(list.ids.begin(), list.ids.end(), has_moved), list.ids.end());
  std::erase_if(list.moved, [&](Id id) {
    const Entity& entity = *find(id);
    return entity.kind != list.kind || !entity.alive() || entity.parent() != parent;
  });

  constexpr size_t kFew = 16;
  if (list.moved.size() <= kFew) {
    for (const Id id : list.moved) {
      const Place place = place_of(*find(id));
      const auto before = [&](Id other, const Place& p) { return place_of(*find(other)) < p; };
      list.ids.insert(std::lower_bound(list.ids.begin(), list.ids.end(), place, before), id);
    }
  } else {
    std::vector<Place> places;
    places.reserve(list.ids.size() + list.moved.size());
    for (const Id id : list.ids) places.push_back(place_of(*find(id)));
    for (const Id id : list.moved) places.push_back(place_of(*find(id)));
    std::sort(places.begin(), places.end());
    list.ids.clear();
    for (const Place& place : places) list.ids.push_back(place.id);
  }
  list.moved.clear();
}

const std::vector<Id>& Document::children(Id parent, Kind kind) const {
  static const std::vector<Id> kNone;
  const auto lists = children_.find(parent);
  if (lists == children_.end()) return kNone;
  const int depth = depth_of(parent);
  if (depth < 0 || depth == kMaxDepth) return kNone;
  const auto at = std::lower_bound(lists->second.begin(), lists->second.end(), kind, lower_kind);
  if (at == lists->second.end() || at->kind != kind) return kNone;
  if (!at->moved.empty()) settle(parent, *at);
  return at->ids;
}

std::vector<Kind> Document::child_kinds(Id parent) const {
  std::vector<Kind> kinds;
  const auto lists = children_.find(parent);
  if (lists != children_.end())
    for (const Children& list : lists->second) kinds.push_back(list.kind);
  return kinds;
}

std::vector<Id> Document::all_ids() const {
  std::vector<Id> ids;
  ids.reserve(entities_.size());
  for (const auto& [id, entity] : entities_) ids.push_back(id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

uint64_t Document::content_hash(Id root) const { return depth_of(root) < 0 ? 0 : hash_of(*find(root)); }

// Tracks count by their order. All else is where its fields say, so the sum of the siblings' hashes is enough.
uint64_t Document::hash_of(const Entity& entity) const {
  Hash64 hash;
  hash.number(uint64_t(entity.kind));
  for (const Field& field : entity.fields)
    if (is_content(entity.kind, field)) hash_field(hash, field);
  for (const Kind kind : child_kinds(entity.id)) {
    const std::vector<Id>& ids = children(entity.id, kind);
    if (ids.empty()) continue;
    hash.number(uint64_t(kind)).number(ids.size());
    uint64_t sum = 0;
    for (const Id id : ids) {
      const uint64_t child = hash_of(*find(id));
      if (kind == Kind::track) hash.number(child);
      else sum += child;
    }
    hash.number(sum);
  }
  return hash.value();
}

}  // namespace arietta
