// Playing, and what time it is in the song.
#include <algorithm>
#include <cmath>

#include "ui/app.h"
#include "ui/i18n/text.h"
#include "ui/platform/platform.h"

namespace arietta::ui {
namespace {

// Telemetry comes sixty times a second; after this long without any the clock stands still rather than guesses.
constexpr double kTrustTelemetryMs = 1000;
// A step back this small is jitter of clocks and is not shown; a larger one is a loop or a seek.
constexpr double kJitterTicks = kTicksPerQuarter / 4;
constexpr double kTapPauseMs = 2000;
constexpr size_t kTaps = 8;

}  // namespace

void App::play() {
  platform::start_audio();
  untouched_ = false;
  if (playing_) return;
  if (!loop() && still_tick_ >= double(length())) seek(0);
  playing_ = true;
  heard_ = false;
  shown_tick_ = -1;
  started_tick_ = still_tick_;
  started_ms_ = platform::now_ms();
  if (engine_here_) {
    link_.play();
    send_now();
  }
  touch_screen();
  platform::request_frame();
  platform::announce("play", "{}");
}

void App::pause() {
  if (!playing_) return;
  still_tick_ = song_tick();
  playing_ = false;
  end_recording();
  stop_listening(false);
  learn_from_song();
  if (engine_here_) {
    link_.stop(false);
    send_now();
  }
  touch_screen();
  platform::announce("stop", "{}");
}

void App::stop() {
  const bool was_playing = playing_;
  playing_ = false;
  end_recording();
  stop_listening(false);
  if (was_playing) learn_from_song();
  still_tick_ = 0;
  if (engine_here_) {
    link_.stop(true);
    send_now();
  }
  touch_screen();
  platform::request_frame();
  if (was_playing) platform::announce("stop", "{}");
}

void App::toggle_play() { playing_ ? pause() : play(); }

void App::seek(Tick tick) {
  tick = std::max<Tick>(0, tick);
  end_recording();
  still_tick_ = started_tick_ = double(tick);
  started_ms_ = platform::now_ms();
  heard_ = false;
  shown_tick_ = -1;
  if (engine_here_) {
    link_.seek(tick);
    send_now();
  }
  touch_screen();
}

bool App::loop() const { return document_.song().integer(field::song::loop_on) != 0; }

Tick App::loop_start() const {
  const Entity& song = document_.song();
  const Tick start = song.integer(field::song::loop_start), end = song.integer(field::song::loop_end);
  return end > start ? start : 0;
}

Tick App::loop_end() const {
  const Entity& song = document_.song();
  const Tick start = song.integer(field::song::loop_start), end = song.integer(field::song::loop_end);
  return end > start ? end : length();
}

void App::set_loop(bool on) {
  if (on == loop()) return;
  Ops ops;
  set_field(ops, kSongId, Kind::song, field::song::loop_on, int64_t(on));
  edit(ops, tr(Text::kEditLoop));
}

void App::send_loop() {
  const Entity& song = document_.song();
  const LoopRange heard = heard_loop();
  const bool whole = !proposals_.listening() && song.integer(field::song::loop_end) <= song.integer(field::song::loop_start);
  link_.loop(heard.on, whole ? 0 : heard.start, whole ? 0 : heard.end);
}

void App::set_metronome(bool on) {
  metronome_ = on;
  if (engine_here_) {
    link_.metronome(on);
    send_now();
  }
  touch_screen();
}

double App::clock_tick() const {
  const double now = platform::now_ms();
  // Until the engine has spoken, the page's own clock keeps time from where playing began.
  const double since_ms = heard_ ? now - telemetry_ms_ : audio_status_ == AudioStatus::kRunning ? now - started_ms_ : 0;
  const double from = heard_ ? telemetry_.song_tick : started_tick_;
  const double rate = heard_ ? telemetry_.quarters_per_minute : tempo();
  const double elapsed_s = std::clamp(since_ms, 0.0, kTrustTelemetryMs) / 1000 - output_latency_s_;
  double tick = from + elapsed_s * rate / 60 * double(kTicksPerQuarter);
  if (const LoopRange range = heard_loop(); range.on) {
    const double start = double(range.start), length_of_loop = double(range.end - range.start);
    if (tick >= start + length_of_loop && length_of_loop > 0) tick = start + std::fmod(tick - start, length_of_loop);
    // The engine has wrapped, the ear has not yet: those last moments lie at the loop's end.
    if (heard_ && from >= start && tick < start) tick += length_of_loop;
  }
  return std::max(heard_ ? 0.0 : started_tick_, tick);
}

bool App::previewing() const {
  constexpr double kPasses = 2;            // then it rests: an idle page costs no frames
  if (!untouched_ || playing_ || preview_from_ms_ < 0 || preferences_.less_motion()) return false;
  return platform::now_ms() - preview_from_ms_ < kPasses * 1000 * time().seconds_at(length());
}

void App::wake_preview() {
  if (!untouched_ || playing_ || previewing() || preferences_.less_motion()) return;
  preview_from_ms_ = platform::now_ms();
  touch_screen();
}

double App::song_tick() const {
  if (previewing()) {
    const double seconds = (platform::now_ms() - preview_from_ms_) / 1000;
    return std::fmod(seconds * tempo() / 60 * double(kTicksPerQuarter), double(length()));
  }
  if (!playing_) return still_tick_;
  const double tick = clock_tick();
  const bool jitter = tick < shown_tick_ && shown_tick_ - tick < kJitterTicks;
  if (!jitter) shown_tick_ = tick;
  return shown_tick_;
}

double App::tempo() const {
  const Tick tick = Tick(playing_ ? std::max(0.0, shown_tick_) : still_tick_);
  return time().quarters_per_minute_at(tick);
}

void App::set_tempo(double quarters_per_minute) {
  const Tick here = Tick(song_tick());
  Tick point = 0;
  for (const TempoPoint& tempo : time().tempos())
    if (tempo.tick <= here) point = tempo.tick;
  Ops ops;
  arietta::set_tempo(document_, ops, point, std::clamp(quarters_per_minute, kSlowest, kFastest));
  edit_piece(ops, tr(Text::kEditTempo));
}

void App::tap_tempo() {
  const double now = platform::now_ms();
  if (!taps_ms_.empty() && now - taps_ms_.back() > kTapPauseMs) taps_ms_.clear();
  taps_ms_.push_back(now);
  if (taps_ms_.size() > kTaps) taps_ms_.erase(taps_ms_.begin());
  if (taps_ms_.size() < 2) return;
  const double beat_ms = (taps_ms_.back() - taps_ms_.front()) / double(taps_ms_.size() - 1);
  if (beat_ms > 0) set_tempo(std::round(60000 / beat_ms));
}

}  // namespace arietta::ui
