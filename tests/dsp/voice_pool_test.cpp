// What a player expects of the voices: pedals hold, repeats let go, a full instrument gives up the note
// that will be missed least.
#include <doctest/doctest.h>

#include <vector>

#include "devices/voice_pool.h"

using namespace arietta;

namespace {

struct Ended { int lane; VoiceEnd how; };

struct Listener final : VoiceListener {
  std::vector<Ended> ended;
  void end_voice(int lane, VoiceEnd how) override { ended.push_back({lane, how}); }
};

struct Instrument {
  std::vector<uint8_t> memory = std::vector<uint8_t>(16384);
  Arena arena{memory};
  Listener listener;
  VoicePool pool;
  Instrument(int playing = 8, int spare = 4) { REQUIRE(pool.prepare(arena, listener, playing, spare)); }

  int on(uint32_t id, uint8_t key) {
    const NoteEvent event{id, 1.0f, NoteEventType::kNoteOn, key, 0};
    pool.strike(event);
    return pool.take(event);
  }
  void off(uint32_t id, uint8_t key) { pool.note_off({id, 0, NoteEventType::kNoteOff, key, 0}); }
  void pedal(uint8_t number, bool down) { pool.controller(number, down ? 1.0f : 0.0f); }
};

}  // namespace

TEST_CASE("a note off ends its own note and no other") {
  Instrument it;
  const int low = it.on(1, 40), high = it.on(2, 52);
  it.off(1, 40);
  REQUIRE(it.listener.ended.size() == 1);
  CHECK(it.listener.ended[0].lane == low);
  CHECK(it.listener.ended[0].how == VoiceEnd::kRelease);
  CHECK(it.pool.held(high));
  it.off(1, 40);
  CHECK(it.listener.ended.size() == 1);
}

TEST_CASE("an off without an id goes by key") {
  Instrument it;
  it.on(1, 40);
  const int lane = it.on(2, 52);
  it.off(0, 52);
  REQUIRE(it.listener.ended.size() == 1);
  CHECK(it.listener.ended[0].lane == lane);
}

TEST_CASE("sustain holds what is let go, and lifting it ends just that") {
  Instrument it;
  it.pedal(64, true);
  const int let_go = it.on(1, 60), still_down = it.on(2, 64);
  it.off(1, 60);
  CHECK(it.listener.ended.empty());
  it.pedal(64, false);
  REQUIRE(it.listener.ended.size() == 1);
  CHECK(it.listener.ended[0].lane == let_go);
  CHECK(it.pool.held(still_down));
}

TEST_CASE("sostenuto holds only the keys that were down when it was pressed") {
  Instrument it;
  const int early = it.on(1, 48);
  it.pedal(66, true);
  const int late = it.on(2, 60);
  it.off(1, 48);
  it.off(2, 60);
  REQUIRE(it.listener.ended.size() == 1);
  CHECK(it.listener.ended[0].lane == late);
  it.pedal(66, false);
  REQUIRE(it.listener.ended.size() == 2);
  CHECK(it.listener.ended[1].lane == early);
}

TEST_CASE("sustain takes over what sostenuto lets go") {
  Instrument it;
  it.on(1, 48);
  it.pedal(66, true);
  it.off(1, 48);
  it.pedal(64, true);
  it.pedal(66, false);
  CHECK(it.listener.ended.empty());
  it.pedal(64, false);
  CHECK(it.listener.ended.size() == 1);
}

TEST_CASE("the same key again makes the older note let go quickly") {
  Instrument it;
  const int first = it.on(1, 60);
  const int second = it.on(2, 60);
  CHECK(first != second);
  REQUIRE(it.listener.ended.size() == 1);
  CHECK(it.listener.ended[0].lane == first);
  CHECK(it.listener.ended[0].how == VoiceEnd::kQuick);
}

TEST_CASE("a full pool gives up released voices first, the quietest of them") {
  Instrument it(8, 4);
  for (uint8_t i = 0; i < 8; ++i) it.on(i + 1u, uint8_t(40 + i));
  it.off(4, 43);
  it.off(6, 45);
  it.pool.set_level(3, 0.5f);
  it.pool.set_level(5, 0.1f);
  it.listener.ended.clear();
  it.on(20, 80);
  REQUIRE(it.listener.ended.size() == 1);
  CHECK(it.listener.ended[0].lane == 5);
  CHECK(it.listener.ended[0].how == VoiceEnd::kFade);
}

TEST_CASE("a pool full of held notes gives up the oldest") {
  Instrument it(8, 4);
  for (uint8_t i = 0; i < 8; ++i) it.on(i + 1u, uint8_t(40 + i));
  const int lane = it.on(20, 80);
  REQUIRE(it.listener.ended.size() == 1);
  CHECK(it.listener.ended[0].lane == 0);
  CHECK(it.pool.in_use(0));                  // still fading where it was
  CHECK(lane == 8);                          // so the new note starts in a spare lane
}

TEST_CASE("more steals than spare lanes still find a lane, and the count never passes the room") {
  Instrument it(8, 4);
  for (uint32_t i = 0; i < 100; ++i) {
    const int lane = it.on(i + 1, uint8_t(i % 128));
    REQUIRE(lane >= 0);
    REQUIRE(lane < it.pool.lanes());
    CHECK(it.pool.sounding() <= 12);
    CHECK(it.pool.note_id(lane) == i + 1);
  }
  for (int lane = 0; lane < it.pool.lanes(); ++lane) it.pool.free(lane);
  CHECK(it.pool.sounding() == 0);
}

TEST_CASE("an exclusive class silences its own kind") {
  Instrument it;
  const NoteEvent open{1, 1, NoteEventType::kNoteOn, 46, 0}, closed{2, 1, NoteEventType::kNoteOn, 42, 0};
  const int ringing = it.pool.take(open, 1);
  it.pool.end_group(1);
  it.pool.take(closed, 1);
  REQUIRE(it.listener.ended.size() == 1);
  CHECK(it.listener.ended[0].lane == ringing);
  CHECK(it.listener.ended[0].how == VoiceEnd::kFade);
}

TEST_CASE("all notes off releases pedalled notes too, all sound off fades") {
  Instrument it;
  it.pedal(64, true);
  it.on(1, 60);
  it.off(1, 60);
  it.pool.all_notes_off();
  REQUIRE(it.listener.ended.size() == 1);
  CHECK(it.listener.ended[0].how == VoiceEnd::kRelease);
  it.on(2, 62);
  it.off(2, 62);                             // the pedal was lifted
  CHECK(it.listener.ended.size() == 2);
  it.pool.all_sound_off();
  REQUIRE(it.listener.ended.size() == 4);
  CHECK(it.listener.ended[3].how == VoiceEnd::kFade);
}
