#include "ui/midi_input.h"

namespace arietta::ui {
namespace {

constexpr float kBendSemitones = 2;      // General MIDI's default range

void message(App& app, uint8_t status, uint8_t one, uint8_t two) {
  switch (status & 0xf0) {
    case 0x90:
      if (two > 0) {
        app.key_down(one, float(two) / 127, kFromMidi);
        break;
      }
      [[fallthrough]];                   // velocity 0 lets go
    case 0x80: app.key_up(one, kFromMidi); break;
    case 0xb0: app.live_control(one, float(two) / 127); break;
    case 0xe0: app.live_bend((float(two << 7 | one) - 8192) / 8192 * kBendSemitones); break;
    default: break;
  }
}

int data_bytes(uint8_t status) {
  const uint8_t kind = status & 0xf0;
  return kind == 0xc0 || kind == 0xd0 ? 1 : kind < 0xf0 ? 2 : 0;
}

}  // namespace

void midi_input(App& app, Bytes bytes) {
  uint8_t status = 0, data[2] = {};
  int have = 0;
  for (uint8_t byte : bytes) {
    if (byte >= 0xf8) continue;          // clock and active sensing may stand anywhere
    if (byte & 0x80) {
      status = byte, have = 0;
      continue;
    }
    const int need = data_bytes(status);
    if (!status || need == 0) continue;
    data[have++] = byte;
    if (have < need) continue;
    message(app, status, data[0], need == 2 ? data[1] : 0);
    have = 0;
  }
}

}  // namespace arietta::ui
