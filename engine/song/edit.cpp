#include "song/edit.h"

#include <algorithm>
#include <cmath>

#include "params/param_map.h"
#include "song/audio.h"
#include "song/fractional.h"
#include "song/time.h"

namespace arietta {
namespace {

// A field at its default needs no op: it reads the same without one.
void set_unless_default(Ops& ops, Id entity, Kind kind, FieldKey key, int64_t value) {
  if (double(value) != find_field(kind, key)->initial) set_field(ops, entity, kind, key, value);
}

void set_text(Ops& ops, Id entity, Kind kind, FieldKey key, std::string_view text) {
  if (!text.empty()) set_field(ops, entity, kind, key, std::string(text));
}

Id add_device(Document& document, Ops& ops, Id track, DeviceKind kind, int position) {
  const Id id = add_entity(document, ops, Kind::device, track);
  set_field(ops, id, Kind::device, field::device::device_kind, int64_t(kind));
  set_unless_default(ops, id, Kind::device, field::device::position, position);
  return id;
}

std::optional<DeviceRef> device_where(const Document& document, Id track, bool strip) {
  for (Id id : document.children(track, Kind::device)) {
    const Entity& device = *document.find(id);
    const auto kind = DeviceKind(device.integer(field::device::device_kind));
    const DeviceInfo* info = find_device(kind);
    if (!info || (strip ? kind != DeviceKind::strip : info->category != Category::kInstrument)) continue;
    return DeviceRef{id, kind, int(device.integer(field::device::program)), int(device.integer(field::device::bank)),
                     std::string(device.text(field::device::soundfont)), std::string(device.text(field::device::soundfont_name))};
  }
  return std::nullopt;
}

// The parameter's entity, also one that `ops` is about to make. The lowest id wins when two people made one at once.
Id find_param_entity(const Document& document, const Ops& ops, Id device, uint16_t index) {
  Id found = 0;
  for (Id id : document.children(device, Kind::param))
    if (document.find(id)->integer(field::param::index) == index && (!found || id < found)) found = id;
  if (found) return found;
  for (const Op& op : ops) {
    if (op.kind != Kind::param || op.field != field::parent || op.value != Value(int64_t(device))) continue;
    for (const Op& other : ops)
      if (other.entity == op.entity && other.field == field::param::index && other.value == Value(int64_t(index)))
        return op.entity;
  }
  return 0;
}

// The tempo or meter entity that counts at this very tick: the last of several, as in TimeMap.
Id point_at(const Document& document, Kind kind, FieldKey tick_field, Tick tick) {
  Id found = 0;
  for (Id id : document.children(kSongId, kind))
    if (document.find(id)->integer(tick_field) == tick) found = id;
  return found;
}

std::string last_track_order(const Document& document, const Ops& ops) {
  std::string last;
  for (Id id : document.children(kSongId, Kind::track))
    last = std::max(last, std::string(document.find(id)->text(field::track::order)));
  for (const Op& op : ops)
    if (op.kind == Kind::track && op.field == field::track::order)
      if (const auto* order = std::get_if<std::string>(&op.value)) last = std::max(last, *order);
  return last;
}

std::string order_for(const Document& document, const Ops& ops, int at) {
  const std::vector<Id>& tracks = document.children(kSongId, Kind::track);
  if (at < 0 || size_t(at) >= tracks.size()) return key_between(last_track_order(document, ops), "");
  const auto order = [&](int i) { return document.find(tracks[size_t(i)])->text(field::track::order); };
  return key_between(at > 0 ? order(at - 1) : "", order(at));
}

Tick bar_start(const TimeMap& time, Tick tick) { return time.tick_of_bar(time.bar_at(tick).bar); }

Tick bar_end(const TimeMap& time, Tick tick) {
  const BarBeat at = time.bar_at(tick);
  const Tick start = time.tick_of_bar(at.bar);
  return start == tick ? tick : time.tick_of_bar(at.bar + 1);
}

}  // namespace

Note read_note(const Document& document, Id id) {
  Note note;
  const Entity* entity = document.find(id);
  if (!entity) return note;
  note.id = id;
  note.clip = entity->parent();
  note.start = entity->integer(field::note::start);
  note.length = entity->integer(field::note::length);
  note.key = int(entity->integer(field::note::key));
  note.velocity = int(entity->integer(field::note::velocity));
  note.author = int(entity->integer(field::note::author));
  note.edited = entity->integer(field::note::edited) != 0;
  note.tuning_cents = int(entity->integer(field::note::tuning_cents));
  note.release_velocity = int(entity->integer(field::note::release_velocity));
  return note;
}

Control read_control(const Document& document, Id id) {
  const Entity* entity = document.find(id);
  if (!entity) return {};
  return {id, entity->integer(field::control::tick), int(entity->integer(field::control::type)),
          int(entity->integer(field::control::number)), int(entity->integer(field::control::amount))};
}

Clip read_clip(const Document& document, Id id) {
  const Entity* entity = document.find(id);
  if (!entity) return {};
  return {id, entity->parent(), entity->integer(field::clip::start), entity->integer(field::clip::length),
          std::string(entity->text(field::clip::name))};
}

std::vector<Note> notes_of(const Document& document, Id clip) {
  const std::vector<Id>& ids = document.children(clip, Kind::note);
  std::vector<Note> notes;
  notes.reserve(ids.size());
  for (Id id : ids) notes.push_back(read_note(document, id));
  return notes;
}

std::optional<DeviceRef> instrument_of(const Document& document, Id track) {
  return device_where(document, track, false);
}

std::optional<DeviceRef> strip_of(const Document& document, Id track) { return device_where(document, track, true); }

float param_of(const Document& document, Id device, uint16_t index) {
  const Entity* entity = document.find(device);
  const auto kind = entity ? DeviceKind(entity->integer(field::device::device_kind)) : DeviceKind::none;
  const ParamInfo* info = find_param(kind, index);
  if (!info) return 0;
  const Id param = find_param_entity(document, {}, device, index);
  return param ? clamp_plain(*info, float(document.find(param)->real(field::param::plain))) : info->initial;
}

Tick song_length(const Document& document) {
  Tick length = 0;
  for (Id track : document.children(kSongId, Kind::track)) {
    for (Id id : document.children(track, Kind::clip)) {
      const Clip clip = read_clip(document, id);
      length = std::max(length, clip.start + clip.length);
      for (Id note_id : document.children(id, Kind::note)) {
        const Entity& note = *document.find(note_id);
        length = std::max(length, clip.start + note.integer(field::note::start) + note.integer(field::note::length));
      }
    }
  }
  if (!has_audio(document)) return length;
  const TimeMap time(document);
  for (Id track : document.children(kSongId, Kind::track))
    for (Id id : document.children(track, Kind::audio_clip))
      length = std::max(length, audio_clip_end(document, time, read_audio_clip(document, id)));
  return length;
}

bool is_drum_track(const Document& document, Id track) {
  if (const auto instrument = instrument_of(document, track))
    return instrument->kind == DeviceKind::drum_kit ||
           (instrument->kind == DeviceKind::soundfont && instrument->bank == 128);
  const Entity* entity = document.find(track);
  return entity && entity->integer(field::track::channel) == 9;
}

Id add_entity(Document& document, Ops& ops, Kind kind, Id parent) {
  const Id id = document.new_id();
  set_field(ops, id, kind, field::alive, int64_t(1));
  set_field(ops, id, kind, field::parent, int64_t(parent));
  return id;
}

Id add_track(Document& document, Ops& ops, std::string_view name, DeviceKind instrument, int at) {
  std::string order = order_for(document, ops, at);
  const Id track = add_entity(document, ops, Kind::track, kSongId);
  set_field(ops, track, Kind::track, field::track::order, std::move(order));
  set_text(ops, track, Kind::track, field::track::name, name);
  const bool plays = instrument != DeviceKind::none;
  if (plays) add_device(document, ops, track, instrument, 0);
  add_device(document, ops, track, DeviceKind::strip, plays ? 1 : 0);
  return track;
}

Id add_clip(Document& document, Ops& ops, Id track, Tick start, Tick length) {
  const Id clip = add_entity(document, ops, Kind::clip, track);
  set_unless_default(ops, clip, Kind::clip, field::clip::start, start);
  set_unless_default(ops, clip, Kind::clip, field::clip::length, length);
  return clip;
}

Id add_note(Document& document, Ops& ops, const Note& note) {
  const Id id = add_entity(document, ops, Kind::note, note.clip);
  Note made = note;
  made.id = id;
  set_note(ops, Note{.id = id, .clip = note.clip}, made);
  return id;
}

Id add_control(Document& document, Ops& ops, Id clip, const Control& control) {
  const Id id = add_entity(document, ops, Kind::control, clip);
  set_unless_default(ops, id, Kind::control, field::control::tick, control.tick);
  set_unless_default(ops, id, Kind::control, field::control::type, control.type);
  set_unless_default(ops, id, Kind::control, field::control::number, control.number);
  set_unless_default(ops, id, Kind::control, field::control::amount, control.amount);
  return id;
}

void set_note(Ops& ops, const Note& before, const Note& after) {
  const auto change = [&](FieldKey key, int64_t old_value, int64_t new_value) {
    if (old_value != new_value) set_field(ops, before.id, Kind::note, key, new_value);
  };
  change(field::parent, int64_t(before.clip), int64_t(after.clip));
  change(field::note::start, before.start, after.start);
  change(field::note::length, before.length, after.length);
  change(field::note::key, before.key, after.key);
  change(field::note::velocity, before.velocity, after.velocity);
  change(field::note::author, before.author, after.author);
  change(field::note::edited, before.edited, after.edited);
  change(field::note::tuning_cents, before.tuning_cents, after.tuning_cents);
  change(field::note::release_velocity, before.release_velocity, after.release_velocity);
}

void set_field(Ops& ops, Id entity, Kind kind, FieldKey key, Value value) {
  ops.push_back({entity, kind, key, std::move(value), 0});
}

void remove(Ops& ops, Id entity, Kind kind) { set_field(ops, entity, kind, field::alive, int64_t(0)); }

void set_param(Document& document, Ops& ops, Id device, uint16_t index, float plain) {
  Id param = find_param_entity(document, ops, device, index);
  if (!param) {
    const Entity* owner = document.find(device);
    const ParamInfo* info =
        owner ? find_param(DeviceKind(owner->integer(field::device::device_kind)), index) : nullptr;
    if (info && info->initial == plain) return;          // what it has anyway
    param = add_entity(document, ops, Kind::param, device);
    set_field(ops, param, Kind::param, field::param::index, int64_t(index));
  }
  set_field(ops, param, Kind::param, field::param::plain, double(plain));
}

void set_instrument(const Document& document, Ops& ops, Id track, DeviceKind kind, int program, int bank,
                    std::string_view soundfont, std::string_view soundfont_name) {
  const auto device = instrument_of(document, track);
  if (!device) return;
  const auto change = [&](FieldKey key, int64_t old_value, int64_t new_value) {
    if (old_value != new_value) set_field(ops, device->id, Kind::device, key, new_value);
  };
  const auto change_text = [&](FieldKey key, std::string_view old_value, std::string_view new_value) {
    if (old_value != new_value) set_field(ops, device->id, Kind::device, key, std::string(new_value));
  };
  change(field::device::device_kind, int64_t(device->kind), int64_t(kind));
  change(field::device::program, device->program, program);
  change(field::device::bank, device->bank, bank);
  change_text(field::device::soundfont, device->soundfont, soundfont);
  change_text(field::device::soundfont_name, device->soundfont_name, soundfont_name);
  // The same index means another thing on another kind of device.
  if (device->kind != kind)
    for (Id param : document.children(device->id, Kind::param)) remove(ops, param, Kind::param);
}

void set_tempo(Document& document, Ops& ops, Tick tick, double quarters_per_minute) {
  Id tempo = point_at(document, Kind::tempo, field::tempo::tick, tick);
  if (!tempo) {
    tempo = add_entity(document, ops, Kind::tempo, kSongId);
    set_unless_default(ops, tempo, Kind::tempo, field::tempo::tick, tick);
  }
  set_field(ops, tempo, Kind::tempo, field::tempo::us_per_quarter,
            int64_t(std::llround(60e6 / std::max(quarters_per_minute, 1.0))));
}

void set_meter(Document& document, Ops& ops, Tick tick, int beats, int beat_unit) {
  Id meter = point_at(document, Kind::meter, field::meter::tick, tick);
  if (!meter) {
    meter = add_entity(document, ops, Kind::meter, kSongId);
    set_unless_default(ops, meter, Kind::meter, field::meter::tick, tick);
  }
  set_field(ops, meter, Kind::meter, field::meter::beats, int64_t(beats));
  set_field(ops, meter, Kind::meter, field::meter::beat_unit, int64_t(beat_unit));
}

void grow_clip_to(const Document& document, Ops& ops, Id id, Tick end) {
  const Clip clip = read_clip(document, id);
  if (end <= clip.length) return;
  const Tick song_end = bar_end(TimeMap(document), clip.start + end);
  set_field(ops, id, Kind::clip, field::clip::length, int64_t(song_end - clip.start));
}

Id clip_for(Document& document, Ops& ops, Id track, Tick tick, Tick end) {
  const TimeMap time(document);
  Clip before;                             // the last clip that begins at or before the tick
  Tick room_end = INT64_MAX;               // where the next one begins
  for (Id id : document.children(track, Kind::clip)) {
    const Clip clip = read_clip(document, id);
    if (clip.start > tick) {
      room_end = clip.start;
      break;
    }
    before = clip;
  }
  const Tick wanted_end = std::min(bar_end(time, std::max(end, tick + 1)), room_end);
  const Tick before_end = before.start + before.length;
  if (before.id && tick < before_end) {
    if (end > before_end && wanted_end > before_end)
      set_field(ops, before.id, Kind::clip, field::clip::length, int64_t(wanted_end - before.start));
    return before.id;
  }
  // A note right after a clip belongs to it; one further away starts a clip of its own.
  if (before.id && tick < bar_end(time, before_end) + time.ticks_per_bar_at(before_end)) {
    set_field(ops, before.id, Kind::clip, field::clip::length, int64_t(wanted_end - before.start));
    return before.id;
  }
  const Tick start = before.id ? std::max(bar_start(time, tick), before_end) : bar_start(time, tick);
  return add_clip(document, ops, track, start, wanted_end - start);
}

}  // namespace arietta
