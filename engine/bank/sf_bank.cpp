#include "bank/sf_bank.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "bank/sf_regions.h"
#include "bank/sf_samples.h"
#include "bank/sf_zones.h"
#include "plan/bank_format.h"

namespace arietta {
namespace {

int find_preset(const SfFile& file, uint16_t bank, uint16_t program) {
  for (uint32_t i = 0; i < file.preset_count(); ++i) {
    const SfPreset preset = file.preset(i);
    if (preset.bank == bank && preset.program == program) return int(i);
  }
  return -1;
}

int find_preset_or_stand_in(const SfFile& file, BankChoice choice) {
  const int exact = find_preset(file, choice.bank, choice.program);
  if (exact >= 0) return exact;
  return choice.bank == 128 ? find_preset(file, 128, 0) : find_preset(file, 0, choice.program);
}

// What a zone plays of its sample. False when nothing is left of it.
bool sample_use(const SfFile& file, const SfZone& zone, uint32_t length, SampleUse& use) {
  using namespace sfgen;
  const SfSample sample = file.sample(zone.sample);
  const int64_t base = sample.is_ogg() ? 0 : sample.start;
  auto offset = [&](uint16_t fine, uint16_t coarse) { return int64_t(zone.amount[fine]) + 32768 * int64_t(zone.amount[coarse]); };
  auto clamped = [&](int64_t frame) { return uint32_t(std::clamp<int64_t>(frame, 0, length)); };
  use.sample = zone.sample;
  use.start = clamped(offset(kStartOffset, kStartCoarse));
  use.end = clamped(length + offset(kEndOffset, kEndCoarse));
  use.loop_start = clamped(sample.loop_start - base + offset(kLoopStartOffset, kLoopStartCoarse));
  use.loop_end = clamped(sample.loop_end - base + offset(kLoopEndOffset, kLoopEndCoarse));
  use.loop_end = std::min(use.loop_end, use.end);
  const int32_t mode = zone.amount[kSampleModes];
  use.loop = mode == 1 ? kLoopForever : mode == 3 ? kLoopUntilRelease : kLoopNone;
  constexpr uint32_t kShortestLoop = 4;   // shorter ones are not sounds but mistakes
  if (use.loop_end < use.loop_start + kShortestLoop) use.loop = kLoopNone;
  if (use.loop == kLoopNone) use.loop_start = use.loop_end = 0;
  else use.start = std::min(use.start, use.loop_start);
  if (use.loop == kLoopForever) use.end = use.loop_end;
  return use.start < use.end;
}

template <class T>
void append(std::vector<uint8_t>& bytes, const std::vector<T>& items) {
  const auto* data = reinterpret_cast<const uint8_t*>(items.data());
  bytes.insert(bytes.end(), data, data + items.size() * sizeof(T));
}

// Many regions share one modulator list; each distinct list is stored once.
uint32_t store_modulators(const std::vector<BankModulator>& list, std::vector<BankModulator>& all) {
  auto same = [](const BankModulator& a, const BankModulator& b) { return std::memcmp(&a, &b, sizeof a) == 0; };
  const auto found = std::search(all.begin(), all.end(), list.begin(), list.end(), same);
  const auto at = uint32_t(found - all.begin());
  if (found == all.end()) all.insert(all.end(), list.begin(), list.end());
  return at;
}

}  // namespace

Result<std::vector<uint8_t>> build_bank(const SfFile& file, span<const BankChoice> choices, BankLimits limits) {
  std::vector<BankPreset> presets;
  std::vector<BankRegion> regions;
  std::vector<BankModulator> modulators;
  std::vector<size_t> uses;             // one a region
  SampleLayout samples(file, limits.max_bytes / sizeof(int16_t));
  std::string problem;

  for (const BankChoice& choice : choices) {
    const int index = find_preset_or_stand_in(file, choice);
    if (index < 0) {
      problem = "it has no preset " + std::to_string(choice.program) + " in bank " + std::to_string(choice.bank);
      continue;
    }
    Result<std::vector<SfZone>> zones = flatten_preset(file, uint32_t(index));
    if (!zones) return zones.error();
    BankPreset preset = {choice.bank, choice.program, uint32_t(regions.size()), 0};
    for (const SfZone& zone : *zones) {
      SampleUse use;
      const uint32_t length = samples.frames_of(zone.sample, problem);
      if (!length || !sample_use(file, zone, length, use)) continue;
      uses.push_back(samples.add(use));
      BankRegion region = region_of(zone, file.sample(zone.sample));
      region.loop = use.loop;
      const std::vector<BankModulator> list = modulators_of(zone);
      region.first_modulator = store_modulators(list, modulators);
      region.modulator_count = uint32_t(list.size());
      regions.push_back(region);
    }
    preset.region_count = uint32_t(regions.size()) - preset.first_region;
    if (preset.region_count) presets.push_back(preset);
    else if (problem.empty()) problem = "the preset \"" + file.preset(uint32_t(index)).name + "\" has no sounds";
  }
  if (presets.empty()) return Error{"This SoundFont cannot be played: " + (problem.empty() ? "it has no presets" : problem) + "."};

  std::vector<int16_t> frames;
  bool fits = samples.write(false, frames);
  if (limits.good_bytes && (!fits || frames.size() * sizeof(int16_t) > limits.good_bytes)) fits = samples.write(true, frames);
  if (!fits)
    return Error{"This SoundFont is too large: its sounds need more than " + std::to_string(limits.max_bytes >> 20) +
                 " million bytes of memory."};
  for (size_t i = 0; i < regions.size(); ++i) {
    const SampleLayout::Place place = samples.placed(uses[i]);
    regions[i].sample_start = place.start;
    regions[i].sample_end = place.end;
    regions[i].loop_start = place.loop_start;
    regions[i].loop_end = place.loop_end;
    regions[i].sample_rate *= place.rate_factor;
  }

  BankHeader header = {};
  header.magic = kBankMagic;
  header.version = kBankVersion;
  header.header_bytes = sizeof header;
  header.preset_count = uint32_t(presets.size());
  header.region_count = uint32_t(regions.size());
  header.modulator_count = uint32_t(modulators.size());
  header.sample_count = uint32_t(frames.size());
  header.presets_offset = sizeof header;
  header.regions_offset = header.presets_offset + uint32_t(presets.size() * sizeof(BankPreset));
  header.modulators_offset = header.regions_offset + uint32_t(regions.size() * sizeof(BankRegion));
  header.samples_offset = header.modulators_offset + uint32_t(modulators.size() * sizeof(BankModulator));
  header.total_bytes = header.samples_offset + uint32_t(frames.size() * sizeof(int16_t));
  std::vector<uint8_t> bytes;
  bytes.reserve(header.total_bytes);
  append(bytes, std::vector<BankHeader>{header});
  append(bytes, presets);
  append(bytes, regions);
  append(bytes, modulators);
  append(bytes, frames);
  return bytes;
}

}  // namespace arietta
