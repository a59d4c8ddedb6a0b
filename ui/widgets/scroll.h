// A rectangle whose content is taller than itself: wheel and finger move it, what lies outside is neither seen nor
// pressed. Where it stands is the caller's to keep.   [main]
#pragma once
#include "ui/widgets/draw.h"

namespace arietta::ui {

class ScrollArea {
 public:
  ScrollArea(const Rect& r, float& offset, float content_height);
  ~ScrollArea();
  ScrollArea(const ScrollArea&) = delete;
  ScrollArea& operator=(const ScrollArea&) = delete;

  float top() const { return rect_.y - offset_; }         // where the content begins
  bool shows(const Rect& r) const { return bottom(r) > rect_.y && r.y < bottom(rect_); }
  // A finger's stroke over something pressable moves the content; true when the press was a stroke and not a tap.
  bool stroked(const Press& press);
  void bring_into_view(const Rect& r);

 private:
  Rect rect_;
  float& offset_;
  float most_;
};

}  // namespace arietta::ui
