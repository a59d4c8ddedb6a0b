#include "host/analyse_song.h"

#include <algorithm>
#include <map>

#include "song/edit.h"
#include "song/scale.h"
#include "song/time.h"

namespace arietta {
namespace {

constexpr size_t kMostBeats = 200000;

// The tempo most of the song is played at.
double usual_tempo(const TimeMap& map, Tick length) {
  std::map<double, double> seconds_at;
  const std::vector<TempoPoint>& points = map.tempos();
  for (size_t i = 0; i < points.size(); ++i) {
    const Tick end = i + 1 < points.size() ? std::min(points[i + 1].tick, length) : length;
    if (end > points[i].tick || points.size() == 1)
      seconds_at[60e6 / double(std::max<int64_t>(points[i].us_per_quarter, 1))] += map.seconds_at(end) - map.seconds_at(points[i].tick);
  }
  const auto longer = [](const auto& a, const auto& b) { return a.second < b.second; };
  return seconds_at.empty() ? 0 : std::max_element(seconds_at.begin(), seconds_at.end(), longer)->first;
}

void add_beats(Analysis& analysis, const TimeMap& map, Tick length) {
  for (Tick tick = 0; tick < length && analysis.beats_s.size() < kMostBeats; tick += map.ticks_per_beat_at(tick)) {
    analysis.beats_s.push_back(map.seconds_at(tick));
    if (map.bar_at(tick).beat == 0) analysis.downbeats_s.push_back(analysis.beats_s.back());
  }
  analysis.beats_per_bar = map.meter_at(0).beats;
}

struct Played { Chroma heard{}; int notes = 0; };

Played played_in(const Document& song) {
  Played played;
  for (Id track : song.children(kSongId, Kind::track)) {
    const bool drums = is_drum_track(song, track);
    for (Id clip : song.children(track, Kind::clip))
      for (const Note& note : notes_of(song, clip)) {
        ++played.notes;
        if (!drums) played.heard[size_t(note.key % 12)] += float(note.length);
      }
  }
  return played;
}

bool has_third(int scale, int semitones) { return kScales[scale].mask >> semitones & 1; }

void add_key(Analysis& analysis, const Document& song, const Chroma& heard) {
  const int64_t root = song.song().integer(field::song::key_root), scale = song.song().integer(field::song::scale);
  const bool set = (root != 0 || scale != 0) && root >= 0 && root < 12 && scale >= 0 && scale < kScaleCount;
  if (set && has_third(int(scale), 3) != has_third(int(scale), 4)) {
    analysis.key = {int(root), has_third(int(scale), 3), 1, 1};
    analysis.has_key = true;
    return;
  }
  analysis.key = find_key(heard);
  analysis.has_key = analysis.key.certain();
}

}  // namespace

Result<Analysis> analyse_song(const Document& song, const Sound& sound) {
  const Played played = played_in(song);
  if (played.notes == 0) return Error{"This song has no notes yet: there is nothing to hear in it."};
  Recording recording{sound.sample_rate, {sound.left, sound.right}};
  Result<Analysis> heard = analyse_recording(recording);
  if (!heard) return heard;
  const TimeMap map(song);
  const Tick length = song_length(song);
  Analysis analysis;
  analysis.seconds = map.seconds_at(length);
  analysis.loudness = heard->loudness;
  analysis.tempo = usual_tempo(map, length);
  add_beats(analysis, map, length);
  add_key(analysis, song, played.heard);
  analysis.clues = heard->clues;
  analysis.clues.tempo = analysis.tempo;
  analysis.clues.mode = !analysis.has_key ? 0 : analysis.key.minor ? -1 : 1;
  analysis.mood = find_mood(analysis.clues);
  return analysis;
}

}  // namespace arietta
