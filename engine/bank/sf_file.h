// A SoundFont 2 or 3 file, read in place: which presets it has and, on request, its zones, generators, modulators
// and samples. open() checks every index table once; nothing after it can read outside the bytes. Takes no memory.
// The file must stay alive as long as the SfFile.
// Source: SoundFont Technical Specification 2.04, sections 4 to 7; SF3 is the same file with each sample an Ogg
// Vorbis stream (sampleType bit 0x10; start and end are then bytes, loop points are frames of the decoded sample).
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/types.h"

namespace arietta {

// Generator numbers, section 8.1.2; only those this project acts on.
namespace sfgen {
inline constexpr uint16_t kStartOffset = 0, kEndOffset = 1, kLoopStartOffset = 2, kLoopEndOffset = 3,
    kStartCoarse = 4, kModLfoToPitch = 5, kVibratoToPitch = 6, kModEnvToPitch = 7, kFilterCutoff = 8, kFilterQ = 9,
    kModLfoToFilter = 10, kModEnvToFilter = 11, kEndCoarse = 12, kModLfoToVolume = 13, kChorusSend = 15,
    kReverbSend = 16, kPan = 17, kModLfoDelay = 21, kModLfoRate = 22, kVibratoDelay = 23, kVibratoRate = 24,
    kModEnvDelay = 25, kModEnvAttack = 26, kModEnvHold = 27, kModEnvDecay = 28, kModEnvSustain = 29,
    kModEnvRelease = 30, kModEnvHoldPerKey = 31, kModEnvDecayPerKey = 32, kVolDelay = 33, kVolAttack = 34,
    kVolHold = 35, kVolDecay = 36, kVolSustain = 37, kVolRelease = 38, kVolHoldPerKey = 39, kVolDecayPerKey = 40,
    kInstrument = 41, kKeyRange = 43, kVelocityRange = 44, kLoopStartCoarse = 45, kFixedKey = 46,
    kFixedVelocity = 47, kAttenuation = 48, kLoopEndCoarse = 50, kCoarseTune = 51, kFineTune = 52, kSample = 53,
    kSampleModes = 54, kScaleTuning = 56, kExclusiveClass = 57, kRootKey = 58, kCount = 61;
}  // namespace sfgen

struct SfGenerator {
  uint16_t number;
  int16_t amount;                       // ranges: low byte first
  uint8_t low() const { return uint8_t(uint16_t(amount)); }
  uint8_t high() const { return uint8_t(uint16_t(amount) >> 8); }
};

struct SfModulator {
  uint16_t source, destination;
  int16_t amount;
  uint16_t amount_source, transform;
};

struct SfPreset {
  std::string name;
  uint16_t program, bank;
};

struct SfSample {
  std::string_view name;
  uint32_t start, end, loop_start, loop_end;   // frames in smpl; with is_ogg bytes, loop from the sample's start
  uint32_t rate;
  uint8_t root_key;
  int8_t correction_cents;
  uint16_t link, type;
  bool is_ogg() const { return type & 0x10; }
  bool is_rom() const { return type & 0x8000; }
};

// A half-open run of records.
struct SfRange { uint32_t first, last; };

// The two levels a zone can belong to; they have the same shape in the file.
enum class SfLevel : uint8_t { kPreset, kInstrument };

class SfFile {
 public:
  static Result<SfFile> open(Bytes file);                                     // [main]

  std::string_view name() const { return text(info_name_); }
  std::string_view copyright() const { return text(info_copyright_); }
  Bytes info() const { return info_; }                                         // the whole INFO list, type included

  uint32_t preset_count() const { return records(phdr_, kHeaderBytes) - 1; }
  uint32_t instrument_count() const { return records(inst_, kInstBytes) - 1; }
  uint32_t sample_count() const { return records(shdr_, kSampleBytes) - 1; }

  SfPreset preset(uint32_t index) const;
  SfSample sample(uint32_t index) const;

  Bytes sample_record(uint32_t index) const { return shdr_.subspan(index * kSampleBytes, kSampleBytes); }
  Bytes preset_record(uint32_t index) const { return phdr_.subspan(index * kHeaderBytes, kHeaderBytes); }
  Bytes instrument_record(uint32_t index) const { return inst_.subspan(index * kInstBytes, kInstBytes); }

  SfRange zones(SfLevel level, uint32_t owner) const;                          // of one preset or instrument
  SfRange generators(SfLevel level, uint32_t zone) const;
  SfRange modulators(SfLevel level, uint32_t zone) const;
  SfGenerator generator(SfLevel level, uint32_t index) const;
  SfModulator modulator(SfLevel level, uint32_t index) const;

  Bytes sample_data() const { return smpl_; }                                  // the whole smpl chunk

 private:
  static constexpr uint32_t kHeaderBytes = 38, kBagBytes = 4, kModBytes = 10, kGenBytes = 4, kInstBytes = 22,
                            kSampleBytes = 46;
  static uint32_t records(Bytes chunk, uint32_t each) { return uint32_t(chunk.size() / each); }
  static std::string_view text(Bytes padded);

  bool read_list(Bytes list, size_t list_at, Error& error);
  bool check_chunks(Error& error) const;
  bool check_bags(SfLevel level, Error& error) const;
  Bytes& chunk_named(std::string_view id);

  Bytes bags(SfLevel level) const { return level == SfLevel::kPreset ? pbag_ : ibag_; }
  Bytes gens(SfLevel level) const { return level == SfLevel::kPreset ? pgen_ : igen_; }
  Bytes mods(SfLevel level) const { return level == SfLevel::kPreset ? pmod_ : imod_; }

  Bytes info_, info_name_, info_copyright_, smpl_;
  Bytes phdr_, pbag_, pmod_, pgen_, inst_, ibag_, imod_, igen_, shdr_;
  Bytes ignored_;
};

struct SfPresetName { uint16_t bank, program; std::string name; };

// Every preset, by bank, then program.                                          [main]
std::vector<SfPresetName> list_presets(const SfFile& file);

}  // namespace arietta
