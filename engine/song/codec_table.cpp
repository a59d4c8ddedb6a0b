#include "song/codec_table.h"

#include <algorithm>
#include <map>

#include "song/fractional.h"
#include "song/ranges.h"

namespace arietta {
namespace {

// Fields that say something, in key order: what siblings at the same place are told apart by.
std::vector<std::pair<FieldKey, const Value*>> content_of(const Entity& entity) {
  std::vector<std::pair<FieldKey, const Value*>> content;
  for (const Field& field : entity.fields)
    if (is_content(entity.kind, field)) content.emplace_back(field.key, &field.value);
  return content;
}

int compare_content(const Entity& a, const Entity& b) {
  const auto fa = content_of(a), fb = content_of(b);
  for (size_t i = 0; i < std::min(fa.size(), fb.size()); ++i) {
    if (fa[i].first != fb[i].first) return fa[i].first < fb[i].first ? -1 : 1;
    if (*fa[i].second != *fb[i].second) return *fa[i].second < *fb[i].second ? -1 : 1;
  }
  return fa.size() == fb.size() ? 0 : fa.size() < fb.size() ? -1 : 1;
}

bool same_place(const Entity& a, const Entity& b) {
  const FieldKey place = a.kind == Kind::device ? field::device::position : FieldKey(2);
  return a.integer(place) == b.integer(place) &&
         (a.kind != Kind::note || a.integer(field::note::key) == b.integer(field::note::key));
}

// Ids decide between siblings at one place on the screen; here it is what they are, so that ids leave no trace.
void append_canonical(const Document& document, Id parent, Kind kind, std::vector<Id>& out) {
  const std::vector<Id>& ids = document.children(parent, kind);
  const size_t first = out.size();
  out.insert(out.end(), ids.begin(), ids.end());
  if (kind == Kind::track) return;
  const auto entity = [&](Id id) -> const Entity& { return *document.find(id); };
  for (size_t begin = first, end; begin < out.size(); begin = end) {
    end = begin + 1;
    while (end < out.size() && same_place(entity(out[begin]), entity(out[end]))) ++end;
    if (end - begin == 1) continue;
    const bool has_children = std::any_of(out.begin() + long(begin), out.begin() + long(end),
                                          [&](Id id) { return !document.child_kinds(id).empty(); });
    std::map<Id, uint64_t> hashes;
    if (has_children)
      for (size_t i = begin; i < end; ++i) hashes[out[i]] = document.content_hash(out[i]);
    std::sort(out.begin() + long(begin), out.begin() + long(end), [&](Id a, Id b) {
      const int order = compare_content(entity(a), entity(b));
      if (order != 0 || !has_children) return order < 0;
      return hashes[a] < hashes[b];
    });
  }
}

FieldType type_of(const Value& value) {
  return value.index() == 0 ? FieldType::kInt : value.index() == 1 ? FieldType::kReal : FieldType::kText;
}

void push(Column& column, const Value& value) {
  if (const auto* i = std::get_if<int64_t>(&value)) column.ints.push_back(*i);
  else if (const auto* d = std::get_if<double>(&value)) column.reals.push_back(*d);
  else column.texts.push_back(*std::get_if<std::string>(&value));
}

// A known field that many rows have is written for all; the others get its default.
void fill(Column& column, Kind kind, uint32_t rows, bool always) {
  const bool many = find_field(kind, column.key) && column.rows.size() * 4 >= rows;
  if (column.rows.size() < rows && (many || always)) {
    Column full{column.key, column.type, {}, {}, {}, {}};
    const Value initial = initial_value(kind, column.key);
    size_t next = 0;
    for (uint32_t row = 0; row < rows; ++row) {
      const bool has = next < column.rows.size() && column.rows[next] == row;
      if (!has) push(full, initial);
      else if (column.type == FieldType::kInt) full.ints.push_back(column.ints[next++]);
      else if (column.type == FieldType::kReal) full.reals.push_back(column.reals[next++]);
      else full.texts.push_back(std::move(column.texts[next++]));
    }
    column = std::move(full);
  }
  if (column.rows.size() == rows) column.rows.clear();
}

// Where the order of rows says a number, as it says the order of tracks: a device's place in the chain, a parameter's
// index. Such a column is left out when it just counts.
FieldKey counting_field(Kind kind) {
  return kind == Kind::device ? field::device::position : kind == Kind::param ? field::param::index : FieldKey(0);
}

std::vector<int64_t> counted(const Section& section) {
  std::vector<int64_t> numbers;
  for (const Group& group : section.groups)
    for (uint32_t i = 0; i < group.count; ++i) numbers.push_back(i);
  return numbers;
}

void collect_columns(const Document& document, const std::vector<Id>& ids, Section& section) {
  std::map<std::pair<FieldKey, FieldType>, Column> columns;
  if (const FieldKey key = counting_field(section.kind)) columns[{key, FieldType::kInt}].key = key;
  for (uint32_t row = 0; row < ids.size(); ++row) {
    for (const auto& [key, value] : content_of(*document.find(ids[row]))) {
      const FieldType type = type_of(*value);
      Column& column = columns.try_emplace({key, type}, Column{key, type, {}, {}, {}, {}}).first->second;
      column.rows.push_back(row);
      push(column, *value);
    }
  }
  for (auto& [key, column] : columns) {
    const bool counts = key.first == counting_field(section.kind);
    fill(column, section.kind, section.rows, counts);
    if (counts && column.ints == counted(section)) continue;
    section.columns.push_back(std::move(column));
  }
}

Value value_at(const Column& column, size_t i) {
  if (column.type == FieldType::kInt) return column.ints[i];
  if (column.type == FieldType::kReal) return column.reals[i];
  return column.texts[i];
}

}  // namespace

SongTable table_of(const Document& document) {
  SongTable table;
  std::vector<std::vector<Id>> ids{{kSongId}};
  table.add({Kind::song, 0, 1, {{0, 0, 1}}, {}});
  for (uint32_t s = 0; s < table.sections.size(); ++s) {
    collect_columns(document, ids[s], table.sections[s]);
    struct Family { std::vector<Id> ids; std::vector<Group> groups; };
    std::map<Kind, Family> families;
    for (uint32_t row = 0; row < ids[s].size(); ++row) {
      for (const Kind kind : document.child_kinds(ids[s][row])) {
        Family& family = families[kind];
        const uint32_t first = uint32_t(family.ids.size());
        append_canonical(document, ids[s][row], kind, family.ids);
        const uint32_t count = uint32_t(family.ids.size()) - first;
        if (count > 0) family.groups.push_back({row, first, count});
      }
    }
    for (auto& [kind, family] : families) {
      if (family.ids.empty()) continue;
      table.add({kind, s, uint32_t(family.ids.size()), std::move(family.groups), {}});
      ids.push_back(std::move(family.ids));
    }
  }
  return table;
}

Result<Document> document_of(const SongTable& table, uint32_t actor, size_t max_title_characters) {
  Document document(actor);
  const Stamp stamp = make_stamp(1, 0);
  std::vector<Id> first_id;
  Id next_id = kSongId;
  for (const Section& section : table.sections) {
    const Id first = next_id;
    first_id.push_back(first);
    next_id += section.rows;
    if (section.kind != Kind::song) {
      for (const Group& group : section.groups) {
        const Id parent = first_id[section.parent] + group.parent_row;
        for (Id id = first + group.first; id < first + group.first + group.count; ++id) {
          document.apply({id, section.kind, field::alive, int64_t(1), stamp});
          document.apply({id, section.kind, field::parent, int64_t(parent), stamp});
        }
      }
    }
    if (section.kind == Kind::track)
      for (uint32_t row = 0; row < section.rows; ++row)
        document.apply({first + row, Kind::track, field::track::order, order_key(row, section.rows), stamp});
    const FieldKey counting = counting_field(section.kind);
    const bool says = std::any_of(section.columns.begin(), section.columns.end(),
                                  [&](const Column& column) { return column.key == counting; });
    if (counting && !says) {
      const std::vector<int64_t> numbers = counted(section);
      for (uint32_t row = 0; row < section.rows; ++row)
        document.apply({first + row, section.kind, counting, numbers[row], stamp});
    }
    for (const Column& column : section.columns) {
      if (column.key <= field::parent || (section.kind == Kind::track && column.key == field::track::order)) continue;
      for (size_t i = 0; i < column.size(); ++i) {
        const uint32_t row = column.rows.empty() ? uint32_t(i) : column.rows[i];
        Value value = value_at(column, i);
        if (!clean_value(section.kind, column.key, value))
          return Error{"This song says something that cannot be: a value of " + describe(section.kind, column.key) +
                       " is not of the right type."};
        if (section.kind == Kind::song && column.key == field::song::title)
          value = first_characters(*std::get_if<std::string>(&value), max_title_characters);
        if (value == initial_value(section.kind, column.key)) continue;
        document.apply({first + row, section.kind, column.key, std::move(value), stamp});
      }
    }
  }
  return document;
}

uint32_t SongTable::usual_parent(Kind kind) const {
  const KindInfo* info = find_kind(kind);
  const auto at = info ? first_of.find(info->parent) : first_of.end();
  return at == first_of.end() ? 0 : at->second;
}

std::string describe(Kind kind, FieldKey key) {
  const KindInfo* kind_info = find_kind(kind);
  const FieldInfo* field_info = find_field(kind, key);
  const std::string whose = kind_info ? "the " + std::string(kind_info->name) + "s'" : "kind " + std::to_string(int(kind)) + "'s";
  return whose + " " + (field_info ? std::string(field_info->name) : "field " + std::to_string(key));
}

}  // namespace arietta
