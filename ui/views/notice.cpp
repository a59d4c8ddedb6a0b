#include "ui/views/notice.h"

#include "icons.gen.h"
#include "ui/i18n/text.h"
#include "ui/widgets/button.h"
#include "ui/widgets/layer.h"

namespace arietta::ui {

void draw_notice(App& app, const ScreenSize& size, const Layout& layout) {
  const bool error = !app.last_error.empty();
  std::string& words = error ? app.last_error : app.notice;
  if (words.empty()) return;
  const Tokens& t = tokens();
  const float width = std::min(size.w - 2 * t.space_3, 520.f);
  const Rect text_at{0, 0, width - t.icon - t.touch - 4 * t.space_3, 0};
  const float lines = write_lines(text_at, words, font_text(), t.color.text, false);
  const float height = std::max(t.touch + t.space_2, lines + 2 * t.space_4);
  const Rect card{(size.w - width) / 2, bottom(layout.transport) + t.space_2, width, height};

  const Layer layer("notice", card);
  fill(card, t.color.surface_raised, t.radius_large);
  outline(card, error ? t.color.danger : t.color.line_strong, t.radius_large, t.line);
  Item status;
  status.role = Role::kStatus, status.name = tr(error ? Text::kError : Text::kNews), status.text = words, status.rect = card;
  app.mirror().add(std::move(status));
  Rect rest = inset(card, t.space_3, 0);
  draw_icon(take_left(rest, t.icon, t.space_3), error ? kIconTriangleAlert : kIconInfo, error ? t.color.danger : t.color.accent);
  Button dismiss;
  dismiss.name = tr(Text::kDismiss);
  dismiss.icon = kIconX;
  if (button(app.mirror(), take_right(rest, t.touch, t.space_2), dismiss)) {
    words.clear();
    app.touch_screen();
    return;
  }
  write_lines({rest.x, rest.y + (rest.h - lines) / 2, text_at.w, lines}, words, font_text(), t.color.text);
}

}  // namespace arietta::ui
