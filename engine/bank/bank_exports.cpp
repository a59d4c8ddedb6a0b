// The C ABI of bank.wasm, which a worker of the page uses to turn SoundFont bytes into a flat bank: untrusted bytes
// are read there, where a failure costs one worker and not the sound. One file at a time; results stay valid until
// the next call of bank_begin or bank_presets_json. Texts are UTF-8 without an end mark.   [main]
#include <cstdlib>
#include <string>
#include <vector>

#include "bank/bank_json.h"
#include "bank/bank_merge.h"
#include "bank/sf_bank.h"
#include "bank/sound_bank.h"

#ifdef __EMSCRIPTEN__
#define ARIETTA_EXPORT(name) extern "C" __attribute__((export_name(#name)))
#else
#define ARIETTA_EXPORT(name) extern "C"
#endif

namespace {

using namespace arietta;

// A phone has little memory and a song has many instruments: beyond this, bright sounds are stored at half rate.
constexpr BankLimits kPageLimits = {size_t(96) << 20, size_t(16) << 20};

std::vector<std::vector<uint8_t>> parts;
std::vector<uint8_t> bank_bytes;
std::string text;      // the last error, or the preset list

enum Status : int { kOk = 0, kFailed = 1 };

Status fail(const Error& error) {
  bank_bytes.clear();
  text = error.message;
  return kFailed;
}

}  // namespace

// Room for a file; nullptr (0) when there is none.
ARIETTA_EXPORT(bank_alloc) void* bank_alloc(uint32_t bytes) { return std::malloc(bytes); }
ARIETTA_EXPORT(bank_free) void bank_free(void* place) { std::free(place); }

// A flat bank is begun, given one preset after the other (from the same file or from different slices) and finished.
ARIETTA_EXPORT(bank_begin) void bank_begin() {
  parts.clear();
  bank_bytes.clear();
}

// 0 when it worked, else see bank_error.
ARIETTA_EXPORT(bank_add) int bank_add(const uint8_t* file, uint32_t bytes, int bank, int program) {
  const Result<SfFile> font = SfFile::open({file, bytes});
  if (!font) return fail(font.error());
  const BankChoice choice = {uint16_t(bank), uint16_t(program)};
  Result<std::vector<uint8_t>> built = build_bank(font.value(), {&choice, 1}, kPageLimits);
  if (!built) return fail(built.error());
  parts.push_back(std::move(*built));
  return kOk;
}

ARIETTA_EXPORT(bank_finish) int bank_finish() {
  Result<std::vector<uint8_t>> merged = merge_banks(parts);
  parts.clear();
  if (!merged) return fail(merged.error());
  bank_bytes = std::move(*merged);
  text.clear();
  return kOk;
}

// A dropped recording, decoded by the browser; `right` is nullptr (0) for one that is mono.
ARIETTA_EXPORT(bank_from_sound) int bank_from_sound(const float* left, const float* right, uint32_t frames, float sample_rate) {
  DecodedSound sound;
  sound.left = {left, frames};
  if (right) sound.right = {right, frames};
  sound.sample_rate = sample_rate;
  Result<std::vector<uint8_t>> built = sound_bank(sound);
  if (!built) return fail(built.error());
  bank_bytes = std::move(*built);
  return kOk;
}

ARIETTA_EXPORT(bank_result) const uint8_t* bank_result() { return bank_bytes.data(); }
ARIETTA_EXPORT(bank_result_bytes) uint32_t bank_result_bytes() { return uint32_t(bank_bytes.size()); }

// Lists what a file has; the JSON stands where an error would: bank_error, bank_error_bytes.
ARIETTA_EXPORT(bank_presets_json) int bank_presets_json(const uint8_t* file, uint32_t bytes) {
  const Result<SfFile> font = SfFile::open({file, bytes});
  if (!font) return fail(font.error());
  bank_bytes.clear();
  text = presets_json(font.value());
  return kOk;
}

ARIETTA_EXPORT(bank_error) const char* bank_error() { return text.data(); }
ARIETTA_EXPORT(bank_error_bytes) uint32_t bank_error_bytes() { return uint32_t(text.size()); }
