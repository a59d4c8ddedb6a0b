#include "plan/bank_check.h"

#include <cmath>
#include <cstring>

namespace arietta {
namespace {

struct Bounds { float low, high; };

bool within(float value, Bounds bounds) { return value >= bounds.low && value <= bounds.high; }   // false for NaN

constexpr Bounds kSeconds = {0, 1000}, kCents = {-32768, 32768}, kDecibels = {-1000, 1000};

bool check_envelope(const BankEnvelope& e, Bounds sustain) {
  return within(e.delay_s, kSeconds) && within(e.attack_s, kSeconds) && within(e.hold_s, kSeconds) &&
         within(e.decay_s, kSeconds) && within(e.sustain, sustain) && within(e.release_s, kSeconds) &&
         within(e.hold_per_key, kCents) && within(e.decay_per_key, kCents);
}

bool check_sample(const BankRegion& r, uint64_t sample_count) {
  const uint64_t guard = kBankGuardFrames;
  if (r.sample_start < guard || r.sample_start >= r.sample_end || r.sample_end + guard > sample_count) return false;
  switch (r.loop) {
    case kLoopNone: return true;
    case kLoopForever:
    case kLoopUntilRelease:
      return r.loop_start >= r.sample_start && r.loop_end <= r.sample_end && r.loop_end >= r.loop_start &&
             r.loop_end - r.loop_start >= uint32_t(kBankMinLoopFrames);
    default: return false;
  }
}

bool check_region(const BankRegion& r, const BankHeader& header) {
  const Bounds hertz = {0.0001f, 200000};
  return check_sample(r, header.sample_count) && within(r.sample_rate, {100, 400000}) && within(r.root_key, {0, 127}) &&
         within(r.tune_cents, kCents) && within(r.scale_tuning, {0, 1200}) && within(r.attenuation_db, kDecibels) &&
         within(r.pan, {-1, 1}) && within(r.reverb_send, {0, 1}) && within(r.chorus_send, {0, 1}) &&
         within(r.filter_hz, {1, 200000}) && within(r.filter_q_db, {0, 100}) && within(r.vibrato_hz, hertz) &&
         within(r.vibrato_delay_s, kSeconds) && within(r.vibrato_cents, kCents) && within(r.mod_lfo_hz, hertz) &&
         within(r.mod_lfo_delay_s, kSeconds) && within(r.mod_lfo_pitch_cents, kCents) &&
         within(r.mod_lfo_filter_cents, kCents) && within(r.mod_lfo_volume_db, kDecibels) &&
         within(r.mod_env_pitch_cents, kCents) && within(r.mod_env_filter_cents, kCents) &&
         check_envelope(r.volume, {0, 144}) && check_envelope(r.modulation, {0, 1}) &&
         r.first_modulator <= header.modulator_count && r.modulator_count <= kMaxBankModulators &&
         r.modulator_count <= header.modulator_count - r.first_modulator;
}

bool check_modulator(const BankModulator& m) {
  const uint8_t shape_bits = kShapeCurveMask | kShapeFalling | kShapeBipolar;
  return m.source <= kSourceBendRange && m.amount_source <= kSourceBendRange && !(m.source_shape & ~shape_bits) &&
         !(m.amount_shape & ~shape_bits) && m.destination < kBankDestinations && within(m.amount, {-4e6f, 4e6f});
}

bool table_fits(uint32_t offset, uint64_t count, uint64_t each, uint32_t align, uint64_t total) {
  return offset % align == 0 && offset >= sizeof(BankHeader) && offset <= total && count * each <= total - offset;
}

}  // namespace

bool check_bank(Bytes bank) {
  if (bank.size() < sizeof(BankHeader) || reinterpret_cast<size_t>(bank.data()) % 4) return false;
  BankHeader header;
  std::memcpy(&header, bank.data(), sizeof header);
  if (header.magic != kBankMagic || header.version != kBankVersion || header.header_bytes != sizeof(BankHeader) ||
      header.total_bytes != bank.size() || header.preset_count == 0 || header.region_count > kMaxBankRegions)
    return false;
  const uint64_t total = header.total_bytes;
  if (!table_fits(header.presets_offset, header.preset_count, sizeof(BankPreset), 4, total) ||
      !table_fits(header.regions_offset, header.region_count, sizeof(BankRegion), 4, total) ||
      !table_fits(header.modulators_offset, header.modulator_count, sizeof(BankModulator), 4, total) ||
      !table_fits(header.samples_offset, header.sample_count, sizeof(int16_t), 2, total))
    return false;
  const auto* presets = reinterpret_cast<const BankPreset*>(bank.data() + header.presets_offset);
  for (uint32_t i = 0; i < header.preset_count; ++i)
    if (presets[i].first_region > header.region_count ||
        presets[i].region_count > header.region_count - presets[i].first_region)
      return false;
  const auto* regions = reinterpret_cast<const BankRegion*>(bank.data() + header.regions_offset);
  for (uint32_t i = 0; i < header.region_count; ++i)
    if (!check_region(regions[i], header)) return false;
  const auto* modulators = reinterpret_cast<const BankModulator*>(bank.data() + header.modulators_offset);
  for (uint32_t i = 0; i < header.modulator_count; ++i)
    if (!check_modulator(modulators[i])) return false;
  return true;
}

}  // namespace arietta
