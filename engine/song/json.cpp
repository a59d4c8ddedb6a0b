#include "song/json.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "song/codec.h"
#include "song/fractional.h"
#include "song/ranges.h"
#include "song/words.h"

namespace arietta {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kMark = "arietta", kUnknown = "unknown", kOthers = "others", kKindNumber = "kind";
constexpr int kJsonVersion = 1;
constexpr int kMaxNesting = 64;          // ours need a quarter of it
// The first numbers of every kind are written even when they are the default: a note has a start, a length, a key
// and a velocity for everybody who reads it.
constexpr FieldKey kLastAlwaysWritten = 5;

std::string plural(Kind kind) { return std::string(find_kind(kind)->name) + "s"; }

// The shortest decimal that is this number in single precision, so that 0.3 reads as 0.3.
double readable(double value) {
  if (double(float(value)) != value) return value;
  for (int digits = 6; digits < 9; ++digits) {
    char text[40];
    std::snprintf(text, sizeof text, "%.*g", digits, value);
    const double shorter = std::strtod(text, nullptr);
    if (float(shorter) == float(value)) return shorter;
  }
  return value;
}

// The place in the list says it.
bool is_track_order(const FieldInfo& info) { return info.kind == Kind::track && info.key == field::track::order; }

// ---- Writing

Json value_to_json(const Value& value) {
  if (const auto* i = std::get_if<int64_t>(&value)) return *i;
  if (const auto* d = std::get_if<double>(&value)) return readable(*d);
  return *std::get_if<std::string>(&value);
}

Json entity_to_json(const Document& document, const Entity& entity) {
  Json json = Json::object();
  if (!find_kind(entity.kind)) json[std::string(kKindNumber)] = int(entity.kind);
  for (const FieldInfo& info : kFields) {
    if (info.kind != entity.kind || is_track_order(info)) continue;
    const Value* value = entity.find(info.key);
    const Value initial = initial_value(info.kind, info.key);
    const bool always = info.key <= kLastAlwaysWritten && info.type != FieldType::kText;
    if (always || (value && *value != initial)) json[std::string(info.name)] = value_to_json(value ? *value : initial);
  }
  for (const Field& field : entity.fields)
    if (!find_field(entity.kind, field.key) && is_content(entity.kind, field))
      json[std::string(kUnknown)][std::to_string(field.key)] =
          std::holds_alternative<double>(field.value) ? Json(std::get<1>(field.value)) : value_to_json(field.value);
  for (const Kind kind : document.child_kinds(entity.id)) {
    const std::vector<Id>& ids = document.children(entity.id, kind);
    if (ids.empty()) continue;
    Json& list = json[find_kind(kind) ? plural(kind) : std::string(kOthers)];
    for (const Id id : ids) list.push_back(entity_to_json(document, *document.find(id)));
  }
  return json;
}

// ---- Reading

// Goes over the text once before anything is built: where it is broken, and whether it nests too deeply.
struct Checker : nlohmann::json_sax<Json> {
  int depth = 0;
  bool too_deep = false;
  size_t broken_at = 0;

  bool down() { too_deep = ++depth > kMaxNesting; return !too_deep; }
  bool up() { --depth; return true; }
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return down(); }
  bool key(string_t&) override { return true; }
  bool end_object() override { return up(); }
  bool start_array(std::size_t) override { return down(); }
  bool end_array() override { return up(); }
  bool parse_error(std::size_t at, const std::string&, const nlohmann::detail::exception&) override {
    broken_at = at;
    return false;
  }
};

class JsonReader {
 public:
  explicit JsonReader(uint32_t actor) : document_(actor) {}

  Result<Document> read(const Json& json) {
    read_entity(json, kSongId, Kind::song, "the song");
    if (!error_.message.empty()) return error_;
    return std::move(document_);
  }

 private:
  void fail(std::string sentence) {
    if (error_.message.empty()) error_ = {std::move(sentence)};
  }

  void set(Id id, Kind kind, FieldKey key, Value value) {
    if (value != initial_value(kind, key)) document_.apply({id, kind, key, std::move(value), make_stamp(1, 0)});
  }

  bool value_of(const Json& json, Value& value) {
    if (json.is_boolean()) value = int64_t(json.get<bool>());
    else if (json.is_number_unsigned()) value = int64_t(std::min<uint64_t>(json.get<uint64_t>(), uint64_t(INT64_MAX)));
    else if (json.is_number_integer()) value = json.get<int64_t>();
    else if (json.is_number_float()) value = json.get<double>();
    else if (json.is_string()) value = json.get<std::string>();
    else return false;
    return true;
  }

  void read_field(const Json& json, Id id, Kind kind, FieldKey key, const std::string& place) {
    Value value;
    if (!value_of(json, value) || !clean_value(kind, key, value)) return fail("This song's JSON has a value that cannot be in " + place + ".");
    set(id, kind, key, std::move(value));
  }

  void read_unknown(const Json& json, Id id, Kind kind, const std::string& place) {
    if (!json.is_object()) return fail("This song's JSON has no list of fields in " + place + ".");
    for (const auto& [name, value] : json.items()) {
      const uint64_t key = number_of(name);
      if (key <= field::parent || find_field(kind, FieldKey(key)))
        return fail("This song's JSON has a field \"" + name + "\" that cannot be in " + place + ".");
      read_field(value, id, kind, FieldKey(key), place + "." + name);
    }
  }

  // 0 when it is not a number of a field.
  static uint64_t number_of(const std::string& text) {
    const bool digits = !text.empty() && text.size() <= 5 && text.find_first_not_of("0123456789") == std::string::npos;
    const uint64_t number = digits ? std::strtoull(text.c_str(), nullptr, 10) : 0;
    return number <= UINT16_MAX ? number : 0;
  }

  void read_children(const Json& list, Id parent, Kind kind, const std::string& place) {
    if (!list.is_array()) return fail("This song's JSON should have a list in " + place + ".");
    for (size_t i = 0; i < list.size() && error_.message.empty(); ++i) {
      const std::string child_place = place + "[" + std::to_string(i) + "]";
      Kind child_kind = kind;
      if (kind == Kind::none) {
        const Json& child = list[i];
        const auto number = child.is_object() ? child.find(std::string(kKindNumber)) : child.end();
        if (!child.is_object() || number == child.end() || !number->is_number_unsigned() ||
            number->get<uint64_t>() > UINT16_MAX || number->get<uint64_t>() < 1 || find_kind(Kind(number->get<uint64_t>())))
          return fail("This song's JSON does not say what kind of thing is in " + child_place + ".");
        child_kind = Kind(number->get<uint64_t>());
      }
      if (++next_id_ > kMaxSongEntities)
        return fail("This song's JSON is too big: it has more than " + with_commas(kMaxSongEntities) + " parts.");
      const Id id = next_id_;
      set(id, child_kind, field::alive, int64_t(1));
      set(id, child_kind, field::parent, int64_t(parent));
      if (child_kind == Kind::track) set(id, Kind::track, field::track::order, order_key(i, list.size()));
      read_entity(list[i], id, child_kind, child_place);
    }
  }

  // Names we do not know at all are left alone: people add remarks.
  void read_entity(const Json& json, Id id, Kind kind, const std::string& place) {
    if (!json.is_object()) return fail("This song's JSON should have an object in " + place + ".");
    for (const auto& [name, value] : json.items()) {
      if (!error_.message.empty()) return;
      const std::string inner = id == kSongId ? name : place + "." + name;
      if (name == kUnknown) read_unknown(value, id, kind, inner);
      else if (name == kOthers) read_children(value, id, Kind::none, inner);
      else if (const FieldInfo* info = field_named(kind, name)) read_field(value, id, kind, info->key, inner);
      else if (const Kind child = kind_named(name); child != Kind::none) read_children(value, id, child, inner);
    }
  }

  static const FieldInfo* field_named(Kind kind, const std::string& name) {
    for (const FieldInfo& info : kFields)
      if (info.kind == kind && info.name == name && !is_track_order(info)) return &info;
    return nullptr;
  }
  static Kind kind_named(const std::string& name) {
    for (const KindInfo& info : kKinds)
      if (info.kind != Kind::song && plural(info.kind) == name) return info.kind;
    return Kind::none;
  }

  Document document_;
  Error error_;
  Id next_id_ = kSongId;
};

}  // namespace

std::string song_to_json(const Document& document, bool pretty) {
  Json json;
  json[std::string(kMark)] = kJsonVersion;
  json.update(entity_to_json(document, document.song()));
  return json.dump(pretty ? 2 : -1, ' ', false, Json::error_handler_t::replace);
}

Result<Document> song_from_json(std::string_view text, uint32_t actor) {
  if (text.size() > kMaxSongBytes)
    return Error{"This song's JSON is too big: it has " + with_commas(text.size()) + " bytes, and Arietta opens at most " +
                 with_commas(kMaxSongBytes) + "."};
  Checker checker;
  if (!Json::sax_parse(text.begin(), text.end(), &checker)) {
    if (checker.too_deep) return Error{"This song's JSON is nested too deeply."};
    return Error{"This is not whole JSON: it breaks at character " + with_commas(checker.broken_at) + ".", int64_t(checker.broken_at)};
  }
  const Json json = Json::parse(text.begin(), text.end(), nullptr, false);
  const auto mark = json.is_object() ? json.find(std::string(kMark)) : json.end();
  if (!json.is_object() || mark == json.end() || !mark->is_number_integer())
    return Error{"This JSON is not an Arietta song: it does not begin with {\"arietta\": 1, ...}."};
  if (mark->get<int64_t>() > kJsonVersion)
    return Error{"This song's JSON needs a newer Arietta: it has format " + std::to_string(mark->get<int64_t>()) +
                 ", and this one reads up to " + std::to_string(kJsonVersion) + "."};
  return JsonReader(actor).read(json);
}

}  // namespace arietta
