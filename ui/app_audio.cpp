// Recorded sound: importing, recording a voice, cutting clips.
#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "compile/plan_ids.h"
#include "ui/a11y/json_text.h"
#include "ui/app.h"
#include "ui/i18n/text.h"
#include "ui/platform/platform.h"

namespace arietta::ui {
namespace {

AudioAsset asset_in(std::string_view json_text, double* first_frame = nullptr, double* latency_s = nullptr) {
  AudioAsset asset;
  const auto json = nlohmann::json::parse(json_text, nullptr, false);
  if (!json.is_object()) return asset;
  const auto text = [&](const char* name) {
    const auto it = json.find(name);
    return it != json.end() && it->is_string() ? it->get<std::string>() : std::string();
  };
  const auto number = [&](const char* name) {
    const auto it = json.find(name);
    return it != json.end() && it->is_number() ? it->get<double>() : 0.0;
  };
  asset.hash = text("hash");
  asset.name = text("name");
  asset.frames = int64_t(std::clamp(number("frames"), 0.0, 1e12));
  asset.rate = int(std::clamp(number("rate"), 8000.0, 384000.0));
  asset.channels = int(std::clamp(number("channels"), 1.0, 2.0));
  if (first_frame) *first_frame = number("first_frame");
  if (latency_s) *latency_s = std::clamp(number("latency_s"), 0.0, 2.0);
  return asset;
}

// "Birds over the lake.wav" without its ending.
std::string without_extension(const std::string& name) {
  const size_t dot = name.rfind('.');
  return dot != std::string::npos && dot > 0 && name.size() - dot <= 5 ? name.substr(0, dot) : name;
}

bool is_audio_track(const Document& document, Id track) {
  const auto device = instrument_of(document, track);
  return device && device->kind == DeviceKind::audio;
}

}  // namespace

bool App::audio_track(Id track) const { return is_audio_track(document_, track); }

// Every sound of the song, so that the page can say which are missing and find what the engine asks for.
void App::want_audio() {
  std::string out;
  JsonText json(out);
  json.open_array();
  for (const AudioAsset& asset : audio_assets_of(document_))
    json.open_object().member("asset", audio_plan_id(asset.hash)).member("hash", asset.hash).member("name", asset.name).close_object();
  json.close_array();
  if (out == audio_wanted_) return;
  audio_wanted_ = out;
  platform::audio_wanted(out);
}

void App::audio_peaks(std::string_view hash, Bytes pairs) {
  waveforms_.add(hash, pairs);
  touch_screen();
}

// On a track of its own, at the beginning of the bar the position is in.
void App::audio_imported(std::string_view json) {
  const AudioAsset asset = asset_in(json);
  if (asset.hash.empty() || asset.frames <= 0) return;
  const AudioAsset known = find_audio_asset(document_, asset.hash);
  const std::vector<Id>& tracks = document_.children(kSongId, Kind::track);
  const auto plays_it = [&](Id track) {
    const std::vector<Id>& clips = document_.children(track, Kind::audio_clip);
    return std::any_of(clips.begin(), clips.end(), [&](Id clip) { return read_audio_clip(document_, clip).asset == asset.hash; });
  };
  // The file a song was waiting for: it sounds where it always should have.
  if (known.id && !waveforms_.find(asset.hash) && std::any_of(tracks.begin(), tracks.end(), plays_it)) return touch_screen();
  if (tracks.size() >= size_t(kMaxTracks)) return fail(tr(Text::kTooManyTracks, std::to_string(kMaxTracks)));
  const std::string name = without_extension(asset.name);
  Ops ops;
  add_audio_asset(document_, ops, asset);
  AudioClip clip;
  clip.track = arietta::add_track(document_, ops, name.empty() ? tr(Text::kVoiceTrack) : name, DeviceKind::audio);
  clip.start = time().tick_of_bar(time().bar_at(Tick(song_tick())).bar);
  clip.asset = asset.hash;
  clip.name = name;
  const Id made = add_audio_clip(document_, ops, clip);
  begin_gesture(tr(Text::kEditImportAudio));
  edit(ops, tr(Text::kEditImportAudio));
  ops.clear();                                           // a finished recording brings its own room
  if (const auto strip = strip_of(document_, clip.track)) set_param(document_, ops, strip->id, param::strip::reverb_db, -60);
  edit(ops, tr(Text::kEditImportAudio));
  end_gesture();
  choose_track(clip.track);
  choose_clip(made);
}

void App::record_voice(bool on) {
  if (on == (voice_ != VoiceRecording::kOff)) return;
  if (!on) {
    platform::record_audio(false);
    voice_ = VoiceRecording::kSaving;
    voice_take_.stopped();
    return touch_screen();
  }
  voice_ = VoiceRecording::kAsking;
  voice_take_.begin();
  voice_take_.stopped();
  platform::start_audio();
  platform::record_audio(true);
  touch_screen();
}

// The microphone is open, or did not open after all.
void App::voice_recording(bool on) {
  if (!on) {
    voice_ = VoiceRecording::kOff;
  } else if (voice_ == VoiceRecording::kAsking) {
    voice_ = VoiceRecording::kOn;
    if (!playing_) play();
    mirror_.say(tr(Text::kSaidRecordingVoice));
  }
  touch_screen();
}

void App::audio_recorded(std::string_view json) {
  voice_ = VoiceRecording::kOff;
  touch_screen();
  double first_frame = 0, latency_s = 0;
  const AudioAsset asset = asset_in(json, &first_frame, &latency_s);
  if (asset.hash.empty() || asset.frames <= 0) return;
  const double latency = latency_s * asset.rate + double(telemetry_.latency_frames);
  std::vector<TakePlace> places = voice_take_.places(first_frame, asset.frames, latency, time(), asset.rate);
  if (places.empty()) places.push_back({Tick(std::max(0.0, song_tick())), 0, asset.frames});
  begin_gesture(tr(Text::kEditRecordVoice));
  Ops ops;
  Id track = current_track();
  if (!is_audio_track(document_, track)) track = arietta::add_track(document_, ops, tr(Text::kVoiceTrack), DeviceKind::audio);
  add_audio_asset(document_, ops, asset);
  Id last = 0;
  for (size_t i = 0; i < places.size(); ++i) {
    AudioClip clip;
    clip.track = track;
    clip.start = places[i].start;
    clip.asset = asset.hash;
    clip.offset = places[i].offset;
    clip.frames = places[i].frames;
    clip.take = places.size() > 1 ? int(i + 1) : 0;
    clip.mute = i + 1 < places.size();                   // the last turn of a loop is heard, the others are kept
    clip.name = places.size() > 1 ? tr(Text::kTakeNumber, std::to_string(i + 1)) : std::string(tr(Text::kVoiceTrack));
    last = add_audio_clip(document_, ops, clip);
  }
  edit(ops, tr(Text::kEditRecordVoice));
  end_gesture();
  choose_track(track);
  choose_clip(last);
  mirror_.say(tr(Text::kSaidRecordedVoice, std::to_string(std::lround(double(asset.frames) / asset.rate))));
}

// While a voice is recorded: where the song was at this report.
void App::follow_take(const TelemetryBlock& report) {
  if (voice_ != VoiceRecording::kOn) return;
  if (!report.playing) {
    voice_take_.stopped();
    if (voice_take_.any() && !playing_) record_voice(false);             // the song was stopped
    return;
  }
  const bool turned = loop() && report.song_tick >= double(loop_start()) && report.song_tick < double(loop_end());
  const Tick base = voice_take_.any() ? (turned ? loop_start() : Tick(-1)) : Tick(std::llround(started_tick_));
  voice_take_.heard(report.context_frame, report.song_tick, time(), sample_rate_, base);
}

Id App::chosen_clip() const {
  const Entity* clip = document_.find(chosen_clip_);
  return clip && clip->alive() && clip->parent() == current_track() ? chosen_clip_ : 0;
}

void App::choose_clip(Id clip) {
  chosen_clip_ = clip;
  touch_screen();
}

void App::change_clip(const AudioClip& after, Text what) {
  Ops ops;
  set_audio_clip(ops, read_audio_clip(document_, after.id), after);
  edit_piece(ops, tr(what));
}

bool App::split_clip(Id clip, Tick at) {
  Ops ops;
  const Id second = split_audio_clip(document_, ops, time(), read_audio_clip(document_, clip), at);
  if (!second) return false;
  edit(ops, tr(Text::kEditSplitClip));
  choose_clip(second);
  return true;
}

void App::delete_clip(Id clip) {
  if (!document_.find(clip)) return;
  Ops ops;
  remove(ops, clip, Kind::audio_clip);
  edit(ops, tr(Text::kEditDeleteClip));
}

// Of takes that lie over each other, the next one is heard.
void App::next_take(Id id) {
  const AudioClip here = read_audio_clip(document_, id);
  std::vector<AudioClip> takes;
  for (Id other : document_.children(here.track, Kind::audio_clip)) {
    const AudioClip clip = read_audio_clip(document_, other);
    if (clip.take > 0 && clip.asset == here.asset && clip.start < audio_clip_end(document_, time(), here) &&
        here.start < audio_clip_end(document_, time(), clip))
      takes.push_back(clip);
  }
  if (takes.size() < 2) return;
  std::sort(takes.begin(), takes.end(), [](const AudioClip& a, const AudioClip& b) { return a.take < b.take; });
  const auto at = std::find_if(takes.begin(), takes.end(), [&](const AudioClip& clip) { return clip.id == id; });
  const AudioClip& next = at + 1 < takes.end() ? *(at + 1) : takes.front();
  Ops ops;
  for (const AudioClip& clip : takes) {
    AudioClip after = clip;
    after.mute = clip.id != next.id;
    set_audio_clip(ops, clip, after);
  }
  edit(ops, tr(Text::kEditTake));
  choose_clip(next.id);
}

std::string App::describe_clip(Id id) const {
  const AudioClip clip = read_audio_clip(document_, id);
  const double seconds = std::round(audio_clip_seconds(document_, time(), clip) * 10) / 10;
  std::string length = std::to_string(int64_t(seconds)) + "." + std::to_string(int64_t(std::lround(seconds * 10)) % 10);
  return tr(Text::kAudioClipWords, clip.name.empty() ? std::string(tr(Text::kAudioClip)) : clip.name, describe_place(clip.start), length);
}

}  // namespace arietta::ui
