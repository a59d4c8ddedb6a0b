// The parameter and device tables as constexpr arrays, expanded from params.def and device_ids.def.
// Everything that needs to know a range, a name or a unit reads it here.   [any]
#pragma once
#include <array>
#include <string_view>

#include "base/hash.h"
#include "base/types.h"

namespace arietta {

enum class Unit : uint8_t {
  kNone, kDecibel, kPan, kSwitch, kCents, kSemitones, kOctaves, kHertz, kSeconds, kPercent, kRatio,
};
enum class Curve : uint8_t { kLinear, kLog, kSquare, kSteps };
enum class Category : uint8_t { kMix, kInstrument, kEffect };

using ParamFlags = uint8_t;
inline constexpr ParamFlags kNoFlags = 0, kAutomatable = 1, kHidden = 2, kFront = 4;

enum class DeviceKind : uint16_t {
  none = 0,
#define DEVICE(id, symbol, label, category) symbol = id,
#include "params/device_ids.def"
#undef DEVICE
};

struct DeviceInfo {
  DeviceKind kind;
  std::string_view symbol;
  std::string_view label;
  Category category;
};

struct ParamInfo {
  DeviceKind device;
  uint16_t index;
  std::string_view symbol;
  Unit unit;
  float min, max, initial;
  Curve curve;
  float smoothing_ms;
  ParamFlags flags;
  std::string_view label;
};

inline constexpr DeviceInfo kDevices[] = {
#define DEVICE(id, symbol, label, category) {DeviceKind::symbol, #symbol, label, Category::category},
#include "params/device_ids.def"
#undef DEVICE
};

// The highest number in use; the list has gaps.
inline constexpr DeviceKind kLastDevice = [] {
  DeviceKind last = DeviceKind::none;
  for (const DeviceInfo& device : kDevices) last = device.kind > last ? device.kind : last;
  return last;
}();

inline constexpr ParamInfo kParams[] = {
#define PARAM(device, index, symbol, unit, min, max, initial, curve, smoothing_ms, flags, label)            \
  {DeviceKind::device, index, #symbol, Unit::unit, min, max, initial, Curve::curve, smoothing_ms, flags, label},
#include "params/params.def"
#undef PARAM
};

// Index constants, so that code reads param::poly_synth::cutoff_hz.
#define DEVICE(id, symbol, label, category)
#define PARAM(device, index, symbol, unit, min, max, initial, curve, smoothing_ms, flags, label) \
  namespace param::device { inline constexpr uint16_t symbol = index; }
#include "params/params.def"
#undef PARAM
#undef DEVICE

// At most this many parameters a device; sizes the engine's value arrays, and a bit each in its 64-bit masks.
inline constexpr int kMaxParams = 64;

constexpr const DeviceInfo* find_device(DeviceKind kind) {
  for (const DeviceInfo& device : kDevices)
    if (device.kind == kind) return &device;
  return nullptr;
}

// The parameters of one device, in index order; they stand together in the table.
constexpr span<const ParamInfo> params_of(DeviceKind kind) {
  size_t first = 0;
  while (first < std::size(kParams) && kParams[first].device != kind) ++first;
  size_t last = first;
  while (last < std::size(kParams) && kParams[last].device == kind) ++last;
  return {kParams + first, last - first};
}

constexpr const ParamInfo* find_param(DeviceKind kind, uint16_t index) {
  for (const ParamInfo& param : kParams)
    if (param.device == kind && param.index == index) return &param;
  return nullptr;
}

// Both sides of a link compare this before they talk: a different table means a mixed deployment.
constexpr uint64_t param_table_hash() {
  Hash64 hash;
  for (const ParamInfo& param : kParams)
    hash.number(uint64_t(param.device)).number(param.index).text(param.symbol);
  return hash.value();
}

}  // namespace arietta
