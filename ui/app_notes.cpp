// Selection, clipboard and notes of the current track.
#include <algorithm>

#include "song/chain.h"
#include "song/scale.h"
#include "ui/app.h"
#include "ui/i18n/text.h"

namespace arietta::ui {

Id App::current_track() const {
  const Entity* track = document_.find(current_track_);
  if (track && track->alive()) return current_track_;
  const std::vector<Id>& tracks = document_.children(kSongId, Kind::track);
  for (Id id : tracks)
    if (bus_number(document_, id) == 0) return id;
  return tracks.empty() ? 0 : tracks.front();
}

Id App::sound_owner() const {
  const Entity* owner = document_.find(sound_owner_);
  return owner && owner->alive() ? sound_owner_ : current_track();
}

void App::choose_sound(Id owner) {
  sound_owner_ = owner;
  touch_screen();
}

void App::choose_track(Id track) {
  const bool plays = bus_number(document_, track) == 0;
  choose_sound(plays ? Id(0) : track);
  if (!plays || track == current_track()) return;
  all_keys_up();
  end_recording();
  current_track_ = track;
  selection_.clear();
  touch_screen();
}

void App::select(std::unordered_set<Id> notes) {
  selection_ = std::move(notes);
  check_selection();
  touch_screen();
}

void App::check_selection() {
  for (auto it = selection_.begin(); it != selection_.end();) {
    const Entity* note = document_.find(*it);
    it = note && note->alive() ? std::next(it) : selection_.erase(it);
  }
}

std::vector<Note> App::selected_notes() const {
  std::vector<Note> notes;
  for (Id id : selection_) notes.push_back(read_note(document_, id));
  return notes;
}

Id App::note_at(Tick tick, int key) const {
  for (Id id : document_.children(current_track(), Kind::clip)) {
    const Clip clip = read_clip(document_, id);
    if (tick < clip.start) continue;
    for (Id note_id : document_.children(id, Kind::note)) {
      const Note note = read_note(document_, note_id);
      const Tick start = clip.start + note.start;
      if (start > tick) break;                 // notes are sorted by start
      if (note.key == key && tick < start + note.length) return note_id;
    }
  }
  return 0;
}

Id App::add_note_at(Tick tick, int key, Tick length, int velocity) {
  const Entity& song = document_.song();
  if (song.integer(field::song::easy_scale) && !is_drum_track(document_, current_track())) {
    key = snap_to_scale(int(song.integer(field::song::scale)), int(song.integer(field::song::key_root)), key);
  }
  tick = std::max<Tick>(0, tick);
  Ops ops;
  Note note;
  note.clip = clip_for(document_, ops, current_track(), tick, tick + length);
  if (!note.clip) return 0;
  // The clip may be one that `ops` is about to make; its start is then what clip_for chose.
  Tick clip_start = 0;
  if (const Entity* clip = document_.find(note.clip)) clip_start = clip->integer(field::clip::start);
  for (const Op& op : ops) {
    if (op.entity != note.clip || op.field != field::clip::start || op.kind != Kind::clip) continue;
    if (const auto* start = std::get_if<int64_t>(&op.value)) clip_start = *start;
  }
  note.start = tick - clip_start;
  note.length = std::max<Tick>(1, length);
  note.key = std::clamp(key, 0, 127);
  note.velocity = std::clamp(velocity, 1, 127);
  const Id id = add_note(document_, ops, note);
  edit(ops, tr(Text::kEditAddNote));
  return id;
}

void App::toggle_note_at_cursor() {
  if (const Id there = note_at(cursor_.tick, cursor_.key)) {
    const std::string words = describe_note(there);
    Ops ops;
    remove(ops, there, Kind::note);
    edit(ops, tr(Text::kEditDeleteNotes));
    mirror_.say(tr(Text::kSaidNoteRemoved, words));
    return;
  }
  if (const Id added = add_note_at(cursor_.tick, cursor_.key, grid_.step)) {
    cursor_.key = read_note(document_, added).key;       // easy scale may have put it beside
    mirror_.say(tr(Text::kSaidNoteAdded, describe_note(added)));
  }
}

void App::delete_selection() {
  if (selection_.empty()) return;
  const std::string count = std::to_string(selection_.size());
  Ops ops;
  for (Id id : selection_) remove(ops, id, Kind::note);
  edit(ops, tr(Text::kEditDeleteNotes));
  mirror_.say(tr(Text::kSaidDeleted, count));
}

void App::change_selected(std::string_view label, Tick by, int keys, Tick stretch) {
  std::vector<Note> notes = selected_notes();
  if (notes.empty()) return;
  // All or none: a chord at the edge keeps its shape.
  for (const Note& note : notes) {
    by = std::max(by, -(note.start + document_.find(note.clip)->integer(field::clip::start)));
    keys = std::clamp(keys, -note.key, 127 - note.key);
  }
  Ops ops;
  std::unordered_map<Id, Tick> clip_ends;
  for (const Note& before : notes) {
    Note after = before;
    after.start += by;
    after.key += keys;
    after.length = std::max<Tick>(kTicksPerQuarter / 32, after.length + stretch);
    const bool same = by == 0 && keys == 0 && after.length == before.length;
    if (after.author != 0 && !same) after.edited = true;
    set_note(ops, before, after);
    Tick& end = clip_ends[before.clip];
    end = std::max(end, after.start + after.length);
  }
  for (const auto& [clip, end] : clip_ends) grow_clip_to(document_, ops, clip, end);
  edit(ops, label);
}

void App::move_selection(Tick by, int keys) { change_selected(tr(Text::kEditMoveNotes), by, keys, 0); }
void App::stretch_selection(Tick by) { change_selected(tr(Text::kEditStretchNotes), 0, 0, by); }

void App::copy_selection() {
  std::vector<Note> notes = selected_notes();
  if (notes.empty()) return;
  Tick first = notes.front().start + document_.find(notes.front().clip)->integer(field::clip::start);
  for (Note& note : notes) {
    note.start += document_.find(note.clip)->integer(field::clip::start);
    first = std::min(first, note.start);
  }
  for (Note& note : notes) note.start -= first;
  std::sort(notes.begin(), notes.end(), [](const Note& a, const Note& b) { return a.start < b.start; });
  clipboard_ = std::move(notes);
  mirror_.say(tr(Text::kSaidCopied, std::to_string(clipboard_.size())));
}

void App::cut_selection() {
  copy_selection();
  delete_selection();
}

void App::paste_at(Tick tick) {
  if (clipboard_.empty()) return;
  Tick end = 0;
  for (const Note& note : clipboard_) end = std::max(end, note.start + note.length);
  begin_gesture(tr(Text::kEditPaste));
  std::unordered_set<Id> pasted;
  Ops ops;
  const Id clip = clip_for(document_, ops, current_track(), tick, tick + end);
  edit(ops, tr(Text::kEditPaste));
  ops.clear();
  const Tick clip_start = read_clip(document_, clip).start;
  for (Note note : clipboard_) {
    note.clip = clip;
    note.start += tick - clip_start;
    note.edited = note.author != 0;        // a person put it there
    pasted.insert(add_note(document_, ops, note));
  }
  edit(ops, tr(Text::kEditPaste));
  end_gesture();
  select(std::move(pasted));
  mirror_.say(tr(Text::kSaidPasted, std::to_string(clipboard_.size())));
}

void App::select_all() {
  std::unordered_set<Id> all;
  for (Id clip : document_.children(current_track(), Kind::clip))
    for (Id note : document_.children(clip, Kind::note)) all.insert(note);
  mirror_.say(tr(Text::kSaidSelected, std::to_string(all.size())));
  select(std::move(all));
}

}  // namespace arietta::ui
