// A piece of the screen that lies over the rest and takes the pointer there.   [main]
#pragma once
#include "ui/widgets/draw.h"

namespace arietta::ui {

class Layer {
 public:
  Layer(const char* name, const Rect& r) {
    ImGui::SetNextWindowPos({r.x, r.y});
    ImGui::SetNextWindowSize({r.w, r.h});
    ImGui::Begin(name, nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoFocusOnAppearing);
  }
  ~Layer() { ImGui::End(); }
  Layer(const Layer&) = delete;
  Layer& operator=(const Layer&) = delete;
};

}  // namespace arietta::ui
