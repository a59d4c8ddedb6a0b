// Bytes of MIDI messages as they come from a keyboard. Source: The Complete MIDI 1.0 Detailed Specification.   [main]
#pragma once
#include "ui/app.h"

namespace arietta::ui {

// Whole messages, running status allowed; what is not for an instrument is left alone.
void midi_input(App& app, Bytes bytes);

}  // namespace arietta::ui
