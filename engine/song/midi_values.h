// What MIDI's seven bits mean in a song's units, both ways. The way back gives the same seven bits, but for
// volumes of 1 to 3, which are as good as silent.
// Sources: General MIDI System Level 2 (RP-024) for volume and pan; the rest is our own choice, said where it is made.
// [any]
#pragma once
#include <algorithm>
#include <cmath>

namespace arietta {

constexpr int kMidiDefaultVolume = 100, kMidiDefaultReverb = 40, kMidiMiddlePan = 64;
constexpr float kSilentDb = -60, kDefaultReverbDb = -18;

inline int to_seven_bits(float value) { return std::clamp(int(std::lround(value)), 0, 127); }

// Channel volume: 40 log10, and the value a channel has when nobody sets it is 0 dB.
inline float volume_to_db(int volume) {
  if (volume == 0) return kSilentDb;
  return std::max(kSilentDb, 40 * std::log10(float(volume) / kMidiDefaultVolume));
}
inline int db_to_volume(float db) {
  return db <= kSilentDb ? 0 : to_seven_bits(kMidiDefaultVolume * std::pow(10.0f, db / 40));
}

// -1 is left; 0, 64 and 127 are exact.
constexpr float pan_to_position(int pan) { return float(pan - kMidiMiddlePan) / (pan < kMidiMiddlePan ? 64 : 63); }
inline int position_to_pan(float position) {
  return to_seven_bits(kMidiMiddlePan + position * (position < 0 ? 64.0f : 63.0f));
}

// Reverb send: proportional, and General MIDI's usual 40 is what our strip has when nobody sets it.
inline float send_to_db(int send) {
  if (send == 0) return kSilentDb;
  return kDefaultReverbDb + 20 * std::log10(float(send) / kMidiDefaultReverb);
}
inline int db_to_send(float db) {
  return db <= kSilentDb ? 0 : to_seven_bits(kMidiDefaultReverb * std::pow(10.0f, (db - kDefaultReverbDb) / 20));
}

// A key signature counts sharps (negative: flats) from C major or A minor; each is a fifth.
constexpr int root_of_key(int sharps, bool minor) { return (sharps * 7 + (minor ? 9 : 0) + 84) % 12; }
constexpr int sharps_of_key(int root, bool minor) {
  const int fifths = (root * 7 + (minor ? 9 : 0)) % 12;       // 0 to 11 sharps; seven and up are written as flats
  return fifths > 6 ? fifths - 12 : fifths;
}

}  // namespace arietta
