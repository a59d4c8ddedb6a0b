#include "devices/voice_ensemble.h"

namespace arietta {
namespace {

constexpr float kFadeSeconds = 0.03f;                              // of a voice that comes or goes
constexpr float kPlaces[kMostHarmonies] = {-0.5f, 0.5f, -0.2f, 0.2f};
constexpr float kLateSeconds[kDoubles] = {0.013f, 0.021f};         // heard as width, not yet as an echo
constexpr float kDoubleCents[kDoubles] = {-7, 6};
constexpr float kDoublePlace = 0.8f;
constexpr float kDoubleConsonants = 0.4f;                          // three singers never hit a "t" together

}  // namespace

void VoiceEnsemble::prepare(float sample_rate) {
  sample_rate_ = sample_rate;
  uint32_t seed = 1;
  const auto place = [&](EnsembleVoice& voice, float pan) {
    voice.tuner.prepare(sample_rate, seed++);
    voice.left = pan > 0 ? 1 - pan : 1;
    voice.right = pan < 0 ? 1 + pan : 1;
  };
  place(lead_, 0);
  lead_.gain.jump(1);
  lead_.unsung = 1;
  for (int i = 0; i < kMostHarmonies; ++i) place(harmonies_[i], kPlaces[i]);
  for (int i = 0; i < kDoubles; ++i) {
    place(doubles_[i], i == 0 ? -kDoublePlace : kDoublePlace);
    doubles_[i].late_frames = int(kLateSeconds[i] * sample_rate);
    doubles_[i].unsung = kDoubleConsonants;
  }
  place(whisper_, 0);
  whisper_.unsung = 1;
  no_note_.set(sample_rate);
}

void VoiceEnsemble::reset() {
  const auto reset_voice = [](EnsembleVoice& voice) {
    voice.grains.reset();
    voice.tuner.reset();
    voice.gain.jump(voice.gain.target());
    voice.awake = false;
  };
  reset_voice(lead_);
  reset_voice(whisper_);
  for (EnsembleVoice& voice : harmonies_) reset_voice(voice);
  for (EnsembleVoice& voice : doubles_) reset_voice(voice);
  no_note_.reset();
}

void VoiceEnsemble::tune(const Tuning& tuning) {
  lead_.tuner.set(tuning);
  for (int i = 0; i < kDoubles; ++i) {
    Tuning other = tuning;
    other.humanise = 1;
    other.shift += kDoubleCents[i] / 100;
    doubles_[i].tuner.set(other);
  }
}

void VoiceEnsemble::harmonise(const int8_t (&steps)[kMostHarmonies], const Tuning& tuning) {
  for (int i = 0; i < kMostHarmonies; ++i) {
    sings_[i] = steps[i] != 0;
    if (!sings_[i]) continue;              // one that fades away keeps its note
    Tuning own = tuning;
    own.steps = steps[i];
    harmonies_[i].tuner.set(own);
  }
}

void VoiceEnsemble::set_levels(float lead, float harmonies, float doubles, float whisper) {
  const auto go = [&](EnsembleVoice& voice, float gain) {
    if (voice.gain.target() != gain) voice.gain.to(gain, kFadeSeconds * sample_rate_);
  };
  go(lead_, lead);
  go(whisper_, whisper);
  for (int i = 0; i < kMostHarmonies; ++i) go(harmonies_[i], sings_[i] ? harmonies : 0);
  for (EnsembleVoice& voice : doubles_) go(voice, doubles);
}

void VoiceEnsemble::add(EnsembleVoice& voice, PitchRule& rule, const VoiceFollower& singer, const VoiceInput* sides,
                        int64_t start, float* left, float* right) {
  if (!voice.gain.moving() && voice.gain.value() == 0) {
    voice.awake = false;
    return;
  }
  if (!voice.awake) {
    voice.grains.reset();
    voice.awake = true;
  }
  const int64_t from = start - voice.late_frames;
  alignas(16) float middle[kMaxBlock] = {}, side[kMaxBlock] = {};
  voice.grains.plan(singer.marks(), from, from + kMaxBlock, rule, formant_);
  voice.grains.render(singer.input(), from, middle, kMaxBlock, voice.unsung);
  if (sides) voice.grains.render(*sides, from, side, kMaxBlock, voice.unsung);
  voice.grains.retire(from + kMaxBlock);
  for (int i = 0; i < kMaxBlock; i += 4) {
    const f32x4 gain = voice.gain.four_at(i), m = f32x4::load(middle + i), s = f32x4::load(side + i);
    (f32x4::load(left + i) + gain * f32x4(voice.left) * (m + s)).store(left + i);
    (f32x4::load(right + i) + gain * f32x4(voice.right) * (m - s)).store(right + i);
  }
  voice.gain.advance(kMaxBlock);
}

void VoiceEnsemble::render(const VoiceFollower& singer, const VoiceInput* sides, int64_t start, float* left, float* right) {
  for (int i = 0; i < kMaxBlock; ++i) left[i] = right[i] = 0;
  PitchRule& own = held_hz_ > 0 ? static_cast<PitchRule&>(one_note_) : lead_.tuner;
  add(lead_, own, singer, sides, start, left, right);
  add(whisper_, no_note_, singer, sides, start, left, right);
  for (EnsembleVoice& voice : harmonies_) add(voice, voice.tuner, singer, sides, start, left, right);
  for (EnsembleVoice& voice : doubles_) add(voice, voice.tuner, singer, sides, start, left, right);
}

}  // namespace arietta
