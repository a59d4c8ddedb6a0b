#include "devices/vowels.h"

#include <cmath>

#include "base/mathx.h"

namespace arietta {
namespace {

constexpr int kVowels = 5, kSingers = 4;
constexpr float kSingerKeys[kSingers] = {45, 57, 66, 75};      // where each sings most at ease

struct Row { float hz[kFormants], db[kFormants], width_hz[kFormants]; };

constexpr Row kRows[kSingers][kVowels] = {
    // Bass: ah, eh, ee, oh, oo.
    {{{600, 1040, 2250, 2450, 2750}, {0, -7, -9, -9, -20}, {60, 70, 110, 120, 130}},
     {{400, 1620, 2400, 2800, 3100}, {0, -12, -9, -12, -18}, {40, 80, 100, 120, 120}},
     {{250, 1750, 2600, 3050, 3340}, {0, -30, -16, -22, -28}, {60, 90, 100, 120, 120}},
     {{400, 750, 2400, 2600, 2900}, {0, -11, -21, -20, -40}, {40, 80, 100, 120, 120}},
     {{350, 600, 2400, 2675, 2950}, {0, -20, -32, -28, -36}, {40, 80, 100, 120, 120}}},
    // Tenor.
    {{{650, 1080, 2650, 2900, 3250}, {0, -6, -7, -8, -22}, {80, 90, 120, 130, 140}},
     {{400, 1700, 2600, 3200, 3580}, {0, -14, -12, -14, -20}, {70, 80, 100, 120, 120}},
     {{290, 1870, 2800, 3250, 3540}, {0, -15, -18, -20, -30}, {40, 90, 100, 120, 120}},
     {{400, 800, 2600, 2800, 3000}, {0, -10, -12, -12, -26}, {70, 80, 100, 130, 135}},
     {{350, 600, 2700, 2900, 3300}, {0, -20, -17, -14, -26}, {40, 60, 100, 120, 120}}},
    // Alto.
    {{{800, 1150, 2800, 3500, 4950}, {0, -4, -20, -36, -60}, {80, 90, 120, 130, 140}},
     {{400, 1600, 2700, 3300, 4950}, {0, -24, -30, -35, -60}, {60, 80, 120, 150, 200}},
     {{350, 1700, 2700, 3700, 4950}, {0, -20, -30, -36, -60}, {50, 100, 120, 150, 200}},
     {{450, 800, 2830, 3500, 4950}, {0, -9, -16, -28, -55}, {70, 80, 100, 130, 135}},
     {{325, 700, 2530, 3500, 4950}, {0, -12, -30, -40, -64}, {50, 60, 170, 180, 200}}},
    // Soprano.
    {{{800, 1150, 2900, 3900, 4950}, {0, -6, -32, -20, -50}, {80, 90, 120, 130, 140}},
     {{350, 2000, 2800, 3600, 4950}, {0, -20, -15, -40, -56}, {60, 100, 120, 150, 200}},
     {{270, 2140, 2950, 3900, 4950}, {0, -12, -26, -26, -44}, {60, 90, 100, 120, 120}},
     {{450, 800, 2830, 3800, 4950}, {0, -11, -22, -22, -50}, {70, 80, 100, 130, 135}},
     {{325, 700, 2700, 3800, 4950}, {0, -16, -35, -40, -60}, {50, 60, 170, 180, 200}}},
};

float between(float a, float b, float t) { return std::exp2(lerp(std::log2(a), std::log2(b), t)); }

}  // namespace

Vowel sung_vowel(float vowel, float key) {
  const float v = clampf(vowel, 0, float(kVowels - 1));
  const int from = v < float(kVowels - 2) ? int(v) : kVowels - 2;
  int singer = 0;
  while (singer < kSingers - 2 && key > kSingerKeys[singer + 1]) ++singer;
  const float voice = clampf((key - kSingerKeys[singer]) / (kSingerKeys[singer + 1] - kSingerKeys[singer]), 0, 1);
  Vowel out;
  for (int i = 0; i < kFormants; ++i) {
    float hz[2], db[2], width[2];
    for (int s = 0; s < 2; ++s) {
      const Row& a = kRows[singer + s][from];
      const Row& b = kRows[singer + s][from + 1];
      const float t = v - float(from);
      hz[s] = between(a.hz[i], b.hz[i], t);
      db[s] = lerp(a.db[i], b.db[i], t);
      width[s] = between(a.width_hz[i], b.width_hz[i], t);
    }
    out.formants[i] = {between(hz[0], hz[1], voice), db_to_gain(lerp(db[0], db[1], voice)), between(width[0], width[1], voice)};
  }
  return out;
}

}  // namespace arietta
