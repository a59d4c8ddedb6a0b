#include "song/midi_meta.h"

#include <algorithm>
#include <optional>

#include "song/midi_author.h"
#include "song/midi_values.h"

namespace arietta {
namespace {

using Events = std::vector<const MidiEvent*>;

bool is_text(const MidiEvent& event) {
  return event.status == midi::kMeta && event.data1 >= midi::kText && event.data1 <= midi::kCue;
}

std::string_view as_text(Bytes bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

// One kind of meta event, from whichever track, in time order.
Events events_of(span<const MidiTrack> tracks, uint8_t type, size_t least_bytes) {
  Events events;
  for (const MidiTrack& track : tracks)
    for (const MidiEvent& event : track.events)
      if (event.status == midi::kMeta && event.data1 == type && event.body.size() >= least_bytes) events.push_back(&event);
  std::stable_sort(events.begin(), events.end(), [](const auto* a, const auto* b) { return a->tick < b->tick; });
  return events;
}

void add_tempos(const Events& events, Document& document, Ops& ops, MidiWarnings& warnings) {
  int64_t before = 0;
  for (const MidiEvent* event : events) {
    const int64_t us = event->body[0] << 16 | event->body[1] << 8 | event->body[2];
    if (us == 0) warnings.add("A tempo mark without a tempo was left out.");
    if (us == 0 || us == before) continue;
    before = us;
    const Id tempo = add_entity(document, ops, Kind::tempo, kSongId);
    set_field(ops, tempo, Kind::tempo, field::tempo::tick, event->tick);
    set_field(ops, tempo, Kind::tempo, field::tempo::us_per_quarter, us);
  }
}

void add_meters(const Events& events, Document& document, Ops& ops, MidiWarnings& warnings) {
  constexpr int kHighestPower = 6;                // sixty-fourths
  int beats_before = 0, power_before = 0;
  for (const MidiEvent* event : events) {
    const int beats = event->body[0], power = std::min(int(event->body[1]), kHighestPower);
    if (beats == 0 || event->body[1] > kHighestPower) warnings.add("An impossible time signature was mended.");
    if (beats == 0 || (beats == beats_before && power == power_before)) continue;
    beats_before = beats;
    power_before = power;
    const Id meter = add_entity(document, ops, Kind::meter, kSongId);
    set_field(ops, meter, Kind::meter, field::meter::tick, event->tick);
    set_field(ops, meter, Kind::meter, field::meter::beats, int64_t(beats));
    set_field(ops, meter, Kind::meter, field::meter::beat_unit, int64_t(1) << power);
  }
}

void set_key(const Events& events, Ops& ops, MidiWarnings& warnings) {
  std::optional<std::pair<int, bool>> first;
  bool changes = false;
  for (const MidiEvent* event : events) {
    const std::pair<int, bool> key{int8_t(event->body[0]), event->body[1] == 1};
    if (key.first < -7 || key.first > 7) continue;
    if (!first) first = key;
    changes = changes || key != *first;
  }
  if (!first) return;
  const auto [sharps, minor] = *first;
  set_field(ops, kSongId, Kind::song, field::song::key_root, int64_t(root_of_key(sharps, minor)));
  set_field(ops, kSongId, Kind::song, field::song::scale, int64_t(minor));
  if (changes) warnings.add("The key changes during this song. Only the first key was kept; all notes are as they were.");
}

void add_words(span<const MidiTrack> tracks, TextEncoding encoding, Document& document, Ops& ops) {
  constexpr uint8_t kTypes[] = {midi::kMarker, midi::kLyric, midi::kText, midi::kCue};   // by marker_kind
  for (int64_t kind = 0; kind < int64_t(std::size(kTypes)); ++kind) {
    for (const MidiEvent* event : events_of(tracks, kTypes[kind], 1)) {
      std::string text = text_of(*event, encoding);
      if (text.empty() || is_author_mark(text)) continue;
      const Id marker = add_entity(document, ops, Kind::marker, kSongId);
      set_field(ops, marker, Kind::marker, field::marker::tick, event->tick);
      set_field(ops, marker, Kind::marker, field::marker::marker_kind, kind);
      set_field(ops, marker, Kind::marker, field::marker::text, std::move(text));
    }
  }
}

}  // namespace

void read_meta(span<const MidiTrack> tracks, bool in_seconds, TextEncoding encoding, Document& document, Ops& ops,
               MidiWarnings& warnings) {
  const Events tempos = events_of(tracks, midi::kTempo, 3);
  if (!in_seconds) add_tempos(tempos, document, ops, warnings);
  else if (!tempos.empty()) warnings.add("This MIDI file counts in seconds; its tempo marks were left out.");
  add_meters(events_of(tracks, midi::kMeter, 2), document, ops, warnings);
  set_key(events_of(tracks, midi::kKeySignature, 2), ops, warnings);
  add_words(tracks, encoding, document, ops);
  for (const MidiTrack& track : tracks)
    if (std::any_of(track.events.begin(), track.events.end(), [](const auto& e) { return e.status == midi::kKeyPressure; })) {
      warnings.add("Pressure on single keys (polyphonic aftertouch) was left out.");
      break;
    }
}

TextEncoding encoding_of(span<const MidiTrack> tracks) {
  std::string texts;
  for (const MidiTrack& track : tracks)
    for (const MidiEvent& event : track.events)
      if (is_text(event) && !is_utf8(as_text(event.body))) texts.append(as_text(event.body)).append("\n");
  return guess_encoding(texts);
}

std::string text_of(const MidiEvent& event, TextEncoding encoding) { return to_utf8(as_text(event.body), encoding); }

}  // namespace arietta
