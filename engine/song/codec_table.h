// A song laid out for writing: one section for each kind of child, one column for each field. Between the document,
// which knows ids and stamps, and the bytes, which know neither.   [main]
#pragma once
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "song/codec_columns.h"
#include "song/document.h"

namespace arietta {

struct Column {
  FieldKey key = 0;
  FieldType type = FieldType::kInt;
  std::vector<uint32_t> rows;          // which rows have a value; empty: all
  std::vector<int64_t> ints;           // one of the three is filled
  std::vector<double> reals;
  std::vector<std::string> texts;

  size_t size() const { return ints.size() + reals.size() + texts.size(); }
};

struct Section {
  Kind kind = Kind::none;
  uint32_t parent = 0;                 // the section its parents are in
  uint32_t rows = 0;
  std::vector<Group> groups;           // parents that have any, ascending
  std::vector<Column> columns;         // by key
};

// Section 0 is the song itself, one row. Parents stand before their children.
struct SongTable {
  std::vector<Section> sections;
  std::map<Kind, uint32_t> first_of;   // the first section of each kind

  void add(Section section) {
    first_of.try_emplace(section.kind, uint32_t(sections.size()));
    sections.push_back(std::move(section));
  }
  // The section a kind's parents are normally in: the first of the kind that the schema names, else the song.
  uint32_t usual_parent(Kind kind) const;
};

// Songs that are equal give equal tables: tracks in their order, all else by place, then by what it says.
SongTable table_of(const Document&);

// Ids are given in the order of the table, actor 0. The error names what a field cannot hold.
Result<Document> document_of(const SongTable&, uint32_t actor, size_t max_title_characters);

// "the notes' velocity", "the tracks' field 31": for error sentences.
std::string describe(Kind kind, FieldKey key);

}  // namespace arietta
