// What a track can sound like: the presets of the built-in instruments by family, General MIDI's instruments sampled, and
// the presets of the SoundFonts a person has dropped. One list for every place where an instrument is
// chosen.   [main]
#pragma once
#include <string>
#include <vector>

#include "ui/app.h"

namespace arietta::ui {

struct InstrumentList {
  std::vector<std::string> options;                      // all different
  std::vector<std::pair<int, std::string>> headings;     // (index of its first option, heading)
};
// For this track: when it plays a SoundFont that is not here, that is the last option. Until the next call.
const InstrumentList& instruments_for(const App& app, Id track);

int instrument_of_track(const App& app, Id track);       // index of its option; -1: it has none
std::string_view instrument_label(const App& app, Id track);
const char* instrument_icon(const App& app, Id track);
void choose_instrument(App& app, Id track, int option);  // one undo step

}  // namespace arietta::ui
