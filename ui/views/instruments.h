// What a track can sound like: the built-in synth in several sounds, the built-in drums, and General MIDI's instruments
// by family. One list for every place where an instrument is chosen.   [main]
#pragma once
#include <string>
#include <vector>

#include "ui/app.h"

namespace arietta::ui {

const std::vector<std::string>& instrument_options();
const std::vector<std::pair<int, std::string>>& instrument_headings();   // (index of its first option, heading)

int instrument_of_track(const App& app, Id track);       // index of its option; -1: a person's own SoundFont
std::string_view instrument_label(const App& app, Id track);
const char* instrument_icon(const App& app, Id track);
void choose_instrument(App& app, Id track, int option);  // one undo step

}  // namespace arietta::ui
