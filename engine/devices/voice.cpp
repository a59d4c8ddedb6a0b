#include "devices/voice.h"

#include <cmath>

#include "base/mathx.h"

namespace arietta {
namespace {

namespace p = param::voice;

constexpr float kOff = -40;                    // dB: the lowest of the knobs is silence
constexpr float kQuietSeconds = 0.25f;         // longer than anything is kept
constexpr float kFadeSeconds = 0.03f;
constexpr float kGlideSeconds = 0.08f;         // of pitch and size: grains still fit the ones beside them
constexpr int kMajor = 0b101010110101;         // from C
enum Robot { kNoRobot, kHeldNote, kSpeakingSynth };

// Harmonies by steps of the scale; a chromatic "scale" has no thirds, there they are semitones.
struct HarmonySet { int8_t steps[kMostHarmonies], semitones[kMostHarmonies]; };
constexpr HarmonySet kHarmonies[] = {
    {{}, {}},
    {{2}, {4}},
    {{-2}, {-3}},
    {{2, 4}, {4, 7}},
    {{-3, 2}, {-5, 4}},
    {{7, -7}, {12, -12}},
    {{-7, -3, 2, 4}, {-12, -5, 4, 7}},
};

// 0 every note, 1 to 12 the major keys from C, 13 to 24 the minor ones.
TuneNotes notes_of(int choice) {
  if (choice == 0) return {};
  const int root = choice <= 12 ? choice - 1 : (choice - 13 + 3) % 12;      // a minor key has its relative major's notes
  TuneNotes notes{0};
  for (int i = 0; i < 12; ++i)
    if (kMajor >> i & 1) notes.mask |= uint16_t(1 << ((root + i) % 12));
  return notes;
}

float level_gain(float db) { return db <= kOff ? 0 : db_to_gain(db); }

float usable(float v) { return v - v == 0 ? clampf(v, -100, 100) : 0; }

}  // namespace

bool Voice::prepare(const AudioSpec& spec, Arena& arena) {
  sample_rate_ = spec.sample_rate;
  if (!singer_.prepare(sample_rate_, Listening::kLive, arena)) return false;
  if (!sides_.prepare(arena, singer_.input().kept())) return false;
  cleaner_.prepare(sample_rate_);
  ensemble_.prepare(sample_rate_);
  vocoder_.prepare(sample_rate_);
  reset();
  return true;
}

void Voice::reset() {
  use_params();
  for (Glide* value : {&pitch_, &formant_, &level_, &vocoded_}) value->jump(value->target());
  singer_.reset();
  sides_.reset();
  cleaner_.reset();
  ensemble_.reset();
  vocoder_.reset();
  for (int side = 0; side < 2; ++side)
    for (int i = 0; i < kMaxBlock; ++i) in_[side][i] = out_[side][i] = 0;
  fill_ = quiet_frames_ = 0;
  one_sided_frames_ = singer_.input().kept();
}

void Voice::set_param(uint16_t index, float plain) { changed_ = params_.set(index, plain) || changed_; }

void Voice::use_params() {
  changed_ = false;
  const float frames = kFadeSeconds * sample_rate_;
  pitch_.to(params_[p::pitch], kGlideSeconds * sample_rate_);
  formant_.to(params_[p::formant], kGlideSeconds * sample_rate_);
  level_.to(level_gain(params_[p::level_db]), frames);
  cleaner_.set(params_[p::de_ess], params_[p::gate_db]);

  const int choice = int(params_[p::tune_to]);
  tuning_.notes = notes_of(choice);
  tuning_.amount = params_[p::tune_amount];
  tuning_.speed_s = params_[p::tune_speed_s];
  tuning_.vibrato = params_[p::vibrato];
  tuning_.humanise = params_[p::humanise];

  const HarmonySet& set = kHarmonies[int(params_[p::harmony])];
  Tuning harmony = tuning_;
  harmony.amount = 1;                          // a harmony is on its note, wherever the singer is
  harmony.speed_s = 0;
  ensemble_.harmonise(choice == 0 ? set.semitones : set.steps, harmony);

  const int robot = int(params_[p::robot]);
  const float hz = key_to_hz(params_[p::robot_key]);
  ensemble_.hold_note(robot == kHeldNote ? hz : 0);
  vocoder_.set_note(hz);
  vocoded_.to(robot == kSpeakingSynth ? 1 : 0, frames);
  const float own = robot == kSpeakingSynth ? 0 : 1, whisper = params_[p::whisper];
  ensemble_.set_levels(own * (1 - whisper), level_gain(params_[p::harmony_db]), (robot == kNoRobot ? params_[p::doubling] : 0), own * whisper);
}

void Voice::render_chunk() {
  if (changed_) use_params();
  pitch_.advance(kMaxBlock);
  formant_.advance(kMaxBlock);
  tuning_.shift = pitch_.value();
  ensemble_.tune(tuning_);
  ensemble_.set_formant(std::exp2(formant_.value() / 12));

  cleaner_.process(in_[0], in_[1], kMaxBlock);
  alignas(16) float middle[kMaxBlock], side[kMaxBlock];
  bool differ = false;
  for (int i = 0; i < kMaxBlock; ++i) {
    middle[i] = 0.5f * (in_[0][i] + in_[1][i]);
    side[i] = 0.5f * (in_[0][i] - in_[1][i]);
    differ = differ || side[i] != 0;
  }
  one_sided_frames_ = differ ? 0 : one_sided_frames_ + kMaxBlock;
  singer_.write(middle, kMaxBlock);
  sides_.write(side, kMaxBlock);
  const bool one_sided = one_sided_frames_ >= singer_.input().kept();
  if (one_sided) one_sided_frames_ = singer_.input().kept();
  ensemble_.render(singer_, one_sided ? nullptr : &sides_, singer_.heard(), out_[0], out_[1]);

  if (vocoded_.moving() || vocoded_.value() > 0) {
    alignas(16) float spoken[kMaxBlock];
    vocoder_.process(singer_.input().at(singer_.heard()), spoken, kMaxBlock);
    for (int i = 0; i < kMaxBlock; ++i) {
      out_[0][i] += vocoded_.at(i) * spoken[i];
      out_[1][i] += vocoded_.at(i) * spoken[i];
    }
    vocoded_.advance(kMaxBlock);
  }
  for (int i = 0; i < kMaxBlock; ++i) {
    out_[0][i] *= level_.at(i);
    out_[1][i] *= level_.at(i);
  }
  level_.advance(kMaxBlock);
}

Activity Voice::render(Block io) {
  bool silent = true;
  for (int i = 0; i < io.frames; ++i) {
    const float left = usable(io.left[i]), right = usable(io.right[i]);
    silent = silent && left == 0 && right == 0;
    in_[0][fill_] = left;
    in_[1][fill_] = right;
    io.left[i] = out_[0][fill_];
    io.right[i] = out_[1][fill_];
    if (++fill_ < kMaxBlock) continue;
    fill_ = 0;
    render_chunk();
  }
  quiet_frames_ = silent ? quiet_frames_ + io.frames : 0;
  if (float(quiet_frames_) < kQuietSeconds * sample_rate_) return quiet_frames_ == 0 ? Activity::kRunning : Activity::kTail;
  reset();
  return Activity::kAsleep;
}

}  // namespace arietta
