#include "devices/voice_pool.h"

namespace arietta {

bool VoicePool::prepare(Arena& arena, VoiceListener& listener, int playing, int spare) {
  listener_ = &listener;
  limit_ = (playing + 3) / 4 * 4;
  lanes_ = arena.array<Lane>(size_t(limit_ + (spare + 3) / 4 * 4));
  return !lanes_.empty();
}

void VoicePool::reset() {
  for (Lane& lane : lanes_) lane = {};
  sounding_ = fading_ = 0;
  births_ = 0;
  sustain_ = sostenuto_ = false;
}

void VoicePool::strike(const NoteEvent& event) {
  for (int i = 0; i < lanes(); ++i) {
    const Lane& lane = lanes_[size_t(i)];
    if (lane.stage != Stage::kFree && lane.stage != Stage::kFading && lane.key == event.key) end(i, VoiceEnd::kQuick);
  }
}

int VoicePool::take(const NoteEvent& event, uint8_t group) {
  if (sounding_ - fading_ >= limit_) steal();
  int chosen = lowest_free();
  if (chosen < 0) {                       // every spare lane still fades: give up the quietest of them
    float quietest = 1e30f;
    for (int i = 0; i < lanes(); ++i) {
      const Lane& lane = lanes_[size_t(i)];
      if (lane.stage != Stage::kFading || lane.level >= quietest) continue;
      quietest = lane.level;
      chosen = i;
    }
    free(chosen);
  }
  lanes_[size_t(chosen)] = {event.id, ++births_, event.value, Stage::kHeld, event.key, group, false};
  ++sounding_;
  return chosen;
}

void VoicePool::hand_over(int lane, const NoteEvent& event) {
  Lane& playing = lanes_[size_t(lane)];
  playing.id = event.id;
  playing.key = event.key;
  playing.stage = Stage::kHeld;
}

void VoicePool::end_group(uint8_t group) {
  for (int i = 0; i < lanes(); ++i)
    if (group && in_use(i) && lanes_[size_t(i)].group == group) end(i, VoiceEnd::kFade);
}

void VoicePool::note_off(const NoteEvent& event) {
  for (int i = 0; i < lanes(); ++i) {
    Lane& lane = lanes_[size_t(i)];
    const bool same = event.id ? lane.id == event.id : lane.key == event.key;
    if (!same || lane.stage != Stage::kHeld) continue;
    if (sustain_ || lane.sostenuto) lane.stage = Stage::kPedalled;
    else end(i, VoiceEnd::kRelease);
  }
}

void VoicePool::controller(uint8_t number, float value) {
  const bool down = value >= 0.5f;
  if (number == 64) {
    if (sustain_ && !down) lift(false);
    sustain_ = down;
  } else if (number == 66) {
    if (!sostenuto_ && down)
      for (Lane& lane : lanes_) lane.sostenuto = lane.stage == Stage::kHeld;
    if (sostenuto_ && !down) {
      if (!sustain_) lift(true);
      for (Lane& lane : lanes_) lane.sostenuto = false;
    }
    sostenuto_ = down;
  }
}

// A pedal goes up: the notes only it was holding end.
void VoicePool::lift(bool was_sostenuto) {
  for (int i = 0; i < lanes(); ++i) {
    const Lane& lane = lanes_[size_t(i)];
    if (lane.stage == Stage::kPedalled && lane.sostenuto == was_sostenuto) end(i, VoiceEnd::kRelease);
  }
}

void VoicePool::all_notes_off() {
  for (int i = 0; i < lanes(); ++i) {
    const Stage stage = lanes_[size_t(i)].stage;
    if (stage == Stage::kHeld || stage == Stage::kPedalled) end(i, VoiceEnd::kRelease);
  }
  sustain_ = sostenuto_ = false;
}

void VoicePool::all_sound_off() {
  for (int i = 0; i < lanes(); ++i)
    if (in_use(i)) end(i, VoiceEnd::kFade);
  sustain_ = sostenuto_ = false;
}

void VoicePool::free(int lane) {
  Lane& freed = lanes_[size_t(lane)];
  if (freed.stage == Stage::kFree) return;
  if (freed.stage == Stage::kFading) --fading_;
  --sounding_;
  freed = {};
}

void VoicePool::end(int lane, VoiceEnd how) {
  Lane& ending = lanes_[size_t(lane)];
  if (ending.stage == Stage::kFading) return;
  if (how == VoiceEnd::kFade) {
    ending.stage = Stage::kFading;
    ++fading_;
  } else {
    ending.stage = Stage::kReleased;
  }
  listener_->end_voice(lane, how);
}

void VoicePool::steal() {
  int quietest = -1, oldest = -1;
  for (int i = 0; i < lanes(); ++i) {
    const Lane& lane = lanes_[size_t(i)];
    if (lane.stage == Stage::kFree || lane.stage == Stage::kFading) continue;
    if (lane.stage == Stage::kReleased) {
      if (quietest < 0 || lane.level < lanes_[size_t(quietest)].level) quietest = i;
    }
    if (oldest < 0 || lane.born < lanes_[size_t(oldest)].born) oldest = i;
  }
  end(quietest >= 0 ? quietest : oldest, VoiceEnd::kFade);
}

// The lowest, so that voices gather in few quads and the others cost nothing.
int VoicePool::lowest_free() const {
  for (int i = 0; i < lanes(); ++i)
    if (lanes_[size_t(i)].stage == Stage::kFree) return i;
  return -1;
}

}  // namespace arietta
