#include "dsp/space_response.h"

#include <cmath>

#include "base/mathx.h"
#include "dsp/denormal.h"

namespace arietta {
namespace {

// first_s: the way to the nearest wall. thick_s: when echoes are too many to be told apart. Then the seconds to -60 dB
// of lows, middles and highs. Not more than what the longest response can hold.
struct Space { float first_s, thick_s, low_s, middle_s, high_s; };
constexpr Space kRooms[SpaceResponse::kSpaces] = {
    {0.003f, 0.012f, 0.45f, 0.40f, 0.22f},     // small room: bare walls
    {0.004f, 0.020f, 0.50f, 0.65f, 0.30f},     // wooden room: wood swallows the lows
    {0.003f, 0.010f, 0.30f, 0.28f, 0.20f},     // studio
    {0.006f, 0.020f, 1.10f, 1.00f, 0.60f},     // chamber: tiled
    {0.016f, 0.060f, 1.90f, 1.70f, 0.90f},     // hall
    {0.003f, 0.000f, 1.30f, 1.50f, 1.20f},     // plate: thick from the start and bright
    {0.012f, 0.000f, 1.40f, 1.40f, 1.40f},     // spring
    {0.003f, 0.000f, 0.80f, 0.80f, 0.80f},     // backwards
};
constexpr int kSpring = 6, kBackwards = 7;

constexpr float kLowHz = 400, kHighHz = 3000;  // where the bands meet
constexpr float kNaturalLogOf60Db = 6.9077553f;
constexpr float kNoisePower = 1.0f / 3;        // of numbers spread evenly from -1 to 1
constexpr float kFewestEchoes = 0.01f;         // share of frames that are echoes, at the start
constexpr float kEndShare = 0.05f;             // of the response, over which its end is faded
constexpr float kBackwardsDb = 40;             // how far it has risen at its end

constexpr float kSpringTopHz = 4300;           // what a spring passes
constexpr float kSpringLoopSeconds[2] = {0.0447f, 0.0413f};       // there and back; two springs, one a side
constexpr float kSpringDispersion[2] = {0.62f, 0.60f};
constexpr float kSpringLevel = 0.9f;           // about as loud as the rooms

float reach(float hz, float sample_rate) { return 1 - std::exp(-2 * kPi * hz / sample_rate); }

}  // namespace

bool SpaceResponse::prepare(Arena& arena, float sample_rate, int longest) {
  sample_rate_ = sample_rate;
  longest_ = longest;
  const int stretch = int(std::round(0.5f * sample_rate / kSpringTopHz));
  stretch_ = stretch < 1 ? 1 : stretch;
  for (int side = 0; side < 2; ++side) {
    sides_[side].dispersers = arena.array<float>(size_t(kDispersers * stretch_));
    const int loop = int(kSpringLoopSeconds[side] * sample_rate);
    if (sides_[side].dispersers.empty() || !sides_[side].loop.prepare(arena, loop)) return false;
  }
  start(0, 1);
  return true;
}

void SpaceResponse::start(int space, float length) {
  space_ = space < 0 ? 0 : space < kSpaces ? space : kSpaces - 1;
  const Space& room = kRooms[space_];
  at_ = 0;
  first_ = int(room.first_s * sample_rate_) > kPiece ? int(room.first_s * sample_rate_) : kPiece;
  thick_ = int(room.thick_s * sample_rate_) + 1;
  const float most_s = float(longest_ - first_) / sample_rate_;
  float longest_s = 0;
  const float seconds[kBands] = {room.low_s, room.middle_s, room.high_s};
  for (int band = 0; band < kBands; ++band) {
    const float decay_s = std::fmin(seconds[band] * length, most_s);
    longest_s = std::fmax(longest_s, decay_s);
    fall_[band] = std::exp(-kNaturalLogOf60Db / (decay_s * sample_rate_));
    level_[band] = 1;
  }
  const float middle_s = std::fmin(room.middle_s * length, most_s);
  gain_ = 1 / std::sqrt(kNoisePower * middle_s * sample_rate_ / (2 * kNaturalLogOf60Db));   // a tone of the middle stays as loud
  last_ = first_ + int(longest_s * sample_rate_);
  if (space_ == kBackwards) {
    const float rise = std::exp(kBackwardsDb / 20 * 2.302585f / (longest_s * sample_rate_));
    for (int band = 0; band < kBands; ++band) {
      fall_[band] = rise;
      level_[band] = db_to_gain(-kBackwardsDb);
    }
    gain_ = 1 / std::sqrt(kNoisePower / (2 * std::log(rise)));
  }
  for (int side = 0; side < 2; ++side) {
    Side& s = sides_[side];
    s.random = Random(uint32_t(101 + 2 * space_ + side));
    for (float& v : s.split) v = 0;
    s.loop.reset();
    for (float& v : s.dispersers) v = 0;
    for (float& v : s.dull) v = 0;
  }
  disperser_at_ = 0;
}

void SpaceResponse::make(float* left, float* right) {
  float* const sides[2] = {left, right};
  const int disperser_at = disperser_at_;
  float levels[kBands];
  for (int band = 0; band < kBands; ++band) levels[band] = level_[band];
  for (int side = 0; side < 2; ++side) {
    disperser_at_ = disperser_at;
    for (int band = 0; band < kBands; ++band) level_[band] = levels[band];
    if (space_ == kSpring) make_spring(side, sides[side]);
    else make_room(side, sides[side]);
    const float end = kEndShare * float(last_);
    for (int i = 0; i < kPiece; ++i) {
      const float left_over = float(last_ - at_ - i) / end;
      sides[side][i] *= gain_ * clampf(left_over, 0, 1);
    }
  }
  at_ += kPiece;
}

void SpaceResponse::make_room(int side, float* out) {
  Side& s = sides_[side];
  const float low_reach = reach(kLowHz, sample_rate_), high_reach = reach(kHighHz, sample_rate_);
  for (int i = 0; i < kPiece; ++i) {
    const int since = at_ + i - first_;
    if (since < 0) {
      out[i] = 0;
      continue;
    }
    const float age = std::fmin(float(since) / float(thick_), 1);
    const float share = space_ == kBackwards ? 1 : std::fmax(age * age, kFewestEchoes);
    const float chance = s.random.unit(), noise = s.random.bipolar();
    const float echo = chance < share ? noise / std::sqrt(share) : 0;
    s.split[0] += (echo - s.split[0]) * low_reach;
    s.split[1] += (echo - s.split[1]) * high_reach;
    s.split[2] += (s.split[1] - s.split[2]) * high_reach;    // twice: the middle would drown the highs
    out[i] = s.split[0] * level_[0] + (s.split[2] - s.split[0]) * level_[1] + (echo - s.split[2]) * level_[2];
    for (int band = 0; band < kBands; ++band) level_[band] *= fall_[band];
  }
}

// Each time round, the low notes arrive first and the high ones lag further behind: the drip of a spring.
void SpaceResponse::make_spring(int side, float* out) {
  Side& s = sides_[side];
  const float a = kSpringDispersion[side], dull = reach(kSpringTopHz, sample_rate_);
  const int loop = int(kSpringLoopSeconds[side] * sample_rate_);
  const float round = std::pow(fall_[1], float(loop)), strike = kSpringLevel / gain_;
  for (int from = 0; from < kPiece; from += kMaxBlock) {
    const float* past = s.loop.past(loop);
    alignas(16) float made[kMaxBlock];
    for (int i = 0; i < kMaxBlock; ++i) {
      float v = (at_ + from + i == first_ ? strike : 0) - round * past[i];
      for (int k = 0; k < kDispersers; ++k) {
        float& held = s.dispersers[size_t(k * stretch_ + disperser_at_)];
        const float w = v - a * held;
        v = a * w + held;
        held = w;
      }
      disperser_at_ = disperser_at_ + 1 < stretch_ ? disperser_at_ + 1 : 0;
      for (float& state : s.dull) v = state += (v - state) * dull;
      made[i] = out[from + i] = v;
    }
    s.loop.write(made, kMaxBlock);
  }
  for (float& v : s.dispersers) v = flush_denormal(v);
  for (float& v : s.dull) v = flush_denormal(v);
}

}  // namespace arietta
