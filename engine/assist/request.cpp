#include "assist/request.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <nlohmann/json.hpp>

namespace arietta {
namespace {

using Json = nlohmann::json;

constexpr int kMostNotes = 100000;          // read at all; only the last few hundred reach the model
constexpr int kLatest = 24 * 4 * 100000;    // ticks
constexpr int kMostMemory = 512;            // melodies

Error bad(const std::string& words) { return Error{words}; }

const Json* member(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::string text(const Json& object, const char* name) {
  const Json* value = member(object, name);
  return value && value->is_string() ? value->get<std::string>() : std::string();
}

double number(const Json& object, const char* name, double otherwise, double least, double most) {
  const Json* value = member(object, name);
  if (!value || !value->is_number()) return otherwise;
  const double found = value->get<double>();
  return std::isfinite(found) ? std::clamp(found, least, most) : otherwise;
}

int whole(const Json& object, const char* name, int otherwise, int least, int most) {
  return int(number(object, name, otherwise, least, most));
}

// Reads [[onset, duration, pitch], ...]; says which note is wrong.
Result<Melody> read_notes(const Json& list, const char* name) {
  if (!list.is_array()) return bad(std::string("“") + name + "” must be a list of notes, each [onset, duration, pitch].");
  if (list.size() > kMostNotes) return bad(std::string("“") + name + "” has more notes than a melody can have.");
  Melody notes;
  notes.reserve(list.size());
  for (size_t i = 0; i < list.size(); ++i) {
    const Json& note = list[i];
    const std::string which = "Note " + std::to_string(i + 1) + " of “" + name + "” ";
    if (!note.is_array() || note.size() < 3 || !note[0].is_number() || !note[1].is_number() || !note[2].is_number()) {
      return bad(which + "is not three numbers (onset, duration, pitch).");
    }
    const double onset = note[0].get<double>(), duration = note[1].get<double>(), pitch = note[2].get<double>();
    if (!(onset >= 0 && onset <= kLatest)) return bad(which + "starts outside the song.");
    if (!(duration >= 1 && duration <= kLatest)) return bad(which + "has no length.");
    if (!(pitch >= 0 && pitch <= 127)) return bad(which + "has a pitch outside 0 to 127.");
    notes.push_back({int(onset), int(duration), int(pitch)});
  }
  return notes;
}

// The first of two names: the contract's own, and the one that prompt files use.
const Json* either(const Json& object, const char* name, const char* other) {
  const Json* value = member(object, name);
  return value ? value : member(object, other);
}

void read_key(const Json& object, MelodyPlace& place) {
  const Json* key = member(object, "key");
  if (!key || !key->is_object()) return;
  place.tonic = pitch_class_of(text(*key, "tonic"));
  place.mode = text(*key, "mode");
}

Result<bool> read_chords(const Json& object, MelodyPlace& place) {
  const Json* chords = member(object, "chords");
  if (!chords) return true;
  if (!chords->is_array() || chords->size() > kMostNotes) return bad("“chords” must be a list, each [onset, duration, name].");
  for (const Json& chord : *chords) {
    if (!chord.is_array() || chord.size() < 3 || !chord[0].is_number() || !chord[1].is_number() || !chord[2].is_string()) continue;
    const double onset = chord[0].get<double>(), duration = chord[1].get<double>();
    if (!(onset >= 0 && onset <= kLatest && duration >= 1 && duration <= kLatest)) continue;
    if (const auto found = parse_chord(chord[2].get<std::string>(), int(onset), int(duration))) place.chords.push_back(*found);
  }
  std::stable_sort(place.chords.begin(), place.chords.end(), [](auto& a, auto& b) { return a.onset < b.onset; });
  return true;
}

// Reads [[onset, MIDI key, velocity], ...]; keys that are no drums are left out.
Result<bool> read_hits(const Json& object, Groove& hits) {
  const Json* list = member(object, "hits");
  if (!list) return true;
  if (!list->is_array() || list->size() > kMostNotes) return bad("“hits” must be a list, each [onset, MIDI key, velocity].");
  for (const Json& row : *list) {
    if (!row.is_array() || row.size() < 2 || !row[0].is_number() || !row[1].is_number()) return bad("“hits” must be a list, each [onset, MIDI key, velocity].");
    const double onset = row[0].get<double>(), key = row[1].get<double>();
    const int drum = key >= 0 && key <= 127 ? drum_of_key(int(key)) : -1;
    if (drum >= 0 && onset >= 0 && onset <= kLatest) hits.push_back({int(onset), drum});
  }
  return true;
}

Result<Task> read_task(const Json& object) {
  const std::string name = text(object, "task");
  if (name.empty()) return member(object, "gap_end") && either(object, "after", "right") ? Task::kInfill : Task::kContinue;
  if (name == "continue") return Task::kContinue;
  if (name == "infill") return Task::kInfill;
  if (name == "vary") return Task::kVary;
  if (name == "harmonise") return Task::kHarmonise;
  if (name == "chords") return Task::kChords;
  if (name == "groove") return Task::kGroove;
  return bad("There is no task “" + name + "”; there are continue, infill, vary, harmonise, chords and groove.");
}

void read_wishes(const Json& object, MelodyRequest& request) {
  request.samples = whole(object, "samples", 1, 1, kMostSamples);
  request.seed = uint32_t(number(object, "seed", 1, 0, 4294967295.0));
  const Json* greedy = member(object, "greedy");
  request.greedy = greedy && greedy->is_boolean() && greedy->get<bool>();
  const Json* detail = member(object, "detail");
  request.detail = detail && detail->is_boolean() && detail->get<bool>();
  request.adventurous = number(object, "adventurous", .5, 0, 1);
  request.busy = number(object, "busy", .5, 0, 1);
  request.like_me = number(object, "like_me", 0, 0, 1);
  request.low = whole(object, "low", 21, 0, 127);
  request.high = whole(object, "high", 108, request.low, 127);
  const Json* scale = member(object, "scale");
  if (!scale || !scale->is_array() || scale->empty()) return;
  request.scale = 0;
  for (const Json& pitch_class : *scale) {
    if (pitch_class.is_number_integer()) request.scale |= uint16_t(1u << (((pitch_class.get<int>() % 12) + 12) % 12));
  }
  if (request.scale == 0) request.scale = 0xfff;
}

}  // namespace

int pitch_class_of(std::string_view name) {
  constexpr int kLetters[] = {9, 11, 0, 2, 4, 5, 7};
  if (name.empty() || name[0] < 'A' || name[0] > 'G') return -1;
  int pitch_class = kLetters[name[0] - 'A'];
  for (const char sign : name.substr(1)) {
    if (sign == '#') ++pitch_class;
    else if (sign == 'b') --pitch_class;
    else return -1;
  }
  return ((pitch_class % 12) + 12) % 12;
}

std::optional<MelodyChord> parse_chord(std::string_view symbol, int onset, int duration) {
  size_t root_end = 1;
  while (root_end < symbol.size() && (symbol[root_end] == '#' || symbol[root_end] == 'b')) ++root_end;
  const int root = pitch_class_of(symbol.substr(0, std::min(root_end, symbol.size())));
  if (root < 0) return std::nullopt;
  std::string_view rest = symbol.substr(root_end);
  rest = rest.substr(0, rest.find('/'));
  Quality quality = Quality::kOther;
  if (rest.starts_with("dim") || rest.starts_with("o") || rest.starts_with("hdim") || rest.starts_with("m7b5")) quality = Quality::kDiminished;
  else if (rest.starts_with("maj") || rest.starts_with("M") || rest.empty() || rest == "6" || rest.starts_with("add")) quality = Quality::kMajor;
  else if (rest.starts_with("m") || rest.starts_with("-")) quality = Quality::kMinor;
  else if (rest.starts_with("7") || rest.starts_with("9") || rest.starts_with("1")) quality = Quality::kDominant;
  return MelodyChord{onset, duration, root, quality};
}

int bar_ticks(std::string_view meter) {
  int beats = 0, unit = 0;
  size_t i = 0;
  for (; i < meter.size() && std::isdigit(uint8_t(meter[i])) && beats < 100; ++i) beats = beats * 10 + (meter[i] - '0');
  if (i >= meter.size() || meter[i] != '/') return 0;
  for (++i; i < meter.size() && std::isdigit(uint8_t(meter[i])) && unit < 100; ++i) unit = unit * 10 + (meter[i] - '0');
  if (i != meter.size() || beats == 0 || unit == 0 || beats * 4 * kMelodyQuarter % unit != 0) return 0;
  return beats * 4 * kMelodyQuarter / unit;
}

Melody top_line(Melody notes) {
  std::sort(notes.begin(), notes.end(), [](const MelodyNote& a, const MelodyNote& b) {
    return a.onset != b.onset ? a.onset < b.onset : a.pitch > b.pitch;
  });
  Melody line;
  for (const MelodyNote& note : notes) {
    if (!line.empty() && line.back().onset == note.onset) continue;
    if (!line.empty() && line.back().end() > note.onset) line.back().duration = note.onset - line.back().onset;
    line.push_back(note);
  }
  return line;
}

Result<MelodyRequest> parse_request(std::string_view json) {
  const Json object = Json::parse(json.begin(), json.end(), nullptr, false);
  if (!object.is_object()) return bad("This is not a JSON object.");
  MelodyRequest request;
  request.id = text(object, "id");

  const Result<Task> task = read_task(object);
  if (!task) return task.error();
  request.task = task.value();

  const Json* notes = either(object, "notes", "prompt");
  if (!notes) return bad("There are no notes.");
  Result<Melody> before = read_notes(*notes, "notes");
  if (!before) return before.error();
  request.notes = top_line(std::move(before.value()));
  if (const Json* after = either(object, "after", "right")) {
    Result<Melody> read = read_notes(*after, "after");
    if (!read) return read.error();
    request.after = top_line(std::move(read.value()));
  }
  if (const Json* truth = member(object, "truth")) {
    Result<Melody> read = read_notes(*truth, "truth");
    if (!read) return read.error();
    request.truth = top_line(std::move(read.value()));
  }

  MelodyPlace& place = request.place;
  read_key(object, place);
  place.meter = text(object, "meter");
  place.tradition = text(object, "tradition");
  // `bar` is null where the metre changes; a line without one has the bar of its metre.
  place.bar = object.contains("bar") ? whole(object, "bar", 0, 0, 96 * 16) : bar_ticks(place.meter);
  place.pickup = whole(object, "pickup", 0, 0, kLatest);
  const Result<bool> chords = read_chords(object, place);
  if (!chords) return chords.error();

  const int melody_end = request.notes.empty() ? 0 : request.notes.back().end();
  const Result<bool> hits = read_hits(object, request.hits);
  if (!hits) return hits.error();
  request.tempo = number(object, "tempo", request.tempo, 10, 400);
  const bool of_melody = request.task >= Task::kVary && request.task != Task::kGroove;      // the answer stands where the melody is, not after it
  request.cut = whole(object, "cut", of_melody ? 0 : melody_end, 0, kLatest);
  request.end = whole(object, "gap_end", of_melody ? melody_end : 0, 0, kLatest);
  if (request.end == 0 && member(object, "bars")) {
    request.end = request.cut + whole(object, "bars", 4, 1, 64) * (place.bar > 0 ? place.bar : 4 * kMelodyQuarter);
  }
  if (request.end != 0 && request.end <= request.cut) return bad("The gap ends before it starts.");
  read_wishes(object, request);

  if (const Json* memory = member(object, "memory"); memory && memory->is_array()) {
    for (size_t i = 0; i < std::min<size_t>(memory->size(), kMostMemory); ++i) {
      Result<Melody> read = read_notes((*memory)[i], "memory");
      if (read) request.memory.push_back(top_line(std::move(read.value())));
    }
  }
  return request;
}

}  // namespace arietta
