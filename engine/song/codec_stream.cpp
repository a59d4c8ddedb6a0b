#include "song/codec_stream.h"

#include <algorithm>
#include <tuple>

#include "song/codec.h"
#include "song/ranges.h"
#include "song/words.h"

namespace arietta {
namespace {

// A song of equal rows is a handful of bytes however many rows there are. So that bytes bound memory all the same, a
// stream has at least one byte for every sixteen entities, and for every 128 values, beyond the first few thousand; the
// writer fills up with zeros, which deflate to nothing.
constexpr size_t kFreeEntities = 4096, kEntitiesPerByte = 16, kValuesPerEntity = 8;
size_t least_bytes(size_t entities, size_t values) {
  const size_t least = std::max(entities, values / kValuesPerEntity);
  return least > kFreeEntities ? (least - kFreeEntities) / kEntitiesPerByte : 0;
}

// Shorter columns are not worth coding: the model has not learnt anything before they end.
constexpr size_t kLeastCoded = 4;
// How many of the ways to guess are tried out; for long columns the estimate has to do.
constexpr size_t tries_for(size_t values) { return values <= 1000 ? 5 : values <= 20'000 ? 2 : 1; }

// Low bits of a section's head; the kind is above them.
constexpr uint64_t kUnusualParent = 1, kOneEach = 2;

// Columns of notes look at those before them and at their clips.
struct NoteContext {
  const std::vector<int64_t>* starts = nullptr;
  const std::vector<int64_t>* keys = nullptr;
  std::vector<int64_t> clip_lengths;
};

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

// ---- Writing

void write_rows(ByteWriter& out, const std::vector<uint32_t>& rows) {
  out.varint(rows.size());
  uint32_t next = 0;
  for (const uint32_t row : rows) {
    out.varint(row - next);
    next = row + 1;
  }
}

void write_texts(ByteWriter& out, const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    out.varint(text.size());
    out.text(text);
  }
}

// How many children each parent has.
void write_counts(ByteWriter& out, const Section& section, uint32_t parents) {
  std::vector<int64_t> counts;
  std::vector<uint32_t> rows;
  const bool dense = section.groups.size() * 4 >= parents;
  if (dense) counts.resize(parents);
  for (const Group& group : section.groups) {
    if (dense) {
      counts[group.parent_row] = group.count;
    } else {
      rows.push_back(group.parent_row);
      counts.push_back(group.count);
    }
  }
  const Group all{0, 0, uint32_t(counts.size())};
  const Surroundings around{{&all, 1}};
  const Choice choice = int_choices(Kind::none, 0, counts, around)[0];
  if (!dense) {
    out.u8(uint8_t(Form::some));
    write_rows(out, rows);
  }
  out.u8(uint8_t(choice.form));
  write_ints(out, counts, around, choice);
}

class StreamWriter {
 public:
  StreamWriter(const SongTable& table, Writing writing) : table_(table), sections_(table.sections), writing_(writing) {}

  Stream write() {
    size_t entities = 0, values = 0;
    for (uint32_t s = 0; s < sections_.size(); ++s) {
      const Section& section = sections_[s];
      if (s > 0) write_head(section);
      for (const Column& column : section.columns) write_column(section, column);
      out_.u8(0);
      entities += section.rows;
      values += section.groups.size();
      for (const Column& column : section.columns) values += column.size();
    }
    out_.u8(0);

    const std::vector<uint8_t> coded = answers_.finish();
    ByteWriter all;
    all.u8(kSongVersion);
    all.varint(coded.size());
    all.raw(out_.bytes());
    all.bytes().resize(std::max(all.size(), least_bytes(entities, values)));
    all.raw(coded);
    return {all.release(), coded.size()};
  }

 private:
  void write_head(const Section& section) {
    const uint32_t parents = sections_[section.parent].rows;
    const bool unusual = section.parent != table_.usual_parent(section.kind);
    const bool one_each = section.rows == parents && section.groups.size() == parents;
    out_.varint(uint64_t(section.kind) << 2 | uint64_t(one_each ? kOneEach : 0) | uint64_t(unusual ? kUnusualParent : 0));
    if (unusual) out_.varint(section.parent);
    if (!one_each) write_counts(out_, section, parents);
  }

  void write_column(const Section& section, const Column& column) {
    const NoteContext context = note_context(sections_, section, column.key);
    const Group some{0, 0, uint32_t(column.size())};
    Surroundings around = surroundings(section, context, column.key);
    if (!column.rows.empty()) around = {{&some, 1}, around.before_first};

    const bool coded = writing_ == Writing::kShort && column.ints.size() >= kLeastCoded;
    Choice choice{Form::text};
    if (column.type == FieldType::kInt) choice = pick(section, column, around, coded);
    if (column.type == FieldType::kReal) choice = {real_form(column.reals)};

    const bool differs = choice.form != Form::same && choice.form != Form::ordinal;
    const Form form = coded && differs ? Form::coded : choice.form;
    const auto write_name = [&](Form first) { out_.varint(uint64_t(column.key) << 4 | uint64_t(first)); };
    if (column.rows.empty()) {
      write_name(form);
    } else {
      write_name(Form::some);
      write_rows(out_, column.rows);
      out_.u8(uint8_t(form));
    }
    if (column.type == FieldType::kReal) return write_reals(out_, column.reals, form);
    if (column.type == FieldType::kText) return write_texts(out_, column.texts);
    if (form != Form::coded) return write_ints(out_, column.ints, around, choice);
    out_.u8(uint8_t(choice.form));
    out_.varint(choice.unit);
    write_coded(section.kind, column, around, choice, answers_);
  }

  static void write_coded(Kind kind, const Column& column, const Surroundings& around, Choice choice, AnswerWriter& answers) {
    const std::vector<uint64_t> numbers = fold_ints(column.ints, around, choice);
    const std::vector<Hints> hints = hints_for(kind, column.key, numbers.size(), around);
    NumberModel model(numbers.size());
    for (size_t i = 0; i < numbers.size(); ++i) model.code(answers, hints[i], numbers[i]);
  }

  static Choice pick(const Section& section, const Column& column, const Surroundings& around, bool coded) {
    const std::vector<Choice> choices = int_choices(section.kind, column.key, column.ints, around);
    const size_t tries = coded ? std::min(choices.size(), tries_for(column.ints.size())) : 1;
    if (tries == 1) return choices[0];
    size_t best = 0, best_size = SIZE_MAX;
    for (size_t i = 0; i < tries; ++i) {
      AnswerWriter trial;
      write_coded(section.kind, column, around, choices[i], trial);
      if (const size_t size = trial.finish().size(); size < best_size) {
        best = i;
        best_size = size;
      }
    }
    return choices[best];
  }

  const SongTable& table_;
  const std::vector<Section>& sections_;
  Writing writing_;
  ByteWriter out_;
  AnswerWriter answers_;
};

// ---- Reading

class StreamReader {
 public:
  StreamReader(Bytes bytes, size_t max_entities) : in_(bytes), bytes_(bytes), max_entities_(max_entities) {}

  Result<SongTable> read() {
    const uint8_t version = in_.u8();
    if (!in_.ok() || version == 0) return Error{"This is not an Arietta song: its first byte is not a version.", 0};
    if (version > kSongVersion)
      return Error{"This song needs a newer Arietta: it has format " + std::to_string(version) + ", and this one reads up to " +
                       std::to_string(kSongVersion) + ".", 0};
    const uint64_t coded = in_.varint();
    if (!in_.ok() || coded > in_.left()) return Error{"This song is cut off: its end is missing.", int64_t(bytes_.size())};
    const size_t began = in_.position();
    in_ = ByteReader(bytes_.subspan(0, bytes_.size() - size_t(coded)));
    in_.skip(began);
    answers_ = AnswerReader(bytes_.last(size_t(coded)));
    table_.add({Kind::song, 0, 1, {{0, 0, 1}}, {}});
    entities_ = 1;
    read_columns();
    while (ok()) {
      const uint64_t head = in_.varint();
      if (head == 0) break;
      if (read_head(head)) read_columns();
    }
    for (const size_t rest = in_.position(); ok() && !in_.at_end();)
      if (in_.u8() != 0) fail("This song has something after its end.", rest);
    if (error_.message.empty() && !in_.ok()) fail("This song is cut off: its end is missing.", bytes_.size());
    if (!error_.message.empty()) return error_;
    return std::move(table_);
  }

 private:
  bool ok() const { return in_.ok() && error_.message.empty(); }
  Section& section() { return table_.sections.back(); }

  void fail(std::string sentence, size_t offset) {
    if (error_.message.empty()) error_ = {std::move(sentence), int64_t(offset)};
  }
  // To be called after each part; `what` stands in the sentence when the part was not all there.
  bool check(const std::string& what, size_t began) {
    if (!in_.ok()) fail("This song is damaged: " + what + ", from byte " + with_commas(began) + " on, cannot be read.", began);
    return ok();
  }
  bool pay(size_t entities, size_t values, size_t offset) {
    entities_ += entities;
    values_ += values;
    if (entities_ > max_entities_ || values_ / kValuesPerEntity > max_entities_)
      fail("This song is too big: it has more than " + with_commas(max_entities_) + " parts.", offset);
    else if (least_bytes(entities_, values_) > bytes_.size())
      fail("This song is damaged: it says it has more in it than its " + with_commas(bytes_.size()) + " bytes can hold.", offset);
    return ok();
  }

  // Kind, parents and how many children each has. False when there was an error.
  bool read_head(uint64_t head) {
    const size_t began = in_.position();
    Section next;
    const uint64_t kind = head >> 2;
    next.kind = Kind(uint16_t(kind));
    next.parent = table_.usual_parent(next.kind);
    if (head & kUnusualParent) next.parent = uint32_t(std::min<uint64_t>(in_.varint(), UINT32_MAX));
    if (kind > UINT16_MAX || next.kind == Kind::song || next.parent >= table_.sections.size()) in_.fail();
    if (!check("the list of what it is made of", began)) return false;
    if (head & kOneEach) {
      next.rows = table_.sections[next.parent].rows;
      for (uint32_t row = 0; row < next.rows; ++row) next.groups.push_back({row, row, 1});
    } else {
      read_counts(next);
    }
    if (!check("how many parts of kind " + std::to_string(kind) + " there are", began)) return false;
    if (!pay(next.rows, next.groups.size(), began)) return false;
    table_.add(std::move(next));
    return true;
  }

  void read_counts(Section& next) {
    const uint32_t parents = table_.sections[next.parent].rows;
    std::vector<uint32_t> rows;
    Form form = Form(in_.u8());
    const bool some = form == Form::some;
    if (some) {
      rows = read_rows(parents);
      form = Form(in_.u8());
    }
    const Group all{0, 0, some ? uint32_t(rows.size()) : parents};
    const std::vector<int64_t> counts = read_ints(in_, form, all.count, {{&all, 1}});
    if (!in_.ok()) return;
    for (size_t i = 0; i < counts.size(); ++i) {
      if (counts[i] < 0 || counts[i] > int64_t(max_entities_) || next.rows > max_entities_) return in_.fail();
      if (counts[i] == 0) continue;
      next.groups.push_back({some ? rows[i] : uint32_t(i), next.rows, uint32_t(counts[i])});
      next.rows += uint32_t(counts[i]);
    }
    if (next.rows == 0) in_.fail();
  }

  std::vector<uint32_t> read_rows(uint32_t rows) {
    std::vector<uint32_t> which;
    const uint64_t count = in_.varint();
    if (count == 0 || count > rows || count > in_.left()) { in_.fail(); return which; }
    which.reserve(count);
    uint64_t next = 0;
    for (uint64_t i = 0; i < count; ++i) {
      const uint64_t skip = in_.varint();
      if (skip >= rows - std::min<uint64_t>(next, rows)) { in_.fail(); return {}; }
      which.push_back(uint32_t(next + skip));
      next += skip + 1;
    }
    return which;
  }

  void read_columns() {
    while (ok()) {
      const size_t began = in_.position();
      const uint64_t head = in_.varint();
      if (head == 0 && in_.ok()) return;
      if (head >> 4 > UINT16_MAX || head >> 4 <= field::parent) in_.fail();
      const FieldKey key = FieldKey(head >> 4);
      if (in_.ok()) read_column(key, Form(head & 15), began);
      check(in_.ok() || head >> 4 <= UINT16_MAX ? describe(section().kind, key) : "its list of fields", began);
    }
  }

  void read_column(FieldKey key, Form form, size_t began) {
    Column column;
    column.key = key;
    const NoteContext context = note_context(table_.sections, section(), key);
    Surroundings around = surroundings(section(), context, key);
    Group some{0, 0, 0};
    size_t count = section().rows;
    if (form == Form::some) {
      column.rows = read_rows(section().rows);
      count = column.rows.size();
      some.count = uint32_t(count);
      around = {{&some, 1}, around.before_first};
      form = Form(in_.u8());
    }
    if (!in_.ok() || !pay(0, count, began)) return;
    if (form <= Form::per_key) {
      column.ints = read_ints(in_, form, count, around);
    } else if (form == Form::coded) {
      const Form inner = Form(in_.u8());
      const uint64_t unit = in_.varint();
      const std::vector<Hints> hints = hints_for(section().kind, key, count, around);
      NumberModel model(count);
      size_t next = 0;
      if (in_.ok()) column.ints = unfold_ints([&] { return model.code(answers_, hints[next++], 0); }, {inner, unit}, count, around);
      if (column.ints.empty()) in_.fail();
    } else if (form == Form::decimal || form == Form::f64) {
      column.type = FieldType::kReal;
      column.reals = read_reals(in_, form, count);
    } else if (form == Form::text) {
      column.type = FieldType::kText;
      read_texts(column, count);
    } else {
      in_.fail();
    }
    // One column for a field and a type, in order; so hostile bytes cannot make us look at one field again and again.
    std::vector<Column>& columns = section().columns;
    if (!columns.empty() && std::tie(columns.back().key, columns.back().type) >= std::tie(column.key, column.type)) in_.fail();
    if (in_.ok()) columns.push_back(std::move(column));
  }

  void read_texts(Column& column, size_t count) {
    if (count > in_.left()) return in_.fail();
    column.texts.reserve(count);
    for (size_t i = 0; i < count && in_.ok(); ++i) {
      const uint64_t length = in_.varint();
      if (length > kMaxTextBytes) return in_.fail();
      column.texts.emplace_back(in_.text(size_t(length)));
    }
  }

  ByteReader in_;
  AnswerReader answers_{Bytes()};
  Bytes bytes_;
  size_t max_entities_;
  SongTable table_;
  Error error_;
  size_t entities_ = 0, values_ = 0;
};

}  // namespace

Stream write_stream(const SongTable& table, Writing writing) { return StreamWriter(table, writing).write(); }

Result<SongTable> read_stream(Bytes bytes, size_t max_entities) { return StreamReader(bytes, max_entities).read(); }

}  // namespace arietta
