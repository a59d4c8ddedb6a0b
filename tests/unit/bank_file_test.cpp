// Reading SoundFonts: what is in a file is found, and a broken file gets a sentence, not a crash.
#include <doctest/doctest.h>

#include "bank/bank_json.h"
#include "bank/sf_file.h"
#include "tests/support/make_soundfont.h"

using namespace arietta;
using namespace arietta::test;

namespace {

std::string refusal(const std::vector<uint8_t>& bytes) {
  const Result<SfFile> file = SfFile::open(bytes);
  return file.ok() ? "" : file.error().message;
}

bool mentions(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

size_t find(const std::vector<uint8_t>& bytes, std::string_view text) {
  return std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()).find(text);
}

}  // namespace

TEST_CASE("presets are listed by bank and program with their names") {
  Font font = simple_font();
  font.presets = {{"Kit", 128, 0, font.presets[0].zones}, {"Flute", 0, 73, font.presets[0].zones},
                  {"Piano", 0, 0, font.presets[0].zones}};
  const std::vector<uint8_t> bytes = make_soundfont(font);
  const Result<SfFile> file = SfFile::open(bytes);
  REQUIRE(file.ok());
  CHECK(file.value().name() == "Test font");
  CHECK(file.value().copyright() == "CC0");
  const std::vector<SfPresetName> list = list_presets(file.value());
  REQUIRE(list.size() == 3);
  CHECK(list[0].name == "Piano");
  CHECK(list[1].name == "Flute");
  CHECK(list[1].program == 73);
  CHECK(list[2].bank == 128);
  CHECK(presets_json(file.value()) ==
        R"({"name":"Test font","presets":[{"bank":0,"program":0,"name":"Piano"},)"
        R"({"bank":0,"program":73,"name":"Flute"},{"bank":128,"program":0,"name":"Kit"}]})");
}

TEST_CASE("names that are not UTF-8 or hold quotes still make valid JSON") {
  Font font = simple_font();
  font.name = "Caf\xe9 \"x\"\x01 \xc3\xa9";
  const std::vector<uint8_t> bytes = make_soundfont(font);
  CHECK(mentions(presets_json(SfFile::open(bytes).value()), R"("name":"Caf\u00e9 \"x\"\u0001 )" "\xc3\xa9\""));
}

TEST_CASE("files of another kind are named as such") {
  CHECK(mentions(refusal({}), "not a SoundFont"));
  CHECK(mentions(refusal({'M', 'T', 'h', 'd', 0, 0, 0, 6, 0, 0, 0, 0}), "does not begin with \"RIFF\""));
  CHECK(mentions(refusal({'R', 'I', 'F', 'F', 4, 0, 0, 0, 'W', 'A', 'V', 'E'}), "\"WAVE\""));
}

TEST_CASE("a file cut off anywhere is refused with a sentence") {
  const std::vector<uint8_t> whole = make_soundfont(simple_font());
  REQUIRE(refusal(whole) == "");
  for (size_t length = 0; length < whole.size(); length += length < whole.size() - 900 ? 997 : 1) {
    const std::vector<uint8_t> part(whole.begin(), whole.begin() + long(length));
    CAPTURE(length);
    CHECK(mentions(refusal(part), "SoundFont"));
  }
  const std::vector<uint8_t> half(whole.begin(), whole.begin() + long(whole.size() / 2));
  CHECK(mentions(refusal(half), "cut off: its \"smpl\" part says it has 9692 bytes, but only"));
}

TEST_CASE("zones that point outside their tables are refused") {
  std::vector<uint8_t> bytes = make_soundfont(simple_font());
  const size_t phdr = find(bytes, "phdr") + 8;
  bytes[phdr + 38 + 24] = 200;      // where the zones of the first preset end
  CHECK(mentions(refusal(bytes), "the zones of preset 1 lie outside"));

  bytes = make_soundfont(simple_font());
  bytes[find(bytes, "ibag") + 8 + 4] = 99;
  CHECK(mentions(refusal(bytes), "instrument zone 1 points outside"));

  bytes = make_soundfont(simple_font());
  bytes[find(bytes, "shdr") + 4] += 2;   // one and a bit records
  CHECK(mentions(refusal(bytes), "SoundFont"));
}

TEST_CASE("a part of odd length is read with and without the byte that should follow it") {
  std::vector<uint8_t> bytes = make_soundfont(simple_font());
  const size_t name = find(bytes, "INAM");
  REQUIRE(bytes[name + 4] == 10);
  bytes[name + 4] = 9;                   // "Test font" without its zero; the zero is now the filler
  CHECK(SfFile::open(bytes).value().name() == "Test font");
  bytes.erase(bytes.begin() + long(name) + 17);   // and now it is missing
  bytes[find(bytes, "LIST") + 4] -= 1;
  CHECK(SfFile::open(bytes).value().name() == "Test font");
  CHECK(SfFile::open(bytes).value().copyright() == "CC0");
}
