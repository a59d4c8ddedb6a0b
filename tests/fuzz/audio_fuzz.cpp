// Any bytes as a recording: refused with a sentence, or channels of equal length with nothing in them but numbers. What is
// short enough is analysed too.
#include <cmath>
#include <cstdlib>

#include "analyse/analysis.h"
#include "host/audio_file.h"

using namespace arietta;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto audio = read_audio({data, size});
  if (!audio) {
    if (audio.error().message.empty()) std::abort();
    return 0;
  }
  const Recording& recording = audio.value().recording;
  if (recording.channels.empty() || recording.frames() == 0) std::abort();
  for (const std::vector<float>& channel : recording.channels) {
    if (channel.size() != recording.frames()) std::abort();
    for (float sample : channel)
      if (!std::isfinite(sample)) std::abort();
  }
  if (recording.frames() * recording.channels.size() > 200000) return 0;
  const auto analysis = analyse_recording(recording);
  if (!analysis && analysis.error().message.empty()) std::abort();
  if (analysis && !(std::isfinite(analysis.value().tempo) && std::isfinite(analysis.value().loudness.integrated_lufs))) std::abort();
  return 0;
}
