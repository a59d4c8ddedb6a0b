#include <algorithm>
#include <tuple>

#include "song/codec.h"
#include "song/codec_parts.h"
#include "song/codec_stream.h"
#include "song/ranges.h"
#include "song/words.h"

namespace arietta {
namespace {

class StreamReader {
 public:
  // `coded` is not more than there are bytes.
  StreamReader(Bytes bytes, size_t coded, size_t max_entities)
      : in_(bytes.first(bytes.size() - coded)), answers_(bytes.last(coded)), bytes_(bytes), max_entities_(max_entities) {}

  Result<SongTable> read() {
    const uint8_t version = in_.u8();
    if (!in_.ok() || version == 0) return Error{"This is not an Arietta song: its first byte is not a version.", 0};
    if (version > kSongVersion)
      return Error{"This song needs a newer Arietta: it has format " + std::to_string(version) + ", and this one reads up to " +
                       std::to_string(kSongVersion) + ".", 0};
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
      if (counts[i] < 0 || counts[i] > int64_t(kMaxSongEntities)) return in_.fail();
      if (next.rows > max_entities_) return;         // more than will be paid for
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
      size_t at = 0;
      const auto next = [&] { return answers_.answers() > kMaxAnswers ? 0 : model.code(answers_, hints[at++], 0); };
      if (in_.ok()) column.ints = unfold_ints(next, {inner, unit}, count, around);
      if (column.ints.empty() || answers_.answers() > kMaxAnswers) in_.fail();
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
  AnswerReader answers_;
  Bytes bytes_;
  size_t max_entities_;
  SongTable table_;
  Error error_;
  size_t entities_ = 0, values_ = 0;
};

}  // namespace

Result<SongTable> read_stream(Bytes bytes, size_t coded, size_t max_entities) {
  return StreamReader(bytes, std::min(coded, bytes.size()), max_entities).read();
}

}  // namespace arietta
