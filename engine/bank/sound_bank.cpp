#include "bank/sound_bank.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "plan/bank_format.h"

namespace arietta {
namespace {

constexpr size_t kMostFrames = size_t(20) << 20;      // seven minutes at 48 kHz: more than any instrument plays on a key

BankRegion region_of(const DecodedSound& sound, uint32_t start, float pan) {
  BankRegion region{};
  const uint32_t frames = uint32_t(sound.left.size());
  region.sample_start = start;
  region.sample_end = start + frames;
  region.loop_start = start;
  region.loop_end = region.sample_end;
  region.sample_rate = sound.sample_rate;
  region.root_key = sound.root_key;
  region.scale_tuning = 100;
  region.pan = pan;
  region.filter_hz = 20000;
  region.vibrato_hz = region.mod_lfo_hz = 5;
  region.volume = {0, 0.001f, 0, 0.001f, 0, 0.1f, 0, 0};
  region.modulation = {0, 0.001f, 0, 0.001f, 1, 0.1f, 0, 0};
  region.key_high = region.velocity_high = 127;
  region.loop = kLoopNone;
  region.fixed_key = region.fixed_velocity = -1;
  return region;
}

void append(std::vector<uint8_t>& bytes, size_t offset, span<const float> sound) {
  for (size_t i = 0; i < sound.size(); ++i) {
    const float value = std::isfinite(sound[i]) ? std::clamp(sound[i], -1.0f, 1.0f) : 0;
    const int16_t sample = int16_t(std::lround(value * 32767));
    std::memcpy(bytes.data() + offset + 2 * i, &sample, sizeof sample);
  }
}

}  // namespace

Result<std::vector<uint8_t>> sound_bank(const DecodedSound& sound) {
  const size_t frames = sound.left.size();
  if (frames < size_t(kBankMinLoopFrames)) return Error{"This sound is too short to play: it has " + std::to_string(frames) + " frames."};
  if (frames > kMostFrames) return Error{"This sound is too long for an instrument. Up to seven minutes fit."};
  if (!sound.right.empty() && sound.right.size() != frames) return Error{"The two sides of this sound differ in length."};
  if (!(sound.sample_rate >= 1000 && sound.sample_rate <= 400000)) return Error{"This sound has a sample rate that cannot be played."};
  const uint32_t sides = sound.right.empty() ? 1 : 2;

  BankHeader header{};
  header.magic = kBankMagic;
  header.version = kBankVersion;
  header.header_bytes = sizeof(BankHeader);
  header.preset_count = 1;
  header.region_count = sides;
  const uint32_t row = uint32_t(frames) + kBankGuardFrames;
  header.sample_count = kBankGuardFrames + sides * row;
  header.presets_offset = sizeof(BankHeader);
  header.regions_offset = header.presets_offset + 16;                    // the preset and padding to 8 bytes
  header.modulators_offset = header.regions_offset + sides * uint32_t(sizeof(BankRegion));
  header.samples_offset = header.modulators_offset;
  header.total_bytes = header.samples_offset + header.sample_count * 2;

  std::vector<uint8_t> bytes(header.total_bytes);
  std::memcpy(bytes.data(), &header, sizeof header);
  const BankPreset preset{0, 0, 0, sides};
  std::memcpy(bytes.data() + header.presets_offset, &preset, sizeof preset);
  for (uint32_t side = 0; side < sides; ++side) {
    const uint32_t start = kBankGuardFrames + side * row;
    const BankRegion region = region_of(sound, start, sides == 1 ? 0.0f : side == 0 ? -1.0f : 1.0f);
    std::memcpy(bytes.data() + header.regions_offset + side * sizeof region, &region, sizeof region);
    append(bytes, header.samples_offset + size_t(start) * 2, side == 0 ? sound.left : sound.right);
  }
  return bytes;
}

}  // namespace arietta
