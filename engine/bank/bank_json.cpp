#include "bank/bank_json.h"

#include <cstdio>

namespace arietta {
namespace {

// Bytes of the UTF-8 character at the front of `text`, 0 when it is not one.
size_t utf8_length(std::string_view text) {
  const auto byte = [&](size_t i) { return uint8_t(text[i]); };
  const size_t length = byte(0) < 0x80 ? 1 : byte(0) >= 0xc2 && byte(0) < 0xe0 ? 2 : byte(0) >= 0xe0 && byte(0) < 0xf0 ? 3
                        : byte(0) >= 0xf0 && byte(0) < 0xf5 ? 4 : 0;
  if (!length || text.size() < length) return 0;
  for (size_t i = 1; i < length; ++i)
    if ((byte(i) & 0xc0) != 0x80) return 0;
  const bool is_overlong = (byte(0) == 0xe0 && byte(1) < 0xa0) || (byte(0) == 0xf0 && byte(1) < 0x90);
  const bool is_surrogate = byte(0) == 0xed && byte(1) >= 0xa0;
  const bool is_beyond = byte(0) == 0xf4 && byte(1) >= 0x90;
  return is_overlong || is_surrogate || is_beyond ? 0 : length;
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const char c = text[0];
    const size_t length = utf8_length(text);
    if (length > 1) {
      out += text.substr(0, length);
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (length == 1 && c >= 0x20) {
      out += c;
    } else {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", unsigned(uint8_t(c)));
      out += escape;
    }
    text.remove_prefix(length ? length : 1);
  }
  return out + "\"";
}

std::string preset_json(uint16_t bank, uint16_t program, std::string_view name) {
  return "{\"bank\":" + std::to_string(bank) + ",\"program\":" + std::to_string(program) + ",\"name\":" + quoted(name);
}

}  // namespace

std::string slice_file_name(const SliceInfo& info) {
  char name[24];
  std::snprintf(name, sizeof name, "%03u-%03u.sf3", unsigned(info.bank), unsigned(info.program));
  return name;
}

std::string bank_index_json(const SfFile& file, const std::vector<SliceInfo>& slices) {
  std::string json = "{\"name\":" + quoted(file.name()) + ",\"licence\":" + quoted(file.copyright()) + ",\"presets\":[";
  const char* separator = "\n";
  for (const SliceInfo& slice : slices) {
    json += separator + preset_json(slice.bank, slice.program, slice.name) + ",\"file\":" + quoted(slice_file_name(slice)) +
            ",\"bytes\":" + std::to_string(slice.bytes) + "}";
    separator = ",\n";
  }
  return json + "\n]}\n";
}

std::string presets_json(const SfFile& file) {
  std::string json = "{\"name\":" + quoted(file.name()) + ",\"presets\":[";
  const char* separator = "";
  for (const SfPresetName& preset : list_presets(file)) {
    json += separator + preset_json(preset.bank, preset.program, preset.name) + "}";
    separator = ",";
  }
  return json + "]}";
}

}  // namespace arietta
