// Any bytes at all as a SoundFont: reading, slicing and bank building either work or refuse with a sentence; a bank
// that was built passes the engine's check; and playing it gives finite sound. Memory stays within the limits given.
#include <cmath>
#include <cstdlib>

#include "bank/bank_json.h"
#include "bank/sf_bank.h"
#include "bank/sf_slice.h"
#include "devices/soundfont.h"
#include "plan/bank_check.h"

using namespace arietta;

namespace {

void require(bool truth) {
  if (!truth) std::abort();
}

void play(Bytes bank) {
  static std::vector<uint8_t> memory(1 << 20);
  Arena arena(memory);
  Soundfont device;
  require(device.prepare({48000}, arena));
  device.set_asset(bank);
  alignas(16) float left[kMaxBlock], right[kMaxBlock];
  for (int block = 0; block < 24; ++block) {
    if (block % 4 == 0) {
      const NoteEvent on{uint32_t(block + 1), block % 8 ? 1.0f : 0.3f, NoteEventType::kNoteOn, uint8_t(block * 5), 7};
      device.notes({&on, 1});
    }
    if (block == 16) {
      const NoteEvent off{0, 0, NoteEventType::kAllNotesOff, 0, 0};
      device.notes({&off, 1});
    }
    for (int i = 0; i < kMaxBlock; ++i) left[i] = right[i] = 0;
    device.render({left, right, kMaxBlock});
    for (int i = 0; i < kMaxBlock; ++i) require(std::isfinite(left[i]) && std::isfinite(right[i]));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const Result<SfFile> file = SfFile::open({data, size});
  if (!file.ok()) {
    require(!file.error().message.empty());
    return 0;
  }
  require(!presets_json(file.value()).empty());
  constexpr BankLimits kLimits = {4 << 20, 1 << 20};
  int tried = 0;
  for (const SfPresetName& preset : list_presets(file.value())) {
    if (++tried > 4) break;
    const BankChoice choice = {preset.bank, preset.program};
    const Result<std::vector<uint8_t>> bank = build_bank(file.value(), {&choice, 1}, kLimits);
    require(bank.ok() || !bank.error().message.empty());
    if (!bank.ok()) continue;
    require(check_bank(bank.value()));
    play(bank.value());
  }
  if (file.value().preset_count()) require(SfFile::open(slice_preset(file.value(), 0)).ok());
  return 0;
}
