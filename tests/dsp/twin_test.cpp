// Every device sounds the same with vectors and with plain floats: a back-end that is wrong in one lane or one
// operation cannot hide.
#include <doctest/doctest.h>

#include "tests/support/measure.h"
#include "tests/support/twin_render.h"

std::vector<float> render_scalar_twin(uint16_t kind);

using namespace arietta;

TEST_CASE("vectors and plain floats give the same sound") {
  for (const DeviceInfo& device : kDevices) {
    const bool needs_sounds = device.kind == DeviceKind::soundfont || device.kind == DeviceKind::sampler || device.kind == DeviceKind::audio;
    if (needs_sounds) continue;
    CAPTURE(device.symbol);
    const std::vector<float> vector = render_twin(uint16_t(device.kind)), scalar = render_scalar_twin(uint16_t(device.kind));
    REQUIRE(vector.size() == scalar.size());
    CHECK(test::peak(vector) > 0.01);
    CHECK(test::difference(vector, scalar) < 1e-6);
  }
}
