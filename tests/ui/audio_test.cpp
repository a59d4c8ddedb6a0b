// Recorded sound on the screen: importing, takes in time, cutting by pointer and by name.
#include <doctest/doctest.h>

#include <cmath>
#include <cstring>

#include "proto/abi.h"
#include "tests/ui/stage.h"
#include "ui/views/audio_lane.h"
#include "ui/voice_take.h"

using namespace arietta;
using namespace arietta::ui;
using namespace arietta::ui::test;

namespace {

constexpr const char* kTenSeconds = R"({"hash":"00112233445566778899aabbccddeeff","name":"birds.wav","frames":480000,"rate":48000,"channels":2})";

AudioClip only_clip(const App& app) {
  const std::vector<Id>& clips = app.document().children(app.current_track(), Kind::audio_clip);
  REQUIRE(clips.size() == 1);
  return read_audio_clip(app.document(), clips[0]);
}

}  // namespace

TEST_CASE("an imported file is a clip on a track of its own, one step of undo") {
  Stage stage(ScreenSize{1280, 800, 0, 0});
  stage.app().new_song();
  const size_t tracks = stage.app().document().children(kSongId, Kind::track).size();
  stage.app().audio_imported(kTenSeconds);
  CHECK(stage.app().document().children(kSongId, Kind::track).size() == tracks + 1);
  CHECK(stage.app().audio_track(stage.app().current_track()));
  const AudioClip clip = only_clip(stage.app());
  CHECK(clip.start == 0);
  CHECK(clip.frames == 480000);
  CHECK(clip.name == "birds");
  CHECK(song_length(stage.app().document()) == 20 * 960);      // ten seconds at 120
  stage.frames(2);
  CHECK(stage.find(Role::kList, "Audio clips").rect.w > 100);
  CHECK(stage.find(Role::kListItem, "birds, bar 1 beat 1, 10.0 seconds").selected == 1);
  CHECK(asked().audio_wanted.find("00112233445566778899aabbccddeeff") != std::string::npos);
  stage.app().undo();
  CHECK(stage.app().document().children(kSongId, Kind::track).size() == tracks);
}

TEST_CASE("a clip is cut, turned, faded and moved by name") {
  Stage stage(ScreenSize{1280, 800, 0, 0});
  stage.app().new_song();
  stage.app().audio_imported(kTenSeconds);
  stage.app().seek(4 * 960);
  stage.frames(2);
  stage.press_item(Role::kButton, "Reverse");
  stage.frames(2);
  CHECK(only_clip(stage.app()).reverse);
  stage.act(Role::kSlider, "Fade in", {ActKind::kSetValue, 1.5, {}});
  stage.frames(2);
  CHECK(only_clip(stage.app()).fade_in_ms == 1500);
  stage.press_item(Role::kButton, "Split");
  stage.frames(2);
  const std::vector<Id> clips = stage.app().document().children(stage.app().current_track(), Kind::audio_clip);
  REQUIRE(clips.size() == 2);
  const AudioClip first = read_audio_clip(stage.app().document(), clips[0]), second = read_audio_clip(stage.app().document(), clips[1]);
  CHECK(first.frames == 96000);
  CHECK(first.offset == 480000 - 96000);                       // backwards, the beginning is the file's end
  CHECK(second.start == 4 * 960);
  CHECK(second.offset == 0);
  CHECK(stage.app().chosen_clip() == second.id);
  stage.press_item(Role::kButton, "Move later");
  stage.frames(2);
  CHECK(read_audio_clip(stage.app().document(), second.id).start == 4 * 960 + stage.app().grid().step);
  stage.press_item(Role::kButton, "Delete clip");
  stage.frames(2);
  CHECK(stage.app().document().children(stage.app().current_track(), Kind::audio_clip).size() == 1);
}

TEST_CASE("the pointer moves a clip by its body and trims it by its edges") {
  Stage stage(draw_audio_lane, {0, 0, 1000, 400});
  stage.app().new_song();
  stage.app().audio_imported(kTenSeconds);
  stage.app().grid().fitted = false;
  stage.frames(2);
  const Rect r = stage.find(Role::kListItem, "birds, bar 1 beat 1, 10.0 seconds").rect;
  stage.drag(r.x + r.w / 2, r.y + r.h / 2, r.x + r.w / 2 + 120, r.y + r.h / 2);
  stage.frames(2);
  const AudioClip moved = only_clip(stage.app());
  CHECK(moved.start > 0);
  CHECK(moved.start % stage.app().grid().step == 0);
  CHECK(moved.frames == 480000);
  const Rect there = stage.find(Role::kListItem, stage.app().describe_clip(moved.id)).rect;
  stage.drag(there.x + there.w - 3, there.y + there.h / 2, there.x + there.w - 103, there.y + there.h / 2);
  stage.frames(2);
  const AudioClip shorter = only_clip(stage.app());
  CHECK(shorter.start == moved.start);
  CHECK(shorter.frames < 480000);
  stage.drag(there.x + 3, there.y + there.h / 2, there.x + 83, there.y + there.h / 2);
  stage.frames(2);
  const AudioClip later = only_clip(stage.app());
  CHECK(later.start > shorter.start);
  CHECK(later.offset > 0);
  CHECK(later.offset + later.frames == shorter.frames);         // the end stays where it is
  stage.app().undo();
  CHECK(only_clip(stage.app()).offset == 0);
}

TEST_CASE("a take lands where it was sung, whatever the microphone's delay; loops give one clip a turn") {
  SUBCASE("one run, recording from before the song") {
    Document document;
    const TimeMap time(document);
    VoiceTake take;
    // The song started at tick 960 at frame 100000; reports come every 800 frames.
    for (int i = 1; i < 100; ++i) take.heard(100000 + 800 * i, 960 + 800 * i / 25.0, time, 48000, 960);
    const std::vector<TakePlace> places = take.places(90000, 100000, 1440, time, 48000);
    REQUIRE(places.size() == 1);
    CHECK(places[0].start == 960);
    CHECK(places[0].offset == 11440);
    CHECK(places[0].frames == 100000 - 11440);
  }
  SUBCASE("the microphone opens after the song began") {
    Document document;
    const TimeMap time(document);
    VoiceTake take;
    for (int i = 1; i < 100; ++i) take.heard(800 * i, 800 * i / 25.0, time, 48000, 0);
    const std::vector<TakePlace> places = take.places(25440, 48000, 1440, time, 48000);
    REQUIRE(places.size() == 1);
    CHECK(places[0].offset == 0);
    CHECK(std::llabs(places[0].start - 960) <= 1);                // half a second into the song
  }
  SUBCASE("a loop of a second, three turns") {
    Document document;
    const TimeMap time(document);
    VoiceTake take;
    for (int i = 1; i < 170; ++i) take.heard(800 * i, std::fmod(800 * i / 25.0, 1920.0), time, 48000, 0);
    const std::vector<TakePlace> places = take.places(0, 136000, 1000, time, 48000);
    REQUIRE(places.size() == 3);
    for (size_t turn = 0; turn < 3; ++turn) {
      CHECK(places[turn].start == 0);
      CHECK(std::llabs(places[turn].offset - int64_t(1000 + 48000 * turn)) <= 2);
    }
    CHECK(std::llabs(places[0].frames - 48000) <= 2);
  }
}

TEST_CASE("the waveform's pyramid has every peak at every zoom") {
  std::vector<PeakPair> bottom(1000);
  bottom[437] = {-20000, 30000};
  const Waveform wave(bottom);
  for (const double width : {256.0, 1000.0, 5000.0, 100000.0, 256000.0}) {
    const double from = 437 * 256 - width / 3;
    CHECK(wave.between(from, from + width).high == 30000);
    CHECK(wave.between(from, from + width).low == -20000);
  }
  CHECK(wave.between(0, 10000).high == 0);
  CHECK(wave.between(-500, -1).high == 0);
  CHECK(wave.between(1e9, 2e9).high == 0);
}

TEST_CASE("Record voice asks for the microphone, plays, and lays the take on a track") {
  Stage stage(ScreenSize{1280, 800, 0, 0});
  stage.app().new_song();
  stage.frames(2);
  stage.press_item(Role::kButton, "Record voice");
  stage.frames(2);
  CHECK(asked().recording);
  CHECK_FALSE(stage.app().playing());
  stage.app().voice_recording(true);
  CHECK(stage.app().playing());
  stage.frames(2);
  stage.press_item(Role::kButton, "Record voice");
  stage.frames(2);
  CHECK_FALSE(asked().recording);
  stage.app().audio_recorded(R"({"hash":"ff","name":"take","frames":96000,"rate":48000,"channels":1,"first_frame":0,"latency_s":0.03})");
  stage.frames(2);
  CHECK(stage.app().voice() == VoiceRecording::kOff);
  CHECK(stage.app().audio_track(stage.app().current_track()));
  CHECK(only_clip(stage.app()).frames == 96000);
}

TEST_CASE("a microphone that does not open leaves the song alone") {
  Stage stage(ScreenSize{1280, 800, 0, 0});
  stage.app().new_song();
  const uint64_t before = stage.app().document().content_hash();
  stage.app().record_voice(true);
  stage.app().voice_recording(false);
  CHECK(stage.app().voice() == VoiceRecording::kOff);
  CHECK_FALSE(stage.app().playing());
  CHECK(stage.app().document().content_hash() == before);
}
