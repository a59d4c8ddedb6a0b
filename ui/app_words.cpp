// Notes and places in words, for screen readers and for the status line.
#include <cstdio>

#include "song/scale.h"
#include "ui/app.h"
#include "ui/i18n/text.h"

namespace arietta::ui {
namespace {

std::string key_words(int key) { return std::string(kPitchNames[size_t(key % 12)]) + std::to_string(key / 12 - 1); }

// "one beat", "half a beat", "2 beats", "1.33 beats".
std::string length_words(Tick length, Tick beat) {
  if (length == beat) return tr(Text::kOneBeat);
  if (length * 2 == beat) return tr(Text::kHalfBeat);
  if (length * 4 == beat) return tr(Text::kQuarterBeat);
  char digits[32];
  std::snprintf(digits, sizeof digits, "%.3g", double(length) / double(beat));
  return tr(Text::kBeats, digits);
}

}  // namespace

std::string App::describe_place(Tick tick) const {
  const TimeMap& map = time();
  const BarBeat at = map.bar_at(tick);
  std::string beat = std::to_string(at.beat + 1);
  if (at.rest > 0) {                       // "2.5": half past the second beat
    char digits[32];
    std::snprintf(digits, sizeof digits, "%.4g", at.beat + 1 + double(at.rest) / double(map.ticks_per_beat_at(tick)));
    beat = digits;
  }
  return tr(Text::kBarBeat, std::to_string(at.bar + 1), beat);
}

std::string App::describe_note(Id id) const {
  const Entity* entity = document_.find(id);
  if (!entity || !entity->alive()) return {};
  const Note note = read_note(document_, id);
  const Tick start = read_clip(document_, note.clip).start + note.start;
  std::string author = tr(Text::kYours);
  if (note.author == 1) author = tr(note.edited ? Text::kImportedEdited : Text::kImported);
  if (note.author > 1) {
    author = tr(note.edited ? Text::kByModelEdited : Text::kByModel, author_name(note.author));
  }
  return key_words(note.key) + ", " + describe_place(start) + ", " +
         tr(Text::kLong, length_words(note.length, time().ticks_per_beat_at(start))) + ", " + author;
}

std::string App::describe_cursor() const {
  if (const Id note = note_at(cursor_.tick, cursor_.key)) return describe_note(note);
  return tr(Text::kSaidEmptyPlace, key_words(cursor_.key), describe_place(cursor_.tick));
}

}  // namespace arietta::ui
