// What a MIDI file says about the whole song: tempos, meters, key, words. And the texts in it.   [main]
#pragma once
#include "song/edit.h"
#include "song/midi_parse.h"
#include "song/text_encoding.h"

namespace arietta {

// Appends to `ops`; ids come from the document.
void read_meta(span<const MidiTrack> tracks, bool in_seconds, TextEncoding encoding, Document& document, Ops& ops,
               MidiWarnings& warnings);

TextEncoding encoding_of(span<const MidiTrack> tracks);
std::string text_of(const MidiEvent& event, TextEncoding encoding);

}  // namespace arietta
