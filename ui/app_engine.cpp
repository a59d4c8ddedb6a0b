// What goes to the engine and what comes back: plan, packets, telemetry, sampled sounds.
#include <algorithm>

#include "plan/plan_check.h"
#include "proto/abi.h"
#include "ui/a11y/json_text.h"
#include "ui/app.h"
#include "ui/i18n/text.h"
#include "ui/platform/platform.h"

namespace arietta::ui {
namespace {

// While something is dragged, compiling may take a fifth of the time at most, so that the drag stays smooth.
constexpr double kCompileShare = 5;

}  // namespace

void App::send_now() { platform::packets_ready(); }

void App::set_audio_status(AudioStatus status, std::string_view text, double sample_rate, double output_latency_s) {
  if (status == AudioStatus::kRunning && audio_status_ != status) started_ms_ = platform::now_ms();
  audio_status_ = status;
  audio_text_ = text;
  if (sample_rate > 0) sample_rate_ = sample_rate;
  output_latency_s_ = std::clamp(output_latency_s, 0.0, 1.0);
  if (status == AudioStatus::kFailed && !text.empty()) fail(text);
  touch_screen();
}

void App::engine_restarted() {
  const Tick here = Tick(std::max(0.0, song_tick()));
  engine_here_ = true;
  heard_ = false;
  started_tick_ = double(here);
  started_ms_ = platform::now_ms();
  link_.engine_restarted();
  compile_options_.ready_assets.clear();
  compiled_revision_ = ~uint64_t(0);
  compile_if_due(platform::now_ms());
  link_.metronome(metronome_);
  link_.subscribe(kSubscribeMeters | kSubscribePlayhead);
  link_.seek(here);
  if (playing_) link_.play();
  for (const auto& [key, id] : live_notes_) link_.note(live_node_, {id, 0.8f, NoteEventType::kNoteOn, uint8_t(key), 0});
  send_now();
  touch_screen();
}

void App::compile_if_due(double now_ms) {
  if (assets_revision_ != revision()) {
    assets_revision_ = revision();
    want_assets();
    want_audio();
  }
  if (!engine_here_ || compiled_revision_ == revision()) return;
  if (history_.in_group() && !step_open_ && now_ms - compiled_ms_ < compile_cost_ms_ * kCompileShare) return;
  compiled_revision_ = revision();
  compiled_ms_ = now_ms;
  const double before = platform::now_ms();
  const Document& heard = proposals_.listening() ? proposals_.preview(document_) : document_;
  link_.plan(compiler_.compile(heard, compile_options_));
  compile_cost_ms_ = platform::now_ms() - before;
  send_loop();
}

// All of them each time: what could not be loaded is tried again, the page knows what it has.
void App::want_assets() {
  const std::vector<AssetNeed> needs = assets_needed(document_);
  const auto ready = [&](const AssetNeed& need) { return compile_options_.ready_assets.count(need.asset) > 0; };
  if (std::all_of(needs.begin(), needs.end(), ready)) return;
  std::string out;
  JsonText json(out);
  json.open_array();
  for (const AssetNeed& need : needs) {
    json.open_object().member("asset", need.asset).member("soundfont", need.soundfont).member("name", need.soundfont_name);
    json.key("presets").open_array();
    for (const PresetRef& preset : need.presets) json.open_array().number(preset.bank).number(preset.program).close_array();
    json.close_array().close_object();
  }
  json.close_array();
  platform::assets_wanted(out);
}

void App::receive(Bytes packet, double now_ms) {
  FrameReader reader(packet);
  for (FrameView frame; reader.next(frame);) {
    switch (frame.type) {
      case Message::telemetry:
        if (frame.get(telemetry_)) {
          telemetry_ms_ = now_ms;
          // The blocks already on their way when Play was pressed still tell of the time before.
          if (playing_ && telemetry_.playing) heard_ = true;
          follow_take(telemetry_);
          if (wants_meters()) touch_screen();
        }
        break;
      case Message::plan_refused: {
        PlanRefusedPayload refused;
        if (!frame.get(refused)) break;
        link_.plan_refused();
        fail(tr(Text::kPlanRefused, refusal_sentence(PlanRefusal(refused.why))));
        break;
      }
      case Message::asset_ready: {
        uint32_t asset = 0;
        if (frame.get(asset) && compile_options_.ready_assets.insert(asset).second) {
          compiled_revision_ = ~uint64_t(0);
          touch_screen();
        }
        break;
      }
      case Message::asset_refused: notice = tr(Text::kAssetRefused); touch_screen(); break;
      case Message::song_ended:
        if (!playing_) break;
        playing_ = false;
        end_recording();
        stop_listening(false);
        still_tick_ = 0;
        touch_screen();
        platform::announce("stop", "{}");
        break;
      default: break;
    }
  }
  if (wants_frame()) platform::request_frame();
}

bool App::wants_meters() const {
  constexpr float kSilence = 1e-4f;        // -80 dB
  return playing_ || std::max(telemetry_.master_peak_left, telemetry_.master_peak_right) > kSilence;
}

std::vector<uint8_t> App::take_packets() { return link_.take(); }

std::vector<uint8_t> App::export_packet(int only_track) const {
  Document song = document_;
  const std::vector<Id> tracks = song.children(kSongId, Kind::track);
  for (size_t i = 0; only_track >= 0 && i < tracks.size(); ++i) {
    Ops ops;
    set_field(ops, tracks[i], Kind::track, field::track::mute, int64_t(0));
    set_field(ops, tracks[i], Kind::track, field::track::solo, int64_t(i == size_t(only_track)));
    for (const Op& op : ops) song.apply(op);
  }
  return packet_of(song);
}

std::vector<uint8_t> App::packet_of(const Document& song) {
  PlanCompiler compiler;
  CompileOptions options;
  for (const AssetNeed& need : assets_needed(song)) options.ready_assets.insert(need.asset);
  uint32_t seq = 0;
  return plan_packet(compiler.compile(song, options), {}, seq);
}

}  // namespace arietta::ui
