// Knobs and tracks.
#include <algorithm>

#include "params/param_map.h"
#include "ui/app.h"
#include "ui/i18n/text.h"

namespace arietta::ui {
namespace {

DeviceKind kind_of(const Document& document, Id device) {
  const Entity* entity = document.find(device);
  return entity ? DeviceKind(entity->integer(field::device::device_kind)) : DeviceKind::none;
}

}  // namespace

void App::begin_param(Id device, uint16_t index) {
  if (dragging_) end_param(dragging_->device, dragging_->index);
  dragging_ = Param{device, index, param(device, index)};
  if (engine_here_) link_.gesture_begin(node_plan_id(device), index);
}

void App::drag_param(Id device, uint16_t index, float plain) {
  const ParamInfo* info = find_param(kind_of(document_, device), index);
  if (!info) return;
  if (!dragging_ || dragging_->device != device || dragging_->index != index) begin_param(device, index);
  const float before = dragging_->plain;
  dragging_->plain = clamp_plain(*info, plain);
  if (recording_ && playing_ && (info->flags & kAutomatable)) record_knob(before);
  if (engine_here_) link_.param(node_plan_id(device), index, dragging_->plain);
  touch_screen();
}

void App::end_param(Id device, uint16_t index) {
  if (!dragging_ || dragging_->device != device || dragging_->index != index) return;
  const float plain = dragging_->plain;
  const bool recorded = !knob_take_.empty();
  write_knob_take();
  dragging_.reset();
  if (engine_here_) link_.gesture_end(node_plan_id(device), index);
  if (!recorded && plain != param_of(document_, device, index)) {
    const ParamInfo* info = find_param(kind_of(document_, device), index);
    Ops ops;
    set_param(document_, ops, device, index, plain);
    edit(ops, info ? info->label : tr(Text::kEditSound));
  }
  touch_screen();
}

float App::param(Id device, uint16_t index) const {
  if (dragging_ && dragging_->device == device && dragging_->index == index) return dragging_->plain;
  if (!is_automated(document_, device, index)) return param_of(document_, device, index);
  return plain_at(*find_param(kind_of(document_, device), index), points_of(document_, device, index), song_tick());
}

// While it is recorded a knob's movement becomes automation; where it is at each frame of the screen is fine enough.
void App::record_knob(float before) {
  const Tick now = Tick(song_tick());
  if (!knob_take_.empty() && now < knob_take_.back().tick) write_knob_take();      // the loop turned
  if (knob_take_.empty()) knob_take_.push_back({0, std::max<Tick>(now - 1, 0), before, false});      // where it came from
  if (knob_take_.back().tick == now) knob_take_.back().plain = dragging_->plain;
  else knob_take_.push_back({0, now, dragging_->plain, false});
}

void App::write_knob_take() {
  if (knob_take_.empty() || !dragging_) return;
  const auto [device, index, plain] = *dragging_;
  constexpr float kHeardAlike = 0.005f;                  // of the knob's travel
  constexpr double kWholeTake = 1e300;
  const AutomationPoints take = simplified(*find_param(kind_of(document_, device), index), knob_take_, kHeardAlike);
  knob_take_.clear();
  Ops ops;
  remove_points(document_, ops, device, index, take.front().tick, take.back().tick);
  add_to_step(ops, tr(Text::kEditRecord), kWholeTake);
  ops.clear();
  for (const AutomationPoint& point : take) put_point(document_, ops, device, index, point.tick, point.plain);
  add_to_step(ops, tr(Text::kEditRecord), kWholeTake);
}

void App::set_mute(Id track, bool on) {
  Ops ops;
  set_field(ops, track, Kind::track, field::track::mute, int64_t(on));
  edit(ops, tr(Text::kEditMute));
}

void App::set_solo(Id track, bool on) {
  Ops ops;
  set_field(ops, track, Kind::track, field::track::solo, int64_t(on));
  edit(ops, tr(Text::kEditSolo));
}

void App::add_track() {
  Ops ops;
  const size_t count = document_.children(kSongId, Kind::track).size();
  if (count >= size_t(kMaxTracks)) {
    fail(tr(Text::kTooManyTracks, std::to_string(kMaxTracks)));
    return;
  }
  const Id track = arietta::add_track(document_, ops, tr(Text::kTrackNumber, std::to_string(count + 1)), DeviceKind::poly_synth);
  add_clip(document_, ops, track, 0, length());
  edit(ops, tr(Text::kEditAddTrack));
  choose_track(track);
}

void App::use_soundfont(std::string_view json) {
  const size_t before = soundfonts.all().size();
  const SoundFont* font = soundfonts.add(json);
  if (!font) return;
  const std::vector<AssetNeed> needs = assets_needed(document_);
  const bool is_new = soundfonts.all().size() > before;
  if (is_new && std::any_of(needs.begin(), needs.end(), [&](const AssetNeed& need) { return need.soundfont == font->key; })) {
    assets_revision_ = ~uint64_t(0);                     // ask for its sounds again
    notice = tr(Text::kSoundfontBack, font->name);
    return;
  }
  const SoundFontPreset& first = font->presets.front();
  Ops ops;
  set_instrument(document_, ops, current_track(), DeviceKind::soundfont, first.program, first.bank, font->key, font->name);
  edit(ops, tr(Text::kEditInstrument));
  notice = tr(Text::kSoundfontUsed, font->name);
}

void App::use_sample(std::string_view key, std::string_view name) {
  const std::vector<AssetNeed> needs = assets_needed(document_);
  assets_revision_ = ~uint64_t(0);                       // tracks that wait for it ask again
  if (std::none_of(needs.begin(), needs.end(), [&](const AssetNeed& need) { return need.soundfont == key; })) {
    Ops ops;
    set_instrument(document_, ops, current_track(), DeviceKind::sampler, 0, 0, key, name);
    edit(ops, tr(Text::kEditInstrument));
  }
  notice = tr(Text::kSampleUsed, name);
}

void App::delete_track(Id track) {
  if (track == current_track()) all_keys_up();
  Ops ops;
  remove(ops, track, Kind::track);
  edit(ops, tr(Text::kEditDeleteTrack));
  selection_.clear();
}

}  // namespace arietta::ui
