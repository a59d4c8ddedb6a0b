// The loudness meter on the screen, Balance the tracks and Master: measured by the page, one step of undo each.
#include <doctest/doctest.h>

#include "song/finish.h"
#include "tests/ui/stage.h"
#include "ui/commands.h"

using namespace arietta;
using namespace arietta::ui;
using namespace arietta::ui::test;

namespace {

std::vector<float> volumes(const App& app) {
  std::vector<float> all;
  for (Id track : app.document().children(kSongId, Kind::track))
    all.push_back(param_of(app.document(), strip_of(app.document(), track)->id, param::strip::gain_db));
  return all;
}

}  // namespace

TEST_CASE("the loudness meter is beside the transport and opens its dialog") {
  Stage stage(ScreenSize{1280, 800});
  stage.app().set_audio_status(AudioStatus::kRunning, "", 48000, 0);
  stage.frames(3);
  stage.press_item(Role::kButton, "Loudness meter");
  stage.frames(3);
  CHECK(stage.app().dialog == Dialog::kLoudness);
  for (const char* name : {"Now: \xe2\x80\x93", "Since the start: \xe2\x80\x93", "Highest peak: \xe2\x80\x93"}) stage.find(Role::kListItem, name);
  stage.find(Role::kImage, "Spectrum");
  stage.find(Role::kButton, "Master");
  stage.find(Role::kButton, "Balance the tracks");
  CHECK(stage.find(Role::kComboBox, "How loud the song shall be").text.find("14.0 LUFS") != std::string::npos);
}

TEST_CASE("balance asks for every track and is one step of undo") {
  Stage stage(ScreenSize{1280, 800});
  App& app = stage.app();
  const std::vector<float> before = volumes(app);
  REQUIRE(run_command(app, "balance"));
  CHECK(asked().measured == "{\"plans\":" + std::to_string(before.size()) + "}");
  CHECK(app.finishing());
  for (int i = 0; i < int(before.size()); ++i) CHECK(app.measuring_packet(i).size() > 100);
  CHECK(app.measuring_packet(int(before.size())).empty());
  std::string lufs = "-40";
  for (size_t i = 1; i < before.size(); ++i) lufs += ",-52";
  run_command(app, "measured", "{\"lufs\":[" + lufs + "]}");
  CHECK_FALSE(app.finishing());
  CHECK(volumes(app) != before);
  app.undo();
  CHECK(volumes(app) == before);
}

TEST_CASE("master listens until the song is as loud as asked; one step of undo") {
  Stage stage(ScreenSize{1280, 800});
  App& app = stage.app();
  run_command(app, "master");
  run_command(app, "measured", R"({"lufs":[-22]})");
  CHECK(app.finishing());                              // it wants to hear what 8 dB more does
  run_command(app, "measured", R"({"lufs":[-14.6]})");
  CHECK(app.finishing());
  run_command(app, "measured", R"({"lufs":[-14.05]})");
  CHECK_FALSE(app.finishing());
  CHECK(master_drive_db(app.document()) > 8);
  CHECK(app.notice.find(" LUFS") != std::string::npos);
  app.undo();
  CHECK(master_drive_db(app.document()) == 0);
}

TEST_CASE("what cannot be measured changes nothing and is told") {
  Stage stage(ScreenSize{1280, 800});
  App& app = stage.app();
  const uint64_t song = app.document().content_hash();
  run_command(app, "master");
  run_command(app, "measured", R"({"why":"There is not enough memory."})");
  CHECK(app.last_error == "The song could not be measured. There is not enough memory.");
  run_command(app, "master");
  run_command(app, "measured", R"({"lufs":[-120]})");
  CHECK(app.last_error == "There is nothing to hear in this song yet.");
  run_command(app, "balance");
  app.add_track();
  run_command(app, "measured", R"({"lufs":[-30,-30,-30,-30]})");
  CHECK(app.last_error.find("tracks changed") != std::string::npos);
  app.undo();
  CHECK(app.document().content_hash() == song);
  CHECK_FALSE(app.finishing());
}
