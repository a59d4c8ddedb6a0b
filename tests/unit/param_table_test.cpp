#include "params/param_table.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "params/param_map.h"

using namespace arietta;

TEST_CASE("Every parameter's row makes sense") {
  for (const ParamInfo& param : kParams) {
    CAPTURE(param.symbol);
    CHECK(param.min < param.max);
    CHECK((param.initial >= param.min && param.initial <= param.max));
    CHECK(param.index < kMaxParams);
    if (param.curve == Curve::kLog) CHECK(param.min > 0);
    CHECK_FALSE(param.label.empty());
  }
}

TEST_CASE("The parameters of a device stand together, in index order, without gaps") {
  for (const DeviceInfo& device : kDevices) {
    const span<const ParamInfo> params = params_of(device.kind);
    for (size_t i = 0; i < params.size(); ++i) CHECK(params[i].index == i);
    size_t all = 0;
    for (const ParamInfo& param : kParams) all += param.device == device.kind;
    CHECK(all == params.size());
  }
}

TEST_CASE("Knob positions map to values and back, and further means more") {
  for (const ParamInfo& param : kParams) {
    CAPTURE(param.symbol);
    CHECK(to_plain(param, 0) == doctest::Approx(param.min));
    CHECK(to_plain(param, 1) == doctest::Approx(param.max));
    float before = -std::numeric_limits<float>::infinity();
    for (int step = 0; step <= 64; ++step) {
      const float position = float(step) / 64, plain = to_plain(param, position);
      CHECK(plain >= before);
      before = plain;
      if (param.curve != Curve::kSteps) CHECK(to_position(param, plain) == doctest::Approx(position).epsilon(1e-3));
    }
  }
}

TEST_CASE("What is not a number becomes the default, what is out of range the nearest in it") {
  for (const ParamInfo& param : kParams) {
    CHECK(clamp_plain(param, std::nanf("")) == param.initial);
    CHECK(clamp_plain(param, std::numeric_limits<float>::infinity()) == param.max);
    CHECK(clamp_plain(param, -1e30f) == param.min);
    CHECK(to_plain(param, -5) == to_plain(param, 0));
  }
}
