// Channel volume as it is heard: a MIDI file is as loud when its volume is set once as when it moves later on, with
// every kind of instrument, and it stays so through export and import.
#include <doctest/doctest.h>

#include <cmath>
#include <optional>

#include "bank/sf_bank.h"
#include "host/offline.h"
#include "song/edit.h"
#include "song/gm_names.h"
#include "song/midi_file.h"
#include "tests/support/make_soundfont.h"
#include "tests/support/measure.h"
#include "tests/support/midi_bytes.h"

using namespace arietta;
using namespace arietta::test;

namespace {

constexpr double kTolerance = 0.05;      // dB
constexpr int kDrums = 9;

// A second of one note. Volume is set before it (if at all), and after it, where that makes it move.
Document song_with(std::optional<int> volume, bool moves, int channel) {
  TrackBytes track;
  if (volume) track.controller(0, 7, *volume, channel);
  track.on(0, 60, 100, channel).off(1920, 60, channel);
  if (moves) track.controller(960, 7, 30, channel).controller(10, 7, 90, channel);
  auto import = read_midi(midi_bytes(1, 960, {track.end(960)}), "x.mid");
  if (!import.ok()) FAIL(import.error().message);
  return std::move(import->songs.at(0));
}

std::vector<uint8_t> tone_bank() {
  Font font = simple_font({{sfgen::kSampleModes, 1}});
  font.presets.push_back(font.presets[0]);
  font.presets[1].bank = kDrumBank;
  const std::vector<uint8_t> file = make_soundfont(font);
  const BankChoice choices[] = {{0, 0}, {kDrumBank, 0}};
  return build_bank(SfFile::open(file).value(), choices).value();
}

// Level of the note; with sampled sounds or with the built-in ones that stand in.
double level(const Document& song, bool sampled) {
  std::vector<OfflineAsset> assets;
  if (sampled)
    for (const AssetNeed& need : assets_needed(song)) assets.push_back({need.asset, tone_bank()});
  const auto sound = render_song(song, assets, {48000, 0.9});
  if (!sound.ok()) FAIL(sound.error().message);
  return db(rms(sound.value().left));
}

Document exported_and_read(const Document& song) {
  auto import = read_midi(write_midi(song), "x.mid");
  if (!import.ok()) FAIL(import.error().message);
  return std::move(import->songs.at(0));
}

void set_fader(Document& song, float gain_db) {
  Ops ops;
  set_param(song, ops, strip_of(song, song.children(kSongId, Kind::track).at(0))->id, param::strip::gain_db, gain_db);
  for (const Op& op : ops) song.apply(op);
}

// Not the synth: its oscillators start where the note's id says, so one note is not as loud as the next. It takes
// volume as the drum kit does (tests/dsp/poly_synth_test.cpp).
void check_all(auto&& check) {
  struct Instrument { const char* name; bool sampled; int channel; };
  for (const Instrument& one : {Instrument{"sampled", true, 0}, {"sampled drums", true, kDrums}, {"drum kit", false, kDrums}}) {
    CAPTURE(one.name);
    check(one.sampled, one.channel);
  }
}

}  // namespace

TEST_CASE("a volume that will move is as loud as one that stands still") {
  check_all([](bool sampled, int channel) {
    const double unset = level(song_with({}, false, channel), sampled);
    CHECK(unset > -60);
    CHECK(level(song_with({}, true, channel), sampled) == doctest::Approx(unset).epsilon(kTolerance / std::abs(unset)));
    for (const int volume : {100, 64, 127}) {
      CAPTURE(volume);
      const double still = level(song_with(volume, false, channel), sampled);
      CHECK(std::abs(level(song_with(volume, true, channel), sampled) - still) < kTolerance);
      CHECK(std::abs(still - unset - 40 * std::log10(volume / 100.0)) < kTolerance);
    }
  });
}

TEST_CASE("export and import keep the loudness, whatever the fader says") {
  check_all([](bool sampled, int channel) {
    for (const bool moves : {false, true})
      for (const float fader_db : {0.0f, -6.0f, 3.0f}) {
        CAPTURE(moves);
        CAPTURE(fader_db);
        Document song = song_with(90, moves, channel);
        set_fader(song, fader_db);
        const double before = level(song, sampled);
        CHECK(std::abs(level(exported_and_read(song), sampled) - before) < 0.2);   // seven bits are steps of 0.17 dB
      }
  });
}
