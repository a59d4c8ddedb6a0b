#include "host/wave_bank.h"

#include <cmath>
#include <cstring>

#include "base/mathx.h"
#include "base/note_event.h"
#include "plan/bank_format.h"

namespace arietta {
namespace {

constexpr int kLoop = 256, kWave = 2 * kLoop;          // frames; an attack of one turn, then the loop
constexpr float kRate = 48000;

BankEnvelope envelope(float sustain) {
  return {0, 0.002f, 0, 0.5f, sustain, 0.2f, 0, 0};
}

BankRegion saw_region() {
  BankRegion region{};
  region.sample_start = kBankGuardFrames;
  region.sample_end = kBankGuardFrames + kWave;
  region.loop_start = region.sample_end - kLoop;
  region.loop_end = region.sample_end;
  region.sample_rate = kRate;
  region.root_key = 69 + 12 * std::log2(kRate / kLoop / 440);
  region.scale_tuning = 100;
  region.attenuation_db = 6 - 40 * std::log10(kVolumeAtRest);   // it has no modulators, so volume is part of it
  region.filter_hz = 8000;
  region.vibrato_hz = region.mod_lfo_hz = 5;
  region.volume = envelope(6);
  region.modulation = envelope(1);
  region.key_high = region.velocity_high = 127;
  region.loop = kLoopForever;
  region.fixed_key = region.fixed_velocity = -1;
  return region;
}

int16_t saw_at(int frame) {
  float sum = 0;
  for (int partial = 1; partial <= 32; ++partial)
    sum += std::sin(2 * kPi * float(partial) * float(frame) / kLoop) / float(partial);
  return int16_t(std::lround(sum * 9000));
}

}  // namespace

std::vector<uint8_t> wave_bank(int voices_per_note) {
  BankHeader header{};
  header.magic = kBankMagic;
  header.version = kBankVersion;
  header.header_bytes = sizeof(BankHeader);
  header.preset_count = 1;
  header.region_count = uint32_t(voices_per_note);
  header.sample_count = kWave + 2 * kBankGuardFrames;
  header.presets_offset = sizeof(BankHeader);
  header.regions_offset = header.presets_offset + 16;                    // the preset and padding to 8 bytes
  header.modulators_offset = header.regions_offset + header.region_count * uint32_t(sizeof(BankRegion));
  header.samples_offset = header.modulators_offset;
  header.total_bytes = header.samples_offset + header.sample_count * 2;

  std::vector<uint8_t> bytes(header.total_bytes);
  std::memcpy(bytes.data(), &header, sizeof header);
  const BankPreset preset{0, 0, 0, header.region_count};
  std::memcpy(bytes.data() + header.presets_offset, &preset, sizeof preset);
  const BankRegion region = saw_region();
  for (int i = 0; i < voices_per_note; ++i)
    std::memcpy(bytes.data() + header.regions_offset + size_t(i) * sizeof region, &region, sizeof region);
  for (int frame = 0; frame < int(header.sample_count); ++frame) {
    const int16_t value = saw_at(frame - kBankGuardFrames);
    std::memcpy(bytes.data() + header.samples_offset + size_t(frame) * 2, &value, sizeof value);
  }
  return bytes;
}

}  // namespace arietta
