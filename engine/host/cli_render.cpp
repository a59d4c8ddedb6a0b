// render IN OUT.wav: the song as sound, whole or track by track.
#include <cstdio>
#include <filesystem>

#include "host/cli.h"
#include "host/finish_song.h"
#include "host/wav.h"
#include "song/edit.h"

namespace arietta {
namespace {

Result<WavFormat> wav_format(const CliArgs& args) {
  const std::string bits = args.option("bits", "16");
  if (bits == "16") return WavFormat::k16;
  if (bits == "24") return WavFormat::k24;
  if (bits == "32") return WavFormat::kFloat;
  return Error{"--bits is 16, 24 or 32 (floating point), not \"" + bits + "\"."};
}

// "03 Slap bass.wav": letters, digits and spaces of the track's name.
std::string stem_name(size_t number, std::string_view track_name) {
  std::string name = (number < 10 ? "0" : "") + std::to_string(number) + " ";
  for (char c : track_name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ' || c == '-';
    name += plain ? c : '_';
  }
  return name.substr(0, 60) + ".wav";
}

struct Sounds {
  std::vector<OfflineAsset> assets;
  std::vector<OfflineAudio> audio;
};

Result<bool> render_to(const Document& song, const Sounds& sounds, const OfflineOptions& options, WavFormat format, const std::string& path) {
  const Result<Sound> sound = render_song(song, sounds.assets, options, sounds.audio);
  if (!sound) return sound.error();
  return write_file(path, write_wav(sound.value(), format));
}

// The same song again and again, each time with another track alone.
Result<bool> render_stems(const Document& song, const Sounds& sounds, const OfflineOptions& options, WavFormat format,
                          const std::string& folder) {
  std::error_code trouble;
  std::filesystem::create_directories(folder, trouble);
  if (trouble) return Error{"Cannot make the folder " + folder + ": " + trouble.message() + "."};
  const std::vector<Id> tracks = song.children(kSongId, Kind::track);
  for (size_t i = 0; i < tracks.size(); ++i) {
    Document alone = song;
    for (Id track : tracks) {
      Ops ops;
      set_field(ops, track, Kind::track, field::track::solo, int64_t(track == tracks[i]));
      set_field(ops, track, Kind::track, field::track::mute, int64_t(0));
      for (const Op& op : ops) alone.apply(op);
    }
    const std::string name = stem_name(i + 1, song.find(tracks[i])->text(field::track::name));
    const Result<bool> done = render_to(alone, sounds, options, format, (std::filesystem::path(folder) / name).string());
    if (!done) return done;
  }
  return true;
}

}  // namespace

Result<bool> cli_render(const std::vector<std::string>& words) {
  const Result<CliArgs> args = parse_args(words, {"rate=", "seconds=", "stems=", "soundfont=", "bits=", "loudness=", "balance"}, 2, 2);
  if (!args) return args.error();
  const Result<double> rate = number_option(args.value(), "rate", 48000, 8000, 192000);
  if (!rate) return rate.error();
  const Result<double> seconds = number_option(args.value(), "seconds", 0, 0, 86400);
  if (!seconds) return seconds.error();
  const Result<WavFormat> format = wav_format(args.value());
  if (!format) return format.error();
  const Result<double> loudness = number_option(args.value(), "loudness", 0, -40, -5);
  if (!loudness) return loudness.error();
  Result<Document> song = load_song(args.value().places[0]);
  if (!song) return song.error();
  const Result<std::vector<OfflineAsset>> assets = load_sounds(song.value(), args.value().option("soundfont"));
  if (!assets) return assets.error();
  const Result<std::vector<OfflineAudio>> audio = load_audio(song.value(), args.value().places[0]);
  if (!audio) return audio.error();
  const Sounds sounds{assets.value(), audio.value()};
  const auto render = [&](const Document& document) { return render_song(document, assets.value(), {}, audio.value()); };
  if (!args.value().option("balance").empty()) song = balanced(song.value(), render);
  if (song && loudness.value() != 0) song = mastered(song.value(), loudness.value(), render);
  if (!song) return song.error();

  const OfflineOptions options{float(rate.value()), seconds.value()};
  const Result<bool> done = render_to(song.value(), sounds, options, format.value(), args.value().places[1]);
  const std::string stems = args.value().option("stems");
  if (!done || stems.empty()) return done;
  return render_stems(song.value(), sounds, options, format.value(), stems);
}

}  // namespace arietta
