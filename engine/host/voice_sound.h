// One recorded voice at another pitch, with other formants or in tune; frame for frame in time with the original.
#pragma once
#include "base/result.h"
#include "host/sound.h"
#include "voice/tuner.h"

namespace arietta {

struct VoiceOptions {
  double semitones = 0;
  double formant_semitones = 0;      // above 0: a smaller throat
  bool tune = false;
  TuneNotes notes;                   // to which
  double tune_amount = 1;            // 1: exactly on the note, without vibrato; below: that far towards it, vibrato kept
};

Result<Sound> voice_sound(const Sound& in, const VoiceOptions& options);                        // [main]

// Whether the sound is one voice (or one instrument that sings like one): what sounds is periodic nearly all the time.
bool is_one_voice(const Sound& in);                                                             // [main]

// "C", "Am", "D minor", "F# dorian" or "chromatic" as the notes that belong.                    [main]
Result<TuneNotes> tune_notes(const std::string& key);

}  // namespace arietta
