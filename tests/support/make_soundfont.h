// Writes small SoundFonts from a description, sound ones and (by changing the bytes after) broken ones.
// For tests and seed corpora. Layout: SoundFont Technical Specification 2.04, sections 4 to 7.
#pragma once
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "bank/sf_file.h"
#include "base/bytes.h"
#include "base/mathx.h"

namespace arietta::test {

struct FontSample {
  std::string name = "tone";
  std::vector<int16_t> frames;
  std::vector<uint8_t> ogg;               // instead of frames
  uint32_t rate = 48000, loop_start = 0, loop_end = 0;
  uint8_t root_key = 69;
  int8_t correction_cents = 0;
};

struct FontSetting { uint16_t generator; int value; };

// A range as the file stores it.
inline int font_range(int low, int high) { return low | high << 8; }

struct FontZone {
  std::vector<FontSetting> settings;      // the sample or instrument last; without one the zone is global
  std::vector<SfModulator> modulators;
};

struct FontInstrument { std::string name = "instrument"; std::vector<FontZone> zones; };
struct FontPreset { std::string name = "preset"; int bank = 0, program = 0; std::vector<FontZone> zones; };

struct Font {
  std::string name = "Test font";
  std::vector<FontSample> samples;
  std::vector<FontInstrument> instruments;
  std::vector<FontPreset> presets;
};

class FontWriter {
 public:
  static std::vector<uint8_t> write(const Font& font) {
    FontWriter writer;
    for (const FontSample& sample : font.samples) writer.add(sample);
    for (const FontPreset& preset : font.presets) {
      writer.named(writer.phdr_, preset.name);
      writer.phdr_.u16(uint16_t(preset.program));
      writer.phdr_.u16(uint16_t(preset.bank));
      writer.phdr_.u16(uint16_t(writer.preset_.bags.size() / 4));
      for (int i = 0; i < 3; ++i) writer.phdr_.u32(0);
      writer.preset_.add(preset.zones);
    }
    for (const FontInstrument& instrument : font.instruments) {
      writer.named(writer.inst_, instrument.name);
      writer.inst_.u16(uint16_t(writer.instrument_.bags.size() / 4));
      writer.instrument_.add(instrument.zones);
    }
    return writer.finish(font.name);
  }

 private:
  struct Zones {
    ByteWriter bags, generators, modulators;
    void bag() {
      bags.u16(uint16_t(generators.size() / 4));
      bags.u16(uint16_t(modulators.size() / 10));
    }
    void add(const std::vector<FontZone>& zones) {
      for (const FontZone& zone : zones) {
        bag();
        for (const FontSetting& setting : zone.settings) {
          generators.u16(setting.generator);
          generators.u16(uint16_t(setting.value));
        }
        for (const SfModulator& m : zone.modulators)
          for (const uint16_t field : {m.source, m.destination, uint16_t(m.amount), m.amount_source, m.transform})
            modulators.u16(field);
      }
    }
    void finish() {
      bag();
      generators.u32(0);
      for (int i = 0; i < 5; ++i) modulators.u16(0);
    }
  };

  static void named(ByteWriter& out, std::string text) {
    text.resize(20);
    out.text(text);
  }
  static void chunk(ByteWriter& out, std::string_view id, Bytes body) {
    out.text(id);
    out.u32(uint32_t(body.size()));
    out.raw(body);
    if (body.size() % 2) out.u8(0);
  }

  void add(const FontSample& sample) {
    const bool is_ogg = !sample.ogg.empty();
    if (!is_ogg && smpl_.size() % 2) smpl_.u8(0);
    const uint32_t start = uint32_t(is_ogg ? smpl_.size() : smpl_.size() / 2);
    const uint32_t length = uint32_t(is_ogg ? sample.ogg.size() : sample.frames.size());
    if (is_ogg) smpl_.raw(sample.ogg);
    for (const int16_t frame : sample.frames) smpl_.u16(uint16_t(frame));
    if (!is_ogg) for (int i = 0; i < 46; ++i) smpl_.u16(0);
    const uint32_t base = is_ogg ? 0 : start;
    named(shdr_, sample.name);
    for (const uint32_t value : {start, start + length, base + sample.loop_start, base + sample.loop_end, sample.rate})
      shdr_.u32(value);
    shdr_.u8(sample.root_key);
    shdr_.u8(uint8_t(sample.correction_cents));
    shdr_.u16(0);
    shdr_.u16(is_ogg ? 0x11 : 1);
  }

  std::vector<uint8_t> finish(const std::string& name) {
    named(phdr_, "EOP");
    phdr_.u32(0);
    phdr_.u16(uint16_t(preset_.bags.size() / 4));
    for (int i = 0; i < 3; ++i) phdr_.u32(0);
    named(inst_, "EOI");
    inst_.u16(uint16_t(instrument_.bags.size() / 4));
    named(shdr_, "EOS");
    shdr_.raw(std::vector<uint8_t>(26));
    preset_.finish();
    instrument_.finish();
    ByteWriter info, sdta, pdta, riff, file;
    info.text("INFO");
    chunk(info, "ifil", std::vector<uint8_t>{2, 0, 4, 0});
    chunk(info, "INAM", {reinterpret_cast<const uint8_t*>(name.c_str()), name.size() + 1});
    chunk(info, "ICOP", std::vector<uint8_t>{'C', 'C', '0', 0});
    sdta.text("sdta");
    chunk(sdta, "smpl", smpl_.bytes());
    pdta.text("pdta");
    chunk(pdta, "phdr", phdr_.bytes());
    chunk(pdta, "pbag", preset_.bags.bytes());
    chunk(pdta, "pmod", preset_.modulators.bytes());
    chunk(pdta, "pgen", preset_.generators.bytes());
    chunk(pdta, "inst", inst_.bytes());
    chunk(pdta, "ibag", instrument_.bags.bytes());
    chunk(pdta, "imod", instrument_.modulators.bytes());
    chunk(pdta, "igen", instrument_.generators.bytes());
    chunk(pdta, "shdr", shdr_.bytes());
    riff.text("sfbk");
    chunk(riff, "LIST", info.bytes());
    chunk(riff, "LIST", sdta.bytes());
    chunk(riff, "LIST", pdta.bytes());
    chunk(file, "RIFF", riff.bytes());
    return file.release();
  }

  ByteWriter smpl_, shdr_, phdr_, inst_;
  Zones preset_, instrument_;
};

inline std::vector<uint8_t> make_soundfont(const Font& font) { return FontWriter::write(font); }

// A sine whose period is a whole number of frames, looped over its last full periods.
inline FontSample sine_sample(uint32_t period = 100, uint32_t frames = 4800, double peak = 16000) {
  FontSample sample;
  for (uint32_t i = 0; i < frames; ++i)
    sample.frames.push_back(int16_t(std::lround(peak * std::sin(2 * 3.14159265358979 * i / period))));
  sample.loop_start = frames / 2 / period * period;
  sample.loop_end = frames / period * period;
  return sample;
}

// One preset with one instrument of one zone over the whole keyboard: a looped sine of 480 Hz at key 69.
inline Font simple_font(std::vector<FontSetting> settings = {}, FontSample sample = sine_sample()) {
  Font font;
  font.samples.push_back(std::move(sample));
  settings.push_back({sfgen::kSample, 0});
  font.instruments.push_back({"instrument", {{settings, {}}}});
  font.presets.push_back({"preset", 0, 0, {{{{sfgen::kInstrument, 0}}, {}}}});
  return font;
}

}  // namespace arietta::test
