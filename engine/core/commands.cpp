#include "core/commands.h"

#include <cmath>

namespace arietta {
namespace {

// A payload's first value, or what stands in for a short payload.
template <class T>
T first_of(const FrameView& frame, T otherwise = {}) {
  T value = otherwise;
  frame.get(value);
  return value;
}

bool sensible(const NoteEvent& event) {
  return event.key < 128 && uint8_t(event.type) <= uint8_t(NoteEventType::kAllSoundOff) && std::isfinite(event.value) &&
         std::fabs(event.value) <= 16383 && std::fabs(event.tuning) <= 128;
}

}  // namespace

void Commands::receive(Bytes packet) {
  const uint32_t dropped_before = dropped_;
  FrameReader reader(packet);
  FrameView frame;
  bool understood = true;
  while (reader.next(frame)) {
    const uint16_t number = uint16_t(frame.type);
    if (number < 16) continue;                                   // the packet's own head
    const bool fine = number < 32    ? transport(frame)
                      : number < 48  ? live(frame)
                      : number < 64  ? params(frame)
                      : number < 80  ? plan(frame)
                      : number < 96  ? assets(frame)
                      : number < 112 ? others(frame)
                                     : audio(frame);
    understood = understood && fine;
  }
  if (reader.broken() || !understood) outbox_.put(Message::fault, FaultPayload{uint32_t(FaultCode::kBadPacket), 0});
  if (dropped_ != dropped_before) outbox_.put(Message::dropped, dropped_ - dropped_before);
}

// Each of these gives false for a payload it cannot read; a number it does not know is skipped.
bool Commands::transport(const FrameView& frame) {
  switch (frame.type) {
    case Message::play: sequencer_.play(); return true;
    case Message::stop: sequencer_.stop(first_of<uint32_t>(frame) != 0); return true;
    case Message::seek: {
      Tick tick;
      if (!frame.get(tick)) return false;
      sequencer_.seek(tick);
      return true;
    }
    case Message::loop: {
      LoopPayload loop;
      if (!frame.get(loop)) return false;
      sequencer_.set_loop(loop.on != 0, loop.start, loop.end);
      return true;
    }
    case Message::tempo_preview: sequencer_.set_tempo_preview(first_of<double>(frame)); return true;
    case Message::metronome: sequencer_.set_metronome(first_of<uint32_t>(frame) != 0); return true;
    default: return true;
  }
}

bool Commands::live(const FrameView& frame) {
  if (frame.type == Message::panic) {
    silence_everything();
    return true;
  }
  NoteEvent event;
  if (!frame.get(event) || !sensible(event)) return false;
  if (frame.type == Message::note_on) event.type = NoteEventType::kNoteOn;
  else if (frame.type == Message::note_off) event.type = NoteEventType::kNoteOff;
  else if (frame.type != Message::control) return true;
  if (event.type == NoteEventType::kNoteOn && !(event.value > 0 && event.value <= 1)) return false;
  event.id |= kLiveNoteBit;
  event.frame = 0;
  Node* node = nodes_.find(frame.dst);
  if (!node || !node->push(event)) ++dropped_;
  return true;
}

bool Commands::params(const FrameView& frame) {
  ParamPayload param;
  if (!frame.get(param) || param.index >= uint32_t(kMaxParams)) return false;
  Node* node = nodes_.find(frame.dst);
  if (!node) {
    ++dropped_;
    return true;
  }
  const uint64_t bit = uint64_t(1) << param.index;
  switch (frame.type) {
    case Message::gesture_begin: node->gesture |= bit; return true;
    case Message::gesture_end: node->gesture &= ~bit; return true;
    case Message::param_set: return node->set_value(param.index, param.plain);
    default: return true;
  }
}

bool Commands::plan(const FrameView& frame) {
  switch (frame.type) {
    case Message::plan_begin: {
      PlanBeginPayload begin;
      if (!frame.get(begin)) return false;
      loader_.begin(begin.revision, begin.head_bytes);
      return true;
    }
    case Message::plan_head: loader_.head(frame.payload); return true;
    case Message::plan_chunk: loader_.chunk(frame.dst, frame.payload); return true;
    case Message::plan_keep: loader_.keep(frame.dst, first_of<uint64_t>(frame)); return true;
    case Message::plan_commit: loader_.commit(first_of<uint32_t>(frame)); return true;
    default: return true;
  }
}

bool Commands::assets(const FrameView& frame) {
  AssetDataPayload asset;                              // every asset message starts with the id
  if (!frame.get(asset)) return false;
  switch (frame.type) {
    case Message::asset_begin: assets_.begin(asset.asset, asset.offset); return true;
    case Message::asset_data: assets_.receive(asset.asset, asset.offset, frame.payload.subspan(sizeof asset)); return true;
    case Message::asset_end: assets_.end(asset.asset); return true;
    case Message::asset_drop: assets_.drop(asset.asset); return true;
    default: return true;
  }
}

bool Commands::audio(const FrameView& frame) {
  switch (frame.type) {
    case Message::audio_block: {
      AudioBlockPayload block;
      if (!frame.get(block) || frame.payload.size() - sizeof block < size_t(block.samples) * sizeof(float)) return false;
      audio_.receive(block.asset, block.block, frame.payload.subspan(sizeof block, size_t(block.samples) * sizeof(float)));
      return true;
    }
    case Message::audio_gone: {
      AudioGonePayload gone;
      if (!frame.get(gone)) return false;
      audio_.gone(gone.asset, gone.is_gone != 0);
      return true;
    }
    default: return true;
  }
}

bool Commands::others(const FrameView& frame) {
  switch (frame.type) {
    case Message::subscribe: mixer_.set_metering(first_of<uint32_t>(frame) & kSubscribeMeters); return true;
    case Message::ping: outbox_.put(Message::pong, first_of<uint32_t>(frame)); return true;
    case Message::reset: restart_everything(); return true;
    default: return true;
  }
}

// Notes of the song come back as they are due; those that sounded are gone.
void Commands::silence_everything() {
  const NoteEvent off{0, 0, NoteEventType::kAllSoundOff, 0, 0};
  for (Node* node : nodes_.living()) {
    node->event_count = 0;
    node->push(off);
  }
  sequencer_.forget_notes();
}

void Commands::restart_everything() {
  sequencer_.stop(true);
  sequencer_.forget_notes();
  for (Node* node : nodes_.living()) {
    node->gesture = 0;
    nodes_.restart(*node);
  }
}

}  // namespace arietta
