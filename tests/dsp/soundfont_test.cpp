// What a player hears from the sampled instrument: pitch, loudness, envelopes, filter, pan, pedals, and nothing when
// there is nothing to play.
#include <doctest/doctest.h>

#include <cmath>

#include "bank/sf_bank.h"
#include "devices/soundfont.h"
#include "plan/bank_check.h"
#include "tests/support/make_soundfont.h"

using namespace arietta;
using namespace arietta::test;

namespace {

constexpr float kRate = 48000;

std::vector<uint8_t> bank_of(const Font& font, std::vector<BankChoice> choices = {{0, 0}}) {
  const std::vector<uint8_t> file = make_soundfont(font);
  Result<std::vector<uint8_t>> bank = build_bank(SfFile::open(file).value(), choices);
  REQUIRE(bank.ok());
  REQUIRE(check_bank(bank.value()));
  return bank.value();
}

struct Sound {
  std::vector<float> left, right;
  float peak(size_t from = 0, size_t to = ~size_t(0)) const {
    float most = 0;
    for (size_t i = from; i < std::min(to, left.size()); ++i) most = std::max({most, std::abs(left[i]), std::abs(right[i])});
    return most;
  }
  float biggest_step() const {
    float most = 0;
    for (size_t i = 1; i < left.size(); ++i) most = std::max(most, std::abs(left[i] - left[i - 1]));
    return most;
  }
};

float peak_db(const Sound& sound, float from_s, float length_s) {
  return gain_to_db(sound.peak(size_t(from_s * kRate), size_t((from_s + length_s) * kRate)));
}

// Frequency by rising zero crossings, placed between frames.
double frequency(const Sound& sound, float from_s, float to_s) {
  double first = -1, last = -1;
  int periods = -1;
  for (size_t i = size_t(from_s * kRate) + 1; i < size_t(to_s * kRate); ++i) {
    const float a = sound.left[i - 1], b = sound.left[i];
    if (!(a < 0 && b >= 0)) continue;
    last = double(i) - double(b) / double(b - a);
    if (first < 0) first = last;
    ++periods;
  }
  return periods * double(kRate) / (last - first);
}

double cents_off(double hz, double wanted) { return 1200 * std::log2(hz / wanted); }

class Player {
 public:
  explicit Player(std::vector<uint8_t> bank) : bank_(std::move(bank)) {
    REQUIRE(device.prepare({kRate}, arena_));
    device.set_asset(bank_);
  }
  explicit Player(const Font& font) : Player(bank_of(font)) {}

  void on(int key, float velocity = 1, uint32_t id = 1, int frame = 0, float tuning = 0) {
    send({id, velocity, NoteEventType::kNoteOn, uint8_t(key), uint8_t(frame), 0, tuning});
  }
  void off(int key, uint32_t id = 1) { send({id, 0, NoteEventType::kNoteOff, uint8_t(key), 0}); }
  void controller(int number, float value) { send({0, value, NoteEventType::kController, uint8_t(number), 0}); }
  void send(NoteEvent event) { device.notes({&event, 1}); }

  Sound render(float seconds, int block = kMaxBlock) {
    Sound sound;
    for (int left = int(seconds * kRate); left > 0; left -= block) {
      alignas(16) float l[kMaxBlock] = {}, r[kMaxBlock] = {};
      const int frames = std::min(block, left);
      activity = device.render({l, r, frames});
      sound.left.insert(sound.left.end(), l, l + frames);
      sound.right.insert(sound.right.end(), r, r + frames);
    }
    return sound;
  }

  Soundfont device;
  Activity activity = Activity::kAsleep;

 private:
  std::vector<uint8_t> bank_;
  std::vector<uint8_t> memory_ = std::vector<uint8_t>(1 << 18);
  Arena arena_{memory_};
};

const std::vector<FontSetting> kLooped = {{sfgen::kSampleModes, 1}};

Font looped_font(std::vector<FontSetting> settings = {}) {
  settings.push_back(kLooped[0]);
  return simple_font(settings);
}

// Plays the same value for ever: every change of loudness can be read off directly.
Font constant_font(std::vector<FontSetting> settings) {
  FontSample sample = sine_sample();
  sample.frames.assign(sample.frames.size(), 16000);
  settings.push_back(kLooped[0]);
  return simple_font(settings, sample);
}

float level_db(const Font& font, float velocity = 1, int controller = -1, float value = 0) {
  Player player(font);
  if (controller >= 0) player.controller(controller, value);
  player.on(69, velocity);
  return peak_db(player.render(0.2f), 0.1f, 0.1f);
}

}  // namespace

TEST_CASE("every key is in tune, looped or not, whatever the sample's rate") {
  for (const uint32_t rate : {48000u, 44100u, 22050u}) {
    FontSample sample = sine_sample(100, 4800);
    sample.rate = rate;
    for (const int key : {45, 57, 60, 69, 81, 90}) {
      CAPTURE(rate);
      CAPTURE(key);
      Player player(simple_font(kLooped, sample));
      player.on(key);
      const double wanted = rate / 100.0 * std::exp2((key - 69) / 12.0);
      CHECK(std::abs(cents_off(frequency(player.render(1), 0.2f, 1), wanted)) < 0.05);
    }
  }
}

TEST_CASE("tuning: correction, coarse, fine, scale, micro-tuning and bend add up") {
  FontSample sample = sine_sample();
  sample.correction_cents = -7;
  Font font = simple_font({{sfgen::kSampleModes, 1}, {sfgen::kCoarseTune, 1}, {sfgen::kFineTune, 20}, {sfgen::kScaleTuning, 50}}, sample);
  Player player(font);
  player.on(73, 1, 1, 0, 0.5f);   // 4.5 keys above the root, half a semitone each
  CHECK(std::abs(cents_off(frequency(player.render(1), 0.1f, 1), 480) - (225 + 100 + 20 - 7)) < 0.1);
  player.send({0, -2, NoteEventType::kBend, 0, 0});
  CHECK(std::abs(cents_off(frequency(player.render(1), 0.1f, 1), 480) - (225 + 100 + 20 - 7 - 200)) < 0.1);
}

TEST_CASE("reading between frames is clean: a sine stays a sine to -65 dB") {
  Player player(looped_font());
  player.on(74);
  const Sound sound = player.render(1);
  const double step = 2 * 3.14159265358979 * 480 * std::exp2(5 / 12.0) / kRate;
  double s = 0, c = 0, power = 0;
  for (size_t i = 24000; i < 48000; ++i) {
    s += sound.left[i] * std::sin(step * double(i)) / 12000;
    c += sound.left[i] * std::cos(step * double(i)) / 12000;
  }
  for (size_t i = 24000; i < 48000; ++i) {
    const double rest = sound.left[i] - s * std::sin(step * double(i)) - c * std::cos(step * double(i));
    power += rest * rest / 24000;
  }
  CHECK(10 * std::log10(power / ((s * s + c * c) / 2)) < -65);
}

TEST_CASE("the fast and the plain way of reading give the same bits") {
  // Reading one long straight stretch in fours, against a loop that wraps (read frame by frame).
  std::vector<int16_t> samples;
  for (int i = 0; i < 2000; ++i) samples.push_back(int16_t((i * 7919) % 65536 - 32768));
  const uint64_t step = (uint64_t(1) << 32) * 117 / 100;
  const uint64_t start = uint64_t(100) << 32;
  SampleCursor straight{start, step, uint64_t(1900) << 32, 0};
  float fast[36], plain[36];
  REQUIRE(read_sample(samples.data(), reader_table(), straight, 32, fast));
  SampleCursor ends{start, step, start + 33 * step, 0};     // ends just after, so it must look at every frame
  REQUIRE(read_sample(samples.data(), reader_table(), ends, 31, plain));
  for (int i = 0; i < 31; ++i) CHECK(fast[i] == plain[i]);
  CHECK(straight.position == start + 32 * step);
}

TEST_CASE("at its own pitch a sample comes out as it is") {
  std::vector<int16_t> samples = sine_sample().frames;
  SampleCursor cursor{uint64_t(10) << 32, uint64_t(1) << 32, uint64_t(4000) << 32, 0};
  float out[36];
  read_sample(samples.data(), reader_table(), cursor, 32, out);
  for (int i = 0; i < 32; ++i) CHECK(out[i] * kReaderScale * 32768 == doctest::Approx(samples[size_t(10 + i)]).epsilon(1e-6));
}

TEST_CASE("velocity, volume and expression are squares of their values; attenuation is in dB") {
  const float full = level_db(looped_font());
  CHECK(full - level_db(looped_font(), 0.5f) == doctest::Approx(12.04).epsilon(0.01));
  CHECK(full - level_db(looped_font(), 1, 7, kVolumeAtRest) == doctest::Approx(0).epsilon(0.01));
  CHECK(full - level_db(looped_font(), 1, 7, kVolumeAtRest / 2) == doctest::Approx(12.04).epsilon(0.01));
  CHECK(full - level_db(looped_font(), 1, 11, 0.25f) == doctest::Approx(24.08).epsilon(0.01));
  CHECK(full - level_db(looped_font({{sfgen::kAttenuation, 250}})) == doctest::Approx(10).epsilon(0.01));
}

TEST_CASE("the envelope keeps its times") {
  // attack 0.1 s, hold 0.1 s, decay 1 s through 96 dB to 30 dB below, release 0.5 s through 96 dB
  Player player(looped_font({{sfgen::kVolAttack, -3986}, {sfgen::kVolHold, -3986}, {sfgen::kVolDecay, 0},
                             {sfgen::kVolSustain, 300}, {sfgen::kVolRelease, -1200}}));
  player.on(69);
  const Sound held = player.render(1);
  const float top = peak_db(held, 0.15f, 0.04f);
  CHECK(peak_db(held, 0.045f, 0.005f) - top == doctest::Approx(-6).epsilon(0.1));    // straight line up
  CHECK(top - peak_db(held, 0.3f, 0.004f) == doctest::Approx(9.6).epsilon(0.05));    // 0.1 s into the decay
  CHECK(top - peak_db(held, 0.8f, 0.1f) == doctest::Approx(28.8).epsilon(0.01));     // sustain
  player.off(69);
  const Sound released = player.render(0.6f);
  CHECK(peak_db(held, 0.8f, 0.1f) - peak_db(released, 0.1f, 0.004f) == doctest::Approx(19.2).epsilon(0.05));
  CHECK(player.activity == Activity::kAsleep);
  CHECK(player.device.voices() == 0);
}

TEST_CASE("the attack and release knobs stretch those times") {
  Player player(looped_font({{sfgen::kVolAttack, -3986}, {sfgen::kVolRelease, -1200}}));
  player.device.set_param(param::soundfont::attack, 4);
  player.device.set_param(param::soundfont::release, 2);
  player.on(69);
  const Sound held = player.render(1);
  CHECK(peak_db(held, 0.195f, 0.005f) - peak_db(held, 0.5f, 0.1f) == doctest::Approx(-6).epsilon(0.1));
  player.off(69);
  CHECK(peak_db(held, 0.5f, 0.1f) - peak_db(player.render(0.3f), 0.2f, 0.004f) == doctest::Approx(19.2).epsilon(0.05));
}

TEST_CASE("the low-pass takes away what lies above it, 12 dB an octave, and brightness moves it") {
  const FontSample high = sine_sample(12, 4800);   // 4 kHz
  const auto level = [&](std::vector<FontSetting> settings, float brightness = 0) {
    settings.push_back(kLooped[0]);
    Player player(simple_font(settings, high));
    player.device.set_param(param::soundfont::brightness, brightness);
    player.on(69);
    return peak_db(player.render(0.2f), 0.1f, 0.1f);
  };
  const float open = level({});
  const int one_khz = 8322;                        // 1200 log2(1000 / 8.176)
  CHECK(open - level({{sfgen::kFilterCutoff, one_khz}}) == doctest::Approx(24).epsilon(0.05));
  CHECK(open - level({{sfgen::kFilterCutoff, one_khz}}, 2) == doctest::Approx(3).epsilon(0.05));
  CHECK(open - level({}, -2) > 0.3f);              // 20 kHz, two octaves down
  // Resonance: 20 dB at the cutoff, the whole 10 dB lower.
  CHECK(level({{sfgen::kFilterCutoff, one_khz + 2400}, {sfgen::kFilterQ, 200}}) - open == doctest::Approx(7).epsilon(0.05));
}

TEST_CASE("pan is equal in power, by the zone and by the controller") {
  Player player(looped_font({{sfgen::kPan, -500}}));
  player.on(69);
  Sound sound = player.render(0.1f);
  for (size_t i = 0; i < sound.right.size(); ++i) REQUIRE(std::abs(sound.right[i]) < 1e-6f);
  Player centre(looped_font());
  centre.on(69);
  const float middle = centre.render(0.1f).peak(2400);
  CHECK(gain_to_db(sound.peak(2400)) - gain_to_db(middle) == doctest::Approx(3.01).epsilon(0.01));
  centre.controller(10, 1);
  sound = centre.render(0.1f);
  for (size_t i = 100; i < sound.left.size(); ++i) REQUIRE(std::abs(sound.left[i]) < 1e-5f);
}

TEST_CASE("the modulation wheel brings vibrato, half a semitone at most") {
  Player player(looped_font());
  player.controller(1, 1);
  player.on(69);
  const Sound sound = player.render(1);
  double low = 1e9, high = 0;
  for (float t = 0.2f; t < 0.9f; t += 0.005f) {
    const double hz = frequency(sound, t, t + 0.01f);
    low = std::min(low, hz);
    high = std::max(high, hz);
  }
  CHECK(cents_off(high, 480) == doctest::Approx(45).epsilon(0.15));
  CHECK(cents_off(low, 480) == doctest::Approx(-45).epsilon(0.15));
}

TEST_CASE("keys and velocities choose their zones, and all that match sound") {
  Font font = looped_font();
  const FontZone zone = font.instruments[0].zones[0];
  const auto limited = [&](FontSetting setting) {
    FontZone copy = zone;
    copy.settings.insert(copy.settings.begin(), setting);
    return copy;
  };
  font.instruments[0].zones = {limited({sfgen::kKeyRange, font_range(0, 59)}),
                               limited({sfgen::kVelocityRange, font_range(1, 63)}), zone};
  Player player(font);
  player.on(60, 1, 1);
  CHECK(player.device.voices() == 1);
  player.on(40, 1, 2);
  CHECK(player.device.voices() == 3);
  player.on(41, 63 / 127.0f, 3);
  CHECK(player.device.voices() == 6);
}

TEST_CASE("a sound without a loop plays to its end and is gone") {
  Player player(simple_font());
  player.on(69);
  const Sound sound = player.render(0.2f);
  CHECK(sound.peak(4000, 4800) > 0.05f);
  CHECK(sound.peak(4820) == 0);
  CHECK(player.activity == Activity::kAsleep);
}

TEST_CASE("a loop until release goes on to the sample's end after the key is up") {
  FontSample sample = sine_sample(100, 9600);
  sample.loop_start = 1000;
  sample.loop_end = 1200;
  Player player(simple_font({{sfgen::kSampleModes, 3}, {sfgen::kVolRelease, 4800}}, sample));
  player.on(69);
  CHECK(player.render(1).peak(47000) > 0.05f);   // far longer than the sample
  player.off(69);
  const Sound rest = player.render(0.3f);
  CHECK(rest.peak(6000, 8000) > 0.05f);
  CHECK(rest.peak(9600) == 0);
}

TEST_CASE("the sustain pedal holds notes until it is lifted") {
  Player player(looped_font());
  player.controller(64, 1);
  player.on(69);
  player.render(0.1f);
  player.off(69);
  CHECK(peak_db(player.render(0.5f), 0.4f, 0.1f) > -30);
  player.controller(64, 0);
  CHECK(player.render(0.5f).peak(12000) == 0);
}

TEST_CASE("sounds of one exclusive class cut each other off, others do not") {
  Font font = looped_font({{sfgen::kExclusiveClass, 1}});
  FontZone other = simple_font(kLooped).instruments[0].zones[0];
  for (FontZone* zone : {&font.instruments[0].zones[0], &other})
    zone->settings.insert(zone->settings.begin(), {sfgen::kKeyRange, zone == &other ? font_range(80, 90) : font_range(0, 79)});
  font.instruments[0].zones.push_back(other);
  Player player(font);
  player.on(46, 1, 1);
  player.on(85, 1, 2);
  player.render(0.1f);
  CHECK(player.device.voices() == 2);
  player.on(42, 1, 3);
  player.render(0.02f);
  CHECK(player.device.voices() == 2);   // 42 and 85
}

TEST_CASE("a program change picks another preset of the bank and leaves sounding notes alone") {
  Font font = looped_font();
  font.instruments.push_back(font.instruments[0]);
  font.instruments[1].zones[0].settings.insert(font.instruments[1].zones[0].settings.begin(), {sfgen::kCoarseTune, 12});
  font.presets.push_back({"octave", 0, 5, {{{{sfgen::kInstrument, 1}}, {}}}});
  Player player(bank_of(font, {{0, 0}, {0, 5}}));
  const auto pitch = [&](int program) {
    player.send({0, 0, NoteEventType::kProgram, uint8_t(program), 0});
    player.on(69);
    const double hz = frequency(player.render(0.3f), 0.1f, 0.3f);
    player.send({0, 0, NoteEventType::kAllSoundOff, 0, 0});
    player.render(0.1f);
    return hz;
  };
  CHECK(pitch(5) == doctest::Approx(960).epsilon(0.001));
  CHECK(pitch(0) == doctest::Approx(480).epsilon(0.001));
  CHECK(pitch(5) == doctest::Approx(960).epsilon(0.001));
  CHECK(pitch(77) == doctest::Approx(960).epsilon(0.001));   // not there: nothing changes
}

TEST_CASE("a stolen note fades over 5 ms instead of clicking") {
  Player player(constant_font({{sfgen::kVolAttack, -3986}}));   // 0.1 s, so that the new notes add no steps
  player.on(69, 1, 1);
  const float loud = player.render(0.2f).peak();
  for (uint32_t note = 2; note <= 64; ++note) player.on(int(note), 0.02f, note);
  const float before = player.render(0.2f).left.back();
  player.on(100, 0.02f, 65);
  const Sound sound = player.render(0.01f);
  CHECK(sound.left.back() < before - 0.9f * loud);               // the oldest is gone,
  CHECK(sound.biggest_step() < 1.1f * loud / (0.005f * kRate));   // in a straight line
}

TEST_CASE("many more notes than voices: the voices stay within their number and all end") {
  Player player(looped_font());
  for (uint32_t note = 0; note < 200; ++note) {
    player.on(20 + int(note % 90), 1, note + 1, int(note % 32));
    CHECK(player.render(0.001f).peak() < 64);
    CHECK(player.device.voices() <= 80);
  }
  player.send({0, 0, NoteEventType::kAllNotesOff, 0, 0});
  player.render(0.5f);
  CHECK(player.device.voices() == 0);
}

TEST_CASE("loudness moves in straight lines, not in stairs") {
  Player player(constant_font({{sfgen::kVolAttack, -3986}}));
  player.on(69);
  Sound sound = player.render(0.2f);
  const float loud = sound.peak();
  CHECK(sound.biggest_step() < 1.05f * loud / (0.1f * kRate));
  player.device.set_param(param::soundfont::level_db, -40);
  sound = player.render(0.2f);
  CHECK(sound.biggest_step() < 1.05f * loud / (0.02f * kRate));
  CHECK(gain_to_db(loud) - gain_to_db(sound.left.back()) == doctest::Approx(40).epsilon(0.001));
}

TEST_CASE("all sound off is silent within 10 ms and does not click") {
  Player player(looped_font({{sfgen::kVolRelease, 4800}}));
  player.on(69);
  const Sound before = player.render(0.1f);
  player.send({0, 0, NoteEventType::kAllSoundOff, 0, 0});
  const Sound after = player.render(0.1f);
  CHECK(after.biggest_step() <= before.biggest_step() * 1.3f);
  CHECK(after.peak(480) == 0);
}

TEST_CASE("a note starts on its own frame") {
  Player player(looped_font({{sfgen::kStartOffset, 25}}));   // at the sine's peak
  player.on(69, 1, 1, 13);
  const Sound sound = player.render(0.01f);
  CHECK(sound.peak(0, 13) == 0);
  CHECK(sound.left[13] != 0);
}

TEST_CASE("values that make no sense do no harm") {
  const float bad[] = {NAN, INFINITY, -INFINITY, 1e30f, -1e30f};
  Player player(looped_font({{sfgen::kFilterCutoff, 8000}}));
  player.on(69, 1, 1000);
  for (const float value : bad) {
    for (int type = 0; type <= int(NoteEventType::kProgram); ++type)
      player.send({uint32_t(type + 1), value, NoteEventType(type), 10, 250, 0, value});
    for (uint16_t index = 0; index < 40; ++index) player.device.set_param(index, value);
    for (const float sample : player.render(0.01f, 5).left) REQUIRE(std::isfinite(sample));
  }
  player.send({0, 0, NoteEventType::kAllSoundOff, 0, 0});
  player.send({0, 0, NoteEventType::kBend, 0, 0});
  player.render(0.1f);
  player.device.set_param(param::soundfont::level_db, 0);
  player.device.set_param(param::soundfont::brightness, 0);
  player.device.set_param(param::soundfont::attack, 1);
  player.on(69);
  CHECK(std::abs(cents_off(frequency(player.render(0.5f), 0.1f, 0.5f), 480)) < 0.1);
}

TEST_CASE("blocks of any size give the same loudness and pitch") {
  Player whole(looped_font()), pieces(looped_font());
  whole.on(70);
  pieces.on(70);
  const Sound a = whole.render(0.5f), b = pieces.render(0.5f, 7);
  for (size_t i = 4800; i < a.left.size(); ++i) REQUIRE(std::abs(a.left[i] - b.left[i]) < 1e-5f);
}

TEST_CASE("nothing to play: silent and asleep, until a bank comes and after it goes") {
  const std::vector<uint8_t> bank = bank_of(looped_font());
  std::vector<uint8_t> memory(1 << 18);
  Arena arena(memory);
  Soundfont device;
  REQUIRE(device.prepare({kRate}, arena));
  alignas(16) float left[kMaxBlock] = {}, right[kMaxBlock] = {};
  const NoteEvent on{1, 1, NoteEventType::kNoteOn, 69, 0};
  device.notes({&on, 1});
  CHECK(device.render({left, right, kMaxBlock}) == Activity::kAsleep);
  CHECK(left[31] == 0);
  {
    const std::vector<uint8_t> short_lived = bank;
    device.set_asset(short_lived);
    device.notes({&on, 1});
    CHECK(device.render({left, right, kMaxBlock}) == Activity::kRunning);
    device.set_asset({});   // in the middle of the note; the bytes go away right after
  }
  for (float& value : left) value = 0;
  CHECK(device.render({left, right, kMaxBlock}) == Activity::kAsleep);
  CHECK(left[31] == 0);
}

TEST_CASE("a program asked for before its bank arrives is played when it does") {
  Font font = looped_font();
  font.presets.push_back({"other", 128, 8, {{{{sfgen::kCoarseTune, 12}, {sfgen::kInstrument, 0}}, {}}}});
  const std::vector<uint8_t> bank = bank_of(font, {{0, 0}, {128, 8}});
  Player player(std::vector<uint8_t>{});
  player.send({0, 128, NoteEventType::kProgram, 8, 0});
  player.device.set_asset(bank);
  player.on(69);
  CHECK(frequency(player.render(0.3f), 0.1f, 0.3f) == doctest::Approx(960).epsilon(0.001));
}
