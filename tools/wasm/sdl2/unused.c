// Dear ImGui's SDL2 backend can read game controllers and ask SDL's own renderer for its size. The studio uses
// neither, and SDL is built without them; these answers ("none") let the backend link as it is.
#include "SDL.h"

SDL_GameController* SDL_GameControllerOpen(int index) { (void)index; return NULL; }

Sint16 SDL_GameControllerGetAxis(SDL_GameController* pad, SDL_GameControllerAxis axis) {
  (void)pad; (void)axis;
  return 0;
}

Uint8 SDL_GameControllerGetButton(SDL_GameController* pad, SDL_GameControllerButton button) {
  (void)pad; (void)button;
  return 0;
}

int SDL_GetRendererOutputSize(SDL_Renderer* renderer, int* width, int* height) {
  (void)renderer; (void)width; (void)height;
  return -1;
}
