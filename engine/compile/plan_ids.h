// Numbers of 32 bits for entities of 64: the engine's names for notes, nodes and tracks. Entities of one actor never
// collide (before there are two thousand million of them); actors are spread so that people editing one song hardly ever do.
#pragma once
#include "base/hash.h"
#include "song/op.h"

namespace arietta {

constexpr uint32_t short_id(Id id) {
  constexpr uint32_t kSpread = 0x9e3779b1u;               // odd: the golden ratio of 2^32, as hashing uses it
  return (uint32_t(id) + uint32_t(id >> 40) * kSpread) & 0x7fffffffu;
}

constexpr uint32_t note_plan_id(Id note) { return short_id(note) ? short_id(note) : 0x7fffffffu; }   // never 0, never live

// The engine's name for recorded sound; never 0.
constexpr uint32_t audio_plan_id(std::string_view hash) {
  const uint32_t id = uint32_t(Hash64().text(hash).value());
  return id ? id : 1;
}

}  // namespace arietta
