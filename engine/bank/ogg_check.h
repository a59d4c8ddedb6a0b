// Looks an Ogg Vorbis stream over before it goes to the decoder: whole pages, right checksums, one stream, and a
// comment header whose lengths fit. The decoder does not check these and would be led astray by them.
// Source: RFC 3533 section 6 (pages, CRC polynomial 0x04c11db7), Vorbis I specification sections 4.2 and 5.2.
#pragma once
#include "base/types.h"

namespace arietta {

bool ogg_vorbis_is_sound(Bytes stream);   // [any]

}  // namespace arietta
