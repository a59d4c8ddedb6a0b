#include "song/audio.h"

#include <algorithm>
#include <cmath>

namespace arietta {
namespace {

namespace clip_field = field::audio_clip;

double own_rate_seconds(const AudioAsset& asset, const AudioClip& clip) { return double(clip.frames) / asset.rate; }

}  // namespace

AudioAsset read_audio_asset(const Document& document, Id id) {
  const Entity* entity = document.find(id);
  if (!entity) return {};
  return {id,
          std::string(entity->text(field::audio_asset::hash)),
          std::string(entity->text(field::audio_asset::name)),
          entity->integer(field::audio_asset::frames),
          int(entity->integer(field::audio_asset::rate)),
          int(entity->integer(field::audio_asset::channels))};
}

AudioAsset find_audio_asset(const Document& document, std::string_view hash) {
  for (Id id : document.children(kSongId, Kind::audio_asset))
    if (document.find(id)->text(field::audio_asset::hash) == hash) return read_audio_asset(document, id);
  return {};
}

std::vector<AudioAsset> audio_assets_of(const Document& document) {
  std::vector<AudioAsset> assets;
  for (Id id : document.children(kSongId, Kind::audio_asset)) {
    AudioAsset asset = read_audio_asset(document, id);
    const bool known = std::any_of(assets.begin(), assets.end(), [&](const AudioAsset& other) { return other.hash == asset.hash; });
    if (!known && !asset.hash.empty()) assets.push_back(std::move(asset));
  }
  return assets;
}

AudioClip read_audio_clip(const Document& document, Id id) {
  AudioClip clip;
  const Entity* entity = document.find(id);
  if (!entity) return clip;
  clip.id = id;
  clip.track = entity->parent();
  clip.start = entity->integer(clip_field::start);
  clip.asset = entity->text(clip_field::asset);
  const int64_t all = find_audio_asset(document, clip.asset).frames;
  clip.offset = std::min(entity->integer(clip_field::offset), all);
  const int64_t wanted = entity->integer(clip_field::frames);
  clip.frames = wanted > 0 ? std::min(wanted, all - clip.offset) : all - clip.offset;
  clip.gain_db = float(entity->real(clip_field::gain_db));
  clip.fade_in_ms = int(entity->integer(clip_field::fade_in_ms));
  clip.fade_out_ms = int(entity->integer(clip_field::fade_out_ms));
  clip.reverse = entity->integer(clip_field::reverse) != 0;
  clip.follow_tempo = entity->integer(clip_field::follow_tempo) != 0;
  clip.us_per_quarter = entity->integer(clip_field::us_per_quarter);
  clip.pitch = float(entity->real(clip_field::pitch));
  clip.name = entity->text(clip_field::name);
  clip.mute = entity->integer(clip_field::mute) != 0;
  clip.take = int(entity->integer(clip_field::take));
  return clip;
}

double frames_per_tick(const AudioClip& clip, int rate) {
  if (!clip.follow_tempo || clip.us_per_quarter <= 0) return 0;
  return double(clip.us_per_quarter) * 1e-6 * rate / double(kTicksPerQuarter);
}

double audio_clip_seconds(const Document& document, const TimeMap& time, const AudioClip& clip) {
  const AudioAsset asset = find_audio_asset(document, clip.asset);
  if (frames_per_tick(clip, asset.rate) == 0) return own_rate_seconds(asset, clip);
  return time.seconds_at(audio_clip_end(document, time, clip)) - time.seconds_at(clip.start);
}

Tick audio_clip_end(const Document& document, const TimeMap& time, const AudioClip& clip) {
  const AudioAsset asset = find_audio_asset(document, clip.asset);
  if (const double step = frames_per_tick(clip, asset.rate)) return clip.start + Tick(std::llround(double(clip.frames) / step));
  return time.tick_at(time.seconds_at(clip.start) + own_rate_seconds(asset, clip));
}

int64_t audio_frames_at(const Document& document, const TimeMap& time, const AudioClip& clip, Tick tick) {
  const AudioAsset asset = find_audio_asset(document, clip.asset);
  const double step = frames_per_tick(clip, asset.rate);
  const double frames = step > 0 ? double(tick - clip.start) * step
                                 : (time.seconds_at(tick) - time.seconds_at(clip.start)) * asset.rate;
  return std::llround(frames);
}

bool has_audio(const Document& document) {
  const std::vector<Id>& tracks = document.children(kSongId, Kind::track);
  return std::any_of(tracks.begin(), tracks.end(), [&](Id track) { return !document.children(track, Kind::audio_clip).empty(); });
}

Id add_audio_asset(Document& document, Ops& ops, const AudioAsset& asset) {
  for (Id id : document.children(kSongId, Kind::audio_asset))
    if (document.find(id)->text(field::audio_asset::hash) == asset.hash) return id;
  const Id id = add_entity(document, ops, Kind::audio_asset, kSongId);
  set_field(ops, id, Kind::audio_asset, field::audio_asset::hash, asset.hash);
  set_field(ops, id, Kind::audio_asset, field::audio_asset::name, asset.name);
  set_field(ops, id, Kind::audio_asset, field::audio_asset::frames, asset.frames);
  set_field(ops, id, Kind::audio_asset, field::audio_asset::rate, int64_t(asset.rate));
  set_field(ops, id, Kind::audio_asset, field::audio_asset::channels, int64_t(asset.channels));
  return id;
}

Id add_audio_clip(Document& document, Ops& ops, const AudioClip& clip) {
  AudioClip made = clip;
  made.id = add_entity(document, ops, Kind::audio_clip, clip.track);
  AudioClip nothing;
  nothing.id = made.id;
  nothing.track = made.track;
  set_audio_clip(ops, nothing, made);
  return made.id;
}

void set_audio_clip(Ops& ops, const AudioClip& before, const AudioClip& after) {
  const auto change = [&](FieldKey key, auto old_value, auto new_value) {
    if (old_value != new_value) set_field(ops, before.id, Kind::audio_clip, key, Value(new_value));
  };
  const auto flag = [&](FieldKey key, bool old_value, bool new_value) { change(key, int64_t(old_value), int64_t(new_value)); };
  change(field::parent, int64_t(before.track), int64_t(after.track));
  change(clip_field::start, before.start, after.start);
  change(clip_field::asset, before.asset, after.asset);
  change(clip_field::offset, before.offset, after.offset);
  change(clip_field::frames, before.frames, after.frames);
  change(clip_field::gain_db, double(before.gain_db), double(after.gain_db));
  change(clip_field::fade_in_ms, int64_t(before.fade_in_ms), int64_t(after.fade_in_ms));
  change(clip_field::fade_out_ms, int64_t(before.fade_out_ms), int64_t(after.fade_out_ms));
  flag(clip_field::reverse, before.reverse, after.reverse);
  flag(clip_field::follow_tempo, before.follow_tempo, after.follow_tempo);
  change(clip_field::us_per_quarter, before.us_per_quarter, after.us_per_quarter);
  change(clip_field::pitch, double(before.pitch), double(after.pitch));
  change(clip_field::name, before.name, after.name);
  flag(clip_field::mute, before.mute, after.mute);
  change(clip_field::take, int64_t(before.take), int64_t(after.take));
}

Id split_audio_clip(Document& document, Ops& ops, const TimeMap& time, const AudioClip& clip, Tick at) {
  const int64_t played = audio_frames_at(document, time, clip, at);
  if (played <= 0 || played >= clip.frames) return 0;
  AudioClip first = clip, second = clip;
  first.frames = played;
  first.fade_out_ms = 0;
  second.start = at;
  second.frames = clip.frames - played;
  second.fade_in_ms = 0;
  // Played backwards, the clip's first part is the asset's last.
  if (clip.reverse) first.offset += second.frames;
  else second.offset += played;
  set_audio_clip(ops, clip, first);
  return add_audio_clip(document, ops, second);
}

}  // namespace arietta
