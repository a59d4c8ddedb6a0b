// From a SoundFont to the flat bank: settings add up as the specification says, sounds are trimmed, shared and safe
// to read, and whatever the file holds, the result passes the check the engine makes.
#include <doctest/doctest.h>

#include <cstring>

#include "bank/sf_bank.h"
#include "plan/bank_check.h"
#include "tests/support/make_soundfont.h"
#include "tests/support/vorbis_tone.h"

using namespace arietta;
using namespace arietta::test;

namespace {

struct Bank {
  std::vector<uint8_t> bytes;
  BankHeader header;
  const BankRegion& region(size_t i = 0) const {
    return reinterpret_cast<const BankRegion*>(bytes.data() + header.regions_offset)[i];
  }
  const BankPreset& preset(size_t i = 0) const {
    return reinterpret_cast<const BankPreset*>(bytes.data() + header.presets_offset)[i];
  }
  span<const BankModulator> modulators(const BankRegion& r) const {
    return {reinterpret_cast<const BankModulator*>(bytes.data() + header.modulators_offset) + r.first_modulator, r.modulator_count};
  }
  int16_t sample(uint32_t i) const { return reinterpret_cast<const int16_t*>(bytes.data() + header.samples_offset)[i]; }
};

Bank build(const Font& font, std::vector<BankChoice> choices = {{0, 0}}, BankLimits limits = {}) {
  const std::vector<uint8_t> file = make_soundfont(font);
  Result<std::vector<uint8_t>> built = build_bank(SfFile::open(file).value(), choices, limits);
  if (!built.ok()) FAIL(built.error().message);
  Bank bank{built.value(), {}};
  std::memcpy(&bank.header, bank.bytes.data(), sizeof bank.header);
  CHECK(check_bank(bank.bytes));
  return bank;
}

std::string refusal(const Font& font, std::vector<BankChoice> choices = {{0, 0}}, BankLimits limits = {}) {
  const std::vector<uint8_t> file = make_soundfont(font);
  const Result<std::vector<uint8_t>> built = build_bank(SfFile::open(file).value(), choices, limits);
  return built.ok() ? "" : built.error().message;
}

bool mentions(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("settings of a bare zone are the format's defaults") {
  const Bank bank = build(simple_font());
  REQUIRE(bank.header.region_count == 1);
  const BankRegion& r = bank.region();
  CHECK(r.root_key == 69);
  CHECK(r.scale_tuning == 100);
  CHECK(r.filter_hz >= 20000);
  CHECK(r.volume.attack_s == doctest::Approx(0.001).epsilon(0.03));
  CHECK(r.volume.delay_s == 0);
  CHECK(r.attenuation_db == 0);
  CHECK(r.vibrato_hz == doctest::Approx(8.176));
  CHECK(r.key_low == 0);
  CHECK(r.key_high == 127);
  CHECK(r.loop == kLoopNone);
  CHECK(bank.modulators(r).size() == 6);   // velocity, volume, expression, pan, wheel and pressure
}

TEST_CASE("the instrument's settings replace defaults, the preset's add to them") {
  Font font = simple_font({{sfgen::kAttenuation, 100}, {sfgen::kCoarseTune, 2}, {sfgen::kVolRelease, 0},
                           {sfgen::kPan, -500}, {sfgen::kRootKey, 60}});
  font.presets[0].zones = {{{{sfgen::kFineTune, 10}}, {}},      // global
                           {{{sfgen::kAttenuation, 50}, {sfgen::kFineTune, 20}, {sfgen::kVolRelease, 1200},
                             {sfgen::kRootKey, 99}, {sfgen::kInstrument, 0}}, {}}};
  const BankRegion r = build(font).region();
  CHECK(r.attenuation_db == doctest::Approx(6));        // 15 dB written, 0.4 of it meant
  CHECK(r.tune_cents == doctest::Approx(220));          // the global 10 is replaced, not added
  CHECK(r.volume.release_s == doctest::Approx(2));
  CHECK(r.pan == -1);
  CHECK(r.root_key == 60);                              // not a preset's to change
}

TEST_CASE("settings beyond their limits are brought back") {
  const BankRegion r = build(simple_font({{sfgen::kPan, 32000}, {sfgen::kVolAttack, 32000}, {sfgen::kFilterCutoff, -3},
                                          {sfgen::kScaleTuning, -5}, {sfgen::kVolSustain, -900}})).region();
  CHECK(r.pan == 1);
  CHECK(r.volume.attack_s == doctest::Approx(101.6).epsilon(0.01));
  CHECK(r.filter_hz == doctest::Approx(19.4).epsilon(0.01));
  CHECK(r.scale_tuning == 0);
  CHECK(r.volume.sustain == 0);
}

TEST_CASE("key and velocity ranges of preset and instrument meet, and what never sounds is left out") {
  Font font = simple_font();
  font.instruments[0].zones = {
      {{{sfgen::kKeyRange, font_range(0, 59)}, {sfgen::kSample, 0}}, {}},
      {{{sfgen::kKeyRange, font_range(60, 127)}, {sfgen::kVelocityRange, font_range(64, 127)}, {sfgen::kSample, 0}}, {}}};
  font.presets[0].zones = {{{{sfgen::kKeyRange, font_range(62, 70)}, {sfgen::kInstrument, 0}}, {}}};
  const Bank bank = build(font);
  REQUIRE(bank.header.region_count == 1);
  CHECK(bank.region().key_low == 62);
  CHECK(bank.region().key_high == 70);
  CHECK(bank.region().velocity_low == 64);
}

TEST_CASE("modulators: an instrument's replaces the default of the same kind, a preset's adds to it") {
  Font font = simple_font();
  font.instruments[0].zones[0].modulators = {{0x0502, sfgen::kAttenuation, 480, 0, 0}};     // velocity, half as strong
  font.presets[0].zones[0].modulators = {{0x0502, sfgen::kAttenuation, 240, 0, 0},
                                         {0x0102, sfgen::kFilterCutoff, -2400, 0x0d02, 0},  // the one that is ignored
                                         {0x0003, sfgen::kFilterCutoff, 1200, 0, 0}};
  const Bank bank = build(font);
  float to_attenuation = 0, to_filter = 0;
  for (const BankModulator& m : bank.modulators(bank.region())) {
    if (m.source == kSourceVelocity && m.destination == kToAttenuation) to_attenuation += m.amount;
    if (m.destination == kToFilter) {
      CHECK(m.source == kSourceKey);
      to_filter += m.amount;
    }
  }
  CHECK(to_attenuation == doctest::Approx(72));
  CHECK(to_filter == doctest::Approx(1200));
}

TEST_CASE("a loop goes on past its end without a seam, however short it is") {
  for (const uint32_t period : {5u, 37u, 100u}) {
    CAPTURE(period);
    FontSample sample = sine_sample(period, period * 20);
    sample.loop_start = period * 10 + 2;
    sample.loop_end = sample.loop_start + period;
    const Bank bank = build(simple_font({{sfgen::kSampleModes, 1}}, sample));
    const BankRegion& r = bank.region();
    REQUIRE(r.loop == kLoopForever);
    CHECK(r.loop_end - r.loop_start >= uint32_t(kBankMinLoopFrames));
    CHECK((r.loop_end - r.loop_start) % period == 0);
    for (uint32_t i = r.loop_start - 4; i < r.loop_end + uint32_t(kBankGuardFrames); ++i)
      CHECK(bank.sample(i) == sample.frames[(i - r.sample_start) % period]);   // the sine simply goes on
  }
}

TEST_CASE("unlooped sounds end in silence and unused frames are not stored") {
  FontSample sample = sine_sample(100, 4800);
  const Bank bank = build(simple_font({{sfgen::kStartOffset, 1000}, {sfgen::kEndOffset, -1000}}, sample));
  const BankRegion& r = bank.region();
  CHECK(r.sample_end - r.sample_start == 2800);
  CHECK(bank.sample(r.sample_start + 25) == sample.frames[1025]);
  for (uint32_t i = 0; i < uint32_t(kBankGuardFrames); ++i) CHECK(bank.sample(r.sample_end + i) == 0);
  CHECK(bank.header.sample_count == 2800 + 2 * kBankGuardFrames);
}

TEST_CASE("zones that play the same sound share it") {
  Font font = simple_font();
  const FontZone zone = font.instruments[0].zones[0];
  font.instruments[0].zones = {zone, zone, {{{sfgen::kStartOffset, 10}, {sfgen::kSample, 0}}, {}}};
  const Bank bank = build(font);
  REQUIRE(bank.header.region_count == 3);
  CHECK(bank.header.sample_count == 4800 + 2 * kBankGuardFrames);
  CHECK(bank.region(1).sample_start == bank.region(0).sample_start);
  CHECK(bank.region(2).sample_start == bank.region(0).sample_start + 10);
}

TEST_CASE("compressed samples are decoded") {
  FontSample sample;
  sample.ogg = vorbis_tone();
  sample.rate = 8000;
  const Bank bank = build(simple_font({}, sample));
  const BankRegion& r = bank.region();
  REQUIRE(r.sample_end - r.sample_start == 2000);
  double error = 0;
  for (uint32_t i = 200; i < 1800; ++i) {
    const double wanted = 12000 * std::sin(2 * 3.14159265358979 * 440 * i / 8000);
    error += (bank.sample(r.sample_start + i) - wanted) * (bank.sample(r.sample_start + i) - wanted) / 1600;
  }
  CHECK(std::sqrt(error) < 600);   // the lowest quality there is: about -26 dB
}

TEST_CASE("damaged compressed samples are refused by name") {
  FontSample sample;
  sample.name = "soft horn";
  sample.ogg = vorbis_tone();
  for (const size_t at : {size_t(5), size_t(70), sample.ogg.size() / 2, sample.ogg.size() - 10}) {
    FontSample bad = sample;
    bad.ogg[at] ^= 0x10;
    CHECK(mentions(refusal(simple_font({}, bad)), "sample \"soft horn\": its Ogg Vorbis data is damaged"));
  }
  FontSample cut = sample;
  cut.ogg.resize(cut.ogg.size() / 2);
  CHECK(mentions(refusal(simple_font({}, cut)), "soft horn"));
}

TEST_CASE("presets that are missing are replaced as a General MIDI player would, or named") {
  Font font = simple_font();
  font.presets.push_back({"Kit", 128, 0, font.presets[0].zones});
  const Bank bank = build(font, {{8, 0}, {128, 25}});
  REQUIRE(bank.header.preset_count == 2);
  CHECK(bank.preset(0).bank == 8);
  CHECK(bank.preset(1).program == 25);
  CHECK(mentions(refusal(font, {{0, 5}}), "no preset 5 in bank 0"));
}

TEST_CASE("memory stays within its limits") {
  Font font = simple_font({{sfgen::kSampleModes, 1}}, sine_sample(100, 48000));
  CHECK(mentions(refusal(font, {{0, 0}}, {50000, 0}), "too large"));
  const Bank full = build(font);
  const Bank half = build(font, {{0, 0}}, {1000000, 60000});
  const BankRegion &a = full.region(), &b = half.region();
  CHECK(b.sample_rate == a.sample_rate / 2);
  CHECK(half.bytes.size() < full.bytes.size() * 6 / 10);
  const uint32_t into = 2000;   // the same moment has the same value
  CHECK(std::abs(half.sample(b.sample_start + into) - full.sample(a.sample_start + 2 * into)) < 100);
  CHECK(b.loop_end - b.loop_start == (a.loop_end - a.loop_start) / 2);
}

TEST_CASE("the check refuses whatever would make the player read outside the bank") {
  const Bank good = build(simple_font({{sfgen::kSampleModes, 1}}));
  auto with = [&](auto change) {
    std::vector<uint8_t> bytes = good.bytes;
    change(*reinterpret_cast<BankHeader*>(bytes.data()),
           *reinterpret_cast<BankRegion*>(bytes.data() + good.header.regions_offset));
    return check_bank(bytes);
  };
  CHECK(with([](BankHeader&, BankRegion&) {}));
  CHECK_FALSE(with([](BankHeader& h, BankRegion&) { h.magic = 0; }));
  CHECK_FALSE(with([](BankHeader& h, BankRegion&) { h.region_count = 0xffffffff; }));
  CHECK_FALSE(with([](BankHeader& h, BankRegion&) { h.sample_count += 1; }));
  CHECK_FALSE(with([](BankHeader& h, BankRegion&) { h.presets_offset = 0xfffffff0; }));
  CHECK_FALSE(with([](BankHeader& h, BankRegion&) { h.total_bytes -= 2; }));
  CHECK_FALSE(with([](BankHeader& h, BankRegion& r) { r.sample_end = h.sample_count; }));
  CHECK_FALSE(with([](BankHeader&, BankRegion& r) { r.sample_start = 0; }));
  CHECK_FALSE(with([](BankHeader&, BankRegion& r) { r.loop_end = r.sample_end + 1; }));
  CHECK_FALSE(with([](BankHeader&, BankRegion& r) { r.loop_start = r.loop_end - 1; }));
  CHECK_FALSE(with([](BankHeader&, BankRegion& r) { r.loop = 2; }));
  CHECK_FALSE(with([](BankHeader&, BankRegion& r) { r.tune_cents = std::nanf(""); }));
  CHECK_FALSE(with([](BankHeader&, BankRegion& r) { r.volume.decay_s = INFINITY; }));
  CHECK_FALSE(with([](BankHeader&, BankRegion& r) { r.modulator_count = 7; }));
  for (size_t length = 0; length < good.bytes.size(); length += 61)
    CHECK_FALSE(check_bank(Bytes(good.bytes).subspan(0, length)));
}
