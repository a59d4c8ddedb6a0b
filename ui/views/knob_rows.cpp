#include "ui/views/knob_rows.h"

#include <algorithm>

#include "ui/widgets/draw.h"
#include "ui/widgets/knob.h"

namespace arietta::ui {
namespace {

constexpr float kKnobWidth = 78;

int columns(float width) { return std::max(1, int(width / kKnobWidth)); }

}  // namespace

Knobs knobs_of(DeviceKind kind, bool front) {
  Knobs knobs;
  for (const ParamInfo& param : params_of(kind))
    if (!(param.flags & kHidden) && bool(param.flags & kFront) == front) knobs.push_back({&param});
  return knobs;
}

float knobs_height(size_t count, float width, float row_height) {
  const int across = columns(width);
  return float((int(count) + across - 1) / across) * row_height;
}

// Rows are as even as they can be: five knobs where four fit are three and two.
void draw_knobs(App& app, const Rect& r, Id device, const Knobs& knobs, float row_height, Color tint) {
  const int count = int(knobs.size()), most = columns(r.w);
  const int rows = (count + most - 1) / most;
  for (int row = 0, next = 0; row < rows; ++row) {
    const int here = (count - next + rows - row - 1) / (rows - row);
    const float width = std::min(r.w / float(here), kKnobWidth * 1.3f), left = r.x + (r.w - width * float(here)) / 2;
    for (int i = 0; i < here; ++i, ++next) {
      const Rect cell{left + float(i) * width, r.y + float(row) * row_height, width, row_height};
      const KnobSpec& spec = knobs[size_t(next)];
      knob(app, centred(cell, std::min(width - 4, kKnobWidth), row_height - tokens().space_2), {device, spec.param, spec.name}, tint);
    }
  }
}

}  // namespace arietta::ui
