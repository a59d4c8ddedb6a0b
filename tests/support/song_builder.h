// Songs for tests, in few words.
#pragma once
#include <string_view>

#include "song/edit.h"

namespace arietta {

class SongBuilder {
 public:
  Document document;

  Id track(DeviceKind instrument, Tick length = 4 * 3840) {
    Ops ops;
    const Id id = add_track(document, ops, "Track", instrument);
    apply(ops);
    Ops clip_ops;
    clip_ = add_clip(document, clip_ops, id, 0, length);
    apply(clip_ops);
    return track_ = id;
  }
  // Into the last clip made.
  Id note(int key, Tick start, Tick length, int velocity = 100) {
    Note note;
    note.clip = clip_;
    note.key = key;
    note.start = start;
    note.length = length;
    note.velocity = velocity;
    Ops ops;
    const Id id = add_note(document, ops, note);
    apply(ops);
    return id;
  }
  void control(Tick tick, int type, int number, int amount) {
    Ops ops;
    add_control(document, ops, clip_, {0, tick, type, number, amount});
    apply(ops);
  }
  void set(Id entity, Kind kind, FieldKey key, Value value) {
    Ops ops;
    set_field(ops, entity, kind, key, std::move(value));
    apply(ops);
  }
  void param(Id device, uint16_t index, float plain) {
    Ops ops;
    set_param(document, ops, device, index, plain);
    apply(ops);
  }
  void tempo(Tick tick, double quarters_per_minute) {
    Ops ops;
    set_tempo(document, ops, tick, quarters_per_minute);
    apply(ops);
  }
  void apply(const Ops& ops) {
    for (const Op& op : ops) document.apply(op);
  }
  Id last_track() const { return track_; }
  Id last_clip() const { return clip_; }

 private:
  Id track_ = 0, clip_ = 0;
};

}  // namespace arietta
