#include "devices/organ.h"

#include "devices/lane_sum.h"

namespace arietta {
namespace {

namespace p = param::organ;

constexpr float kStepDb = 3;                 // between two marks of a drawbar
constexpr float kHighestHz = 5925;           // the ninety-first wheel
constexpr float kScannerHz = 6.87f;          // the scanner is geared to the wheels' motor
constexpr float kScanSeconds[] = {0, 0.00033f, 0.00066f, 0.001f};   // how far vibrato 1, 2 and 3 reach
constexpr float kClickSeconds = 0.004f;      // contacts bounce that long
constexpr float kClickGain = 0.05f;
constexpr float kGlideSeconds = 0.02f;
constexpr float kRingSeconds = 0.02f;        // the speaker's delays and filters
constexpr float kWheelTurns = 0.5f;          // the modulation wheel past its middle changes the rotor's speed

float one_pole(float hz, float rate) { return 1 - std::exp(-2 * kPi * hz / rate); }

// 8 is full, each mark 3 dB less; below the first mark straight to nothing.
float drawbar_gain(float mark) {
  const float gain = db_to_gain(kStepDb * ((mark > 1 ? mark : 1) - 8));
  return mark < 1 ? gain * mark : gain;
}

}  // namespace

bool Organ::prepare(const AudioSpec& spec, Arena& arena) {
  if (!prepare_voices(spec, arena, kPlaying, kSpare) || !voices_.prepare(pool_, arena)) return false;
  if (!scanner_.prepare(arena, int(kScanSeconds[3] * spec.sample_rate) + 8) || !rotary_.prepare(spec.sample_rate, arena)) return false;
  contact_low_ = one_pole(4000, spec.sample_rate);
  contact_high_ = one_pole(900, spec.sample_rate);
  cell_.highest = kHighestHz / spec.sample_rate;
  cell_.click_rate = AdsrShape::release_rate(kClickSeconds, spec.sample_rate);
  for (uint16_t i = 0; i < kParams; ++i) set_param(i, params_[i]);
  reset();
  return true;
}

void Organ::reset() {
  reset_voices();
  voices_.reset();
  scanner_.reset();
  scanner_turn_ = 0;
  rotary_.reset();
  amplifier_.reset();
  contacts_[0] = contacts_[1] = treble_[0] = treble_[1] = 0;
  percussion_ = 0;
  cell_.frames = 0;
  ring_frames_ = 0;
  settle();
}

void Organ::set_param(uint16_t index, float plain) {
  if (index >= kParams) return;
  params_.set(index, plain);
  const float time_s = params_of(DeviceKind::organ)[index].smoothing_ms * 0.001f;
  smooth_[index].to(params_[index], time_s * spec_.sample_rate);
  cell_.envelope = AdsrShape::make(params_[p::attack_s], 1, 1, params_[p::release_s], spec_.sample_rate);
  if (index == p::vibrato) set_scanner();
  if (index == p::play) set_solo(Solo(int(params_[p::play])));
  if (index == p::level_db) controls_.set_level(db_to_gain(params_[p::level_db]));
}

void Organ::set_scanner() {
  const int place = int(params_[p::vibrato]);
  const bool chorus = place > 3;
  const float frames = kGlideSeconds * spec_.sample_rate;
  if (place > 0) scan_.to(kScanSeconds[chorus ? place - 3 : place] * spec_.sample_rate, frames);
  straight_.to(place == 0 ? 1 : chorus ? 0.7071f : 0, frames);
  scanned_.to(place == 0 ? 0 : chorus ? 0.7071f : 1, frames);
}

void Organ::settle() {
  for (Glide& value : smooth_) value.jump(value.target());
  for (Glide* value : {&scan_, &straight_, &scanned_}) value->jump(value->target());
  rotary_.set_speed(RotorSpeed(int(params_[p::rotor])));
  rotary_.settle();
  set_drawbars();
  for (int k = 0; k < kDrawbars; ++k) cell_.gain_before[k] = cell_.gain[k];
}

// Only the first keys after a rest get percussion; what is pressed while one is held shares what is left of it.
void Organ::start_voice(int lane, const NoteEvent& note) {
  bool others = false;
  for (int i = 0; i < pool_.lanes(); ++i) others = others || (i != lane && pool_.held(i));
  if (!others) percussion_ = 1;
  voices_.of(lane).start(lane % 4, note, (pitch_of(note) - 69) / 12, (slide_from(note) - 69) / 12);
}

void Organ::move_voice(int lane, const NoteEvent& note) { voices_.of(lane).move(lane % 4, (pitch_of(note) - 69) / 12); }

void Organ::end_voice(int lane, VoiceEnd how) { voices_.of(lane).end(lane % 4, how, cell_, spec_.sample_rate); }

void Organ::set_drawbars() {
  for (int k = 0; k < kDrawbars; ++k) {
    cell_.gain_before[k] = cell_.gain[k];
    cell_.gain[k] = drawbar_gain(smooth_[p::drawbar_16 + k].value());
  }
  const int which = int(params_[p::percussion]);
  percussion_ *= std::exp2(-AdsrShape::release_rate(params_[p::percussion_s], spec_.sample_rate) * kMaxBlock);
  if (which > 0) cell_.gain[which + 2] += 2 * smooth_[p::percussion_level].value() * percussion_;
}

void Organ::begin_cell() {
  for (int i = 0; i < kParams; ++i)
    if (i != p::speaker && i != p::growl) smooth_[i].advance(kMaxBlock);    // those are read frame by frame
  set_drawbars();
  const bool turned = controls_.modulation() > kWheelTurns;
  const RotorSpeed speed = RotorSpeed(int(params_[p::rotor]));
  rotary_.set_speed(!turned ? speed : speed == RotorSpeed::kFast ? RotorSpeed::kSlow : RotorSpeed::kFast);
  cell_.a4 = std::log2(440 / spec_.sample_rate) + controls_.bend_semitones() / 12;
  const float cell_s = kMaxBlock / spec_.sample_rate;
  cell_.slide = params_[p::glide_s] > 0 ? std::exp2(-cell_s / params_[p::glide_s] * 5) : 0;
  cell_.click = kClickGain * smooth_[p::click].value();
  treble_step_ = one_pole(smooth_[p::tone_hz].value(), spec_.sample_rate);
  voices_.control(pool_, cell_);
}

// What the amplifier's speaker leaves of the treble.
float Organ::darkened(float in) {
  treble_[0] += (in - treble_[0]) * treble_step_;
  treble_[1] += (treble_[0] - treble_[1]) * treble_step_;
  return treble_[1];
}

void Organ::render_cell(float* left, float* right, int at, int frames) {
  f32x4 pipes[kMaxBlock], contacts[kMaxBlock];
  for (int i = 0; i < kMaxBlock; ++i) pipes[i] = contacts[i] = 0;
  voices_.render(pool_, cell_, at, pipes, contacts, frames);
  alignas(16) float sound[kMaxBlock], noise[kMaxBlock];
  sum_lanes(pipes, sound, frames);
  sum_lanes(contacts, noise, frames);

  for (int i = 0; i < frames; ++i) {
    contacts_[0] += (noise[i] - contacts_[0]) * contact_low_;
    contacts_[1] += (contacts_[0] - contacts_[1]) * contact_high_;
    const float played = sound[i] + contacts_[0] - contacts_[1];

    scanner_turn_ += kScannerHz / spec_.sample_rate;
    scanner_turn_ -= float(int(scanner_turn_));
    scanner_.write(played);
    const float waved = scanner_.read(3 + scan_.at(i) * (0.5f + 0.5f * sine_of_turns(scanner_turn_)));
    const float shaken = played * straight_.at(i) + waved * scanned_.at(i);

    const float push = 1 + 7 * smooth_[p::growl].at(i);
    const float dry = darkened(amplifier_.tick(shaken * push) / std::sqrt(push)), amount = smooth_[p::speaker].at(i);
    float l, r;
    rotary_.tick(dry, l, r);
    left[i] += lerp(dry, l, amount);
    right[i] += lerp(dry, r, amount);
  }
  for (Glide* value : {&scan_, &straight_, &scanned_, &smooth_[p::growl], &smooth_[p::speaker]}) value->advance(frames);
}

void Organ::end_cell() {
  voices_.settle(pool_);
  cell_.frames += kMaxBlock;
  rotary_.flush();
  if (pool_.sounding() > 0) ring_frames_ = int(kRingSeconds * spec_.sample_rate);
  else ring_frames_ = ring_frames_ > kMaxBlock ? ring_frames_ - kMaxBlock : 0;
}

}  // namespace arietta
