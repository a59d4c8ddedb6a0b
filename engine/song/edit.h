// Typed ways to read and to change a song. Readers give plain structs; writers give ops, so that every change
// still goes through Document::apply and History.   [main]
#pragma once
#include <optional>
#include <string>

#include "params/param_table.h"
#include "song/document.h"

namespace arietta {

struct Note {
  Id id = 0;
  Id clip = 0;
  Tick start = 0;                     // from the clip's start
  Tick length = 240;
  int key = 60;
  int velocity = 100;
  int author = 0;                     // 0 person, 1 imported
  bool edited = false;
  int tuning_cents = 0;
  int release_velocity = 64;
};
struct Control { Id id = 0; Tick tick = 0; int type = 0, number = 0, amount = 0; };
struct Clip { Id id = 0; Id track = 0; Tick start = 0, length = 0; std::string name; };
struct DeviceRef {
  Id id = 0;
  DeviceKind kind = DeviceKind::none;
  int program = 0, bank = 0;
  std::string soundfont, soundfont_name;      // of a dropped file: hash of its bytes, what it was called
};

Note read_note(const Document&, Id note);
Control read_control(const Document&, Id control);
Clip read_clip(const Document&, Id clip);
std::vector<Note> notes_of(const Document&, Id clip);       // by start, then key
std::optional<DeviceRef> instrument_of(const Document&, Id track);
std::optional<DeviceRef> strip_of(const Document&, Id track);
float param_of(const Document&, Id device, uint16_t index); // the table's default when unset
Tick song_length(const Document&);                          // end of the last clip or note
bool is_drum_track(const Document&, Id track);

// Writers append to `ops` and return the id of what they make. `at` is -1 for the end of the list.
Id add_entity(Document&, Ops& ops, Kind kind, Id parent);
Id add_track(Document&, Ops& ops, std::string_view name, DeviceKind instrument, int at = -1);   // none: a bus has none
Id add_clip(Document&, Ops& ops, Id track, Tick start, Tick length);
Id add_note(Document&, Ops& ops, const Note& note);         // note.clip says where
Id add_control(Document&, Ops& ops, Id clip, const Control& control);
void set_note(Ops& ops, const Note& before, const Note& after);   // only what differs
void set_field(Ops& ops, Id entity, Kind kind, FieldKey key, Value value);
void remove(Ops& ops, Id entity, Kind kind);                // children go with it: they hang on a dead parent
void set_param(Document&, Ops& ops, Id device, uint16_t index, float plain);
// Keeps the device and its id; another kind loses the parameters of the old one.
void set_instrument(const Document&, Ops& ops, Id track, DeviceKind kind, int program, int bank,
                    std::string_view soundfont = {}, std::string_view soundfont_name = {});
void set_tempo(Document&, Ops& ops, Tick tick, double quarters_per_minute);
void set_meter(Document&, Ops& ops, Tick tick, int beats, int beat_unit);
// Makes the clip longer, to whole bars, when a note ends after it; `end` counts from the clip's start.
void grow_clip_to(const Document&, Ops& ops, Id clip, Tick end);

// The clip of a track that a note at this song tick belongs to; makes or lengthens one when there is none.
Id clip_for(Document&, Ops& ops, Id track, Tick tick, Tick end);

}  // namespace arietta
