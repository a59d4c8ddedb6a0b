// Two seconds of one device: instruments play a few notes, effects get a burst. Compiled twice by the twin test,
// once with vectors and once, under another namespace, with plain floats.
#pragma once
#include <vector>

#include "devices/device_registry.h"

namespace arietta {

inline std::vector<float> render_twin(uint16_t kind) {
  static uint8_t memory[16 << 20];
  Arena arena(memory);
  Device* device = make_device(DeviceKind(kind), {48000}, arena);
  std::vector<float> out;
  if (!device) return out;
  const bool instrument = find_device(DeviceKind(kind))->category == Category::kInstrument;
  for (uint32_t block = 0; block < 3000; ++block) {
    alignas(16) float left[kMaxBlock] = {}, right[kMaxBlock] = {};
    if (!instrument && block < 30)
      for (uint32_t i = 0; i < kMaxBlock; ++i) left[i] = right[i] = float((block * 37 + i * 11) % 64) / 32 - 1;
    if (instrument && block % 250 == 0) {
      const NoteEvent events[] = {
          {block + 1, 0.7f, NoteEventType::kNoteOn, uint8_t(36 + block / 250 * 5), uint8_t(block % 29)},
          {block - 749, 0, NoteEventType::kNoteOff, 0, 30},      // the note before the last two
      };
      device->notes(events);
    }
    device->render({left, right, kMaxBlock});
    out.insert(out.end(), left, left + kMaxBlock);
    out.insert(out.end(), right, right + kMaxBlock);
  }
  return out;
}

}  // namespace arietta
