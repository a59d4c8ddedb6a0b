// Balance and mastering: the page renders the song away from the screen and says how loud it came out; what that asks for
// is one edit. Until then nothing changes.
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdio>

#include "ui/app.h"
#include "ui/i18n/text.h"
#include "ui/platform/platform.h"

namespace arietta::ui {
namespace {

std::string in_lufs(double lufs) {
  char text[16];
  std::snprintf(text, sizeof text, "%.1f", lufs);
  return text[0] == '-' ? "\xe2\x88\x92" + std::string(text + 1) : text;      // a real minus
}

}  // namespace

void App::balance_tracks() {
  if (finishing()) return;
  finish_ = Finish{document_.children(kSongId, Kind::track), std::nullopt};
  ask_to_measure(finish_->tracks.size());
}

void App::master_song() {
  if (finishing()) return;
  finish_ = Finish{{}, MasterSearch(preferences_.master_lufs)};
  ask_to_measure(1);
}

void App::ask_to_measure(size_t plans) {
  notice = tr(Text::kMeasuring);
  platform::measure_audio("{\"plans\":" + std::to_string(plans) + "}");
  touch_screen();
}

std::vector<uint8_t> App::measuring_packet(int which) const {
  if (!finish_) return {};
  if (!finish_->master) {
    const bool known = which >= 0 && size_t(which) < finish_->tracks.size();
    return known ? packet_of(alone_for_measuring(document_, finish_->tracks[size_t(which)])) : std::vector<uint8_t>();
  }
  Document song = document_;
  Ops ops;
  set_master_drive(song, ops, finish_->master->drive_db());
  for (const Op& op : ops) song.apply(op);
  return packet_of(song);
}

void App::measured(std::string_view json) {
  if (!finish_) return;
  const auto answer = nlohmann::json::parse(json, nullptr, false);
  std::vector<double> lufs;
  if (answer.is_object() && answer.contains("lufs") && answer["lufs"].is_array())
    for (const auto& one : answer["lufs"]) lufs.push_back(one.is_number() ? one.get<double>() : kUnheardLufs);
  if (lufs.empty()) {
    finish_.reset();
    notice.clear();
    fail(tr(Text::kNotMeasured, answer.is_object() ? answer.value("why", "") : ""));
    return;
  }
  if (finish_->master) measured_master(lufs.front());
  else measured_tracks(std::move(lufs));
  touch_screen();
}

void App::measured_tracks(std::vector<double> lufs) {
  const bool same = finish_->tracks == document_.children(kSongId, Kind::track);
  finish_.reset();
  notice.clear();
  if (!same) return fail(tr(Text::kTracksChanged));
  for (double& loudness : lufs) loudness -= double(kMeasuringDb);
  const Ops ops = balance_ops(document_, lufs);
  edit(ops, tr(Text::kBalanceTracks));
  notice = tr(Text::kTracksBalanced);
}

void App::measured_master(double lufs) {
  MasterSearch& search = *finish_->master;
  if (lufs <= kUnheardLufs) {
    finish_.reset();
    notice.clear();
    return fail(tr(Text::kNothingToMaster));
  }
  search.measured(lufs);
  if (!search.done()) return ask_to_measure(1);
  const float drive_db = std::round(search.drive_db() * 100) / 100;
  finish_.reset();
  Ops ops;
  set_master_drive(document_, ops, drive_db);
  edit(ops, tr(Text::kMasterSong));
  notice = tr(Text::kSongMastered, in_lufs(lufs));
}

}  // namespace arietta::ui
