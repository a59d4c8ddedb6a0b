// Renders a song as fast as the machine can, with the very engine the page plays with.
#pragma once
#include <string>
#include <vector>

#include "base/result.h"
#include "host/hosted_engine.h"

namespace arietta {

struct OfflineAsset {
  uint32_t id;                          // asset_id() of what the bank holds
  std::vector<uint8_t> bank;            // plan/bank_format.h
};

struct OfflineAudio {
  std::string hash;
  std::vector<float> samples;           // channels taking turns
};

struct OfflineOptions {
  float sample_rate = 48000;
  double seconds = 0;                   // exactly so long; 0: to the song's end and until it has died away
};

// The song from its start; sampled instruments without their asset play as the built-in synths, clips without
// their audio are silent.                                                                  [main]
Result<Sound> render_song(const Document& document, const std::vector<OfflineAsset>& assets,
                          const OfflineOptions& options = {}, const std::vector<OfflineAudio>& audio = {});

}  // namespace arietta
