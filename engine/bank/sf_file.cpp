#include "bank/sf_file.h"

#include <algorithm>
#include <cstring>

#include "base/bytes.h"

namespace arietta {
namespace {

uint16_t u16_at(Bytes bytes, size_t at) { return uint16_t(bytes[at] | bytes[at + 1] << 8); }
uint32_t u32_at(Bytes bytes, size_t at) { return u16_at(bytes, at) | uint32_t(u16_at(bytes, at + 2)) << 16; }

std::string_view as_text(Bytes bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

struct Chunk {
  std::string_view id;
  Bytes body;
  size_t at;         // of its header, in the list that holds it
  size_t declared;   // bytes it says it has
};

// Takes the next chunk off `bytes`. Chunks start at even places, with a zero byte between; some published banks
// lack that byte, which shows because an id never begins with zero.
bool next_chunk(Bytes bytes, size_t& at, Chunk& chunk) {
  if (bytes.size() - at < 8) return false;
  chunk.at = at;
  chunk.id = as_text(bytes.subspan(at, 4));
  chunk.declared = u32_at(bytes, at + 4);
  at += 8;
  chunk.body = bytes.subspan(at, std::min(chunk.declared, bytes.size() - at));
  at += chunk.body.size();
  if (chunk.declared % 2 && at < bytes.size() && bytes[at] == 0) ++at;
  return true;
}

std::string number(size_t n) { return std::to_string(n); }

}  // namespace

std::string_view SfFile::text(Bytes padded) {
  const std::string_view all = as_text(padded);
  return all.substr(0, all.find('\0'));
}

Bytes& SfFile::chunk_named(std::string_view id) {
  struct Place { const char* id; Bytes SfFile::* chunk; };
  static constexpr Place kPlaces[] = {
      {"INAM", &SfFile::info_name_}, {"ICOP", &SfFile::info_copyright_}, {"smpl", &SfFile::smpl_},
      {"phdr", &SfFile::phdr_}, {"pbag", &SfFile::pbag_}, {"pmod", &SfFile::pmod_}, {"pgen", &SfFile::pgen_},
      {"inst", &SfFile::inst_}, {"ibag", &SfFile::ibag_}, {"imod", &SfFile::imod_}, {"igen", &SfFile::igen_},
      {"shdr", &SfFile::shdr_}};
  for (const Place& place : kPlaces)
    if (id == place.id) return this->*place.chunk;
  return ignored_;
}

bool SfFile::read_list(Bytes list, size_t list_at, Error& error) {
  size_t at = 4;   // after the list's own type
  Chunk chunk;
  while (next_chunk(list, at, chunk)) {
    if (chunk.body.size() < chunk.declared) {
      error = {"This SoundFont is cut off: its \"" + std::string(chunk.id) + "\" part says it has " +
                   number(chunk.declared) + " bytes, but only " + number(chunk.body.size()) + " are left.",
               int64_t(list_at + chunk.at)};
      return false;
    }
    chunk_named(chunk.id) = chunk.body;
  }
  return true;
}

Result<SfFile> SfFile::open(Bytes file) {
  if (file.size() < 12 || as_text(file.subspan(0, 4)) != "RIFF")
    return Error{"This is not a SoundFont: it does not begin with \"RIFF\".", 0};
  if (as_text(file.subspan(8, 4)) != "sfbk")
    return Error{"This is not a SoundFont: it is a RIFF file of another kind (\"" +
                     std::string(as_text(file.subspan(8, 4))) + "\" where \"sfbk\" should stand).", 8};
  SfFile font;
  Error error;
  size_t at = 12;
  Chunk chunk;
  while (next_chunk(file, at, chunk)) {
    if (chunk.id != "LIST" || chunk.body.size() < 4) continue;
    if (as_text(chunk.body.subspan(0, 4)) == "INFO") font.info_ = chunk.body;
    if (!font.read_list(chunk.body, chunk.at + 8, error)) return error;
    if (chunk.body.size() < chunk.declared)
      return Error{"This SoundFont is cut off: its list \"" + std::string(as_text(chunk.body.subspan(0, 4))) +
                       "\" says it has " + number(chunk.declared) + " bytes, but only " +
                       number(chunk.body.size()) + " are left.", int64_t(chunk.at)};
  }
  if (!font.check_chunks(error)) return error;
  return font;
}

bool SfFile::check_chunks(Error& error) const {
  struct Table { const char* id; Bytes chunk; uint32_t each; };
  const Table tables[] = {{"phdr", phdr_, kHeaderBytes}, {"pbag", pbag_, kBagBytes},   {"pgen", pgen_, kGenBytes},
                          {"inst", inst_, kInstBytes},   {"ibag", ibag_, kBagBytes},   {"igen", igen_, kGenBytes},
                          {"shdr", shdr_, kSampleBytes}, {"pmod", pmod_, kModBytes},   {"imod", imod_, kModBytes}};
  for (const Table& table : tables) {
    const bool may_be_absent = table.each == kModBytes;
    if (table.chunk.empty() && may_be_absent) continue;
    if (table.chunk.size() < table.each) {
      error.message = "This SoundFont has no \"" + std::string(table.id) + "\" table, so its instruments cannot be found.";
      return false;
    }
    if (table.chunk.size() % table.each) {
      error.message = "This SoundFont is damaged: its \"" + std::string(table.id) + "\" table has " +
                      number(table.chunk.size()) + " bytes, which is not a whole number of entries of " +
                      number(table.each) + " bytes.";
      return false;
    }
  }
  return check_bags(SfLevel::kPreset, error) && check_bags(SfLevel::kInstrument, error);
}

// Every entry of the owner table points to its first zone, every zone to its first generator and modulator; each
// must rise and stay inside the next table. The last entry of each table only marks the end.
bool SfFile::check_bags(SfLevel level, Error& error) const {
  const bool is_preset = level == SfLevel::kPreset;
  const uint32_t owners = is_preset ? preset_count() : instrument_count();
  const uint32_t bag_count = records(bags(level), kBagBytes);
  const std::string what = is_preset ? "preset " : "instrument ";
  for (uint32_t i = 0; i < owners; ++i) {
    const SfRange range = zones(level, i);
    if (range.first > range.last || range.last >= bag_count) {
      error.message = "This SoundFont is damaged: the zones of " + what + number(i + 1) + " lie outside the " +
                      number(bag_count) + " zones it has.";
      return false;
    }
  }
  const uint32_t gen_count = records(gens(level), kGenBytes), mod_count = records(mods(level), kModBytes);
  for (uint32_t zone = 0; zone + 1 < bag_count; ++zone) {
    const SfRange gen = generators(level, zone), mod = modulators(level, zone);
    const bool mods_fit = mods(level).empty() || (mod.first <= mod.last && mod.last <= mod_count);
    if (gen.first > gen.last || gen.last > gen_count || !mods_fit) {
      error.message = "This SoundFont is damaged: " + what + "zone " + number(zone + 1) +
                      " points outside its table of settings.";
      return false;
    }
  }
  return true;
}

SfPreset SfFile::preset(uint32_t index) const {
  const Bytes entry = preset_record(index);
  return {std::string(text(entry.subspan(0, 20))), u16_at(entry, 20), u16_at(entry, 22)};
}

SfSample SfFile::sample(uint32_t index) const {
  const Bytes entry = sample_record(index);
  return {text(entry.subspan(0, 20)), u32_at(entry, 20), u32_at(entry, 24), u32_at(entry, 28), u32_at(entry, 32),
          u32_at(entry, 36), entry[40], int8_t(entry[41]), u16_at(entry, 42), u16_at(entry, 44)};
}

SfRange SfFile::zones(SfLevel level, uint32_t owner) const {
  const bool is_preset = level == SfLevel::kPreset;
  const Bytes table = is_preset ? phdr_ : inst_;
  const uint32_t each = is_preset ? kHeaderBytes : kInstBytes, field = is_preset ? 24 : 20;
  return {u16_at(table, owner * each + field), u16_at(table, (owner + 1) * each + field)};
}

SfRange SfFile::generators(SfLevel level, uint32_t zone) const {
  return {u16_at(bags(level), zone * kBagBytes), u16_at(bags(level), (zone + 1) * kBagBytes)};
}

SfRange SfFile::modulators(SfLevel level, uint32_t zone) const {
  if (mods(level).empty()) return {0, 0};
  return {u16_at(bags(level), zone * kBagBytes + 2), u16_at(bags(level), (zone + 1) * kBagBytes + 2)};
}

SfGenerator SfFile::generator(SfLevel level, uint32_t index) const {
  const Bytes table = gens(level);
  return {u16_at(table, index * kGenBytes), int16_t(u16_at(table, index * kGenBytes + 2))};
}

SfModulator SfFile::modulator(SfLevel level, uint32_t index) const {
  const Bytes entry = mods(level).subspan(index * kModBytes, kModBytes);
  return {u16_at(entry, 0), u16_at(entry, 2), int16_t(u16_at(entry, 4)), u16_at(entry, 6), u16_at(entry, 8)};
}

std::vector<SfPresetName> list_presets(const SfFile& file) {
  std::vector<SfPresetName> list;
  for (uint32_t i = 0; i < file.preset_count(); ++i) {
    const SfPreset preset = file.preset(i);
    list.push_back({preset.bank, preset.program, preset.name});
  }
  std::stable_sort(list.begin(), list.end(), [](const SfPresetName& a, const SfPresetName& b) {
    return a.bank != b.bank ? a.bank < b.bank : a.program < b.program;
  });
  return list;
}

}  // namespace arietta
