// A recording of any number of channels as two: one is heard on both sides, two stay as they are, surround (in the
// order of WAVE_FORMAT_EXTENSIBLE, up to 7.1) folds by the gains of ITU-R BS.775: centre and surrounds 3 dB lower, the
// low-frequency channel left out. The whole is turned down where the fold would clip.
#pragma once
#include "analyse/recording.h"
#include "host/sound.h"

namespace arietta {

Sound fold_to_stereo(const Recording& recording);                                               // [main]

}  // namespace arietta
