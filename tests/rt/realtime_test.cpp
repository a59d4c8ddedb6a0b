// The audio thread takes no memory and gives none back: every device with every parameter, and the whole engine.
#include <doctest/doctest.h>

#include <memory>
#include <vector>

#include "base/rt.h"
#include "host/hosted_device.h"
#include "host/wave_bank.h"
#include "params/param_map.h"
#include "song/defaults.h"
#include "tests/rt/allocation_trap.h"
#include "tests/support/song_builder.h"
#include "tests/support/test_engine.h"

using namespace arietta;

namespace {

NoteEvent event(NoteEventType type, uint8_t key, float value, uint8_t frame = 0) { return {key, value, type, key, frame}; }

}  // namespace

TEST_CASE("The trap catches what it is there to catch") {
  AllocationTrap::reset();
  static int* volatile somewhere = nullptr;            // so that the compiler cannot leave the allocation out
  somewhere = new int(1);
  CHECK(AllocationTrap::count() == 0);
  {
    const RtSection section;
    delete somewhere;
    somewhere = new int(2);
  }
  delete somewhere;
  CHECK(AllocationTrap::count() == 2);
}

TEST_CASE("No device allocates, whatever its knobs say and whatever is played") {
  const std::vector<uint8_t> bank = wave_bank(3);
  for (const DeviceInfo& info : kDevices) {
    CAPTURE(info.symbol);
    const HostedDevice device(info.kind);
    REQUIRE(device.ok());
    alignas(16) float left[kMaxBlock] = {}, right[kMaxBlock] = {};
    AllocationTrap::reset();
    {
      const RtSection section;
      if (info.kind == DeviceKind::soundfont || info.kind == DeviceKind::sampler) device->set_asset(bank);
      device->reset();
      uint8_t key = 24;
      for (const ParamInfo& param : params_of(info.kind))
        for (int step = 0; step <= 8; ++step) {
          device->set_param(param.index, to_plain(param, float(step) / 8));
          key = uint8_t(24 + (key * 7 + 5) % 80);
          const NoteEvent events[] = {
              event(NoteEventType::kNoteOn, key, 0.7f),          event(NoteEventType::kController, 64, float(step % 2)),
              event(NoteEventType::kBend, 0, float(step) - 4, 3), event(NoteEventType::kController, 1, 0.5f, 9),
              event(NoteEventType::kProgram, uint8_t(step), 0, 9), event(NoteEventType::kPressure, 0, 0.3f, 12),
              event(NoteEventType::kNoteOff, key, 0, 30),
          };
          if (info.category == Category::kInstrument) device->notes(events);
          for (int block = 0; block < 4; ++block) device->render({left, right, kMaxBlock});
        }
      const NoteEvent silence = event(NoteEventType::kAllSoundOff, 0, 0);
      device->notes({&silence, 1});
      device->render({left, right, 17});
      device->set_asset({});
      device->render({left, right, kMaxBlock});
    }
    CHECK(AllocationTrap::count() == 0);
    for (int i = 0; i < kMaxBlock; ++i) CHECK(std::isfinite(left[i] + right[i]));
  }
}

TEST_CASE("The engine allocates nothing while it plays, is edited, loads sounds and is played live") {
  SongBuilder song;
  const Id track = song.track(DeviceKind::soundfont);
  for (int i = 0; i < 32; ++i) song.note(40 + i, i * 120, 400);
  song.track(DeviceKind::drum_kit);
  for (int i = 0; i < 32; ++i) song.note(36 + i % 12, i * 120, 60);
  TestEngine engine;
  AllocationTrap::reset();
  engine.load(song.document);
  engine.host.send(Message::play);
  engine.host.send(Message::loop, LoopPayload{1, 0, 0, 1920});
  engine.host.send(Message::metronome, uint32_t(1));
  engine.play(48000);
  const uint32_t asset = assets_needed(song.document)[0].asset;
  REQUIRE(engine.host.load_asset(asset, wave_bank(2)).ok());
  engine.options.ready_assets.insert(asset);
  for (int edit = 0; edit < 10; ++edit) {
    song.note(50 + edit, edit * 300, 200);
    engine.send(song.document);
    engine.host.send(Message::note_on, event(NoteEventType::kNoteOn, 60, 0.5f), node_plan_id(instrument_of(song.document, track)->id));
    engine.host.send(Message::seek, Tick(edit * 200));
    engine.play(4800);
    engine.host.telemetry();
  }
  engine.host.send(Message::panic);
  engine.host.send(Message::asset_drop, asset);
  engine.host.send(Message::stop, uint32_t(1));
  engine.load(starter_song());
  engine.host.send(Message::reset);
  engine.play(4800);
  CHECK(AllocationTrap::count() == 0);
}
