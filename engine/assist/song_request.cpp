#include "assist/song_request.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "assist/song_place.h"
#include "song/scale.h"

namespace arietta {
namespace {

using Json = nlohmann::ordered_json;

constexpr Tick kGrid = kSongTicksPerMelodyTick;
constexpr int kLowest = 21, kHighest = 108;                   // a piano's keys
constexpr int kReach = 5, kVoiceReach = 16;                   // semitones beyond what the melody uses
constexpr int kLeastRange = 19;
constexpr double kOutsideKey = 0.2;                           // share of a melody outside the song's key that makes us doubt the key

class Question {
 public:
  Question(const Document& document, const HelpAsk& ask, const TimeMap& time, const PlacedMelody& melody)
      : document_(document), ask_(ask), time_(time), melody_(melody) {}

  std::string json() const {
    constexpr const char* kTasks[] = {"continue", "infill", "vary", "harmonise", "chords", "groove"};
    const Entity& song = document_.song();
    Json out = Json::object();
    out["id"] = ask_.id;
    out["task"] = kTasks[size_t(melody_.place.task)];
    out["notes"] = notes(melody_.before);
    if (melody_.place.task == Task::kGroove) out["hits"] = hits();
    if (ask_.task == Task::kInfill) out["after"] = notes(melody_.after);
    out["key"] = key();
    add_bars(out);
    out["tempo"] = std::clamp(time_.quarters_per_minute_at(melody_.place.start), 10.0, 400.0);
    out["cut"] = (melody_.place.start - melody_.place.origin) / kGrid;
    out["gap_end"] = (melody_.place.end - melody_.place.origin) / kGrid;
    out["tradition"] = nullptr;
    out["chords"] = chords();
    out["samples"] = ask_.samples;
    out["seed"] = ask_.seed;
    out["greedy"] = false;
    out["adventurous"] = ask_.adventurous;
    out["busy"] = ask_.busy;
    out["like_me"] = ask_.like_me;
    if (song.integer(field::song::easy_scale)) {
      const int root = int(song.integer(field::song::key_root)) % 12;
      const int scale = int(std::clamp<int64_t>(song.integer(field::song::scale), 0, kScaleCount - 1));
      Json allowed = Json::array();
      for (int i = 0; i < 12; ++i)
        if (in_scale(scale, root, i)) allowed.push_back(i);
      out["scale"] = std::move(allowed);
    }
    add_range(out);
    if (ask_.like_me > 0 && !ask_.memory.empty()) {
      Json memory = Json::parse(ask_.memory, nullptr, false);
      if (memory.is_array() && !memory.empty()) out["memory"] = std::move(memory);
    }
    return out.dump();
  }

 private:
  using Notes = std::vector<LineNote>;

  int64_t grid(Tick tick) const { return (tick - melody_.place.origin + kGrid / 2) / kGrid; }

  int shifted(int key) const {
    key += melody_.place.shift;
    while (key < kLowest) key += 12;
    while (key > kHighest) key -= 12;
    return key;
  }

  Json notes(const Notes& list) const {
    Json out = Json::array();
    for (const LineNote& note : list) {
      const int64_t onset = std::max<int64_t>(0, grid(note.start));
      out.push_back({onset, std::max<int64_t>(1, grid(note.end) - onset), shifted(note.key)});
    }
    return out;
  }

  Json hits() const {
    Json out = Json::array();
    for (const LineNote& hit : melody_.hits) out.push_back({std::max<int64_t>(0, grid(hit.start)), hit.key, hit.velocity});
    return out;
  }

  // The song's key, unless the melody says that nobody has set it.
  Json key() const {
    constexpr const char* kModes[] = {"major", "minor", "major", "minor", "minor", "dorian", "mixolydian", "lydian", "phrygian", "minor", "minor", ""};
    static_assert(std::size(kModes) == kScaleCount);
    const Entity& song = document_.song();
    const int root = int(song.integer(field::song::key_root)) % 12;
    const int scale = int(std::clamp<int64_t>(song.integer(field::song::scale), 0, kScaleCount - 1));
    if (!*kModes[scale]) return nullptr;
    double all = 0, outside = 0;
    for (const LineNote& note : melody_.before) {
      all += double(note.end - note.start);
      if (!in_scale(scale, root, note.key)) outside += double(note.end - note.start);
    }
    if (outside > kOutsideKey * all && !song.integer(field::song::easy_scale)) return nullptr;
    return {{"tonic", std::string(kPitchNames[root])}, {"mode", kModes[scale]}};
  }

  Json chords() const {
    Json out = Json::array();
    const Tick from = std::max(melody_.place.origin, melody_.place.start - kLongestAnswer);
    for (const NamedChord& chord : chords_beside(document_, time_, ask_.track, from, melody_.place.end)) {
      const int64_t onset = std::max<int64_t>(0, grid(chord.start));
      out.push_back({onset, std::max<int64_t>(1, grid(chord.end) - onset), chord.name});
    }
    return out;
  }

  void add_range(Json& out) const {
    int low = kHighest, high = kLowest;
    for (const Notes* list : {&melody_.before, &melody_.after})
      for (const LineNote& note : *list) low = std::min(low, shifted(note.key)), high = std::max(high, shifted(note.key));
    low -= ask_.task == Task::kHarmonise ? kVoiceReach : kReach;
    high += kReach;
    for (; high - low < kLeastRange; low -= high - low < kLeastRange) ++high;
    out["low"] = std::clamp(low, kLowest, kHighest);
    out["high"] = std::clamp(high, kLowest, kHighest);
  }

  void add_bars(Json& out) const {
    const MeterPoint meter = time_.meter_at(melody_.place.start);
    Tick bar = time_.ticks_per_bar_at(melody_.place.start);
    const Tick line = bar_start(melody_.place.start) - melody_.place.origin;
    while (bar % kGrid) bar *= 2;                        // very short beats: every other bar line
    out["meter"] = std::to_string(meter.beats) + "/" + std::to_string(meter.beat_unit);
    out["bar"] = bar / kGrid;
    out["pickup"] = (line % bar + bar) % bar / kGrid;
  }

  Tick bar_start(Tick tick) const { return time_.tick_of_bar(time_.bar_at(tick).bar); }

  const Document& document_;
  const HelpAsk& ask_;
  const TimeMap& time_;
  const PlacedMelody& melody_;
};

}  // namespace

Result<SongRequest> make_request(const Document& document, const HelpAsk& ask) {
  const TimeMap time(document);
  Result<PlacedMelody> melody = find_place(document, ask, time);
  if (!melody) return melody.error();
  std::string question = Question(document, ask, time, melody.value()).json();
  return SongRequest{std::move(question), std::move(melody.value().place)};
}

}  // namespace arietta
