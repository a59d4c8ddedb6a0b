#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "song/defaults.h"
#include "song/edit.h"
#include "song/scale.h"
#include "song/time.h"

using namespace arietta;

namespace {

std::vector<Note> all_notes(const Document& song, Id track) {
  std::vector<Note> notes;
  for (Id clip : song.children(track, Kind::clip))
    for (const Note& note : notes_of(song, clip)) notes.push_back(note);
  return notes;
}

}  // namespace

TEST_CASE("the first song is two bars that loop, with several built-in instruments that need no download") {
  const Document song = starter_song();
  CHECK_FALSE(song.song().text(field::song::title).empty());
  CHECK(song.song().integer(field::song::loop_on) == 1);
  CHECK(song.song().integer(field::song::easy_scale) == 1);
  const Tick two_bars = TimeMap(song).tick_of_bar(2);
  CHECK(song.song().integer(field::song::loop_start) == 0);
  CHECK(song.song().integer(field::song::loop_end) == two_bars);
  CHECK(song_length(song) == two_bars);                  // nothing hangs over the loop's end
  const auto& tracks = song.children(kSongId, Kind::track);
  CHECK(tracks.size() >= 4);
  CHECK(std::count_if(tracks.begin(), tracks.end(), [&](Id id) { return is_drum_track(song, id); }) == 1);
  std::set<std::string> names;
  for (Id track : tracks) {
    CHECK(instrument_of(song, track)->kind != DeviceKind::soundfont);
    CHECK_FALSE(all_notes(song, track).empty());
    names.insert(std::string(song.find(track)->text(field::track::name)));
  }
  CHECK(names.size() == tracks.size());
}

TEST_CASE("the first song is in its own key, on the grid, and with dynamics") {
  const Document song = starter_song();
  const int scale = int(song.song().integer(field::song::scale)), root = int(song.song().integer(field::song::key_root));
  for (Id track : song.children(kSongId, Kind::track)) {
    std::set<int> velocities;
    for (const Note& note : all_notes(song, track)) {
      if (!is_drum_track(song, track)) CHECK(in_scale(scale, root, note.key));
      CHECK(note.start % 240 == 0);
      velocities.insert(note.velocity);
    }
    CHECK(velocities.size() >= 4);
  }
}

TEST_CASE("every setting of the first song is one the device has, inside its range") {
  const Document song = starter_song();
  for (Id track : song.children(kSongId, Kind::track))
    for (Id device : song.children(track, Kind::device))
      for (Id id : song.children(device, Kind::param)) {
        const Entity& param = *song.find(id);
        const auto* info = find_param(DeviceKind(song.find(device)->integer(field::device::device_kind)),
                                      uint16_t(param.integer(field::param::index)));
        REQUIRE(info);
        CHECK(param.real(field::param::plain) >= info->min);
        CHECK(param.real(field::param::plain) <= info->max);
      }
}

TEST_CASE("the empty song has one track with four empty bars") {
  const Document song = empty_song();
  REQUIRE(song.children(kSongId, Kind::track).size() == 1);
  const Id track = song.children(kSongId, Kind::track)[0];
  CHECK(instrument_of(song, track));
  CHECK(strip_of(song, track));
  CHECK(all_notes(song, track).empty());
  CHECK(song_length(song) == TimeMap(song).tick_of_bar(4));
}
