// Any bytes as a MIDI file: refused with a sentence, or opened as songs that can be written and opened again.
#include <cstdlib>

#include "song/midi_file.h"

using namespace arietta;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto import = read_midi({data, size}, "fuzz.mid");
  if (!import) {
    if (import.error().message.empty()) std::abort();
    return 0;
  }
  for (const Document& song : import.value().songs) {
    const auto again = read_midi(write_midi(song), "again.mid");
    if (!again) std::abort();
    // Tracks and all their notes must still be there.
    const auto count = [](const Document& document) {
      size_t notes = 0;
      for (Id track : document.children(kSongId, Kind::track))
        for (Id clip : document.children(track, Kind::clip)) notes += document.children(clip, Kind::note).size();
      return notes;
    };
    if (count(song) != count(again.value().songs[0])) std::abort();
  }
  return 0;
}
