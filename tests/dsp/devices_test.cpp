// What every device promises, whatever it is. A new device is covered by being in the table.
#include <doctest/doctest.h>

#include <limits>

#include "base/random.h"
#include "params/param_map.h"
#include "tests/support/measure.h"
#include "tests/support/player.h"

using namespace arietta;
using namespace arietta::test;

namespace {

const float kNan = std::numeric_limits<float>::quiet_NaN();
const float kInfinity = std::numeric_limits<float>::infinity();

bool is_instrument(const DeviceInfo& device) { return device.category == Category::kInstrument; }

template <class Check>
void for_each_device(Check check) {
  for (const DeviceInfo& device : kDevices) {
    CAPTURE(device.symbol);
    check(device);
  }
}

// Something to do: notes for instruments, a bright tone for effects.
void busy(Player& player) {
  if (is_instrument(player.info)) {
    for (int i = 0; i < 12; ++i) player.note(100 + i * 1500, uint8_t(38 + i * 3), 0.8f, 1100 + i * 1500);
  } else {
    player.input = [](int frame, int side) {
      return frame < 20000 ? 0.5f * float(std::sin(0.05 * frame + side)) : 0.0f;
    };
  }
}

double loudest(const Stereo& sound) { return std::max(peak(sound.left), peak(sound.right)); }
bool all_finite(const Stereo& sound) { return test::all_finite(sound.left) && test::all_finite(sound.right); }

}  // namespace

TEST_CASE("a device fits in the bytes it asks for, at any rate") {
  for (const float rate : {8000.0f, 44100.0f, 48000.0f, 96000.0f, 192000.0f})
    for_each_device([&](const DeviceInfo& device) {
      const size_t bytes = HostedDevice::bytes(device.kind, {rate});
      REQUIRE(bytes > 0);
      std::vector<uint8_t> memory(bytes + 64);
      Arena enough(memory), scant(MutableBytes(memory.data(), bytes / 2));
      CHECK(make_device(device.kind, {rate}, enough) != nullptr);
      CHECK(make_device(device.kind, {rate}, scant) == nullptr);
    });
}

TEST_CASE("nothing in, nothing out, and it sleeps") {
  for_each_device([](const DeviceInfo& device) {
    Player player(device.kind);
    player.activity = Activity::kRunning;
    const Stereo sound = player.seconds(0.6f);
    CHECK(loudest(sound) == 0);
    CHECK(player.activity == Activity::kAsleep);
  });
}

TEST_CASE("a device falls asleep after its sound has ended") {
  for_each_device([](const DeviceInfo& device) {
    Player player(device.kind);
    busy(player);
    player.seconds(14);
    CHECK(player.activity == Activity::kAsleep);
    CHECK(player.device->voices() == 0);
  });
}

TEST_CASE("bad numbers in parameters and events do no harm") {
  for_each_device([](const DeviceInfo& device) {
    Player player(device.kind), untouched(device.kind);
    for (const ParamInfo& param : params_of(device.kind)) player.set(param.index, kNan);
    player.set(kMaxParams - 1, 1);
    busy(player);
    busy(untouched);
    CHECK(difference(player.render(20000).left, untouched.render(20000).left) == 0);

    for (const ParamInfo& param : params_of(device.kind))
      for (const float bad : {kInfinity, -kInfinity, 1e30f, -1e30f}) player.set(param.index, bad);
    for (const float bad : {kNan, kInfinity, -kInfinity, 1e30f}) {
      player.at(player.now + 40, {77, bad, NoteEventType::kNoteOn, 60, 0, 0, bad});
      player.at(player.now + 50, {0, bad, NoteEventType::kBend, 0, 0});
      player.at(player.now + 50, {0, bad, NoteEventType::kPressure, 0, 0});
      for (uint8_t number = 0; number < 128; ++number) player.controller(player.now + 60, number, bad);
    }
    CHECK(all_finite(player.render(48000)));
  });
}

TEST_CASE("bad numbers in the input are gone by the next block") {
  for_each_device([](const DeviceInfo& device) {
    if (is_instrument(device)) return;
    for (const float bad : {kNan, kInfinity, -kInfinity, 3e38f}) {
      Player player(device.kind), clean(device.kind);
      player.input = [&](int frame, int) { return frame >= 1000 && frame < 1003 ? bad : 0.1f * float(frame % 50) - 2.5f; };
      clean.input = [&](int frame, int) { return 0.1f * float(frame % 50) - 2.5f; };
      const Stereo sound = player.render(48000), expected = clean.render(48000);
      CHECK(all_finite(sound));
      CHECK(rms({sound.left.data() + 40000, 8000}) > 0.5 * rms({expected.left.data() + 40000, 8000}));
    }
  });
}

TEST_CASE("every corner of the parameters gives finite, bounded sound") {
  for_each_device([](const DeviceInfo& device) {
    Random random(3);
    for (int round = 0; round < 12; ++round) {
      Player player(device.kind);
      for (const ParamInfo& param : params_of(device.kind))
        player.set(param.index, round < 2 ? (round ? param.max : param.min) : random.next() & 1 ? param.max : param.min);
      busy(player);
      const Stereo sound = player.render(24000);
      CHECK(all_finite(sound));
      CHECK(loudest(sound) < 60);
    }
  });
}

TEST_CASE("so it is at every sample rate") {
  for_each_device([](const DeviceInfo& device) {
    Random random(8);
    for (const float rate : {8000.0f, 22050.0f, 44100.0f, 192000.0f}) {
      CAPTURE(rate);
      for (int round = 0; round < 4; ++round) {
        Player player(device.kind, rate);
        for (const ParamInfo& param : params_of(device.kind))
          if (round) player.set(param.index, round == 3 ? to_plain(param, random.unit()) : random.next() & 1 ? param.max : param.min);
        busy(player);
        const Stereo sound = player.render(6000);
        CHECK(all_finite(sound));
        CHECK(loudest(sound) < 60);
      }
    }
  });
}

TEST_CASE("after a reset a device sounds like a fresh one") {
  for_each_device([](const DeviceInfo& device) {
    Player used(device.kind), fresh(device.kind);
    used.note(0, 50);
    used.note(10, 76);
    used.controller(20, 64, 1);
    used.controller(20, 7, 0.3f);
    used.at(30, {0, 3, NoteEventType::kBend, 0, 0});
    if (!is_instrument(device)) used.input = [](int, int) { return 0.7f; };
    used.render(3200);
    used.device->reset();
    used.activity = Activity::kRunning;
    const int shift = used.now;
    used.input = [](int, int) { return 0.0f; };
    for (Player* player : {&used, &fresh}) {
      const int start = player == &used ? shift : 0;
      player->at(start + 100, {9, 0.9f, NoteEventType::kNoteOn, 57, 0});
      if (!is_instrument(device))
        player->input = [start](int frame, int) { return float(std::sin(0.03 * (frame - start))); };
    }
    const Stereo again = used.render(16000), first = fresh.render(16000);
    CHECK(difference(again.left, first.left) == 0);
    CHECK(difference(again.right, first.right) == 0);
  });
}

TEST_CASE("the same events give the same sound, bit for bit") {
  for_each_device([](const DeviceInfo& device) {
    Player one(device.kind), two(device.kind);
    busy(one);
    busy(two);
    CHECK(difference(one.render(30000).left, two.render(30000).left) == 0);
  });
}

TEST_CASE("how the time is cut into blocks is not heard") {
  for_each_device([](const DeviceInfo& device) {
    Player whole(device.kind), cut(device.kind), small(device.kind);
    for (Player* player : {&whole, &cut, &small}) busy(*player);
    const Stereo expected = whole.render(12000), other = cut.render(12000, {7, 25}), tiny = small.render(12000, {1, 2, 29});
    CHECK(db(difference(expected.left, other.left)) < -60);
    CHECK(db(difference(expected.left, tiny.left)) < -60);
    CHECK(db(difference(expected.right, tiny.right)) < -60);
  });
}

TEST_CASE("no constant offset") {
  for_each_device([](const DeviceInfo& device) {
    Player player(device.kind);
    busy(player);
    const Stereo sound = player.seconds(4);
    CHECK(std::fabs(mean(sound.left)) < 1e-3);
    CHECK(std::fabs(mean(sound.right)) < 1e-3);
  });
}

TEST_CASE("instruments add to what is already there") {
  for_each_device([](const DeviceInfo& device) {
    if (!is_instrument(device)) return;
    Player alone(device.kind), over(device.kind);
    busy(alone);
    busy(over);
    over.input = [](int, int) { return 0.25f; };
    const Stereo sound = alone.render(8000), sum = over.render(8000);
    double most = 0;
    for (size_t i = 0; i < sound.size(); ++i) most = std::max(most, std::fabs(double(sum.left[i]) - sound.left[i] - 0.25));
    CHECK(most < 1e-6);
  });
}

TEST_CASE("no fader or knob of the mix clicks when it jumps") {
  for_each_device([](const DeviceInfo& device) {
    if (is_instrument(device)) return;
    for (const ParamInfo& param : params_of(device.kind)) {
      CAPTURE(param.symbol);
      Player player(device.kind);
      player.input = [](int frame, int) { return 0.25f * float(std::sin(0.02 * frame)); };
      player.render(24000);
      double before = sharpest(player.render(9600).left);
      for (const float end : {param.min, param.max}) {
        player.set(param.index, end);
        const double jump = sharpest(player.render(9600).left);
        player.render(48000);
        const double after = sharpest(player.render(9600).left);
        CHECK(jump < 2 * std::max(before, after) + 0.003);       // no sharper than the sound that was or the one to be
        before = after;
      }
    }
  });
}
