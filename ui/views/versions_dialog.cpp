#include "ui/views/versions_dialog.h"

#include "icons.gen.h"
#include "ui/i18n/text.h"
#include "ui/platform/platform.h"
#include "ui/widgets/button.h"
#include "ui/widgets/dialog.h"

namespace arietta::ui {
namespace {

constexpr float kRow = 60;

void version_row(App& app, const Rect& r, const Version& version) {
  const Tokens& t = tokens();
  Mirror& mirror = app.mirror();
  fill(r, t.color.surface_raised, t.radius);
  const std::string key = std::to_string(version.number);
  const std::string name = version.title.empty() ? tr(Text::kUntitled) : version.title;
  mirror.open(Role::kListItem, name + ", " + version.when, r, key);
  Rect rest = inset(r, t.space_3, t.space_2);
  Button open;
  open.name = open.words = tr(Text::kOpen);
  open.look = Look::kPlain;
  if (button(mirror, take_right(rest, 84, t.space_2), open)) {
    app.dialog = Dialog::kNone;
    platform::open_version(version.number);
  }
  write(take_top(rest, rest.h / 2), name, font_text(), t.color.text);
  write(rest, version.when, font_small(), t.color.text_soft);
  mirror.close();
}

}  // namespace

void draw_versions_dialog(App& app) {
  const Tokens& t = tokens();
  constexpr float kIntro = 52;
  const size_t count = app.versions.size();
  const float height = kIntro + float(std::max<size_t>(1, count)) * (kRow + t.space_2);
  Rect body = begin_dialog(app, tr(Text::kVersions), 560, height);
  write_lines(take_top(body, kIntro), tr(Text::kVersionsIntro), font_text(), t.color.text_soft);
  if (count == 0) write_lines(body, tr(Text::kNoVersions), font_text(), t.color.text);
  app.mirror().open(Role::kList, tr(Text::kVersions), body);
  for (const Version& version : app.versions) version_row(app, take_top(body, kRow, t.space_2), version);
  app.mirror().close();
  end_dialog(app);
}

}  // namespace arietta::ui
