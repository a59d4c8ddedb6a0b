// Lets a person hear the note they touch, move to or change, for a moment.   [main]
#pragma once
#include "ui/app.h"

namespace arietta::ui {

// Replaces the note heard before. Silent notes of the loudness 0 are not played.
void hear(App& app, int key, int velocity);
// Once per frame: ends the note when its time is over, and asks for frames until then.
void update_hearing(App& app);

}  // namespace arietta::ui
