#include "ui/views/share_dialog.h"

#include <algorithm>
#include <cmath>

#include "icons.gen.h"
#include "ui/commands.h"
#include "ui/i18n/text.h"
#include "ui/platform/platform.h"
#include "ui/widgets/button.h"
#include "ui/widgets/dialog.h"
#include "ui/widgets/text_field.h"

namespace arietta::ui {
namespace {

constexpr float kQrSide = 208, kRow = 44;

// Longest messages the places take that people paste links into.
constexpr size_t kDiscord = 2000, kSlack = 8000;

struct Shared {                          // made once per revision: a link takes a compression, a QR code a search
  uint64_t revision = ~uint64_t(0);
  std::string link, error, qr;
};

const Shared& shared(const App& app) {
  static Shared kept;
  if (kept.revision == app.revision()) return kept;
  kept = {};
  kept.revision = app.revision();
  const Result<std::string> link = app.link();
  if (link) kept.link = platform::page_address() + link.value();
  else kept.error = link.error().message;
  if (!kept.link.empty()) kept.qr = platform::qr(kept.link);
  return kept;
}

Text fits(const Shared& s) {
  if (!s.qr.empty()) return Text::kFitsEverywhere;
  if (s.link.size() <= kDiscord) return Text::kFitsChat;
  return s.link.size() <= kSlack ? Text::kFitsMail : Text::kFitsSome;
}

// Dark modules on white with a margin of four, in every theme: cameras expect it.
void draw_qr(App& app, const Rect& area, const std::string& rows) {
  const Tokens& t = tokens();
  const size_t modules = rows.find('\n');
  fill(area, rows.empty() ? t.color.surface_raised : 0xffffffff, t.radius);
  if (modules == std::string::npos || modules == 0) {
    const Rect inner = inset(area, t.space_4);
    write_lines({inner.x, inner.y + inner.h / 2 - t.text, inner.w, inner.h}, tr(Text::kNoQrCode), font_small(), t.color.text_soft);
    return;
  }
  // Whole device pixels, or a camera sees uneven modules. Neighbours in a row are drawn as one.
  const float pixel = 1 / ImGui::GetIO().DisplayFramebufferScale.x;
  const float side = std::max(pixel, std::floor(area.w / float(modules + 8) / pixel) * pixel);
  const Rect code = centred(area, side * float(modules), side * float(modules));
  const float left = std::floor(code.x / pixel) * pixel, top = std::floor(code.y / pixel) * pixel;
  for (size_t y = 0; y < modules; ++y)
    for (size_t x = 0; x < modules;) {
      const auto dark = [&](size_t at) { return at < modules && y * (modules + 1) + at < rows.size() && rows[y * (modules + 1) + at] == '1'; };
      size_t end = x;
      while (dark(end)) ++end;
      if (end > x) fill({left + float(x) * side, top + float(y) * side, float(end - x) * side, side}, 0x000000ff);
      x = std::max(end, x + 1);
    }
  Item image;
  image.role = Role::kImage, image.name = tr(Text::kQrCode), image.rect = area;
  app.mirror().add(std::move(image));
}

void file_button(App& app, const Rect& r, Text name, const char* icon, const char* command) {
  Button b;
  b.name = b.words = tr(name);
  b.icon = icon;
  b.look = Look::kPlain;
  if (button(app.mirror(), r, b)) run_command(app, command);
}

void link_part(App& app, Rect area, const Shared& s) {
  const Tokens& t = tokens();
  if (s.link.empty()) {
    write_lines(area, s.error.empty() ? tr(Text::kShareTooLong) : s.error, font_text(), t.color.text);
    return;
  }
  const float intro = write_lines(area, tr(Text::kShareIntro), font_text(), t.color.text_soft);
  take_top(area, intro, t.space_3);
  std::string text = s.link;
  TextField field;
  field.name = tr(Text::kLink);
  text_field(app.mirror(), take_top(area, kRow, t.space_2), field, text);   // what is typed into it changes nothing
  Button copy;
  copy.name = copy.words = tr(Text::kCopyLink);
  copy.icon = kIconCopy;
  copy.look = Look::kAccent;
  if (button(app.mirror(), take_top(area, kRow, t.space_3), copy)) run_command(app, "copy_link");
  write(take_top(area, 20), tr(Text::kLinkSize, std::to_string(s.link.size())), font_small(), t.color.text_soft);
  write_lines(area, tr(fits(s)), font_small(), t.color.text_soft);
}

void file_part(App& app, Rect area) {
  const Tokens& t = tokens();
  write(take_top(area, 24, t.space_2), tr(Text::kKeepACopy), font_large(), t.color.text);
  const float half = (area.w - t.space_2) / 2;
  Rect row = take_top(area, kRow, t.space_2);
  file_button(app, take_left(row, half, t.space_2), Text::kDownloadProject, kIconDownload, "save");
  file_button(app, row, Text::kExportMidi, kIconFileMusic, "save_midi");
  row = take_top(area, kRow);
  file_button(app, take_left(row, half, t.space_2), Text::kExportWav, kIconAudioWaveform, "export_wav");
  file_button(app, row, Text::kExportStems, kIconLayers, "export_stems");
}

}  // namespace

void draw_share_dialog(App& app) {
  const Tokens& t = tokens();
  const Shared& s = shared(app);
  const bool narrow = ImGui::GetIO().DisplaySize.x < 620;
  const float files = 24 + 2 * kRow + 2 * t.space_2, link = kQrSide;
  const float height = (narrow ? link + kQrSide + t.space_4 : link) + t.space_6 + files + t.space_2;
  Rect body = begin_dialog(app, tr(Text::kShare), 640, height);
  Rect top = take_top(body, narrow ? link + kQrSide + t.space_4 : link, t.space_6);
  const Rect qr = narrow ? take_bottom(top, kQrSide, t.space_4) : take_right(top, kQrSide, t.space_6);
  link_part(app, top, s);
  draw_qr(app, centred(qr, kQrSide, kQrSide), s.qr);
  file_part(app, body);
  end_dialog(app);
}

}  // namespace arietta::ui
