// The loudness meter against the synthetic signals of EBU Tech 3341 and Tech 3342, made from their descriptions, each
// within the tolerance stated there. The numbers in the names are the signals' numbers in those papers.
#include <doctest/doctest.h>

#include <functional>
#include <vector>

#include "base/random.h"
#include "dsp/loudness.h"
#include "tests/support/measure.h"

using namespace arietta;
using namespace arietta::test;

namespace {

struct Tone { double dbfs, seconds; };            // 1 kHz; dbfs is the amplitude; below -200 it is silence

class Listener {
 public:
  explicit Listener(int channels = 2, double rate = 48000) : channels_(channels), rate_(rate), memory_(LoudnessMeter::kArenaBytes) {
    Arena arena(memory_);
    REQUIRE(meter.prepare(arena, float(rate), channels));
  }

  // Each channel its own amplitude; after every block `then` may look.
  void hear(double seconds, const std::vector<double>& dbfs, const std::function<void()>& then = [] {}) {
    std::vector<double> amplitude;
    for (double level : dbfs) amplitude.push_back(level < -200 ? 0 : std::pow(10, level / 20));
    feed(seconds, [&](int channel) { return amplitude[size_t(channel)] * std::sin(kTau * 1000 * double(frame_) / rate_); }, then);
  }
  void hear(const std::vector<Tone>& tones, const std::function<void()>& then = [] {}) {
    for (const Tone& tone : tones) hear(tone.seconds, std::vector<double>(size_t(channels_), tone.dbfs), then);
  }

  void feed(double seconds, const std::function<double(int channel)>& sample, const std::function<void()>& then = [] {}) {
    alignas(16) float data[8][kMaxBlock];
    const float* channels[8];
    for (int c = 0; c < 8; ++c) channels[c] = data[c];
    for (int64_t left = std::llround(seconds * rate_); left > 0;) {
      const int count = int(std::min<int64_t>(left, kMaxBlock));
      for (int i = 0; i < count; ++i, ++frame_)
        for (int c = 0; c < channels_; ++c) data[c][i] = float(sample(c));
      meter.process(channels, count);
      left -= count;
      then();
    }
  }

  double seconds() const { return double(frame_) / rate_; }

  LoudnessMeter meter;

 private:
  int channels_;
  double rate_;
  std::vector<uint8_t> memory_;
  int64_t frame_ = 0;
};

constexpr double kOff = -999;
constexpr double kLoudnessTolerance = 0.1, kRangeTolerance = 1;       // LU

#define CHECK_NEAR(value, wanted, tolerance) CHECK(std::fabs((value) - (wanted)) <= (tolerance))

}  // namespace

TEST_CASE("3341-1 and 2: a steady tone reads its level on all three meters, at every sample rate") {
  for (const double rate : {8000.0, 22050.0, 44100.0, 48000.0, 96000.0, 192000.0})
    for (const double level : {-23.0, -33.0}) {
      Listener listener(2, rate);
      listener.hear(rate > 50000 ? 5 : 20, {level, level});
      CHECK_NEAR(listener.meter.momentary_lufs(), level, kLoudnessTolerance);
      CHECK_NEAR(listener.meter.short_term_lufs(), level, kLoudnessTolerance);
      CHECK_NEAR(listener.meter.integrated_lufs(), level, kLoudnessTolerance);
    }
}

TEST_CASE("3341-3 to 5: quiet parts do not count, by both gates") {
  const std::vector<std::vector<Tone>> programmes = {
      {{-36, 10}, {-23, 60}, {-36, 10}},
      {{-72, 10}, {-36, 10}, {-23, 60}, {-36, 10}, {-72, 10}},
      {{-26, 20}, {-20, 20.1}, {-26, 20}},
  };
  for (const std::vector<Tone>& programme : programmes) {
    Listener listener;
    listener.hear(programme);
    CHECK_NEAR(listener.meter.integrated_lufs(), -23, kLoudnessTolerance);
  }
}

TEST_CASE("3341-6: five channels, each with its weight; the bass effects have none") {
  Listener five(5);
  five.hear(20, {-28, -28, -24, -30, -30});
  CHECK_NEAR(five.meter.integrated_lufs(), -23, kLoudnessTolerance);
  Listener six(6);
  six.hear(20, {-28, -28, -24, 0, -30, -30});
  CHECK_NEAR(six.meter.integrated_lufs(), -23, kLoudnessTolerance);
}

TEST_CASE("3341-9 and 12: the windows are as long as they should be") {
  Listener short_term;
  for (int i = 0; i < 5; ++i)
    short_term.hear({{-20, 1.34}, {-30, 1.66}}, [&] {
      if (short_term.seconds() > 3.02) CHECK_NEAR(short_term.meter.short_term_lufs(), -23, kLoudnessTolerance);
    });
  Listener momentary;
  for (int i = 0; i < 25; ++i)
    momentary.hear({{-20, 0.18}, {-30, 0.22}}, [&] {
      if (momentary.seconds() > 1) CHECK_NEAR(momentary.meter.momentary_lufs(), -23, kLoudnessTolerance);
    });
}

TEST_CASE("3341-10 and 13: a tone as long as the window is read whole, whenever it starts") {
  for (int i = 0; i < 20; ++i) {
    Listener short_term;
    short_term.hear({{kOff, 0.15 * i}, {-23, 3}, {kOff, 1}});
    CHECK_NEAR(short_term.meter.highest_short_term_lufs(), -23, kLoudnessTolerance);
    Listener momentary;
    momentary.hear({{kOff, 0.02 * i}, {-23, 0.4}, {kOff, 1}});
    CHECK_NEAR(momentary.meter.highest_momentary_lufs(), -23, kLoudnessTolerance);
  }
}

TEST_CASE("3341-11 and 14: the highest so far follows tones that rise by 1 dB") {
  Listener short_term, momentary;
  for (int i = 0; i < 20; ++i) {
    const double level = -38 + i;
    short_term.hear({{kOff, 0.15 * i}, {level, 3}, {kOff, 3 - 0.15 * i}});
    CHECK_NEAR(short_term.meter.highest_short_term_lufs(), level, kLoudnessTolerance);
    momentary.hear({{kOff, 0.02 * i}, {level, 0.4}, {kOff, 0.4 - 0.02 * i}});
    CHECK_NEAR(momentary.meter.highest_momentary_lufs(), level, kLoudnessTolerance);
  }
}

TEST_CASE("3341-15 to 19: the peak between the samples, within +0.2 and -0.4 dB") {
  struct Sine { double frames, degrees, amplitude, dbtp; };
  for (const Sine& sine : {Sine{4, 0, 0.5, -6}, Sine{4, 45, 0.5, -6}, Sine{6, 60, 0.5, -6}, Sine{8, 67.5, 0.5, -6}, Sine{4, 45, 1.41, 3}}) {
    Listener listener;
    int64_t frame = 0;
    listener.feed(1, [&](int channel) {
      const double fade = std::min({1.0, double(frame) / 4800, double(48000 - frame) / 4800});
      const double value = sine.amplitude * fade * std::sin(kTau * (double(frame) / sine.frames + sine.degrees / 360));
      frame += channel;
      return value;
    });
    CHECK(listener.meter.true_peak_dbtp() <= sine.dbtp + 0.2);
    CHECK(listener.meter.true_peak_dbtp() >= sine.dbtp - 0.4);
  }
}

TEST_CASE("3341-20 to 23: one loud period, made at four times the rate, wherever the samples fall") {
  constexpr int kFrames = 4 * 4800, kReach = 256, kPeriod = 24;      // a sixth of the lower rate
  std::vector<double> high;
  for (int i = 0; i < kFrames; ++i)
    high.push_back((i / kPeriod == kFrames / 2 / kPeriod ? 1.0 : 0.5) * std::sin(kTau * i / kPeriod));
  const auto low_passed = [&](int at) {
    double sum = 0;
    for (int k = -kReach; k <= kReach; ++k) {
      const double window = 0.5 + 0.5 * std::cos(kTau / 2 * k / (kReach + 1));
      sum += window * (k == 0 ? 0.25 : std::sin(kTau / 8 * k) / (kTau / 2 * k)) * high[size_t(at + k)];
    }
    return sum;
  };
  for (int offset = 0; offset < 4; ++offset) {
    std::vector<float> low;
    for (int i = kReach + offset; i + kReach < kFrames; i += 4) low.push_back(float(low_passed(i)));
    TruePeakMeter meter;
    meter.prepare();
    for (size_t i = 0; i + kMaxBlock <= low.size(); i += kMaxBlock) meter.process(low.data() + i, kMaxBlock);
    CHECK(db(double(meter.highest())) <= 0.2);
    CHECK(db(double(meter.highest())) >= -0.4);
  }
}

TEST_CASE("3342-1 to 4: the range between soft and loud") {
  struct Programme { std::vector<Tone> tones; double lu; };
  const std::vector<Programme> programmes = {
      {{{-20, 20}, {-30, 20}}, 10},
      {{{-20, 20}, {-15, 20}}, 5},
      {{{-40, 20}, {-20, 20}}, 20},
      {{{-50, 20}, {-35, 20}, {-20, 20}, {-35, 20}, {-50, 20}}, 15},
  };
  for (const Programme& programme : programmes) {
    Listener listener;
    listener.hear(programme.tones);
    CHECK_NEAR(listener.meter.range_lu(), programme.lu, kRangeTolerance);
  }
}

TEST_CASE("silence reads as silence, and bad numbers leave no trace after a reset") {
  Listener listener;
  listener.hear(4, {kOff, kOff});
  CHECK(listener.meter.integrated_lufs() == kSilentLufs);
  CHECK(listener.meter.momentary_lufs() == kSilentLufs);
  CHECK(listener.meter.true_peak_dbtp() == kSilentLufs);
  CHECK(listener.meter.range_lu() == 0);
  listener.feed(0.1, [](int) { return double(NAN); });
  listener.meter.reset();
  listener.hear(4, {-23, -23});
  CHECK_NEAR(listener.meter.integrated_lufs(), -23, kLoudnessTolerance);
  CHECK(listener.meter.true_peak_dbtp() == doctest::Approx(-23).epsilon(0.01));
}

TEST_CASE("blocks of any size read the same") {
  std::vector<float> noise(48000);
  Random random(3);
  for (float& v : noise) v = 0.1f * random.bipolar();
  double loudness[2], peak[2];
  const int sizes[2] = {32, 7};
  for (int turn = 0; turn < 2; ++turn) {
    Listener listener(1);
    for (size_t at = 0; at < noise.size();) {
      const int count = int(std::min<size_t>(size_t(sizes[turn]), noise.size() - at));
      const float* channel = noise.data() + at;
      listener.meter.process(&channel, count);
      at += size_t(count);
    }
    loudness[turn] = listener.meter.integrated_lufs();
    peak[turn] = listener.meter.true_peak_dbtp();
  }
  CHECK(loudness[0] == doctest::Approx(loudness[1]).epsilon(1e-9));
  CHECK(peak[0] == peak[1]);
}
