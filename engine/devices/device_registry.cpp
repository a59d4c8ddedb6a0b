#include "devices/device_registry.h"

#include "devices/drum_kit.h"
#include "devices/limiter.h"
#include "devices/metronome.h"
#include "devices/poly_synth.h"
#include "devices/reverb.h"
#include "devices/soundfont.h"
#include "devices/strip.h"

namespace arietta {
namespace {

template <class T>
Device* make(const AudioSpec& spec, Arena& arena) {
  T* device = arena.make<T>();
  return device && device->prepare(spec, arena) ? device : nullptr;
}

}  // namespace

Device* make_device(DeviceKind kind, const AudioSpec& spec, Arena& arena) {
  switch (kind) {
    case DeviceKind::strip: return make<Strip>(spec, arena);
    case DeviceKind::poly_synth: return make<PolySynth>(spec, arena);
    case DeviceKind::drum_kit: return make<DrumKit>(spec, arena);
    case DeviceKind::soundfont: return make<Soundfont>(spec, arena);
    case DeviceKind::reverb: return make<Reverb>(spec, arena);
    case DeviceKind::limiter: return make<Limiter>(spec, arena);
    case DeviceKind::metronome: return make<Metronome>(spec, arena);
    case DeviceKind::none: break;
  }
  return nullptr;
}

// Builds one and looks. This also builds the tables that devices share, so that later ones find them ready.
size_t device_bytes(DeviceKind kind, const AudioSpec& spec) {
  alignas(16) static uint8_t room[4 << 20];      // delay lines at 192 kHz take most of it
  Arena arena(room);
  return make_device(kind, spec, arena) ? arena.high_water() : 0;
}

}  // namespace arietta
