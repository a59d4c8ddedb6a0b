// The finger or pick that sets a string off: a short push, a little scrape, and the same again, upside down, once the
// wave has come back from the near end of the string. That echo is what makes plucking near the bridge thin and
// plucking in the middle round.
#pragma once
#include <cmath>

#include "base/mathx.h"
#include "base/random.h"
#include "dsp/fastmath.h"

namespace arietta {

struct PluckShape {
  float force;                 // area of the push
  float width_s;               // how long the finger moves with the string
  float scrape, scrape_s;      // noise: share of the force, and how long
  float cutoff_hz;             // softness of the fingertip
  float echo_frames;           // to the near end of the string and back
};

class PluckTouch {
 public:
  void start(const PluckShape& shape, uint32_t seed, float sample_rate) {                        // [audio]
    width_ = shape.width_s * sample_rate > 2 ? shape.width_s * sample_rate : 2;
    force_ = shape.force;
    scrape_frames_ = shape.scrape_s * sample_rate;
    scrape_ = shape.force * shape.scrape / width_;
    echo_ = shape.echo_frames;
    push_ = 1 - std::exp(-2 * kPi * clampf(shape.cutoff_hz / sample_rate, 0, 0.45f));
    first_ = second_ = 0;
    near_ = far_ = Random(seed);
    frame_ = 0;
    const float longest = width_ > scrape_frames_ ? width_ : scrape_frames_;
    frames_ = int(longest + echo_ + kFadeTimes / push_);
  }
  void stop() { frame_ = frames_; }                                                              // [audio]
  bool over() const { return frame_ >= frames_; }

  // Writes `frames` of force, `stride` floats apart.                                            [audio]
  void render(float* out, int stride, int frames) {
    for (int i = 0; i < frames; ++i, ++frame_) {
      const float t = float(frame_), late = t - echo_;
      float force = force_ * (push_at(t) - push_at(late));
      if (t < scrape_frames_) force += scrape_ * near_.bipolar() * (1 - t / scrape_frames_);
      if (late >= 0 && late < scrape_frames_) force -= scrape_ * far_.bipolar() * (1 - late / scrape_frames_);
      first_ += push_ * (force - first_);
      second_ += push_ * (first_ - second_);
      out[i * stride] = over() ? 0 : second_;
    }
  }

 private:
  static constexpr float kFadeTimes = 18;      // time constants until the filters have nothing left

  // A raised cosine with area 1.
  float push_at(float t) const {
    return t > 0 && t < width_ ? (1 - sine_of_turns(t / width_ + 0.25f)) / width_ : 0;
  }

  float width_ = 1, force_ = 0, scrape_ = 0, scrape_frames_ = 0, echo_ = 0, push_ = 1;
  float first_ = 0, second_ = 0;
  Random near_, far_;
  int frame_ = 0, frames_ = 0;
};

}  // namespace arietta
