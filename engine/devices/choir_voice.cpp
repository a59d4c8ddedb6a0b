#include "devices/choir_voice.h"

#include "base/mathx.h"
#include "dsp/pan.h"

namespace arietta {
namespace {

constexpr float kGain = 0.9f;                // four singers at full voice peak near -8 dB before the level knob
constexpr float kChest = 0.16f;              // what of the source is heard besides the mouth: the body below
constexpr float kChestHz = 260;
constexpr float kQuickRelease = 0.08f;       // seconds, when the same note is sung again
constexpr float kOnset_s = 0.5f;             // the vibrato grows once the note stands
constexpr float kScoop = 0.35f;              // keys below, where a singer sets out from
constexpr float kMouths = 0.04f;             // octaves by which mouths differ
constexpr float kSides[4] = {-0.35f, 0.45f, -1.0f, 1.0f};

}  // namespace

void ChoirVoice::start(const NoteEvent& note, float from, float pitch, const ChoirCell& cell) {
  *this = ChoirVoice();
  random_ = Random(note.id * 2654435761u + note.key);
  const float velocity = clampf(note.value, 0, 1);
  count_ = cell.singers;
  chest_push_ = 1 - std::exp(-2 * kPi * kChestHz / cell.sample_rate);
  pitch_ = from;
  goal_ = pitch;
  alignas(16) float left[4] = {}, right[4] = {};
  for (int i = 0; i < kSingers; ++i) {
    Singer& singer = singers_[i];
    singer.phase = random_.unit();
    singer.place = count_ > 1 ? random_.bipolar() : 0;
    singer.turn = random_.unit();
    singer.rate = 0.92f + 0.16f * random_.unit();
    singer.mouth = count_ > 1 ? kMouths * random_.bipolar() : 0;
    noise_[i] = int32_t(random_.next() | 1);
    if (i >= count_) continue;
    const PanGains pan = pan_gains(count_ > 1 ? cell.width * kSides[i] : 0);
    left[i] = pan.left;
    right[i] = pan.right;
    envelope_.start(i);
  }
  left_ = f32x4::load(left);
  right_ = f32x4::load(right);
  force_ = kGain * velocity * std::sqrt(velocity) / std::sqrt(float(count_));
  loudness_ = force_;
  fresh_ = changed_ = true;
}

void ChoirVoice::move(float pitch) { goal_ = pitch; }

void ChoirVoice::end(VoiceEnd how, const ChoirCell& cell) {
  const float own = cell.envelope.release, quick = AdsrShape::release_rate(kQuickRelease, cell.sample_rate);
  for (int i = 0; i < count_; ++i) switch (how) {
      case VoiceEnd::kRelease: envelope_.release(i, own); break;
      case VoiceEnd::kQuick: envelope_.release(i, quick > own ? quick : own); break;
      case VoiceEnd::kFade: envelope_.fade(i, AdsrShape::fade_rate(kStealFadeSeconds, cell.sample_rate)); break;
    }
  changed_ = true;
}

void ChoirVoice::aim_pitch(const ChoirCell& cell, float seconds) {
  age_s_ += seconds;
  pitch_ = goal_ + (pitch_ - goal_) * cell.slide;
  const float onset = clampf((age_s_ - cell.vibrato_delay_s) / kOnset_s, 0, 1);
  for (int i = 0; i < count_; ++i) {
    Singer& singer = singers_[i];
    singer.turn += cell.vibrato_hz * singer.rate * seconds;
    singer.turn -= float(int(singer.turn));
    if (std::fabs(singer.drift - singer.goal) < 0.02f) singer.goal = random_.bipolar();
    singer.drift += (singer.goal - singer.drift) * clampf(seconds * 3, 0, 1);
    const float settled = std::exp(-age_s_ * (18 + 8 * singer.place));
    const float stray = cell.spread * (0.75f * singer.place + 0.4f * singer.drift);
    const float key = pitch_ + cell.bend + stray + cell.vibrato * onset * sine_of_turns(singer.turn) - kScoop * settled * cell.breath * 4;
    singer.step = clampf(440 / cell.sample_rate * fast_exp2((key - 69) / 12), 1e-5f, kMaxPhaseStep);
  }
}

// The mouth moves only when vowel, size or note do.
void ChoirVoice::aim_mouth(const ChoirCell& cell, float frames) {
  const bool same = cell.vowel == shaped_vowel_ && cell.size == shaped_size_ && goal_ == shaped_pitch_;
  if (same && !fresh_) {
    if (shaping_)
      for (SvfCoefficients& step : step_) step = {f32x4(0), f32x4(0), f32x4(0), f32x4(0)};
    shaping_ = false;
    return;
  }
  shaping_ = true;
  shaped_vowel_ = cell.vowel;
  shaped_size_ = cell.size;
  shaped_pitch_ = goal_;
  const Vowel vowel = sung_vowel(cell.vowel, goal_ - 12 * cell.size);
  const f32x4 mouths(singers_[0].mouth, singers_[1].mouth, singers_[2].mouth, singers_[3].mouth);
  const float lowest = key_to_hz(goal_) * 1.02f;           // singers open the mouth as the note passes the first formant
  const f32x4 per_frame(1 / frames);
  for (int i = 0; i < kFormants; ++i) {
    const Formant& formant = vowel.formants[i];
    const float hz = std::fmax(formant.hz * std::exp2(cell.size), lowest * (1 + 0.35f * float(i)));
    const f32x4 damping(clampf(1.6f * formant.width_hz / formant.hz, 0.02f, 1));
    const SvfCoefficients aim = SvfCoefficients::make(f32x4(hz / cell.sample_rate) * fast_exp2(mouths), damping);
    if (fresh_) now_[i] = aim;
    now_[i].damping = aim.damping;
    step_[i] = {(aim.keep - now_[i].keep) * per_frame, (aim.push - now_[i].push) * per_frame,
                (aim.pull - now_[i].pull) * per_frame, f32x4(0)};
  }
}

void ChoirVoice::control(const ChoirCell& cell, float frames) {
  const f32x4 per_frame(1 / frames);
  aim_pitch(cell, frames / cell.sample_rate);
  aim_mouth(cell, frames);
  const f32x4 envelope = envelope_.advance(cell.envelope, frames, f32x4(0) == f32x4(0));
  level_step_ = (envelope * f32x4(force_) - level_) * per_frame;
  const f32x4 breath = envelope * f32x4(force_ * cell.breath) * (f32x4(2.2f) - f32x4(1.2f) * envelope);
  breath_step_ = (breath - breath_) * per_frame;
  loudness_ = force_ * lane_of(envelope, 0);

  // The table's gains are for an even spectrum; the source falls by 6 dB an octave.
  const Vowel vowel = sung_vowel(cell.vowel, goal_ - 12 * cell.size);
  // Vowels of a low first formant ride on stronger partials; sung, they are not louder.
  const float even = std::pow(vowel.formants[0].hz / 600, 0.8f);
  const float openness = std::exp2(4.0f * (cell.effort - 0.55f));
  float sign = 1;
  for (int i = 0; i < kFormants; ++i) {
    const Formant& formant = vowel.formants[i];
    const float rise = formant.hz / vowel.formants[0].hz, high = i < 2 ? 1 : openness;
    const f32x4 wanted = f32x4(sign * formant.gain * rise * high * even) * now_[i].damping * (i < 2 ? f32x4(1) : envelope);
    if (fresh_) gain_[i] = wanted;
    gain_step_[i] = (wanted - gain_[i]) * per_frame;
    sign = -sign;
  }
  changed_ = fresh_ = false;
}

void ChoirVoice::render(const BlepTable& table, float* left, float* right, int frames) {
  f32x4 source[kMaxBlock];
  BlepLine lines[kSingers];
  for (int i = 0; i < kSingers; ++i) {
    BlepLine& line = lines[i];
    if (i >= count_) {
      line.silence();
      continue;
    }
    Singer& singer = singers_[i];
    line.begin(singer.tail);
    line.add(table, Wave::kSaw, singer.phase, singer.step, {1, 0}, frames);
    line.keep(singer.tail, frames);
  }
  for (int i = 0; i < frames; i += 4) {
    for (int lane = 0; lane < kSingers; ++lane) source[i + lane] = f32x4::load(lines[lane].samples() + i);
    transpose(source[i], source[i + 1], source[i + 2], source[i + 3]);
  }
  i32x4 state = i32x4::load(noise_);
  for (int i = 0; i < frames; ++i) {
    state ^= state << 13;
    state ^= logical_right(state, 17);
    state ^= state << 5;
    level_ += level_step_;
    breath_ += breath_step_;
    const f32x4 throat = source[i] * level_ + to_float(state) * f32x4(0x1p-31f) * breath_;
    chest_ += f32x4(chest_push_) * (throat - chest_);
    f32x4 sung = chest_ * f32x4(kChest);
    for (int k = 0; k < kFormants; ++k) {
      SvfCoefficients& now = now_[k];
      now.keep += step_[k].keep;
      now.push += step_[k].push;
      now.pull += step_[k].pull;
      gain_[k] += gain_step_[k];
      sung += formants_[k].tick(throat, now).band * gain_[k];
    }
    left[i] += sum(sung * left_);
    right[i] += sum(sung * right_);
  }
  state.store(noise_);
}

void ChoirVoice::settle() {
  for (Svf4& formant : formants_) formant.settle();
  chest_ = flush_denormal(chest_);
}

}  // namespace arietta
