#include "core/telemetry.h"

#include "devices/limiter.h"

namespace arietta {

const TelemetryBlock& Telemetry::report(const Sources& from) {
  block_.context_frame = from.context_frame;
  block_.song_tick = from.song_tick;
  block_.quarters_per_minute = from.sequencer.quarters_per_minute();
  block_.plan_revision = from.loader.playing().revision;
  block_.playing = from.sequencer.playing();
  block_.voices = 0;
  block_.limiter_db = 0;
  block_.latency_frames = uint32_t(kMaxBlock - 1 + from.loader.playing().latency_frames);
  block_.quanta = from.quanta;
  for (const Node* node : from.nodes.living()) {
    block_.voices += uint32_t(node->device->voices());
    if (node->kind != DeviceKind::limiter) continue;
    block_.limiter_db = static_cast<const Limiter*>(node->device)->gain_reduction_db();
  }
  block_.faults = from.mixer.faults();
  block_.dropped = from.dropped;
  block_.arena_high_water = fixed_bytes_ + uint32_t(from.assets.pool().high_water());
  block_.asset_bytes = uint32_t(from.assets.pool().used());
  block_.audio_missed = from.audio.missed_so_far();
  block_.audio_blocks = uint32_t(from.audio.held());
  block_.audio_waiting = uint32_t(from.audio.waiting());
  const Peaks master = from.mixer.take_master_peaks();
  block_.master_peak_left = master.left;
  block_.master_peak_right = master.right;
  block_.master = from.master.read();
  const PlanView& plan = from.loader.playing().view;
  block_.track_count = plan.empty() ? 0 : uint32_t(plan.tracks().size());
  for (int i = 0; i < kMaxTracks; ++i) {
    const Peaks peaks = from.mixer.take_peaks(i);
    block_.tracks[i] = {peaks.left, peaks.right};
  }
  return block_;
}

}  // namespace arietta
