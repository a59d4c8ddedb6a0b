#include "params/param_text.h"

#include <cmath>

#include "doctest/doctest.h"
#include "params/param_map.h"

using namespace arietta;

namespace {

std::string_view text(const ParamInfo& param, float plain) {
  static char buffer[kParamTextSize];
  return param_text(param, plain, buffer);
}
std::string_view words(const ParamInfo& param, float plain) {
  static char buffer[kParamTextSize];
  return param_words(param, plain, buffer);
}
const ParamInfo& strip(uint16_t index) { return *find_param(DeviceKind::strip, index); }
const ParamInfo& synth(uint16_t index) { return *find_param(DeviceKind::poly_synth, index); }

}  // namespace

TEST_CASE("values read with their unit") {
  CHECK(text(strip(param::strip::gain_db), -6) == "−6 dB");
  CHECK(text(strip(param::strip::gain_db), 1.5f) == "1.5 dB");
  CHECK(text(strip(param::strip::gain_db), -0.04f) == "0 dB");
  CHECK(text(strip(param::strip::gain_db), -60) == "off");
  CHECK(text(strip(param::strip::pan), -0.3f) == "L 30");
  CHECK(text(strip(param::strip::pan), 0.001f) == "C");
  CHECK(text(synth(param::poly_synth::cutoff_hz), 440) == "440 Hz");
  CHECK(text(synth(param::poly_synth::cutoff_hz), 1234) == "1.2 kHz");
  CHECK(text(synth(param::poly_synth::cutoff_hz), 999.7f) == "1 kHz");
  CHECK(text(synth(param::poly_synth::attack_s), 0.005f) == "5 ms");
  CHECK(text(synth(param::poly_synth::shape), 2) == "Triangle");
  CHECK(text(synth(param::poly_synth::env_amount), 2) == "+2 oct");
}

TEST_CASE("a screen reader hears whole words") {
  CHECK(words(strip(param::strip::gain_db), -6) == "minus 6 decibels");
  CHECK(words(strip(param::strip::pan), 0.5f) == "50 percent right");
  CHECK(words(strip(param::strip::pan), 0) == "centre");
  CHECK(words(synth(param::poly_synth::release_s), 0.2f) == "200 milliseconds");
  CHECK(words(synth(param::poly_synth::env_amount), -1.5f) == "minus 1.5 octaves");
}

TEST_CASE("what people type is understood") {
  float v = 0;
  CHECK((parse_param(strip(param::strip::gain_db), "-6", v) && v == -6));
  CHECK((parse_param(strip(param::strip::gain_db), " minus 6 decibels ", v) && v == -6));
  CHECK((parse_param(strip(param::strip::gain_db), "2,5 dB", v) && v == 2.5f));
  CHECK((parse_param(strip(param::strip::gain_db), "off", v) && v == -60));
  CHECK((parse_param(strip(param::strip::gain_db), "400", v) && v == 12));
  CHECK((parse_param(strip(param::strip::pan), "30 left", v) && v == doctest::Approx(-0.3f)));
  CHECK((parse_param(strip(param::strip::pan), "R 25", v) && v == doctest::Approx(0.25f)));
  CHECK((parse_param(synth(param::poly_synth::cutoff_hz), "1.2k", v) && v == doctest::Approx(1200)));
  CHECK((parse_param(synth(param::poly_synth::attack_s), "20 ms", v) && v == doctest::Approx(0.02f)));
  CHECK((parse_param(synth(param::poly_synth::shape), "sine", v) && v == 3));
  v = 7;
  CHECK_FALSE(parse_param(strip(param::strip::gain_db), "loud", v));
  CHECK_FALSE(parse_param(strip(param::strip::gain_db), "", v));
  CHECK_FALSE(parse_param(strip(param::strip::gain_db), "nan", v));
  CHECK(v == 7);
}

TEST_CASE("every parameter's text reads back to the same text, at every position of its knob") {
  for (const ParamInfo& param : kParams) {
    for (int i = 0; i <= 50; ++i) {
      const float plain = to_plain(param, float(i) / 50);
      char shown[kParamTextSize], again[kParamTextSize], spoken[kParamTextSize];
      const std::string_view first = param_text(param, plain, shown);
      float read = 0;
      CAPTURE(param.symbol);
      CAPTURE(first);
      REQUIRE(parse_param(param, first, read));
      CHECK(param_text(param, read, again) == first);
      REQUIRE(parse_param(param, param_words(param, plain, spoken), read));
      CHECK(param_text(param, read, again) == first);
    }
  }
}

TEST_CASE("a small buffer gets a shortened text, never an overrun") {
  char small[5] = {'x', 'x', 'x', 'x', 'x'};
  CHECK(param_words(strip(param::strip::gain_db), -6, small) == "minu");
  CHECK(param_text(strip(param::strip::gain_db), -6, {}).empty());
}
