// Scala tunings: scale files (.scl) say which notes there are, keyboard maps (.kbm) on which keys they lie. Together they
// give each of the 128 keys its pitch. A file from anywhere may be read: what is wrong is said in one plain sentence.
// Source: M. Op de Coul, "Scala scale file format" and "Scala keyboard mapping format", huygens-fokker.org.        [main]
#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace arietta {

struct TuningScale {
  std::string name;
  std::vector<double> cents;          // above the first note, which is not listed; the last is where it begins again
};

inline constexpr int kNoDegree = -1;  // a key that plays nothing of its own

struct KeyMap {
  int size = 0;                       // keys until the pattern begins again; 0: each key the next note
  int first_key = 0, last_key = 127;
  int middle_key = 60;                // where the first note of the scale lies
  int reference_key = 69;
  double reference_hz = 440;
  int octave_degree = 0;              // the note where the pattern begins again; 0: the scale's last
  std::vector<int> degrees;           // of `size` keys
};

Result<TuningScale> read_scale(std::string_view text);
Result<KeyMap> read_key_map(std::string_view text);

// The same as text, to keep in a song: shorter than most files, read by the two above.
std::string write_scale(const TuningScale& scale);
std::string write_key_map(const KeyMap& map);

// For each key what to add to equal temperament at A4 = 440 Hz, in cents. Keys the map leaves out sound like the next
// lower key that it names.
using TuningTable = std::array<double, 128>;
TuningTable tuning_table(const TuningScale& scale, const KeyMap& map);

}  // namespace arietta
