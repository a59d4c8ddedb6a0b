#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "dsp/sinc_reader.h"

using namespace arietta;

namespace {

constexpr double kTwoPi = 6.283185307179586;

std::vector<float> tone(double cycles_per_frame, int frames) {
  std::vector<float> out;
  for (int i = 0; i < frames; ++i) out.push_back(float(std::sin(kTwoPi * cycles_per_frame * i)));
  return out;
}

// The worst difference, in dB below full scale, from the tone itself at the places that were asked for.
double worst_db(double cycles_per_frame, double position, double speed) {
  const std::vector<float> frames = tone(cycles_per_frame, 2000);
  std::vector<float> out(500);
  read_sinc(sinc_table(), frames.data() + kSincBefore, position, speed, int(out.size()), out.data());
  double worst = 1e-12;
  for (size_t i = 0; i < out.size(); ++i) {
    const double at = double(kSincBefore) + position + speed * double(i);
    worst = std::max(worst, std::fabs(double(out[i]) - std::sin(kTwoPi * cycles_per_frame * at)));
  }
  return 20 * std::log10(worst);
}

}  // namespace

TEST_CASE("values between frames are those of the curve through them") {
  for (const double speed : {1.0, 0.918751, 1.088435, 0.5, 2.0})
    for (const double position : {0.0, 0.25, 0.734})
      for (const double pitch : {0.01, 0.1, 0.25}) {
        CAPTURE(speed);
        CAPTURE(position);
        CAPTURE(pitch);
        CHECK(worst_db(pitch, position, speed) < -90);
      }
}

TEST_CASE("at whole frames it gives the frames themselves") {
  const std::vector<float> frames = tone(0.37, 100);
  std::vector<float> out(50);
  read_sinc(sinc_table(), frames.data() + 20, 0, 1, 50, out.data());
  for (size_t i = 0; i < out.size(); ++i) CHECK(std::fabs(out[i] - frames[20 + i]) < 1e-6f);
}
