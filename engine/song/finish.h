// The last steps of a mix, once it has been measured: tracks brought into balance by what they play, and the whole
// song brought to a loudness. Both give ops for one step of undo. Loudness is in LUFS (dsp/loudness.h).   [main]
#pragma once
#include "song/edit.h"

namespace arietta {

inline constexpr double kUnheardLufs = -70;         // nothing below counts as playing

enum class TrackRole : uint8_t { kMelody, kDrums, kBass, kChords, kPad };

// By what the track is and what it plays: drums by its channel, bass and pads by their General MIDI families or how low
// they are, chords by how many notes sound at once.
TrackRole role_of(const Document&, Id track);

// The song with this track alone, and the master turned down so far that the limiter has nothing to do: what is
// measured of it is kMeasuringDb lower than the track is.
inline constexpr float kMeasuringDb = -18;
Document alone_for_measuring(const Document&, Id track);

// Faders that give each track the loudness of its role. `lufs` is what each track of the song is like alone, in order;
// unheard ones stay as they are.
Ops balance_ops(Document&, const std::vector<double>& lufs);

// What the master is turned up by before the limiter, in dB.
float master_drive_db(const Document&);
void set_master_drive(Document&, Ops& ops, float drive_db);

// Finds the drive that makes a song as loud as wanted. Measure the song with drive_db(), say what came out, and again
// until done(). The limiter takes some of what is added away, so one step is not enough.
class MasterSearch {
 public:
  explicit MasterSearch(double wanted_lufs) : wanted_(wanted_lufs) {}

  float drive_db() const { return drive_; }
  bool done() const { return done_; }
  void measured(double lufs);

 private:
  static constexpr int kMostRounds = 6;
  static constexpr double kNear = 0.1;               // LU, what a meter shows

  double wanted_;
  float drive_ = 0, last_drive_ = 0;
  double last_lufs_ = 0;
  int round_ = 0;
  bool done_ = false;
};

}  // namespace arietta
