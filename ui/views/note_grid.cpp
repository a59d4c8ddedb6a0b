#include "ui/views/note_grid.h"

#include <algorithm>
#include <cmath>

#include "ui/i18n/text.h"
#include "ui/input.h"
#include "ui/views/note_grid_draw.h"
#include "ui/views/note_grid_input.h"
#include "ui/views/note_grid_mirror.h"
#include "ui/views/note_grid_tools.h"
#include "ui/views/suggestion_ghosts.h"
#include "ui/widgets/draw.h"

namespace arietta::ui {
namespace {

constexpr float kCompactWidth = 640;
constexpr float kLaneHeight = 92;

GridFrame lay_out(App& app, Rect area) {
  const float lane = note_grid_state().lane_open ? kLaneHeight : 0;
  GridFrame frame = make_grid_frame(app.grid(), area, area.w < kCompactWidth, lane, tokens().touch + tokens().space_1);
  clamp_view(app.grid(), frame);
  frame.first_tick = app.grid().first_tick;
  frame.top_key = app.grid().top_key;
  frame.key_height = app.grid().key_height;
  frame.pixels_per_tick = app.grid().pixels_per_quarter / double(kTicksPerQuarter);
  return frame;
}

// Puts the track's notes in the middle; an empty track shows the octaves around middle C.
void centre_keys(App& app, const GridFrame& frame, const TrackNotes& notes) {
  const bool drums = is_drum_track(app.document(), app.current_track());
  const int low = notes.notes.empty() ? (drums ? 36 : 55) : notes.lowest_key;
  const int high = notes.notes.empty() ? (drums ? 51 : 72) : notes.highest_key;
  app.grid().top_key = float(low + high) / 2 + frame.notes.h / app.grid().key_height / 2;
}

// A song nobody has scrolled yet: about four bars (two on a phone), rows as high as its range allows.
void fit_first_view(App& app, const GridFrame& frame) {
  GridView& view = app.grid();
  const bool compact = frame.all.w < kCompactWidth;
  const Entity& song = app.document().song();
  const Tick loop = song.integer(field::song::loop_end) - song.integer(field::song::loop_start);
  const Tick bar = app.time().ticks_per_bar_at(0), most = (compact ? 2 : 4) * bar;
  const Tick shown = std::clamp(loop > 0 ? loop : most, bar, most);
  view.first_tick = loop > 0 ? double(song.integer(field::song::loop_start)) : 0;
  constexpr double kRoom = 0.98;                         // the last note does not touch the edge
  view.pixels_per_quarter = kRoom * double(frame.notes.w) / (double(shown) / double(kTicksPerQuarter));
  const TrackNotes& notes = note_grid_state().notes.of(app, app.current_track());
  const float rows = float(std::max(notes.highest_key - notes.lowest_key + 3, 15));
  view.key_height = std::clamp(std::floor(frame.notes.h / rows), input().coarse ? 22.f : 18.f, 28.f);
  view.fitted = true;
}

void bring_track_into_view(App& app, const GridFrame& frame) {
  NoteGridState& state = note_grid_state();
  const Id track = app.current_track();
  if (track == state.fitted_track) return;
  state.fitted_track = track;
  const TrackNotes& notes = state.notes.of(app, track);
  const auto visible = std::count_if(notes.notes.begin(), notes.notes.end(), [&](const SongNote& note) {
    return note.key < frame.highest_key() && note.key > frame.lowest_key();
  });
  if (size_t(visible) * 4 < notes.notes.size() * 3 || notes.notes.empty()) centre_keys(app, frame, notes);
}

// When the playhead runs or jumps out of what was shown, the view goes along; when a person scrolls away from it, they
// are left in peace. `last` is the frame drawn before.
void follow_playhead(App& app, const GridFrame& last) {
  NoteGridState& state = note_grid_state();
  const double tick = app.song_tick();
  const auto shown = [&](double t) { return t >= last.first_tick && t < last.last_tick(); };
  const bool left_by_itself = last.notes.w > 0 && shown(state.playhead_tick) && !shown(tick);
  state.playhead_tick = tick;
  if (left_by_itself && state.drag.action == GridAction::kNone)
    app.grid().first_tick = double(app.time().tick_of_bar(app.time().bar_at(Tick(tick)).bar));
}

void draw_hint(App& app) {
  NoteGridState& state = note_grid_state();
  if (!state.notes.of(app, app.current_track()).notes.empty() || state.drag.action != GridAction::kNone) return;
  write(state.frame.notes, tr(input().coarse ? Text::kTapToAddNote : Text::kClickToAddNote), font_large(), tokens().color.text_soft,
        Align::kCentre);
}

}  // namespace

NoteGridState& note_grid_state() {
  static NoteGridState state;
  return state;
}

void grid_forget() { note_grid_state() = {}; }

void draw_note_grid(App& app, Rect area) {
  NoteGridState& state = note_grid_state();
  if (area.w <= 0 || area.h <= 0) return;
  follow_playhead(app, state.frame);
  state.frame = lay_out(app, area);
  if (!app.grid().fitted) {             // another song: what was grabbed is gone
    state.drag = {};
    fit_first_view(app, state.frame);
    centre_keys(app, state.frame, state.notes.of(app, app.current_track()));
    state.fitted_track = app.current_track();
  }
  state.frame = lay_out(app, area);
  bring_track_into_view(app, state.frame);
  bring_suggestion_into_view(app, state.frame);
  state.frame = lay_out(app, area);
  note_grid_pointer(app);
  mirror_note_grid(app);
  state.frame = lay_out(app, area);

  {
    const Clip clip(state.frame.notes);
    draw_grid_background(app);
    draw_ghost_notes(app);
    draw_notes(app);
    draw_suggestion(app);
    draw_cursor(app);
    draw_hint(app);
    if (state.drag.action == GridAction::kBox) {
      fill(state.drag.box, tokens().color.accent, tokens().radius_small, 0.12f);
      outline(state.drag.box, tokens().color.accent, tokens().radius_small);
    }
  }
  draw_grid_keys(app, sounding_keys(app, state.notes));
  draw_velocity_lane(app);
  draw_ruler(app);
  draw_playhead(app);
  draw_grid_tools(app);
}

}  // namespace arietta::ui
