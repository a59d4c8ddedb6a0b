// Another speed and another pitch: length, pitch, onsets, stereo image, changes on the way, any way of asking.
#include <doctest/doctest.h>

#include <functional>
#include <memory>

#include "base/random.h"
#include "stretch/stretcher.h"
#include "tests/support/measure.h"

using namespace arietta;
using namespace arietta::test;

namespace {

using Source = std::function<float(double frame, int channel)>;    // sounds from frame 0 on

struct Setting { double speed, semitones; };

struct Played {
  std::vector<float> left, right;
};

struct Stretching {
  std::vector<uint8_t> memory;
  std::unique_ptr<Stretcher> stretcher = std::make_unique<Stretcher>();
  Source source;

  Stretching(Source sound, double speed, double semitones = 0, float rate = 48000,
             double window_s = Stretcher::kLiveWindow_s)
      : memory(Stretcher::bytes(rate, window_s)), source(std::move(sound)) {
    Arena arena(memory);
    REQUIRE(stretcher->prepare(rate, arena, window_s));
    stretcher->set_speed(speed);
    stretcher->set_pitch(semitones);
    // As a player that knows where it will begin: the first steps are over when frame 0 sounds.
    const int lead = stretcher->warm_up();
    stretcher->start(-lead * speed);
    play(lead);
  }

  Played play(int frames, int quantum = 128) {
    Played out{std::vector<float>(size_t(frames)), std::vector<float>(size_t(frames))};
    for (int at = 0; at < frames;) {
      const int count = std::min(quantum, frames - at);
      const Stretcher::Span need = stretcher->need(count);
      std::vector<float> left, right;
      for (int64_t n = need.first; n < need.first + need.count; ++n) {
        left.push_back(n < 0 ? 0 : source(double(n), 0));
        right.push_back(n < 0 ? 0 : source(double(n), 1));
      }
      stretcher->feed(left.data(), right.data(), need.count);
      stretcher->pull(&out.left[size_t(at)], &out.right[size_t(at)], count);
      at += count;
    }
    return out;
  }
};

Source tone(double hz, double rate = 48000) {
  return [=](double frame, int) { return float(0.5 * std::sin(kTau * hz * frame / rate)); };
}

// Two milliseconds of noise now and then, over a quiet chord.
constexpr int kClickEvery = 11000, kFirstClick = 9000;
Source clicks() {
  return [](double frame, int) {
    const int64_t n = int64_t(frame) - kFirstClick;
    float sound = 0.02f * float(std::sin(kTau * 330 * frame / 48000) + std::sin(kTau * 495 * frame / 48000));
    if (n >= 0 && n % kClickEvery < 96) {
      Random random(uint32_t(n % kClickEvery) * 2654435761u + 1);
      sound += 0.7f * random.bipolar() * std::exp(-float(n % kClickEvery) / 30);
    }
    return sound;
  };
}

struct Fit {
  double amplitude, phase, rest;       // `rest`: rms of what the tone leaves over
};

// The tone of a known frequency in a stretch of sound.
Fit fit_tone(std::span<const float> x, double hz, double rate = 48000) {
  double a = 0, b = 0;
  const double n = double(x.size());
  std::vector<double> window(x.size());
  double weight = 0;
  for (size_t i = 0; i < x.size(); ++i) {
    window[i] = 0.5 - 0.5 * std::cos(kTau * (double(i) + 0.5) / n);
    weight += window[i];
    a += window[i] * x[i] * std::cos(kTau * hz * double(i) / rate);
    b += window[i] * x[i] * std::sin(kTau * hz * double(i) / rate);
  }
  a *= 2 / weight, b *= 2 / weight;
  double rest = 0;
  for (size_t i = 0; i < x.size(); ++i) {
    const double angle = kTau * hz * double(i) / rate, gone = x[i] - a * std::cos(angle) - b * std::sin(angle);
    rest += gone * gone;
  }
  return {std::hypot(a, b), std::atan2(a, b), std::sqrt(rest / n)};
}

double cents_off(const std::vector<float>& x, double hz, double rate = 48000) {
  const size_t half = x.size() / 2;
  const Fit early = fit_tone({x.data(), half}, hz, rate), late = fit_tone({x.data() + half, half}, hz, rate);
  double turned = late.phase - early.phase - kTau * hz * double(half) / rate;
  turned -= kTau * std::round(turned / kTau);
  return 1200 * std::log2(1 + turned / (kTau * hz * double(half) / rate));
}

// Where the steepest hundredth of a second around `near` has its middle.
double click_at(const std::vector<float>& x, double near) {
  double total = 0, moment = 0;
  for (int n = int(near) - 480; n < int(near) + 480; ++n) {
    const double d = double(x[size_t(n)]) - 2 * double(x[size_t(n - 1)]) + x[size_t(n - 2)];
    total += d * d, moment += d * d * n;
  }
  return moment / total;
}

double click_energy(const std::vector<float>& x, double from, double to) {
  double total = 0;
  for (int n = std::max(2, int(from)); n < int(to); ++n) {
    const double d = double(x[size_t(n)]) - 2 * double(x[size_t(n - 1)]) + x[size_t(n - 2)];
    total += d * d;
  }
  return total;
}

}  // namespace

TEST_CASE("at its own speed and pitch a sound stays what it is") {
  Random random(7);
  std::vector<float> noise(40000);
  for (float& v : noise) v = random.bipolar();
  Stretching stretching([&](double n, int channel) { return n < 40000 ? noise[size_t(n)] * (channel ? -0.5f : 1.0f) : 0.0f; }, 1);
  const Played out = stretching.play(30000);
  double worst = 0;
  for (size_t i = 0; i < out.left.size(); ++i)
    worst = std::max({worst, std::fabs(double(out.left[i]) - noise[i]), std::fabs(double(out.right[i]) + 0.5 * noise[i])});
  CHECK(worst < 1e-5);
}

TEST_CASE("a tone keeps pitch, level and purity at every speed") {
  for (const double speed : {0.25, 0.5, 0.8, 1.25, 2.0, 4.0}) {
    CAPTURE(speed);
    Stretching stretching(tone(1234.5), speed);
    stretching.play(12000);
    const Played out = stretching.play(24000);
    CHECK(std::fabs(cents_off(out.left, 1234.5)) < 0.1);
    const Fit fit = fit_tone(out.left, 1234.5);
    CHECK(std::fabs(db(fit.amplitude / 0.5)) < 0.1);
    CHECK(db(fit.rest / fit.amplitude) < -60);
  }
}

TEST_CASE("pitch moves by just the semitones asked for, speed by none") {
  for (const double semitones : {-12.0, -5.0, 0.3, 4.0, 12.0}) {
    CAPTURE(semitones);
    const double hz = 700 * std::exp2(semitones / 12);
    Stretching stretching(tone(700), 1, semitones);
    stretching.play(12000);
    const Played out = stretching.play(24000);
    CHECK(std::fabs(cents_off(out.left, hz)) < 0.1);
    const Fit fit = fit_tone(out.left, hz);
    CHECK(std::fabs(db(fit.amplitude / 0.5)) < 0.1);
    CHECK(db(fit.rest / fit.amplitude) < -60);
    CHECK(stretching.stretcher->position() == doctest::Approx(36000));
  }
}

TEST_CASE("what the new pitch cannot carry is left out instead of folded back") {
  Stretching stretching(tone(20000), 1, 7);
  stretching.play(12000);
  CHECK(db(rms(stretching.play(12000).left)) < -70);
}

TEST_CASE("onsets come at their time, once, as short as they were") {
  constexpr Setting kSettings[] = {{0.5, 0}, {0.7, 0}, {1.3, 0}, {2, 0}, {4, 0}, {1, 5}, {1, -5}};
  for (const Setting& setting : kSettings) {
    const double speed = setting.speed, semitones = setting.semitones;
    CAPTURE(speed);
    CAPTURE(semitones);
    const int frames = int(6 * kClickEvery / speed);
    std::vector<float> source(size_t(7 * kClickEvery));
    for (size_t n = 0; n < source.size(); ++n) source[n] = clicks()(double(n), 0);
    Stretching stretching(clicks(), speed, semitones);
    const std::vector<float> out = stretching.play(frames).left;
    const double steady = click_energy(source, kFirstClick - 2000, kFirstClick - 500) / 1500;
    for (int click = 0; click < 5; ++click) {
      const double from = kFirstClick + click * kClickEvery, to = from / speed;
      const double place = click_at(source, from) - from;      // of its middle, behind its start
      CHECK(std::fabs(click_at(out, to + place) - to - place) < 0.0003 * 48000);
      const double whole = click_energy(out, to - 0.05 * 48000, to + 0.05 * 48000);
      const double itself = click_energy(out, to - 0.001 * 48000, to + 0.003 * 48000);
      CHECK(itself / (whole - 4000 * steady) > 0.97);
      if (semitones == 0) CHECK(std::fabs(10 * std::log10(itself / click_energy(source, from - 48, from + 144))) < 1.5);
    }
  }
}

TEST_CASE("both channels turn alike: a panned tone stays where it is") {
  const Source panned = [](double frame, int channel) {
    return float((channel ? 0.2 : 0.6) * std::sin(kTau * 440 * frame / 48000 + (channel ? 0.9 : 0)) +
                 (channel ? 0.3 : 0.1) * std::sin(kTau * 700 * frame / 48000));
  };
  for (const Setting& setting : {Setting{0.6, 0.0}, Setting{1.7, 0.0}, Setting{1.0, 3.0}, Setting{0.8, -4.0}}) {
    const double speed = setting.speed, semitones = setting.semitones;
    CAPTURE(speed);
    CAPTURE(semitones);
    Stretching stretching(panned, speed, semitones);
    stretching.play(12000);
    const Played out = stretching.play(24000);
    const double up = std::exp2(semitones / 12);
    const Fit left = fit_tone(out.left, 440 * up), right = fit_tone(out.right, 440 * up);
    CHECK(std::remainder(right.phase - left.phase, kTau) * 360 / kTau == doctest::Approx(0.9 * 360 / kTau).epsilon(0.01));
    CHECK(right.amplitude / left.amplitude == doctest::Approx(1.0 / 3).epsilon(0.02));
    const Fit left_high = fit_tone(out.left, 700 * up), right_high = fit_tone(out.right, 700 * up);
    CHECK(std::fabs(std::remainder(right_high.phase - left_high.phase, kTau)) * 360 / kTau < 1);
  }
}

TEST_CASE("speed and pitch may move at any moment without a click") {
  Stretching stretching(tone(500), 1);
  stretching.play(12000);
  Random random(3);
  std::vector<float> all;
  for (int change = 0; change < 150; ++change) {
    stretching.stretcher->set_speed(std::exp2(4 * random.unit() - 2));
    stretching.stretcher->set_pitch(10 * random.unit() - 5);
    const Played out = stretching.play(100 + int(900 * random.unit()));
    all.insert(all.end(), out.left.begin(), out.left.end());
  }
  const double highest = 500 * std::exp2(5.0 / 12);
  CHECK(sharpest(all) < 1.5 * 0.5 * std::pow(kTau * highest / 48000, 2));   // the corners of the highest tone itself
  CHECK(peak(all) < 0.6);
}

TEST_CASE("ten minutes of changing speed leave it where the clock says") {
  constexpr double kRate = 8000;
  const Source ticks = [](double frame, int) { return int64_t(frame) % 4000 < 4 ? 0.8f : 0.0f; };
  Stretching stretching(ticks, 1, 0, kRate);
  double clock = 0;
  for (int n = 0; n < 10 * 60 * 4; ++n) {
    const double speed = 1 + 0.3 * std::sin(n * 0.01);
    stretching.stretcher->set_speed(speed);
    clock += speed * 2000;
    stretching.play(2000);
  }
  CHECK(std::fabs(stretching.stretcher->position() - clock) < 1e-4);
  stretching.stretcher->set_speed(0.8);
  stretching.play(4000);
  clock += 3200;
  const std::vector<float> out = stretching.play(10000).left;
  const double next = (std::ceil(clock / 4000) * 4000 - clock) / 0.8;  // frames until the next tick
  size_t loudest = size_t(next) > 100 ? size_t(next) - 100 : 0;
  for (size_t n = loudest; n < size_t(next) + 100; ++n)
    if (std::fabs(out[n]) > std::fabs(out[loudest])) loudest = n;
  CHECK(std::fabs(double(loudest) - next) < 6);                         // the tick itself is four frames long
}

TEST_CASE("steered to the owner's clock it goes there without a click") {
  Stretching stretching(clicks(), 1.2);
  stretching.play(3000);
  stretching.stretcher->steer(stretching.stretcher->position() - 400);
  const double at = stretching.stretcher->position();
  const std::vector<float> out = stretching.play(20000).left;
  const double to = (kFirstClick - at) / 1.2;
  std::vector<float> source(size_t(kFirstClick + 1000));
  for (size_t n = 0; n < source.size(); ++n) source[n] = clicks()(double(n), 0);
  CHECK(std::fabs(click_at(out, to) - to - (click_at(source, kFirstClick) - kFirstClick)) < 15);
  CHECK(sharpest({out.data(), size_t(to) - 2500}) < 1.2 * sharpest({source.data(), kFirstClick - 500}));
}

TEST_CASE("what is no sound is silence, and leaves nothing behind") {
  const Source broken = [](double frame, int channel) {
    if (frame >= 20000 && frame < 20100) return channel ? std::nanf("") : INFINITY;
    return tone(400)(frame, channel);
  };
  Stretching stretching(broken, 0.8, 2);
  stretching.stretcher->set_speed(std::nan(""));
  stretching.stretcher->set_pitch(std::nan(""));
  stretching.stretcher->steer(std::nan(""));
  CHECK(all_finite(stretching.play(35000).left));
  CHECK(std::fabs(db(rms(stretching.play(20000).left) / (0.5 * std::sqrt(0.5)))) < 0.2);
  CHECK(stretching.stretcher->position() == doctest::Approx(44000));
}

TEST_CASE("any quantum gives the same samples") {
  Stretching whole(clicks(), 0.7, 3), parts(clicks(), 0.7, 3);
  const Played a = whole.play(30000, 128), b = parts.play(30000, 32);
  CHECK(difference(a.left, b.left) < 1e-6);
}

TEST_CASE("with a clip's window the lowest bass stays clean, and onsets as they were") {
  const Source bass = [](double frame, int) {
    double sound = 0;
    for (int k = 1; k <= 20; ++k) sound += 0.2 / k * std::sin(kTau * 41.2 * k * frame / 48000 + k * k);
    return float(sound);
  };
  Stretching stretching(bass, 0.6, 0, 48000, Stretcher::kClipWindow_s);
  stretching.play(12000);
  std::vector<float> out = stretching.play(48000).left;
  const double whole = rms(out);
  for (int k = 1; k <= 20; ++k) {
    const Fit fit = fit_tone(out, 41.2 * k);
    for (size_t n = 0; n < out.size(); ++n)
      out[n] -= float(fit.amplitude * std::sin(kTau * 41.2 * k * double(n) / 48000 + fit.phase));
  }
  CHECK(db(rms({out.data() + 4800, out.size() - 9600}) / whole) < -35);

  Stretching clicking(clicks(), 0.6, 0, 48000, Stretcher::kClipWindow_s);
  const std::vector<float> clicked = clicking.play(2 * kClickEvery).left;
  const double to = kFirstClick / 0.6;
  CHECK(click_energy(clicked, to - 48, to + 144) / click_energy(clicked, to - 2400, to + 2400) > 0.97);
}

TEST_CASE("a start in the middle is heard at once") {
  Stretching stretching(tone(300), 0.5);
  stretching.stretcher->start(5000);
  CHECK(stretching.stretcher->position() == 5000);
  const Played out = stretching.play(400);
  for (int n = 0; n < 400; ++n) CHECK(std::fabs(out.left[size_t(n)] - tone(300)(5000 + n, 0)) < 1e-4);
}

TEST_CASE("a live source is wanted no earlier than the latency says, and a song's is at most a tenth of a second") {
  for (const Setting& setting : {Setting{1.0, 0.0}, Setting{1.0, 5.0}, Setting{1.0, -5.0}, Setting{0.5, 0.0}}) {
    const double speed = setting.speed, semitones = setting.semitones;
    Stretching stretching(tone(300), speed, semitones);
    int64_t most = 0;
    for (int n = 0; n < 200; ++n) {
      const Stretcher::Span need = stretching.stretcher->need(128);
      most = std::max(most, need.first + need.count - int64_t(stretching.stretcher->position() + 128 * speed));
      stretching.play(128);
    }
    CHECK(most <= stretching.stretcher->latency() + 1);
    CHECK(stretching.stretcher->latency() <= 4800);
  }
}

TEST_CASE("every usual rate works, others are refused") {
  for (const float rate : {8000.0f, 22050.0f, 44100.0f, 96000.0f, 192000.0f}) {
    CAPTURE(rate);
    Stretching stretching(tone(300, rate), 1.3, 2, rate);
    stretching.play(int(rate / 4));
    const Played out = stretching.play(int(rate / 2));
    CHECK(std::fabs(cents_off(out.left, 300 * std::exp2(2.0 / 12), rate)) < 0.2);
    CHECK(std::fabs(db(rms(out.left) / (0.5 * std::sqrt(0.5)))) < 0.2);
  }
  std::vector<uint8_t> memory(1 << 22);
  for (const float rate : {0.0f, 4000.0f, 400000.0f, std::nanf("")}) {
    Arena arena(memory);
    CHECK_FALSE(std::make_unique<Stretcher>()->prepare(rate, arena));
  }
}
