// voice IN OUT.wav: another length, another pitch, another size of throat, in tune; without its voice or the voice alone.
#include <cstdio>

#include "host/audio_file.h"
#include "host/cli.h"
#include "host/stereo_fold.h"
#include "host/stretch_sound.h"
#include "host/vocals_sound.h"
#include "host/voice_sound.h"
#include "host/wav.h"

namespace arietta {
namespace {

Result<Sound> read_sound(const std::string& path) {
  const Result<std::vector<uint8_t>> file = read_file(path);
  if (!file) return file.error();
  const Result<AudioFile> audio = read_audio(file.value());
  if (!audio) return audio.error();
  if (!audio->warning.empty()) std::fprintf(stderr, "%s\n", audio->warning.c_str());
  return fold_to_stereo(audio->recording);
}

Result<Sound> with_vocals(const Sound& in, const std::string& what) {
  if (what == "remove") return vocals_sound(in, VocalsMode::kRemove);
  if (what == "isolate") return vocals_sound(in, VocalsMode::kIsolate);
  return Error{"--vocals is remove or isolate, not \"" + what + "\"."};
}

// What is asked of the voice itself; what is asked of its length is left to stretch_sound.
Result<VoiceOptions> voice_options(const CliArgs& args, double semitones) {
  VoiceOptions options;
  options.semitones = semitones;
  const Result<double> formant = number_option(args, "formant", 0, -12, 12);
  if (!formant) return formant.error();
  options.formant_semitones = formant.value();
  const Result<double> amount = number_option(args, "tune-amount", 1, 0, 1);
  if (!amount) return amount.error();
  options.tune_amount = amount.value();
  const std::string key = args.option("tune");
  if (key.empty()) return options;
  const Result<TuneNotes> notes = tune_notes(key);
  if (!notes) return notes.error();
  options.tune = true;
  options.notes = notes.value();
  return options;
}

}  // namespace

Result<bool> cli_voice(const std::vector<std::string>& words) {
  const Result<CliArgs> parsed =
      parse_args(words, {"stretch=", "pitch=", "formant=", "tune=", "tune-amount=", "vocals="}, 2, 2);
  if (!parsed) return parsed.error();
  const CliArgs& args = parsed.value();
  const Result<double> stretch = number_option(args, "stretch", 1, 0.25, 4);
  if (!stretch) return stretch.error();
  const Result<double> asked = number_option(args, "pitch", 0, -24, 24);
  if (!asked) return asked.error();
  const Result<VoiceOptions> voice = voice_options(args, asked.value());
  if (!voice) return voice.error();

  double semitones = asked.value();
  Result<Sound> sound = read_sound(args.places[0]);
  const std::string vocals = args.option("vocals");
  if (sound && !vocals.empty()) sound = with_vocals(sound.value(), vocals);
  // What moves formants or tunes is meant for a voice; a pitch alone may be meant for a whole song.
  if (sound && (voice->formant_semitones != 0 || voice->tune || (semitones != 0 && is_one_voice(sound.value())))) {
    sound = voice_sound(sound.value(), voice.value());
    semitones = 0;
  }
  if (sound && (stretch.value() != 1 || semitones != 0)) sound = stretch_sound(sound.value(), {stretch.value(), semitones});
  if (!sound) return sound.error();
  return write_file(args.places[1], write_wav(sound.value()));
}

}  // namespace arietta
