#include "devices/electric_piano.h"

#include "devices/lane_sum.h"

namespace arietta {
namespace {

namespace p = param::electric_piano;

constexpr float kWheelTremolo = 0.6f;        // what the modulation wheel adds
constexpr float kWoodHz = 350;               // the case dulls the hammers' knock
constexpr float kWoodGain = 0.5f;
constexpr float kAttackSeconds = 0.003f;     // a hammer's tip of neoprene; hard ones are quicker

float one_pole(float hz, float rate) { return 1 - std::exp(-2 * kPi * hz / rate); }

}  // namespace

bool ElectricPiano::prepare(const AudioSpec& spec, Arena& arena) {
  if (!prepare_voices(spec, arena, kPlaying, kSpare) || !voices_.prepare(pool_, arena)) return false;
  cell_.rate = spec.sample_rate;
  wood_step_ = one_pole(kWoodHz, spec.sample_rate);
  offset_.prepare(spec.sample_rate);
  for (uint16_t i = 0; i < kParams; ++i) set_param(i, params_[i]);
  reset();
  return true;
}

void ElectricPiano::reset() {
  reset_voices();
  voices_.reset();
  tremolo_.reset();
  offset_.reset();
  amplifier_.reset();
  wood_[0] = wood_[1] = treble_[0] = treble_[1] = 0;
  sides_[0] = sides_[1] = 1;
  settle();
}

void ElectricPiano::set_param(uint16_t index, float plain) {
  if (index >= kParams) return;
  params_.set(index, plain);
  const float time_s = params_of(DeviceKind::electric_piano)[index].smoothing_ms * 0.001f;
  smooth_[index].to(params_[index], time_s * spec_.sample_rate);
  const float attack_s = kAttackSeconds * std::exp2(1 - 2 * params_[p::hardness]);
  cell_.envelope = AdsrShape::make(attack_s, 1, 1, params_[p::release_s], spec_.sample_rate);
  if (index == p::level_db) controls_.set_level(db_to_gain(params_[p::level_db]));
}

void ElectricPiano::settle() {
  for (Glide& value : smooth_) value.jump(value.target());
  cell_.kind = TineKind(int(params_[p::model]));
  cell_.fade = cell_.fade_before = 1;
  cell_.hardness = params_[p::hardness];
}

void ElectricPiano::start_voice(int lane, const NoteEvent& note) {
  voices_.of(lane).start(lane % 4, note, (pitch_of(note) - 69) / 12, cell_);
}

void ElectricPiano::end_voice(int lane, VoiceEnd how) { voices_.of(lane).end(lane % 4, how, cell_, spec_.sample_rate); }

// Fades for a cell, changes, and comes back.
void ElectricPiano::change_kind() {
  const TineKind wanted = TineKind(int(params_[p::model]));
  cell_.fade_before = cell_.fade;
  if (cell_.fade == 0) cell_.kind = wanted;
  cell_.fade = cell_.kind == wanted ? 1 : 0;
}

void ElectricPiano::begin_cell() {
  for (int i = 0; i < kParams; ++i)
    if (i != p::growl) smooth_[i].advance(kMaxBlock);      // that one is read frame by frame
  const auto now = [&](int index) { return smooth_[index].value(); };
  change_kind();
  cell_.a4 = std::log2(440 / spec_.sample_rate) + controls_.bend_semitones() / 12;
  cell_.bell = now(p::bell);
  cell_.bark = now(p::bark);
  cell_.pickup = now(p::pickup);
  cell_.hardness = now(p::hardness);
  cell_.thump = now(p::thump) * kWoodGain;
  cell_.age = now(p::age);
  cell_.life = now(p::length);
  treble_step_ = one_pole(now(p::tone_hz), spec_.sample_rate);

  tremolo_.advance(now(p::tremolo_hz), kMaxBlock / spec_.sample_rate);
  const float depth = clampf(now(p::tremolo) + controls_.modulation() * kWheelTremolo, 0, 1), wave = tremolo_.value();
  const float across = now(p::width);
  for (int side = 0; side < 2; ++side) {
    const float turned = side ? wave * (1 - 2 * across) : wave;       // the right goes against the left as the sides part
    sides_before_[side] = sides_[side];
    sides_[side] = 1 - depth * (0.5f + 0.5f * turned);
  }
  voices_.control(pool_, cell_);
}

void ElectricPiano::render_cell(float* left, float* right, int at, int frames) {
  f32x4 pickups[kMaxBlock], wood[kMaxBlock];
  for (int i = 0; i < kMaxBlock; ++i) pickups[i] = wood[i] = 0;
  voices_.render(pool_, cell_, at, pickups, wood, frames);
  alignas(16) float sound[kMaxBlock], knock[kMaxBlock];
  sum_lanes(pickups, sound, frames);
  sum_lanes(wood, knock, frames);
  for (int i = 0; i < frames; ++i) {
    wood_[0] += (knock[i] - wood_[0]) * wood_step_;
    wood_[1] += (wood_[0] - wood_[1]) * wood_step_;
    treble_[0] += (sound[i] - treble_[0]) * treble_step_;
    treble_[1] += (treble_[0] - treble_[1]) * treble_step_;
    const float push = 1 + 5 * smooth_[p::growl].at(i);
    const float amplified = offset_.tick(amplifier_.tick((treble_[1] + wood_[1]) * push) / std::sqrt(push));
    const float turn = float(at + i + 1) / kMaxBlock;
    left[i] += amplified * lerp(sides_before_[0], sides_[0], turn);
    right[i] += amplified * lerp(sides_before_[1], sides_[1], turn);
  }
  smooth_[p::growl].advance(frames);
}

}  // namespace arietta
