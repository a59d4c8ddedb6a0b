#include "ui/widgets/text_field.h"

#include "ui/platform/platform.h"

namespace arietta::ui {

bool text_field(Mirror& mirror, const Rect& r, const TextField& field, std::string& text) {
  const Tokens& t = tokens();
  const ItemId id = mirror.id_of(field.name);
  const Press p = press(id, r);
  if (!field.bare) {
    fill(r, t.color.surface_sunken, t.radius);
    outline(r, t.color.line_strong, t.radius, t.line);
  } else if (p.hovered) {
    fill(r, t.color.surface_raised, t.radius);
  }
  if (p.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
  ImFont* font = field.font ? field.font : font_text();
  const Rect inner = inset(r, t.space_2, 0);
  if (text.empty()) write(inner, field.placeholder, font, t.color.text_soft, field.align);
  else write(inner, text, font, t.color.text, field.align);
  if (p.clicked) platform::edit_text(id);
  return mirror.textbox(field.name, r, text);
}

}  // namespace arietta::ui
