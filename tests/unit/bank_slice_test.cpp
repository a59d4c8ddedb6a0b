// A slice is a SoundFont of its own that plays exactly what the whole would.
#include <doctest/doctest.h>

#include "bank/bank_json.h"
#include "bank/sf_bank.h"
#include "bank/sf_slice.h"
#include "tests/support/make_soundfont.h"
#include "tests/support/vorbis_tone.h"

using namespace arietta;
using namespace arietta::test;

namespace {

// Three samples, two instruments, three presets that share them in different ways.
Font mixed_font(bool compressed) {
  Font font = simple_font({{sfgen::kSampleModes, 1}, {sfgen::kPan, 100}});
  font.samples.push_back(sine_sample(37, 1480));
  FontSample third = sine_sample(64, 640);
  if (compressed) {
    for (FontSample& sample : font.samples) { sample.frames.clear(); sample.ogg = vorbis_tone(); sample.loop_end = 1900; }
    third.ogg = vorbis_tone();
    third.frames.clear();
  }
  font.samples.push_back(third);
  font.instruments.push_back({"second", {{{{sfgen::kVolRelease, 100}}, {}},
                                         {{{sfgen::kSample, 2}}, {{0x0003, sfgen::kFilterCutoff, 1200, 0, 0}}},
                                         {{{sfgen::kSample, 1}}, {}}}});
  font.presets = {{"first", 0, 3, {{{{sfgen::kInstrument, 1}}, {}}}},
                  {"second", 128, 0, {{{{sfgen::kFineTune, 3}, {sfgen::kInstrument, 0}}, {{0x0502, sfgen::kAttenuation, 10, 0, 0}}}}},
                  {"both", 1, 3, {{{{sfgen::kKeyRange, font_range(0, 60)}, {sfgen::kInstrument, 0}}, {}},
                                  {{{sfgen::kInstrument, 1}}, {}}}}};
  return font;
}

std::vector<uint8_t> bank_of(Bytes font, BankChoice choice) {
  const Result<SfFile> file = SfFile::open(font);
  REQUIRE(file.ok());
  Result<std::vector<uint8_t>> bank = build_bank(file.value(), {&choice, 1});
  REQUIRE(bank.ok());
  return bank.value();
}

}  // namespace

TEST_CASE("every slice makes the same bank as the whole file, and lists one preset") {
  for (const bool compressed : {false, true}) {
    CAPTURE(compressed);
    const std::vector<uint8_t> whole = make_soundfont(mixed_font(compressed));
    int count = 0;
    const Result<std::vector<SliceInfo>> slices = slice_soundfont(whole, [&](const SliceInfo& info, Bytes slice) {
      CAPTURE(info.name);
      CHECK(bank_of(slice, {info.bank, info.program}) == bank_of(whole, {info.bank, info.program}));
      const Result<SfFile> file = SfFile::open(slice);
      CHECK(list_presets(file.value()).size() == 1);
      CHECK(file.value().copyright() == "CC0");
      CHECK(info.bytes == slice.size());
      ++count;
      return true;
    });
    REQUIRE(slices.ok());
    CHECK(count == 3);
    CHECK(slices.value()[1].name == "both");
  }
}

TEST_CASE("a slice holds only the samples it plays, compressed ones byte for byte") {
  const std::vector<uint8_t> whole = make_soundfont(mixed_font(true));
  const std::vector<uint8_t> slice = slice_preset(SfFile::open(whole).value(), 1);
  const Result<SfFile> file = SfFile::open(slice);
  REQUIRE(file.ok());
  CHECK(file.value().sample_count() == 1);
  const Bytes data = file.value().sample_data();
  CHECK(std::vector<uint8_t>(data.begin(), data.end()) == vorbis_tone());
}

TEST_CASE("the index names every file") {
  const std::vector<uint8_t> whole = make_soundfont(mixed_font(false));
  const Result<std::vector<SliceInfo>> slices = slice_soundfont(whole, [](const SliceInfo&, Bytes) { return true; });
  const std::string json = bank_index_json(SfFile::open(whole).value(), slices.value());
  CHECK(json.find(R"({"bank":128,"program":0,"name":"second","file":"128-000.sf3","bytes":)") != std::string::npos);
  CHECK(json.find(R"("licence":"CC0")") != std::string::npos);
}

TEST_CASE("slicing stops when a slice cannot be written") {
  const std::vector<uint8_t> whole = make_soundfont(mixed_font(false));
  const Result<std::vector<SliceInfo>> slices = slice_soundfont(whole, [](const SliceInfo&, Bytes) { return false; });
  REQUIRE_FALSE(slices.ok());
  CHECK(slices.error().message == "The slice of \"first\" could not be written.");
}
