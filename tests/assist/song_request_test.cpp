// From a song to a question for the melody model and back: the question says what the song says, whatever is in it; the answer
// lands where it belongs and nowhere else.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "assist/request.h"
#include "assist/song_melody.h"
#include "assist/song_request.h"
#include "song/codec.h"
#include "song/defaults.h"
#include "song/time.h"
#include "tests/support/why.h"

using namespace arietta;
using nlohmann::json;

namespace {

constexpr Tick kBeat = kTicksPerQuarter, kBar = 4 * kBeat;

struct Song {
  Document document;
  Id track = 0;

  explicit Song(DeviceKind instrument = DeviceKind::poly_synth) { track = with_ops([&](Ops& ops) { return add_track(document, ops, "Tune", instrument); }); }

  template <class Make>
  Id with_ops(const Make& make) {
    Ops ops;
    const Id made = make(ops);
    for (Op& op : ops) document.apply(std::move(op));
    return made;
  }
  Id note(Tick start, Tick length, int key, Id on = 0, int velocity = 90) {
    return with_ops([&](Ops& ops) {
      const Id clip = clip_for(document, ops, on ? on : track, start, start + length);
      for (Op& op : ops) document.apply(op);
      ops.clear();
      return add_note(document, ops, {.clip = clip, .start = start - read_clip(document, clip).start, .length = length, .key = key, .velocity = velocity});
    });
  }
  void meter(Tick tick, int beats, int unit) {
    with_ops([&](Ops& ops) { return set_meter(document, ops, tick, beats, unit), Id(0); });
  }
  void scale(int root, int index, bool easy) {
    with_ops([&](Ops& ops) {
      set_field(ops, kSongId, Kind::song, field::song::key_root, int64_t(root));
      set_field(ops, kSongId, Kind::song, field::song::scale, int64_t(index));
      set_field(ops, kSongId, Kind::song, field::song::easy_scale, int64_t(easy));
      return Id(0);
    });
  }

  Result<SongRequest> ask(Task task, std::vector<Id> selection = {}, Tick cursor = 0) {
    HelpAsk wish;
    wish.task = task, wish.track = track, wish.selection = std::move(selection), wish.cursor = cursor;
    return make_request(document, wish);
  }
  json question(Task task, std::vector<Id> selection = {}) {
    auto made = ask(task, std::move(selection));
    REQUIRE_MESSAGE(made.ok(), why(made));
    CHECK(parse_request(made->json).ok());           // the model's side takes it
    return json::parse(made->json);
  }
  std::string refusal(Task task) {
    auto made = ask(task);
    return made.ok() ? "" : made.error().message;
  }
  void tune(int bars, int key = 60) {
    for (int i = 0; i < bars * 4; ++i) note(i * kBeat, kBeat, key + (i * 2) % 7);
  }
};

using Placed = std::vector<std::array<Tick, 3>>;      // start, end, key

Placed notes_in(const Document& document, Id track) {
  Placed all;
  for (const Id clip : document.children(track, Kind::clip))
    for (const Note& n : notes_of(document, clip)) {
      const Tick start = read_clip(document, clip).start + n.start;
      all.push_back({start, start + n.length, n.key});
    }
  return all;
}

void keep(Document& document, const HelpPlace& place, const char* answer) {
  const auto read = read_answer(answer, place);
  REQUIRE_MESSAGE(read.ok(), why(read));
  for (Op& op : suggestion_ops(document, place, read.value().suggestions[0], read.value().model)) document.apply(std::move(op));
}

}  // namespace

TEST_CASE("continue asks for four bars after the melody, with the song's key, metre and tempo") {
  Song song;
  song.tune(2);
  song.scale(2, 5, true);
  const json q = song.question(Task::kContinue);
  CHECK(q["task"] == "continue");
  CHECK(q["notes"].size() == 8);
  CHECK(q["notes"][1] == json::array({24, 24, 62}));
  CHECK(q["cut"] == 192);
  CHECK(q["gap_end"] == 192 + 4 * 96);
  CHECK(q["bar"] == 96);
  CHECK(q["pickup"] == 0);
  CHECK(q["meter"] == "4/4");
  CHECK(q["tempo"] == 120);
  CHECK(q["key"] == json{{"tonic", "D"}, {"mode", "dorian"}});
  CHECK(q["scale"] == json::array({0, 2, 4, 5, 7, 9, 11}));
  CHECK(q["low"] < 60);
  CHECK(q["high"] > 66);
}

TEST_CASE("the answer begins where the melody ends: at the bar line when the last note fills its bar") {
  Song song;
  song.note(0, kBar - 100, 60);
  CHECK(song.question(Task::kContinue)["cut"] == 96);
  Song half;
  half.note(0, 2 * kBeat, 60);
  CHECK(half.question(Task::kContinue)["cut"] == 48);
  CHECK(half.question(Task::kContinue)["gap_end"] == 4 * 96);      // to a bar line
  Song late;                                                      // little of the bar is left: it does not count as one
  late.note(0, 3 * kBeat, 60);
  CHECK(late.question(Task::kContinue)["gap_end"] == 5 * 96);
}

TEST_CASE("a tune that begins in the middle of the song begins at its own bar, and keeps its pick-up") {
  Song song;
  song.note(20 * kBar + 3 * kBeat, kBeat, 67);
  song.note(21 * kBar, kBar, 60);
  const json q = song.question(Task::kContinue);
  CHECK(q["notes"][0] == json::array({0, 24, 67}));
  CHECK(q["pickup"] == 24);
  CHECK(q["cut"] == 120);
}

TEST_CASE("bar lines stay right after a change of metre and in odd metres") {
  Song song;
  song.meter(0, 7, 8);
  song.meter(7 * kBeat, 3, 4);             // after two bars of 7/8
  for (int i = 0; i < 13; ++i) song.note(i * kBeat, kBeat, 60 + i % 5);
  const json q = song.question(Task::kContinue);
  CHECK(q["meter"] == "3/4");
  CHECK(q["cut"] == 13 * 24);
  CHECK((q["cut"].get<int>() - q["pickup"].get<int>()) % q["bar"].get<int>() == 0);
  CHECK(q["gap_end"] == (13 + 12) * 24);

  Song tiny;                               // 60 ticks a bar: no whole number of the model's ticks
  tiny.meter(0, 1, 64);
  tiny.note(0, 60, 60);
  CHECK(tiny.question(Task::kContinue)["bar"] == 3);
}

TEST_CASE("chords count by their top notes, and that is said") {
  Song song;
  for (int i = 0; i < 4; ++i)
    for (const int key : {48, 55, 64 + i}) song.note(i * kBeat, kBeat, key);
  auto made = song.ask(Task::kContinue);
  REQUIRE(made.ok());
  CHECK(json::parse(made->json)["notes"][2] == json::array({48, 24, 66}));
  CHECK(json::parse(made->json)["notes"].size() == 4);
  CHECK(made->place.remark.find("top notes") != std::string::npos);
}

TEST_CASE("a bass under the melody and notes held into the next do not disturb the line") {
  Song song;
  song.note(0, kBar, 72);
  song.note(kBeat, kBeat, 40);             // under it
  song.note(kBar, kBeat + 100, 70);        // held a little
  song.note(kBar + kBeat, kBeat, 65);
  const MelodyLine line = melody_line(song.document, song.track);
  REQUIRE(line.notes.size() == 3);
  CHECK(line.notes[1].end == kBar + kBeat);
  CHECK(line.notes[2].key == 65);
}

TEST_CASE("what there is nothing to do with is refused in a sentence") {
  CHECK(Song().refusal(Task::kContinue).find("no melody") != std::string::npos);
  CHECK(Song(DeviceKind::drum_kit).refusal(Task::kVary).find("drums") != std::string::npos);
  Song full;
  full.tune(2);
  CHECK(full.refusal(Task::kInfill).find("no gap") != std::string::npos);
  Song one;
  one.note(0, kBeat, 60);
  for (const Task task : {Task::kContinue, Task::kVary, Task::kHarmonise}) CHECK(one.refusal(task).empty());
  Song gone;
  gone.track = 77;
  CHECK(gone.refusal(Task::kVary).find("no track") != std::string::npos);
}

TEST_CASE("where a melody has no gap, the loop says which notes to fill anew") {
  Song song;
  std::vector<Id> notes;
  for (int i = 0; i < 16; ++i) notes.push_back(song.note(i * kBeat, kBeat, 60 + i % 5));
  CHECK(song.refusal(Task::kInfill).find("set the loop") != std::string::npos);
  const auto loop = [&](Tick from, Tick to) {
    song.with_ops([&](Ops& ops) {
      set_field(ops, kSongId, Kind::song, field::song::loop_on, int64_t(1));
      set_field(ops, kSongId, Kind::song, field::song::loop_start, int64_t(from));
      set_field(ops, kSongId, Kind::song, field::song::loop_end, int64_t(to));
      return Id(0);
    });
  };
  loop(kBar, 2 * kBar);
  const Result<SongRequest> asked = song.ask(Task::kInfill);
  REQUIRE(asked);
  CHECK(asked.value().place.start == kBar);
  CHECK(asked.value().place.end == 2 * kBar);
  CHECK(asked.value().place.replaced == std::vector<Id>(notes.begin() + 4, notes.begin() + 8));
  CHECK(asked.value().place.remark == "The melody in bar 2 would be replaced.");
  const json q = json::parse(asked.value().json);
  CHECK(q["notes"].size() == 4);
  CHECK(q["after"].size() == 8);

  loop(0, 4 * kBar);                               // goes round everything: nothing on either side
  CHECK(song.refusal(Task::kInfill).find("no gap") != std::string::npos);
}

TEST_CASE("drums go on with a groove to the melody, in whole bars, and keep how hard and how late each stroke is") {
  Song song(DeviceKind::drum_kit);
  const Id tune = song.with_ops([&](Ops& ops) { return add_track(song.document, ops, "Lead", DeviceKind::poly_synth); });
  for (int i = 0; i < 16; ++i) song.note(i * kBeat, kBeat, 60 + i % 5, tune);
  for (int i = 0; i < 6; ++i) song.note(i * kBeat, kBeat / 4, i % 2 ? 38 : 36);
  const Result<SongRequest> asked = song.ask(Task::kContinue);
  REQUIRE(asked);
  const HelpPlace& place = asked.value().place;
  CHECK(place.task == Task::kGroove);
  CHECK(place.start == 2 * kBar);
  CHECK(place.end == 6 * kBar);
  const json q = json::parse(asked.value().json);
  CHECK(q["task"] == "groove");
  CHECK(q["hits"] == json::parse("[[0,36,90],[24,38,90],[48,36,90],[72,38,90],[96,36,90],[120,38,90]]"));
  CHECK(q["notes"].size() == 16);
  const Result<MelodyRequest> read = parse_request(asked.value().json);
  REQUIRE(read);
  CHECK(read.value().hits.size() == 6);

  const Result<HelpAnswer> answer = read_answer(R"({"model":"drummer","suggestions":[{"notes":[[192,6,36,110,0],[198,6,42,31,12],[199,6,38,5,-9999]]}]})", place);
  REQUIRE(answer);
  const Ops ops = suggestion_ops(song.document, place, answer.value().suggestions[0], "drummer");
  for (const Op& op : ops) song.document.apply(op);
  std::vector<std::array<Tick, 3>> written;
  for (const Id clip : song.document.children(song.track, Kind::clip))
    for (const Id id : song.document.children(clip, Kind::note)) {
      const Note note = read_note(song.document, id);
      const Tick at = read_clip(song.document, clip).start + note.start;
      if (at >= 2 * kBar) written.push_back({at, note.key, note.velocity});
    }
  REQUIRE(written.size() == 3);
  CHECK(written[0] == std::array<Tick, 3>{2 * kBar, 36, 110});
  CHECK(written[1][0] == 2 * kBar + 7 * 40 - 120);       // 199 ticks, as early as a stroke may be
  CHECK(written[2] == std::array<Tick, 3>{2 * kBar + 6 * 40 + 24, 42, 31});
}

TEST_CASE("a gap has both its sides in the question") {
  Song song;
  song.tune(1);
  song.note(3 * kBar, kBeat, 67);
  song.note(3 * kBar + 2 * kBeat, kBeat, 69);
  auto made = song.ask(Task::kInfill);
  REQUIRE(made.ok());
  const json q = json::parse(made->json);
  CHECK(q["cut"] == 96);
  CHECK(q["gap_end"] == 3 * 96);
  CHECK(q["notes"].size() == 4);
  CHECK(q["after"] == json::array({{288, 24, 67}, {336, 24, 69}}));
  // The cursor is in the second gap; the selection has only that.
  CHECK(song.ask(Task::kInfill, {}, 3 * kBar + kBeat)->place.start == 3 * kBar + kBeat);
  const Placed all = notes_in(song.document, song.track);
  std::vector<Id> last_two;
  for (const LineNote& n : melody_line(song.document, song.track).notes)
    if (n.start >= 3 * kBar) last_two.push_back(n.id);
  CHECK(song.ask(Task::kInfill, last_two)->place.start == 3 * kBar + kBeat);
  CHECK(all.size() == 6);
}

TEST_CASE("ten thousand notes and a track at the end of the keyboard make a sensible question") {
  Song song;
  Ops ops;
  const Id clip = add_clip(song.document, ops, song.track, 0, 3000 * kBar);
  for (int i = 0; i < 10'000; ++i) add_note(song.document, ops, {.clip = clip, .start = i * kBeat, .length = kBeat, .key = 115 + i % 12});
  for (Op& op : ops) song.document.apply(std::move(op));
  const json q = song.question(Task::kContinue);
  CHECK(q["notes"].size() == 512);
  CHECK(q["cut"] == 512 * 24);
  for (const json& note : q["notes"]) CHECK(note[2] <= 108);
  auto vary = song.ask(Task::kVary, {}, 100 * kBar);
  REQUIRE(vary.ok());
  CHECK(vary->place.start == 100 * kBar);
  CHECK(vary->place.replaced.size() == 64);
  CHECK(vary->place.remark.find("bars 101 to 116") != std::string::npos);
  // What comes back is where the track is.
  const auto read = read_answer(R"({"suggestions":[{"notes":[[12288,24,96]]}]})", song.ask(Task::kContinue)->place);
  REQUIRE(read.ok());
  CHECK(read.value().suggestions[0].notes[0].key > 108);
}

TEST_CASE("other tracks are told as chords by half bars") {
  Song song;
  song.tune(2);
  const Id chords = song.with_ops([&](Ops& ops) { return add_track(song.document, ops, "Chords", DeviceKind::poly_synth); });
  const Id drums = song.with_ops([&](Ops& ops) { return add_track(song.document, ops, "Drums", DeviceKind::drum_kit); });
  for (const int key : {45, 60, 64, 67}) song.note(0, kBar, key, chords);                  // A C E G
  for (const int key : {50, 62, 66, 69}) song.note(kBar, 2 * kBeat, key, chords);          // D
  for (const int key : {43, 59, 62, 65}) song.note(kBar + 2 * kBeat, 2 * kBeat, key, chords);   // G7
  song.note(0, kBar, 36, drums);
  CHECK(song.question(Task::kContinue)["chords"] == json::array({{0, 96, "Am7"}, {96, 48, "D"}, {144, 48, "G7"}}));
}

TEST_CASE("a key that nobody has set and the melody does not keep to is not told") {
  Song song;
  for (int i = 0; i < 8; ++i) song.note(i * kBeat, kBeat, std::array{61, 63, 66, 68}[size_t(i % 4)]);
  CHECK(song.question(Task::kContinue)["key"].is_null());
}

TEST_CASE("a kept continuation is in the track, by the model, as loud as what was before it") {
  Song song;
  song.tune(2);
  const HelpPlace place = song.ask(Task::kContinue)->place;
  const Placed before = notes_in(song.document, song.track);
  const char* answer = R"({"suggestions":[{"notes":[[192,24,62],[216,48,64],[570,60,60]]}],"model":"arietta-melody 1"})";
  keep(song.document, place, answer);
  Placed after = notes_in(song.document, song.track);
  REQUIRE(after.size() == before.size() + 3);
  CHECK(after[8] == std::array<Tick, 3>{2 * kBar, 2 * kBar + kBeat, 62});
  CHECK(after[10][1] == 6 * kBar);                       // cut at the end of the place
  const std::vector<Id> authors = song.document.children(kSongId, Kind::author);
  REQUIRE(authors.size() == 1);
  CHECK(song.document.find(authors[0])->text(field::author::name) == "arietta-melody 1");
  int by_model = 0;
  Tick clip_end = 0;
  for (const Id clip : song.document.children(song.track, Kind::clip)) {
    clip_end = std::max(clip_end, read_clip(song.document, clip).start + read_clip(song.document, clip).length);
    for (const Note& n : notes_of(song.document, clip)) {
      CHECK(n.velocity == 90);
      by_model += n.author == 2 && !n.edited;
    }
  }
  CHECK(by_model == 3);
  CHECK(clip_end == 6 * kBar);
  keep(song.document, song.ask(Task::kContinue)->place, R"({"suggestions":[{"notes":[[576,24,62]]}],"model":"arietta-melody 1"})");
  CHECK(song.document.children(kSongId, Kind::author).size() == 1);
}

TEST_CASE("varying replaces what was varied and nothing else") {
  Song song;
  song.tune(2);
  std::vector<Id> second_bar;
  for (const LineNote& n : melody_line(song.document, song.track).notes)
    if (n.start >= kBar) second_bar.push_back(n.id);
  const HelpPlace place = song.ask(Task::kVary, second_bar)->place;
  keep(song.document, place, R"({"suggestions":[{"notes":[[96,96,72],[0,24,40],[400,24,40]]}],"model":"m"})");
  const Placed after = notes_in(song.document, song.track);
  REQUIRE(after.size() == 5);                            // what lay outside the place was not believed
  CHECK(after[4] == std::array<Tick, 3>{kBar, 2 * kBar, 72});
}

TEST_CASE("a second voice and chords get tracks of their own") {
  Song song;
  song.tune(1);
  song.with_ops([&](Ops& ops) { return set_param(song.document, ops, instrument_of(song.document, song.track)->id, param::poly_synth::cutoff_hz, 777), Id(0); });
  const HelpPlace place = song.ask(Task::kHarmonise)->place;
  const Placed melody = notes_in(song.document, song.track);
  keep(song.document, place, R"({"suggestions":[{"notes":[[0,48,57],[48,48,55]],"chords":[[0,48,"Am7"],[48,48,"nonsense"]]}],"model":"m"})");
  const std::vector<Id> tracks = song.document.children(kSongId, Kind::track);
  REQUIRE(tracks.size() == 3);
  CHECK(notes_in(song.document, song.track) == melody);
  CHECK(notes_in(song.document, tracks[1]) == Placed{{0, 2 * kBeat, 57}, {2 * kBeat, kBar, 55}});
  CHECK(param_of(song.document, instrument_of(song.document, tracks[1])->id, param::poly_synth::cutoff_hz) == 777);
  CHECK(notes_in(song.document, tracks[2]) == Placed{{0, 2 * kBeat, 55}, {0, 2 * kBeat, 57}, {0, 2 * kBeat, 60}, {0, 2 * kBeat, 64}});
}

TEST_CASE("a loop that ended with the melody grows with it") {
  Document song = starter_song();
  HelpAsk wish;
  wish.track = song.children(kSongId, Kind::track)[0];
  const auto made = make_request(song, wish);
  REQUIRE(made.ok());
  keep(song, made.value().place, R"({"suggestions":[{"notes":[[192,24,74]]}],"model":"m"})");
  CHECK(song.song().integer(field::song::loop_end) == 6 * kBar);
}

TEST_CASE("an answer that is none says so") {
  Song song;
  song.tune(1);
  const HelpPlace place = song.ask(Task::kContinue)->place;
  CHECK(read_answer(R"({"error":"The model is missing."})", place).error().message == "The model is missing.");
  for (const char* nothing : {"", "[]", "{", R"({"suggestions":[]})", R"({"suggestions":[{"notes":[]},7]})", R"({"suggestions":{"notes":1}})",
                              R"({"suggestions":[{"notes":[[-5,1,60],[96,-1,60],[96,24,600],["a",1,2],[1e300,1,60],[96,24]]}]})"}) {
    CAPTURE(nothing);
    CHECK(read_answer(nothing, place).error().message.size() > 20);
  }
}

TEST_CASE("chord names") {
  const auto name = [](std::initializer_list<int> keys) {
    double weight[12] = {};
    for (const int key : keys) weight[key % 12] += 1;
    return name_chord(weight, *keys.begin() % 12);
  };
  CHECK(name({48, 52, 55}) == "C");
  CHECK(name({57, 60, 64}) == "Am");
  CHECK(name({47, 50, 53}) == "Bdim");
  CHECK(name({43, 47, 50, 53}) == "G7");
  CHECK(name({41, 45, 48, 52}) == "Fmaj7");
  CHECK(name({46, 50, 53}) == "Bb");
  CHECK(name({60}) == "");
  CHECK(name({60, 61, 62, 63, 64, 65, 66}) == "");
  for (const char* chord : {"C", "Am", "Bdim", "G7", "Fmaj7", "Bb"}) {
    double weight[12] = {};
    const std::vector<int> keys = keys_of_chord(chord);
    REQUIRE(keys.size() >= 3);
    for (const int key : keys) weight[key % 12] += 1;
    CHECK(name_chord(weight, keys.front() % 12) == chord);
  }
  CHECK(keys_of_chord("").empty());
  CHECK(keys_of_chord("H7").empty());
}
