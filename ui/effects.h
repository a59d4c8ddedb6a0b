// What a person can do to chains of effects: each is one undo step. An owner is a track, a bus or kSongId.   [main]
#pragma once
#include "params/presets.h"
#include "song/chain.h"
#include "ui/app.h"

namespace arietta::ui {

std::string sound_name(const App& app, Id owner);        // the track's, the bus's, "Master"
Id add_effect(App& app, Id owner, DeviceKind kind);      // at the end; 0, with the reason as a notice, when it is full
void remove_effect(App& app, Id effect);
void move_effect(App& app, Id owner, Id effect, int by);
void set_effect_on(App& app, Id effect, bool on);
void set_side_chain(App& app, Id effect, Id track);      // 0: its own sound
void add_bus(App& app);

// Presets of the effect's kind; which one its knobs stand on, -1 when on none.
std::vector<const Preset*> effect_presets(DeviceKind kind);
int preset_of_effect(const App& app, Id effect, DeviceKind kind);
void choose_preset(App& app, Id effect, const Preset& preset);

}  // namespace arietta::ui
