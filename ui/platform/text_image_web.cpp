#include "ui/platform/text_image.h"

#include <GLES2/gl2.h>
#include <emscripten.h>

#include <cstdint>
#include <cstdlib>

// clang-format off
// Gives RGBA on the heap, to be freed by the caller, and its width and height.
EM_JS(uint8_t*, draw_text_image, (const char* text, int count, float line, float margin, int bold, float wrap, int* extent), {
  const lettersInLine = 0.82, baseline = 0.8;      // as in our own font
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const font = (bold ? "600 " : "") + line * lettersInLine + "px system-ui, sans-serif";
  context.font = font;
  const lines = [""];
  let breakAt = 0;
  for (const letter of UTF8ToString(text, count)) {
    const now = lines[lines.length - 1];
    const code = letter.codePointAt(0);
    if (now && (now.endsWith(" ") || (code >= 0x2e80 && code < 0xd7b0))) breakAt = now.length;   // between words, or Chinese and Japanese signs
    lines[lines.length - 1] = now + letter;
    if (!wrap || !breakAt || context.measureText(now + letter).width <= wrap) continue;
    lines[lines.length - 1] = now.slice(0, breakAt);
    lines.push(now.slice(breakAt) + letter);
    breakAt = 0;
  }
  canvas.width = Math.min(2048, Math.ceil(Math.max(...lines.map((one) => context.measureText(one).width))) + 2);
  canvas.height = Math.min(2048, Math.ceil(line * (lines.length + 2 * margin)));
  context.font = font;                             // a canvas of another size has forgotten it
  context.fillStyle = "#fff";
  lines.forEach((one, i) => context.fillText(one, 1, line * (margin + i + baseline)));
  const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
  const at = _malloc(pixels.data.length);
  if (at) HEAPU8.set(pixels.data, at);
  HEAP32[extent >> 2] = canvas.width;
  HEAP32[(extent >> 2) + 1] = canvas.height;
  return at;
});
// clang-format on

namespace arietta::ui {

TextImage make_text_image(std::string_view text, float line, bool bold, float wrap) {
  int extent[2] = {};
  uint8_t* pixels = draw_text_image(text.data(), int(text.size()), line, kTextImageMargin, bold, wrap, extent);
  TextImage image{nullptr, extent[0], extent[1]};
  if (!pixels) return image;
  GLuint texture = 0;
  glGenTextures(1, &texture);
  glBindTexture(GL_TEXTURE_2D, texture);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, image.width, image.height, 0, GL_RGBA, GL_UNSIGNED_BYTE, pixels);
  std::free(pixels);
  image.texture = ImTextureID(intptr_t(texture));
  return image;
}

void drop_text_image(const TextImage& image) {
  const auto texture = GLuint(intptr_t(image.texture));
  if (texture) glDeleteTextures(1, &texture);
}

}  // namespace arietta::ui
