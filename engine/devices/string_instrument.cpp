#include "devices/string_instrument.h"

namespace arietta {
namespace {

namespace p = param::string;

constexpr float kWheelVibratoKeys = 0.5f;      // what the modulation wheel adds, as General MIDI 2 has it
constexpr float kVibratoHz = 5.4f;
constexpr float kLowestHz = 18;                // below is no tone, only pressure
constexpr float kBoxRing_s = 0.4f;             // the box is silent after that
constexpr float kBoxChange_s = 0.02f;          // one box fades out, then the other in
constexpr float kLevel = 1.0f;

}  // namespace

bool StringInstrument::prepare(const AudioSpec& spec, Arena& arena) {
  table_ = &blep_table();
  if (!prepare_voices(spec, arena, kPlaying, kSpare) || !sympathy_.prepare(arena, spec.sample_rate)) return false;
  quads_ = arena.array<Quad>(size_t(pool_.quads()));
  if (quads_.empty()) return false;
  for (Quad& quad : quads_)
    if (!quad.plucked.prepare(arena, spec.sample_rate)) return false;
  cell_.sample_rate = spec.sample_rate;
  low_keep_ = 2 * kPi * kLowestHz / spec.sample_rate;
  for (uint16_t i = 0; i < kParams; ++i) set_param(i, params_[i]);
  reset();
  return true;
}

void StringInstrument::reset() {
  reset_voices();
  for (Quad& quad : quads_) {
    quad.plucked.reset();
    quad.bowed.reset();
    quad.is_bowed = 0;
  }
  body_.reset();
  sympathy_.reset();
  wheel_vibrato_.reset();
  low_left_ = low_right_ = 0;
  quiet_cells_ = 0;
  settle();
}

void StringInstrument::set_param(uint16_t index, float plain) {
  if (index >= kParams) return;
  params_.set(index, plain);
  const float time_s = params_of(DeviceKind::string)[index].smoothing_ms * 0.001f;
  smooth_[index].to(params_[index], time_s * spec_.sample_rate);
  if (index == p::level_db) controls_.set_level(kLevel * db_to_gain(params_[index]));
  if (index == p::solo) set_solo(Solo(int(params_[index])));
}

void StringInstrument::settle() {
  for (Glide& value : smooth_) value.jump(value.target());
  box_gain_ = 1;
  choose_body();
  aim_cell();
  box_ = smooth_[p::body_amount].value();
  direct_ = 1 - 0.5f * box_;
}

void StringInstrument::choose_body() {
  body_kind_ = BodyKind(int(params_[p::body]));
  body_.choose(body_kind_, spec_.sample_rate);
  body_.reset();
}

// Knob units to the units the strings compute in.
void StringInstrument::aim_cell() {
  const float brightness = smooth_[p::brightness].value();
  cell_.vibrato = smooth_[p::vibrato].value() / 100;
  cell_.wheel = controls_.modulation();
  cell_.bend = controls_.bend_semitones() + cell_.wheel * kWheelVibratoKeys * wheel_vibrato_.value();
  cell_.slide = std::exp2(-6.64f * kMaxBlock / (params_[p::glide_s] * spec_.sample_rate));    // a hundredth is left
  cell_.ring_s = params_[p::ring_s];
  cell_.release_s = params_[p::release_s];
  cell_.loss = std::pow(10.0f, -6.7f - 2.4f * brightness);
  const float stiff = smooth_[p::stiffness].value();
  cell_.stiffness = stiff;
  cell_.pick = smooth_[p::pick].value();
  cell_.mute = smooth_[p::mute].value();
  cell_.position = smooth_[p::position].value();
  cell_.envelope = AdsrShape::make(params_[p::attack_s], 1, 1, params_[p::release_s], spec_.sample_rate);
  cell_.pressure = smooth_[p::pressure].value();
  cell_.brightness = brightness;
  cell_.players = int(params_[p::players]);
  cell_.width = smooth_[p::width].value();
}

void StringInstrument::start_voice(int lane, const NoteEvent& note) {
  quiet_cells_ = 0;
  Quad& quad = quads_[size_t(lane / 4)];
  const int place = lane % 4, bit = 1 << place;
  const float from = slide_from(note), pitch = pitch_of(note);
  const bool bowed = params_[p::play] >= 0.5f;
  quad.is_bowed = bowed ? quad.is_bowed | bit : quad.is_bowed & ~bit;
  if (bowed) quad.bowed.start(place, note, from, pitch, cell_);
  else quad.plucked.start(place, note, from, pitch, cell_);
  const float side = cell_.width * clampf((pitch - 60) / 30, -1, 1);
  const PanGains pan = pan_gains(0.7f * side);
  quad.left = with_lane(quad.left, place, pan.left);
  quad.right = with_lane(quad.right, place, pan.right);
}

void StringInstrument::move_voice(int lane, const NoteEvent& note) {
  Quad& quad = quads_[size_t(lane / 4)];
  if (quad.is_bowed >> lane % 4 & 1) quad.bowed.move(lane % 4, pitch_of(note));
  else quad.plucked.move(lane % 4, note, pitch_of(note), cell_);
}

void StringInstrument::end_voice(int lane, VoiceEnd how) {
  Quad& quad = quads_[size_t(lane / 4)];
  if (quad.is_bowed >> lane % 4 & 1) quad.bowed.end(lane % 4, how, cell_);
  else quad.plucked.end(lane % 4, how, cell_);
}

bool StringInstrument::rings_on() const {
  return quiet_cells_ > 0 && (float(quiet_cells_ * kMaxBlock) < kBoxRing_s * spec_.sample_rate || sympathy_.sounding());
}

void StringInstrument::begin_cell() {
  for (Glide& value : smooth_) value.advance(kMaxBlock);
  wheel_vibrato_.advance(kVibratoHz, kMaxBlock / spec_.sample_rate);
  aim_cell();
  for (int i = 0; i < pool_.quads(); ++i) {
    const int used = pool_.lanes_used(i);
    Quad& quad = quads_[size_t(i)];
    const int bowed = used & quad.is_bowed, plucked = used & ~quad.is_bowed;
    if (plucked) quad.plucked.control(plucked, cell_);
    if (bowed) quad.bowed.control(15, cell_, kMaxBlock);
    for (int lane = 0; lane < 4; ++lane)
      if (used >> lane & 1) pool_.set_level(4 * i + lane, bowed >> lane & 1 ? quad.bowed.loudness(lane) : quad.plucked.loudness(lane));
  }
  const float change = kMaxBlock / (kBoxChange_s * spec_.sample_rate);
  if (BodyKind(int(params_[p::body])) != body_kind_) {
    box_gain_ -= change;
    if (box_gain_ <= 0) choose_body();
  } else {
    box_gain_ += change;
  }
  box_gain_ = clampf(box_gain_, 0, 1);
  const float amount = smooth_[p::body_amount].value();
  box_step_ = (amount * box_gain_ - box_) / kMaxBlock;
  direct_step_ = (1 - 0.5f * amount - direct_) / kMaxBlock;
  sympathy_amount_ = smooth_[p::sympathy].value();
}

void StringInstrument::render_cell(float* left, float* right, int at, int frames) {
  f32x4 sum_left[kMaxBlock], sum_right[kMaxBlock], near[kMaxBlock], far[kMaxBlock];
  for (int i = 0; i < kMaxBlock; ++i) sum_left[i] = sum_right[i] = 0;
  for (int q = 0; q < pool_.quads(); ++q) {
    const int used = pool_.lanes_used(q);
    Quad& quad = quads_[size_t(q)];
    if (used & ~quad.is_bowed) {
      quad.plucked.render(near, frames);
      for (int i = 0; i < frames; ++i) {
        sum_left[i] += near[i] * quad.left;
        sum_right[i] += near[i] * quad.right;
      }
    }
    if (used & quad.is_bowed) {
      quad.bowed.control_changed(cell_, float(kMaxBlock - at));
      quad.bowed.render(*table_, used & quad.is_bowed, near, far, frames);
      for (int i = 0; i < frames; ++i) {
        sum_left[i] += near[i] * quad.left;
        sum_right[i] += far[i] * quad.right;
      }
    }
  }
  for (int i = 0; i < frames; ++i) {
    left[i] = sum(sum_left[i]);
    right[i] = sum(sum_right[i]);
  }
  add_box(left, right, frames);
}

// The box and the open strings hear both sides together; what they add comes back to both.
void StringInstrument::add_box(float* left, float* right, int frames) {
  float bridge[kMaxBlock] = {}, box_left[kMaxBlock] = {}, box_right[kMaxBlock] = {};
  for (int i = 0; i < frames; ++i) bridge[i] = 0.5f * (left[i] + right[i]);
  if (body_kind_ != BodyKind::kNone) body_.render(bridge, box_left, box_right, frames);
  for (int i = 0; i < frames; ++i) {
    box_ += box_step_;
    direct_ += direct_step_;
    left[i] = left[i] * direct_ + box_left[i] * box_;
    right[i] = right[i] * direct_ + box_right[i] * box_;
  }
  if (sympathy_amount_ > 0 || sympathy_.sounding()) sympathy_.render(bridge, sympathy_amount_, left, right, frames);
  for (int i = 0; i < frames; ++i) {
    low_left_ += low_keep_ * (left[i] - low_left_);
    low_right_ += low_keep_ * (right[i] - low_right_);
    left[i] -= low_left_;
    right[i] -= low_right_;
  }
}

void StringInstrument::end_cell() {
  for (int i = 0; i < pool_.quads(); ++i) {
    const int used = pool_.lanes_used(i);
    if (!used) continue;
    Quad& quad = quads_[size_t(i)];
    int silent = 0;
    if (used & ~quad.is_bowed) silent |= quad.plucked.settle(used & ~quad.is_bowed);
    if (used & quad.is_bowed) silent |= quad.bowed.settle() & quad.is_bowed;
    for (int lane = 0; lane < 4; ++lane)
      if (used & silent & 1 << lane) pool_.free(i * 4 + lane);
  }
  sympathy_.end_cell();
  low_left_ = flush_denormal(low_left_);
  low_right_ = flush_denormal(low_right_);
  quiet_cells_ = pool_.sounding() ? 0 : quiet_cells_ + 1;
}

}  // namespace arietta
