// The schema as types and tables, expanded from schema.def.   [any]
#pragma once
#include <string_view>
#include <type_traits>

#include "base/types.h"

namespace arietta {

enum class Kind : uint16_t {
  none = 0,
#define KIND(number, name, parent) name = number,
#define FIELD(kind, key, name, type, initial)
#include "song/schema.def"
#undef KIND
#undef FIELD
};

using FieldKey = uint16_t;
enum class FieldType : uint8_t { kInt, kReal, kText };

namespace field {
inline constexpr FieldKey alive = 0, parent = 1;
// field::note::velocity and so on.
#define KIND(number, name, parent)
#define FIELD(kind, key, name, type, initial) \
  namespace kind { inline constexpr FieldKey name = key; }
#include "song/schema.def"
#undef KIND
#undef FIELD
}  // namespace field

struct KindInfo {
  Kind kind;
  std::string_view name;
  Kind parent;
};
struct FieldInfo {
  Kind kind;
  FieldKey key;
  std::string_view name;
  FieldType type;
  double initial;                 // for numbers
};

inline constexpr KindInfo kKinds[] = {
#define KIND(number, name, parent) {Kind::name, #name, Kind::parent},
#define FIELD(kind, key, name, type, initial)
#include "song/schema.def"
#undef KIND
#undef FIELD
};

namespace schema_detail {
template <class T>
constexpr double number(T v) {
  if constexpr (std::is_arithmetic_v<T>) return double(v);
  else return 0;
}
}  // namespace schema_detail

inline constexpr FieldInfo kFields[] = {
#define KIND(number, name, parent)
#define FIELD(kind, key, name, type, initial) \
  {Kind::kind, key, #name, FieldType::type, schema_detail::number(initial)},
#include "song/schema.def"
#undef KIND
#undef FIELD
};

constexpr const KindInfo* find_kind(Kind kind) {
  for (const KindInfo& info : kKinds)
    if (info.kind == kind) return &info;
  return nullptr;
}

constexpr const FieldInfo* find_field(Kind kind, FieldKey key) {
  for (const FieldInfo& info : kFields)
    if (info.kind == kind && info.key == key) return &info;
  return nullptr;
}

}  // namespace arietta
