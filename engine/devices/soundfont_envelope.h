// The two envelopes and the low-frequency oscillator of a SoundFont voice, stepped once a block.
// Source: SoundFont Technical Specification 2.04, section 8.1.2 (generators 21 to 40) and 9.1.
// Times in seconds become frames at start(); levels of the volume envelope are attenuations in dB.
#pragma once
#include <algorithm>
#include <cmath>

#include "base/mathx.h"
#include "dsp/fastmath.h"
#include "plan/bank_format.h"

namespace arietta {

// Decay and release times are the time to fall through the whole volume envelope. The specification calls that
// 100 dB; the players banks are tuned on fall through 96 (16 bits) and scale sustain levels alike, and so do we.
inline constexpr float kEnvelopeRangeDb = 96;
inline constexpr float kSustainScale = kEnvelopeRangeDb / 100;

struct EnvelopeTimes {      // frames
  float delay, attack, hold, decay, release;
  float sustain;            // dB below peak, or level
};

enum class EnvelopeStage : uint8_t { kDelay, kAttack, kHold, kDecay, kSustain, kRelease, kDone };

// Delay, attack and hold, which both envelopes share.
class EnvelopeHead {
 public:
  void start(const EnvelopeTimes& times) {
    times_ = times;
    stage_ = EnvelopeStage::kDelay;
    left_ = times.delay;
    risen_ = 0;
  }

 protected:
  // Goes on up to the decay; returns the frames left over for it.
  float advance_head(float frames) {
    while (frames > 0 && stage_ <= EnvelopeStage::kHold) {
      const float step = std::min(frames, left_);
      left_ -= step;
      frames -= step;
      if (stage_ == EnvelopeStage::kAttack) risen_ = 1 - left_ / times_.attack;
      if (left_ > 0) break;
      if (stage_ == EnvelopeStage::kDelay) left_ = times_.attack;
      if (stage_ == EnvelopeStage::kAttack) left_ = times_.hold;
      stage_ = EnvelopeStage(int(stage_) + 1);
    }
    return frames;
  }

  EnvelopeTimes times_ = {};
  EnvelopeStage stage_ = EnvelopeStage::kDone;
  float left_ = 0;     // frames to the end of the stage, up to hold
  float risen_ = 0;    // how far the attack has come, 0 to 1
};

// Attack is a straight line in amplitude; decay and release are straight lines in dB.
class VolumeEnvelope : public EnvelopeHead {
 public:
  void start(const EnvelopeTimes& times) {
    EnvelopeHead::start(times);
    attenuation_db_ = amplitude_made_for_ = 0;
    amplitude_ = 1;
  }
  bool done() const { return stage_ == EnvelopeStage::kDone; }

  void release(float frames) {                                                               // [audio]
    if (stage_ >= EnvelopeStage::kRelease) return;
    if (stage_ <= EnvelopeStage::kAttack) attenuation_db_ = std::min(-gain_to_db(risen_), kEnvelopeRangeDb);
    times_.release = frames;
    stage_ = EnvelopeStage::kRelease;
  }

  // Amplitude 0..1 after `frames` more.                                                       [audio]
  float advance(float frames) {
    frames = advance_head(frames);
    if (stage_ <= EnvelopeStage::kAttack) return risen_;
    if (stage_ == EnvelopeStage::kDecay) fall(frames / times_.decay, times_.sustain, EnvelopeStage::kSustain);
    if (stage_ == EnvelopeStage::kRelease) fall(frames / times_.release, kEnvelopeRangeDb, EnvelopeStage::kDone);
    if (attenuation_db_ >= kEnvelopeRangeDb) stage_ = EnvelopeStage::kDone;
    if (attenuation_db_ != amplitude_made_for_) {
      amplitude_made_for_ = attenuation_db_;
      amplitude_ = fast_exp2(attenuation_db_ * -0.16609640474f);   // 2^(dB / 6.0206)
    }
    return done() ? 0 : amplitude_;
  }

 private:
  void fall(float part, float target_db, EnvelopeStage next) {
    attenuation_db_ += part * kEnvelopeRangeDb;
    if (attenuation_db_ < target_db) return;
    attenuation_db_ = target_db;
    stage_ = next;
  }

  float attenuation_db_ = 0;   // after the attack
  float amplitude_ = 1, amplitude_made_for_ = 0;
};

// Level 0..1: attack convex, all else straight lines.
class ModulationEnvelope : public EnvelopeHead {
 public:
  void start(const EnvelopeTimes& times) {
    EnvelopeHead::start(times);
    level_ = 0;
  }
  void release() {                                                                          // [audio]
    if (stage_ < EnvelopeStage::kRelease) stage_ = EnvelopeStage::kRelease;
  }
  float advance(float frames) {                                                             // [audio]
    const bool in_head = stage_ <= EnvelopeStage::kHold;
    frames = advance_head(frames);
    if (in_head) level_ = risen_ > 0 ? std::max(0.0f, 1 + std::log10(risen_) * (40.0f / 96)) : 0;   // section 9.5
    if (stage_ == EnvelopeStage::kDecay) {
      level_ -= frames / times_.decay;
      if (level_ <= times_.sustain) {
        level_ = times_.sustain;
        stage_ = EnvelopeStage::kSustain;
      }
    } else if (stage_ == EnvelopeStage::kRelease) {
      level_ = std::max(0.0f, level_ - frames / times_.release);
    }
    return level_;
  }

 private:
  float level_ = 0;
};

// A triangle that starts at zero, going up, after its delay.
class TriangleLfo {
 public:
  void start(float delay_frames, float turns_per_frame) {
    delay_ = delay_frames;
    rate_ = turns_per_frame;
    phase_ = 0;
  }
  float advance(float frames) {                                                             // [audio]
    const float running = std::max(0.0f, frames - delay_);
    delay_ = std::max(0.0f, delay_ - frames);
    phase_ += running * rate_;
    phase_ -= float(int(phase_));
    const float shifted = phase_ + 0.25f;
    const float p = shifted < 1 ? shifted : shifted - 1;
    return 1 - 4 * std::abs(p - 0.5f);
  }

 private:
  float delay_ = 0, rate_ = 0, phase_ = 0;
};

}  // namespace arietta
