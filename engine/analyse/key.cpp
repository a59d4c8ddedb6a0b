#include "analyse/key.h"

#include <algorithm>
#include <cmath>

namespace arietta {
namespace {

constexpr double kMajor[12] = {0.748, 0.060, 0.488, 0.082, 0.670, 0.460, 0.096, 0.715, 0.104, 0.366, 0.057, 0.400};
constexpr double kMinor[12] = {0.712, 0.084, 0.474, 0.618, 0.049, 0.460, 0.105, 0.747, 0.404, 0.067, 0.133, 0.330};
constexpr const char* kNames[12] = {"C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"};
constexpr double kCertainFit = 0.45;         // noise stays below 0.4, music in a key is above 0.6

double correlation(const Chroma& heard, const double* profile, int root) {
  double mean_heard = 0, mean_profile = 0;
  for (int i = 0; i < 12; ++i) mean_heard += double(heard[size_t(i)]) / 12, mean_profile += profile[i] / 12;
  double both = 0, a = 0, b = 0;
  for (int i = 0; i < 12; ++i) {
    const double x = double(heard[size_t((i + root) % 12)]) - mean_heard, y = profile[i] - mean_profile;
    both += x * y, a += x * x, b += y * y;
  }
  return a > 0 ? both / std::sqrt(a * b) : 0;
}

}  // namespace

bool Key::certain() const { return fit >= kCertainFit; }

std::string Key::name() const { return std::string(kNames[root]) + (minor ? " minor" : " major"); }

Key find_key(const Chroma& heard) {
  Key best;
  best.fit = -2;
  double second = -2;
  for (int root = 0; root < 12; ++root)
    for (const bool minor : {false, true}) {
      const double fit = correlation(heard, minor ? kMinor : kMajor, root);
      if (fit > best.fit) {
        second = best.fit;
        best = {root, minor, fit, 0};
      } else {
        second = std::max(second, fit);
      }
    }
  best.lead = best.fit - second;
  return best;
}

}  // namespace arietta
