// A whole mix without its voice, or the voice of a whole mix; as long as before and in time with it.
#pragma once
#include "base/result.h"
#include "host/sound.h"

namespace arietta {

enum class VocalsMode { kRemove, kIsolate };

Result<Sound> vocals_sound(const Sound& in, VocalsMode mode);                                   // [main]

}  // namespace arietta
