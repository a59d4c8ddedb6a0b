// make_seeds OUTDIR: writes the seed corpus of every fuzz target, OUTDIR/<target>/NNN. Everything is made here, by our
// own writers, from the songs everybody meets first and from the MIDI seeds.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "song/automation.h"
#include "song/chain.h"
#include "song/codec.h"
#include "song/defaults.h"
#include "song/json.h"
#include "song/link.h"
#include "song/midi_file.h"
#include "song/tunings.h"
#include "tests/fuzz/seeds_audio.h"
#include "tests/fuzz/seeds_melody.h"
#include "tests/fuzz/seeds_midi.h"
#include "tests/fuzz/seeds_plan.h"
#include "tests/fuzz/seeds_song.h"
#include "tests/fuzz/seeds_soundfont.h"

using namespace arietta;

namespace {

using Seeds = std::vector<std::vector<uint8_t>>;

std::vector<uint8_t> bytes_of(std::string_view text) { return {text.begin(), text.end()}; }

// One track with effects, a bus, a master effect and a knob that moves.
Document mixed_song() {
  Document song = empty_song();
  const auto apply = [&](Ops& ops) {
    for (const Op& op : ops) song.apply(op);
    ops.clear();
  };
  Ops ops;
  const Id track = song.children(kSongId, Kind::track)[0];
  for (const DeviceKind kind : {DeviceKind::delay, DeviceKind::compressor}) add_effect(song, ops, track, kind), apply(ops);
  add_effect(song, ops, kSongId, DeviceKind::eq);
  add_bus(song, ops, "Hall");
  apply(ops);
  const Id delay = effects_of(song, track)[0].id;
  put_point(song, ops, delay, param::delay::mix, 0, 0.1f);
  put_point(song, ops, delay, param::delay::mix, 960, 0.9f);
  apply(ops);
  return song;
}

std::vector<Document> seed_songs() {
  std::vector<Document> songs;
  songs.push_back(starter_song());
  songs.push_back(empty_song());
  songs.push_back(mixed_song());
  for (const auto& file : midi_seeds())
    if (auto import = read_midi(file, "seed.mid"))
      for (Document& song : import->songs) songs.push_back(std::move(song));
  return songs;
}

void add(Seeds& seeds, const Seeds& more) { seeds.insert(seeds.end(), more.begin(), more.end()); }

bool write(const std::filesystem::path& folder, const Seeds& seeds) {
  std::filesystem::create_directories(folder);
  for (size_t i = 0; i < seeds.size(); ++i) {
    char name[16];
    std::snprintf(name, sizeof name, "%03zu", i);
    std::ofstream file(folder / name, std::ios::binary);
    file.write(reinterpret_cast<const char*>(seeds[i].data()), std::streamsize(seeds[i].size()));
    if (!file.flush()) {
      std::fprintf(stderr, "%s cannot be written.\n", (folder / name).c_str());
      return false;
    }
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "make_seeds OUTDIR\n");
    return 2;
  }
  Seeds songs = song_seeds(), projects, links = link_seeds(), texts = json_seeds();
  for (const Document& song : seed_songs()) {
    songs.push_back(encode_song(song));
    projects.push_back(write_project(song));
    if (const auto link = make_link(song)) links.push_back(bytes_of(link.value()));
    texts.push_back(bytes_of(song_to_json(song)));
  }
  Seeds scales{bytes_of(write_key_map(KeyMap()))};
  for (const NamedTuning& tuning : named_tunings()) scales.push_back(bytes_of(write_scale({tuning.name, tuning.cents})));
  Seeds anything = midi_seeds();
  for (const Seeds* kind : {&projects, &links, &texts}) add(anything, *kind);

  const std::filesystem::path out = argv[1];
  const bool written = write(out / "audio", audio_seeds()) && write(out / "midi", midi_seeds()) && write(out / "song_codec", songs) && write(out / "link", links) &&
                       write(out / "json", texts) && write(out / "scala", scales) && write(out / "open", anything) && write(out / "melody", melody_seeds()) &&
                       write(out / "soundfont", soundfont_seeds()) && write(out / "plan", plan_seeds(seed_songs())) &&
                       write(out / "packet", packet_seeds(seed_songs()));
  return written ? 0 : 1;
}
