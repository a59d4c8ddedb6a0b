// voice IN.wav OUT.wav: another length, another pitch, without its voice or the voice alone.
#include "host/cli.h"
#include "host/stretch_sound.h"
#include "host/vocals_sound.h"
#include "host/wav.h"

namespace arietta {
namespace {

Result<Sound> read_sound(const std::string& path) {
  const Result<std::vector<uint8_t>> file = read_file(path);
  if (!file) return file.error();
  return read_wav(file.value());
}

Result<Sound> with_vocals(const Sound& in, const std::string& what) {
  if (what == "remove") return vocals_sound(in, VocalsMode::kRemove);
  if (what == "isolate") return vocals_sound(in, VocalsMode::kIsolate);
  return Error{"--vocals is remove or isolate, not \"" + what + "\"."};
}

}  // namespace

Result<bool> cli_voice(const std::vector<std::string>& words) {
  const Result<CliArgs> parsed = parse_args(words, {"stretch=", "pitch=", "vocals="}, 2, 2);
  if (!parsed) return parsed.error();
  const CliArgs& args = parsed.value();
  const Result<double> stretch = number_option(args, "stretch", 1, 0.25, 4);
  if (!stretch) return stretch.error();
  const Result<double> semitones = number_option(args, "pitch", 0, -24, 24);
  if (!semitones) return semitones.error();

  Result<Sound> sound = read_sound(args.places[0]);
  const std::string vocals = args.option("vocals");
  if (sound && !vocals.empty()) sound = with_vocals(sound.value(), vocals);
  if (sound && (stretch.value() != 1 || semitones.value() != 0))
    sound = stretch_sound(sound.value(), {stretch.value(), semitones.value()});
  if (!sound) return sound.error();
  return write_file(args.places[1], write_wav(sound.value()));
}

}  // namespace arietta
