#include "host/web_constants.h"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

TEST_CASE("web/src/constants.gen.ts is what the tables say (if not: studio_cli constants > web/src/constants.gen.ts)") {
  std::ifstream file(ARIETTA_SOURCE_DIR "/web/src/constants.gen.ts", std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  CHECK(text.str() == arietta::web_constants());
}
