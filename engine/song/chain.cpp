#include "song/chain.h"

#include <algorithm>
#include <string>

#include "song/edit.h"

namespace arietta {
namespace {

// Numbers stay below this: two bytes in a link, and rarely the same for two tracks.
constexpr uint64_t kTrackNumbers = 1 << 14;

DeviceKind kind_of(const Document& document, Id device) {
  return DeviceKind(document.find(device)->integer(field::device::device_kind));
}

Id track_numbered(const Document& document, int64_t number) {
  if (number == 0) return 0;
  for (Id track : document.children(kSongId, Kind::track))
    if (document.find(track)->integer(field::track::number) == number) return track;
  return 0;
}

// Every device of the owner in the order they sound: instruments, then effects (and what we do not know), then strips.
std::vector<Id> chain_of(const Document& document, Id owner) {
  std::vector<Id> chain = document.children(owner, Kind::device);
  const auto rank = [&](Id id) {
    const DeviceInfo* info = find_device(kind_of(document, id));
    return info && info->category == Category::kInstrument ? 0 : info && info->category == Category::kMix ? 2 : 1;
  };
  std::stable_sort(chain.begin(), chain.end(), [&](Id a, Id b) { return rank(a) < rank(b); });
  return chain;
}

// Positions count along the chain; only those that change are said.
void place(const Document& document, Ops& ops, const std::vector<Id>& chain) {
  for (size_t i = 0; i < chain.size(); ++i) {
    const Entity* device = document.find(chain[i]);
    const bool there = device && device->find(field::device::position);
    if (device && device->integer(field::device::position) == int64_t(i) && (there || i == 0)) continue;
    set_field(ops, chain[i], Kind::device, field::device::position, int64_t(i));
  }
}

// Where effect number `at` belongs in the whole chain.
size_t place_in_chain(const Document& document, Id owner, const std::vector<Id>& chain, int at) {
  const std::vector<Effect> effects = effects_of(document, owner);
  if (at >= 0 && size_t(at) < effects.size())
    return size_t(std::find(chain.begin(), chain.end(), effects[size_t(at)].id) - chain.begin());
  if (!effects.empty()) return size_t(std::find(chain.begin(), chain.end(), effects.back().id) - chain.begin()) + 1;
  return size_t(std::count_if(chain.begin(), chain.end(), [&](Id id) {
    const DeviceInfo* info = find_device(kind_of(document, id));
    return info && info->category == Category::kInstrument;
  }));
}

}  // namespace

bool is_chain_effect(DeviceKind kind) {
  const DeviceInfo* info = find_device(kind);
  return info && info->category == Category::kEffect && kind != DeviceKind::limiter;
}

std::vector<Effect> effects_of(const Document& document, Id owner) {
  std::vector<Effect> effects;
  for (Id id : document.children(owner, Kind::device)) {
    const DeviceKind kind = kind_of(document, id);
    if (!is_chain_effect(kind) || effects.size() == size_t(kMaxEffects)) continue;
    const Entity& device = *document.find(id);
    effects.push_back({id, kind, device.integer(field::device::bypass) != 0,
                       track_numbered(document, device.integer(field::device::side_chain))});
  }
  return effects;
}

Id add_effect(Document& document, Ops& ops, Id owner, DeviceKind kind, int at) {
  if (!is_chain_effect(kind) || effects_of(document, owner).size() >= size_t(kMaxEffects)) return 0;
  std::vector<Id> chain = chain_of(document, owner);
  const size_t where = place_in_chain(document, owner, chain, at);
  const Id id = add_entity(document, ops, Kind::device, owner);
  set_field(ops, id, Kind::device, field::device::device_kind, int64_t(kind));
  chain.insert(chain.begin() + std::ptrdiff_t(where), id);
  place(document, ops, chain);
  return id;
}

void move_effect(const Document& document, Ops& ops, Id owner, Id effect, int to) {
  std::vector<Id> chain = chain_of(document, owner);
  const std::vector<Effect> effects = effects_of(document, owner);
  const auto from = std::find_if(effects.begin(), effects.end(), [&](const Effect& e) { return e.id == effect; });
  if (from == effects.end()) return;
  const size_t goal = size_t(std::clamp(to, 0, int(effects.size()) - 1));
  const size_t where = size_t(std::find(chain.begin(), chain.end(), effects[goal].id) - chain.begin());
  chain.erase(std::find(chain.begin(), chain.end(), effect));
  chain.insert(chain.begin() + std::ptrdiff_t(where), effect);
  place(document, ops, chain);
}

int bus_number(const Document& document, Id track) {
  const Entity* entity = document.find(track);
  const int64_t number = entity && entity->kind == Kind::track ? entity->integer(field::track::bus) : 0;
  return int(std::min<int64_t>(number, kMaxBuses));
}

Id bus_track(const Document& document, int number) {
  if (number == 0) return 0;
  for (Id track : document.children(kSongId, Kind::track))
    if (bus_number(document, track) == number) return track;
  return 0;
}

std::vector<int> buses_of(const Document& document) {
  std::vector<int> numbers;
  for (int number = 1; number <= kMaxBuses; ++number)
    if (bus_track(document, number)) numbers.push_back(number);
  return numbers;
}

Id add_bus(Document& document, Ops& ops, std::string_view name) {
  int number = 1;
  while (number <= kMaxBuses && bus_track(document, number)) ++number;
  if (number > kMaxBuses) return 0;
  const Id track = add_track(document, ops, name, DeviceKind::none);
  set_field(ops, track, Kind::track, field::track::bus, int64_t(number));
  return track;
}

void set_side_chain(const Document& document, Ops& ops, Id effect, Id track) {
  const Entity* source = document.find(track);
  int64_t number = source ? source->integer(field::track::number) : 0;
  if (source && number == 0) {
    number = int64_t((track ^ track >> 40) % (kTrackNumbers - 1)) + 1;
    while (track_numbered(document, number)) number = number % int64_t(kTrackNumbers - 1) + 1;
    set_field(ops, track, Kind::track, field::track::number, number);
  }
  set_field(ops, effect, Kind::device, field::device::side_chain, number);
}

}  // namespace arietta
