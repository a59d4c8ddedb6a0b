// Recorded sound in the whole engine: on the frame it should be, the same whatever the portions, without clicks.
#include "tests/support/audio_song.h"
#include "tests/support/test_engine.h"

using namespace arietta;

namespace {

constexpr int64_t kSecond = 48000;
constexpr Tick kSecondTicks = 1920;              // at 120 quarters a minute

// An engine that has fetched what the song begins with.
struct AudioEngine : TestEngine {
  explicit AudioEngine(const AudioSong& song, int max_quantum = 4096) : TestEngine(max_quantum) {
    host.give_audio(song.plan_id(), song.samples);
    load(song.document);
    settle();
    delay = host.telemetry().latency_frames - (kMaxBlock - 1);
  }
  void settle() { play(4096); }
  // What is heard from now on, the limiter's look-ahead taken away.
  Sound listen(int frames) {
    Sound sound = play(frames + int(delay));
    sound.left.erase(sound.left.begin(), sound.left.begin() + ptrdiff_t(delay));
    sound.right.erase(sound.right.begin(), sound.right.begin() + ptrdiff_t(delay));
    return sound;
  }
  size_t delay = 0;
};

float largest_step(const std::vector<float>& samples, size_t from = 1) {
  float largest = 0;
  for (size_t i = from; i < samples.size(); ++i) largest = std::max(largest, std::fabs(samples[i] - samples[i - 1]));
  return largest;
}

// How far `sound` is from the asset from `first` on, and how loud it is compared with it.
double error_db(const std::vector<float>& sound, size_t from, size_t to, int64_t first, double gain = 1) {
  double worst = 1e-9;
  for (size_t i = from; i < to; ++i)
    worst = std::max(worst, std::fabs(double(sound[i]) - gain * double(AudioSong::sample(first + int64_t(i - from)))));
  return 20 * std::log10(worst);
}

// The centre of the pan law and the limiter's ceiling change nothing but the level: it is measured once.
double level_of(const Sound& sound, size_t from, size_t to, int64_t first) {
  double up = 0, down = 0;
  for (size_t i = from; i < to; ++i) {
    const double expected = double(AudioSong::sample(first + int64_t(i - from)));
    up += double(sound.left[i]) * expected;
    down += expected * expected;
  }
  return up / down;
}

}  // namespace

TEST_CASE("a clip is heard from its tick on, sample by sample as it was recorded") {
  AudioSong song(4 * kSecond);
  song.add(song.clip(kSecondTicks));
  AudioEngine engine(song);
  engine.host.send(Message::play);
  const Sound sound = engine.listen(3 * kSecond);
  CHECK(peak(sound.left, 0, kSecond) == 0);
  const double gain = level_of(sound, kSecond + 100, 3 * kSecond, 100);
  CHECK(gain == doctest::Approx(1).epsilon(0.45));
  CHECK(error_db(sound.left, kSecond + 100, 3 * kSecond, 100, gain) < -110);
  CHECK(sound.left == sound.right);
  CHECK(engine.host.telemetry().voices == 1);
}

TEST_CASE("the portions that are asked for change nothing") {
  AudioSong song(3 * kSecond, 2);
  song.add(song.clip(100, 12345, 70000));
  AudioClip other = song.clip(1500, 999, 60000);
  other.reverse = true;
  other.fade_in_ms = 300;
  song.add(other);
  AudioEngine whole(song), pieces(song);
  whole.host.send(Message::play);
  pieces.host.send(Message::play);
  const Sound expected = whole.play(96000);
  Sound sound;
  for (int done = 0, size = 1; done < 96000; done += size, size = size % 700 + 37) {
    size = std::min(size, 96000 - done);
    pieces.host.render(size, sound);
  }
  CHECK(peak(expected.left) > 0.1f);
  CHECK(sound.left == expected.left);
  CHECK(sound.right == expected.right);
}

TEST_CASE("a seek into a clip plays on from there, and neither seeking nor stopping clicks") {
  AudioSong song(6 * kSecond);
  song.add(song.clip(0));
  AudioEngine engine(song);
  engine.host.send(Message::play);
  Sound sound = engine.play(20000);
  engine.host.send(Message::seek, Tick(4 * kSecondTicks));
  engine.play(9600);                                   // its sound arrives and fades in
  engine.host.send(Message::seek, Tick(3 * kSecondTicks));
  sound = engine.listen(kSecond);
  const double gain = level_of(sound, 4800, kSecond, 3 * kSecond + 4800);
  CHECK(error_db(sound.left, 4800, kSecond, 3 * kSecond + 4800, gain) < -110);
  engine.host.send(Message::seek, Tick(500));
  Sound jump = engine.play(6000);
  engine.host.send(Message::stop, uint32_t(0));
  const Sound stopped = engine.play(4800);
  jump.left.insert(jump.left.end(), stopped.left.begin(), stopped.left.end());
  CHECK(largest_step(jump.left) < 0.02f);              // 220 Hz at 0.2 moves by 0.006 a frame
  CHECK(peak(stopped.left, 2400) == 0);
}

TEST_CASE("a loop takes a clip up where the loop begins, for as long as it turns") {
  AudioSong song(6 * kSecond);
  song.add(song.clip(0));
  AudioEngine engine(song);
  engine.host.send(Message::loop, LoopPayload{1, 0, kSecondTicks, 2 * kSecondTicks});
  engine.host.send(Message::seek, Tick(kSecondTicks));
  engine.settle();
  engine.host.send(Message::play);
  const Sound sound = engine.listen(10 * kSecond);
  const double gain = level_of(sound, 4800, kSecond, kSecond + 4800);
  for (size_t turn = 0; turn < 10; ++turn)
    CHECK(error_db(sound.left, turn * kSecond + 400, (turn + 1) * kSecond - 400, kSecond + 400, gain) < -110);
  CHECK(largest_step(sound.left) < 0.02f);
}

TEST_CASE("sound that comes too late is counted and faded, and found again where it should be") {
  AudioSong song(6 * kSecond);
  song.add(song.clip(0));
  TestEngine engine;
  engine.load(song.document);                           // nobody has given it the sound: it is told to be gone
  engine.play(4096);
  engine.host.send(Message::play);
  CHECK(peak(engine.play(24000).left) == 0);
  engine.host.give_audio(song.plan_id(), song.samples);
  engine.host.send(Message::audio_gone, AudioGonePayload{song.plan_id(), 0});
  const Sound sound = engine.play(24000);
  CHECK(peak(sound.left) > 0.1f);
  CHECK(largest_step(sound.left) < 0.02f);
  CHECK(engine.host.telemetry().audio_missed >= 1);
}

TEST_CASE("an hour of sound needs no more memory than a minute") {
  AudioSong song(60 * kSecond);
  for (Tick start = 0; start < 3600 * kSecondTicks; start += 60 * kSecondTicks) song.add(song.clip(start));
  AudioEngine engine(song);
  engine.host.send(Message::play);
  for (int minute = 0; minute < 60; minute += 7) {
    engine.host.send(Message::seek, Tick(minute * 60 * kSecondTicks));
    engine.settle();
    CHECK(peak(engine.play(24000).left) > 0.1f);
  }
  CHECK(engine.host.telemetry().arena_high_water <= kDefaultArenaBytes);
}

TEST_CASE("at other sample rates a clip lasts as long and sounds as high") {
  AudioSong song(2 * kSecond);
  song.add(song.clip(0));
  HostedEngine host(44100, 1024);
  host.give_audio(song.plan_id(), song.samples);
  uint32_t seq = 0;
  REQUIRE(host.load_plan(plan_packet(PlanCompiler().compile(song.document, {}), {}, seq)).ok());
  host.render_apart(4096);
  host.send(Message::play);
  Sound sound;
  host.render(88200 + 4410, sound);
  const size_t delay = host.telemetry().latency_frames - (kMaxBlock - 1);
  double worst = 0, gain = 0, sum = 0;
  const auto expected = [](size_t i) { return 0.2 * std::sin(6.283185307 * (220 + 3 * double(i) / 44100) * double(i) / 44100); };
  for (size_t i = 4410; i < 80000; ++i) gain += double(sound.left[i + delay]) * expected(i), sum += expected(i) * expected(i);
  for (size_t i = 4410; i < 80000; ++i) worst = std::max(worst, std::fabs(double(sound.left[i + delay]) - gain / sum * expected(i)));
  CHECK(20 * std::log10(worst) < -90);
  CHECK(peak(sound.left, 88200 + delay + 100) == 0);
}

TEST_CASE("a clip that follows the tempo lasts as long as the song says and keeps its pitch, also while the tempo moves") {
  AudioSong song(8 * kSecond);
  for (int64_t i = 0; i < 8 * kSecond; ++i) song.samples[size_t(i)] = float(0.2 * std::sin(6.283185307 * 330 * double(i) / 48000));
  AudioClip clip = song.clip(0);
  clip.follow_tempo = true;
  clip.us_per_quarter = 500000;
  song.add(clip);
  song.tempo(0, 90);
  AudioEngine engine(song);
  engine.host.send(Message::play);
  Sound sound = engine.listen(4 * kSecond);
  CHECK(pitch_hz({sound.left.begin() + 48000, sound.left.begin() + 96000}, 48000, 200, 500) == doctest::Approx(330).epsilon(0.005));
  engine.host.send(Message::tempo_preview, 150.0);
  sound = engine.play(kSecond);
  CHECK(pitch_hz({sound.left.begin() + 24000, sound.left.end()}, 48000, 200, 500) == doctest::Approx(330).epsilon(0.005));
  CHECK(largest_step(sound.left) < 0.03f);
  const double tick = engine.host.telemetry().song_tick, left_s = (15360 - tick) / 960 * 60 / 150;
  const Sound rest = engine.play(int(left_s * 48000) + 9600);
  CHECK(peak(rest.left, 0, size_t((left_s - 0.2) * 48000)) > 0.1f);
  CHECK(peak(rest.left, size_t((left_s + 0.1) * 48000)) == 0);
}

TEST_CASE("a clip is turned to another pitch and stays as long") {
  AudioSong song(3 * kSecond);
  for (int64_t i = 0; i < 3 * kSecond; ++i) song.samples[size_t(i)] = float(0.2 * std::sin(6.283185307 * 330 * double(i) / 48000));
  AudioClip clip = song.clip(0);
  clip.pitch = 7;
  song.add(clip);
  AudioEngine engine(song);
  engine.host.send(Message::play);
  const Sound sound = engine.listen(4 * kSecond);
  CHECK(pitch_hz({sound.left.begin() + 48000, sound.left.begin() + 96000}, 48000, 300, 700) == doctest::Approx(494.4).epsilon(0.003));
  CHECK(peak(sound.left, 3 * kSecond + 100) == 0);
}

TEST_CASE("told to play before the plan is taken in, the song waits for it instead of ending") {
  AudioSong song(2 * kSecond);
  song.add(song.clip(0));
  TestEngine engine;
  engine.host.give_audio(song.plan_id(), song.samples);
  engine.send(song.document);
  engine.host.send(Message::play);
  const Sound sound = engine.play(24000);
  CHECK(peak(sound.left) > 0.1f);
  CHECK(engine.host.telemetry().playing == 1);
  CHECK_FALSE(engine.said(Message::song_ended));
}
