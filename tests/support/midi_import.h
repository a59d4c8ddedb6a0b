// MIDI files opened as songs, and what is in these songs.
#pragma once
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "song/edit.h"
#include "song/midi_file.h"
#include "tests/support/midi_bytes.h"

namespace arietta::test {

inline MidiImport import(const ByteList& bytes, std::string_view name = "tune.mid") {
  auto result = read_midi(bytes, name);
  if (!result.ok()) FAIL(result.error().message);
  return std::move(*result);
}

inline Document import_one(const ByteList& bytes, std::string_view name = "tune.mid") {
  MidiImport midi = import(bytes, name);
  REQUIRE(midi.songs.size() == 1);
  return std::move(midi.songs[0]);
}

inline bool any_says(const std::vector<std::string>& warnings, std::string_view words) {
  return std::any_of(warnings.begin(), warnings.end(), [&](const auto& w) { return w.find(words) != std::string::npos; });
}

inline const std::vector<Id>& tracks_of(const Document& song) { return song.children(kSongId, Kind::track); }
inline Id track_at(const Document& song, size_t i) {
  REQUIRE(tracks_of(song).size() > i);
  return tracks_of(song)[i];
}
inline std::string name_of(const Document& song, size_t track) {
  return std::string(song.find(track_at(song, track))->text(field::track::name));
}
inline Id clip_at(const Document& song, size_t track) {
  const auto& clips = song.children(track_at(song, track), Kind::clip);
  REQUIRE(clips.size() == 1);
  return clips[0];
}
inline std::vector<Note> notes_in(const Document& song, size_t track = 0) { return notes_of(song, clip_at(song, track)); }
inline std::vector<Control> controls_in(const Document& song, size_t track = 0) {
  std::vector<Control> controls;
  for (Id id : song.children(clip_at(song, track), Kind::control)) controls.push_back(read_control(song, id));
  return controls;
}
inline float strip_value(const Document& song, size_t track, uint16_t index) {
  return param_of(song, strip_of(song, track_at(song, track))->id, index);
}
inline void check_note(const Note& note, Tick start, Tick length, int key, int velocity) {
  CHECK(note.start == start);
  CHECK(note.length == length);
  CHECK(note.key == key);
  CHECK(note.velocity == velocity);
}

}  // namespace arietta::test
