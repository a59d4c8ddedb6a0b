#include "devices/sampler.h"

namespace arietta {
namespace {

namespace p = param::sampler;

constexpr double kShortestLoop = kBankMinLoopFrames;

}  // namespace

bool Sampler::prepare(const AudioSpec& spec, Arena& arena) {
  cell_.table = &reader_table();
  if (!prepare_voices(spec, arena, kPlaying, kSpare)) return false;
  quads_ = arena.array<SamplerQuad>(size_t(pool_.quads()));
  if (quads_.empty()) return false;
  cell_.sample_rate = spec.sample_rate;
  for (uint16_t i = 0; i < kParams; ++i) set_param(i, params_[i]);
  reset();
  return true;
}

void Sampler::reset() {
  reset_voices();
  for (SamplerQuad& quad : quads_) quad.reset();
  settle();
}

void Sampler::set_param(uint16_t index, float plain) {
  if (index >= kParams) return;
  params_.set(index, plain);
  const float time_s = params_of(DeviceKind::sampler)[index].smoothing_ms * 0.001f;
  smooth_[index].to(index == p::cutoff_hz ? std::log2(params_[index]) : params_[index], time_s * spec_.sample_rate);
  if (index == p::level_db) controls_.set_level(db_to_gain(params_[index]));
  if (index == p::solo) set_solo(Solo(int(params_[index])));
}

void Sampler::set_asset(AssetView bank) {
  reset_voices();                          // what sounds plays memory that is going away
  for (SamplerQuad& quad : quads_) quad.reset();
  regions_ = {};
  cell_.samples = nullptr;
  if (bank.empty()) return;
  const auto* header = reinterpret_cast<const BankHeader*>(bank.data());
  const auto* preset = reinterpret_cast<const BankPreset*>(bank.data() + header->presets_offset);
  if (header->preset_count == 0) return;
  regions_ = {reinterpret_cast<const BankRegion*>(bank.data() + header->regions_offset) + preset->first_region, preset->region_count};
  cell_.samples = reinterpret_cast<const int16_t*>(bank.data() + header->samples_offset);
}

void Sampler::settle() {
  for (Glide& value : smooth_) value.jump(value.target());
  aim();
}

void Sampler::aim() {
  cell_.bend = controls_.bend_semitones() + smooth_[p::tune].value();
  cell_.cutoff = smooth_[p::cutoff_hz].value() - std::log2(spec_.sample_rate) + 2 * controls_.modulation();
  cell_.damping = 1.414f * std::exp2(-4 * smooth_[p::resonance].value());
  cell_.slide = std::exp2(-6.64f * kMaxBlock / (params_[p::glide_s] * spec_.sample_rate));    // a hundredth is left
  cell_.envelope = AdsrShape::make(params_[p::attack_s], params_[p::decay_s], params_[p::sustain], params_[p::release_s], spec_.sample_rate);
}

// What of the sample sounds, from the knobs: a share of the whole, or one slice of that share.
SamplerCut Sampler::cut_for(const BankRegion& region, int slice) const {
  const double length = double(region.sample_end - region.sample_start);
  double start = double(params_[p::start]) * length, end = double(params_[p::end]) * length;
  if (end < start + kShortestLoop) end = start + kShortestLoop;
  if (end > length) end = length;
  const int slices = int(params_[p::slices]);
  if (slices > 0) {
    const double share = (end - start) / slices;
    start += share * slice;
    return {start, start + share, 0, 0};
  }
  const int choice = int(params_[p::loop]);              // as recorded, once, round and round
  if (choice == 1 || (choice == 0 && region.loop == kLoopNone)) return {start, end, 0, 0};
  double from = double(region.loop_start) - double(region.sample_start), to = double(region.loop_end) - double(region.sample_start);
  if (choice == 2) {
    from = start + double(params_[p::loop_start]) * (end - start);
    to = end;
  }
  if (to > length) to = length;
  if (from > to - kShortestLoop) from = to - kShortestLoop;
  if (from < 0 || start >= to) return {start, end, 0, 0};      // too short to go round, or past it already
  return {start, end, from, to};
}

float Sampler::keys_from(const BankRegion& region, float pitch) const {
  if (params_[p::slices] > 0) return region.tune_cents / 100;
  const float follow = params_[p::follow];
  return (pitch - params_[p::root] + 60 - region.root_key) * follow + region.tune_cents / 100;
}

void Sampler::start_voice(int lane, const NoteEvent& note) {
  const int velocity = int(clampf(note.value * 127 + 0.5f, 1, 127));
  const BankRegion* found[2] = {};
  int count = 0;
  for (const BankRegion& region : regions_) {
    const bool answers = note.key >= region.key_low && note.key <= region.key_high && velocity >= region.velocity_low && velocity <= region.velocity_high;
    if (answers && count < 2) found[count++] = &region;
  }
  const int slices = int(params_[p::slices]), slice = int(note.key) - int(params_[p::root]);
  if (count == 0 || (slices > 0 && (slice < 0 || slice >= slices))) return pool_.free(lane);
  const BankRegion& region = *found[0];
  playing_[lane] = &region;
  const float soft = clampf(note.value, 0, 1), gain = 1 + params_[p::touch] * (soft * soft - 1);
  quads_[size_t(lane / 4)].start(lane % 4, region, found[1], cut_for(region, slice), keys_from(region, slide_from(note)),
                                 keys_from(region, pitch_of(note)), gain, cell_);
}

void Sampler::move_voice(int lane, const NoteEvent& note) {
  quads_[size_t(lane / 4)].move(lane % 4, keys_from(*playing_[lane], pitch_of(note)));
}

void Sampler::end_voice(int lane, VoiceEnd how) {
  if (how == VoiceEnd::kRelease && params_[p::one_shot] >= 0.5f) return;
  quads_[size_t(lane / 4)].end(lane % 4, how, cell_);
}

void Sampler::begin_cell() {
  for (Glide& value : smooth_) value.advance(kMaxBlock);
  aim();
  for (int i = 0; i < pool_.quads(); ++i) {
    if (!pool_.lanes_used(i)) continue;
    quads_[size_t(i)].control(15, cell_, kMaxBlock);
    for (int lane = 0; lane < 4; ++lane) pool_.set_level(4 * i + lane, quads_[size_t(i)].loudness(lane));
  }
}

void Sampler::render_cell(float* left, float* right, int at, int frames) {
  for (int i = 0; i < pool_.quads(); ++i) {
    const int used = pool_.lanes_used(i);
    if (!used) continue;
    quads_[size_t(i)].control_changed(cell_, float(kMaxBlock - at));
    quads_[size_t(i)].render(cell_, used, left, right, frames);
  }
}

void Sampler::end_cell() {
  for (int i = 0; i < pool_.quads(); ++i) {
    const int used = pool_.lanes_used(i);
    if (!used) continue;
    const int silent = quads_[size_t(i)].settle() & used;
    for (int lane = 0; lane < 4; ++lane)
      if (silent >> lane & 1) pool_.free(4 * i + lane);
  }
}

}  // namespace arietta
