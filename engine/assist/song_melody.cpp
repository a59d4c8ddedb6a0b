#include "assist/song_melody.h"

#include <algorithm>

#include "assist/request.h"
#include "song/scale.h"

namespace arietta {
namespace {

constexpr Tick kTogether = kTicksPerQuarter / 24;      // notes struck as one are never quite at one tick when played by hand
constexpr Tick kLegato = kTicksPerQuarter / 8;         // a note held a little into the next does not hide it
constexpr int kMiddleC = 60;

std::vector<LineNote> all_notes(const Document& document, Id track) {
  std::vector<LineNote> notes;
  for (const Id id : document.children(track, Kind::clip)) {
    const Clip clip = read_clip(document, id);
    for (const Note& note : notes_of(document, id)) {
      const Tick start = clip.start + note.start;
      notes.push_back({note.id, start, start + note.length, note.key, note.velocity});
    }
  }
  std::stable_sort(notes.begin(), notes.end(), [](const LineNote& a, const LineNote& b) {
    return a.start != b.start ? a.start < b.start : a.key > b.key;
  });
  return notes;
}

struct ChordShape {
  std::string_view name;
  uint16_t mask;                 // bit n: n semitones above the root
};

// Simple ones first: they win when a richer one fits no better.
constexpr ChordShape kShapes[] = {
    {"", 0b000010010001},        {"m", 0b000010001001},      {"7", 0b010010010001},   {"m7", 0b010010001001},
    {"maj7", 0b100010010001},    {"dim", 0b000001001001},    {"m7b5", 0b010001001001}, {"sus4", 0b000010100001},
    {"aug", 0b000100010001},
};

bool has(uint16_t mask, int semitones) { return mask >> semitones & 1; }

}  // namespace

MelodyLine melody_line(const Document& document, Id track) {
  const std::vector<LineNote> all = all_notes(document, track);
  MelodyLine line;
  line.of = all.size();
  std::vector<LineNote>& notes = line.notes;
  for (const LineNote& note : all) {
    if (!notes.empty()) {
      LineNote& before = notes.back();
      if (note.start - before.start < kTogether) {       // struck together: the higher one
        if (note.key > before.key) before = {note.id, before.start, note.end, note.key, note.velocity};
        continue;
      }
      const Tick under = before.end - note.start;
      if (before.key > note.key && under > kLegato && under * 2 > note.end - note.start) continue;
    }
    notes.push_back(note);
  }
  for (size_t i = 0; i + 1 < notes.size(); ++i) notes[i].end = std::min(notes[i].end, notes[i + 1].start);
  return line;
}

std::string name_chord(const double (&weight)[12], int lowest) {
  double all = 0;
  for (const double w : weight) all += w;
  if (all <= 0) return {};
  constexpr double kLeast = 0.4, kMissing = 0.25, kRootBelow = 0.12, kNoteCounts = 0.06, kRicher = 0.04;
  double best = kLeast;
  std::string name;
  for (const ChordShape& shape : kShapes) {
    for (int root = 0; root < 12; ++root) {
      double score = root == lowest ? kRootBelow : 0;
      bool whole = true;
      int size = 0;
      for (int i = 0; i < 12; ++i) {
        const double part = weight[(root + i) % 12] / all;
        if (!has(shape.mask, i)) {
          score -= part;
          continue;
        }
        ++size;
        score += part;
        if (part >= kNoteCounts) continue;
        score -= kMissing;
        whole = whole && i == 7;                         // only the fifth goes without saying
      }
      score -= kRicher * (size - 3);
      if (!whole || score <= best) continue;
      best = score;
      name = std::string(kPitchNames[root]) + std::string(shape.name);
    }
  }
  return name;
}

std::vector<NamedChord> chords_beside(const Document& document, const TimeMap& time, Id track, Tick from, Tick to) {
  std::vector<LineNote> others;
  for (const Id other : document.children(kSongId, Kind::track)) {
    if (other == track || is_drum_track(document, other)) continue;
    for (const LineNote& note : all_notes(document, other))
      if (note.end > from && note.start < to) others.push_back(note);
  }
  std::vector<NamedChord> chords;
  if (others.empty()) return chords;
  std::sort(others.begin(), others.end(), [](const LineNote& a, const LineNote& b) { return a.start < b.start; });
  Tick longest = 0;
  for (const LineNote& note : others) longest = std::max(longest, note.end - note.start);

  const auto name_between = [&](Tick start, Tick end) {
    double weight[12] = {};
    int lowest_key = 128;
    const auto begins_before = [](const LineNote& note, Tick tick) { return note.start < tick; };
    for (auto it = std::lower_bound(others.begin(), others.end(), start - longest, begins_before); it != others.end() && it->start < end; ++it) {
      const Tick sounds = std::min(it->end, end) - std::max(it->start, start);
      if (sounds <= 0) continue;
      weight[it->key % 12] += double(sounds);
      lowest_key = std::min(lowest_key, it->key);
    }
    return lowest_key > 127 ? std::string() : name_chord(weight, lowest_key % 12);
  };
  for (int64_t bar = time.bar_at(from).bar; time.tick_of_bar(bar) < to; ++bar) {
    const Tick start = time.tick_of_bar(bar), end = time.tick_of_bar(bar + 1);
    const int parts = time.meter_at(start).beats % 2 == 0 ? 2 : 1;
    for (int i = 0; i < parts; ++i) {
      const Tick a = start + (end - start) * i / parts, b = start + (end - start) * (i + 1) / parts;
      std::string name = name_between(a, b);
      if (name.empty()) continue;
      if (!chords.empty() && chords.back().end == a && chords.back().name == name) chords.back().end = b;
      else chords.push_back({a, b, std::move(name)});
    }
  }
  return chords;
}

std::vector<int> keys_of_chord(std::string_view name) {
  const auto chord = parse_chord(name, 0, 1);
  if (!chord) return {};
  size_t root_end = 1;
  while (root_end < name.size() && (name[root_end] == '#' || name[root_end] == 'b')) ++root_end;
  const std::string_view rest = name.substr(root_end, name.find('/') - root_end);
  constexpr uint16_t kByQuality[] = {kShapes[0].mask, kShapes[1].mask, kShapes[2].mask, kShapes[5].mask, kShapes[0].mask};
  uint16_t mask = kByQuality[size_t(chord->quality)];
  for (const ChordShape& shape : kShapes)
    if (shape.name == rest) mask = shape.mask;
  std::vector<int> keys{kMiddleC - 12 + chord->root};
  for (int i = 0; i < 12; ++i) {                         // the others between the G below middle C and the F sharp above
    constexpr int kLowest = kMiddleC - 5;
    if (has(mask, i)) keys.push_back(kLowest + (chord->root + i - kLowest % 12 + 12) % 12);
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

}  // namespace arietta
