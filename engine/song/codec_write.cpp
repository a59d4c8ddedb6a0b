#include "song/codec.h"
#include "song/codec_parts.h"
#include "song/codec_stream.h"

namespace arietta {
namespace {

// Shorter columns are not worth coding: the model has not learnt anything before they end.
constexpr size_t kLeastCoded = 4;
// How many of the ways to guess are tried out; for long columns the estimate has to do.
constexpr size_t tries_for(size_t values) { return values <= 1000 ? 5 : values <= 20'000 ? 2 : 1; }

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
    out_.u8(kSongVersion);
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
    out_.bytes().resize(std::max(out_.size(), least_bytes(entities, values)));
    const bool readable = answers_.answers() <= kMaxAnswers;
    const std::vector<uint8_t> coded = answers_.finish();
    out_.raw(coded);
    return {out_.release(), coded.size(), readable};
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

}  // namespace

Stream write_stream(const SongTable& table, Writing writing) { return StreamWriter(table, writing).write(); }

}  // namespace arietta
