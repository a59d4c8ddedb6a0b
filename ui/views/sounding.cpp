#include "ui/views/sounding.h"

namespace arietta::ui {

KeySet sounding_keys(App& app, NoteIndex& notes) {
  KeySet keys;
  for (int key = 0; key < 128; ++key)
    if (app.key_is_down(key)) keys.set(size_t(key));
  if (!app.playing()) return keys;
  const Tick now = Tick(app.song_tick());
  for (const SongNote& note : notes.of(app, app.current_track()).near(now, now + 1))
    if (note.end > now) keys.set(size_t(note.key));
  return keys;
}

}  // namespace arietta::ui
