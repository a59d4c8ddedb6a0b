// The song as a whole: edits, undo, opening another one.
#include <algorithm>

#include "song/codec.h"
#include "song/defaults.h"
#include "song/link.h"
#include "song/open.h"
#include "song/scale.h"
#include "song/tunings.h"
#include "ui/app.h"
#include "ui/i18n/text.h"
#include "ui/platform/platform.h"

namespace arietta::ui {

const TimeMap& App::time() const {
  if (!time_ || time_revision_ != revision()) {
    time_.emplace(document_);
    time_revision_ = revision();
  }
  return *time_;
}

Tick App::length() const {
  const Tick heard_to = proposals_.listening() ? proposals_.place().end : 0;
  return std::max({song_length(document_), time().ticks_per_bar_at(0), heard_to});
}

void App::song_changed() {
  untouched_ = false;
  check_selection();
  check_suggestions();
  touch_screen();
  platform::song_changed();
  platform::request_frame();
}

void App::edit(const Ops& ops, std::string_view label) {
  if (ops.empty()) return;
  close_step();
  history_.apply(ops, label);
  song_changed();
}

void App::edit_piece(const Ops& ops, std::string_view label) {
  constexpr double kPauseMs = 500;
  if (!ops.empty()) add_to_step(ops, label, platform::now_ms() + kPauseMs);
}

void App::add_to_step(const Ops& ops, std::string_view label, double open_until_ms) {
  if (step_open_ && label != step_label_) close_step();
  if (!step_open_) history_.begin(label);
  step_open_ = true;
  step_label_ = label;
  step_open_until_ms_ = open_until_ms;
  history_.apply(ops, label);
  song_changed();
}

void App::close_step() {
  if (step_open_) history_.end();
  step_open_ = false;
}

void App::begin_gesture(std::string_view label) {
  close_step();
  history_.begin(label);
}

void App::end_gesture() {
  history_.end();
  touch_screen();
}

bool App::undo() {
  end_recording();
  close_step();
  const std::string label(undo_label());
  if (!history_.undo()) {
    mirror_.say(tr(Text::kSaidNothingToUndo));
    return false;
  }
  song_changed();
  mirror_.say(tr(Text::kSaidUndone, label));
  return true;
}

bool App::redo() {
  end_recording();
  close_step();
  const std::string label(history_.redo_label());
  if (!history_.redo()) {
    mirror_.say(tr(Text::kSaidNothingToRedo));
    return false;
  }
  song_changed();
  mirror_.say(tr(Text::kSaidRedone, label));
  return true;
}

std::string App::title() const {
  const std::string_view title = document_.song().text(field::song::title);
  return title.empty() ? tr(Text::kUntitled) : std::string(title);
}

void App::set_title(std::string_view title) {
  Ops ops;
  set_field(ops, kSongId, Kind::song, field::song::title, std::string(title));
  edit_piece(ops, tr(Text::kEditTitle));
}

void App::set_key_root(int root) {
  Ops ops;
  set_field(ops, kSongId, Kind::song, field::song::key_root, int64_t(root));
  edit(ops, tr(Text::kEditKey));
}

void App::set_scale(int scale) {
  Ops ops;
  set_field(ops, kSongId, Kind::song, field::song::scale, int64_t(scale));
  edit(ops, tr(Text::kEditScale));
}

void App::set_tuning(int named) {
  const std::vector<NamedTuning>& all = named_tunings();
  TuningScale scale;
  if (named >= 0 && named < int(all.size())) scale = {all[size_t(named)].name, all[size_t(named)].cents};
  Ops ops;
  arietta::set_tuning(ops, scale);
  all_keys_up();                                         // what is held would end at another pitch
  edit(ops, tr(Text::kEditTuning));
}

bool App::open_tuning(std::string_view text, std::string_view name) {
  Ops ops;
  std::string why;
  if (is_scale_file(name)) {
    const Result<TuningScale> scale = read_scale(text);
    if (scale.ok()) arietta::set_tuning(ops, scale.value());
    else why = scale.error().message;
  } else {
    const Result<KeyMap> map = read_key_map(text);
    if (map.ok()) set_tuning_keys(ops, map.value());
    else why = map.error().message;
  }
  if (!why.empty()) {
    fail(why);
    return false;
  }
  all_keys_up();
  edit(ops, tr(Text::kEditTuning));
  notice = tr(Text::kTuningUsed, is_scale_file(name) ? song_tuning_name(document_) : std::string(name));
  return true;
}

void App::set_easy_scale(bool on) {
  Ops ops;
  set_field(ops, kSongId, Kind::song, field::song::easy_scale, int64_t(on));
  edit(ops, tr(Text::kEasyScale));
}

// The meter in force at the position changes where it began, so that no bar is cut.
void App::set_meter(int beats, int beat_unit) {
  Ops ops;
  arietta::set_meter(document_, ops, time().meter_at(Tick(song_tick())).tick, beats, beat_unit);
  edit(ops, tr(Text::kEditMeter));
}

void App::forget_song_state() {
  selection_.clear();
  current_track_ = sound_owner_ = 0;
  dragging_.reset();
  knob_take_.clear();
  recorded_keys_.clear();
  cursor_ = {};
  grid_.fitted = false;
  still_tick_ = 0;
  taps_ms_.clear();
  time_.reset();
}

void App::open_document(Document song, std::string_view name) {
  end_recording();
  close_step();
  discard_suggestions();
  learn_from_song();
  all_keys_up();
  if (playing_) stop();
  // The first song nobody touched can be had again any time; everything else is kept.
  if (!untouched_) platform::keep_version(write_project(document_), title());
  revision_base_ = revision() + 1;
  history_.clear();
  document_ = std::move(song);
  first_own_id_ = document_.new_id();
  forget_song_state();
  seek(0);
  dialog = Dialog::kNone;
  last_error.clear();
  song_changed();
  mirror_.say(tr(Text::kSaidOpened, name.empty() ? std::string_view(title()) : name));
  platform::announce("open", "{}");
}

bool App::open_bytes(Bytes bytes, std::string_view name) {
  if (is_scale_file(name) || is_key_map_file(name)) return open_tuning({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, name);
  Result<Opened> opened = open_song(bytes, name, document_.actor());
  if (!opened) {
    fail(opened.error().message);
    return false;
  }
  Opened& found = opened.value();
  // Format 2 MIDI files hold several songs: the first one opens, the others wait among the versions.
  for (size_t i = 1; i < found.songs.size(); ++i) {
    platform::keep_version(write_project(found.songs[i]), found.songs[i].song().text(field::song::title));
  }
  open_document(std::move(found.songs.front()), "");
  notice.clear();
  for (const std::string& warning : found.warnings) notice += (notice.empty() ? "" : " ") + warning;
  return true;
}

bool App::open_link(std::string_view link) {
  Result<Document> song = read_link(link, document_.actor());
  if (!song) {
    fail(song.error().message);
    return false;
  }
  open_document(std::move(song.value()), "");
  return true;
}

void App::new_song() { open_document(empty_song(document_.actor()), ""); }

Result<std::string> App::link() const { return make_link(document_); }

}  // namespace arietta::ui
