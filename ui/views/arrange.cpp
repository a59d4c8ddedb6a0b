#include "ui/views/arrange.h"

#include <algorithm>
#include <cmath>

#include "ui/i18n/text.h"
#include "ui/views/audio_lane.h"
#include "ui/views/grid_lines.h"
#include "ui/views/note_grid_state.h"
#include "ui/views/track_colors.h"
#include "ui/widgets/draw.h"

namespace arietta::ui {
namespace {

constexpr float kTallestRow = 14, kGrip = 10;

// One stroke per pixel column and pitch level at most: a song of any length costs the same to draw.
struct Stroke { float x, y, w; int track; };
struct Picture {
  const App* app = nullptr;
  uint64_t revision = 0;
  Rect rect;
  std::vector<Stroke> strokes;
};

struct Map {
  Rect rect;
  double length = 1;                    // ticks from edge to edge

  float x(double tick) const { return rect.x + float(tick / length) * rect.w; }
  double tick(float at) const { return double(at - rect.x) / double(rect.w) * length; }
};

Map song_map(const App& app, const Rect& rect) {
  const Tick last = std::max(app.length(), Tick(note_grid_state().frame.last_tick()) / 4);
  const BarBeat end = app.time().bar_at(last);
  const bool on_bar = end.beat == 0 && end.rest == 0;
  return {rect, double(app.time().tick_of_bar(end.bar + (on_bar ? 0 : 1)))};
}

float row_height(const App& app, const Rect& rect) {
  const size_t tracks = std::max<size_t>(1, app.document().children(kSongId, Kind::track).size());
  return std::min(kTallestRow, rect.h / float(tracks));
}

Rect row_of(const App& app, const Rect& rect, int track) {
  const float height = row_height(app, rect);
  const float all = height * float(app.document().children(kSongId, Kind::track).size());
  return {rect.x, rect.y + (rect.h - all) / 2 + float(track) * height, rect.w, height};
}

const std::vector<Stroke>& picture_of(const App& app, const Map& map) {
  static Picture picture;
  if (picture.app == &app && picture.revision == app.revision() && picture.rect == map.rect) return picture.strokes;
  picture = {&app, app.revision(), map.rect, {}};
  const std::vector<Id>& tracks = app.document().children(kSongId, Kind::track);
  for (int t = 0; t < int(tracks.size()); ++t) {
    const TrackNotes& notes = note_grid_state().notes.of(app, tracks[size_t(t)]);
    const Rect row = inset(row_of(app, map.rect, t), 0, 1);
    const int levels = std::max(1, int(row.h));
    const float span_of_keys = float(std::max(1, notes.highest_key - notes.lowest_key));
    std::vector<float> filled(size_t(levels), -1);      // how far each level is painted
    for (const SongNote& note : notes.notes) {
      const float part = float(notes.highest_key - note.key) / span_of_keys;
      const size_t level = size_t(std::clamp(int(part * float(levels - 1) + 0.5f), 0, levels - 1));
      const float x0 = std::max(map.x(double(note.start)), filled[level]), x1 = std::max(map.x(double(note.end)), x0 + 1);
      if (x1 - filled[level] < 1) continue;
      picture.strokes.push_back({x0, row.y + float(level) * row.h / float(levels), x1 - x0 - (x1 - x0 > 3 ? 0.5f : 0), t});
      filled[level] = x1;
    }
  }
  return picture.strokes;
}

void draw_clips(const App& app, const Map& map) {
  const std::vector<Id>& tracks = app.document().children(kSongId, Kind::track);
  for (int t = 0; t < int(tracks.size()); ++t) {
    const bool chosen = tracks[size_t(t)] == app.current_track();
    const Color color = track_color(app.document(), tracks[size_t(t)], t);
    for (Id id : app.document().children(tracks[size_t(t)], Kind::clip)) {
      const arietta::Clip clip = read_clip(app.document(), id);
      Rect r = row_of(app, map.rect, t);
      r.x = map.x(double(clip.start)), r.w = map.x(double(clip.start + clip.length)) - r.x - 1, r.h -= 1;
      fill(r, color, std::min(3.f, r.h / 3), chosen ? 0.34f : 0.16f);
    }
    for (Id id : app.document().children(tracks[size_t(t)], Kind::audio_clip)) {
      const AudioClip clip = read_audio_clip(app.document(), id);
      if (clip.mute) continue;
      const Tick end = audio_clip_end(app.document(), app.time(), clip);
      Rect r = row_of(app, map.rect, t);
      r.x = map.x(double(clip.start)), r.w = map.x(double(end)) - r.x - 1, r.h -= 1;
      fill(r, color, std::min(3.f, r.h / 3), chosen ? 0.34f : 0.16f);
      draw_waveform(app, clip, r, double(clip.start), double(end), color, 0.9f);
    }
  }
}

struct Window { float x0, x1; };

Window view_window(const Map& map) {
  const GridFrame& frame = note_grid_state().frame;
  return {std::max(map.rect.x, map.x(frame.first_tick)), std::min(right(map.rect), map.x(frame.last_tick()))};
}

void draw_window(const Map& map, const Window& window, bool active) {
  const Tokens& t = tokens();
  fill({map.rect.x, map.rect.y, window.x0 - map.rect.x, map.rect.h}, t.color.background, 0, 0.5f);
  fill({window.x1, map.rect.y, right(map.rect) - window.x1, map.rect.h}, t.color.background, 0, 0.5f);
  outline({window.x0, map.rect.y, std::max(3.f, window.x1 - window.x0), map.rect.h}, active ? t.color.accent : t.color.line_strong,
          t.radius_small, active ? t.focus : 1.5f);
}

// Takes the window along; a press beside it brings it under the pointer first.
void drag(App& app, const Map& map, const Press& p) {
  static float grabbed = 0;             // where in the window the pointer holds it, in ticks
  const float at = ImGui::GetIO().MousePos.x;
  const double shown = note_grid_state().frame.last_tick() - note_grid_state().frame.first_tick;
  const Window window = view_window(map);
  if (p.went_down) {
    const bool on_window = at >= window.x0 - kGrip && at <= window.x1 + kGrip;
    grabbed = on_window ? float(map.tick(at) - app.grid().first_tick) : float(shown / 2);
  }
  if (p.held) app.grid().first_tick = std::max(0.0, map.tick(at) - double(grabbed));
}

void mirror_window(App& app, const Map& map, const Rect& area) {
  const GridFrame& frame = note_grid_state().frame;
  const auto bar = [&](double tick) { return double(app.time().bar_at(Tick(std::max(0.0, tick))).bar + 1); };
  double first = bar(frame.first_tick);
  const double last = std::max(first, bar(frame.last_tick() - 1)), all = std::max(last, bar(map.length - 1));
  const auto text = [](double number) { return std::to_string(int64_t(number)); };
  if (app.mirror().slider(tr(Text::kArrangement), area, first, 1, all, 1, tr(Text::kArrangementWords, text(first), text(last), text(all))))
    app.grid().first_tick = double(app.time().tick_of_bar(int64_t(first) - 1));
}

}  // namespace

void draw_arrange(App& app, Rect area) {
  const Tokens& t = tokens();
  if (area.w <= 0 || area.h <= 0) return;
  const Rect strip = inset(area, t.space_2, t.space_1);
  fill(strip, t.color.surface_sunken, t.radius_small);
  const Map map = song_map(app, inset(strip, t.space_1, 3));
  const Press p = press("arrange", area);
  drag(app, map, p);

  const Clip clip(strip);
  for (const GridLine& line : grid_lines(app.time(), 0, Tick(map.length), 0, double(map.rect.w) / map.length, 40))
    if (line.kind == LineKind::kBar) fill({std::floor(map.x(double(line.tick))), strip.y, 1, strip.h}, t.color.grid_step);
  draw_clips(app, map);
  const std::vector<Id>& tracks = app.document().children(kSongId, Kind::track);
  for (const Stroke& stroke : picture_of(app, map))
    fill({stroke.x, stroke.y, stroke.w, std::max(1.f, std::min(2.f, row_height(app, map.rect) / 4))},
         track_color(app.document(), tracks[size_t(stroke.track)], stroke.track));
  draw_window(map, view_window(map), p.hovered || p.held);
  fill({std::floor(map.x(app.song_tick())), strip.y, 2, strip.h}, t.color.playhead);
  mirror_window(app, map, area);
}

}  // namespace arietta::ui
