// From a device kind to a device built in an arena. The one place that knows every class.
#pragma once
#include "devices/device.h"

namespace arietta {

// Builds and prepares one device; nullptr when the kind is unknown or the arena is full.  [setup] or
// plan adoption, which uses an arena whose size was fixed at setup.
Device* make_device(DeviceKind kind, const AudioSpec& spec, Arena& arena);

// Bytes make_device takes for this kind, measured by building one in `room`, memory that nobody uses yet; 0 when it
// does not fit there. This also builds the tables that devices share: later ones find them ready.  [setup]
size_t device_bytes(DeviceKind kind, const AudioSpec& spec, MutableBytes room);

}  // namespace arietta
