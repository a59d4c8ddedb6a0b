// The whole screen: what is where at each size, drawn once. Sizes are units.   [main]
//
//   wide (1240 and more)   song, transport │ tracks │ arrangement, notes, piano │ sound
//   medium (900 and more)  song, transport │ tracks, sound │ arrangement, notes, piano
//   narrow                 song, transport, one page of three (notes, tracks, sound), tabs at the bottom
#pragma once
#include "ui/app.h"

namespace arietta::ui {

enum class Page : uint8_t { kNotes, kTracks, kSound };

struct ScreenSize { float w = 0, h = 0, safe_top = 0, safe_bottom = 0; };

// A part that is not on the screen at this size has no width or no height.
struct Layout {
  bool narrow = false;
  Rect song, transport, tabs;
  Rect tracks, sound, arrange, notes, piano;
};

Layout lay_out(const ScreenSize& size, Page page);         // [any]

// Between ImGui::NewFrame and ImGui::Render.
void draw_frame(App& app, const ScreenSize& size, double now_ms);
void show_page(Page page);

}  // namespace arietta::ui
