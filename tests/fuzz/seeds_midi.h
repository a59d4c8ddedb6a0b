// Seed corpus of the MIDI readers: one small file for each thing a MIDI file may hold, and some that are broken.
#pragma once
#include "tests/support/midi_bytes.h"

inline std::vector<std::vector<uint8_t>> midi_seeds() {
  using namespace arietta::test;
  std::vector<ByteList> seeds;
  const TrackBytes tune = TrackBytes().meta(0, 3, "Tune").program(0, 40).controller(0, 7, 90).on(0, 60).on(0, 64, 80)
                              .off(480, 60).off(0, 64).controller(0, 64, 127).on(0, 67).controller(240, 64, 0).off(240, 67).end();
  const TrackBytes drums = TrackBytes().on(0, 36, 110, 9).event(240, {36, 0}).event(0, {38, 90}).event(240, {38, 0}).end();
  const TrackBytes conductor = TrackBytes().meta(0, 3, "Song").meta(0, 2, "(c)").tempo(0, 500'000)
                                   .event(0, {0xff, 0x58, 4, 3, 2, 24, 8}).event(0, {0xff, 0x59, 2, 2, 0}).meta(0, 6, "A")
                                   .tempo(480, 400'000).meta(0, 5, "la").meta(0, 7, "cue").end();
  const TrackBytes written = TrackBytes().meta(0, 1, "arietta:author-name 2 m").meta(0, 1, "arietta:author 2 44f62a90 1*2e 1*0").on(0, 60).on(0, 64)
                                 .off(480, 60).off(0, 64).end();
  const TrackBytes player = TrackBytes().controller(0, 101, 0).controller(0, 100, 0).controller(0, 6, 12).event(0, {0xe0, 0, 64})
                                .on(0, 50).event(10, {0xe0, 1, 70}).event(10, {0xd0, 55}).event(10, {0xa0, 50, 3})
                                .controller(10, 0, 8).controller(0, 32, 1).program(0, 12).controller(5, 7, 3).controller(5, 7, 80)
                                .controller(5, 10, 3).controller(5, 10, 127).off(10, 50).controller(5, 123, 0).end();
  const TrackBytes system = TrackBytes().event(0, {0xf0, 8, 0x43, 0x10, 0x4c, 0, 0, 0x7e, 0, 0xf7})
                                .event(0, {0xf0, 10, 0x41, 0x10, 0x42, 0x12, 0x40, 0x11, 0x15, 1, 0x19, 0xf7})
                                .event(0, {0xff, 0x21, 1, 1}).on(0, 60).off(9, 60).end();
  seeds.push_back(midi_bytes(1, 480, {conductor, tune, drums}));
  seeds.push_back(midi_bytes(0, 96, {tune}));
  seeds.push_back(midi_bytes(2, 96, {tune, drums}));
  seeds.push_back(midi_bytes(1, 384, {player}));
  seeds.push_back(midi_bytes(1, 120, {system}));
  seeds.push_back(midi_bytes(1, 960, {written}));
  seeds.push_back(midi_bytes(1, 0xe728, {tune}));
  seeds.push_back(midi_bytes(1, 0xe350, {conductor, tune}));
  seeds.push_back(midi_bytes(1, 96, {TrackBytes().end()}));
  seeds.push_back(midi_bytes(1, 1, {TrackBytes().on(0, 60).on(0x0fffffff, 62).off(0x0fffffff, 60).end(0x0fffffff)}));
  seeds.push_back(midi_bytes(1, 0, {TrackBytes().on(0, 60).end()}));
  seeds.push_back(midi_bytes(1, 96, {TrackBytes().meta(0, 3, "\x83\x73\x83\x41\x83\x6d").meta(0, 5, "\xca\xee\xf0\xee\xe1").on(0, 60).end()}));

  ByteList riff;
  append(riff, "RMID");
  append(riff, chunk("data", midi_bytes(0, 96, {tune})));
  seeds.push_back(chunk("RIFF", riff));

  ByteList odd = midi_header(1, 9, 96);
  append(odd, chunk("XFIH", ByteList(5)));
  append(odd, "MTrk");
  append_be(odd, 0, 4);
  append(odd, tune.bytes());
  append(odd, "????");
  append_be(odd, 0xfffffff0, 4);
  append(odd, chunk("MTrk", TrackBytes().raw({0, 60, 60, 0xff, 0xff, 0xff, 0xff, 0xff}).bytes()));
  seeds.push_back(odd);
  return seeds;
}
