#include "devices/sampler_quad.h"

#include <cmath>

#include "base/mathx.h"
#include "dsp/pan.h"

namespace arietta {
namespace {

constexpr double kFixed = 4294967296.0;       // one frame in 32.32
constexpr double kEndFade_s = 0.004;          // as short as an end may fade without a click
constexpr double kLoopFade_s = 0.02;          // long enough to hide where a loop turns
constexpr float kQuickRelease = 0.05f;        // seconds, when the same key is struck again

mask4 lanes_of(int bits_set) {
  return f32x4(float(bits_set & 1), float(bits_set & 2), float(bits_set & 4), float(bits_set & 8)) > f32x4(0);
}

uint64_t fixed(double frames) { return uint64_t(frames * kFixed); }

}  // namespace

void SamplerQuad::start(int lane, const BankRegion& first, const BankRegion* second, const SamplerCut& cut, float from,
                        float pitch, float gain, const SamplerCell& cell) {
  Note& note = note_[lane];
  note = Note();
  note.sides = second ? 2 : 1;
  note.pitch = from;
  note.goal = pitch;
  note.over = false;
  note.speed = double(first.sample_rate) / double(cell.sample_rate);
  note.fade = fixed(std::fmin(kEndFade_s * double(first.sample_rate), 0.25 * (cut.end - cut.start)));
  const BankRegion* regions[2] = {&first, second};
  for (int side = 0; side < 2; ++side) {
    if (!regions[side]) continue;
    const BankRegion& region = *regions[side];
    const double origin = double(region.sample_start), length = double(region.sample_end - region.sample_start);
    SampleCursor& cursor = note.cursor[side];
    note.origin[side] = fixed(origin);
    cursor.position = fixed(origin + std::fmin(cut.start, length - 1));
    cursor.end = fixed(origin + std::fmin(cut.end, length));
    if (cut.loop_end > 0) {
      cursor.end = fixed(origin + std::fmin(cut.loop_end, length));
      cursor.loop_length = fixed(cut.loop_end - cut.loop_start);
      note.loop_fade = fixed(std::fmin(std::fmin(kLoopFade_s * double(region.sample_rate), cut.loop_start), 0.5 * (cut.loop_end - cut.loop_start)));
    }
    const PanGains pan = pan_gains(region.pan);
    // Each side of a pair has its own place; a single sample is both.
    to_left_[side] = with_lane(to_left_[side], lane, pan.left);
    to_right_[side] = with_lane(to_right_[side], lane, pan.right);
    filter_[side].clear(only_lane(lane));
  }
  if (second) {                                // a pair panned hard: no 3 dB more than the two files have
    for (int side = 0; side < 2; ++side) {
      to_left_[side] = select(only_lane(lane), to_left_[side] * f32x4(0.70710678f), to_left_[side]);
      to_right_[side] = select(only_lane(lane), to_right_[side] * f32x4(0.70710678f), to_right_[side]);
    }
  }
  gain_ = with_lane(gain_, lane, gain * db_to_gain(-first.attenuation_db) * kReaderScale);
  level_ = with_lane(level_, lane, 0);
  envelope_.start(lane);
  changed_ |= 1 << lane;
  fresh_ |= 1 << lane;
}

void SamplerQuad::end(int lane, VoiceEnd how, const SamplerCell& cell) {
  const float own = cell.envelope.release, quick = AdsrShape::release_rate(kQuickRelease, cell.sample_rate);
  switch (how) {
    case VoiceEnd::kRelease: envelope_.release(lane, own); break;
    case VoiceEnd::kQuick: envelope_.release(lane, quick > own ? quick : own); break;
    case VoiceEnd::kFade: envelope_.fade(lane, AdsrShape::fade_rate(kStealFadeSeconds, cell.sample_rate)); break;
  }
  changed_ |= 1 << lane;
}

void SamplerQuad::control(int which, const SamplerCell& cell, float frames) {
  const mask4 lanes = lanes_of(which), fresh = lanes_of(fresh_);
  const f32x4 per_frame(1 / frames);
  changed_ = fresh_ = 0;
  for (int lane = 0; lane < 4; ++lane) {
    Note& note = note_[lane];
    if (!(which >> lane & 1) || note.over) continue;
    note.pitch = note.goal + (note.pitch - note.goal) * cell.slide;
    const float pitch = note.pitch + cell.bend;
    if (pitch == note.heard_pitch) continue;
    note.heard_pitch = pitch;
    const double step = note.speed * std::exp2(double(pitch) / 12) * kFixed;
    for (SampleCursor& cursor : note.cursor) cursor.increment = uint64_t(std::fmin(step, double(kMaxIncrement)));
  }
  const f32x4 level = envelope_.advance(cell.envelope, frames, lanes) * gain_;
  level_step_ = select(lanes, (level - level_) * per_frame, level_step_);
  const SvfCoefficients aim = SvfCoefficients::make(fast_exp2(f32x4(cell.cutoff)), f32x4(cell.damping));
  SvfCoefficients& now = filter_now_;
  now = {select(fresh, aim.keep, now.keep), select(fresh, aim.push, now.push), select(fresh, aim.pull, now.pull), aim.damping};
  filter_step_ = {select(lanes, (aim.keep - now.keep) * per_frame, filter_step_.keep),
                  select(lanes, (aim.push - now.push) * per_frame, filter_step_.push),
                  select(lanes, (aim.pull - now.pull) * per_frame, filter_step_.pull), f32x4(0)};
}

// One side of a note, with what its end or its loop fades to.
void SamplerQuad::read(const SamplerCell& cell, Note& note, int side, int frames, float* out) {
  SampleCursor& cursor = note.cursor[side];
  const uint64_t from = cursor.position, step = cursor.increment, end = cursor.end, loop = cursor.loop_length;
  const uint64_t fade = loop ? note.loop_fade : note.fade, last = from + uint64_t(frames) * step;
  const bool ended = !read_sample(cell.samples, *cell.table, cursor, frames, out);
  if (ended) note.over = true;
  if (fade == 0 || last + fade <= end) return;
  if (loop && from < note.origin[side] + loop) return;      // so fast that it has not been where the loop would fade from
  float before[kMaxBlock + 4] = {};
  if (loop) {                                  // what precedes the loop's start, as it would go on
    SampleCursor earlier{from - loop, step, end, 0};
    read_sample(cell.samples, *cell.table, earlier, frames, before);
  }
  const float per_frame = 1 / float(double(fade) / kFixed);
  uint64_t at = from;
  for (int i = 0; i < frames; ++i, at += step) {
    if (loop && at >= end) break;              // it has turned: from here on it is the loop's start itself
    const float left = at < end ? float(double(end - at) / kFixed) * per_frame : 0;
    if (left >= 1) continue;
    const float share = left * left * (3 - 2 * left);      // leaves and arrives without a corner
    out[i] = out[i] * share + before[i] * (1 - share);
  }
}

void SamplerQuad::render(const SamplerCell& cell, int used, float* left, float* right, int frames) {
  f32x4 sound[2][kMaxBlock];
  bool pair = false;
  for (int lane = 0; lane < 4; ++lane) pair = pair || ((used >> lane & 1) && note_[lane].sides == 2);
  for (int side = 0; side < (pair ? 2 : 1); ++side) {
    alignas(16) float rows[4][kMaxBlock + 4] = {};
    for (int lane = 0; lane < 4; ++lane)
      if ((used >> lane & 1) && !note_[lane].over && side < note_[lane].sides) read(cell, note_[lane], side, frames, rows[lane]);
    for (int i = 0; i < kMaxBlock; i += 4) {
      for (int lane = 0; lane < 4; ++lane) sound[side][i + lane] = f32x4::load(rows[lane] + i);
      transpose(sound[side][i], sound[side][i + 1], sound[side][i + 2], sound[side][i + 3]);
    }
  }
  SvfCoefficients now = filter_now_;
  for (int i = 0; i < frames; ++i) {
    now.keep += filter_step_.keep;
    now.push += filter_step_.push;
    now.pull += filter_step_.pull;
    level_ += level_step_;
    f32x4 heard = filter_[0].tick(sound[0][i] * level_, now).low;
    f32x4 to_left = heard * to_left_[0], to_right = heard * to_right_[0];
    if (pair) {
      heard = filter_[1].tick(sound[1][i] * level_, now).low;
      to_left += heard * to_left_[1];
      to_right += heard * to_right_[1];
    }
    left[i] += sum(to_left);
    right[i] += sum(to_right);
  }
  filter_now_ = now;
}

int SamplerQuad::settle() {
  for (Svf4& filter : filter_) filter.settle();
  int silent = bits(envelope_.idle());
  level_ = select(envelope_.idle(), f32x4(0), level_);
  for (int lane = 0; lane < 4; ++lane)
    if (note_[lane].over) silent |= 1 << lane;
  return silent;
}

}  // namespace arietta
