#include "ui/views/piano_keys.h"

#include <algorithm>
#include <cmath>

#include "icons.gen.h"
#include "song/scale.h"
#include "ui/i18n/text.h"
#include "ui/input.h"
#include "ui/keys.h"
#include "ui/views/note_colors.h"
#include "ui/views/note_names.h"
#include "ui/views/preview.h"
#include "ui/views/sounding.h"
#include "ui/widgets/button.h"
#include "ui/widgets/combo.h"

namespace arietta::ui {
namespace {

constexpr float kWhiteWidth = 46;       // about; the keys share the width evenly
constexpr int kFewestWhites = 8, kMostWhites = 29;
constexpr float kBlackWidth = 0.65f, kBlackHeight = 0.6f;
constexpr float kSoftest = 0.35f;       // at the upper end of a key; the lower end is as loud as it gets
constexpr int kMirrorKeys = 24;
constexpr int kWhitesBefore[12] = {0, 1, 1, 2, 2, 3, 4, 4, 5, 5, 6, 6};

struct Keyboard {
  Rect rect;
  int first = 60, last = 72;            // both white
  float white_width = kWhiteWidth;

  Rect key(int k) const {
    const int octaves = k / 12 - first / 12, whites = octaves * 7 + kWhitesBefore[k % 12];
    if (!is_black_key(k)) return {rect.x + float(whites) * white_width, rect.y, white_width, rect.h};
    const float width = white_width * kBlackWidth;
    return {rect.x + float(whites) * white_width - width / 2, rect.y, width, rect.h * kBlackHeight};
  }
  int at(float x, float y) const {      // -1 beside the keys
    if (!inside(rect, x, y)) return -1;
    const int white = std::clamp(int((x - rect.x) / white_width), 0, 7 * 11);
    constexpr int kWhiteKeys[7] = {0, 2, 4, 5, 7, 9, 11};
    const int near = first + white / 7 * 12 + kWhiteKeys[white % 7];
    for (int k : {near - 1, near + 1})
      if (k >= first && k <= last && is_black_key(k) && inside(key(k), x, y)) return k;
    return std::min(near, last);
  }
  float velocity(int k, float y) const { return kSoftest + (1 - kSoftest) * std::clamp((y - rect.y) / key(k).h, 0.f, 1.f); }
};

// Which key each pointer holds: the mouse under kFromMouse, fingers under their id.
std::unordered_map<int, int>& held_keys() {
  static std::unordered_map<int, int> held;
  return held;
}

Keyboard lay_out(const App& app, Rect rect) {
  Keyboard keyboard;
  const int whites = std::clamp(int(std::lround(rect.w / kWhiteWidth)), kFewestWhites, kMostWhites);
  int octave = app.keyboard_octave();
  if (whites >= 21) --octave;           // room on both sides of the octave the computer keys play
  const int most = (whites - 1) / 7;
  octave = std::clamp(octave, -1, 8 - most);
  keyboard.rect = rect;
  keyboard.first = (octave + 1) * 12;
  constexpr int kWhiteKeys[7] = {0, 2, 4, 5, 7, 9, 11};
  keyboard.last = std::min(127, keyboard.first + (whites - 1) / 7 * 12 + kWhiteKeys[(whites - 1) % 7]);
  keyboard.white_width = rect.w / float(whites);
  return keyboard;
}

// A pointer plays what lies under it; gliding to another key lets go of the last one.
void point(App& app, const Keyboard& keyboard, int source, float x, float y, bool down) {
  const int key = down ? keyboard.at(x, y) : -1;
  const auto held = held_keys().find(source);
  const int before = held == held_keys().end() ? -1 : held->second;
  if (key == before) return;
  if (key >= 0) app.key_down(key, keyboard.velocity(key, y), source);
  if (before >= 0) app.key_up(before, source);
  if (key >= 0) held_keys()[source] = key;
  else held_keys().erase(source);
}

void pointers(App& app, const Keyboard& keyboard) {
  const Press mouse = press("piano", keyboard.rect);
  const Input& in = input();
  const ImVec2 at = ImGui::GetIO().MousePos;
  point(app, keyboard, kFromMouse, at.x, at.y, mouse.held && !in.mouse_is_touch);
  const bool covered = app.dialog != Dialog::kNone || combo_is_open();
  for (const Touch& touch : in.touches) {
    const bool here = inside(keyboard.rect, touch.start_x, touch.start_y) && !covered;
    point(app, keyboard, touch.id, touch.x, touch.y, here && touch.phase != TouchPhase::kUp);
  }
  // A finger that left without a word (the page lost it) must not leave its note behind.
  for (auto it = held_keys().begin(); it != held_keys().end();) {
    const int source = it->first;
    const bool there = source == kFromMouse || std::any_of(in.touches.begin(), in.touches.end(), [&](const Touch& t) { return t.id == source; });
    if (!there) app.key_up(it->second, source);
    it = there ? std::next(it) : held_keys().erase(it);
  }
}

Color key_color(const App& app, int key, bool sounds) {
  const Palette& c = tokens().color;
  if (sounds) return pitch_color(key);
  const Color plain = is_black_key(key) ? c.key_black : c.key_white;
  const Entity& song = app.document().song();
  if (!song.integer(field::song::easy_scale) || is_drum_track(app.document(), app.current_track())) return plain;
  const int scale = int(std::clamp<int64_t>(song.integer(field::song::scale), 0, kScaleCount - 1));
  return in_scale(scale, int(song.integer(field::song::key_root)), key) ? plain : mix(plain, c.background, 0.2f);
}

void draw_key(const App& app, const Keyboard& keyboard, int key, bool sounds) {
  const Tokens& t = tokens();
  const bool black = is_black_key(key);
  const Rect whole = keyboard.key(key);
  const Rect r = black ? whole : Rect{whole.x + 0.5f, whole.y, whole.w - 1, whole.h - 1};
  const Color color = key_color(app, key, sounds);
  const float radius = black ? t.radius_small : t.radius - 2, lip = sounds ? 0 : black ? 6.f : 5.f;
  const auto part = [&](float height, Color c) {
    canvas()->AddRectFilled({r.x, r.y}, {right(r), r.y + height}, ink(c), radius, ImDrawFlags_RoundCornersBottom);
  };
  part(r.h, black ? mix(color, t.color.text, 0.16f) : mix(color, t.color.key_black, 0.2f));   // a lower edge: it could go down
  part(r.h - lip, color);
  const Color words = readable_on(color);
  Rect rest = inset(r, 0, t.space_2);
  const std::string_view letter = input().coarse ? std::string_view() : piano_letter(app, key);
  if (!black && (key % 12 == 0 || sounds)) write(take_bottom(rest, t.text_small + 2), key_name(key), font_small(), words, Align::kCentre);
  else if (!black) take_bottom(rest, t.text_small + 2);
  if (!letter.empty()) write(take_bottom(rest, t.text_small + 4), letter, font_small(), mix(color, words, 0.65f), Align::kCentre);
}

void octave_button(App& app, const Rect& r, Text name, const char* icon, int by) {
  Button b;
  b.name = tr(name);
  b.icon = icon;
  b.disabled = app.keyboard_octave() + by < 0 || app.keyboard_octave() + by > 8;
  if (button(app.mirror(), r, b)) app.set_keyboard_octave(app.keyboard_octave() + by);
}

}  // namespace

void draw_piano_keys(App& app, Rect area) {
  const Tokens& t = tokens();
  if (area.w <= 0 || area.h <= 0) return;
  app.mirror().open(Role::kGroup, tr(Text::kPiano), area);
  Rect rest = inset(area, t.space_1, 0);
  Rect buttons = take_left(rest, t.touch, t.space_1);
  octave_button(app, take_top(buttons, std::min(t.touch, buttons.h / 2)), Text::kOctaveUp, kIconChevronUp, 1);
  octave_button(app, take_bottom(buttons, std::min(t.touch, buttons.h)), Text::kOctaveDown, kIconChevronDown, -1);

  const Keyboard keyboard = lay_out(app, inset(rest, 0, t.space_1));
  pointers(app, keyboard);
  static NoteIndex notes;
  const KeySet sounding = sounding_keys(app, notes);
  fill({keyboard.rect.x, keyboard.rect.y, keyboard.rect.w, keyboard.rect.h - t.radius}, t.color.line_strong);   // shows between the keys
  for (bool black : {false, true})
    for (int key = keyboard.first; key <= keyboard.last; ++key)
      if (is_black_key(key) == black) draw_key(app, keyboard, key, sounding.test(size_t(key)));
  for (int key = keyboard.first; key <= keyboard.last && key < keyboard.first + kMirrorKeys; ++key)
    if (app.mirror().button(key_name(key), keyboard.key(key))) hear(app, key, 100);
  app.mirror().close();
}

}  // namespace arietta::ui
