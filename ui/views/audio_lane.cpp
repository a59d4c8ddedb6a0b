#include "ui/views/audio_lane.h"

#include <algorithm>
#include <cmath>

#include "ui/i18n/text.h"
#include "ui/input.h"
#include "ui/views/grid_lines.h"
#include "ui/views/note_grid_draw.h"
#include "ui/views/track_colors.h"
#include "ui/widgets/draw.h"

namespace arietta::ui {
namespace {

constexpr float kCompactWidth = 640, kEdge = 9, kTitle = 22, kGrip = 7, kGap = 10;
constexpr double kZoomPerUnit = 0.0022;
constexpr Tick kShownAtFirst = 8 * 4 * kTicksPerQuarter;

enum class Hold : uint8_t { kNone, kMove, kTrimStart, kTrimEnd, kFadeIn, kFadeOut };
struct Drag {
  Hold hold = Hold::kNone;
  AudioClip before;                     // the clip as it was grabbed
  double grabbed = 0;                   // tick under the pointer then
};
Drag g_drag;

struct Placed { AudioClip clip; Tick end = 0; Rect rect; };

GridFrame lay_out(App& app, const Rect& area) {
  GridView& view = app.grid();
  GridFrame frame = make_grid_frame(view, area, area.w < kCompactWidth, 0, tokens().touch + tokens().space_1);
  if (!view.fitted) {
    view.pixels_per_quarter = double(frame.notes.w) / (double(std::max(kShownAtFirst, app.length())) / double(kTicksPerQuarter));
    view.first_tick = 0;
    view.fitted = true;
  }
  clamp_view(view, frame);
  frame.first_tick = view.first_tick;
  frame.pixels_per_tick = view.pixels_per_quarter / double(kTicksPerQuarter);
  return frame;
}

// Takes that are not heard lie in thin rows below the others.
std::vector<Placed> place_clips(const App& app, const GridFrame& f) {
  std::vector<Placed> placed;
  const std::vector<Id>& ids = app.document().children(app.current_track(), Kind::audio_clip);
  int rows = 0;
  for (Id id : ids) rows = std::max(rows, read_audio_clip(app.document(), id).mute ? read_audio_clip(app.document(), id).take : 0);
  const float thin = rows > 0 ? std::min(f.notes.h * 0.4f / float(rows), 48.f) : 0;
  const Rect tall{f.notes.x, f.notes.y + kGap, f.notes.w, f.notes.h - 2 * kGap - thin * float(rows)};
  for (Id id : ids) {
    Placed one{read_audio_clip(app.document(), id), 0, {}};
    one.end = audio_clip_end(app.document(), app.time(), one.clip);
    const float x = f.x_of(double(one.clip.start)), w = std::max(3.f, f.x_of(double(one.end)) - x - 1);
    one.rect = {x, tall.y, w, tall.h};
    if (one.clip.mute) one.rect.y = bottom(tall) + thin * float(std::max(0, one.clip.take - 1)) + 2, one.rect.h = thin - 4;
    placed.push_back(std::move(one));
  }
  return placed;
}

Hold hold_at(const Placed& one, float x, float y) {
  const Rect& r = one.rect;
  if (one.clip.mute) return Hold::kMove;
  const float edge = std::min(kEdge, r.w / 4);
  if (y < r.y + kTitle) {
    if (x < r.x + 2 * edge) return Hold::kFadeIn;
    if (x > right(r) - 2 * edge) return Hold::kFadeOut;
  }
  if (x < r.x + edge) return Hold::kTrimStart;
  return x > right(r) - edge ? Hold::kTrimEnd : Hold::kMove;
}

int fade_ms(const App& app, Tick from, Tick to) {
  return int(std::clamp(std::lround((app.time().seconds_at(to) - app.time().seconds_at(from)) * 1000), 0l, 600'000l));
}

// The clip as the pointer has it now: everything from how it was grabbed, so that a drag there and back changes nothing.
void drag_clip(App& app, const GridFrame& f) {
  const AudioClip& before = g_drag.before;
  const double tick = f.tick_at(ImGui::GetIO().MousePos.x);
  const Tick step = grid_step(app, input().alt), end = audio_clip_end(app.document(), app.time(), before);
  AudioClip after = before;
  Text what = Text::kEditTrimClip;
  switch (g_drag.hold) {
    case Hold::kMove:
      after.start = std::max<Tick>(0, snap_near(app.time(), step, double(before.start) + tick - g_drag.grabbed));
      what = Text::kEditMoveClip;
      break;
    case Hold::kTrimStart: {
      const Tick start = std::clamp<Tick>(snap_near(app.time(), step, tick), 0, end - 1);
      int64_t cut = audio_frames_at(app.document(), app.time(), before, start);
      const AudioAsset asset = find_audio_asset(app.document(), before.asset);
      const int64_t spare = before.reverse ? asset.frames - before.offset - before.frames : before.offset;
      cut = std::clamp(cut, -spare, before.frames - 1);
      after.start = cut == 0 ? before.start : start;
      after.frames -= cut;
      if (!before.reverse) after.offset += cut;
      break;
    }
    case Hold::kTrimEnd: {
      const Tick to = std::max<Tick>(before.start + 1, snap_near(app.time(), step, tick));
      const AudioAsset asset = find_audio_asset(app.document(), before.asset);
      const int64_t most = before.reverse ? before.offset + before.frames : asset.frames - before.offset;
      after.frames = std::clamp<int64_t>(audio_frames_at(app.document(), app.time(), before, to), 1, most);
      if (before.reverse) after.offset = before.offset + before.frames - after.frames;
      break;
    }
    case Hold::kFadeIn:
      after.fade_in_ms = fade_ms(app, before.start, std::clamp(Tick(tick), before.start, end));
      what = Text::kEditFade;
      break;
    case Hold::kFadeOut:
      after.fade_out_ms = fade_ms(app, std::clamp(Tick(tick), before.start, end), end);
      what = Text::kEditFade;
      break;
    case Hold::kNone: return;
  }
  app.change_clip(after, what);
}

void pointer(App& app, const GridFrame& f, const std::vector<Placed>& placed) {
  const ImVec2 at = ImGui::GetIO().MousePos;
  const Press ruler = press("audio ruler", f.ruler);
  if (ruler.held || ruler.clicked) app.seek(std::max<Tick>(0, snap_near(app.time(), grid_step(app, input().alt), f.tick_at(at.x))));
  const Press p = press("audio lane", f.notes);
  if (p.went_down) {
    g_drag = {};
    const auto hit = std::find_if(placed.rbegin(), placed.rend(), [&](const Placed& one) { return inside(one.rect, at.x, at.y); });
    app.choose_clip(hit == placed.rend() ? 0 : hit->clip.id);
    if (hit != placed.rend()) {
      g_drag = {hold_at(*hit, at.x, at.y), hit->clip, f.tick_at(at.x)};
      app.begin_gesture(tr(Text::kEditMoveClip));
    }
  }
  if (g_drag.hold != Hold::kNone) {
    if (p.held && app.document().find(g_drag.before.id)) drag_clip(app, f);
    if (!p.held) {
      app.end_gesture();
      g_drag = {};
    }
  } else if (p.held) {
    app.grid().first_tick = std::max(0.0, app.grid().first_tick - double(p.dx) / f.pixels_per_tick);
  }
  const Input& in = input();
  if (in.pinch.on && inside(f.notes, in.pinch.x, in.pinch.y)) {
    app.grid().first_tick = std::max(0.0, app.grid().first_tick - double(in.pinch.dx) / f.pixels_per_tick);
    if (in.pinch.zoom_x != 1) zoom_time(app.grid(), f, in.pinch.x, double(in.pinch.zoom_x));
  }
  if (p.hovered && in.ctrl && in.wheel_y != 0) zoom_time(app.grid(), f, at.x, std::exp(-double(in.wheel_y) * kZoomPerUnit));
  else if (p.hovered) app.grid().first_tick = std::max(0.0, app.grid().first_tick + double(in.wheel_x + in.wheel_y) / f.pixels_per_tick);
}

void draw_fades(const App& app, const Placed& one, const GridFrame& f, Color color) {
  const TimeMap& time = app.time();
  const Rect& r = one.rect;
  const auto x_at = [&](double seconds) { return f.x_of(double(time.tick_at(seconds))); };
  const float in = std::max(r.x, x_at(time.seconds_at(one.clip.start) + one.clip.fade_in_ms / 1000.0));
  const float out = std::min(right(r), x_at(time.seconds_at(one.end) - one.clip.fade_out_ms / 1000.0));
  if (in > r.x + 1) canvas()->AddTriangleFilled({r.x, r.y}, {in, r.y}, {r.x, bottom(r)}, ink(tokens().color.surface_sunken, 0.75f));
  if (out < right(r) - 1) canvas()->AddTriangleFilled({out, r.y}, {right(r), r.y}, {right(r), bottom(r)}, ink(tokens().color.surface_sunken, 0.75f));
  for (const float x : {std::max(in, r.x + kGrip), std::min(out, right(r) - kGrip)})
    canvas()->AddCircleFilled({x, r.y + kGrip + 2}, kGrip - 2, ink(color));
}

void draw_clip(const App& app, const Placed& one, const GridFrame& f, Color color) {
  const Tokens& t = tokens();
  const bool chosen = one.clip.id == app.chosen_clip();
  const Rect& r = one.rect;
  if (right(r) < f.notes.x || r.x > right(f.notes)) return;
  fill(r, color, t.radius_small, one.clip.mute ? 0.12f : 0.24f);
  const bool titled = r.h > 3 * kTitle;
  draw_waveform(app, one.clip, titled ? Rect{r.x, r.y + kTitle, r.w, r.h - kTitle} : r, double(one.clip.start), double(one.end), color,
                one.clip.mute ? 0.5f : 1);
  if (!one.clip.mute) draw_fades(app, one, f, color);
  if (titled) {
    const bool here = app.waveforms().has(one.clip.asset);
    const std::string name = here ? one.clip.name : std::string(tr(Text::kAudioNotHere));
    write({std::max(r.x, f.notes.x) + 3 * kGrip, r.y, r.w - 6 * kGrip, kTitle}, name, font_small(), here ? t.color.text : t.color.warning);
  }
  if (chosen) outline(r, t.color.selection, t.radius_small, 2);
}

void mirror_clips(App& app, const GridFrame& f, const std::vector<Placed>& placed) {
  app.mirror().open(Role::kList, tr(Text::kAudioClips), f.notes);
  for (const Placed& one : placed) {
    Item item;
    item.role = Role::kListItem;
    item.name = app.describe_clip(one.clip.id);
    item.key = std::to_string(one.clip.id);
    item.rect = one.rect;
    item.selected = one.clip.id == app.chosen_clip();
    const ItemId id = app.mirror().open(std::move(item));
    if (app.mirror().take_act(id).kind == ActKind::kPress) app.choose_clip(one.clip.id);
    app.mirror().close();
  }
  app.mirror().close();
}

}  // namespace

// One line from low to high for every column of pixels, at any zoom.
void draw_waveform(const App& app, const AudioClip& clip, const Rect& r, double from_tick, double to_tick, Color color, float alpha) {
  const Waveform* wave = app.waveforms().find(clip.asset);
  if (!wave || r.w < 1 || to_tick <= from_tick) return;
  const ImVec2 low = canvas()->GetClipRectMin(), high = canvas()->GetClipRectMax();
  const float first = std::floor(std::max(r.x, low.x)), last = std::min(right(r), high.x);
  const float middle = r.y + r.h / 2, half = r.h / 2 * std::min(2.f, std::pow(10.f, clip.gain_db / 20)) / 32767;
  for (float x = first; x < last; x += 1) {
    const double a = double((x - r.x) / r.w), b = double((x + 1 - r.x) / r.w);
    const auto frame = [&](double part) {
      const double played = std::clamp(part, 0.0, 1.0) * double(clip.frames);
      return double(clip.offset) + (clip.reverse ? double(clip.frames) - played : played);
    };
    const PeakPair peaks = wave->between(std::min(frame(a), frame(b)), std::max(frame(a), frame(b)));
    const float up = std::clamp(middle - float(peaks.high) * half, r.y, bottom(r)), down = std::clamp(middle - float(peaks.low) * half, r.y, bottom(r));
    fill({x, up, 1, std::max(1.f, down - up)}, color, 0, alpha);
  }
}

void draw_audio_lane(App& app, Rect area) {
  if (area.w <= 0 || area.h <= 0) return;
  const Tokens& t = tokens();
  GridFrame& f = note_grid_state().frame;
  f = lay_out(app, area);
  const std::vector<Placed> placed = place_clips(app, f);
  pointer(app, f, placed);
  mirror_clips(app, f, placed);
  f = lay_out(app, area);

  const std::vector<Id>& tracks = app.document().children(kSongId, Kind::track);
  const auto index = std::find(tracks.begin(), tracks.end(), app.current_track()) - tracks.begin();
  const Color color = track_color(app.document(), app.current_track(), int(index));
  {
    const Clip clip(f.notes);
    fill(f.notes, t.color.surface_sunken);
    for (const GridLine& line : grid_lines(app.time(), Tick(std::max(0.0, f.first_tick)), Tick(f.last_tick()) + 1, app.grid().step, f.pixels_per_tick))
      fill({std::floor(f.x_of(double(line.tick))), f.notes.y, 1, f.notes.h},
           line.kind == LineKind::kBar ? t.color.grid_bar : line.kind == LineKind::kBeat ? t.color.grid_beat : t.color.grid_step);
    for (const Placed& one : place_clips(app, f)) draw_clip(app, one, f, color);
    if (placed.empty()) write(f.notes, tr(Text::kAudioEmpty), font_large(), t.color.text_soft, Align::kCentre);
  }
  fill(f.keys, t.color.surface);
  draw_ruler(app);
  draw_playhead(app);
  draw_audio_tools(app, f.tools);
}

}  // namespace arietta::ui
