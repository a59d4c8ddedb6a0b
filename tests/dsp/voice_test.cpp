// The voice device as a singer hears it: in tune, in time, in harmony, as a robot, as a whisper, and clean.
#include <doctest/doctest.h>

#include "tests/support/player.h"
#include "tests/support/sung.h"

using namespace arietta;
using namespace arietta::test;

namespace {

namespace p = param::voice;

constexpr int kCMajor = 1;

struct Singer : Player {
  std::vector<float> song;
  explicit Singer(const std::vector<float>& sung, float balance = 1) : Player(DeviceKind::voice), song(sung) {
    input = [this, balance](int frame, int side) {
      return size_t(frame) < song.size() ? (side ? balance : 1) * song[size_t(frame)] : 0.0f;
    };
  }
  // All of the song, moved back by the device's delay.
  Stereo sing_out() {
    device->reset();
    Stereo out = render(int(song.size()) + device->latency_frames());
    const long late = device->latency_frames();
    out.left.erase(out.left.begin(), out.left.begin() + late);
    out.right.erase(out.right.begin(), out.right.begin() + late);
    return out;
  }
};

std::vector<float> note(double key, double cents_off = 0, double seconds = 1.3) {
  return sing(kAh, seconds, 48000, steady(440 * std::exp2((key - 69 + cents_off / 100) / 12)));
}

std::span<const float> middle(const std::vector<float>& x) { return {x.data() + 20000, 1 << 15}; }

double hz_of(double key) { return 440 * std::exp2((key - 69) / 12); }

// How far the key's partial is from where it should be, in cents.
double off(const std::vector<float>& x, double key, int partial = 1) {
  const double hz = partial * hz_of(key);
  return std::fabs(cents(frequency(middle(x), hz, 48000), hz));
}

double level_at(const std::vector<float>& x, double key) {
  const double hz = hz_of(key);
  return db(loudest(spectrum(middle(x), 15), hz * 0.99, hz * 1.01, 48000));
}

}  // namespace

TEST_CASE("a singer hears themselves within 20 ms") {
  for (const float rate : {44100.0f, 48000.0f, 96000.0f}) {
    Player player(DeviceKind::voice, rate);
    CHECK(float(player.device->latency_frames()) / rate <= 0.0200f);
  }
}

TEST_CASE("with all knobs at rest the voice comes back as it was, on its side of the image") {
  Singer singer(with_silence(sing(kAh, 0.8, 48000, vibrato(180)), 0.2, 0.2, 48000), 0.3f);
  const Stereo out = singer.sing_out();
  CHECK(db(difference(out.left, singer.song)) < -60);
  CHECK(db(rms(out.right) / rms(out.left)) == doctest::Approx(db(0.3)).epsilon(0.001));
}

TEST_CASE("pitch and size move on their own, and together") {
  Singer up(note(48));
  up.set(p::pitch, 5);
  CHECK(off(up.sing_out().left, 53) < 2);
  Singer small(note(48));
  small.set(p::formant, 4);
  const Stereo out = small.sing_out();
  CHECK(off(out.left, 48) < 1);
  Vowel smaller = kAh;
  for (double& hz : smaller.formant_hz) hz *= std::exp2(4 / 12.0);
  CHECK(envelope_error_db(middle(out.left), 48000, hz_of(48), smaller) < envelope_error_db(middle(out.left), 48000, hz_of(48), kAh));
}

TEST_CASE("a note that is off goes to the key's note, to a cent") {
  for (const double cents_off : {-40.0, 35.0}) {
    Singer singer(note(52, cents_off));
    singer.set(p::tune_amount, 1);
    singer.set(p::tune_speed_s, 0);
    singer.set(p::vibrato, 0);
    singer.set(p::tune_to, kCMajor);
    CHECK(off(singer.sing_out().left, 52) < 1);
  }
}

TEST_CASE("each harmony is within three cents of its note, whatever the singer's") {
  struct Case { int harmony; std::vector<double> keys; };
  for (const Case& with : {Case{1, {55}}, {2, {48}}, {3, {55, 59}}, {4, {47, 55}}, {5, {40}}, {6, {40, 47, 55, 59}}}) {
    CAPTURE(with.harmony);
    Singer singer(note(52, 20)), alone(note(52, 20));
    singer.set(p::harmony, float(with.harmony));
    singer.set(p::tune_to, kCMajor);
    const Stereo out = singer.sing_out(), plain = alone.sing_out();
    for (const double key : with.keys) {
      CAPTURE(key);
      CHECK(level_at(out.left, key) > level_at(plain.left, key) + 20);
      CHECK(off(out.left, key, key == 40 ? 3 : 1) < 3);      // low fundamentals are faint
    }
  }
}

TEST_CASE("a robot stays on its note to three cents, sung or spoken by a synth") {
  for (const int robot : {1, 2}) {
    CAPTURE(robot);
    Singer singer(sing(kAh, 1.3, 48000, vibrato(150)));
    singer.set(p::robot, float(robot));
    singer.set(p::robot_key, 45);
    const Stereo out = singer.sing_out();
    CHECK(off(out.left, 45, 4) < 3);
    CHECK(db(rms(middle(out.left)) / rms(middle(singer.song))) == doctest::Approx(0).epsilon(6));
  }
}

TEST_CASE("a whisper has the vowel and no pitch") {
  Singer singer(note(48));
  singer.set(p::whisper, 1);
  const Stereo out = singer.sing_out();
  CHECK(harmonics_to_noise_db(middle(out.left), 48000, hz_of(48)) < 3);
  CHECK(std::fabs(db(rms(middle(out.left)) / rms(middle(singer.song)))) < 9);
  const std::vector<double> amplitudes = spectrum(middle(out.left), 15);
  const auto band = [&](double from, double to) { return 10 * std::log10(energy(amplitudes, from, to, 48000) / (to - from)); };
  CHECK(band(650, 1200) > band(1600, 2000) + 8);            // the two lowest formants of "ah" stand out
}

TEST_CASE("doubling makes it wide and changes neither its pitch nor its level much") {
  Singer singer(note(52));
  singer.set(p::doubling, 1);
  const Stereo out = singer.sing_out();
  double apart = 0;
  for (size_t i = 20000; i < 50000; ++i) apart += std::pow(double(out.left[i]) - out.right[i], 2);
  CHECK(db(std::sqrt(apart / 30000) / rms(middle(out.left))) > -20);
  CHECK(std::fabs(db(rms(middle(out.left)) / rms(middle(singer.song)))) < 5);
}

TEST_CASE("hiss on s is turned down, vowels are not") {
  Random random(4);
  std::vector<float> hiss(60000);
  float before = 0;
  for (float& frame : hiss) {
    const float white = 0.2f * random.bipolar();
    frame = white - before;                                  // treble
    before = white;
  }
  Singer hissing(hiss), singing(note(52));
  for (Singer* singer : {&hissing, &singing}) singer->set(p::de_ess, 1);
  const Stereo s = hissing.sing_out(), ah = singing.sing_out();
  CHECK(db(rms(middle(s.left)) / rms(middle(hissing.song))) < -6);
  CHECK(std::fabs(db(rms(middle(ah.left)) / rms(middle(singing.song)))) < 0.3);
}

TEST_CASE("the gate takes the room away between words and leaves the words") {
  Random random(6);
  std::vector<float> take = with_silence(note(52), 0.5, 0.5, 48000);
  for (float& frame : take) frame += 0.002f * random.bipolar();
  Singer singer(take);
  singer.set(p::gate_db, -40);
  const Stereo out = singer.sing_out();
  CHECK(db(rms(std::span(out.left).subspan(0, 20000))) < -90);
  CHECK(std::fabs(db(rms(std::span(out.left).subspan(40000, 30000)) / rms(std::span(take).subspan(40000, 30000)))) < 0.5);
}
