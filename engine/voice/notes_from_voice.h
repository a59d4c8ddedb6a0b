// Makes notes of singing or humming: the likeliest row of notes and rests behind a pitch that scoops, slides and shakes,
// in the singer's own tuning, in a key if one is given, and on the beat if there is one.
// Times in seconds; keys as MIDI counts them.
// Source: the note model of M. Mauch et al., "Computer-aided melody note transcription using the Tony software", TENOR
// 2015, made smaller: one state a key, one for silence, and one price for every change.
#pragma once
#include "voice/pitch_track.h"
#include "voice/tuner.h"

namespace arietta {

struct SungNote {
  double start_s, end_s;
  int key;
  float cents_off;                        // how far the singer was from it, on the middle
  double start_beat, length_beats;        // on the grid; as sung where there is none
};

struct NotesOptions {
  TuneNotes notes;                        // of the key; others are only taken when they are clearly meant
  double seconds_per_beat = 0.5;
  double first_beat_s = 0;                // when beat 0 is
  double grid_beats = 0.25;               // 0: no snapping
};

// The notes of a whole take; `points` is its track, evenly spaced as PitchTracker makes it. Writes at most notes.size()
// of them and returns how many. `scratch` is rewound; it must hold about ten bytes a point.            [main]
int notes_from_voice(span<const PitchPoint> points, float sample_rate, const NotesOptions& options, Arena& scratch,
                     span<SungNote> notes);

}  // namespace arietta
