#include "ui/own_melodies.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "assist/song_melody.h"
#include "song/time.h"

namespace arietta::ui {
namespace {

using Json = nlohmann::json;

constexpr int kFarthest = 1 << 24;

// The person's own notes of a track, counted from the bar the first is in.
Melody own_line(const Document& song, const TimeMap& time, Id track, Id first_own) {
  Melody melody;
  Tick origin = 0;
  for (const LineNote& note : melody_line(song, track).notes) {
    const bool own = note.id >= first_own && note.id >> 40 == first_own >> 40;
    if (!own || read_note(song, note.id).author != 0) continue;
    if (melody.empty()) origin = time.tick_of_bar(time.bar_at(note.start).bar);
    const auto grid = [&](Tick tick) { return int((tick - origin + kSongTicksPerMelodyTick / 2) / kSongTicksPerMelodyTick); };
    const int onset = grid(note.start);
    melody.push_back({onset, std::max(1, grid(note.end) - onset), note.key});
    if (melody.size() >= OwnMelodies::kLongest) break;
  }
  return melody;
}

// Most notes of the shorter one are in both.
bool same_tune(const Melody& a, const Melody& b) {
  size_t shared = 0;
  for (const MelodyNote& note : a)
    shared += std::any_of(b.begin(), b.end(), [&](const MelodyNote& other) { return other.onset == note.onset && other.pitch == note.pitch; });
  return shared * 10 >= std::min(a.size(), b.size()) * 6;
}

}  // namespace

void OwnMelodies::read(std::string_view text) {
  melodies_.clear();
  const Json list = Json::parse(text, nullptr, false);
  if (!list.is_array()) return;
  for (const Json& one : list) {
    Melody melody;
    if (!one.is_array()) continue;
    for (const Json& row : one) {
      if (!row.is_array() || row.size() != 3 || melody.size() >= kLongest) continue;
      if (!std::all_of(row.begin(), row.end(), [](const Json& n) { return n.is_number_unsigned() && n.get<uint64_t>() < uint64_t(kFarthest); })) continue;
      const MelodyNote note{row[0].get<int>(), row[1].get<int>(), row[2].get<int>()};
      if (note.duration >= 1 && note.pitch <= 127) melody.push_back(note);
    }
    add(std::move(melody));
  }
}

std::string OwnMelodies::json() const {
  auto list = Json::array();
  for (const Melody& melody : melodies_) {
    auto rows = Json::array();
    for (const MelodyNote& note : melody) rows.push_back({note.onset, note.duration, note.pitch});
    list.push_back(std::move(rows));
  }
  return list.dump();
}

bool OwnMelodies::learn(const Document& song, Id first_own) {
  const TimeMap time(song);
  bool learned = false;
  for (const Id track : song.children(kSongId, Kind::track))
    if (!is_drum_track(song, track) && add(own_line(song, time, track, first_own))) learned = true;
  return learned;
}

bool OwnMelodies::add(Melody melody) {
  if (melody.size() < kShortest) return false;
  if (std::find(melodies_.begin(), melodies_.end(), melody) != melodies_.end()) return false;
  std::erase_if(melodies_, [&](const Melody& known) { return same_tune(known, melody); });
  melodies_.push_back(std::move(melody));
  while (melodies_.size() > kMostMelodies || notes() > kMostNotes) melodies_.erase(melodies_.begin());
  return true;
}

size_t OwnMelodies::notes() const {
  size_t count = 0;
  for (const Melody& melody : melodies_) count += melody.size();
  return count;
}

}  // namespace arietta::ui
