// A small band for the tests of the ear: drums and plucked chords at exact times.
#pragma once
#include <cmath>
#include <vector>

#include "analyse/recording.h"
#include "base/random.h"
#include "tests/support/measure.h"

namespace arietta::test {

class Band {
 public:
  explicit Band(double seconds, float rate = 22050) : rate_(double(rate)), sound(size_t(seconds * double(rate))) {}

  void kick(double at, double level = 0.8) {
    add(at, 0.18, [&](double t) { return level * std::sin(kTau * (50 * t + 1.8 * (1 - std::exp(-t / 0.02)))) * std::exp(-t / 0.06); });
  }
  void snare(double at, double level = 0.6) {
    add(at, 0.15, [&](double t) { return level * (0.6 * double(noise_.bipolar()) * std::exp(-t / 0.04) + 0.4 * std::sin(kTau * 190 * t) * std::exp(-t / 0.05)); });
  }
  void hat(double at, double level = 0.2) {
    double before = 0;
    add(at, 0.05, [&](double t) {
      const double now = double(noise_.bipolar()), rise = now - before;
      before = now;
      return level * rise * std::exp(-t / 0.012);
    });
  }
  void note(double at, double key, double seconds, double level = 0.15) {
    const double hz = 440 * std::exp2((key - 69) / 12);
    for (int k = 1; k < 12 && k * hz < 6000; ++k)
      add(at, seconds, [&](double t) { return level / k * std::sin(kTau * k * hz * t) * std::exp(-t * (1.5 + 0.4 * k)) * std::min(1.0, t / 0.003) * std::min(1.0, (seconds - t) / 0.02); });
  }
  void chord(double at, std::vector<int> keys, double seconds) {
    for (int key : keys) note(at, key, seconds);
  }

  Recording recording() const { return {float(rate_), {sound}}; }

 private:
  template <class Shape>
  void add(double at, double seconds, Shape shape) {
    const size_t start = size_t(at * rate_);
    for (size_t i = 0; i < size_t(seconds * rate_) && start + i < sound.size(); ++i) sound[start + i] += float(shape(double(i) / rate_));
  }

  double rate_;
  Random noise_{7};

 public:
  std::vector<float> sound;
};

// Share of beats found and of found beats right, as one number: F, within 70 ms, from `from_s` on.
inline double f_measure(const std::vector<double>& truth, const std::vector<double>& found, double from_s = 2) {
  size_t hits = 0, wanted = 0, given = 0;
  for (double t : truth) {
    if (t < from_s) continue;
    ++wanted;
    for (double f : found)
      if (std::fabs(f - t) <= 0.07) { ++hits; break; }
  }
  for (double f : found) given += f >= from_s;
  return wanted + given ? 2.0 * double(hits) / double(wanted + given) : 0;
}

}  // namespace arietta::test
