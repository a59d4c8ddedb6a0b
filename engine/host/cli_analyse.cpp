// analyse IN: tempo, beats, bars, key, loudness and mood as JSON; IN is a recording or a song.
#include <cstdio>

#include "dsp/loudness.h"
#include "host/analyse_song.h"
#include "host/audio_file.h"
#include "host/cli.h"

namespace arietta {
namespace {

std::string number(double value, int places) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", places, value);
  return text;
}

std::string or_null(bool known, const std::string& text) { return known ? text : "null"; }
std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

std::string list(const std::vector<double>& seconds) {
  std::string text = "[";
  for (double second : seconds) text += (text.size() > 1 ? ", " : "") + number(second, 4);
  return text + "]";
}

// What the mood was guessed from, in words.
std::string reasons(const Analysis& analysis) {
  const MoodClues& clues = analysis.clues;
  std::string text = "a rough guess from the sound alone: ";
  text += clues.mode > 0 ? "major key, " : clues.mode < 0 ? "minor key, " : "no clear key, ";
  text += clues.tempo > 0 ? number(clues.tempo, 0) + " beats a minute, " : "no clear beat, ";
  return text + number(clues.onsets_per_s, 1) + " new sounds a second, " + number(clues.loudness_lufs, 1) + " LUFS, brightness " +
         number(clues.brightness_hz, 0) + " Hz";
}

std::string json(const Analysis& analysis) {
  const bool beats = !analysis.beats_s.empty();
  const Loudness& loudness = analysis.loudness;
  std::string text = "{\n";
  text += "  \"seconds\": " + number(analysis.seconds, 3) + ",\n";
  text += "  \"tempo\": " + or_null(beats, number(analysis.tempo, 2)) + ",\n";
  text += "  \"beats_per_bar\": " + or_null(beats, std::to_string(analysis.beats_per_bar)) + ",\n";
  text += "  \"key\": " + or_null(analysis.has_key, quoted(analysis.key.name())) + ",\n";
  text += "  \"tuning_cents\": " + number(analysis.tuning_cents, 1) + ",\n";
  text += "  \"loudness\": {\"integrated_lufs\": " + or_null(loudness.integrated_lufs > kSilentLufs, number(loudness.integrated_lufs, 2)) +
          ", \"range_lu\": " + number(loudness.range_lu, 2) + ", \"true_peak_dbtp\": " + number(loudness.true_peak_dbtp, 2) + "},\n";
  text += "  \"mood\": {\"word\": " + quoted(analysis.mood.word) + ", \"energy\": " + number(analysis.mood.energy, 2) +
          ", \"cheer\": " + number(analysis.mood.cheer, 2) + ", \"from\": " + quoted(reasons(analysis)) + "},\n";
  text += "  \"beats\": " + list(analysis.beats_s) + ",\n";
  text += "  \"downbeats\": " + list(analysis.downbeats_s) + "\n";
  return text + "}\n";
}

Result<Analysis> analyse_sound(Bytes file) {
  const Result<AudioFile> audio = read_audio(file);
  if (!audio) return audio.error();
  if (!audio->warning.empty()) std::fprintf(stderr, "%s\n", audio->warning.c_str());
  Result<Analysis> analysis = analyse_recording(audio->recording);
  if (analysis && analysis->beats_s.empty()) std::fprintf(stderr, "No steady beat was found.\n");
  if (analysis && !analysis->has_key) std::fprintf(stderr, "No key was found.\n");
  return analysis;
}

Result<Analysis> analyse_written(const std::string& from, const std::string& soundfont) {
  const Result<Document> song = load_song(from);
  if (!song) return song.error();
  const Result<std::vector<OfflineAsset>> assets = load_sounds(song.value(), soundfont);
  if (!assets) return assets.error();
  const Result<Sound> sound = render_song(song.value(), assets.value());
  if (!sound) return sound.error();
  return analyse_song(song.value(), sound.value());
}

}  // namespace

Result<bool> cli_analyse(const std::vector<std::string>& words) {
  const Result<CliArgs> args = parse_args(words, {"soundfont="}, 1, 1);
  if (!args) return args.error();
  const std::string& from = args.value().places[0];
  const bool link = from.find("#s=") != std::string::npos;
  const Result<std::vector<uint8_t>> file = link ? Result<std::vector<uint8_t>>(std::vector<uint8_t>()) : read_file(from);
  if (!file) return file.error();
  if (!link && file.value().empty()) return Error{from + " is empty."};
  const Result<Analysis> analysis =
      looks_like_audio(file.value()) ? analyse_sound(file.value()) : analyse_written(from, args.value().option("soundfont"));
  if (!analysis) return analysis.error();
  std::fputs(json(analysis.value()).c_str(), stdout);
  return true;
}

}  // namespace arietta
