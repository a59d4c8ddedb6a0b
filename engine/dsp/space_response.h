// Impulse responses of places, computed: rooms, a hall, a plate, a spring, a room played backwards. Rooms are noise that
// starts as single echoes, thickens with the square of time as echoes in a room do, and dies away in three bands at
// speeds of their own; the spring is an impulse that runs round a dispersive loop.
// J. A. Moorer, "About this reverberation business", CMJ 3(2), 1979; V. Valimaki, J. Parker, J. S. Abel, "Parametric
// spring reverberation effect", JAES 58(7), 2010. Both sides differ; the first pieces are silent as StereoConvolver wants.
#pragma once
#include "base/arena.h"
#include "base/random.h"
#include "dsp/delay_line.h"

namespace arietta {

class SpaceResponse {
 public:
  static constexpr int kPiece = 128;                         // frames made at once
  static constexpr int kSpaces = 8;                          // small room to backwards, as in choices.def

  bool prepare(Arena& arena, float sample_rate, int longest);                                    // [setup]

  // Begins the response of a space, `length` times as long as it is by nature.                   [audio]
  void start(int space, float length);
  void make(float* left, float* right);                      // the next piece                      [audio]
  bool finished() const { return at_ >= last_; }             // all that follows is silence
  int frames() const { return last_; }

 private:
  static constexpr int kBands = 3, kDispersers = 64;

  void make_room(int side, float* out);
  void make_spring(int side, float* out);

  struct Side {
    Random random{1};
    float split[3] = {};                                     // what divides the noise into bands
    DelayLine loop;                                          // of the spring
    span<float> dispersers;                                  // stretch_ values each
    float dull[4] = {};                                      // low-passes of the spring
  };

  float sample_rate_ = 48000;
  int longest_ = 0, space_ = 0, at_ = 0;
  float gain_ = 1;
  int first_ = 0, thick_ = 1, last_ = 0;                     // frames: nothing before, all echoes from, nothing after
  float fall_[kBands] = {}, level_[kBands] = {};             // per frame; now
  int stretch_ = 5, disperser_at_ = 0;
  Side sides_[2];
};

}  // namespace arietta
