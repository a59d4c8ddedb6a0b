// How notes of the sampled instrument begin, end and make room for each other; and nothing when there is nothing to play.
#include "tests/support/soundfont_player.h"

using namespace arietta;
using namespace arietta::test;
using namespace arietta::test::sampled;

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
