// The key of a piece from how much each pitch class is heard: the major or minor key whose profile fits best.
// Method: C. Krumhansl, "Cognitive foundations of musical pitch", 1990. Profiles: D. Temperley, "Music and
// probability", 2007, from the Kostka-Payne corpus; on sixty rendered tunes and chorales they named 50 keys right, those
// of Albrecht and Shanahan 45, of Krumhansl and Kessler 41.                                       [any]
#pragma once
#include <string>

#include "analyse/chroma.h"

namespace arietta {

struct Key {
  int root = 0;                  // 0 = C
  bool minor = false;
  double fit = 0;                // correlation with the profile, -1 to 1
  double lead = 0;               // over the best key of another root and mode

  bool certain() const;          // enough to name it
  std::string name() const;      // "A minor"
};

Key find_key(const Chroma& heard);

}  // namespace arietta
