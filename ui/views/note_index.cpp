#include "ui/views/note_index.h"

#include <algorithm>

namespace arietta::ui {
namespace {

TrackNotes collect(const Document& document, Id track) {
  TrackNotes found;
  for (Id clip_id : document.children(track, Kind::clip)) {
    const Clip clip = read_clip(document, clip_id);
    for (const Note& note : notes_of(document, clip_id)) {
      const Tick start = clip.start + note.start;
      found.notes.push_back({note.id, start, start + note.length, int16_t(note.key), uint8_t(note.velocity),
                             uint8_t(std::min(note.author, 255)), note.edited});
      found.longest = std::max(found.longest, note.length);
      found.lowest_key = std::min(found.lowest_key, note.key);
      found.highest_key = std::max(found.highest_key, note.key);
    }
  }
  // Clips come in order and seldom overlap, so this is nearly sorted already.
  std::stable_sort(found.notes.begin(), found.notes.end(), [](const SongNote& a, const SongNote& b) {
    return a.start != b.start ? a.start < b.start : a.key < b.key;
  });
  return found;
}

}  // namespace

span<const SongNote> TrackNotes::near(Tick from, Tick to) const {
  const auto begins_before = [](const SongNote& note, Tick tick) { return note.start < tick; };
  const auto first = std::lower_bound(notes.begin(), notes.end(), from - longest, begins_before);
  const auto last = std::lower_bound(first, notes.end(), to, begins_before);
  return {notes.data() + (first - notes.begin()), size_t(last - first)};
}

const TrackNotes& NoteIndex::of(const App& app, Id track) {
  if (app_ != &app || revision_ != app.revision()) {
    app_ = &app;
    revision_ = app.revision();
    tracks_.clear();
  }
  const auto [place, fresh] = tracks_.try_emplace(track);
  if (fresh) place->second = collect(app.document(), track);
  return place->second;
}

}  // namespace arietta::ui
