// The delay: echoes to the frame, on the beat, softer each time, side to side; a new time bends them and never clicks.
#include <doctest/doctest.h>

#include "tests/support/effect_probe.h"

using namespace arietta;
using namespace arietta::test;

namespace {

namespace p = param::delay;

struct Setting { uint16_t index; float plain; };

struct Echo : Player {
  explicit Echo(std::vector<Setting> settings, float tempo = 120) : Player(DeviceKind::delay) {
    set(p::mix, 1);
    set(p::tone_hz, 20000);
    set(p::low_cut_hz, 20);
    for (const Setting& s : settings) set(s.index, s.plain);
    device->tempo(tempo);
    device->reset();
  }
};

// The frame of the highest peak between two.
int peak_at(const std::vector<float>& x, int from, int to) {
  int best = from;
  for (int i = from; i < to; ++i)
    if (std::fabs(x[size_t(i)]) > std::fabs(x[size_t(best)])) best = i;
  return best;
}

}  // namespace

TEST_CASE("echoes come to the frame, in seconds and in beats, whatever the tempo") {
  Echo seconds({{p::sync, 0}, {p::time_s, 0.25f}});
  const Stereo sound = impulse_response(seconds, 48000);
  CHECK(peak_at(sound.left, 0, 20000) == 12000);
  CHECK(peak_at(sound.right, 20000, 30000) == 24000);
  for (const float tempo : {80.0f, 120.0f, 171.0f}) {
    Echo dotted({{p::note, 7}}, tempo);                          // a dotted eighth: three quarters of a beat
    const Stereo echoes = impulse_response(dotted, 48000);
    CHECK(peak_at(echoes.left, 0, 40000) == int(std::lround(0.75 * 60 / double(tempo) * 48000)));
  }
}

TEST_CASE("a length that is too long for the memory stays on the beat") {
  Echo slow({{p::note, 14}}, 60);                                // eight beats, eight seconds: two are kept
  CHECK(peak_at(impulse_response(slow, 100000).left, 0, 100000) == 96000);
}

TEST_CASE("each echo is softer by the knob, and duller when asked") {
  Echo echo({{p::sync, 0}, {p::time_s, 0.1f}, {p::feedback, 0.5f}, {p::low_cut_hz, 20}});
  echo.input = [](int frame, int) { return frame < 2400 ? float(std::sin(kTau * 1000 * frame / 48000)) : 0.0f; };
  const Stereo sound = echo.render(48000);
  const auto level = [&](int n) { return rms({sound.left.data() + 4800 * n + 480, 1440}); };
  for (const int n : {1, 2, 3}) CHECK(db(level(n + 1) / level(n)) == doctest::Approx(-6.02).epsilon(0.03));
  Echo dull({{p::sync, 0}, {p::time_s, 0.1f}, {p::tone_hz, 1000}});
  const Stereo echoes = impulse_response(dull, 4800 * 3);
  const auto at = [&](int n, double hz) { return response_db({echoes.left.data() + 4800 * n, 4700}, hz); };
  CHECK(at(1, 200) - at(1, 4000) > 10);
  CHECK(at(2, 200) - at(2, 4000) > 20);
}

TEST_CASE("side to side: left, right, left") {
  Echo echo({{p::sync, 0}, {p::time_s, 0.1f}, {p::ping_pong, 1}, {p::feedback, 0.8f}});
  const Stereo sound = impulse_response(echo, 48000);
  for (const int n : {1, 2, 3}) {
    const std::span<const float> left(sound.left.data() + 4800 * n - 10, 100), right(sound.right.data() + 4800 * n - 10, 100);
    if (n % 2) CHECK(peak(left) > 50 * peak(right));
    else CHECK(peak(right) > 50 * peak(left));
  }
}

TEST_CASE("echoes end, however many are asked for") {
  Echo echo({{p::sync, 0}, {p::time_s, 0.05f}, {p::feedback, 0.95f}, {p::ping_pong, 0.5f}});
  echo.input = [](int frame, int) { return frame < 48000 ? float(std::sin(0.05 * frame)) : 0.0f; };
  CHECK(peak(echo.seconds(1.0f).left) < 30);
  const double early = rms(echo.seconds(1.0f).left), late = rms(echo.seconds(1.0f).left);
  CHECK(late < early / 2);
  echo.seconds(14);
  CHECK(echo.activity == Activity::kAsleep);
}

TEST_CASE("a new time bends the echo, without a step") {
  for (const float to : {0.02f, 0.5f}) {
    Echo echo({{p::sync, 0}, {p::time_s, 0.2f}, {p::feedback, 0}});
    echo.input = [](int frame, int) { return 0.5f * float(std::sin(kTau * 300 * frame / 48000)); };
    echo.seconds(1);
    const double before = sharpest(echo.seconds(1).right);
    echo.set(p::time_s, to);
    CHECK(sharpest(echo.seconds(2).right) < 3 * before);         // the fastest bend is half as fast again: 2.25 times
    const Stereo after = echo.seconds(1);
    CHECK(sharpest(after.right) == doctest::Approx(before).epsilon(0.01));
    CHECK(std::fabs(cents(frequency(after.right, 300, 48000), 300)) < 0.1);
  }
}
