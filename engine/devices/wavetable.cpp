#include "devices/wavetable.h"

#include "devices/lane_sum.h"

namespace arietta {
namespace {

namespace p = param::wavetable;

constexpr float kWheelVibratoCents = 50;     // what the modulation wheel adds, as General MIDI 2 has it
constexpr float kVibratoHz = 5.4f;           // where singers and string players settle
constexpr float kOff = -60;                  // the lowest step of a level knob means off
static_assert(int(params_of(DeviceKind::wavetable)[p::table].max) == kWaveTables - 1);
static_assert(int(params_of(DeviceKind::wavetable)[p::unison].max) == kMostUnison);

}  // namespace

bool Wavetable::prepare(const AudioSpec& spec, Arena& arena) {
  cell_.tables = &wave_tables();
  if (!prepare_voices(spec, arena, kPlaying, kSpare) || !voices_.prepare(pool_, arena)) return false;
  for (uint16_t i = 0; i < kParams; ++i) set_param(i, params_[i]);
  reset();
  return true;
}

void Wavetable::reset() {
  reset_voices();
  voices_.reset();
  vibrato_.reset();
  settle();
}

void Wavetable::set_param(uint16_t index, float plain) {
  if (index >= kParams) return;
  params_.set(index, plain);
  const float time_s = params_of(DeviceKind::wavetable)[index].smoothing_ms * 0.001f;
  smooth_[index].to(params_[index], time_s * spec_.sample_rate);
  cell_.envelope = AdsrShape::make(params_[p::attack_s], params_[p::decay_s], params_[p::sustain], params_[p::release_s],
                                   spec_.sample_rate);
  if (index == p::play) set_solo(Solo(int(params_[p::play])));
  if (index == p::level_db) controls_.set_level(db_to_gain(params_[p::level_db]));
}

void Wavetable::settle() {
  for (Glide& value : smooth_) value.jump(value.target());
  cell_.table = int(params_[p::table]);
  cell_.table_gain = cell_.table_gain_before = 1;
  cell_.sub = params_[p::sub_db] <= kOff ? 0 : db_to_gain(params_[p::sub_db]);
  lay_out_unison();
}

void Wavetable::start_voice(int lane, const NoteEvent& note) {
  voices_.of(lane).start(lane % 4, note, (pitch_of(note) - 69) / 12, (slide_from(note) - 69) / 12, cell_);
}

void Wavetable::move_voice(int lane, const NoteEvent& note) { voices_.of(lane).move(lane % 4, (pitch_of(note) - 69) / 12); }

void Wavetable::end_voice(int lane, VoiceEnd how) { voices_.of(lane).end(lane % 4, how, cell_, spec_.sample_rate); }

// Copies spread evenly, the low ones to the left; together they are about as loud as one.
void Wavetable::lay_out_unison() {
  const int count = int(params_[p::unison]);
  cell_.unison = count;
  cell_.wide = count > 1;
  const float detune = smooth_[p::detune].value() / 1200;
  for (int k = 0; k < kMostUnison; ++k) {
    const float place = count > 1 ? -1 + 2 * float(k) / float(count - 1) : 0;
    cell_.unison_gain[k] = k < count ? 1 / std::sqrt(float(count)) : 0;
    if (k >= count) continue;                            // those that fade stay where they are
    cell_.unison_place[k] = place;
    cell_.unison_pitch[k] = detune * place;
  }
}

// Fades for a cell, changes, and comes back.
void Wavetable::change_table() {
  const int wanted = int(params_[p::table]);
  cell_.table_gain_before = cell_.table_gain;
  if (cell_.table_gain == 0) cell_.table = wanted;
  cell_.table_gain = cell_.table == wanted ? 1 : 0;
}

void Wavetable::begin_cell() {
  const float cell_s = kMaxBlock / spec_.sample_rate;
  for (int i = 0; i < kParams; ++i)
    if (i != p::width) smooth_[i].advance(kMaxBlock);    // that one is read frame by frame
  const auto now = [&](int index) { return smooth_[index].value(); };
  vibrato_.advance(kVibratoHz, cell_s);
  lay_out_unison();
  change_table();
  cell_.position = now(p::position);
  cell_.sweep = now(p::sweep);
  cell_.sweep_rate = AdsrShape::release_rate(params_[p::sweep_time_s], spec_.sample_rate);
  cell_.wander = now(p::wander) * 0.5f;
  cell_.wander_turns = now(p::wander_hz) / spec_.sample_rate;
  const float vibrato = (now(p::vibrato) + controls_.modulation() * kWheelVibratoCents) / 1200;
  cell_.a4 = std::log2(440 / spec_.sample_rate) + controls_.bend_semitones() / 12 + vibrato * vibrato_.value();
  cell_.sub_before = cell_.sub;
  cell_.sub = now(p::sub_db) <= kOff ? 0 : db_to_gain(now(p::sub_db)) * 0.5f;
  cell_.cutoff = std::log2(now(p::cutoff_hz) / spec_.sample_rate);
  cell_.cutoff_sweep = now(p::env_amount);
  cell_.cutoff_rate = AdsrShape::release_rate(params_[p::filter_decay_s], spec_.sample_rate);
  cell_.damping = 1.414f * std::exp2(-4.8f * now(p::resonance));   // flat at 0, about 29 dB of ring at 1
  cell_.key_follow = now(p::key_follow);
  cell_.slide = params_[p::glide_s] > 0 ? std::exp2(-cell_s / params_[p::glide_s] * 5) : 0;

  voices_.control(pool_, cell_);
}

void Wavetable::render_cell(float* left, float* right, int at, int frames) {
  f32x4 middle[kMaxBlock], side[kMaxBlock];
  for (int i = 0; i < kMaxBlock; ++i) middle[i] = side[i] = 0;
  voices_.render(pool_, cell_, at, middle, side, frames);
  alignas(16) float both[kMaxBlock], apart[kMaxBlock];
  sum_lanes(middle, both, frames);
  sum_lanes(side, apart, frames);
  for (int i = 0; i < frames; ++i) {
    const float wide = apart[i] * smooth_[p::width].at(i);
    left[i] += both[i] + wide;
    right[i] += both[i] - wide;
  }
  smooth_[p::width].advance(frames);
}

void Wavetable::end_cell() { voices_.settle(pool_); }

}  // namespace arietta
