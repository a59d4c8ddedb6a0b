// The tunings a person chooses by name, and the one a song has.                                   [main]
#pragma once
#include "song/document.h"
#include "song/op.h"
#include "song/scala.h"

namespace arietta {

struct NamedTuning {
  const char* name;
  std::vector<double> cents;
};
const std::vector<NamedTuning>& named_tunings();

// Where each key of the song sounds, in cents to be added to equal temperament. All zero without a tuning, or with one
// that cannot be read.
TuningTable song_tuning(const Document& document);

// What its tuning is called: "" for equal temperament.
std::string song_tuning_name(const Document& document);

// Gives the song a tuning, its first note on C; an empty scale takes it away. Or places its notes on other keys.
void set_tuning(Ops& ops, const TuningScale& scale);
void set_tuning_keys(Ops& ops, const KeyMap& map);

// A dropped Scala file, known by its name.
bool is_scale_file(std::string_view file_name);
bool is_key_map_file(std::string_view file_name);

}  // namespace arietta
