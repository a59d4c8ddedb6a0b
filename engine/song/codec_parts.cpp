#include "song/codec_parts.h"

#include "song/ranges.h"

namespace arietta {

NoteContext note_context(const std::vector<Section>& sections, const Section& section, FieldKey key) {
  NoteContext context;
  const Section& clips = sections[section.parent];
  if (section.kind != Kind::note || key > field::note::velocity || clips.kind != Kind::clip) return context;
  const Column* lengths = nullptr;
  for (const Column& column : clips.columns)
    if (column.key == field::clip::length && column.ints.size() == clips.rows) lengths = &column;
  for (const Group& group : section.groups)
    context.clip_lengths.push_back(lengths ? lengths->ints[group.parent_row] : 0);
  for (const Column& column : section.columns) {
    if (column.ints.size() != section.rows) continue;
    if (column.key == field::note::start && !context.starts) context.starts = &column.ints;
    if (column.key == field::note::key && !context.keys) context.keys = &column.ints;
  }
  return context;
}

Surroundings surroundings(const Section& section, const NoteContext& context, FieldKey key) {
  Surroundings around{section.groups};
  const Value initial = initial_value(section.kind, key);
  if (const auto* number = std::get_if<int64_t>(&initial)) around.before_first = *number;
  if (context.clip_lengths.empty()) return around;
  if (key > field::note::start) around.starts = context.starts;
  if (key > field::note::key) around.keys = context.keys;
  around.group_ends = &context.clip_lengths;
  return around;
}

}  // namespace arietta
