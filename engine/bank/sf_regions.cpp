#include "bank/sf_regions.h"

#include <algorithm>
#include <cmath>

#include "base/mathx.h"

namespace arietta {
namespace {

using namespace sfgen;

constexpr int32_t kNever = -12000;   // timecents that mean "no time at all" for delay and hold
constexpr float kLowestHz = 8.176f;  // absolute cents count from MIDI key 0

float seconds(int32_t timecents) { return std::exp2(float(timecents) / 1200.0f); }
float seconds_or_none(int32_t timecents) { return timecents <= kNever ? 0.0f : seconds(timecents); }
float hertz(int32_t cents) { return kLowestHz * std::exp2(float(cents) / 1200.0f); }

// Samplers that made the format famous attenuate by 0.4 dB for each dB written, and banks are made by ear on them.
constexpr float kAttenuationFactor = 0.4f;

struct Target { uint16_t generator; BankDestination destination; float scale; };
constexpr Target kTargets[] = {
    {kCoarseTune, kToPitch, 100},             {kFineTune, kToPitch, 1},
    {kFilterCutoff, kToFilter, 1},            {kFilterQ, kToFilterQ, 0.1f},
    {kAttenuation, kToAttenuation, 0.1f},     {kPan, kToPan, 0.002f},
    {kVibratoToPitch, kToVibratoPitch, 1},    {kModLfoToPitch, kToModLfoPitch, 1},
    {kModLfoToFilter, kToModLfoFilter, 1},    {kModLfoToVolume, kToModLfoVolume, 0.1f},
    {kModEnvToPitch, kToModEnvPitch, 1},      {kModEnvToFilter, kToModEnvFilter, 1},
    {kVibratoRate, kToVibratoRate, 1},        {kModLfoRate, kToModLfoRate, 1},
    {kVolAttack, kToVolumeAttack, 1},         {kVolHold, kToVolumeHold, 1},
    {kVolDecay, kToVolumeDecay, 1},           {kVolRelease, kToVolumeRelease, 1},
    {kModEnvAttack, kToModulationAttack, 1},  {kModEnvHold, kToModulationHold, 1},
    {kModEnvDecay, kToModulationDecay, 1},    {kModEnvRelease, kToModulationRelease, 1},
    {kVolSustain, kToVolumeSustain, 0.1f},    {kModEnvSustain, kToModulationSustain, -0.001f}};

// Section 8.2.1: the low seven bits are an index, then: MIDI controller, falling, bipolar, and the curve.
bool read_source(uint16_t code, uint8_t& source, uint8_t& shape) {
  const uint16_t index = code & 0x7f, curve = code >> 10;
  if (curve > 3) return false;
  shape = uint8_t(curve | (code & 0x100 ? kShapeFalling : 0) | (code & 0x200 ? kShapeBipolar : 0));
  if (code & 0x80) {
    source = uint8_t(index);
    return true;
  }
  switch (index) {
    case 0: source = kSourceOne; return true;
    case 2: source = kSourceVelocity; return true;
    case 3: source = kSourceKey; return true;
    case 10: source = kSourcePolyPressure; return true;
    case 13: source = kSourcePressure; return true;
    case 14: source = kSourceBend; return true;
    case 16: source = kSourceBendRange; return true;
    default: return false;
  }
}

}  // namespace

BankRegion region_of(const SfZone& zone, const SfSample& sample) {
  const auto& g = zone.amount;
  BankRegion r = {};
  r.sample_rate = float(std::clamp(sample.rate, 400u, 192000u));
  const int32_t root = g[kRootKey] >= 0 ? g[kRootKey] : sample.root_key <= 127 ? sample.root_key : 60;
  r.root_key = float(root);
  r.tune_cents = float(100 * g[kCoarseTune] + g[kFineTune] + sample.correction_cents);
  r.scale_tuning = float(g[kScaleTuning]);
  r.attenuation_db = 0.1f * kAttenuationFactor * float(g[kAttenuation]);
  r.pan = float(g[kPan]) / 500.0f;
  r.reverb_send = float(g[kReverbSend]) / 1000.0f;
  r.chorus_send = float(g[kChorusSend]) / 1000.0f;
  r.filter_hz = g[kFilterCutoff] >= 13500 ? 20000.0f : hertz(g[kFilterCutoff]);
  r.filter_q_db = 0.1f * float(g[kFilterQ]);
  r.vibrato_hz = hertz(g[kVibratoRate]);
  r.vibrato_delay_s = seconds_or_none(g[kVibratoDelay]);
  r.vibrato_cents = float(g[kVibratoToPitch]);
  r.mod_lfo_hz = hertz(g[kModLfoRate]);
  r.mod_lfo_delay_s = seconds_or_none(g[kModLfoDelay]);
  r.mod_lfo_pitch_cents = float(g[kModLfoToPitch]);
  r.mod_lfo_filter_cents = float(g[kModLfoToFilter]);
  r.mod_lfo_volume_db = 0.1f * float(g[kModLfoToVolume]);
  r.mod_env_pitch_cents = float(g[kModEnvToPitch]);
  r.mod_env_filter_cents = float(g[kModEnvToFilter]);
  r.volume = {seconds_or_none(g[kVolDelay]), seconds(g[kVolAttack]), seconds_or_none(g[kVolHold]),
              seconds(g[kVolDecay]), 0.1f * float(g[kVolSustain]), seconds(g[kVolRelease]),
              float(g[kVolHoldPerKey]), float(g[kVolDecayPerKey])};
  r.modulation = {seconds_or_none(g[kModEnvDelay]), seconds(g[kModEnvAttack]), seconds_or_none(g[kModEnvHold]),
                  seconds(g[kModEnvDecay]), 1.0f - 0.001f * float(g[kModEnvSustain]), seconds(g[kModEnvRelease]),
                  float(g[kModEnvHoldPerKey]), float(g[kModEnvDecayPerKey])};
  r.key_low = zone.keys.low;
  r.key_high = zone.keys.high;
  r.velocity_low = zone.velocities.low;
  r.velocity_high = zone.velocities.high;
  r.exclusive_class = uint8_t(g[kExclusiveClass]);
  r.fixed_key = int8_t(g[kFixedKey]);
  r.fixed_velocity = int8_t(g[kFixedVelocity]);
  return r;
}

std::vector<BankModulator> modulators_of(const SfZone& zone) {
  std::vector<BankModulator> list;
  for (const SfModulator& modulator : zone.modulators) {
    const auto* target = std::find_if(std::begin(kTargets), std::end(kTargets),
                                      [&](const Target& t) { return t.generator == modulator.destination; });
    BankModulator made = {};
    if (target == std::end(kTargets) || modulator.amount == 0 ||
        !read_source(modulator.source, made.source, made.source_shape) ||
        !read_source(modulator.amount_source, made.amount_source, made.amount_shape))
      continue;
    const bool is_empty = made.source == kSourceOne;   // unused records in published banks look like this
    const bool is_pitch_wheel = made.source == kSourceBend && target->destination == kToPitch;   // the player's own
    if (is_empty || is_pitch_wheel || modulator.transform & ~2) continue;
    made.destination = target->destination;
    made.absolute = modulator.transform == 2;
    made.amount = target->scale * float(modulator.amount);
    list.push_back(made);
  }
  return list;
}

}  // namespace arietta
