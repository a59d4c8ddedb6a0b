// voice IN.wav OUT.wav: another length, another pitch.
#include "host/cli.h"
#include "host/stretch_sound.h"
#include "host/wav.h"

namespace arietta {

Result<bool> cli_voice(const std::vector<std::string>& words) {
  const Result<CliArgs> args = parse_args(words, {"stretch=", "pitch="}, 2, 2);
  if (!args) return args.error();
  const Result<double> stretch = number_option(args.value(), "stretch", 1, 0.25, 4);
  if (!stretch) return stretch.error();
  const Result<double> semitones = number_option(args.value(), "pitch", 0, -24, 24);
  if (!semitones) return semitones.error();
  const Result<std::vector<uint8_t>> file = read_file(args.value().places[0]);
  if (!file) return file.error();
  const Result<Sound> in = read_wav(file.value());
  if (!in) return in.error();
  const Result<Sound> out = stretch_sound(in.value(), {stretch.value(), semitones.value()});
  if (!out) return out.error();
  return write_file(args.value().places[1], write_wav(out.value()));
}

}  // namespace arietta
