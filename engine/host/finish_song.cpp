#include "host/finish_song.h"

#include "analyse/analysis.h"
#include "song/finish.h"

namespace arietta {
namespace {

Result<double> loudness_of(const Document& song, const RenderSong& render) {
  const Result<Sound> sound = render(song);
  if (!sound) return sound.error();
  return measure_loudness({sound->sample_rate, {sound->left, sound->right}}).integrated_lufs;
}

}  // namespace

Result<Document> balanced(const Document& song, const RenderSong& render) {
  std::vector<double> lufs;
  for (Id track : song.children(kSongId, Kind::track)) {
    const Result<double> loudness = loudness_of(alone_for_measuring(song, track), render);
    if (!loudness) return loudness.error();
    lufs.push_back(loudness.value() - double(kMeasuringDb));
  }
  Document finished = song;
  for (const Op& op : balance_ops(finished, lufs)) finished.apply(op);
  return finished;
}

Result<Document> mastered(const Document& song, double lufs, const RenderSong& render) {
  Document finished = song;
  for (MasterSearch search(lufs);;) {
    Ops ops;
    set_master_drive(finished, ops, search.drive_db());
    for (const Op& op : ops) finished.apply(op);
    const Result<double> loudness = loudness_of(finished, render);
    if (!loudness) return loudness.error();
    if (loudness.value() <= kUnheardLufs) return Error{"This song is silent: it cannot be made any louder."};
    search.measured(loudness.value());
    if (search.done()) return finished;
  }
}

}  // namespace arietta
