#include "devices/bowed_quad.h"

#include "base/mathx.h"

namespace arietta {
namespace {

constexpr float kBowGain = 0.36f;            // a strong note peaks near -8 dB before the level knob
constexpr float kQuickRelease = 0.06f;       // seconds, when the same key is bowed again
constexpr float kVibratoHz = 5.3f;           // where string players settle, each a little elsewhere
constexpr float kVibratoOnset_s = 0.35f;     // the hand begins to move once the note speaks
constexpr float kDrift = 0.12f;              // of the vibrato: how far a hand strays by itself
constexpr float kSectionKeys = 0.075f;       // and desks agree within eight
constexpr float kScoop = 0.25f;              // keys below pitch while the string begins to speak

mask4 lanes_of(int bits_set) {
  return f32x4(float(bits_set & 1), float(bits_set & 2), float(bits_set & 4), float(bits_set & 8)) > f32x4(0);
}

}  // namespace

void BowedQuad::start(int lane, const NoteEvent& event, float from, float pitch, const StringCell& cell) {
  const float velocity = clampf(event.value, 0, 1);
  Note& note = notes_[lane];
  note = Note();
  note.random = Random(event.id * 2654435761u + event.key);
  note.count = cell.players;
  note.pitch = from;
  note.goal = pitch;
  for (int i = 0; i < note.count; ++i) {
    Player& player = note.players[i];
    player.phase = note.random.unit();
    player.turn = note.random.unit();
    player.rate = kVibratoHz * (0.9f + 0.2f * note.random.unit());
    player.drift = player.goal = note.count > 1 ? kSectionKeys * note.random.bipolar() : 0;
  }
  noise_[lane] = int32_t(note.random.next() | 1);
  force_ = with_lane(force_, lane, kBowGain * velocity * std::sqrt(velocity) / std::sqrt(float(note.count)));
  const float octaves_from_c4 = (pitch - 60) / 12;
  brightness_ = with_lane(brightness_, lane, 1.3f * (velocity - 0.7f) + 0.25f * octaves_from_c4);
  level_ = with_lane(level_, lane, 0);
  hiss_ = with_lane(hiss_, lane, 0);
  for (Svf4& filter : filter_) filter.clear(only_lane(lane));
  envelope_.start(lane);
  changed_ |= 1 << lane;
  fresh_ |= 1 << lane;
}

void BowedQuad::move(int lane, float pitch) { notes_[lane].goal = pitch; }

void BowedQuad::end(int lane, VoiceEnd how, const StringCell& cell) {
  const float own = cell.envelope.release, quick = AdsrShape::release_rate(kQuickRelease, cell.sample_rate);
  switch (how) {
    case VoiceEnd::kRelease: envelope_.release(lane, own); break;
    case VoiceEnd::kQuick: envelope_.release(lane, quick > own ? quick : own); break;
    case VoiceEnd::kFade: envelope_.fade(lane, AdsrShape::fade_rate(kStealFadeSeconds, cell.sample_rate)); break;
  }
  changed_ |= 1 << lane;
}

void BowedQuad::aim_players(Note& note, const StringCell& cell, float seconds) {
  note.age_s += seconds;
  note.pitch = note.goal + (note.pitch - note.goal) * cell.slide;
  const float onset = clampf((note.age_s - 0.12f) / kVibratoOnset_s, 0, 1);
  const float depth = cell.vibrato * onset + 0.5f * cell.wheel;
  const float level = 1 - std::exp(-note.age_s * 30);
  const float pitch = note.pitch + cell.bend - kScoop * (1 - level) * cell.pressure;
  for (int i = 0; i < note.count; ++i) {
    Player& player = note.players[i];
    player.turn += player.rate * seconds;
    player.turn -= float(int(player.turn));
    // The hand strays towards a place, arrives, and picks another.
    if (std::fabs(player.drift - player.goal) < 0.002f)
      player.goal = (note.count > 1 ? kSectionKeys : kDrift * cell.vibrato) * note.random.bipolar();
    player.drift += (player.goal - player.drift) * clampf(seconds * 2.5f, 0, 1);
    const float key = pitch + depth * sine_of_turns(player.turn) + player.drift;
    player.step = clampf(440 / cell.sample_rate * fast_exp2((key - 69) / 12), 1e-5f, kMaxPhaseStep);
  }
}

void BowedQuad::control(int which, const StringCell& cell, float frames) {
  const mask4 lanes = lanes_of(which), fresh = lanes_of(fresh_);
  const f32x4 per_frame(1 / frames);
  changed_ = 0;
  for (int lane = 0; lane < 4; ++lane)
    if (which >> lane & 1) aim_players(notes_[lane], cell, frames / cell.sample_rate);

  const f32x4 envelope = envelope_.advance(cell.envelope, frames, lanes);
  level_step_ = select(lanes, (envelope * force_ - level_) * per_frame, level_step_);
  // The bow hisses most before the string has found its motion.
  const f32x4 hiss = force_ * envelope * f32x4(cell.pressure) * (f32x4(0.07f) + f32x4(0.35f) * (f32x4(1) - envelope));
  hiss_step_ = select(lanes, (hiss - hiss_) * per_frame, hiss_step_);

  const f32x4 corner = f32x4(std::log2(900 / cell.sample_rate) + 4.4f * cell.brightness + 1.4f * (cell.pressure - 0.5f) +
                             0.8f * cell.wheel) + brightness_ + f32x4(1.6f) * (envelope - f32x4(1));
  const SvfCoefficients aim = SvfCoefficients::make(fast_exp2(corner), f32x4(1.414f));
  SvfCoefficients& now = filter_now_;
  now = {select(fresh, aim.keep, now.keep), select(fresh, aim.push, now.push), select(fresh, aim.pull, now.pull), aim.damping};
  filter_step_ = {select(lanes, (aim.keep - now.keep) * per_frame, filter_step_.keep),
                  select(lanes, (aim.push - now.push) * per_frame, filter_step_.push),
                  select(lanes, (aim.pull - now.pull) * per_frame, filter_step_.pull), f32x4(0)};
}

// Every other player sits on the other side; one alone is heard on both.
void BowedQuad::add_players(BlepLine& line, const BlepTable& table, Note& note, int side, int frames) {
  const bool alone = note.count == 1;
  for (int i = alone ? 0 : side; i < note.count; i += 2) {
    Player& player = note.players[i];
    float phase = player.phase;
    line.add(table, Wave::kSaw, phase, player.step, {alone ? 1.0f : 1.41421356f, 0}, frames);
    if (!alone || side == kSides - 1) player.phase = phase;
  }
}

// The oscillators are kBlepDelay frames ahead of what is heard; new notes catch up here.
void BowedQuad::run_up(const BlepTable& table, int lane) {
  for (int side = 0; side < kSides; ++side) {
    BlepLine line;
    line.begin({});
    add_players(line, table, notes_[lane], side, kBlepDelay);
    line.keep(notes_[lane].tails[side], kBlepDelay);
  }
}

void BowedQuad::render(const BlepTable& table, int used, f32x4* left, f32x4* right, int frames) {
  for (int lane = 0; lane < 4; ++lane)
    if (fresh_ >> lane & 1) run_up(table, lane);
  fresh_ = 0;
  f32x4* const out[kSides] = {left, right};
  BlepLine lines[4];
  for (int side = 0; side < kSides; ++side) {
    for (int lane = 0; lane < 4; ++lane) {
      if (!(used >> lane & 1)) {
        lines[lane].silence();
        continue;
      }
      lines[lane].begin(notes_[lane].tails[side]);
      add_players(lines[lane], table, notes_[lane], side, frames);
      lines[lane].keep(notes_[lane].tails[side], frames);
    }
    for (int i = 0; i < frames; i += 4) {
      f32x4 four[4];
      for (int lane = 0; lane < 4; ++lane) four[lane] = f32x4::load(lines[lane].samples() + i);
      transpose(four[0], four[1], four[2], four[3]);
      for (int k = 0; k < 4 && i + k < frames; ++k) out[side][i + k] = four[k];
    }
  }

  i32x4 state = i32x4::load(noise_);
  SvfCoefficients now = filter_now_;
  Svf4 near = filter_[0], far = filter_[1];
  for (int i = 0; i < frames; ++i) {
    state ^= state << 13;
    state ^= logical_right(state, 17);
    state ^= state << 5;
    now.keep += filter_step_.keep;
    now.push += filter_step_.push;
    now.pull += filter_step_.pull;
    level_ += level_step_;
    hiss_ += hiss_step_;
    noise_low_ += (to_float(state) * f32x4(0x1p-31f) - noise_low_) * f32x4(0.5f);
    const f32x4 hiss = noise_low_ * hiss_;
    left[i] = near.tick(left[i] * level_, now).low + hiss;
    right[i] = far.tick(right[i] * level_, now).low + hiss;
  }
  near.settle();
  far.settle();
  filter_[0] = near;
  filter_[1] = far;
  filter_now_ = now;
  noise_low_ = flush_denormal(noise_low_);
  state.store(noise_);
}

int BowedQuad::settle() {
  const mask4 idle = envelope_.idle();
  level_ = select(idle, f32x4(0), level_);
  hiss_ = select(idle, f32x4(0), hiss_);
  return bits(idle);
}

}  // namespace arietta
