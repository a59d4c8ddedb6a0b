// The model's answer: read with suspicion, and put into the song.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "assist/song_melody.h"
#include "assist/song_request.h"
#include "song/time.h"

namespace arietta {
namespace {

using Json = nlohmann::json;

constexpr Tick kGrid = kSongTicksPerMelodyTick;
constexpr size_t kMostSuggestions = kMostSamples;
constexpr size_t kMostNotes = 2048;
constexpr size_t kMostModelName = 80;
constexpr int64_t kFarthest = 1 << 24;                  // melody ticks
constexpr int kMostLate = 60;                           // half a sixteenth
constexpr int kSoftVoice = 12, kSoftChords = 20;        // velocity below the melody's

const Json* member(const Json& object, const char* name) {
  const auto it = object.find(name);
  return it == object.end() ? nullptr : &*it;
}

std::string text_in(const Json& object, const char* name) {
  const Json* value = member(object, name);
  return value && value->is_string() ? value->get<std::string>() : std::string();
}

// [onset, duration, ..., ..., lateness in 1/480 quarter] as song time inside the place; false when nothing of it lies there.
bool time_in(const Json& row, const HelpPlace& place, Tick& start, Tick& length) {
  if (!row.is_array() || row.size() < 3 || row.size() > 5 || !row[0].is_number() || !row[1].is_number()) return false;
  const double onset = row[0].get<double>(), duration = row[1].get<double>();
  if (!(onset >= 0 && onset < double(kFarthest) && duration > 0 && duration < double(kFarthest))) return false;
  start = place.origin + Tick(onset * double(kGrid) + 0.5);
  if (row.size() == 5 && row[4].is_number()) {
    const double late = std::clamp(row[4].get<double>(), -double(kMostLate), double(kMostLate));
    start = std::max(place.start, start + Tick(late) * kTicksPerQuarter / 480);
  }
  const Tick end = std::min(place.end, start + std::max<Tick>(1, Tick(duration * double(kGrid) + 0.5)));
  if (start < place.start || start >= end) return false;
  length = end - start;
  return true;
}

Suggestion read_suggestion(const Json& json, const HelpPlace& place) {
  Suggestion made;
  if (!json.is_object()) return made;
  Tick start = 0, length = 0;
  if (const Json* notes = member(json, "notes"); notes && notes->is_array()) {
    for (const Json& row : *notes) {
      if (made.notes.size() >= kMostNotes || !time_in(row, place, start, length) || !row[2].is_number()) continue;
      const double pitch = row[2].get<double>();
      if (!(pitch >= 0 && pitch <= 127)) continue;
      int key = int(pitch) - place.shift, velocity = 0;
      if (row.size() > 3 && row[3].is_number()) velocity = int(std::clamp(row[3].get<double>(), 1.0, 127.0));
      while (key < 0) key += 12;
      while (key > 127) key -= 12;
      made.notes.push_back({start, length, key, velocity});
    }
  }
  if (const Json* chords = member(json, "chords"); chords && chords->is_array()) {
    for (const Json& row : *chords) {
      if (made.chords.size() >= kMostNotes || !time_in(row, place, start, length) || !row[2].is_string()) continue;
      std::string name = row[2].get<std::string>();
      if (!keys_of_chord(name).empty()) made.chords.push_back({start, length, std::move(name)});
    }
  }
  const auto earlier = [](const auto& a, const auto& b) { return a.start < b.start; };
  std::stable_sort(made.notes.begin(), made.notes.end(), earlier);
  std::stable_sort(made.chords.begin(), made.chords.end(), earlier);
  return made;
}

// Writes notes into one track, each into the clip it lies in.
class TrackFiller {
 public:
  TrackFiller(Document& document, Ops& ops, Id track, int author) : document_(document), ops_(ops), track_(track), author_(author) {}

  void add(Tick start, Tick length, int key, int velocity) {
    const Clip& clip = clip_at(start, start + length);
    if (!clip.id) return;
    Note note;
    note.clip = clip.id;
    note.start = start - clip.start;
    note.length = length;
    note.key = key;
    note.velocity = std::clamp(velocity, 1, 127);
    note.author = author_;
    add_note(document_, ops_, note);
  }

  // Makes room for everything in [start, end) at once.
  void reserve(Tick start, Tick end) {
    const size_t before = ops_.size();
    reserved_.id = clip_for(document_, ops_, track_, start, end);
    if (const Entity* there = document_.find(reserved_.id)) reserved_.start = there->integer(field::clip::start);
    for (size_t i = before; i < ops_.size(); ++i) {
      if (ops_[i].entity != reserved_.id || ops_[i].field != field::clip::start) continue;
      if (const auto* at = std::get_if<int64_t>(&ops_[i].value)) reserved_.start = *at;
    }
  }

 private:
  // The last clip that begins at or before the note, among those that were there and the reserved one.
  const Clip& clip_at(Tick start, Tick end) {
    found_ = reserved_;
    for (const Id id : document_.children(track_, Kind::clip)) {
      const Clip clip = read_clip(document_, id);
      if (clip.start > start || clip.start < found_.start || start >= clip.start + clip.length || clip.id == reserved_.id) continue;
      found_ = clip;
      grow_clip_to(document_, ops_, clip.id, end - clip.start);
    }
    return found_;
  }

  Document& document_;
  Ops& ops_;
  Id track_;
  int author_;
  Clip reserved_, found_;
};

int author_number(Document& document, Ops& ops, std::string_view name) {
  int64_t next = 2;                                     // 0 and 1 are the person and imports
  for (const Id id : document.children(kSongId, Kind::author)) {
    const Entity& author = *document.find(id);
    const int64_t number = author.integer(field::author::number);
    if (author.text(field::author::name) == name && number >= 2) return int(number);
    next = std::max(next, number + 1);
  }
  const Id author = add_entity(document, ops, Kind::author, kSongId);
  set_field(ops, author, Kind::author, field::author::number, next);
  set_field(ops, author, Kind::author, field::author::name, std::string(name));
  return int(next);
}

Id track_named(const Document& document, std::string_view name) {
  for (const Id id : document.children(kSongId, Kind::track))
    if (document.find(id)->text(field::track::name) == name) return id;
  return 0;
}

// A second voice sounds like the first: the same instrument with the same knobs.
Id add_voice_track(Document& document, Ops& ops, Id like) {
  constexpr std::string_view kName = "Second voice";
  if (const Id there = track_named(document, kName)) return there;
  const auto instrument = instrument_of(document, like);
  const std::vector<Id>& tracks = document.children(kSongId, Kind::track);
  const auto at = std::find(tracks.begin(), tracks.end(), like) - tracks.begin();
  const Id track = add_track(document, ops, kName, instrument ? instrument->kind : DeviceKind::poly_synth, int(at) + 1);
  if (!instrument) return track;
  for (const Op& op : Ops(ops)) {                       // the device that add_track is about to make
    if (op.kind != Kind::device || op.field != field::device::device_kind || op.value != Value(int64_t(instrument->kind))) continue;
    const Id device = op.entity;
    for (const Field& of : document.find(instrument->id)->fields)
      if (of.key != field::alive && of.key != field::parent) set_field(ops, device, Kind::device, of.key, of.value);
    for (const Id param : document.children(instrument->id, Kind::param)) {
      const Entity& p = *document.find(param);
      const Id copy = add_entity(document, ops, Kind::param, device);
      set_field(ops, copy, Kind::param, field::param::index, p.integer(field::param::index));
      set_field(ops, copy, Kind::param, field::param::plain, p.real(field::param::plain));
    }
    break;
  }
  return track;
}

Id add_chord_track(Document& document, Ops& ops) {
  constexpr std::string_view kName = "Chords by the model";
  if (const Id there = track_named(document, kName)) return there;
  return add_track(document, ops, kName, DeviceKind::poly_synth);
}

}  // namespace

Result<HelpAnswer> read_answer(std::string_view text, const HelpPlace& place) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return Error{"The melody model's answer cannot be read. Try again."};
  if (std::string error = text_in(json, "error"); !error.empty()) return Error{std::move(error)};
  HelpAnswer answer;
  answer.model = text_in(json, "model").substr(0, kMostModelName);
  if (answer.model.empty()) answer.model = "melody model";
  if (const Json* avoided = member(json, "copies_avoided"); avoided && avoided->is_number_unsigned())
    answer.copies_avoided = int(std::min<uint64_t>(avoided->get<uint64_t>(), 1000));
  if (const Json* list = member(json, "suggestions"); list && list->is_array()) {
    for (const Json& one : *list) {
      Suggestion made = read_suggestion(one, place);
      const bool empty = made.notes.empty() && made.chords.empty();
      if (!empty && answer.suggestions.size() < kMostSuggestions) answer.suggestions.push_back(std::move(made));
    }
  }
  if (answer.suggestions.empty()) return Error{"The melody model found nothing to suggest here. Try again, or select other notes."};
  return answer;
}

Ops suggestion_ops(Document& document, const HelpPlace& place, const Suggestion& suggestion, std::string_view model) {
  Ops ops;
  const int author = author_number(document, ops, model);
  for (const Id note : place.replaced)
    if (const Entity* there = document.find(note); there && there->alive()) remove(ops, note, Kind::note);

  if (!suggestion.notes.empty()) {
    const bool second = place.task == Task::kHarmonise;
    const Id track = second ? add_voice_track(document, ops, place.track) : place.track;
    TrackFiller filler(document, ops, track, author);
    Tick end = 0;
    for (const AnswerNote& note : suggestion.notes) end = std::max(end, note.start + note.length);
    filler.reserve(suggestion.notes.front().start, second || place.task == Task::kContinue || place.task == Task::kGroove ? std::max(end, place.end) : end);
    const int usual = place.velocity - (second ? kSoftVoice : 0);
    for (const AnswerNote& note : suggestion.notes) filler.add(note.start, note.length, note.key, note.velocity ? note.velocity : usual);
  }
  if (!suggestion.chords.empty()) {
    TrackFiller filler(document, ops, add_chord_track(document, ops), author);
    const AnswerChord& last = suggestion.chords.back();
    filler.reserve(suggestion.chords.front().start, last.start + last.length);
    for (const AnswerChord& chord : suggestion.chords)
      for (const int key : keys_of_chord(chord.name)) filler.add(chord.start, chord.length, key, place.velocity - kSoftChords);
  }
  // A loop that ends where the melody ended goes on to its new end.
  const Entity& song = document.song();
  if ((place.task == Task::kContinue || place.task == Task::kGroove) && song.integer(field::song::loop_on) && song.integer(field::song::loop_end) == place.start &&
      song.integer(field::song::loop_start) < place.start)
    set_field(ops, kSongId, Kind::song, field::song::loop_end, place.end);
  return ops;
}

}  // namespace arietta
