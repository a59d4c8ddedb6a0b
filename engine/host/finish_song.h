// The last steps of a mix without a browser: measures by rendering, then changes the song (song/finish.h).   [main]
#pragma once
#include <functional>

#include "host/offline.h"

namespace arietta {

using RenderSong = std::function<Result<Sound>(const Document&)>;      // with all its sounds, to its end

// The song with its tracks in balance.
Result<Document> balanced(const Document& song, const RenderSong& render);

// The song at this integrated loudness; its true peak stays below -1 dBTP, as always. What cannot be reached is
// come near to.
Result<Document> mastered(const Document& song, double lufs, const RenderSong& render);

}  // namespace arietta
