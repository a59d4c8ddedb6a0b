// The moving filter: keeps what it says, moves as far and as fast as asked, and hears how loud the sound is.
#include <doctest/doctest.h>

#include "tests/support/effect_probe.h"

using namespace arietta;
using namespace arietta::test;

namespace {

namespace p = param::filter;

struct Setting { uint16_t index; float plain; };

Player filter(std::vector<Setting> settings) {
  Player player(DeviceKind::filter);
  player.set(p::lfo_octaves, 0);
  for (const Setting& s : settings) player.set(s.index, s.plain);
  player.device->reset();
  return player;
}

std::vector<float> curve(std::vector<Setting> settings) {
  Player player = filter(std::move(settings));
  return impulse_response(player, 1 << 14).left;
}

double level(Player& player, double hz, double amplitude = 0.1) {
  return db(rms(tone_through(player, hz, amplitude, 9600).left) / (amplitude / std::sqrt(2)));
}

}  // namespace

TEST_CASE("each mode keeps what it says, 12 dB an octave beside it") {
  const auto low = curve({{p::resonance, 0}, {p::cutoff_hz, 1000}}), band = curve({{p::mode, 1}, {p::resonance, 0}, {p::cutoff_hz, 1000}});
  const auto high = curve({{p::mode, 2}, {p::resonance, 0}, {p::cutoff_hz, 1000}}), notch = curve({{p::mode, 3}, {p::resonance, 0}, {p::cutoff_hz, 1000}});
  CHECK(std::fabs(response_db(low, 60)) < 0.1);
  CHECK(response_db(low, 1000) == doctest::Approx(-3).epsilon(0.1));
  CHECK(response_db(low, 4000) == doctest::Approx(-24).epsilon(0.05));
  CHECK(std::fabs(response_db(band, 1000)) < 0.1);
  CHECK(response_db(band, 100) < -16);
  CHECK(std::fabs(response_db(high, 12000)) < 0.1);
  CHECK(response_db(high, 250) == doctest::Approx(-24).epsilon(0.05));
  CHECK(response_db(notch, 1000) < -40);
  CHECK(std::fabs(response_db(notch, 60)) < 0.1);
}

TEST_CASE("the edge knob lifts the cutoff by up to 22 dB") {
  CHECK(response_db(curve({{p::resonance, 1}, {p::cutoff_hz, 1000}}), 1000) == doctest::Approx(21.9).epsilon(0.02));
}

TEST_CASE("the movement goes as far as it says, and with the beat") {
  // A tone far above: a low-pass of 12 dB an octave passes it 24 dB louder for each octave twice the swing.
  Player player = filter({{p::resonance, 0}, {p::cutoff_hz, 500}, {p::lfo_octaves, 1}, {p::sync, 1}, {p::note, 8}});
  player.device->tempo(120);                                // a beat: half a second
  const Stereo sound = tone_through(player, 8000, 0.5, 96000, 0);
  double least = 1e9, most = 0;
  std::vector<double> levels;
  for (size_t at = 0; at + 480 <= sound.size(); at += 480) levels.push_back(rms({sound.left.data() + at, 480}));
  for (const double v : levels) {
    least = std::min(least, v);
    most = std::max(most, v);
  }
  CHECK(db(most / least) == doctest::Approx(24).epsilon(0.05));
  for (size_t i = 2; i + 50 < levels.size(); ++i) CHECK(std::fabs(db(levels[i + 50] / levels[i])) < 1);   // again after half a second
}

TEST_CASE("it opens when the sound is loud, in the time it says, and closes again") {
  Player player = filter({{p::resonance, 0}, {p::cutoff_hz, 300}, {p::follow_octaves, 4}});
  CHECK(level(player, 2400, 0.9) - level(player, 2400, 0.005) > 25);
  player.input = [](int, int) { return 0.0f; };
  player.render(48000);
  CHECK(level(player, 2400, 0.005) < -30);
}

TEST_CASE("no blend is the sound as it came") {
  const auto dry = curve({{p::mix, 0}});
  CHECK(dry[0] == 1);
  CHECK(peak({dry.data() + 1, dry.size() - 1}) == 0);
}
