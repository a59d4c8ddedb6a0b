#include "song/midi_author.h"

#include <algorithm>
#include <cstdio>
#include <numeric>

#include "song/crc32.h"
#include "song/midi_parse.h"

namespace arietta {
namespace {

constexpr std::string_view kMark = "arietta:author ", kNameMark = "arietta:author-name ";
constexpr int kImported = 1, kMostAuthors = 9999;
constexpr size_t kLongestName = 200;
constexpr size_t kLongestMark = 8 * kMaxMidiEvents;      // a run for each note

struct Run { uint64_t count = 0; int author = 0; bool edited = false; };
struct Mark { uint64_t count = 0; uint32_t crc = 0; std::vector<Run> runs; };

std::vector<size_t> order_of(const std::vector<Note>& notes) {
  std::vector<size_t> order(notes.size());
  std::iota(order.begin(), order.end(), size_t(0));
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return notes[a].start != notes[b].start ? notes[a].start < notes[b].start : notes[a].key < notes[b].key;
  });
  return order;
}

uint32_t crc_of_keys(const std::vector<Note>& notes, const std::vector<size_t>& order) {
  std::vector<uint8_t> keys;
  for (const size_t i : order) keys.push_back(uint8_t(notes[i].key));
  return crc32(keys);
}

// Takes a number off the front of `text`; nothing when there is none or it is too large.
std::optional<uint64_t> take_number(std::string_view& text, uint64_t most, int base = 10) {
  uint64_t value = 0;
  size_t digits = 0;
  for (; digits < text.size(); ++digits) {
    const char c = text[digits];
    const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : 99;
    if (digit >= base) break;
    value = value * uint64_t(base) + uint64_t(digit);
    if (value > most) return std::nullopt;
  }
  if (digits == 0) return std::nullopt;
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Mark> read_mark(std::string_view text) {
  if (!text.starts_with(kMark) || text.size() > kLongestMark) return std::nullopt;
  text.remove_prefix(kMark.size());
  Mark mark;
  const auto count = take_number(text, kMaxMidiEvents);
  if (!count || !take(text, ' ')) return std::nullopt;
  const auto crc = take_number(text, 0xffffffffu, 16);
  if (!crc) return std::nullopt;
  mark.count = *count;
  mark.crc = uint32_t(*crc);
  uint64_t covered = 0;
  while (take(text, ' ')) {
    const auto length = take_number(text, mark.count - covered);
    if (!length || *length == 0 || !take(text, '*')) return std::nullopt;
    const auto author = take_number(text, kMostAuthors);
    if (!author) return std::nullopt;
    covered += *length;
    mark.runs.push_back({*length, int(*author), take(text, 'e')});
  }
  if (!text.empty() || covered != mark.count) return std::nullopt;
  return mark;
}

}  // namespace

std::string author_mark(std::vector<Note> notes) {
  for (Note& note : notes)
    if (note.author > kMostAuthors) note.author = kImported;
  const auto usual = [](const Note& note) { return note.author == kImported && !note.edited; };
  if (std::all_of(notes.begin(), notes.end(), usual)) return {};
  const std::vector<size_t> order = order_of(notes);
  char head[48];
  std::snprintf(head, sizeof head, "%zu %08x", notes.size(), unsigned(crc_of_keys(notes, order)));
  std::string out = std::string(kMark) + head;
  for (size_t i = 0; i < order.size();) {
    const Note& first = notes[order[i]];
    size_t end = i;
    while (end < order.size() && notes[order[end]].author == first.author && notes[order[end]].edited == first.edited) ++end;
    out += " " + std::to_string(end - i) + "*" + std::to_string(first.author) + (first.edited ? "e" : "");
    i = end;
  }
  return out;
}

std::string author_name_mark(int number, std::string_view name) {
  return std::string(kNameMark) + std::to_string(number) + " " + std::string(name.substr(0, kLongestName));
}

std::optional<AuthorName> read_author_name(std::string_view text) {
  if (!text.starts_with(kNameMark)) return std::nullopt;
  text.remove_prefix(kNameMark.size());
  const auto number = take_number(text, kMostAuthors);
  if (!number || *number <= kImported || !take(text, ' ') || text.empty() || text.size() > kLongestName) return std::nullopt;
  return AuthorName{int(*number), std::string(text)};
}

bool is_author_mark(std::string_view text) { return read_mark(text) || read_author_name(text); }

bool apply_author_mark(std::string_view text, std::vector<Note>& notes) {
  const auto mark = read_mark(text);
  if (!mark || mark->count != notes.size()) return false;
  const std::vector<size_t> order = order_of(notes);
  if (mark->crc != crc_of_keys(notes, order)) return false;
  size_t i = 0;
  for (const Run& run : mark->runs)
    for (uint64_t left = run.count; left > 0; --left, ++i) {
      notes[order[i]].author = run.author;
      notes[order[i]].edited = run.edited && run.author != 0;
    }
  return true;
}

}  // namespace arietta
