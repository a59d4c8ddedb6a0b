#include "devices/poly_synth.h"

#include "base/random.h"

namespace arietta {
namespace {

namespace p = param::poly_synth;

constexpr float kVoiceGain = 0.5f;               // a full-velocity note peaks near -6 dB before the level knob
constexpr float kWaveGain[] = {1.0f, 0.7f, 1.2f, 1.0f};   // saw, square, triangle, sine: equally loud to the ear
constexpr float kKeyFollow = 0.4f;               // octaves of cutoff per octave of pitch: high notes stay clear
constexpr float kVelocityBrightness = 1.6f;      // octaves between the softest and the hardest touch
constexpr float kWheelVibratoCents = 50;         // what the modulation wheel adds, as General MIDI 2 has it
constexpr float kVibratoHz = 5.4f;               // where singers and string players settle
constexpr float kQuickRelease = 0.05f;           // seconds an older note on the same key may still ring
constexpr float kSilence = -60;                  // the lowest step of a level knob means off

float gain_or_off(float db) { return db <= kSilence ? 0 : db_to_gain(db); }

mask4 lanes_from(int bits) {
  return f32x4(float(bits & 1), float(bits & 2), float(bits & 4), float(bits & 8)) > f32x4(0);
}

}  // namespace

bool PolySynth::prepare(const AudioSpec& spec, Arena& arena) {
  spec_ = spec;
  table_ = &blep_table();
  if (!pool_.prepare(arena, *this, kPlaying, kSpare)) return false;
  quads_ = arena.array<Quad>(size_t(pool_.quads()));
  if (quads_.empty()) return false;
  controls_.prepare(spec.sample_rate);
  for (uint16_t i = 0; i < kParams; ++i) set_param(i, params_of(DeviceKind::poly_synth)[i].initial);
  settle_params();
  reset();
  return true;
}

void PolySynth::reset() {
  pool_.reset();
  events_.clear();
  controls_.reset();
  vibrato_.reset();
  for (Quad& quad : quads_) quad = {};
  cell_frame_ = 0;
  settle_params();
}

// Knob units to the units the voices compute in.
float PolySynth::working_value(uint16_t index) const {
  const float plain = params_[index];
  switch (index) {
    case p::sub_db:
    case p::noise_db: return gain_or_off(plain);
    case p::cutoff_hz: return std::log2(plain / spec_.sample_rate);
    case p::resonance: return 1.414f * std::exp2(-4.8f * plain);      // flat at 0, about 28 dB of ring at 1
    case p::detune: return plain / 2400;                              // octaves to either side
    case p::vibrato: return plain / 1200;
    default: return plain;
  }
}

void PolySynth::set_param(uint16_t index, float plain) {
  params_.set(index, plain);
  if (index >= kParams) return;
  const float time_s = params_of(DeviceKind::poly_synth)[index].smoothing_ms * 0.001f;
  smooth_[index].to(working_value(index), time_s * spec_.sample_rate);
  shape_ = AdsrShape::make(params_[p::attack_s], params_[p::decay_s], params_[p::sustain], params_[p::release_s],
                           spec_.sample_rate);
  sweep_rate_ = AdsrShape::release_rate(params_[p::filter_decay_s], spec_.sample_rate);
  if (index == p::level_db) controls_.set_level(db_to_gain(params_[p::level_db]));
}

// Nothing sounds: what would glide may as well have arrived.
void PolySynth::settle_params() {
  for (Glide& value : smooth_) value.jump(value.target());
  cell_.wave = Wave(int(params_[p::shape]));
  cell_.main.start = 0.5f * kWaveGain[int(cell_.wave)];
  cell_.sub.start = smooth_[p::sub_db].value();
  cell_.noise.start = smooth_[p::noise_db].value();
}

void PolySynth::notes(span<const NoteEvent> events) {
  for (const NoteEvent& event : events) {
    if (events_.full()) {
      while (const NoteEvent* due = events_.due(kMaxBlock)) apply(*due);
      events_.clear();
    }
    events_.push(event);
  }
}

void PolySynth::apply(const NoteEvent& event) {
  switch (event.type) {
    case NoteEventType::kNoteOn:
      if (event.value > 0) start_voice(event);
      else pool_.note_off(event);
      break;
    case NoteEventType::kNoteOff: pool_.note_off(event); break;
    case NoteEventType::kAllNotesOff: pool_.all_notes_off(); break;
    case NoteEventType::kAllSoundOff: pool_.all_sound_off(); break;
    case NoteEventType::kController: pool_.controller(event.key, event.value); [[fallthrough]];
    default: controls_.handle(event);
  }
}

void PolySynth::start_voice(const NoteEvent& event) {
  if (pool_.sounding() == 0) settle_params();
  pool_.strike(event);
  const int number = pool_.take(event), lane = number % 4;
  Quad& quad = quads_[size_t(number / 4)];
  const mask4 only = only_lane(lane);
  const float velocity = clampf(event.value, 0, 1);
  const float tuning = std::isfinite(event.tuning) ? clampf(event.tuning, -24, 24) : 0;

  // Detuned oscillators start anywhere, so that no two notes beat alike; in unison they start together.
  Random random(event.id * 2654435761u + event.key);
  const float spread = clampf(smooth_[p::detune].value() * 1200, 0, 1);
  quad.phase[0][lane] = random.unit();
  quad.phase[1][lane] = quad.phase[0][lane] + spread * random.unit() * 0.5f;
  quad.phase[1][lane] -= float(int(quad.phase[1][lane]));
  quad.phase[2][lane] = 0;
  quad.noise[lane] = int32_t(random.next() | 1);

  quad.tails[lane] = {};
  quad.pitch = with_lane(quad.pitch, lane, (float(event.key) + tuning - 69) / 12);
  quad.loudness = with_lane(quad.loudness, lane, velocity * velocity * kVoiceGain);
  quad.brightness = with_lane(quad.brightness, lane,
                              kVelocityBrightness * (velocity - 0.8f) + kKeyFollow * (float(event.key) - 60) / 12);
  quad.sweep = with_lane(quad.sweep, lane, 1);
  quad.filter.clear(only);
  quad.envelope.start(lane);
  quad.changed |= 1 << lane;
  quad.fresh |= 1 << lane;
}

void PolySynth::end_voice(int number, VoiceEnd how) {
  Quad& quad = quads_[size_t(number / 4)];
  const float rate = spec_.sample_rate;
  switch (how) {
    case VoiceEnd::kRelease: quad.envelope.release(number % 4, shape_.release); break;
    case VoiceEnd::kQuick: {
      const float quick = AdsrShape::release_rate(kQuickRelease, rate);
      quad.envelope.release(number % 4, quick > shape_.release ? quick : shape_.release);
      break;
    }
    case VoiceEnd::kFade: quad.envelope.fade(number % 4, AdsrShape::fade_rate(kStealFadeSeconds, rate)); break;
  }
  quad.changed |= 1 << number % 4;
}

void PolySynth::begin_cell() {
  for (Glide& value : smooth_) value.advance(kMaxBlock);
  vibrato_.advance(kVibratoHz, kMaxBlock / spec_.sample_rate);

  // A new wave replaces the old one within a cell.
  constexpr float kPerFrame = 1.0f / kMaxBlock;
  cell_.wave_before = cell_.wave;
  cell_.wave = Wave(int(params_[p::shape]));
  const bool changes = cell_.wave != cell_.wave_before;
  const float gain = 0.5f * kWaveGain[int(cell_.wave)];
  const float gain_before = 0.5f * kWaveGain[int(cell_.wave_before)];
  cell_.main = changes ? BlepLevel{0, gain * kPerFrame} : BlepLevel{gain, 0};
  cell_.main_before = changes ? BlepLevel{gain_before, -gain_before * kPerFrame} : BlepLevel{};
  const float sub = cell_.sub.start + cell_.sub.step * kMaxBlock;
  cell_.sub = {sub, (smooth_[p::sub_db].value() - sub) * kPerFrame};
  const float noise = cell_.noise.start + cell_.noise.step * kMaxBlock;
  cell_.noise = {noise, (smooth_[p::noise_db].value() - noise) * kPerFrame};

  for (int i = 0; i < pool_.quads(); ++i)
    if (pool_.quad_in_use(i)) control(i, 15, kMaxBlock);
}

// Where the lanes named by the bits of `which` shall be `frames` from now.
void PolySynth::control(int index, int which, int frames) {
  Quad& quad = quads_[size_t(index)];
  const mask4 lanes = lanes_from(which), fresh = lanes_from(quad.fresh);
  const f32x4 per_frame(1.0f / float(frames));
  quad.changed = quad.fresh = 0;

  const float damping = smooth_[p::resonance].value();
  const f32x4 loudness = quad.loudness * f32x4(std::sqrt(std::sqrt(damping)));   // a sharp peak is loud enough
  const f32x4 level = quad.envelope.advance(shape_, float(frames), lanes) * loudness;
  quad.level_step = select(lanes, (level - quad.level) * per_frame, quad.level_step);
  alignas(16) float levels[4];
  level.store(levels);
  for (int lane = 0; lane < 4; ++lane) pool_.set_level(index * 4 + lane, levels[lane]);

  const float vibrato = smooth_[p::vibrato].value() + controls_.modulation() * kWheelVibratoCents / 1200;
  const float moved = controls_.bend_semitones() / 12 + vibrato * vibrato_.value();
  const f32x4 pitch = quad.pitch + f32x4(moved + std::log2(440 / spec_.sample_rate));
  const float detune = smooth_[p::detune].value();
  const float offsets[3] = {-detune, detune, -1};
  for (int i = 0; i < 3; ++i) {
    const f32x4 increment = clamp(fast_exp2(pitch + f32x4(offsets[i])), f32x4(1e-5f), f32x4(kMaxIncrement));
    select(lanes, increment, f32x4::load(quad.increment[i])).store(quad.increment[i]);
  }

  quad.sweep = select(lanes, quad.sweep * f32x4(fast_exp2(-sweep_rate_ * float(frames))), quad.sweep);
  const f32x4 cutoff = f32x4(smooth_[p::cutoff_hz].value()) + f32x4(smooth_[p::env_amount].value()) * quad.sweep +
                       quad.brightness;
  const SvfCoefficients aim = SvfCoefficients::make(fast_exp2(cutoff), f32x4(damping));
  SvfCoefficients& now = quad.filter_now;
  SvfCoefficients& step = quad.filter_step;
  now = {select(fresh, aim.a1, now.a1), select(fresh, aim.a2, now.a2), select(fresh, aim.a3, now.a3), aim.damping};
  step = {select(lanes, (aim.a1 - now.a1) * per_frame, step.a1),
          select(lanes, (aim.a2 - now.a2) * per_frame, step.a2),
          select(lanes, (aim.a3 - now.a3) * per_frame, step.a3), f32x4(0)};
}

void PolySynth::render_quad(int index, f32x4* mix, int frames) {
  Quad& quad = quads_[size_t(index)];
  alignas(16) f32x4 voices[kMaxBlock];                     // first lane by lane, then frame by frame
  alignas(16) float lines[4][kMaxBlock];
  for (int lane = 0; lane < 4; ++lane) {
    if (!pool_.in_use(index * 4 + lane)) {
      for (int i = 0; i < frames; i += 4) f32x4(0).store(lines[lane] + i);
      continue;
    }
    BlepLine line(*table_, quad.tails[lane]);
    for (int i = 0; i < 2; ++i) {
      float phase = quad.phase[i][lane];
      if (!cell_.main_before.silent())
        line.add(cell_.wave_before, phase, quad.increment[i][lane], cell_.main_before.at(cell_frame_), frames);
      line.add(cell_.wave, quad.phase[i][lane], quad.increment[i][lane], cell_.main.at(cell_frame_), frames);
    }
    if (!cell_.sub.silent())
      line.add(Wave::kSine, quad.phase[2][lane], quad.increment[2][lane], cell_.sub.at(cell_frame_), frames);
    line.keep(quad.tails[lane], frames);
    for (int i = 0; i < frames; i += 4) f32x4::load(line.samples() + i).store(lines[lane] + i);
  }
  for (int i = 0; i < frames; i += 4) {
    for (int lane = 0; lane < 4; ++lane) voices[i + lane] = f32x4::load(lines[lane] + i);
    transpose(voices[i], voices[i + 1], voices[i + 2], voices[i + 3]);
  }
  if (!cell_.noise.silent()) add_noise(quad, voices, frames);

  Svf4 filter = quad.filter;
  SvfCoefficients now = quad.filter_now;
  const SvfCoefficients step = quad.filter_step;
  f32x4 level = quad.level;
  for (int i = 0; i < frames; ++i) {
    now.a1 += step.a1;
    now.a2 += step.a2;
    now.a3 += step.a3;
    level += quad.level_step;
    mix[i] += filter.tick(voices[i], now).low * level;
  }
  filter.settle();
  quad.filter = filter;
  quad.filter_now = now;
  quad.level = level;
}

// White noise: a xorshift in each lane (see base/random.h).
void PolySynth::add_noise(Quad& quad, f32x4* to, int frames) const {
  i32x4 state = i32x4::load(quad.noise);
  for (int i = 0; i < frames; ++i) {
    state ^= state << 13;
    state ^= logical_right(state, 17);
    state ^= state << 5;
    to[i] += to_float(state) * f32x4(0x1p-31f * cell_.noise.at(cell_frame_ + i).start);
  }
  state.store(quad.noise);
}

// At the end of a cell, where every level has arrived.
void PolySynth::free_silent_voices(int index) {
  Quad& quad = quads_[size_t(index)];
  const mask4 idle = quad.envelope.idle();
  if (!any(idle)) return;
  quad.level = select(idle, f32x4(0), quad.level);
  for (int lane = 0; lane < 4; ++lane)
    if (bits(idle) >> lane & 1) pool_.free(index * 4 + lane);
}

Activity PolySynth::render(Block io) {
  if (pool_.sounding() == 0 && events_.empty()) return Activity::kAsleep;
  f32x4 mix[kMaxBlock];
  for (f32x4& frame : mix) frame = 0;

  for (int frame = 0; frame < io.frames;) {
    while (const NoteEvent* event = events_.due(frame)) apply(*event);
    const int next = events_.next_frame(io.frames);
    if (pool_.sounding() == 0) {                           // still silent: the first cell begins with the first note
      cell_frame_ = 0;
      frame = next;
      continue;
    }
    if (cell_frame_ == 0) begin_cell();
    const int left = kMaxBlock - cell_frame_;
    const int frames = next - frame < left ? next - frame : left;
    for (int i = 0; i < pool_.quads(); ++i) {
      if (!pool_.quad_in_use(i)) continue;
      if (quads_[size_t(i)].changed) control(i, quads_[size_t(i)].changed, left);
      render_quad(i, mix + frame, frames);
    }
    frame += frames;
    cell_frame_ = (cell_frame_ + frames) % kMaxBlock;
    for (int i = 0; cell_frame_ == 0 && i < pool_.quads(); ++i)
      if (pool_.quad_in_use(i)) free_silent_voices(i);
  }
  while (const NoteEvent* event = events_.due(kMaxBlock)) apply(*event);   // none, if the caller kept its word
  events_.clear();

  alignas(16) float mono[kMaxBlock];
  mask4 good = lanes_from(15);
  for (int i = 0; i < kMaxBlock; i += 4) {
    transpose(mix[i], mix[i + 1], mix[i + 2], mix[i + 3]);
    const f32x4 four = (mix[i] + mix[i + 2]) + (mix[i + 1] + mix[i + 3]);
    good = good & is_finite(four);
    four.store(mono + i);
  }
  if (all(good)) controls_.mix(mono, mono, io);
  else recover();
  return pool_.sounding() ? Activity::kRunning : Activity::kAsleep;
}

// A voice went out of bounds: silence rather than noise, and a clean start with the next note.
void PolySynth::recover() {
  pool_.reset();
  for (Quad& quad : quads_) quad = {};
}

}  // namespace arietta
