// The sampled instrument on a made-up SoundFont: play it, and measure what comes out.
#pragma once
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "bank/sf_bank.h"
#include "devices/soundfont.h"
#include "plan/bank_check.h"
#include "tests/support/make_soundfont.h"

namespace arietta::test::sampled {

inline constexpr float kRate = 48000;

inline std::vector<uint8_t> bank_of(const Font& font, std::vector<BankChoice> choices = {{0, 0}}) {
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

inline float peak_db(const Sound& sound, float from_s, float length_s) {
  return gain_to_db(sound.peak(size_t(from_s * kRate), size_t((from_s + length_s) * kRate)));
}

// Frequency by rising zero crossings, placed between frames.
inline double frequency(const Sound& sound, float from_s, float to_s) {
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

inline double cents_off(double hz, double wanted) { return 1200 * std::log2(hz / wanted); }

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

inline const std::vector<FontSetting> kLooped = {{sfgen::kSampleModes, 1}};

inline Font looped_font(std::vector<FontSetting> settings = {}) {
  settings.push_back(kLooped[0]);
  return simple_font(settings);
}

// Plays the same value for ever: every change of loudness can be read off directly.
inline Font constant_font(std::vector<FontSetting> settings) {
  FontSample sample = sine_sample();
  sample.frames.assign(sample.frames.size(), 16000);
  settings.push_back(kLooped[0]);
  return simple_font(settings, sample);
}

inline float level_db(const Font& font, float velocity = 1, int controller = -1, float value = 0) {
  Player player(font);
  if (controller >= 0) player.controller(controller, value);
  player.on(69, velocity);
  return peak_db(player.render(0.2f), 0.1f, 0.1f);
}

}  // namespace arietta::test::sampled
