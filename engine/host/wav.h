// WAV files: 16 and 24 bit integers and 32 bit floats, one or two channels in, two channels out.
// Source: Multimedia Programming Interface and Data Specifications 1.0 (RIFF); WAVE_FORMAT_EXTENSIBLE from the
// Windows SDK documentation.
#pragma once
#include <vector>

#include "base/result.h"
#include "base/types.h"
#include "host/sound.h"

namespace arietta {

enum class WavFormat { k16, k24, kFloat };

// Integer formats round to the nearest step and clip at full scale.                        [main]
std::vector<uint8_t> write_wav(const Sound& sound, WavFormat format = WavFormat::k16);
Result<Sound> read_wav(Bytes file);                                                       // [main]

}  // namespace arietta
