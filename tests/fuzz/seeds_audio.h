// Recordings for the fuzzer to start from: WAV files of each format and of odd shapes, and the first bytes of others.
#pragma once
#include <cmath>
#include <vector>

#include "base/bytes.h"
#include "host/wav.h"

namespace arietta {

inline std::vector<uint8_t> wav_seed(int channels, int bits, int encoding, uint32_t rate) {
  const uint32_t frames = 2000, frame = uint32_t(channels * bits / 8);
  ByteWriter out;
  out.text("RIFF");
  out.u32(36 + frames * frame);
  out.text("WAVEfmt ");
  out.u32(16);
  out.u16(uint16_t(encoding));
  out.u16(uint16_t(channels));
  out.u32(rate);
  out.u32(rate * frame);
  out.u16(uint16_t(frame));
  out.u16(uint16_t(bits));
  out.text("data");
  out.u32(frames * frame);
  for (uint32_t i = 0; i < frames * frame; ++i) out.u8(uint8_t(i * 37 + i / 50));
  return out.release();
}

inline std::vector<std::vector<uint8_t>> audio_seeds() {
  std::vector<std::vector<uint8_t>> seeds;
  Sound sound;
  for (int i = 0; i < 30000; ++i) sound.left.push_back(float(std::sin(i * 0.05) * std::exp(-(i % 6000) / 1000.0)));
  sound.right = sound.left;
  for (WavFormat format : {WavFormat::k16, WavFormat::k24, WavFormat::kFloat}) seeds.push_back(write_wav(sound, format));
  for (int channels : {1, 6, 8})
    for (int bits : {8, 16, 32}) seeds.push_back(wav_seed(channels, bits, 1, 8000));
  seeds.push_back(wav_seed(2, 64, 3, 192000));
  // FLAC with its STREAMINFO (44.1 kHz, stereo, 16 bit); a frame header of MPEG 1, layer 3, 128 kbit/s.
  std::vector<uint8_t> flac = {'f', 'L', 'a', 'C', 0x80, 0, 0, 34, 0x10, 0, 0x10, 0, 0, 0, 0, 0, 0, 0, 0x0a, 0xc4, 0x42, 0xf0};
  flac.resize(42 + 64);
  seeds.push_back(flac);
  std::vector<uint8_t> mp3;
  for (int i = 0; i < 3; ++i) {
    mp3.insert(mp3.end(), {0xff, 0xfb, 0x90, 0x00});
    mp3.resize(mp3.size() + 413);
  }
  seeds.push_back(mp3);
  return seeds;
}

}  // namespace arietta
