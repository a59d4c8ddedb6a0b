#include "host/wav.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/bytes.h"

namespace arietta {
namespace {

constexpr size_t kOpenEnd = 0xffffff00;          // sizes from here on mean that nobody filled them in
constexpr uint16_t kInteger = 1, kFloating = 3, kExtensible = 0xfffe;

int bytes_per_sample(WavFormat format) { return format == WavFormat::k16 ? 2 : format == WavFormat::k24 ? 3 : 4; }

void put_sample(ByteWriter& out, float sample, WavFormat format) {
  if (format == WavFormat::kFloat) return out.f32(sample);
  const float full = format == WavFormat::k16 ? 32767.0f : 8388607.0f;
  const int32_t value = int32_t(std::lround(std::clamp(sample, -1.0f, 1.0f) * full));
  out.u8(uint8_t(value));
  out.u8(uint8_t(value >> 8));
  if (format == WavFormat::k24) out.u8(uint8_t(value >> 16));
}

struct Layout { uint16_t encoding = 0, channels = 0, bits = 0; uint32_t rate = 0; };

constexpr int kMostChannels = 8;

float finite(double value) { return std::isfinite(value) ? float(std::clamp(value, -1000.0, 1000.0)) : 0; }

float get_sample(ByteReader& in, const Layout& layout) {
  if (layout.encoding == kFloating) return finite(layout.bits == 64 ? in.f64() : double(in.f32()));
  if (layout.bits == 8) return float(int(in.u8()) - 128) / 128.0f;
  if (layout.bits == 16) return float(int16_t(in.u16())) / 32768.0f;
  if (layout.bits == 32) return float(int32_t(in.u32())) / 2147483648.0f;
  const uint32_t low = in.u16();
  return float(int32_t(uint32_t(in.u8()) << 24 | low << 8) >> 8) / 8388608.0f;
}

Result<Layout> read_layout(Bytes chunk) {
  ByteReader in(chunk);
  Layout layout;
  layout.encoding = in.u16();
  layout.channels = in.u16();
  layout.rate = in.u32();
  in.skip(6);
  layout.bits = in.u16();
  if (layout.encoding == kExtensible) {
    in.skip(8);
    layout.encoding = in.u16();
  }
  if (!in.ok()) return Error{"The format part of this WAV file is cut off."};
  const bool whole = layout.bits == 8 || layout.bits == 16 || layout.bits == 24 || layout.bits == 32;
  const bool known = (layout.encoding == kInteger && whole) || (layout.encoding == kFloating && (layout.bits == 32 || layout.bits == 64));
  if (!known) return Error{"This WAV file is neither 8 to 32 bit nor floating point, and Arietta reads only those."};
  if (layout.channels < 1 || layout.channels > kMostChannels) return Error{"This WAV file says it has " + std::to_string(layout.channels) + " channels; Arietta reads one to eight."};
  if (layout.rate < 4000 || layout.rate > 768000) return Error{"This WAV file has an impossible sample rate: " + std::to_string(layout.rate) + " Hz."};
  return layout;
}

}  // namespace

std::vector<uint8_t> write_wav(const Sound& sound, WavFormat format) {
  const uint32_t frame = uint32_t(2 * bytes_per_sample(format));
  const uint32_t data = uint32_t(sound.left.size()) * frame;
  const uint32_t rate = uint32_t(sound.sample_rate);
  ByteWriter out;
  out.text("RIFF");
  out.u32(36 + data);
  out.text("WAVEfmt ");
  out.u32(16);
  out.u16(format == WavFormat::kFloat ? kFloating : kInteger);
  out.u16(2);
  out.u32(rate);
  out.u32(rate * frame);
  out.u16(uint16_t(frame));
  out.u16(uint16_t(8 * bytes_per_sample(format)));
  out.text("data");
  out.u32(data);
  for (size_t i = 0; i < sound.left.size(); ++i) {
    put_sample(out, sound.left[i], format);
    put_sample(out, sound.right[i], format);
  }
  return out.release();
}

Result<Recording> read_wav_recording(Bytes file, bool& cut_off) {
  cut_off = false;
  ByteReader in(file);
  if (in.text(4) != "RIFF") return Error{"This is not a WAV file."};
  in.skip(4);
  if (in.text(4) != "WAVE") return Error{"This is not a WAV file."};
  Layout layout;
  while (in.left() >= 8) {
    const std::string_view name = in.text(4);
    const size_t bytes = in.u32();
    if (name == "fmt ") {
      const Result<Layout> read = read_layout(in.take(bytes));
      if (!read) return read.error();
      layout = read.value();
    } else if (name == "data") {
      if (!layout.rate) return Error{"The sound of this WAV file comes before its format."};
      cut_off = bytes > in.left() && bytes < kOpenEnd;
      ByteReader samples(in.take(std::min(bytes, in.left())));        // some recorders leave the size open
      Recording recording;
      recording.sample_rate = float(layout.rate);
      const size_t frames = samples.left() / (size_t(layout.channels) * layout.bits / 8);
      recording.channels.resize(layout.channels);
      for (std::vector<float>& channel : recording.channels) channel.reserve(frames);
      for (size_t i = 0; i < frames; ++i)
        for (std::vector<float>& channel : recording.channels) channel.push_back(get_sample(samples, layout));
      return recording;
    } else {
      in.skip(bytes);
    }
    if (bytes % 2) in.skip(1);
  }
  return Error{"This WAV file holds no sound."};
}

Result<Sound> read_wav(Bytes file) {
  bool cut_off;
  Result<Recording> recording = read_wav_recording(file, cut_off);
  if (!recording) return recording.error();
  if (recording->channels.size() > 2) return Error{"This WAV file has more than two channels."};
  return Sound{recording->sample_rate, recording->channels.front(), recording->channels.back()};
}

}  // namespace arietta
