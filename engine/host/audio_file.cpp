#include "host/audio_file.h"

#include <miniaudio.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "host/wav.h"

namespace arietta {
namespace {

constexpr size_t kMostSamples = size_t(1) << 28;       // 1 GB of floats: three quarters of an hour in stereo
constexpr size_t kAtOnce = 4096;                       // frames
constexpr size_t kMostChannels = 8;

enum class Format { kNone, kWav, kFlac, kMp3, kOgg, kAiff, kMp4 };

bool begins(Bytes file, size_t at, const char* with) {
  const size_t length = std::strlen(with);
  return file.size() >= at + length && std::memcmp(file.data() + at, with, length) == 0;
}

// The header of a frame of MPEG audio, layer 3.
bool is_bare_mp3(Bytes file) {
  if (file.size() < 4 || file[0] != 0xff || (file[1] & 0xe6) != 0xe2) return false;
  return (file[2] >> 4) != 15 && (file[2] >> 4) != 0 && ((file[2] >> 2) & 3) != 3;
}

Format format_of(Bytes file) {
  if (begins(file, 0, "RIFF") && begins(file, 8, "WAVE")) return Format::kWav;
  if (begins(file, 0, "fLaC")) return Format::kFlac;
  if (begins(file, 0, "ID3") || is_bare_mp3(file)) return Format::kMp3;
  if (begins(file, 0, "OggS")) return Format::kOgg;
  if (begins(file, 0, "FORM") && begins(file, 8, "AIF")) return Format::kAiff;
  if (begins(file, 4, "ftyp")) return Format::kMp4;
  return Format::kNone;
}

Result<Recording> all_of(ma_decoder& decoder) {
  const size_t channels = decoder.outputChannels;
  if (channels < 1 || channels > kMostChannels || decoder.outputSampleRate < 4000 || decoder.outputSampleRate > 768000)
    return Error{"This recording has an impossible number of channels or sample rate."};
  Recording recording;
  recording.sample_rate = float(decoder.outputSampleRate);
  recording.channels.resize(channels);
  std::vector<float> some(kAtOnce * channels);
  for (;;) {
    ma_uint64 frames = 0;
    ma_decoder_read_pcm_frames(&decoder, some.data(), kAtOnce, &frames);
    if (frames == 0) return recording;
    if ((recording.frames() + frames) * channels > kMostSamples) return Error{"This recording is too long to be taken in at once."};
    for (size_t i = 0; i < frames; ++i)
      for (size_t c = 0; c < channels; ++c) {
        const float sample = some[i * channels + c];
        recording.channels[c].push_back(std::isfinite(sample) ? sample : 0);
      }
  }
}

Result<Recording> decode(Bytes file, ma_encoding_format format, const char* trouble) {
  ma_decoder_config config = ma_decoder_config_init(ma_format_f32, 0, 0);
  config.encodingFormat = format;
  ma_decoder decoder;
  if (ma_decoder_init_memory(file.data(), file.size(), &config, &decoder) != MA_SUCCESS) return Error{trouble};
  Result<Recording> recording = all_of(decoder);
  ma_decoder_uninit(&decoder);
  return recording;
}

}  // namespace

bool looks_like_audio(Bytes file) { return format_of(file) != Format::kNone; }

Result<AudioFile> read_audio(Bytes file) {
  Result<Recording> recording = Error{"This is neither a WAV nor an MP3 nor a FLAC file."};
  AudioFile audio;
  bool cut_off = false;
  switch (format_of(file)) {
    case Format::kWav: recording = read_wav_recording(file, cut_off); break;
    case Format::kFlac: recording = decode(file, ma_encoding_format_flac, "This FLAC file is damaged: its beginning cannot be read."); break;
    case Format::kMp3: recording = decode(file, ma_encoding_format_mp3, "There is no MP3 sound in this file."); break;
    case Format::kOgg: return Error{"This is an Ogg file; the command line reads WAV, MP3 and FLAC."};
    case Format::kAiff: return Error{"This is an AIFF file; the command line reads WAV, MP3 and FLAC."};
    case Format::kMp4: return Error{"This is an MP4 or M4A file; the command line reads WAV, MP3 and FLAC."};
    case Format::kNone: break;
  }
  if (!recording) return recording.error();
  if (recording->frames() == 0) return Error{"This recording is empty: there is no sound in it."};
  if (cut_off) audio.warning = "This file ends before it should; what is there was read.";
  audio.recording = std::move(*recording);
  return audio;
}

}  // namespace arietta
