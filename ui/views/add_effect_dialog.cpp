#include "ui/views/add_effect_dialog.h"

#include <algorithm>
#include <iterator>

#include "icons.gen.h"
#include "ui/effects.h"
#include "ui/i18n/text.h"
#include "ui/widgets/dialog.h"

namespace arietta::ui {
namespace {

constexpr float kWidth = 560, kRow = 60, kHeading = 34;

struct Entry { DeviceKind kind; Text group; Text about; const char* icon; };

// By what people want, most wanted first.
constexpr Entry kEntries[] = {
    {DeviceKind::reverb, Text::kGroupSpace, Text::kAboutReverb, kIconSparkles},
    {DeviceKind::delay, Text::kGroupSpace, Text::kAboutDelay, kIconRepeat},
    {DeviceKind::convolution, Text::kGroupSpace, Text::kAboutConvolution, kIconLayers},
    {DeviceKind::eq, Text::kGroupTone, Text::kAboutEq, kIconSlidersVertical},
    {DeviceKind::filter, Text::kGroupTone, Text::kAboutFilter, kIconAudioWaveform},
    {DeviceKind::drive, Text::kGroupTone, Text::kAboutDrive, kIconGuitar},
    {DeviceKind::crusher, Text::kGroupTone, Text::kAboutCrusher, kIconShuffle},
    {DeviceKind::chorus, Text::kGroupMovement, Text::kAboutChorus, kIconWaves},
    {DeviceKind::phaser, Text::kGroupMovement, Text::kAboutPhaser, kIconWaves},
    {DeviceKind::flanger, Text::kGroupMovement, Text::kAboutFlanger, kIconWaves},
    {DeviceKind::tremolo, Text::kGroupMovement, Text::kAboutTremolo, kIconActivity},
    {DeviceKind::compressor, Text::kGroupLevel, Text::kAboutCompressor, kIconGauge},
    {DeviceKind::gate, Text::kGroupLevel, Text::kAboutGate, kIconFoldHorizontal},
    {DeviceKind::width, Text::kGroupLevel, Text::kAboutWidth, kIconMoveHorizontal},
};

struct Choice { DeviceKind kind; Text group; std::string_view about; const char* icon; };

// Those of the table above, then effects nobody has described.
std::vector<Choice> choices() {
  std::vector<Choice> all;
  for (const Entry& entry : kEntries) all.push_back({entry.kind, entry.group, tr(entry.about), entry.icon});
  for (const DeviceInfo& device : kDevices) {
    const bool known = std::any_of(std::begin(kEntries), std::end(kEntries), [&](const Entry& e) { return e.kind == device.kind; });
    if (!known && is_chain_effect(device.kind)) all.push_back({device.kind, Text::kGroupOther, {}, kIconSlidersHorizontal});
  }
  return all;
}

// Draws one; true when it was chosen.
bool draw_choice(App& app, const Rect& r, const Choice& choice) {
  const Tokens& t = tokens();
  const std::string_view name = find_device(choice.kind)->label;
  const Press p = press(app.mirror().id_of(name), r);
  fill(r, t.color.surface_raised, t.radius);
  if (p.hovered || p.held) fill(r, t.color.text, t.radius, 0.08f);
  if (t.line > 1) outline(r, t.color.line_strong, t.radius, t.line);
  Rect rest = inset(r, t.space_2, t.space_2);
  const Rect badge = centred(take_left(rest, 36, t.space_2), 36, 36);
  fill(badge, t.color.accent_soft, t.radius);
  draw_icon(badge, choice.icon, t.color.accent);
  if (choice.about.empty()) {
    write(rest, name, font_text(), t.color.text);
  } else {
    write(take_top(rest, rest.h / 2), name, font_text(), t.color.text);
    write(rest, choice.about, font_small(), t.color.text_soft);
  }
  return app.mirror().button(name, r, false, -1, {}, choice.about) || p.clicked;
}

}  // namespace

void draw_add_effect_dialog(App& app) {
  const Tokens& t = tokens();
  const std::vector<Choice> all = choices();
  const float screen = ImGui::GetIO().DisplaySize.x;
  const int across = screen < kWidth ? 1 : 2;
  float height = 0;
  for (size_t i = 0, end; i < all.size(); i = end) {
    for (end = i; end < all.size() && all[end].group == all[i].group;) ++end;
    height += kHeading + float((int(end - i) + across - 1) / across) * (kRow + t.space_2);
  }
  Rect body = begin_dialog(app, tr(Text::kAddEffect), kWidth, height);
  const float width = (body.w - float(across - 1) * t.space_2) / float(across);
  DeviceKind wanted = DeviceKind::none;
  for (size_t i = 0, end; i < all.size(); i = end) {
    for (end = i; end < all.size() && all[end].group == all[i].group;) ++end;
    const int rows = (int(end - i) + across - 1) / across;
    write(take_top(body, kHeading), tr(all[i].group), font_small(), t.color.text_soft);
    app.mirror().open(Role::kGroup, tr(all[i].group), {body.x, body.y, body.w, float(rows) * (kRow + t.space_2)});
    for (size_t k = i; k < end; ++k) {
      const int place = int(k - i);
      const Rect r{body.x + float(place % across) * (width + t.space_2), body.y + float(place / across) * (kRow + t.space_2), width, kRow};
      if (draw_choice(app, r, all[k])) wanted = all[k].kind;
    }
    app.mirror().close();
    take_top(body, float(rows) * (kRow + t.space_2));
  }
  end_dialog(app);
  if (wanted == DeviceKind::none) return;
  app.dialog = Dialog::kNone;
  if (add_effect(app, app.sound_owner(), wanted)) app.mirror().say(tr(Text::kEditAddEffect, find_device(wanted)->label));
}

}  // namespace arietta::ui
