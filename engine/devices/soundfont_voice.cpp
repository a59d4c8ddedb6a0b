#include "devices/soundfont_voice.h"

#include "base/note_event.h"
#include "devices/voice_pool.h"

namespace arietta {
namespace {

// Bank levels are full scale for one voice at full velocity and volume; a chord of them at the volume of a channel
// at rest has to fit under the ceiling.
constexpr float kVoiceGain = 0.35f * kReaderScale / (kVolumeAtRest * kVolumeAtRest);
constexpr float kOpenHz = 19500;          // a low-pass this high is not worth running
constexpr float kHighestCutoff = 0.45f;   // of the sample rate: above it the warped frequency runs away
constexpr float kFlattest = 1.41421356f;  // damping of a filter without a resonance peak: Q of 0 dB
constexpr float kMaxAttenuationDb = 144;
constexpr float kMaxResonanceDb = 96, kMaxTremoloDb = 96;   // the limits of their generators, section 8.1.3
constexpr float kOctavesPerDb = 0.16609640474f;   // 1 / 6.0206

// A time or a rate, stretched by a thousand at most.
float scaled(float value, float cents) { return cents != 0 ? value * cents_to_ratio(clampf(cents, -12000, 12000)) : value; }

EnvelopeTimes envelope_times(const BankEnvelope& e, const ModulatorSums& sums, BankDestination attack, float key,
                             float sample_rate) {
  const float below_60 = 60 - key;
  const float frames = sample_rate;
  auto by = [&](int step) { return sums.to[attack + step]; };   // attack, hold, decay, release stand in this order
  EnvelopeTimes times;
  times.delay = e.delay_s * frames;
  times.attack = std::max(1.0f, scaled(e.attack_s, by(0)) * frames);
  times.hold = scaled(e.hold_s, by(1) + e.hold_per_key * below_60) * frames;
  times.decay = std::max(1.0f, scaled(e.decay_s, by(2) + e.decay_per_key * below_60) * frames);
  times.release = std::max(1.0f, scaled(e.release_s, by(3)) * frames);
  return times;
}

}  // namespace

void SoundfontVoice::start(const BankRegion& region, span<const BankModulator> modulators, const ChannelState& channel,
                           const VoiceShaping& shaping, float key, float velocity, int frame, float sample_rate) {
  *this = SoundfontVoice();
  region_ = &region;
  modulators_ = modulators;
  sample_rate_ = sample_rate;
  key_ = region.fixed_key >= 0 ? float(region.fixed_key) : key;
  velocity_ = region.fixed_velocity >= 0 ? float(region.fixed_velocity) / 127 : velocity;
  first_frame = frame;
  finished_ = false;
  cents_ = (key_ - region.root_key) * region.scale_tuning + region.tune_cents;

  auto in_fixed_point = [](uint32_t at) { return uint64_t(at) << 32; };
  cursor.position = in_fixed_point(region.sample_start);
  const bool loops = region.loop != kLoopNone;
  cursor.end = in_fixed_point(loops ? region.loop_end : region.sample_end);
  cursor.loop_length = loops ? in_fixed_point(region.loop_end - region.loop_start) : 0;

  controllers_moved(channel);
  EnvelopeTimes volume = envelope_times(region.volume, sums_, kToVolumeAttack, key_, sample_rate);
  volume.attack = std::max(1.0f, volume.attack * shaping.attack_ratio);
  volume.sustain = kSustainScale * clampf(region.volume.sustain + sums_.to[kToVolumeSustain], 0, kMaxAttenuationDb);
  volume_.start(volume);
  EnvelopeTimes modulation = envelope_times(region.modulation, sums_, kToModulationAttack, key_, sample_rate);
  modulation.sustain = clampf(region.modulation.sustain + sums_.to[kToModulationSustain], 0, 1);
  modulation_.start(modulation);
  vibrato_.start(region.vibrato_delay_s * sample_rate,
                 scaled(region.vibrato_hz, sums_.to[kToVibratoRate]) / sample_rate);
  mod_lfo_.start(region.mod_lfo_delay_s * sample_rate,
                 scaled(region.mod_lfo_hz, sums_.to[kToModLfoRate]) / sample_rate);
}

void SoundfontVoice::release(const VoiceShaping& shaping) {
  const float seconds = scaled(region_->volume.release_s, sums_.to[kToVolumeRelease]);
  volume_.release(std::max(1.0f, seconds * shaping.release_ratio * sample_rate_));
  modulation_.release();
  if (region_->loop != kLoopUntilRelease) return;
  cursor.end = uint64_t(region_->sample_end) << 32;
  cursor.loop_length = 0;
}

void SoundfontVoice::fade() {
  if (fade_per_frame_ == 0) fade_per_frame_ = 1 / (kStealFadeSeconds * sample_rate_);
}

void SoundfontVoice::controllers_moved(const ChannelState& channel) {
  sum_modulators(modulators_, channel, key_, velocity_, sums_);
  const float attenuation = clampf(region_->attenuation_db + sums_.to[kToAttenuation], 0, kMaxAttenuationDb);
  q_db_ = clampf(region_->filter_q_db + sums_.to[kToFilterQ], 0, kMaxResonanceDb);
  const float gain = kVoiceGain * db_to_gain(-attenuation - q_db_ / 2);   // resonance lowers the rest, section 8.1.3
  const float angle = (clampf(region_->pan + sums_.to[kToPan], -1, 1) + 1) * 0.25f * kPi;   // equal power
  left_gain_ = gain * std::cos(angle);
  right_gain_ = gain * std::sin(angle);
}

void SoundfontVoice::step(int frames, const ChannelState& channel, const VoiceShaping& shaping, float level) {
  first_frame = std::min(first_frame, frames - 1);
  const float count = float(frames - first_frame);
  const BankRegion& r = *region_;
  const float amplitude = volume_.advance(count);
  const float modulation = modulation_.advance(count);
  const float vibrato = vibrato_.advance(count);
  const float lfo = mod_lfo_.advance(count);

  const float cents = cents_ + sums_.to[kToPitch] + 100 * channel.bend_semitones +
                      vibrato * (r.vibrato_cents + sums_.to[kToVibratoPitch]) +
                      lfo * (r.mod_lfo_pitch_cents + sums_.to[kToModLfoPitch]) +
                      modulation * (r.mod_env_pitch_cents + sums_.to[kToModEnvPitch]);
  if (cents != sounding_cents_) {
    sounding_cents_ = cents;
    const double speed = double(fast_exp2(cents / 1200)) * double(r.sample_rate) / double(sample_rate_);
    cursor.increment = uint64_t(std::min(speed * 0x1p32, double(kMaxIncrement)));
  }

  fade_ = std::max(0.0f, fade_ - fade_per_frame_ * count);
  const float tremolo_db = lfo * clampf(r.mod_lfo_volume_db + sums_.to[kToModLfoVolume], -kMaxTremoloDb, kMaxTremoloDb);
  float gain = amplitude * fade_ * level;
  if (tremolo_db != 0) gain *= fast_exp2(tremolo_db * kOctavesPerDb);
  left.target = left_gain_ * gain;
  right.target = right_gain_ * gain;
  finished_ = volume_.done() || fade_ <= 0;

  const float octaves = shaping.brightness_octaves +
                        (sums_.to[kToFilter] + lfo * (r.mod_lfo_filter_cents + sums_.to[kToModLfoFilter]) +
                         modulation * (r.mod_env_filter_cents + sums_.to[kToModEnvFilter])) / 1200;
  step_filter(octaves != 0 ? r.filter_hz * fast_exp2(octaves) : r.filter_hz);
}

void SoundfontVoice::step_filter(float cutoff_hz) {
  if (!filtered_ && cutoff_hz >= kOpenHz) return;
  const float cutoff = clampf(cutoff_hz, 5, kHighestCutoff * sample_rate_);
  if (cutoff == filter.cutoff_hz && q_db_ == filter.q_db) return;
  filter.cutoff_hz = cutoff;
  filter.q_db = q_db_;
  const float damping = kFlattest * db_to_gain(-q_db_);
  const float g = lane_of(tan_of_half_turns(f32x4(cutoff / sample_rate_)), 0);
  filter.a1.target = 1 / (1 + g * (g + damping));
  filter.a2.target = g * filter.a1.target;
  filter.a3.target = g * filter.a2.target;
  if (filtered_) return;
  filtered_ = true;
  filter.a1.now = filter.a1.target;
  filter.a2.now = filter.a2.target;
  filter.a3.now = filter.a3.target;
}

void SoundfontVoice::settle() {
  left.now = left.target;
  right.now = right.target;
  filter.a1.now = filter.a1.target;
  filter.a2.now = filter.a2.target;
  filter.a3.now = filter.a3.target;
  first_frame = 0;
}

}  // namespace arietta
