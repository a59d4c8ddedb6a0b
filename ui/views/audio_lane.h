// The recorded sound of the chosen track, in the place of the note grid: clips with their waveforms. Pressing a clip chooses
// it; its body moves it, its edges trim it, the grips at its upper corners fade it. What the pointer does, the tools above
// do as well.   [main]
#pragma once
#include "ui/app.h"
#include "ui/rect.h"

namespace arietta::ui {

void draw_audio_lane(App& app, Rect area);
void draw_audio_tools(App& app, Rect area);              // audio_tools.cpp

// A clip's waveform in a rectangle that spans these ticks of the song; also for the arrangement. [main]
void draw_waveform(const App& app, const AudioClip& clip, const Rect& r, double from_tick, double to_tick, Color color, float alpha);

}  // namespace arietta::ui
