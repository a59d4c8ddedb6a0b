// The text of web/src/constants.gen.ts: every number the page shares with the engine, made from the same tables.
#pragma once
#include <string>

namespace arietta {

std::string web_constants();       // [main]

}  // namespace arietta
