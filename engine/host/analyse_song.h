// What can be said about a song: tempo, beats, bars and key as they are written in it, loudness and brightness of the
// sound it makes.                                                                                 [main]
#pragma once
#include "analyse/analysis.h"
#include "host/sound.h"
#include "song/document.h"

namespace arietta {

// `sound` is the song rendered. The key is the one a person or a file has set; where none is set (which reads as
// C major), the one its notes are in.
Result<Analysis> analyse_song(const Document& song, const Sound& sound);

}  // namespace arietta
