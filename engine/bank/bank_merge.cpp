#include "bank/bank_merge.h"

#include <cstring>

namespace arietta {
namespace {

// Refused beyond this: offsets in a bank are 32 bits, and no device has room for more anyway.
constexpr uint64_t kMaxMergedBytes = uint64_t(1) << 30;

template <class T>
void append(std::vector<uint8_t>& out, const T* items, size_t count) {
  const uint8_t* bytes = reinterpret_cast<const uint8_t*>(items);
  out.insert(out.end(), bytes, bytes + count * sizeof(T));
}

template <class T>
const T* table(const std::vector<uint8_t>& bank, uint32_t offset) {
  return reinterpret_cast<const T*>(bank.data() + offset);
}

}  // namespace

Result<std::vector<uint8_t>> merge_banks(span<const std::vector<uint8_t>> parts) {
  if (parts.size() == 1) return parts[0];

  uint64_t all_bytes = 0;
  std::vector<BankPreset> presets;
  std::vector<BankRegion> regions;
  std::vector<BankModulator> modulators;
  uint32_t samples = 0;
  for (const std::vector<uint8_t>& part : parts) {
    if ((all_bytes += part.size()) > kMaxMergedBytes) return Error{"These instruments are too large to be played together."};
    const BankHeader& head = *table<BankHeader>(part, 0);
    for (uint32_t i = 0; i < head.preset_count; ++i) {
      BankPreset preset = table<BankPreset>(part, head.presets_offset)[i];
      preset.first_region += uint32_t(regions.size());
      presets.push_back(preset);
    }
    const uint32_t modulators_before = uint32_t(modulators.size());
    for (uint32_t i = 0; i < head.region_count; ++i) {
      BankRegion region = table<BankRegion>(part, head.regions_offset)[i];
      region.sample_start += samples;
      region.sample_end += samples;
      region.loop_start += samples;
      region.loop_end += samples;
      region.first_modulator += modulators_before;
      regions.push_back(region);
    }
    const BankModulator* list = table<BankModulator>(part, head.modulators_offset);
    modulators.insert(modulators.end(), list, list + head.modulator_count);
    samples += head.sample_count;
  }

  BankHeader header{};
  header.magic = kBankMagic;
  header.version = kBankVersion;
  header.header_bytes = sizeof header;
  header.preset_count = uint32_t(presets.size());
  header.region_count = uint32_t(regions.size());
  header.modulator_count = uint32_t(modulators.size());
  header.sample_count = samples;
  header.presets_offset = sizeof header;
  header.regions_offset = header.presets_offset + uint32_t(presets.size() * sizeof(BankPreset));
  header.modulators_offset = header.regions_offset + uint32_t(regions.size() * sizeof(BankRegion));
  header.samples_offset = header.modulators_offset + uint32_t(modulators.size() * sizeof(BankModulator));
  header.total_bytes = header.samples_offset + samples * uint32_t(sizeof(int16_t));

  std::vector<uint8_t> merged;
  merged.reserve(header.total_bytes);
  append(merged, &header, 1);
  append(merged, presets.data(), presets.size());
  append(merged, regions.data(), regions.size());
  append(merged, modulators.data(), modulators.size());
  for (const std::vector<uint8_t>& part : parts) {
    const BankHeader& head = *table<BankHeader>(part, 0);
    append(merged, table<int16_t>(part, head.samples_offset), head.sample_count);
  }
  return merged;
}

}  // namespace arietta
