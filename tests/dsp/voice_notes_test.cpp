// Sing to notes: the melody that was meant, from singing that scoops, shakes, breathes and is out of tune.
#include <doctest/doctest.h>

#include "tests/support/sung.h"
#include "voice/notes_from_voice.h"
#include "voice/pitch_tracker.h"

using namespace arietta;
using namespace arietta::test;

namespace {

struct Meant { int key; double beats; };

// Each note begins flat, shakes after a while and ends before the next; a consonant in between.
std::vector<float> hum(const std::vector<Meant>& melody, double cents_off, double seconds_per_beat) {
  Random random(9);
  std::vector<float> out(12000, 0.0f);
  for (const Meant& note : melody) {
    const double seconds = note.beats * seconds_per_beat, hz = 440 * std::exp2((note.key - 69 + cents_off / 100) / 12);
    const std::vector<float> tone = sing(kAhOfWoman, seconds - 0.1, 48000, [hz](double t) {
      return hz * std::exp2((-80 * std::exp(-t / 0.03) + 40 * (t > 0.25) * std::sin(kTau * 5.5 * t)) / 1200);
    });
    out.insert(out.end(), tone.begin(), tone.end());
    for (int i = 0; i < int(0.1 * 48000); ++i) out.push_back(0.01f * random.bipolar());
  }
  return out;
}

std::vector<SungNote> notes_of(const std::vector<float>& sound, const NotesOptions& options) {
  std::vector<uint8_t> memory(4 << 20);
  Arena arena(memory);
  PitchTracker tracker;
  REQUIRE(tracker.prepare(48000, {65, 1100, 0.018f, 0.060f}, arena));
  std::vector<PitchPoint> points;
  std::vector<float> padded = sound;
  padded.resize(sound.size() + size_t(tracker.latency_frames()), 0.0f);
  int64_t seen = 0;
  for (size_t at = 0; at + 32 <= padded.size(); at += 32) {
    tracker.write(padded.data() + at, 32);
    for (; seen < tracker.track().count(); ++seen) points.push_back(tracker.track()[seen]);
  }
  std::vector<SungNote> notes(64);
  notes.resize(size_t(notes_from_voice(points, 48000, options, arena, notes)));
  return notes;
}

constexpr TuneNotes kCMajor = {0b101010110101};
const std::vector<Meant> kMelody = {{60, 1}, {62, 1}, {64, 1}, {67, 2}, {65, 0.5}, {64, 0.5}, {64, 1}, {60, 2}};

}  // namespace

TEST_CASE("a hummed melody comes back note for note, on the beat") {
  for (const double cents_off : {0.0, 30.0, -35.0}) {
    CAPTURE(cents_off);
    NotesOptions options;
    options.notes = kCMajor;
    options.first_beat_s = 0.25;
    const std::vector<SungNote> notes = notes_of(hum(kMelody, cents_off, 0.5), options);
    REQUIRE(notes.size() == kMelody.size());
    double beat = 0;
    for (size_t i = 0; i < notes.size(); ++i) {
      CAPTURE(i);
      CHECK(notes[i].key == kMelody[i].key);
      CHECK(notes[i].start_beat == beat);
      CHECK(std::fabs(notes[i].length_beats - kMelody[i].beats) <= 0.25);
      CHECK(std::fabs(double(notes[i].cents_off) - cents_off) < 15);
      beat += kMelody[i].beats;
    }
  }
}

TEST_CASE("without a grid notes lie where they were sung, within 30 ms") {
  NotesOptions options;
  options.grid_beats = 0;
  options.seconds_per_beat = 1;
  const std::vector<SungNote> notes = notes_of(hum(kMelody, 0, 0.5), options);
  REQUIRE(notes.size() == kMelody.size());
  double start = 0.25;
  for (size_t i = 0; i < notes.size(); ++i) {
    CHECK(std::fabs(notes[i].start_s - start) < 0.03);
    start += 0.5 * kMelody[i].beats;
  }
}

TEST_CASE("tied notes are told apart by their pitch alone") {
  const std::vector<float> slide = sing(kAh, 1.5, 48000, [](double t) { return t < 0.5 ? 196.0 : t < 1 ? 220.0 : 246.9; });
  const std::vector<SungNote> notes = notes_of(with_silence(slide, 0.2, 0.2, 48000), {});
  REQUIRE(notes.size() == 3);
  CHECK(notes[0].key == 55);
  CHECK(notes[1].key == 57);
  CHECK(notes[2].key == 59);
}

TEST_CASE("noise and silence are no melody") {
  Random random(5);
  std::vector<float> noise(48000);
  for (float& frame : noise) frame = 0.1f * random.bipolar();
  CHECK(notes_of(noise, {}).empty());
  CHECK(notes_of(std::vector<float>(48000, 0.0f), {}).empty());
}
