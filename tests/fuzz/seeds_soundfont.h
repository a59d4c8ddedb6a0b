// Seed corpus of the SoundFont reader: one small file for each thing a SoundFont may hold.
#pragma once
#include "tests/support/make_soundfont.h"
#include "tests/support/vorbis_tone.h"

inline std::vector<std::vector<uint8_t>> soundfont_seeds() {
  using namespace arietta;
  using namespace arietta::test;
  const FontSample tone = sine_sample(20, 100);
  std::vector<std::vector<uint8_t>> seeds;
  seeds.push_back(make_soundfont(simple_font({}, tone)));
  for (const int mode : {1, 3}) seeds.push_back(make_soundfont(simple_font({{sfgen::kSampleModes, mode}}, tone)));
  seeds.push_back(make_soundfont(simple_font({{sfgen::kStartOffset, 3}, {sfgen::kEndCoarse, -1}, {sfgen::kLoopEndOffset, 9},
                                              {sfgen::kSampleModes, 1}, {sfgen::kExclusiveClass, 2}}, tone)));

  FontSample compressed = tone;
  compressed.frames.clear();
  compressed.ogg = vorbis_tone();
  compressed.loop_end = 1900;
  seeds.push_back(make_soundfont(simple_font({{sfgen::kSampleModes, 1}}, compressed)));

  Font layered = simple_font({}, tone);
  const FontZone zone = layered.instruments[0].zones[0];
  layered.instruments[0].zones = {{{{sfgen::kVolRelease, 100}, {sfgen::kPan, -200}}, {{0x0003, sfgen::kFilterCutoff, 1200, 0, 0}}},
                                  {{{sfgen::kKeyRange, font_range(0, 60)}, {sfgen::kSample, 0}}, {}}, zone};
  layered.presets[0].zones.push_back({{{sfgen::kVelocityRange, font_range(64, 127)}, {sfgen::kFineTune, 5}, {sfgen::kInstrument, 0}},
                                      {{0x0502, sfgen::kAttenuation, 100, 0x0081, 2}}});
  layered.presets.push_back({"Kit", 128, 0, layered.presets[0].zones});
  seeds.push_back(make_soundfont(layered));
  seeds.push_back(make_soundfont({}));
  return seeds;
}
