#include "ui/letter_piano.h"

#include <algorithm>

#include "song/scale.h"

namespace arietta::ui {
namespace {

struct Place { std::string_view code, sign; };
constexpr Place kTwoRows[] = {{"KeyA", "A"}, {"KeyW", "W"}, {"KeyS", "S"}, {"KeyE", "E"}, {"KeyD", "D"}, {"KeyF", "F"}, {"KeyT", "T"},
                              {"KeyG", "G"}, {"KeyY", "Y"}, {"KeyH", "H"}, {"KeyU", "U"}, {"KeyJ", "J"}, {"KeyK", "K"}};
constexpr Place kOneRow[] = {{"KeyA", "A"}, {"KeyS", "S"}, {"KeyD", "D"}, {"KeyF", "F"}, {"KeyG", "G"}, {"KeyH", "H"}, {"KeyJ", "J"}, {"KeyK", "K"}};
constexpr Place kRightSide[] = {{"KeyH", "H"}, {"KeyU", "U"}, {"KeyJ", "J"}, {"KeyI", "I"}, {"KeyK", "K"}, {"KeyL", "L"}, {"KeyP", "P"},
                                {"Semicolon", ";"}, {"BracketLeft", "["}, {"Quote", "'"}, {"BracketRight", "]"}};
constexpr float kVelocity = 0.8f;       // computer keys do not know how hard they were hit

struct Held { std::string_view code; int key; };
std::vector<Held>& held_letters() {
  static std::vector<Held> held;
  return held;
}

// Ends what this key began, whatever it would play now.
bool let_go(App& app, std::string_view code) {
  std::vector<Held>& held = held_letters();
  const auto it = std::find_if(held.begin(), held.end(), [&](const Held& one) { return one.code == code; });
  if (it == held.end()) return false;
  app.key_up(it->key, kFromComputerKeys);
  held.erase(it);
  return true;
}

}  // namespace

std::vector<PianoLetter> letter_piano(const App& app) {
  std::vector<PianoLetter> letters;
  if (!app.preferences().letter_keys) return letters;
  const int first = (app.keyboard_octave() + 1) * 12;
  const auto add = [&](const Place& place, int key) {
    if (key <= 127) letters.push_back({place.code, place.sign, key});
  };
  switch (app.preferences().letter_piano) {
    case LetterPiano::kTwoRows:
      for (size_t i = 0; i < std::size(kTwoRows); ++i) add(kTwoRows[i], first + int(i));
      break;
    case LetterPiano::kRightSide:
      for (size_t i = 0; i < std::size(kRightSide); ++i) add(kRightSide[i], first + int(i));
      break;
    case LetterPiano::kOneRow: {
      const Entity& song = app.document().song();
      const int scale = int(std::clamp<int64_t>(song.integer(field::song::scale), 0, kScaleCount - 1));
      const int root = int(song.integer(field::song::key_root));
      int key = first + root;
      for (const Place& place : kOneRow) {
        add(place, key++);
        while (!in_scale(scale, root, key)) ++key;
      }
    }
  }
  return letters;
}

bool play_letter(App& app, std::string_view code, bool down, bool repeat, bool playing) {
  if (!down && let_go(app, code)) return true;
  if (!playing) return false;
  for (const PianoLetter& letter : letter_piano(app)) {
    if (letter.code != code) continue;
    if (!down || repeat) return true;
    let_go(app, code);
    held_letters().push_back({letter.code, letter.key});
    app.key_down(letter.key, kVelocity, kFromComputerKeys);
    return true;
  }
  return false;
}

}  // namespace arietta::ui
