#include "devices/soundfont_modulators.h"

#include <algorithm>
#include <cmath>

#include "base/note_event.h"

namespace arietta {
namespace {

constexpr float kBendRange = 2;   // semitones: what a source of "pitch wheel" calls full deflection

float source_value(uint8_t source, const ChannelState& channel, float key, float velocity) {
  switch (source) {
    case kSourceOne: return 1;
    case kSourceVelocity: return velocity;
    case kSourceKey: return key / 127;
    case kSourcePressure: return channel.pressure;
    case kSourceBend: return std::clamp(0.5f + channel.bend_semitones / (2 * kBendRange), 0.0f, 1.0f);
    case kSourceBendRange: return kBendRange / 127;
    case kSourcePolyPressure: return 0;
    default: return channel.controllers[source];
  }
}

// 0..1 to 0..1, reaching 1 where the value is within 96 dB of it.
float concave(float x) { return x >= 1 ? 1 : std::min(1.0f, -(40.0f / 96) * std::log10(1 - x)); }

float curved(float x, uint8_t curve) {
  switch (curve) {
    case kShapeConcave: return concave(x);
    case kShapeConvex: return 1 - concave(1 - x);
    case kShapeSwitch: return x >= 0.5f ? 1.0f : 0.0f;
    default: return x;
  }
}

float shaped(float x, uint8_t shape) {
  if (shape & kShapeFalling) x = 1 - x;
  const uint8_t curve = shape & kShapeCurveMask;
  if (!(shape & kShapeBipolar)) return curved(x, curve);
  if (curve == kShapeSwitch) return x >= 0.5f ? 1.0f : -1.0f;
  return x >= 0.5f ? curved(2 * x - 1, curve) : -curved(1 - 2 * x, curve);
}

}  // namespace

ChannelState neutral_channel() {
  ChannelState state = {};
  state.controllers[7] = kVolumeAtRest;
  state.controllers[11] = 1;
  state.controllers[10] = 0.5f;
  return state;
}

void sum_modulators(span<const BankModulator> modulators, const ChannelState& channel, float key, float velocity,
                    ModulatorSums& sums) {
  sums = {};
  for (const BankModulator& m : modulators) {
    float value = m.amount * shaped(source_value(m.source, channel, key, velocity), m.source_shape);
    if (m.amount_source != kSourceOne)
      value *= shaped(source_value(m.amount_source, channel, key, velocity), m.amount_shape);
    sums.to[m.destination] += m.absolute ? std::abs(value) : value;
  }
}

}  // namespace arietta
