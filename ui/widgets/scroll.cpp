#include "ui/widgets/scroll.h"

#include <cmath>

#include "ui/input.h"

namespace arietta::ui {

ScrollArea::ScrollArea(const Rect& r, float& offset, float content_height)
    : rect_(r), offset_(offset), most_(std::max(0.f, content_height - r.h)) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const bool here = inside(r, mouse.x, mouse.y) && ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem);
  if (here && !input().ctrl && !input().pinch.on) offset_ += input().wheel_y;
  if (input().pinch.on && inside(r, input().pinch.x, input().pinch.y)) offset_ -= input().pinch.dy;
  offset_ = std::clamp(offset_, 0.f, most_);
  ImGui::PushClipRect({r.x, r.y}, {right(r), bottom(r)}, true);
}

ScrollArea::~ScrollArea() {
  ImGui::PopClipRect();
  if (most_ <= 0) return;
  const Tokens& t = tokens();                             // says that there is more, and where one is
  const float height = std::max(t.space_6, rect_.h * rect_.h / (rect_.h + most_));
  fill({right(rect_) - 4, rect_.y + (rect_.h - height) * offset_ / most_, 3, height}, t.color.line_strong, 1.5f, 0.6f);
}

bool ScrollArea::stroked(const Press& press) {
  if (press.held && input().mouse_is_touch) offset_ = std::clamp(offset_ - press.dy, 0.f, most_);
  return std::fabs(ImGui::GetMouseDragDelta(ImGuiMouseButton_Left, 0).y) > tokens().space_2;
}

void ScrollArea::bring_into_view(const Rect& r) {
  if (r.y < rect_.y) offset_ -= rect_.y - r.y;
  else if (bottom(r) > bottom(rect_)) offset_ += std::min(bottom(r) - bottom(rect_), r.y - rect_.y);
  offset_ = std::clamp(offset_, 0.f, most_);
}

}  // namespace arietta::ui
