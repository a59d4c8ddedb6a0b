#include "bank/sf_zones.h"

#include <algorithm>

namespace arietta {
namespace {

using namespace sfgen;

struct Limit { uint16_t generator; int16_t initial, low, high; bool instrument_only; };

// Section 8.1.3. Generators not listed start at 0, are unlimited and add up. Attack and release have the wider
// upper limit that other players allow.
constexpr Limit kLimits[] = {
    {kStartOffset, 0, -32768, 32767, true},      {kEndOffset, 0, -32768, 32767, true},
    {kLoopStartOffset, 0, -32768, 32767, true},  {kLoopEndOffset, 0, -32768, 32767, true},
    {kStartCoarse, 0, -32768, 32767, true},      {kEndCoarse, 0, -32768, 32767, true},
    {kLoopStartCoarse, 0, -32768, 32767, true},  {kLoopEndCoarse, 0, -32768, 32767, true},
    {kModLfoToPitch, 0, -12000, 12000, false},   {kVibratoToPitch, 0, -12000, 12000, false},
    {kModEnvToPitch, 0, -12000, 12000, false},   {kFilterCutoff, 13500, 1500, 13500, false},
    {kFilterQ, 0, 0, 960, false},                {kModLfoToFilter, 0, -12000, 12000, false},
    {kModEnvToFilter, 0, -12000, 12000, false},  {kModLfoToVolume, 0, -960, 960, false},
    {kChorusSend, 0, 0, 1000, false},            {kReverbSend, 0, 0, 1000, false},
    {kPan, 0, -500, 500, false},                 {kModLfoDelay, -12000, -12000, 5000, false},
    {kModLfoRate, 0, -16000, 4500, false},       {kVibratoDelay, -12000, -12000, 5000, false},
    {kVibratoRate, 0, -16000, 4500, false},      {kModEnvDelay, -12000, -12000, 5000, false},
    {kModEnvAttack, -12000, -12000, 8000, false}, {kModEnvHold, -12000, -12000, 5000, false},
    {kModEnvDecay, -12000, -12000, 8000, false}, {kModEnvSustain, 0, 0, 1000, false},
    {kModEnvRelease, -12000, -12000, 8000, false}, {kModEnvHoldPerKey, 0, -1200, 1200, false},
    {kModEnvDecayPerKey, 0, -1200, 1200, false}, {kVolDelay, -12000, -12000, 5000, false},
    {kVolAttack, -12000, -12000, 8000, false},   {kVolHold, -12000, -12000, 5000, false},
    {kVolDecay, -12000, -12000, 8000, false},    {kVolSustain, 0, 0, 1440, false},
    {kVolRelease, -12000, -12000, 8000, false},  {kVolHoldPerKey, 0, -1200, 1200, false},
    {kVolDecayPerKey, 0, -1200, 1200, false},    {kFixedKey, -1, -1, 127, true},
    {kFixedVelocity, -1, -1, 127, true},         {kAttenuation, 0, -1440, 1440, false},
    {kCoarseTune, 0, -120, 120, false},          {kFineTune, 0, -99, 99, false},
    {kSampleModes, 0, 0, 3, true},               {kScaleTuning, 100, 0, 1200, false},
    {kExclusiveClass, 0, 0, 127, true},          {kRootKey, -1, -1, 127, true}};

// Section 8.4, less velocity to filter cutoff, which the makers of today's banks turn off and the reference player
// (FluidSynth) ignores, and less the sends and the pitch wheel, which are the strip's and the player's business.
constexpr SfModulator kDefaultModulators[] = {
    {0x0502, kAttenuation, 960, 0, 0},      // velocity, concave, falling
    {0x000d, kVibratoToPitch, 50, 0, 0},    // channel pressure
    {0x0081, kVibratoToPitch, 50, 0, 0},    // modulation wheel
    {0x0587, kAttenuation, 960, 0, 0},      // volume
    {0x028a, kPan, 500, 0, 0},              // pan
    {0x058b, kAttenuation, 960, 0, 0},      // expression
};

constexpr SfModulator kVelocityToFilter = {0x0102, kFilterCutoff, -2400, 0x0d02, 0};

bool identical(const SfModulator& a, const SfModulator& b) {
  return a.source == b.source && a.destination == b.destination && a.amount_source == b.amount_source &&
         a.transform == b.transform;
}

SfModulator* find_identical(std::vector<SfModulator>& list, const SfModulator& modulator) {
  for (SfModulator& other : list)
    if (identical(other, modulator)) return &other;
  return nullptr;
}

// A zone as it stands in the file, global zone already taken in.
struct RawZone {
  std::array<int16_t, kCount> amount{};
  std::array<bool, kCount> is_set{};
  std::vector<SfModulator> modulators;
  SfKeyRange keys, velocities;
  bool has_target = false;
  uint16_t target = 0;          // instrument or sample number
};

void read_zone(const SfFile& file, SfLevel level, uint32_t zone, RawZone& raw) {
  const uint16_t target = level == SfLevel::kPreset ? kInstrument : kSample;
  const SfRange generators = file.generators(level, zone);
  for (uint32_t i = generators.first; i < generators.last; ++i) {
    const SfGenerator generator = file.generator(level, i);
    if (generator.number == kKeyRange) {
      raw.keys = {generator.low(), generator.high()};
    } else if (generator.number == kVelocityRange) {
      raw.velocities = {generator.low(), generator.high()};
    } else if (generator.number == target) {
      raw.has_target = true;
      raw.target = uint16_t(generator.amount);
      break;                    // whatever follows is to be ignored, section 8.1.2
    } else if (generator.number < kCount) {
      raw.amount[generator.number] = generator.amount;
      raw.is_set[generator.number] = true;
    }
  }
  const SfRange modulators = file.modulators(level, zone);
  for (uint32_t i = modulators.first; i < modulators.last; ++i) {
    const SfModulator modulator = file.modulator(level, i);
    if (SfModulator* same = find_identical(raw.modulators, modulator)) *same = modulator;
    else raw.modulators.push_back(modulator);
  }
}

// Zones with a target; a first zone without one is global, later ones are ignored (section 7.3, 7.7).
std::vector<RawZone> read_zones(const SfFile& file, SfLevel level, uint32_t owner) {
  std::vector<RawZone> zones;
  RawZone global;
  const SfRange range = file.zones(level, owner);
  for (uint32_t zone = range.first; zone < range.last && zones.size() < kMaxZones; ++zone) {
    RawZone raw = global;
    read_zone(file, level, zone, raw);
    if (raw.has_target) zones.push_back(std::move(raw));
    else if (zone == range.first) global = std::move(raw);
  }
  return zones;
}

SfKeyRange overlap(SfKeyRange a, SfKeyRange b) { return {std::max(a.low, b.low), std::min({a.high, b.high, uint8_t(127)})}; }

void sum_generators(const RawZone& preset, const RawZone& instrument, SfZone& zone) {
  for (const Limit& limit : kLimits) {
    const uint16_t g = limit.generator;
    int32_t amount = instrument.is_set[g] ? instrument.amount[g] : limit.initial;
    if (!limit.instrument_only && preset.is_set[g]) amount += preset.amount[g];
    zone.amount[g] = std::clamp<int32_t>(amount, limit.low, limit.high);
  }
}

// The instrument's modulators replace identical defaults; the preset's add to what is there.
void merge_modulators(const RawZone& preset, const RawZone& instrument, SfZone& zone) {
  zone.modulators.assign(std::begin(kDefaultModulators), std::end(kDefaultModulators));
  for (const SfModulator& modulator : instrument.modulators) {
    if (identical(modulator, kVelocityToFilter)) continue;
    if (SfModulator* same = find_identical(zone.modulators, modulator)) *same = modulator;
    else zone.modulators.push_back(modulator);
  }
  for (const SfModulator& modulator : preset.modulators) {
    if (identical(modulator, kVelocityToFilter)) continue;
    SfModulator* same = find_identical(zone.modulators, modulator);
    if (same) same->amount = int16_t(std::clamp(same->amount + modulator.amount, -32768, 32767));
    else zone.modulators.push_back(modulator);
  }
}

}  // namespace

Result<std::vector<SfZone>> flatten_preset(const SfFile& file, uint32_t index) {
  std::vector<SfZone> zones;
  for (const RawZone& preset : read_zones(file, SfLevel::kPreset, index)) {
    if (preset.target >= file.instrument_count()) continue;
    for (const RawZone& instrument : read_zones(file, SfLevel::kInstrument, preset.target)) {
      SfZone zone;
      zone.keys = overlap(preset.keys, instrument.keys);
      zone.velocities = overlap(preset.velocities, instrument.velocities);
      zone.sample = instrument.target;
      if (zone.keys.empty() || zone.velocities.empty() || zone.sample >= file.sample_count()) continue;
      if (zones.size() == kMaxZones)
        return Error{"The instrument \"" + file.preset(index).name + "\" of this SoundFont has more than " +
                     std::to_string(kMaxZones) + " zones."};
      sum_generators(preset, instrument, zone);
      merge_modulators(preset, instrument, zone);
      zones.push_back(std::move(zone));
    }
  }
  return zones;
}

}  // namespace arietta
