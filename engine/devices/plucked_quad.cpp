#include "devices/plucked_quad.h"

#include "base/mathx.h"

namespace arietta {
namespace {

constexpr float kSidewaysForce = 0.4f;       // of the pluck
constexpr float kSidewaysRing = 2.2f;        // times as long
constexpr float kSidewaysDetune = 0.003f;    // keys: enough to breathe, too little to be out of tune
constexpr float kQuickRing = 0.08f;          // seconds, when the same key is plucked again
constexpr float kHammerForce = 0.45f;        // of a pluck: the fingering hand alone
constexpr float kRegister = 0.35f;           // how much sooner high strings stop: ring ~ frequency to this power
constexpr float kInaudible = 1.5e-5f;
constexpr float kHeardPerCell = 0.98f;       // the lowest string comes round once in sixty cells
constexpr float kForce = 0.27f;              // a hard pluck peaks near -6 dB before the level knob

}  // namespace

bool PluckedQuad::prepare(Arena& arena, float sample_rate) {
  sample_rate_ = sample_rate;
  return upright_.prepare(arena, kLowestHz, sample_rate) && sideways_.prepare(arena, kLowestHz, sample_rate);
}

void PluckedQuad::reset() {
  upright_.reset();
  sideways_.reset();
  for (String& string : string_) string = {};
  level_ = 1;
  level_step_ = 0;
}

StringTune PluckedQuad::tune(const String& string, const StringCell& cell, bool sideways) const {
  const float pitch = sounding_pitch(string, cell) + (sideways ? kSidewaysDetune : -kSidewaysDetune);
  const float hz = clampf(key_to_hz(pitch), kLowestHz, 0.15f * sample_rate_);
  const float open = 1 - cell.mute;
  float ring = cell.ring_s * std::pow(hz / 220, -kRegister) * (open * open * open + 0.004f);
  if (sideways) ring *= kSidewaysRing;
  if (string.ring_s > 0 && string.ring_s < ring) ring = string.ring_s;
  const float loss = cell.loss * (1 + 30 * cell.mute * cell.mute);
  return StringTune::make(hz, ring > 0.01f ? ring : 0.01f, loss, cell.stiffness, sample_rate_);
}

void PluckedQuad::pluck(int lane, const NoteEvent& note, float force, const StringCell& cell) {
  const float velocity = clampf(note.value, 0, 1);
  const float hz = clampf(key_to_hz(string_[lane].goal), kLowestHz, 0.15f * sample_rate_);
  const float period = sample_rate_ / hz;
  const float hardness = clampf(cell.pick + 0.35f * (velocity - 0.7f), 0, 1);
  PluckShape shape;
  // A finger moves with a low string for longer than a high one turns round once.
  shape.cutoff_hz = std::fmax(350 * std::exp2(5.2f * hardness) * std::sqrt(std::sqrt(hz / 220)), (1 + 2 * hardness) * hz);
  shape.width_s = std::fmin(0.0028f * std::exp2(-3.5f * hardness), 0.5f / hz);
  shape.scrape = 0.25f + 0.9f * cell.pick;
  shape.scrape_s = 0.012f - 0.007f * hardness;
  // Never quite the same place twice.
  Random random(note.id * 2654435761u + note.key);
  shape.echo_frames = period * clampf(cell.position * (0.94f + 0.12f * random.unit()), 0.015f, 0.5f);
  // As loud at any pitch and hardness: the power of a train of pulses that reach up to the cutoff.
  const float reach = shape.cutoff_hz < 0.25f * sample_rate_ ? shape.cutoff_hz : 0.25f * sample_rate_;
  const float echo = 2 * (1 - std::exp2(-8 * cell.position * reach / hz * 0.25f)) + 0.2f;
  shape.force = kForce * force * velocity * std::sqrt(velocity) * std::sqrt(period * sample_rate_ / (reach * echo));
  string_[lane].touch.start(shape, random.next(), sample_rate_);
}

void PluckedQuad::start(int lane, const NoteEvent& note, float from, float pitch, const StringCell& cell) {
  String& string = string_[lane];
  string = {};
  string.pitch = from;
  string.goal = pitch;
  string.held = true;
  string.heard = 1;
  string.tuned_to = sounding_pitch(string, cell);
  string.ring_s = 0;
  pluck(lane, note, 1, cell);
  upright_.start(lane, tune(string, cell, false));
  sideways_.start(lane, tune(string, cell, true));
  level_ = with_lane(level_, lane, 1);
  level_step_ = with_lane(level_step_, lane, 0);
}

void PluckedQuad::move(int lane, const NoteEvent& note, float pitch, const StringCell& cell) {
  string_[lane].goal = pitch;
  pluck(lane, note, kHammerForce, cell);
}

void PluckedQuad::end(int lane, VoiceEnd how, const StringCell& cell) {
  String& string = string_[lane];
  string.held = false;
  string.stale = true;
  if (how == VoiceEnd::kFade) {
    string.fading = true;
    level_step_ = with_lane(level_step_, lane, -lane_of(level_, lane) / (kStealFadeSeconds * sample_rate_));
  } else {
    string.ring_s = how == VoiceEnd::kQuick ? clampf(cell.release_s, 0.01f, kQuickRing) : cell.release_s;
  }
}

void PluckedQuad::control(int used, const StringCell& cell) {
  const bool turned = cell.ring_s != last_.ring_s || cell.loss != last_.loss || cell.stiffness != last_.stiffness ||
                      cell.mute != last_.mute;
  last_ = cell;
  upright_.hold();
  sideways_.hold();
  for (int lane = 0; lane < 4; ++lane) {
    String& string = string_[lane];
    if (!(used >> lane & 1)) continue;
    string.pitch = string.goal + (string.pitch - string.goal) * cell.slide;
    if (std::fabs(string.pitch - string.goal) < 1e-4f) string.pitch = string.goal;
    const float pitch = sounding_pitch(string, cell);
    if (!turned && !string.stale && pitch == string.tuned_to) continue;
    string.stale = false;
    string.tuned_to = pitch;
    upright_.aim(lane, tune(string, cell, false));
    sideways_.aim(lane, tune(string, cell, true));
  }
}

void PluckedQuad::render(f32x4* out, int frames) {
  alignas(16) float force[kMaxBlock][4] = {};
  for (int lane = 0; lane < 4; ++lane)
    if (!string_[lane].touch.over()) string_[lane].touch.render(&force[0][lane], 4, frames);
  f32x4 in[kMaxBlock] = {}, sideways[kMaxBlock];
  for (int i = 0; i < frames; ++i) in[i] = f32x4::load(force[i]);
  upright_.render(in, out, frames);
  for (int i = 0; i < frames; ++i) in[i] *= f32x4(kSidewaysForce);
  sideways_.render(in, sideways, frames);
  for (int i = 0; i < frames; ++i) {
    level_ = max(level_ + level_step_, f32x4(0));
    out[i] = (out[i] + sideways[i]) * level_;
  }
}

int PluckedQuad::settle(int used) {
  alignas(16) float peaks[4], levels[4];
  (upright_.take_peaks() + sideways_.take_peaks()).store(peaks);
  level_.store(levels);
  int silent = 0;
  for (int lane = 0; lane < 4; ++lane) {
    String& string = string_[lane];
    if (!(used >> lane & 1)) continue;
    string.heard *= kHeardPerCell;
    if (peaks[lane] > string.heard) string.heard = peaks[lane];
    string.level = levels[lane];
    const bool died = string.touch.over() && string.heard < kInaudible;
    if (died || (string.fading && levels[lane] <= 0)) silent |= 1 << lane;
  }
  return silent;
}

}  // namespace arietta
