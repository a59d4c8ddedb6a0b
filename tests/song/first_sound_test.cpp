// The first song as it is heard, through the real engine.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "host/offline.h"
#include "song/defaults.h"
#include "song/edit.h"
#include "song/time.h"

using namespace arietta;

namespace {

struct Level { float peak_db, rms_db; };

Level level_of(const Document& song) {
  OfflineOptions options;
  options.seconds = TimeMap(song).seconds_at(song_length(song));
  const auto sound = render_song(song, {}, options);
  if (!sound.ok()) FAIL(sound.error().message);
  float peak = 0;
  double energy = 0;
  for (const std::vector<float>* side : {&sound.value().left, &sound.value().right})
    for (const float sample : *side) {
      peak = std::max(peak, std::fabs(sample));
      energy += double(sample) * sample;
    }
  const size_t samples = 2 * sound.value().left.size();
  return {20 * std::log10(peak + 1e-9f), float(10 * std::log10(energy / double(samples) + 1e-18))};
}

Document only(size_t track) {
  Document song = starter_song();
  Ops ops;
  const auto& tracks = song.children(kSongId, Kind::track);
  for (size_t i = 0; i < tracks.size(); ++i)
    if (i != track) set_field(ops, tracks[i], Kind::track, field::track::mute, int64_t(1));
  for (Op& op : ops) song.apply(std::move(op));
  return song;
}

}  // namespace

TEST_CASE("the first song is loud enough and does not lean on the limiter") {
  const Level mix = level_of(starter_song());
  CHECK(mix.peak_db < -1.2f);           // the ceiling is -1 dB
  CHECK(mix.peak_db > -6);
  CHECK(mix.rms_db > -24);
  CHECK(mix.rms_db < -14);
}

TEST_CASE("every part of the first song is heard, and none drowns the others") {
  const float mix = level_of(starter_song()).rms_db;
  for (size_t track = 0; track < starter_song().children(kSongId, Kind::track).size(); ++track) {
    CAPTURE(track);
    const float part = level_of(only(track)).rms_db;
    CHECK(part > mix - 18);
    CHECK(part < mix - 1);
  }
}
