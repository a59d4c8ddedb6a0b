#include "devices/choir.h"

namespace arietta {
namespace {

namespace p = param::choir;

constexpr float kWheelVibratoKeys = 0.5f;     // what the modulation wheel adds, as General MIDI 2 has it

}  // namespace

bool Choir::prepare(const AudioSpec& spec, Arena& arena) {
  table_ = &blep_table();
  if (!prepare_voices(spec, arena, kPlaying, kSpare)) return false;
  voices_ = arena.array<ChoirVoice>(size_t(pool_.lanes()));
  if (voices_.empty()) return false;
  cell_.sample_rate = spec.sample_rate;
  for (uint16_t i = 0; i < kParams; ++i) set_param(i, params_[i]);
  reset();
  return true;
}

void Choir::reset() {
  reset_voices();
  for (ChoirVoice& voice : voices_) voice = ChoirVoice();
  settle();
}

void Choir::set_param(uint16_t index, float plain) {
  if (index >= kParams) return;
  params_.set(index, plain);
  const float time_s = params_of(DeviceKind::choir)[index].smoothing_ms * 0.001f;
  smooth_[index].to(params_[index], time_s * spec_.sample_rate);
  if (index == p::level_db) controls_.set_level(db_to_gain(params_[index]));
  if (index == p::solo) set_solo(Solo(int(params_[index])));
}

void Choir::settle() {
  for (Glide& value : smooth_) value.jump(value.target());
  aim();
}

// Knob units to the units the singers compute in.
void Choir::aim() {
  cell_.bend = controls_.bend_semitones();
  cell_.vowel = smooth_[p::vowel].value();
  cell_.size = smooth_[p::size].value() / 12;
  cell_.spread = smooth_[p::spread].value() / 100;
  cell_.vibrato = smooth_[p::vibrato].value() / 100 + kWheelVibratoKeys * controls_.modulation();
  cell_.vibrato_hz = smooth_[p::vibrato_hz].value();
  cell_.vibrato_delay_s = params_[p::vibrato_delay_s];
  cell_.breath = smooth_[p::breath].value();
  cell_.effort = smooth_[p::brightness].value();
  cell_.width = smooth_[p::width].value();
  cell_.singers = int(params_[p::singers]);
  cell_.slide = std::exp2(-6.64f * kMaxBlock / (params_[p::glide_s] * spec_.sample_rate));    // a hundredth is left
  cell_.envelope = AdsrShape::make(params_[p::attack_s], 1, 1, params_[p::release_s], spec_.sample_rate);
}

void Choir::begin_cell() {
  for (Glide& value : smooth_) value.advance(kMaxBlock);
  aim();
  for (int lane = 0; lane < pool_.lanes(); ++lane) {
    if (!pool_.in_use(lane)) continue;
    voices_[size_t(lane)].control(cell_, kMaxBlock);
    pool_.set_level(lane, voices_[size_t(lane)].loudness());
  }
}

void Choir::render_cell(float* left, float* right, int at, int frames) {
  for (int lane = 0; lane < pool_.lanes(); ++lane) {
    if (!pool_.in_use(lane)) continue;
    voices_[size_t(lane)].control_changed(cell_, float(kMaxBlock - at));
    voices_[size_t(lane)].render(*table_, left, right, frames);
  }
}

void Choir::end_cell() {
  for (int lane = 0; lane < pool_.lanes(); ++lane) {
    if (!pool_.in_use(lane)) continue;
    voices_[size_t(lane)].settle();
    if (!voices_[size_t(lane)].sounding()) pool_.free(lane);
  }
}

}  // namespace arietta
