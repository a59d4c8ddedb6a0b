#include "core/mixer.h"

#include "base/mathx.h"
#include "core/level_scan.h"
#include "devices/strip.h"

namespace arietta {
namespace {

Block block_of(float* left, float* right) { return {left, right, kMaxBlock}; }

// An effect is put in the way and taken out of it within eight blocks, 5 ms at 48 kHz: no click, and at once for a person.
constexpr float kWetStep = 1.0f / 8;

void hold_peak(float& held, float peak) { held = peak > held ? peak : held; }

}  // namespace

void Mixer::run_block(const PlanView& plan, Node* const* nodes, Fade fade, float quarters_per_minute) {
  if (plan.empty()) return;
  quarters_per_minute_ = quarters_per_minute;
  for (const PlanOp& op : plan.ops()) {
    Buffer& target = buffers_[op.target];
    Buffer& source = buffers_[op.source];
    switch (PlanOpCode(op.code)) {
      case PlanOpCode::kClear: clear(target); break;
      case PlanOpCode::kRender: render(*nodes[op.node], target, fade); break;
      case PlanOpCode::kProcess: process(*nodes[op.node], op, fade); break;
      case PlanOpCode::kMix: mix(source, target, op.gain); break;
      case PlanOpCode::kMeter: meter(target, op.argument == 0xffff ? master_peaks_ : track_peaks_[op.argument]); break;
      case PlanOpCode::kSend: send(*nodes[op.node], source, target, op.argument); break;
      case PlanOpCode::kAlign: nodes[op.node]->line.pass(block_of(target.left, target.right), target.silent); break;
      case PlanOpCode::kOutput: output_ = op.source; break;
    }
  }
}

Peaks Mixer::take_peaks(int track) {
  const Peaks peaks = track_peaks_[track];
  track_peaks_[track] = {};
  return peaks;
}

Peaks Mixer::take_master_peaks() {
  const Peaks peaks = master_peaks_;
  master_peaks_ = {};
  return peaks;
}

void Mixer::clear(Buffer& buffer) {
  for (float& sample : buffer.left) sample = 0;
  for (float& sample : buffer.right) sample = 0;
  buffer.silent = true;
}

void Mixer::render(Node& node, Buffer& target, Fade fade) {
  node.deliver_values();
  if (node.activity == Activity::kAsleep && node.event_count == 0) return;
  node.device->notes({node.events, size_t(node.event_count)});
  node.event_count = 0;
  if (target.silent && !node.leaving) {
    run_device(node, target);
    target.silent = false;
    return;
  }
  clear(alone_);
  run_device(node, alone_);
  alone_.silent = false;
  if (node.leaving) {
    const float step = (fade.to - fade.from) / kMaxBlock;
    for (int i = 0; i < kMaxBlock; ++i) {
      const float gain = fade.from + step * float(i + 1);
      alone_.left[i] *= gain;
      alone_.right[i] *= gain;
    }
  }
  mix(alone_, target, 1);
}

void Mixer::process(Node& node, const PlanOp& op, Fade fade) {
  Buffer& target = buffers_[op.target];
  const float goal = op.argument & kBypassed ? 0 : 1;
  const bool told = node.deliver_values();
  if (node.wet == 0 && goal == 0) {
    node.line.pass(block_of(target.left, target.right), target.silent);
    return;
  }
  if (target.silent && node.activity == Activity::kAsleep) {
    if (told) node.device->reset();      // in silence a knob jumps: a mute must not fade in the next note
    node.wet = goal;
    return;
  }
  const bool whole = node.wet == 1 && goal == 1 && !node.leaving;
  const bool keeps_dry = node.in_chain && (!whole || node.line.waits());
  if (keeps_dry) {
    dry_ = target;
    node.line.pass(block_of(dry_.left, dry_.right), dry_.silent);
  }
  if (op.source != op.target) {
    Buffer& heard = buffers_[op.source];
    node.device->sidechain(block_of(heard.left, heard.right));
  }
  run_device(node, target);
  target.silent = target.silent && node.activity == Activity::kAsleep;
  if (!keeps_dry || whole) return;
  const float from = node.wet;
  if (node.empty_frames > 0) node.empty_frames -= kMaxBlock;             // nothing has come through it yet
  else node.wet = clampf(goal, from - kWetStep, from + kWetStep);
  if (node.leaving) blend(target, from * fade.from, node.wet * fade.to);
  else blend(target, from, node.wet);
  if (node.wet > 0 || goal > 0) return;
  node.device->reset();                  // when it comes back it starts afresh
  node.activity = Activity::kAsleep;
  node.empty_frames = node.device->latency_frames();
}

// From `from` to `to` of what came out of the effect, the rest as it went in.
void Mixer::blend(Buffer& wet, float from, float to) {
  const float step = (to - from) / kMaxBlock;
  for (int i = 0; i < kMaxBlock; ++i) {
    const float part = from + step * float(i + 1);
    wet.left[i] = dry_.left[i] + (wet.left[i] - dry_.left[i]) * part;
    wet.right[i] = dry_.right[i] + (wet.right[i] - dry_.right[i]) * part;
  }
  wet.silent = wet.silent && dry_.silent;
}

void Mixer::run_device(Node& node, Buffer& io) {
  node.device->tempo(quarters_per_minute_);
  node.activity = node.device->render(block_of(io.left, io.right));
  if (scan_level(io.left, kMaxBlock).finite() && scan_level(io.right, kMaxBlock).finite()) return;
  // The device starts afresh and this block of it is lost; everything else plays on.
  node.device->reset();
  node.activity = Activity::kRunning;
  clear(io);
  ++faults_;
  outbox_.put(Message::fault, FaultPayload{uint32_t(FaultCode::kNonFinite), node.id});
}

void Mixer::mix(const Buffer& source, Buffer& target, float gain) {
  if (source.silent) return;
  for (int i = 0; i < kMaxBlock; ++i) target.left[i] += source.left[i] * gain;
  for (int i = 0; i < kMaxBlock; ++i) target.right[i] += source.right[i] * gain;
  target.silent = false;
}

void Mixer::send(Node& strip, Buffer& source, Buffer& target, int number) {
  Strip& fader = *static_cast<Strip*>(strip.device);
  if (source.silent || !fader.sends(number)) return;
  fader.send(number, block_of(source.left, source.right), block_of(target.left, target.right));
  target.silent = false;
}

void Mixer::meter(const Buffer& buffer, Peaks& peaks) {
  if (!metering_ || buffer.silent) return;
  hold_peak(peaks.left, scan_level(buffer.left, kMaxBlock).peak());
  hold_peak(peaks.right, scan_level(buffer.right, kMaxBlock).peak());
}

}  // namespace arietta
