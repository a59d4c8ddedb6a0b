#include "devices/modal.h"

namespace arietta {
namespace {

namespace p = param::modal;

constexpr float kQuickDamp_s = 0.12f;         // the mallet stops a note it strikes again, but not at once
constexpr float kDiscsApart = 0.12f;          // turns between what the left and the right hear of a tremolo

}  // namespace

bool Modal::prepare(const AudioSpec& spec, Arena& arena) {
  if (!prepare_voices(spec, arena, kPlaying, kSpare)) return false;
  voices_ = arena.array<Voice>(size_t(pool_.lanes()));
  if (voices_.empty()) return false;
  for (uint16_t i = 0; i < kParams; ++i) set_param(i, params_[i]);
  reset();
  return true;
}

void Modal::reset() {
  reset_voices();
  for (Voice& voice : voices_) voice = {};
  tremolo_.reset();
  settle();
}

void Modal::set_param(uint16_t index, float plain) {
  if (index >= kParams) return;
  params_.set(index, plain);
  const float time_s = params_of(DeviceKind::modal)[index].smoothing_ms * 0.001f;
  smooth_[index].to(params_[index], time_s * spec_.sample_rate);
  if (index == p::level_db) controls_.set_level(db_to_gain(params_[index]));
}

void Modal::settle() {
  for (Glide& value : smooth_) value.jump(value.target());
  aim();
  width_ = smooth_[p::width].value();
  swell_left_ = swell_right_ = 1;
}

// Knob units to the units the modes compute in.
void Modal::aim() {
  touch_.sound = ModalSound(int(params_[p::sound]));
  touch_.hardness = smooth_[p::mallet].value();
  touch_.place = smooth_[p::place].value();
  touch_.tilt = 2.4f * (smooth_[p::brightness].value() - 0.5f);
  touch_.stretch = smooth_[p::stretch].value();
  touch_.shimmer = smooth_[p::shimmer].value();
  touch_.ring = smooth_[p::ring].value();
  touch_.knock = 2 * smooth_[p::knock].value();
  touch_.bloom = smooth_[p::bloom].value();
  touch_.bloom_s = 1.6f;
  bend_ = controls_.bend_semitones();
}

void Modal::start_voice(int lane, const NoteEvent& note) {
  Voice& voice = voices_[size_t(lane)];
  const float pitch = pitch_of(note);
  voice.modes.start(touch_, pitch, bend_, clampf(note.value, 0, 1), note.id * 2654435761u + note.key, spec_.sample_rate);
  voice.dampers = params_[p::dampers] == 0 ? modal_kind(touch_.sound).damped : params_[p::dampers] == 1;
  const PanGains pan = pan_gains(0.6f * width_ * clampf((pitch - 66) / 30, -1, 1));
  voice.left = pan.left;
  voice.right = pan.right;
}

void Modal::end_voice(int lane, VoiceEnd how) {
  Voice& voice = voices_[size_t(lane)];
  switch (how) {
    case VoiceEnd::kRelease:
      if (voice.dampers) voice.modes.damp(params_[p::damp_s]);
      break;
    case VoiceEnd::kQuick: voice.modes.damp(kQuickDamp_s); break;
    case VoiceEnd::kFade: voice.modes.fade(kStealFadeSeconds); break;
  }
}

void Modal::begin_cell() {
  for (Glide& value : smooth_) value.advance(kMaxBlock);
  aim();
  width_step_ = (smooth_[p::width].value() - width_) / kMaxBlock;
  tremolo_.advance(smooth_[p::tremolo_hz].value(), kMaxBlock / spec_.sample_rate);
  const float depth = clampf(smooth_[p::tremolo].value() + controls_.modulation(), 0, 1);
  const float apart = kDiscsApart * width_;
  const Lfo& left = tremolo_;
  Lfo right = tremolo_;
  right.advance(1, apart);
  swell_left_step_ = (1 - depth * (0.5f - 0.5f * left.value()) - swell_left_) / kMaxBlock;
  swell_right_step_ = (1 - depth * (0.5f - 0.5f * right.value()) - swell_right_) / kMaxBlock;
  for (int lane = 0; lane < pool_.lanes(); ++lane) {
    if (!pool_.in_use(lane)) continue;
    voices_[size_t(lane)].modes.control(touch_, bend_);
    pool_.set_level(lane, voices_[size_t(lane)].modes.loudness());
  }
}

void Modal::render_cell(float* left, float* right, int, int frames) {
  for (int lane = 0; lane < pool_.lanes(); ++lane) {
    if (!pool_.in_use(lane)) continue;
    Voice& voice = voices_[size_t(lane)];
    float near[kMaxBlock] = {}, far[kMaxBlock] = {};
    voice.modes.render(near, far, frames);
    for (int i = 0; i < frames; ++i) {
      const float middle = near[i] + far[i], side = 0.4f * width_ * (near[i] - far[i]);
      left[i] += (middle + side) * voice.left;
      right[i] += (middle - side) * voice.right;
    }
  }
  for (int i = 0; i < frames; ++i) {
    swell_left_ += swell_left_step_;
    swell_right_ += swell_right_step_;
    left[i] *= swell_left_;
    right[i] *= swell_right_;
  }
  width_ += width_step_ * float(frames);
}

void Modal::end_cell() {
  for (int lane = 0; lane < pool_.lanes(); ++lane)
    if (pool_.in_use(lane) && !voices_[size_t(lane)].modes.sounding()) pool_.free(lane);
}

}  // namespace arietta
