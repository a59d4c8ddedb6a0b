// Convolution: exact, without delay, and as even in its work as it can be; places that sound as long as they should.
#include <doctest/doctest.h>

#include "base/random.h"
#include "dsp/space_response.h"
#include "dsp/stereo_convolver.h"
#include "tests/support/effect_probe.h"

using namespace arietta;
using namespace arietta::test;

namespace {

namespace p = param::convolution;

struct Setting { uint16_t index; float plain; };

Player placed(std::vector<Setting> settings) {
  Player player(DeviceKind::convolution);
  player.set(p::mix, 1);
  player.set(p::tone_hz, 20000);
  player.set(p::low_cut_hz, 20);
  for (const Setting& s : settings) player.set(s.index, s.plain);
  player.device->reset();
  return player;
}

// Seconds to -60 dB of a band, from the energy that is left (Schroeder's integral), between -5 and -35 dB.
double decay_s(const std::vector<float>& x, double from_hz, double to_hz) {
  std::vector<double> left;
  for (size_t at = 0; at + 2048 <= x.size(); at += 1024) left.push_back(energy(spectrum({x.data() + at, 2048}, 11), from_hz, to_hz, 48000));
  for (size_t i = left.size() - 1; i-- > 0;) left[i] += left[i + 1];
  const auto when = [&](double db_down) {
    for (size_t i = 0; i < left.size(); ++i)
      if (10 * std::log10(left[i] / left[0]) < -db_down) return double(i) * 1024 / 48000;
    return 1e9;
  };
  return 2 * (when(35) - when(5));
}

}  // namespace

TEST_CASE("the convolver gives what the sum over the response gives, however blocks are cut") {
  Random random(4);
  std::vector<uint8_t> memory(8 << 20);
  Arena arena(memory);
  StereoConvolver convolver;
  REQUIRE(convolver.prepare(arena, 7000));
  std::vector<float> response[2], in(9000);
  for (int side = 0; side < 2; ++side) {
    response[side].assign(2048 + 5 * 1024, 0.0f);
    for (size_t i = 128; i < response[side].size(); ++i) response[side][i] = random.bipolar() * 0.05f;
  }
  for (float& v : in) v = random.bipolar();
  std::vector<float> out[2];
  size_t piece = 0;
  for (int done = 0, turn = 0; done < int(in.size()); ++turn) {
    if ((piece + 1) * 128 <= response[0].size()) {
      convolver.append(response[0].data() + piece * 128, response[1].data() + piece * 128);
      ++piece;
    }
    const int count = std::min(turn % 3 ? 32 : 13, int(in.size()) - done);
    alignas(16) float left[kMaxBlock], right[kMaxBlock];
    for (int i = 0; i < count; ++i) left[i] = right[i] = in[size_t(done + i)];
    convolver.process({left, right, count});
    out[0].insert(out[0].end(), left, left + count);
    out[1].insert(out[1].end(), right, right + count);
    done += count;
  }
  for (int side = 0; side < 2; ++side) {
    double worst = 0;
    for (size_t n = 0; n < in.size(); n += 37) {
      double sum = 0;
      for (size_t k = 0; k <= n && k < response[side].size(); ++k) sum += double(response[side][k]) * in[n - k];
      worst = std::max(worst, std::fabs(sum - out[side][n]));
    }
    CHECK(worst < 2e-5);
  }
}

TEST_CASE("places are as long as they should be, and the length knob stretches them") {
  CHECK(decay_s(impulse_response(*std::make_unique<Player>(placed({{p::space, 3}})), 120000).left, 500, 2000) == doctest::Approx(1.0).epsilon(0.12));
  Player hall = placed({{p::space, 4}}), half = placed({{p::space, 4}, {p::length, 0.5f}});
  const std::vector<float> whole = impulse_response(hall, 120000).left, shorter = impulse_response(half, 120000).left;
  CHECK(decay_s(whole, 500, 2000) == doctest::Approx(1.7).epsilon(0.12));
  CHECK(decay_s(whole, 6000, 12000) < 0.8 * decay_s(whole, 500, 2000));
  CHECK(decay_s(shorter, 500, 2000) == doctest::Approx(0.85).epsilon(0.12));
}

TEST_CASE("every place is about as loud as the sound that goes in, wide, and ends") {
  for (int space = 0; space < 8; ++space) {
    CAPTURE(space);
    Player player = placed({{p::space, float(space)}});
    Random random(11);
    std::vector<float> noise(192000);
    float smooth = 0;
    for (float& v : noise) v = smooth += (0.5f * random.bipolar() - smooth) * 0.2f;        // mostly below 2 kHz, as music is
    player.input = [&](int frame, int) { return frame < 144000 ? noise[size_t(frame)] : 0.0f; };
    const Stereo sound = player.render(144000);
    const std::span<const float> left(sound.left.data() + 96000, 48000), right(sound.right.data() + 96000, 48000);
    CHECK(std::fabs(db(rms(left) / rms({noise.data(), 144000}))) < 4);
    CHECK(std::fabs(db(rms(left) / rms(right))) < 2);
    double product = 0;
    for (size_t i = 0; i < left.size(); ++i) product += double(left[i]) * right[i];
    CHECK(std::fabs(product / double(left.size()) / rms(left) / rms(right)) < 0.35);
    player.render(4 * 48000);
    CHECK(player.activity == Activity::kAsleep);
  }
}

TEST_CASE("the dry sound is not late, another place comes without a click") {
  Player dry = placed({{p::mix, 0}});
  CHECK(impulse_response(dry, 100).left[0] == 1);
  CHECK(dry.device->latency_frames() == 0);
  Player moving = placed({{p::space, 0}});
  moving.input = [](int frame, int) { return 0.5f * float(std::sin(0.02 * frame)); };
  moving.seconds(1);
  const double before = sharpest(moving.seconds(1).left);
  moving.set(p::space, 5);
  CHECK(sharpest(moving.seconds(1).left) < 2 * before + 0.001);
  CHECK(rms(moving.seconds(1).left) > 0.05);
}
