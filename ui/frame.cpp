#include "ui/frame.h"

#include <cmath>

#include "icons.gen.h"
#include "ui/i18n/text.h"
#include "ui/input.h"
#include "ui/views/about_model.h"
#include "ui/views/add_effect_dialog.h"
#include "ui/views/arrange.h"
#include "ui/views/audio_lane.h"
#include "ui/views/automation_lane.h"
#include "ui/views/device_panel.h"
#include "ui/views/doors.h"
#include "ui/views/help_dialog.h"
#include "ui/views/master_meter.h"
#include "ui/views/melody_help.h"
#include "ui/views/more_dialog.h"
#include "ui/views/note_grid.h"
#include "ui/views/notice.h"
#include "ui/views/piano_keys.h"
#include "ui/views/preview.h"
#include "ui/views/settings_dialog.h"
#include "ui/views/share_dialog.h"
#include "ui/views/song_bar.h"
#include "ui/views/track_list.h"
#include "ui/views/transport_bar.h"
#include "ui/views/versions_dialog.h"
#include "ui/widgets/button.h"

namespace arietta::ui {
namespace {

constexpr float kWide = 1240, kMedium = 900;
constexpr float kTall = 620;                    // enough for the arrangement and the piano besides the notes
constexpr float kSongBar = 56, kTransport = 60, kTransportNarrow = 84, kTabs = 56;

Page g_page = Page::kNotes;

float piano_height(float h) { return h < 480 ? 0 : std::clamp(h * 0.14f, 76.f, 116.f); }

// Four pieces in the colour behind it make a rectangle's corners round, whatever was drawn in it.
void round_corners(const Rect& r, float radius, Color behind) {
  constexpr int kSteps = 6;
  const ImVec2 corners[] = {{r.x, r.y}, {right(r), r.y}, {right(r), bottom(r)}, {r.x, bottom(r)}};
  const float signs[][2] = {{1, 1}, {-1, 1}, {-1, -1}, {1, -1}};
  for (int c = 0; c < 4; ++c) {
    const float sx = signs[c][0] * radius, sy = signs[c][1] * radius;
    const auto arc = [&](int i) {
      const float a = float(i) / kSteps * 1.5707963f;
      return ImVec2(corners[c].x + sx * (1 - std::cos(a)), corners[c].y + sy * (1 - std::sin(a)));
    };
    for (int i = 0; i < kSteps; ++i) canvas()->AddTriangleFilled(corners[c], arc(i), arc(i + 1), ink(behind));
  }
}

void draw_panel(App& app, const Rect& r, bool rounded, void (*view)(App&, Rect)) {
  if (r.w <= 0 || r.h <= 0) return;
  const Tokens& t = tokens();
  fill(r, t.color.surface);
  {
    const Clip clip(r);
    view(app, r);
  }
  if (rounded) round_corners(r, t.radius, t.color.background);
  if (t.line > 1) outline(r, t.color.line, t.radius, t.line);
}

void draw_tab(App& app, const Rect& r, Page page, Text name, Text words, const char* icon) {
  const Tokens& t = tokens();
  const Press p = press(tr(name), r);
  const bool on = g_page == page;
  const Color color = on ? t.color.accent : t.color.text_soft;
  if (on) fill({r.x + r.w / 2 - 28, r.y + 5, 56, 28}, t.color.accent_soft, 14);
  Rect rest = inset(r, 0, 6);
  draw_icon(take_top(rest, 26), icon, color);
  write(rest, tr(words), font_small(), color, Align::kCentre);
  if (app.mirror().button(tr(name), r, false, on) || p.clicked) show_page(page);
}

void draw_tabs(App& app, const Rect& r) {
  if (r.h <= 0) return;
  app.mirror().open(Role::kToolbar, tr(Text::kViews), r);
  Rect rest = r;
  const float w = r.w / 3;
  draw_tab(app, take_left(rest, w), Page::kNotes, Text::kViewNotes, Text::kNotesTab, kIconKeyboardMusic);
  draw_tab(app, take_left(rest, w), Page::kTracks, Text::kViewTracks, Text::kTracksTab, kIconListMusic);
  draw_tab(app, rest, Page::kSound, Text::kViewSound, Text::kSoundTab, kIconSlidersVertical);
  app.mirror().close();
}

void draw_dialogs(App& app) {
  switch (app.dialog) {
    case Dialog::kShare: draw_share_dialog(app); break;
    case Dialog::kVersions: draw_versions_dialog(app); break;
    case Dialog::kHelp: draw_help_dialog(app); break;
    case Dialog::kSettings: draw_settings_dialog(app); break;
    case Dialog::kMore: draw_more_dialog(app); break;
    case Dialog::kAboutModel: draw_about_model(app); break;
    case Dialog::kMelodyHelp: draw_melody_help_dialog(app); break;
    case Dialog::kAddEffect: draw_add_effect_dialog(app); break;
    case Dialog::kLoudness: draw_loudness_dialog(app); break;
    case Dialog::kNone: break;
  }
}

// The mirror's element has the focus but cannot be seen: the ring is drawn here.
void draw_focus_ring(App& app) {
  const Item* item = app.mirror().find(app.mirror().keyboard_focus());
  if (!item) return;
  const Tokens& t = tokens();
  const Rect ring = inset(item->rect, -t.focus);
  ImGui::GetForegroundDrawList()->AddRect({ring.x, ring.y}, {right(ring), bottom(ring)}, ink(t.color.focus_ring),
                                          t.radius, 0, t.focus);
}

// Sending focus into a dialog, and back to where it was when the dialog closes.
void follow_dialog_focus(App& app, Dialog before) {
  static ItemId return_to = 0;
  if (app.dialog == before) return;
  if (before == Dialog::kNone) {
    return_to = app.mirror().focused();
    for (const Item& item : app.mirror().items())
      if (item.role == Role::kDialog) app.mirror().focus(item.id);
  } else if (app.dialog == Dialog::kNone && return_to) {
    app.mirror().focus(return_to);
    return_to = 0;
  }
}

}  // namespace

Layout lay_out(const ScreenSize& size, Page page) {
  const Tokens& t = tokens();
  const float gap = t.space_2;
  Layout l;
  Rect rest{0, size.safe_top, size.w, size.h - size.safe_top - size.safe_bottom};
  l.narrow = size.w < kMedium;
  l.song = take_top(rest, kSongBar);
  l.transport = take_top(rest, l.narrow ? kTransportNarrow : kTransport);
  if (l.narrow) {
    l.tabs = take_bottom(rest, kTabs);
    if (page == Page::kTracks) l.tracks = rest;
    if (page == Page::kSound) l.sound = rest;
    if (page != Page::kNotes) return l;
    l.piano = take_bottom(rest, piano_height(size.h), piano_height(size.h) > 0 ? gap : 0);
    l.notes = rest;
    return l;
  }
  rest = inset(rest, gap, 0);
  take_bottom(rest, gap);
  Rect left = take_left(rest, size.w < kWide ? 272 : 300, gap);
  if (size.w < kWide) l.sound = take_bottom(left, std::clamp(left.h * 0.42f, 180.f, 300.f), gap);
  else l.sound = take_right(rest, 288, gap);
  l.tracks = left;
  if (size.h >= kTall) l.arrange = take_top(rest, size.h >= 800 ? 96 : 72, gap);
  const float piano = piano_height(size.h);
  l.piano = take_bottom(rest, piano, piano > 0 ? gap : 0);
  l.notes = rest;
  return l;
}

void show_page(Page page) { g_page = page; }

void draw_frame(App& app, const ScreenSize& size, double now_ms) {
  const Tokens& t = tokens();
  app.update(now_ms);
  update_hearing(app);
  app.mirror().begin_frame();
  Layout l = lay_out(size, g_page);
  const Rect help = take_bottom(l.notes, melody_help_height(app, l.notes), l.narrow ? 1 : t.space_2);
  const Rect automation = take_bottom(l.notes, automation_lane_height(l.notes), l.narrow ? 1 : t.space_2);
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize({size.w, size.h});
  constexpr ImGuiWindowFlags kHost = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                                     ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoScrollWithMouse;
  ImGui::Begin("studio", nullptr, kHost);
  fill({0, 0, size.w, size.h}, t.color.background);

  const bool was_untouched = app.untouched();
  draw_transport_bar(app, l.transport, l.narrow);
  draw_song_bar(app, l.song, l.narrow);
  draw_panel(app, l.tracks, !l.narrow, draw_track_list);
  draw_panel(app, l.arrange, !l.narrow, draw_arrange);
  draw_panel(app, l.notes, !l.narrow, app.audio_track(app.current_track()) ? draw_audio_lane : draw_note_grid);
  draw_panel(app, automation, !l.narrow, draw_automation_lane);
  draw_panel(app, help, !l.narrow, draw_melody_help);
  draw_panel(app, l.piano, !l.narrow, draw_piano_keys);
  draw_panel(app, l.sound, !l.narrow, draw_device_panel);
  draw_tabs(app, l.tabs);

  // The first song waits to be touched: the first tap on it makes it sound.
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const bool on_song = inside(l.notes, mouse.x, mouse.y) || inside(l.arrange, mouse.x, mouse.y);
  const bool hovered = ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem);
  const bool tapped = was_untouched && on_song && hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left);
  ImGui::End();

  if (app.untouched()) draw_doors(app, l.narrow && g_page != Page::kNotes ? Rect{} : l.notes);
  if (tapped) app.play();
  draw_notice(app, size, l);
  draw_dialogs(app);
  draw_focus_ring(app);
  app.mirror().end_frame();
  static Dialog dialog_before = Dialog::kNone;
  follow_dialog_focus(app, dialog_before);
  if (dialog_before != app.dialog) app.touch_screen();
  dialog_before = app.dialog;
}

}  // namespace arietta::ui
