// The bank: what the sampled instrument plays, as flat bytes made by engine/bank from one SoundFont preset and
// checked before use. One bank holds one or more presets (bank number, program); all generators of instrument
// and preset level are already summed, so the audio side only looks up and plays.
//
//   BankHeader | BankPreset[preset_count] | BankRegion[region_count] | int16 samples[sample_count]
//
// Offsets are from the start of the bytes. Little-endian, 8-byte aligned start.
// Source of meanings: SoundFont Technical Specification 2.04, sections 8 and 9 (times in seconds here, levels in dB).
#pragma once
#include "base/types.h"

namespace arietta {

inline constexpr uint32_t kBankMagic = 0x4b4e4241;   // "ABNK"
inline constexpr uint16_t kBankVersion = 1;
// Silent frames that must follow each sample's end, so that interpolation may read past it.
inline constexpr int kBankGuardFrames = 8;

struct BankHeader {
  uint32_t magic;
  uint16_t version;
  uint16_t header_bytes;      // sizeof(BankHeader)
  uint32_t total_bytes;
  uint32_t preset_count;
  uint32_t region_count;
  uint32_t sample_count;      // int16 values in all
  uint32_t presets_offset;
  uint32_t regions_offset;
  uint32_t samples_offset;
  uint32_t reserved;
};
static_assert(sizeof(BankHeader) == 40);

struct BankPreset {
  uint16_t bank;              // 128 = percussion
  uint16_t program;
  uint32_t first_region;
  uint32_t region_count;
};
static_assert(sizeof(BankPreset) == 12);

enum BankLoop : uint8_t { kLoopNone = 0, kLoopForever = 1, kLoopUntilRelease = 3 };   // SF2 sampleModes

struct BankEnvelope {
  float delay_s, attack_s, hold_s, decay_s;
  float sustain;              // volume: attenuation in dB below peak (0..144); modulation: level 0..1
  float release_s;
  float hold_per_key, decay_per_key;   // timecents per key, relative to key 60
};

struct BankRegion {
  uint32_t sample_start;      // first frame, index into the int16 samples
  uint32_t sample_end;        // one past the last frame
  uint32_t loop_start;
  uint32_t loop_end;          // one past the last looped frame
  float sample_rate;          // Hz
  float root_key;             // key at which the sample plays at its own pitch, correction and tuning included
  float scale_tuning;         // cents per key, 100 is normal
  float attenuation_db;       // initialAttenuation, already with the usual 0.4 factor of hardware samplers
  float pan;                  // -1 left .. 1 right
  float reverb_send;          // 0..1
  float chorus_send;          // 0..1
  float filter_hz;            // initial low-pass cutoff; 20000 or above means open
  float filter_q_db;
  float vibrato_hz, vibrato_delay_s, vibrato_cents;
  float mod_lfo_hz, mod_lfo_delay_s, mod_lfo_pitch_cents, mod_lfo_filter_cents, mod_lfo_volume_db;
  float mod_env_pitch_cents, mod_env_filter_cents;
  BankEnvelope volume;
  BankEnvelope modulation;
  uint8_t key_low, key_high, velocity_low, velocity_high;
  uint8_t loop;               // BankLoop
  uint8_t exclusive_class;    // 0 = none
  int8_t fixed_key;           // -1 = none
  int8_t fixed_velocity;      // -1 = none
};
static_assert(sizeof(BankRegion) == 4 * 4 + 4 * 19 + 2 * 32 + 8);

}  // namespace arietta
