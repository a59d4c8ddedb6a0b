// The canvas: SDL2 for pointers, WebGL (2, else 1) through Dear ImGui's own renderer. There is no main loop: the page asks
// for frames. Keys do not come this way, see ui/keys.h.
#include "ui/platform/screen.h"

#define SDL_MAIN_HANDLED
#include <SDL.h>
#include <GLES2/gl2.h>
#include <emscripten/html5.h>
#include <imgui.h>
#include <imgui_impl_opengl3.h>

#include "ui/platform/touches.h"
#include "ui/theme/theme.h"

namespace arietta::ui::screen {
namespace {

constexpr const char* kCanvas = "#canvas";
constexpr float kWheelPixels = 100;        // SDL counts a hundred pixels as one notch

SDL_Window* g_window = nullptr;
EMSCRIPTEN_WEBGL_CONTEXT_HANDLE g_context = 0;
bool g_can_draw = false;
float g_width = 0, g_height = 0;
SDL_Cursor* g_cursors[ImGuiMouseCursor_COUNT] = {};
int g_cursor = -1;

EMSCRIPTEN_WEBGL_CONTEXT_HANDLE make_context(int version) {
  EmscriptenWebGLContextAttributes wanted;
  emscripten_webgl_init_context_attributes(&wanted);
  wanted.majorVersion = version;
  wanted.alpha = wanted.depth = wanted.stencil = wanted.antialias = false;   // ImGui smooths its own edges
  wanted.powerPreference = EM_WEBGL_POWER_PREFERENCE_LOW_POWER;
  return emscripten_webgl_create_context(kCanvas, &wanted);
}

bool start_renderer() {
  emscripten_webgl_make_context_current(g_context);
  emscripten_webgl_enable_extension(g_context, "OES_element_index_uint");   // WebGL 1: more than 65,536 vertices
  return ImGui_ImplOpenGL3_Init("#version 100");                            // runs in WebGL 1 and 2
}

void show_cursor() {
  const int wanted = ImGui::GetMouseCursor();
  if (wanted == g_cursor || wanted < 0) return;
  constexpr SDL_SystemCursor kShapes[ImGuiMouseCursor_COUNT] = {
      SDL_SYSTEM_CURSOR_ARROW, SDL_SYSTEM_CURSOR_IBEAM, SDL_SYSTEM_CURSOR_SIZEALL, SDL_SYSTEM_CURSOR_SIZENS, SDL_SYSTEM_CURSOR_SIZEWE,
      SDL_SYSTEM_CURSOR_SIZENESW, SDL_SYSTEM_CURSOR_SIZENWSE, SDL_SYSTEM_CURSOR_HAND, SDL_SYSTEM_CURSOR_NO};
  if (!g_cursors[wanted]) g_cursors[wanted] = SDL_CreateSystemCursor(kShapes[wanted]);
  SDL_SetCursor(g_cursors[wanted]);
  g_cursor = wanted;
}

int button_of(uint8_t sdl) { return sdl == SDL_BUTTON_LEFT ? 0 : sdl == SDL_BUTTON_RIGHT ? 1 : 2; }

void handle(const SDL_Event& event, float zoom) {
  ImGuiIO& io = ImGui::GetIO();
  switch (event.type) {
    case SDL_MOUSEMOTION:
      mouse_used();
      io.AddMousePosEvent(float(event.motion.x) / zoom, float(event.motion.y) / zoom);
      break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
      mouse_used();
      io.AddMousePosEvent(float(event.button.x) / zoom, float(event.button.y) / zoom);
      io.AddMouseButtonEvent(button_of(event.button.button), event.type == SDL_MOUSEBUTTONDOWN);
      break;
    case SDL_MOUSEWHEEL: wheel(event.wheel.preciseX * kWheelPixels / zoom, -event.wheel.preciseY * kWheelPixels / zoom); break;
    case SDL_WINDOWEVENT:
      if (event.window.event == SDL_WINDOWEVENT_LEAVE) io.AddMousePosEvent(-1e9f, -1e9f);
      break;
    case SDL_FINGERDOWN: touch_down(event.tfinger.fingerId, event.tfinger.x * g_width / zoom, event.tfinger.y * g_height / zoom); break;
    case SDL_FINGERMOTION: touch_move(event.tfinger.fingerId, event.tfinger.x * g_width / zoom, event.tfinger.y * g_height / zoom); break;
    case SDL_FINGERUP: touch_up(event.tfinger.fingerId); break;
    default: break;
  }
}

}  // namespace

bool start(float width, float height, float pixel_ratio) {
  SDL_SetMainReady();
  SDL_SetHint(SDL_HINT_EMSCRIPTEN_KEYBOARD_ELEMENT, "head");   // it must exist, and no key is ever pressed there
  SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
  SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
  if (SDL_Init(SDL_INIT_VIDEO) != 0) return false;
  g_window = SDL_CreateWindow("Arietta", 0, 0, int(width), int(height), SDL_WINDOW_ALLOW_HIGHDPI);
  resize(width, height, pixel_ratio);
  g_context = make_context(2);
  if (g_context <= 0) g_context = make_context(1);
  g_can_draw = g_context > 0 && start_renderer();
  return g_can_draw;
}

void resize(float width, float height, float pixel_ratio) {
  g_width = width, g_height = height;
  if (!g_window) return;
  SDL_SetWindowSize(g_window, int(width), int(height));
  emscripten_set_canvas_element_size(kCanvas, int(width * pixel_ratio + 0.5f), int(height * pixel_ratio + 0.5f));
}

bool read_input(float zoom) {
  begin_touches();
  bool any = false;
  for (SDL_Event event; g_window && SDL_PollEvent(&event);) {
    handle(event, zoom);
    any = true;
  }
  return end_touches() || any;
}

void show() {
  show_cursor();
  if (!g_can_draw) return;
  const ImDrawData* data = ImGui::GetDrawData();
  glViewport(0, 0, GLsizei(data->DisplaySize.x * data->FramebufferScale.x), GLsizei(data->DisplaySize.y * data->FramebufferScale.y));
  ImGui_ImplOpenGL3_NewFrame();             // makes its objects when they are missing
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

void fonts_changed() {
  if (!g_can_draw) return;
  ImGui_ImplOpenGL3_DestroyFontsTexture();
  ImGui_ImplOpenGL3_CreateFontsTexture();
}

void context_lost() {
  if (g_can_draw) ImGui_ImplOpenGL3_Shutdown();
  g_can_draw = false;
}

bool context_restored() {
  if (g_context <= 0) return false;
  g_can_draw = start_renderer();
  return g_can_draw;
}

}  // namespace arietta::ui::screen
