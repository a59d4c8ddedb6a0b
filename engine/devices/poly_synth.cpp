#include "devices/poly_synth.h"

#include "devices/lane_sum.h"

namespace arietta {
namespace {

namespace p = param::poly_synth;

// Saw, square, triangle, sine, each of two oscillators: about equally loud to the ear.
constexpr float kWaveGain[] = {0.5f, 0.35f, 0.6f, 0.5f};
constexpr float kWheelVibratoCents = 50;   // what the modulation wheel adds, as General MIDI 2 has it
constexpr float kVibratoHz = 5.4f;         // where singers and string players settle
constexpr float kOff = -60;                // the lowest step of a level knob means off

constexpr float kMostDrive = 7;            // times louder into the saturation
constexpr float kMostApart = 0.6f;         // of one side, on the other: wide, and still whole in mono
constexpr float kMovesOctaves = 3;         // what full movement does to brightness, in octaves either way

// Two poles, four, band, highs, all but a notch.
constexpr PolyFilterMix kFilterMixes[] = {{1, 0, 0, 0}, {0, 0, 0, 1}, {0, 1, 0, 0}, {0, 0, 1, 0}, {1, 0, 1, 0}};

float gain_or_off(float db) { return db <= kOff ? 0 : db_to_gain(db); }

// A straight line over one cell, from where the last one ends.
BlepLevel next_level(BlepLevel last, float target) {
  const float start = last.at(kMaxBlock).start;
  return {start, (target - start) / kMaxBlock};
}

}  // namespace

bool PolySynth::prepare(const AudioSpec& spec, Arena& arena) {
  spec_ = spec;
  table_ = &blep_table();
  if (!pool_.prepare(arena, *this, kPlaying, kSpare)) return false;
  quads_ = arena.array<PolyQuad>(size_t(pool_.quads()));
  if (quads_.empty()) return false;
  controls_.prepare(spec.sample_rate);
  offset_.prepare(spec.sample_rate);
  side_offset_.prepare(spec.sample_rate);
  for (uint16_t i = 0; i < kParams; ++i) set_param(i, params_[i]);
  reset();
  return true;
}

void PolySynth::reset() {
  pool_.reset();
  for (PolyQuad& quad : quads_) quad = {};
  events_.clear();
  controls_.reset();
  vibrato_.reset();
  movement_.reset();
  cell_frame_ = 0;
  settle_params();
}

// Knob units to the units the voices compute in.
float PolySynth::working_value(uint16_t index) const {
  const float plain = params_[index];
  switch (index) {
    case p::sub_db:
    case p::noise_db:
    case p::second_db: return gain_or_off(plain);
    case p::cutoff_hz: return std::log2(plain / spec_.sample_rate);
    case p::resonance: return 1.414f * std::exp2(-4.8f * plain);      // flat at 0, about 29 dB of ring at 1
    case p::detune: return plain / 2400;                              // cents between the two to octaves each
    case p::vibrato: return plain / 1200;
    case p::second_pitch: return plain / 12;
    default: return plain;
  }
}

void PolySynth::set_param(uint16_t index, float plain) {
  if (index >= kParams) return;
  params_.set(index, plain);
  const float time_s = params_of(DeviceKind::poly_synth)[index].smoothing_ms * 0.001f;
  smooth_[index].to(working_value(index), time_s * spec_.sample_rate);
  cell_.envelope = AdsrShape::make(params_[p::attack_s], params_[p::decay_s], params_[p::sustain],
                                   params_[p::release_s], spec_.sample_rate);
  cell_.sweep_rate = AdsrShape::release_rate(params_[p::filter_decay_s], spec_.sample_rate);
  if (index == p::level_db) controls_.set_level(db_to_gain(params_[p::level_db]));
}

// Nothing sounds, so what glides may as well have arrived.
void PolySynth::settle_params() {
  controls_.settle();
  for (Glide& value : smooth_) value.jump(value.target());
  cell_.wave = Wave(int(params_[p::shape]));
  cell_.detune = smooth_[p::detune].value();
  cell_.sub = {smooth_[p::sub_db].value(), 0};
  cell_.noise = {smooth_[p::noise_db].value(), 0};
  cell_.copies = cell_.copies_before = int(params_[p::copies]);
  cell_.second_wave = Wave(int(params_[p::second_wave]));
  cell_.second = {smooth_[p::second_db].value(), 0};
  cell_.second_pitch = smooth_[p::second_pitch].value();
  cell_.width = smooth_[p::pulse_width].value();
  cell_.key_follow = params_[p::key_follow];
  cell_.mix = cell_.mix_before = kFilterMixes[int(params_[p::filter_kind])];
  cell_.drive = cell_.drive_before = kMostDrive * smooth_[p::drive].value();
  cell_.wide = smooth_[p::stereo].value() > 0;
  saturated_ = false;
  offset_.reset();
  side_offset_.reset();
}

void PolySynth::notes(span<const NoteEvent> events) {
  for (const NoteEvent& event : events) {
    if (events_.full()) {
      while (const NoteEvent* early = events_.due(kMaxBlock)) apply(*early);
      events_.clear();
    }
    events_.push(event);
  }
}

void PolySynth::apply(const NoteEvent& event) {
  switch (event.type) {
    case NoteEventType::kNoteOn: {
      if (!(event.value > 0)) return pool_.note_off(event);
      if (pool_.sounding() == 0) settle_params();
      pool_.strike(event);
      const int lane = pool_.take(event);
      return quads_[size_t(lane / 4)].start(lane % 4, event, cell_);
    }
    case NoteEventType::kNoteOff: return pool_.note_off(event);
    case NoteEventType::kAllNotesOff: return pool_.all_notes_off();
    case NoteEventType::kAllSoundOff: return pool_.all_sound_off();
    default:
      if (event.type == NoteEventType::kController) pool_.controller(event.key, event.value);
      controls_.handle(event);
  }
}

void PolySynth::end_voice(int lane, VoiceEnd how) {
  quads_[size_t(lane / 4)].end(lane % 4, how, cell_, spec_.sample_rate);
}

void PolySynth::begin_cell() {
  for (int i = 0; i < kParams; ++i)
    if (i != p::stereo) smooth_[i].advance(kMaxBlock);                 // that one is read frame by frame
  vibrato_.advance(kVibratoHz, kMaxBlock / spec_.sample_rate);
  movement_.advance(smooth_[p::movement_hz].value(), kMaxBlock / spec_.sample_rate);

  cell_.wave_before = cell_.wave;
  cell_.wave = Wave(int(params_[p::shape]));
  const float gain = kWaveGain[int(cell_.wave)], gain_before = kWaveGain[int(cell_.wave_before)];
  const bool new_wave = cell_.wave != cell_.wave_before;
  cell_.main = new_wave ? next_level({}, gain) : BlepLevel{gain, 0};
  cell_.main_before = new_wave ? next_level({gain_before, 0}, 0) : BlepLevel{};
  cell_.sub = next_level(cell_.sub, smooth_[p::sub_db].value());
  cell_.noise = next_level(cell_.noise, smooth_[p::noise_db].value());

  begin_oscillators();
  begin_filter();
  const float vibrato = smooth_[p::vibrato].value() + controls_.modulation() * kWheelVibratoCents / 1200;
  cell_.a4 = std::log2(440 / spec_.sample_rate) + controls_.bend_semitones() / 12 + vibrato * vibrato_.value();
  cell_.detune = smooth_[p::detune].value();
  cell_.cutoff = smooth_[p::cutoff_hz].value() + smooth_[p::movement].value() * kMovesOctaves * movement_.value();
  cell_.sweep = smooth_[p::env_amount].value();
  cell_.gain = std::sqrt(std::sqrt(cell_.damping));                   // a sharp peak is loud enough by itself

  for (int i = 0; i < pool_.quads(); ++i) {
    if (!pool_.lanes_used(i)) continue;
    PolyQuad& quad = quads_[size_t(i)];
    quad.control(cell_, kMaxBlock);
    alignas(16) float levels[4];
    quad.levels().store(levels);
    for (int lane = 0; lane < 4; ++lane) pool_.set_level(i * 4 + lane, levels[lane]);
  }
}

// A new second wave comes in while nothing is heard of the old one.
void PolySynth::begin_oscillators() {
  cell_.copies_before = cell_.copies;
  cell_.copies = int(params_[p::copies]);
  const Wave wanted = Wave(int(params_[p::second_wave]));
  const bool unheard = cell_.second.at(kMaxBlock).start == 0;
  if (unheard) cell_.second_wave = wanted;
  cell_.second = next_level(cell_.second, cell_.second_wave == wanted ? smooth_[p::second_db].value() : 0);
  cell_.second_pitch = smooth_[p::second_pitch].value();
  cell_.width = smooth_[p::pulse_width].value();
  cell_.wide = smooth_[p::stereo].moving() || smooth_[p::stereo].value() > 0;
}

void PolySynth::begin_filter() {
  const int kind = int(params_[p::filter_kind]);
  cell_.mix_before = cell_.mix;
  cell_.mix = kFilterMixes[kind];
  cell_.drive_before = cell_.drive;
  cell_.drive = kMostDrive * smooth_[p::drive].value();
  cell_.key_follow = smooth_[p::key_follow].value();
  const float damping = smooth_[p::resonance].value();
  cell_.damping = cell_.mix.steep > 0 ? std::sqrt(1.414f * damping) : damping;   // twice the poles, the same peak
}

void PolySynth::render_cell(f32x4* mix, f32x4* side, int frames) {
  if (cell_frame_ == 0) begin_cell();
  for (int i = 0; i < pool_.quads(); ++i) {
    const int used = pool_.lanes_used(i);
    if (!used) continue;
    quads_[size_t(i)].control_changed(cell_, float(kMaxBlock - cell_frame_));
    quads_[size_t(i)].render(*table_, cell_, used, cell_frame_, mix, side, frames);
  }
  cell_frame_ = (cell_frame_ + frames) % kMaxBlock;
  if (cell_frame_ == 0) end_cell();
}

void PolySynth::end_cell() {
  for (int i = 0; i < pool_.quads(); ++i) {
    if (!pool_.lanes_used(i)) continue;
    const int silent = quads_[size_t(i)].settle();
    for (int lane = 0; lane < 4; ++lane)
      if (silent >> lane & 1) pool_.free(i * 4 + lane);
  }
}

Activity PolySynth::render(Block io) {
  if (pool_.sounding() == 0 && events_.empty()) return Activity::kAsleep;
  f32x4 mix[kMaxBlock], side[kMaxBlock];
  for (f32x4& frame : mix) frame = 0;
  for (f32x4& frame : side) frame = 0;

  for (int frame = 0; frame < io.frames;) {
    while (const NoteEvent* event = events_.due(frame)) apply(*event);
    const int next = events_.next_frame(io.frames), left = kMaxBlock - cell_frame_;
    if (pool_.sounding() == 0) {              // still silent: the first cell begins with the first note
      cell_frame_ = 0;
      frame = next;
      continue;
    }
    const int frames = next - frame < left ? next - frame : left;
    render_cell(mix + frame, side + frame, frames);
    frame += frames;
  }
  while (const NoteEvent* event = events_.due(kMaxBlock)) apply(*event);   // none, if the caller kept its word
  events_.clear();

  if (!sum(mix, side, io)) reset();                 // out of bounds: silence rather than noise, and a clean start
  return pool_.sounding() ? Activity::kRunning : Activity::kAsleep;
}

// Adds the lanes together and the result to `io`. False if it is not a number any more.
bool PolySynth::sum(f32x4* mix, f32x4* side, Block io) {
  alignas(16) float mono[kMaxBlock];
  f32x4 check(0);
  for (int i = 0; i < kMaxBlock; i += 4) {
    transpose(mix[i], mix[i + 1], mix[i + 2], mix[i + 3]);
    const f32x4 four = (mix[i] + mix[i + 2]) + (mix[i + 1] + mix[i + 3]);
    check += four - four;                     // zero, unless something is infinite or not a number
    four.store(mono + i);
  }
  if (!all(check == f32x4(0))) return false;
  if (cell_.drive > 0) saturated_ = true;
  if (saturated_)
    for (int i = 0; i < io.frames; ++i) mono[i] = offset_.tick(mono[i]);
  if (!cell_.wide) {
    controls_.mix(mono, mono, io);
    return true;
  }
  alignas(16) float left[kMaxBlock], right[kMaxBlock];
  sum_lanes(side, left, kMaxBlock);
  if (saturated_)
    for (int i = 0; i < io.frames; ++i) left[i] = side_offset_.tick(left[i]);
  for (int i = 0; i < kMaxBlock; i += 4) {
    const f32x4 apart = f32x4::load(left + i) * f32x4(kMostApart) * smooth_[p::stereo].four_at(i), middle = f32x4::load(mono + i);
    (middle + apart).store(left + i);
    (middle - apart).store(right + i);
  }
  smooth_[p::stereo].advance(io.frames);
  controls_.mix(left, right, io);
  return true;
}

}  // namespace arietta
