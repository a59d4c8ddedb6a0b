#include "devices/soundfont.h"

#include <algorithm>
#include <cmath>

#include "dsp/denormal.h"
#include "dsp/simd.h"

namespace arietta {
namespace {

constexpr int kPlaying = 64;   // voices; a stereo piano takes two a note
constexpr int kSpare = 16;     // stolen ones that still fade
constexpr uint16_t kPercussion = 128;
constexpr float kFarthestBend = 128;           // semitones: the whole keyboard
constexpr size_t kRowFloats = kMaxBlock + 4;   // reading in fours from an odd frame may write three more

// The low-pass over four voices, in place: `sound` is the first of their four rows.
void filter_four(SoundfontVoice* const voices[4], float* sound, int frames) {
  auto lanes = [&](auto value) { return f32x4(value(*voices[0]), value(*voices[1]), value(*voices[2]), value(*voices[3])); };
  const f32x4 share = f32x4(1.0f / float(frames));
  f32x4 a1 = lanes([](const SoundfontVoice& v) { return v.filter.a1.now; });
  f32x4 a2 = lanes([](const SoundfontVoice& v) { return v.filter.a2.now; });
  f32x4 a3 = lanes([](const SoundfontVoice& v) { return v.filter.a3.now; });
  const f32x4 step1 = share * (lanes([](const SoundfontVoice& v) { return v.filter.a1.target; }) - a1);
  const f32x4 step2 = share * (lanes([](const SoundfontVoice& v) { return v.filter.a2.target; }) - a2);
  const f32x4 step3 = share * (lanes([](const SoundfontVoice& v) { return v.filter.a3.target; }) - a3);
  f32x4 state1 = lanes([](const SoundfontVoice& v) { return v.filter.state1; });
  f32x4 state2 = lanes([](const SoundfontVoice& v) { return v.filter.state2; });

  auto run = [&](f32x4 in) {
    a1 += step1;
    a2 += step2;
    a3 += step3;
    const f32x4 high = in - state2;
    const f32x4 band = a1 * state1 + a2 * high;
    const f32x4 low = state2 + a2 * state1 + a3 * high;
    state1 = band + band - state1;
    state2 = low + low - state2;
    return low;
  };
  float* const row[4] = {sound, sound + kRowFloats, sound + 2 * kRowFloats, sound + 3 * kRowFloats};
  for (int i = 0; i < frames; i += 4) {
    f32x4 a = f32x4::load(row[0] + i), b = f32x4::load(row[1] + i), c = f32x4::load(row[2] + i), d = f32x4::load(row[3] + i);
    transpose(a, b, c, d);
    a = run(a);
    if (i + 1 < frames) b = run(b);
    if (i + 2 < frames) c = run(c);
    if (i + 3 < frames) d = run(d);
    transpose(a, b, c, d);
    a.store(row[0] + i);
    b.store(row[1] + i);
    c.store(row[2] + i);
    d.store(row[3] + i);
  }
  float kept1[4], kept2[4];
  flush_denormal(state1).store(kept1);
  flush_denormal(state2).store(kept2);
  for (int lane = 0; lane < 4; ++lane) {
    voices[lane]->filter.state1 = kept1[lane];
    voices[lane]->filter.state2 = kept2[lane];
  }
}

void add_panned(const SoundfontVoice& voice, const float* sound, Block io) {
  const float share = 1.0f / float(io.frames - voice.first_frame);
  const float left_step = share * (voice.left.target - voice.left.now);
  const float right_step = share * (voice.right.target - voice.right.now);
  const f32x4 from_start = lane_numbers() + f32x4(float(1 - voice.first_frame));
  f32x4 left = f32x4(voice.left.now) + f32x4(left_step) * from_start;
  f32x4 right = f32x4(voice.right.now) + f32x4(right_step) * from_start;
  for (int i = 0; i < io.frames; i += 4) {
    const f32x4 value = f32x4::load(sound + i);
    (f32x4::load(io.left + i) + value * left).store(io.left + i);
    (f32x4::load(io.right + i) + value * right).store(io.right + i);
    left += f32x4(4 * left_step);
    right += f32x4(4 * right_step);
  }
}

}  // namespace

float* Soundfont::row_of(size_t row) { return scratch_.data() + row * kRowFloats; }

bool Soundfont::prepare(const AudioSpec& spec, Arena& arena) {
  sample_rate_ = spec.sample_rate;
  table_ = &reader_table();
  if (!pool_.prepare(arena, *this, kPlaying, kSpare)) return false;
  const size_t lanes = size_t(pool_.lanes());
  voices_ = arena.array<SoundfontVoice>(lanes);
  playing_ = arena.array<int>(lanes);
  scratch_ = arena.array<float>(lanes * kRowFloats);
  return !voices_.empty() && !playing_.empty() && !scratch_.empty();
}

void Soundfont::reset() {
  pool_.reset();
  channel_ = neutral_channel();
  channel_changed_ = false;
  level_.jump(level_.target());
}

void Soundfont::set_param(uint16_t index, float plain) {
  constexpr float kLevelSeconds = 0.02f;   // as the parameter table says
  if (!params_.set(index, plain)) return;
  if (index == param::soundfont::level_db) level_.to(db_to_gain(params_[index]), kLevelSeconds * sample_rate_);
  shaping_ = {params_[param::soundfont::brightness], params_[param::soundfont::attack], params_[param::soundfont::release]};
}

void Soundfont::set_asset(AssetView bank) {
  for (int lane = 0; lane < pool_.lanes(); ++lane) pool_.free(lane);   // they play memory that is going away
  bank_ = bank;
  header_ = bank.empty() ? nullptr : reinterpret_cast<const BankHeader*>(bank.data());
  preset_ = header_ ? reinterpret_cast<const BankPreset*>(bank.data() + header_->presets_offset) : nullptr;
  if (has_wanted_) choose_program(wanted_bank_, wanted_program_);
}

void Soundfont::choose_program(uint16_t bank, uint16_t program) {
  has_wanted_ = true;
  wanted_bank_ = bank;
  wanted_program_ = program;
  if (!header_) return;
  const auto* presets = reinterpret_cast<const BankPreset*>(bank_.data() + header_->presets_offset);
  const uint16_t stand_in = bank == kPercussion ? kPercussion : 0;
  for (const uint16_t candidate : {stand_in, bank})   // the exact one last, so that it wins
    for (uint32_t i = 0; i < header_->preset_count; ++i)
      if (presets[i].bank == candidate && presets[i].program == program) preset_ = &presets[i];
}

span<const BankModulator> Soundfont::modulators_of(const BankRegion& region) const {
  const auto* all = reinterpret_cast<const BankModulator*>(bank_.data() + header_->modulators_offset);
  return {all + region.first_modulator, region.modulator_count};
}

void Soundfont::notes(span<const NoteEvent> events) {
  for (const NoteEvent& event : events)
    if (std::isfinite(event.value) && std::isfinite(event.tuning)) take(event);
}

void Soundfont::take(const NoteEvent& event) {
  const float unit = clampf(event.value, 0, 1);
  switch (event.type) {
    case NoteEventType::kNoteOn: start_note(event); break;
    case NoteEventType::kNoteOff: pool_.note_off(event); break;
    case NoteEventType::kBend: channel_.bend_semitones = clampf(event.value, -kFarthestBend, kFarthestBend); break;
    case NoteEventType::kPressure: channel_.pressure = unit; channel_changed_ = true; break;
    case NoteEventType::kController:
      if (event.key >= 128) break;
      channel_.controllers[event.key] = unit;
      channel_changed_ = true;
      pool_.controller(event.key, unit);
      break;
    case NoteEventType::kProgram: choose_program(uint16_t(clampf(event.value, 0, kPercussion)), event.key); break;
    case NoteEventType::kAllNotesOff: pool_.all_notes_off(); break;
    case NoteEventType::kAllSoundOff: pool_.all_sound_off(); break;
  }
}

void Soundfont::start_note(const NoteEvent& event) {
  pool_.strike(event);
  if (!preset_) return;
  const auto* regions = reinterpret_cast<const BankRegion*>(bank_.data() + header_->regions_offset) + preset_->first_region;
  const int velocity = int(std::lround(clampf(event.value * 127, 1, 127)));
  auto answers = [&](const BankRegion& r) {
    return event.key >= r.key_low && event.key <= r.key_high && velocity >= r.velocity_low && velocity <= r.velocity_high;
  };
  for (uint32_t i = 0; i < preset_->region_count; ++i)
    if (regions[i].exclusive_class && answers(regions[i])) pool_.end_group(regions[i].exclusive_class);
  for (uint32_t i = 0; i < preset_->region_count; ++i)
    if (answers(regions[i])) start_voice(pool_.take(event, regions[i].exclusive_class), regions[i], event);
}

void Soundfont::start_voice(int lane, const BankRegion& region, const NoteEvent& event) {
  const float key = float(event.key) + clampf(event.tuning, -kFarthestBend, kFarthestBend);
  voices_[size_t(lane)].start(region, modulators_of(region), channel_, shaping_, key, clampf(event.value, 0, 1),
                              event.frame, sample_rate_);
}

void Soundfont::end_voice(int lane, VoiceEnd how) {
  if (how == VoiceEnd::kFade) voices_[size_t(lane)].fade();
  else voices_[size_t(lane)].release(shaping_);
}

Activity Soundfont::render(Block io) {
  if (pool_.sounding() == 0) {
    level_.jump(level_.target());
    return Activity::kAsleep;
  }
  level_.advance(io.frames);
  step_voices(io.frames, level_.value());
  read_and_filter(io.frames);
  mix(io);
  return pool_.sounding() ? Activity::kRunning : Activity::kAsleep;
}

// Moves envelopes, oscillators and controllers of every sounding voice on by one block.
void Soundfont::step_voices(int frames, float level) {
  for (int lane = 0; lane < pool_.lanes(); ++lane) {
    if (!pool_.in_use(lane)) continue;
    SoundfontVoice& voice = voices_[size_t(lane)];
    if (channel_changed_) voice.controllers_moved(channel_);
    voice.step(frames, channel_, shaping_, level);
    pool_.set_level(lane, voice.loudness());
  }
  channel_changed_ = false;
}

// Fills one row of scratch for each sounding voice. Those with a low-pass come first: any four of them share the
// vector, whichever lanes they have, so no lane of it is wasted but in the last group.
void Soundfont::read_and_filter(int frames) {
  playing_count_ = 0;
  for (int lane = 0; lane < pool_.lanes(); ++lane)
    if (pool_.in_use(lane) && voices_[size_t(lane)].filtered()) read_next(lane, frames);
  for (size_t row = 0; row < playing_count_; row += 4) {
    SoundfontVoice* four[4];
    for (size_t i = 0; i < 4; ++i) {
      const bool is_used = row + i < playing_count_;
      four[i] = is_used ? &voices_[size_t(playing_[row + i])] : &idle_;
      if (!is_used) std::fill_n(row_of(row + i), kRowFloats, 0.0f);
    }
    filter_four(four, row_of(row), frames);
  }
  for (int lane = 0; lane < pool_.lanes(); ++lane)
    if (pool_.in_use(lane) && !voices_[size_t(lane)].filtered()) read_next(lane, frames);
}

void Soundfont::read_next(int lane, int frames) {
  SoundfontVoice& voice = voices_[size_t(lane)];
  float* row = row_of(playing_count_);
  playing_[playing_count_++] = lane;
  const auto* samples = reinterpret_cast<const int16_t*>(bank_.data() + header_->samples_offset);
  const int first = voice.first_frame;
  std::fill_n(row, first, 0.0f);
  voice.at_end = !read_sample(samples, *table_, voice.cursor, frames - first, row + first);
}

void Soundfont::mix(Block io) {
  for (size_t i = 0; i < playing_count_; ++i) {
    const int lane = playing_[i];
    SoundfontVoice& voice = voices_[size_t(lane)];
    add_panned(voice, row_of(i), io);
    voice.settle();
    if (voice.finished() || voice.at_end) pool_.free(lane);
  }
}

}  // namespace arietta
