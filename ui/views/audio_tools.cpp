// What can be done to the chosen clip, above the lane: cut, turn round, louder, softer, faded, moved, thrown away.
#include <algorithm>
#include <cmath>

#include "icons.gen.h"
#include "ui/i18n/text.h"
#include "ui/views/audio_lane.h"
#include "ui/views/note_grid_state.h"
#include "ui/widgets/button.h"

namespace arietta::ui {
namespace {

constexpr float kSlider = 132, kGrip = 7;
constexpr double kQuietest = -40, kLoudest = 12, kLongestFade_s = 10;

std::string short_number(double value) {
  const long tenths = std::lround(value * 10);
  return (tenths < 0 ? "-" : "") + std::to_string(std::labs(tenths) / 10) + "." + std::to_string(std::labs(tenths) % 10);
}

struct Slide { Text name, words; double value, min, max, step; };

// A line with a grip and the name above it; true when moved.
bool slider(App& app, const Rect& r, Slide& s) {
  const Tokens& t = tokens();
  Rect rest = inset(r, t.space_1, 0);
  const std::string number = short_number(s.value);
  Rect words = take_top(rest, rest.h / 2);
  const Rect way = inset(rest, kGrip, 0);
  const Press p = press(tr(s.name), r);
  bool moved = app.mirror().slider(tr(s.name), r, s.value, s.min, s.max, s.step, tr(s.words, number));
  if (p.held) {
    const double part = std::clamp(double((ImGui::GetIO().MousePos.x - way.x) / way.w), 0.0, 1.0);
    const double value = std::round((s.min + part * (s.max - s.min)) / s.step) * s.step;
    moved = moved || value != s.value;
    s.value = value;
  }
  if (p.double_clicked) s.value = 0, moved = true;
  write(words, tr(s.name), font_small(), t.color.text_soft);
  write(words, number, font_small(), t.color.text_soft, Align::kRight);
  const float middle = way.y + way.h / 2, x = way.x + way.w * float((s.value - s.min) / (s.max - s.min));
  fill({way.x, middle - 2, way.w, 4}, t.color.line, 2);
  fill({way.x, middle - 2, x - way.x, 4}, t.color.accent, 2);
  canvas()->AddCircleFilled({x, middle}, kGrip, ink(t.color.accent));
  return moved;
}

bool action(App& app, Rect& rest, Text name, const char* icon, bool disabled, std::string_view words = {}) {
  Button b;
  b.name = tr(name);
  b.icon = icon;
  b.words = words;
  b.disabled = disabled;
  return button(app.mirror(), take_left(rest, words.empty() ? tokens().touch : button_width(b)), b);
}

// By one step of the grid.
void nudge(App& app, const AudioClip& clip, int steps) {
  AudioClip after = clip;
  after.start = std::max<Tick>(0, clip.start + steps * app.grid().step);
  app.change_clip(after, Text::kEditMoveClip);
  app.mirror().say(app.describe_clip(clip.id));
}

void sliders(App& app, Rect& rest, const AudioClip& clip) {
  AudioClip after = clip;
  Slide volume{Text::kClipVolume, Text::kDecibels, double(clip.gain_db), kQuietest, kLoudest, 0.5};
  Slide in{Text::kFadeIn, Text::kSeconds, clip.fade_in_ms / 1000.0, 0, kLongestFade_s, 0.1};
  Slide out{Text::kFadeOut, Text::kSeconds, clip.fade_out_ms / 1000.0, 0, kLongestFade_s, 0.1};
  const float width = std::min(kSlider, rest.w / 3);
  if (slider(app, take_left(rest, width), volume)) {
    after.gain_db = float(volume.value);
    app.change_clip(after, Text::kEditClipVolume);
  }
  if (slider(app, take_left(rest, width), in)) {
    after.fade_in_ms = int(std::lround(in.value * 1000));
    app.change_clip(after, Text::kEditFade);
  }
  if (slider(app, take_left(rest, width), out)) {
    after.fade_out_ms = int(std::lround(out.value * 1000));
    app.change_clip(after, Text::kEditFade);
  }
}

}  // namespace

void draw_audio_tools(App& app, Rect area) {
  const Tokens& t = tokens();
  fill(area, t.color.surface);
  app.mirror().open(Role::kToolbar, tr(Text::kAudioClips), area);
  Rect rest = inset(area, t.space_1, t.space_1 / 2);
  const Id id = app.chosen_clip();
  const AudioClip clip = read_audio_clip(app.document(), id);
  const bool none = id == 0;
  if (action(app, rest, Text::kSplitClip, kIconScissors, none)) app.split_clip(id, Tick(app.song_tick()));
  if (action(app, rest, Text::kReverseClip, kIconFlipHorizontal2, none)) {
    AudioClip after = clip;
    after.reverse = !clip.reverse;
    app.change_clip(after, Text::kEditReverseClip);
  }
  if (action(app, rest, Text::kClipEarlier, kIconArrowLeft, none)) nudge(app, clip, -1);
  if (action(app, rest, Text::kClipLater, kIconArrowRight, none)) nudge(app, clip, 1);
  if (clip.take > 0 && action(app, rest, Text::kNextTake, kIconLayers, none)) app.next_take(id);
  if (action(app, rest, Text::kDeleteClip, kIconTrash2, none)) return app.delete_clip(id), app.mirror().close();
  take_left(rest, t.space_2);
  if (!none) sliders(app, rest, clip);
  app.mirror().close();
}

}  // namespace arietta::ui
