// WAV files: integers of 8 to 32 bits and floats of 32 and 64 in, up to eight channels; 16 and 24 bit integers and
// 32 bit floats out, two channels.
// Source: Multimedia Programming Interface and Data Specifications 1.0 (RIFF); WAVE_FORMAT_EXTENSIBLE from the
// Windows SDK documentation.
#pragma once
#include <vector>

#include "analyse/recording.h"
#include "base/result.h"
#include "base/types.h"
#include "host/sound.h"

namespace arietta {

enum class WavFormat { k16, k24, kFloat };

// Integer formats round to the nearest step and clip at full scale.                        [main]
std::vector<uint8_t> write_wav(const Sound& sound, WavFormat format = WavFormat::k16);

// One or two channels.                                                                      [main]
Result<Sound> read_wav(Bytes file);

// All channels. `cut_off` becomes true when the file promises more than it holds.           [main]
Result<Recording> read_wav_recording(Bytes file, bool& cut_off);

}  // namespace arietta
