// Where the audio device gets recorded sound from. Samples arrive in blocks while the song plays, so any stretch may not be
// there yet.   [audio]
#pragma once
#include "base/rt.h"
#include "base/types.h"

namespace arietta {

class AudioSource {
 public:
  // `count` frames of an asset from `first` on, as left and right (the same for mono). What has not arrived and what lies
  // outside the asset is silence.                                                         [audio]
  virtual void read(uint32_t asset, int channels, int64_t first, int count, float* left, float* right) ARIETTA_RT = 0;

  // Whether these frames have all arrived; outside the asset there is nothing to wait for. [audio]
  virtual bool has(uint32_t asset, int channels, int64_t first, int64_t count) ARIETTA_RT = 0;

  // A clip falls silent because its sound has not come; for the count of such.              [audio]
  virtual void missed() ARIETTA_RT = 0;

 protected:
  ~AudioSource() = default;
};

// What one clip does in the coming block.
struct AudioCut {
  uint32_t clip = 0;                  // a clip's next cut takes up where this one ends
  uint32_t asset = 0;
  int channels = 1;
  int first = 0, frames = 0;          // in the block
  int64_t asset_first = 0, asset_frames = 0;   // what the clip plays of the asset
  bool reverse = false;
  double position = 0;                // frames of the asset already played at `first`
  double speed = 1;                   // frames of the asset per frame heard
  double natural_speed = 1;           // at which it sounds as recorded: the ratio of the two sample rates
  bool keeps_pitch = false;           // at any speed: a clip that follows the tempo
  float gain_from = 1, gain_to = 1;   // the clip's gain and fades, a straight line over the cut
  float pitch = 0;                    // semitones
};

}  // namespace arietta
