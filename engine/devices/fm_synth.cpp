#include "devices/fm_synth.h"

#include <cstring>

#include "devices/lane_sum.h"

namespace arietta {
namespace {

namespace p = param::fm_synth;

constexpr float kDeepest = 1.3f;             // turns of phase at full level: a swing of 8 radians
constexpr float kMostFeedback = 0.22f;       // turns; a little more and a sine turns to noise
constexpr float kWheelVibratoCents = 50;     // what the modulation wheel adds, as General MIDI 2 has it
constexpr float kTwo = 0.7071f, kThree = 0.5774f, kFour = 0.5f;   // carriers together as loud as one

// From a chain of four to four side by side: the arrangements of the four-operator instruments of the 1980s.
constexpr FmRoute kRoutes[] = {
    {1, 0, 1, 0, 0, 1, {0, 0, 0, 1}},              // 1 > 2 > 3 > 4
    {0, 1, 1, 0, 0, 1, {0, 0, 0, 1}},              // 1 and 2 > 3 > 4
    {0, 0, 1, 1, 0, 1, {0, 0, 0, 1}},              // 1, and 2 > 3, > 4
    {1, 0, 0, 0, 1, 1, {0, 0, 0, 1}},              // 1 > 2, and 3, > 4
    {1, 0, 0, 0, 0, 1, {0, kTwo, 0, kTwo}},        // 1 > 2   3 > 4
    {1, 1, 0, 1, 0, 0, {0, kThree, kThree, kThree}},   // 1 > each of 2, 3, 4
    {1, 0, 0, 0, 0, 0, {0, kThree, kThree, kThree}},   // 1 > 2   3   4
    {0, 0, 0, 0, 0, 0, {kFour, kFour, kFour, kFour}},  // 1   2   3   4
};

// An operator's parameters stand together, in this order, operator by operator.
constexpr int kPerOperator = p::op2_ratio - p::op1_ratio;
static_assert(p::op4_velocity == p::op1_velocity + 3 * kPerOperator && kPerOperator == 8);

}  // namespace

bool FmSynth::prepare(const AudioSpec& spec, Arena& arena) {
  prepare_half_band();
  if (!prepare_voices(spec, arena, kPlaying, kSpare) || !voices_.prepare(pool_, arena)) return false;
  middle_offset_.prepare(spec.sample_rate);
  side_offset_.prepare(spec.sample_rate);
  for (uint16_t i = 0; i < kParams; ++i) set_param(i, params_[i]);
  reset();
  return true;
}

void FmSynth::reset() {
  reset_voices();
  voices_.reset();
  vibrato_.reset();
  tremolo_.reset();
  middle_.reset();
  side_.reset();
  middle_offset_.reset();
  side_offset_.reset();
  settle();
}

void FmSynth::set_param(uint16_t index, float plain) {
  if (index >= kParams) return;
  params_.set(index, plain);
  const float time_s = params_of(DeviceKind::fm_synth)[index].smoothing_ms * 0.001f;
  smooth_[index].to(params_[index], time_s * spec_.sample_rate);
  shape_operators();
  if (index == p::play) set_solo(Solo(int(params_[p::play])));
  if (index == p::level_db) controls_.set_level(db_to_gain(params_[p::level_db]));
}

void FmSynth::shape_operators() {
  for (int k = 0; k < kFmOperators; ++k) {
    const auto of = [&](int first) { return params_[uint16_t(first + k * kPerOperator)]; };
    cell_.operators[k].envelope = AdsrShape::make(of(p::op1_attack_s) * params_[p::attack], of(p::op1_decay_s), of(p::op1_sustain),
                                                  of(p::op1_release_s) * params_[p::release], spec_.sample_rate);
  }
}

void FmSynth::settle() {
  for (Glide& value : smooth_) value.jump(value.target());
  cell_.route = kRoutes[int(params_[p::algorithm])];
  cell_.gain = 1;
}

void FmSynth::start_voice(int lane, const NoteEvent& note) {
  voices_.of(lane).start(lane % 4, (pitch_of(note) - 69) / 12, (slide_from(note) - 69) / 12, clampf(note.value, 0, 1));
}

void FmSynth::move_voice(int lane, const NoteEvent& note) { voices_.of(lane).move(lane % 4, (pitch_of(note) - 69) / 12); }

void FmSynth::end_voice(int lane, VoiceEnd how) { voices_.of(lane).end(lane % 4, how, cell_, spec_.sample_rate); }

void FmSynth::begin_cell() {
  const float cell_s = kMaxBlock / spec_.sample_rate;
  for (int i = 0; i < kParams; ++i)
    if (i != p::width) smooth_[i].advance(kMaxBlock);                // that one is read frame by frame
  const auto now = [&](int index) { return smooth_[index].value(); };
  vibrato_.advance(now(p::vibrato_hz), cell_s);
  tremolo_.advance(now(p::tremolo_hz), cell_s);

  cell_.route_before = cell_.route;
  cell_.route = kRoutes[int(params_[p::algorithm])];
  cell_.new_route = std::memcmp(&cell_.route, &cell_.route_before, sizeof(FmRoute)) != 0;
  for (int k = 0; k < kFmOperators; ++k) {
    FmOperatorCell& op = cell_.operators[k];
    const auto of = [&](int first) { return now(first + k * kPerOperator); };
    op.ratio = std::log2(of(p::op1_ratio)) + of(p::op1_detune) / 1200;
    op.level = of(p::op1_level) * of(p::op1_level);                  // half way up is a quarter: fine where it matters
    op.velocity = of(p::op1_velocity);
  }
  const float vibrato = now(p::vibrato) + controls_.modulation() * kWheelVibratoCents;
  cell_.a4 = std::log2(220 / spec_.sample_rate) + controls_.bend_semitones() / 12 + vibrato / 1200 * vibrato_.value();
  cell_.depth = kDeepest * now(p::brightness);
  cell_.feedback = kMostFeedback * now(p::feedback);
  cell_.key_scaling = now(p::key_scaling);
  cell_.pitch_sweep = now(p::pitch_sweep) / 12;
  cell_.pitch_rate = AdsrShape::release_rate(params_[p::pitch_time_s], spec_.sample_rate);
  cell_.slide = params_[p::glide_s] > 0 ? std::exp2(-cell_s / params_[p::glide_s] * 5) : 0;
  cell_.gain_before = cell_.gain;
  cell_.gain = 1 - now(p::tremolo) * (0.5f + 0.5f * tremolo_.value());

  voices_.control(pool_, cell_);
}

void FmSynth::render_cell(float* left, float* right, int at, int frames) {
  f32x4 middle[2 * kMaxBlock], side[2 * kMaxBlock];
  for (int i = 0; i < 2 * frames + 3 && i < 2 * kMaxBlock; ++i) middle[i] = side[i] = 0;
  voices_.render(pool_, cell_, at, middle, side, frames);
  alignas(16) float twice[2 * kMaxBlock] = {}, both[kMaxBlock + 4], apart[kMaxBlock + 4];
  sum_lanes(middle, twice, 2 * frames);
  middle_.run(twice, both, frames);
  sum_lanes(side, twice, 2 * frames);
  side_.run(twice, apart, frames);
  for (int i = 0; i < frames; ++i) {
    const float middle_now = middle_offset_.tick(both[i]), wide = side_offset_.tick(apart[i]) * smooth_[p::width].at(i);
    left[i] += middle_now + wide;
    right[i] += middle_now - wide;
  }
  smooth_[p::width].advance(frames);
}

void FmSynth::end_cell() { voices_.settle(pool_); }

}  // namespace arietta
