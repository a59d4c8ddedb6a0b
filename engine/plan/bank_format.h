// The bank: what the sampled instrument plays, as flat bytes made by engine/bank from one or more SoundFont
// presets and checked (bank_check.h) before use. All generators and modulators of instrument and preset level are
// already merged, so the audio side only looks up and plays.
//
//   BankHeader | BankPreset[preset_count] | BankRegion[region_count] | BankModulator[modulator_count] |
//   int16 samples[sample_count]
//
// Offsets are from the start of the bytes. Little-endian, 8-byte aligned start.
// Source of meanings: SoundFont Technical Specification 2.04, sections 8 and 9 (times in seconds here, levels in dB).
#pragma once
#include "base/types.h"

namespace arietta {

inline constexpr uint32_t kBankMagic = 0x4b4e4241;   // "ABNK"
inline constexpr uint16_t kBankVersion = 1;
// Frames that lie before each sample's start and after its end, so that interpolation may read past both. They
// are silent, or, after a loop that never ends, they go on with the loop.
inline constexpr int kBankGuardFrames = 8;
// A loop is at least this long (the builder repeats shorter ones), so that a reader has at most one wrap in a while.
inline constexpr int kBankMinLoopFrames = 64;

struct BankHeader {
  uint32_t magic;
  uint16_t version;
  uint16_t header_bytes;      // sizeof(BankHeader)
  uint32_t total_bytes;
  uint32_t preset_count;
  uint32_t region_count;
  uint32_t modulator_count;
  uint32_t sample_count;      // int16 values in all
  uint32_t presets_offset;
  uint32_t regions_offset;
  uint32_t modulators_offset;
  uint32_t samples_offset;
  uint32_t reserved;
};
static_assert(sizeof(BankHeader) == 48);

struct BankPreset {
  uint16_t bank;              // 128 = percussion
  uint16_t program;
  uint32_t first_region;
  uint32_t region_count;
};
static_assert(sizeof(BankPreset) == 12);

enum BankLoop : uint8_t { kLoopNone = 0, kLoopForever = 1, kLoopUntilRelease = 3 };   // SF2 sampleModes

// A modulator: destination += amount * source * amount_source, each source shaped to 0..1 or -1..1.
// Sources are MIDI controllers 0..127 or one of these.
enum BankSource : uint8_t {
  kSourceOne = 128, kSourceVelocity, kSourceKey, kSourcePolyPressure, kSourcePressure, kSourceBend, kSourceBendRange,
};
// Bits of a source's shape.
enum BankShape : uint8_t {
  kShapeLinear = 0, kShapeConcave = 1, kShapeConvex = 2, kShapeSwitch = 3, kShapeCurveMask = 3,
  kShapeFalling = 4, kShapeBipolar = 8,
};
enum BankDestination : uint8_t {
  kToPitch, kToFilter, kToAttenuation, kToPan, kToFilterQ,       // cents, cents, dB, -2..2, dB
  kToVibratoPitch, kToModLfoPitch, kToModLfoFilter, kToModLfoVolume, kToModEnvPitch, kToModEnvFilter,
  kToVibratoRate, kToModLfoRate,                                 // cents
  kToVolumeAttack, kToVolumeHold, kToVolumeDecay, kToVolumeRelease,               // timecents
  kToModulationAttack, kToModulationHold, kToModulationDecay, kToModulationRelease,
  kToVolumeSustain, kToModulationSustain,                        // dB, level
  kBankDestinations,
};
struct BankModulator {
  uint8_t source, source_shape;
  uint8_t amount_source, amount_shape;
  uint8_t destination;        // BankDestination
  uint8_t absolute;           // 1: the result's absolute value counts
  uint16_t reserved;
  float amount;
};
static_assert(sizeof(BankModulator) == 12);

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
  float root_key;             // key at which the sample plays at its own pitch
  float tune_cents;           // added to the pitch: coarse, fine and the sample's own correction
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
  uint32_t first_modulator, modulator_count;   // the full list, defaults included
  uint8_t key_low, key_high, velocity_low, velocity_high;
  uint8_t loop;               // BankLoop
  uint8_t exclusive_class;    // 0 = none
  int8_t fixed_key;           // -1 = none
  int8_t fixed_velocity;      // -1 = none
};
static_assert(sizeof(BankRegion) == 4 * 4 + 4 * 20 + 2 * 32 + 2 * 4 + 8);

}  // namespace arietta
