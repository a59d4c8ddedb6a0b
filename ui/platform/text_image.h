// Text in scripts our own fonts lack, as a picture: drawn by the machine with whatever fonts it has. In a page that is a
// 2D canvas (text_image_web.cpp). Sizes in device pixels.   [main]
#pragma once
#include <imgui.h>

#include <string_view>

namespace arietta::ui {

struct TextImage {
  ImTextureID texture = nullptr;        // white letters; nullptr: nothing can be drawn now
  int width = 0, height = 0;            // whole lines, and kTextImageMargin of a line above and below them
};
inline constexpr float kTextImageMargin = 0.25f;     // for letters that reach further than ours

// `line` is the height of a line; `wrap` 0: one line, else no line is longer where a word can be broken off.
TextImage make_text_image(std::string_view text, float line, bool bold, float wrap);
void drop_text_image(const TextImage& image);

}  // namespace arietta::ui
