#include "song/tunings.h"

#include <algorithm>

#include "song/edit.h"

namespace arietta {
namespace {

bool ends_in(std::string_view text, std::string_view end) {
  if (text.size() < end.size()) return false;
  return std::equal(end.begin(), end.end(), text.end() - ptrdiff_t(end.size()),
                    [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? char(b - 'A' + 'a') : b); });
}

}  // namespace

const std::vector<NamedTuning>& named_tunings() {
  static const std::vector<NamedTuning> all = {
#define TUNING(name, ...) {name, {__VA_ARGS__}},
#include "song/tunings.def"
#undef TUNING
  };
  return all;
}

TuningTable song_tuning(const Document& document) {
  const std::string_view text = document.song().text(field::song::tuning), keys = document.song().text(field::song::tuning_keys);
  if (text.empty()) return {};
  const Result<TuningScale> scale = read_scale(text);
  if (!scale.ok()) return {};
  const Result<KeyMap> map = keys.empty() ? Result<KeyMap>(KeyMap()) : read_key_map(keys);
  return tuning_table(scale.value(), map.ok() ? map.value() : KeyMap());
}

std::string song_tuning_name(const Document& document) {
  const std::string_view text = document.song().text(field::song::tuning);
  if (text.empty()) return {};
  const Result<TuningScale> scale = read_scale(text);
  return scale.ok() && !scale.value().name.empty() ? scale.value().name : "A tuning of its own";
}

void set_tuning(Ops& ops, const TuningScale& scale) {
  set_field(ops, kSongId, Kind::song, field::song::tuning, scale.cents.empty() ? std::string() : write_scale(scale));
  set_field(ops, kSongId, Kind::song, field::song::tuning_keys, std::string());
}

void set_tuning_keys(Ops& ops, const KeyMap& map) {
  set_field(ops, kSongId, Kind::song, field::song::tuning_keys, write_key_map(map));
}

bool is_scale_file(std::string_view file_name) { return ends_in(file_name, ".scl"); }
bool is_key_map_file(std::string_view file_name) { return ends_in(file_name, ".kbm"); }

}  // namespace arietta
