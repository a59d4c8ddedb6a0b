#include "ui/views/note_names.h"

#include <array>

#include "song/scale.h"

namespace arietta::ui {
namespace {

constexpr int kFirstDrum = 35;
constexpr std::string_view kDrums[] = {
    "Deep kick", "Kick", "Stick", "Snare", "Clap", "Snare 2", "Low tom", "Closed hat", "Low tom 2", "Pedal hat",
    "Mid tom", "Open hat", "Mid tom 2", "High tom", "Crash", "High tom 2", "Ride", "China", "Ride bell", "Tambourine",
    "Splash", "Cowbell", "Crash 2", "Vibraslap", "Ride 2", "High bongo", "Low bongo", "Muted conga", "High conga",
    "Low conga", "High timbale", "Low timbale", "High agogo", "Low agogo", "Cabasa", "Maracas", "Short whistle",
    "Long whistle", "Short guiro", "Long guiro", "Claves", "High block", "Low block", "Muted cuica", "Open cuica",
    "Muted triangle", "Triangle"};

}  // namespace

std::string_view key_name(int key) {
  static const std::array<std::string, 128> names = [] {
    std::array<std::string, 128> made;
    for (int i = 0; i < 128; ++i) made[size_t(i)] = std::string(kPitchNames[i % 12]) + std::to_string(i / 12 - 1);
    return made;
  }();
  return names[size_t(key & 127)];
}

std::string_view drum_name(int key) {
  const int index = key - kFirstDrum;
  return index >= 0 && index < int(std::size(kDrums)) ? kDrums[index] : key_name(key);
}

bool is_black_key(int key) {
  constexpr unsigned kBlack = 0b010101001010;
  return kBlack >> (key % 12) & 1;
}

}  // namespace arietta::ui
