// A MIDI file taken apart: chunks, tracks and events, with musical meaning left to midi_read.cpp. Whatever is broken is
// skipped, mended or cut, and said in a warning; only what is no MIDI file at all is an error.
// Source: Standard MIDI Files 1.0 (RP-001), the RIFF wrapper RMID (RP-029).   [main]
#pragma once
#include <string>
#include <vector>

#include "base/result.h"
#include "base/types.h"

namespace arietta {

// Bounds for hostile files. The engine plays at most 400,000 events (plan/plan_format.h).
inline constexpr size_t kMaxMidiEvents = 400'000;
inline constexpr size_t kMaxMidiChunks = 4096;
inline constexpr size_t kMaxMidiBytes = 64u << 20;

namespace midi {
enum Status : uint8_t {
  kNoteOff = 0x80, kNoteOn = 0x90, kKeyPressure = 0xa0, kController = 0xb0, kProgram = 0xc0, kPressure = 0xd0,
  kBend = 0xe0, kSystem = 0xf0, kMeta = 0xff,
};
enum Meta : uint8_t {
  kText = 1, kCopyright = 2, kTrackName = 3, kInstrumentName = 4, kLyric = 5, kMarker = 6, kCue = 7, kPort = 0x21,
  kEndOfTrack = 0x2f, kTempo = 0x51, kMeter = 0x58, kKeySignature = 0x59,
};
enum ControllerNumber : uint8_t {
  kBankHigh = 0, kModulation = 1, kDataHigh = 6, kVolume = 7, kPan = 10, kExpression = 11, kBankLow = 32, kDataLow = 38,
  kSustain = 64, kReverbSend = 91, kRpnLow = 100, kRpnHigh = 101, kAllSoundOff = 120, kResetAll = 121, kAllNotesOff = 123,
};
}  // namespace midi

struct MidiEvent {
  Tick tick;                    // in song ticks, 960 per quarter
  uint8_t status;               // channel messages without the channel; kSystem or kMeta for the rest
  uint8_t channel;              // 0..15
  uint8_t data1, data2;         // meta: data1 is the type
  uint8_t port;                 // of several cables with 16 channels each
  Bytes body;                   // of meta and system messages; points into the file
};

struct MidiTrack {
  std::vector<MidiEvent> events;
  Tick end = 0;                 // tick of the end mark, or of the last event
};

struct MidiFile {
  int format = 0;
  bool in_seconds = false;      // SMPTE division: ticks are laid on 120 quarters a minute, tempo events mean nothing
  std::vector<MidiTrack> tracks;
  std::vector<std::string> warnings;
};

bool looks_like_midi(Bytes);                 // also inside RIFF, also behind a short foreign header
Result<MidiFile> parse_midi(Bytes);          // events point into the bytes

// Collects warnings; a file broken in a thousand places gets a handful and a count.
class MidiWarnings {
 public:
  explicit MidiWarnings(std::vector<std::string>& list) : list_(list) {}
  void add(std::string sentence);

 private:
  static constexpr size_t kMost = 20;
  std::vector<std::string>& list_;
  size_t left_out_ = 0;
};

}  // namespace arietta
