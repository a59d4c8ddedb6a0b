// What the engine reports of the sound that leaves is true of the sound that left.
#include <doctest/doctest.h>

#include "core/master_meter.h"
#include "song/defaults.h"
#include "tests/support/measure.h"
#include "tests/support/test_engine.h"

using namespace arietta;

namespace {

struct Metered {
  std::vector<uint8_t> memory = std::vector<uint8_t>(256 * 1024);
  MasterMeter meter;

  Metered() {
    Arena arena(memory);
    REQUIRE(meter.prepare(48000, arena));
  }
  TelemetryMaster hear(int frames, double left, double right, double hz, double right_phase = 0) {
    alignas(16) float l[kMaxBlock], r[kMaxBlock];
    for (int done = 0; done < frames; done += kMaxBlock) {
      for (int i = 0; i < kMaxBlock; ++i, ++frame) {
        l[i] = float(left * std::sin(test::kTau * hz * frame / 48000));
        r[i] = float(right * std::sin(test::kTau * hz * frame / 48000 + right_phase));
      }
      meter.process(l, r, playing);
    }
    return meter.read();
  }
  int frame = 0;
  bool playing = true;
};

}  // namespace

TEST_CASE("the engine's loudness is that of the sound it handed out") {
  TestEngine engine;
  engine.load(starter_song());
  engine.host.send(Message::play);
  const Sound sound = engine.play(12 * 48000);
  const TelemetryMaster told = engine.host.telemetry().master;
  LoudnessMeter meter;
  std::vector<uint8_t> memory(LoudnessMeter::kArenaBytes);
  Arena arena(memory);
  REQUIRE(meter.prepare(arena, 48000, 2));
  for (size_t at = 0; at < sound.left.size(); at += kMaxBlock) {
    const float* sides[] = {sound.left.data() + at, sound.right.data() + at};
    meter.process(sides, kMaxBlock);
  }
  CHECK(meter.integrated_lufs() > -40);
  CHECK(double(told.integrated_lufs) == doctest::Approx(meter.integrated_lufs()).epsilon(0.001));
  CHECK(double(told.short_term_lufs) == doctest::Approx(meter.short_term_lufs()).epsilon(0.001));
  CHECK(double(told.true_peak_dbtp) == doctest::Approx(meter.true_peak_dbtp()).epsilon(0.01));
  CHECK(told.true_peak_dbtp <= -1);
}

TEST_CASE("the song's loudness starts anew when the song does, and silence afterwards does not count") {
  Metered metered;
  metered.hear(5 * 48000, 0.5, 0.5, 1000);
  metered.playing = false;
  metered.hear(48000, 0, 0, 1000);
  metered.playing = true;
  const TelemetryMaster quiet = metered.hear(5 * 48000, 0.05, 0.05, 1000);
  CHECK(quiet.integrated_lufs == doctest::Approx(-26.02).epsilon(0.004));
  CHECK(quiet.true_peak_dbtp == doctest::Approx(-26.02).epsilon(0.004));
  const TelemetryMaster later = metered.hear(20 * 48000, 0, 0, 1000);
  CHECK(later.integrated_lufs == doctest::Approx(-26.02).epsilon(0.02));
  CHECK(later.momentary_lufs == doctest::Approx(kSilentLufs));
}

TEST_CASE("correlation tells mono from wide from out of phase") {
  CHECK(Metered().hear(48000, 0.5, 0.5, 440).correlation == doctest::Approx(1));
  CHECK(Metered().hear(48000, 0.5, 0.1, 440).correlation == doctest::Approx(1));
  CHECK(Metered().hear(48000, 0.5, -0.5, 440).correlation == doctest::Approx(-1));
  CHECK(std::fabs(Metered().hear(96000, 0.5, 0.5, 440, test::kTau / 4).correlation) < 0.02f);
  CHECK(Metered().hear(48000, 0, 0, 440).correlation == 0);
}

TEST_CASE("the spectrum shows a tone in its band, at its level") {
  for (const double hz : {110.0, 900.0, 7000.0}) {
    const TelemetryMaster reading = Metered().hear(48000, 0.5, 0.5, hz);
    int loudest = 0;
    for (int band = 0; band < kSpectrumBands; ++band)
      if (reading.spectrum_db[band] > reading.spectrum_db[loudest]) loudest = band;
    CHECK(loudest == int(2 * std::log2(hz / 22.1)));
    CHECK(reading.spectrum_db[loudest] > -7.6f);              // -6 dB, less what falls between two bins
    CHECK(reading.spectrum_db[loudest] < -5.9f);
    CHECK(reading.spectrum_db[(loudest + 10) % kSpectrumBands] < -60);
  }
}
