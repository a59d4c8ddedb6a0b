// A level meter: two bars that jump up with the sound and fall slowly, with a mark at the highest recent peak.   [main]
#pragma once
#include "ui/app.h"
#include "ui/rect.h"

namespace arietta::ui {

// Peaks are linear, 1 is full scale. `id` tells meters apart. Asks for frames until it has come to rest.
void meter(App& app, const Rect& r, ItemId id, float peak_left, float peak_right);

// Where a peak stands on the meter, 0 to 1; the bottom is 54 dB below full scale.         [any]
float meter_position(float peak);

}  // namespace arietta::ui
