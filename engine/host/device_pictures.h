// What each device does, as a picture: an instrument's spectrum, an effect's response, what comes out for what goes in,
// or how it dies away; a line for each of its first presets.
#pragma once
#include <string>

#include "params/param_table.h"

namespace arietta {

// The SVG file's text; empty for a device that is silent by itself.                                [main]
std::string device_picture(DeviceKind kind);

}  // namespace arietta
