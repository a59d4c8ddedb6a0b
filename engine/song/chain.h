// The devices a sound goes through: a track's instrument, its effects, its strip; a bus, which is a track without an
// instrument that gets what the others send it; and the master, which is the song's own effects before the limiter.
// Effects stand by position, equal ones by id, so that everybody who merged the same edits hears the same chain. [main]
#pragma once
#include <vector>

#include "params/param_table.h"
#include "song/document.h"

namespace arietta {

inline constexpr int kMaxEffects = 8;     // in one chain; more would not fit on a screen, and few would be heard
inline constexpr int kMaxBuses = 4;       // as many as a strip has sends

struct Effect {
  Id id = 0;
  DeviceKind kind = DeviceKind::none;
  bool bypassed = false;
  Id side_chain = 0;                      // the track it listens to; 0 = none
};

// Whether a device may stand in a chain: every effect but the limiter, which is the master's last word.   [any]
bool is_chain_effect(DeviceKind kind);

// `owner` is a track, a bus or kSongId for the master. At most kMaxEffects; kinds from newer programs are left out.
std::vector<Effect> effects_of(const Document&, Id owner);

// 0 when the chain is full. `at` counts effects only; -1 for the end.
Id add_effect(Document&, Ops& ops, Id owner, DeviceKind kind, int at = -1);
void move_effect(const Document&, Ops& ops, Id owner, Id effect, int to);

// Buses by number, 1 to kMaxBuses; of two with one number (two people added one at once) the first in order counts.
int bus_number(const Document&, Id track);                 // 0: it plays notes
Id bus_track(const Document&, int number);                 // 0: there is none
std::vector<int> buses_of(const Document&);                // the numbers in use, ascending
Id add_bus(Document&, Ops& ops, std::string_view name);    // 0 when all are in use
constexpr uint16_t bus_send_param(int number) { return uint16_t(param::strip::bus_1_db + number - 1); }

// Side-chain. Tracks get the number others refer to when they are first needed; it is made from the id, so that two
// people who need the same track at once agree.
void set_side_chain(const Document&, Ops& ops, Id effect, Id track);       // track 0: its own input again

}  // namespace arietta
