// One track's clips as a flat list of events in playing order.
#pragma once
#include <vector>

#include "plan/plan_format.h"
#include "song/document.h"

namespace arietta {

// Notes are cut to their clip and to the plan's range of ticks; a note that starts outside its clip is not played.
// At one tick: offs, then controllers, then ons; a pedal that lifts on the beat must not catch the note that starts
// there, and a repeated key must end before it starts again.                                 [main]
// Notes sound where the song's tuning puts their keys, drums excepted.                       [main]
std::vector<PlanEvent> schedule_track(const Document& document, Id track);

// The track's pieces of audio, by start.                                                     [main]
std::vector<PlanClip> schedule_audio(const Document& document, Id track);

// Both as the bytes of a chunk.                                                              [main]
std::vector<uint8_t> chunk_bytes(uint32_t track_id, const std::vector<PlanEvent>& events, const std::vector<PlanClip>& clips);

}  // namespace arietta
