// The state of the studio as plain JSON: window.arietta.state().
#include "song/scale.h"
#include "song/tunings.h"
#include "ui/a11y/json_text.h"
#include "ui/app.h"

namespace arietta::ui {
namespace {

constexpr const char* kAudioWords[] = {"locked", "starting", "running", "suspended", "failed"};

size_t note_count(const Document& document, Id track) {
  size_t count = 0;
  for (Id clip : document.children(track, Kind::clip)) count += document.children(clip, Kind::note).size();
  return count;
}

const char* device_symbol(const std::optional<DeviceRef>& device) {
  const DeviceInfo* info = device ? find_device(device->kind) : nullptr;
  return info ? info->symbol.data() : "";
}

}  // namespace

std::string App::state_json() const {
  std::string out;
  JsonText json(out);
  const Entity& song = document_.song();
  const double tick = playing_ ? song_tick() : still_tick_;   // not that of the silent preview
  const BarBeat at = time().bar_at(Tick(tick));
  const MeterPoint meter = time().meter_at(Tick(tick));

  json.open_object().member("version", 1);
  json.key("transport").open_object();
  json.member("playing", playing_).member("tick", tick).member("seconds", time().seconds_at(Tick(tick)));
  json.member("bar", at.bar + 1).member("beat", at.beat + 1);
  json.member("loop", loop()).member("loopStart", loop_start()).member("loopEnd", loop_end());
  json.member("metronome", metronome_).member("recording", recording_).close_object();
  json.member("tempo", tempo());

  json.key("song").open_object();
  json.member("title", std::string(song.text(field::song::title)));
  json.member("key", kPitchNames[size_t(song.integer(field::song::key_root)) % 12]);
  json.member("scale", kScales[size_t(song.integer(field::song::scale)) % kScaleCount].name);
  json.member("tuning", song_tuning_name(document_));
  json.member("easyScale", song.integer(field::song::easy_scale) != 0);
  json.member("timeSignature", std::to_string(meter.beats) + "/" + std::to_string(meter.beat_unit));
  json.member("length", length()).member("seconds", time().seconds_at(length())).close_object();

  size_t notes = 0;
  json.key("tracks").open_array();
  for (Id track : document_.children(kSongId, Kind::track)) {
    const Entity& entity = *document_.find(track);
    const auto instrument = instrument_of(document_, track), strip = strip_of(document_, track);
    const size_t count = note_count(document_, track);
    notes += count;
    json.open_object().member("id", track_plan_id(track)).member("name", entity.text(field::track::name));
    json.member("instrument", device_symbol(instrument));
    if (instrument) {
      json.member("program", instrument->program).member("bank", instrument->bank).member("soundfont", instrument->soundfont);
    }
    json.member("notes", count).member("current", track == current_track());
    json.member("mute", entity.integer(field::track::mute) != 0).member("solo", entity.integer(field::track::solo) != 0);
    if (strip) {
      json.member("volume_db", param(strip->id, param::strip::gain_db)).member("pan", param(strip->id, param::strip::pan));
    }
    json.close_object();
  }
  json.close_array();
  json.member("notes", notes).member("selection", selection_.size());

  json.key("audio").open_object();
  json.member("status", kAudioWords[int(audio_status_)]).member("text", audio_text_);
  json.member("sampleRate", sample_rate_).member("latency", output_latency_s_).close_object();
  constexpr const char* kHelpWords[] = {"idle", "asking", "offered", "failed"};
  json.key("help").open_object().member("state", kHelpWords[int(proposals_.state())]).member("chosen", proposals_.chosen());
  json.member("suggestions", proposals_.suggestion() ? proposals_.answer().suggestions.size() : 0).member("listening", proposals_.listening());
  json.close_object();
  json.member("authorship", authorship());
  json.member("canUndo", can_undo()).member("canRedo", can_redo());
  json.member("revision", revision()).member("lastError", last_error);
  json.close_object();
  return out;
}

}  // namespace arietta::ui
