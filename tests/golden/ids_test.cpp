// Numbers that are written into songs, plans and packets may be added to, never changed or taken away.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "base/note_event.h"
#include "params/param_table.h"
#include "plan/plan_check.h"
#include "proto/frame.h"
#include "song/scale.h"
#include "song/schema.h"

using namespace arietta;

namespace {

const std::string kPath = ARIETTA_SOURCE_DIR "/tests/golden/ids.txt";

std::vector<std::string> ids_now() {
  std::vector<std::string> lines;
  const auto add = [&](auto... words) {
    std::ostringstream line;
    ((line << words << ' '), ...);
    lines.push_back(line.str());
    lines.back().pop_back();
  };
  for (const DeviceInfo& device : kDevices) add("device", int(device.kind), device.symbol);
  for (const ParamInfo& param : kParams) add("param", find_device(param.device)->symbol, param.index, param.symbol);
  for (const KindInfo& kind : kKinds) add("kind", int(kind.kind), kind.name);
  for (const FieldInfo& field : kFields) add("field", find_kind(field.kind)->name, field.key, field.name, int(field.type));
  for (int i = 0; i < kScaleCount; ++i) add("scale", i, kScales[i].name, kScales[i].mask);
#define WIRE_MESSAGE(number, name, direction) add("message", number, #name);
#include "proto/messages.def"
#undef WIRE_MESSAGE
#define REFUSAL(number, symbol, sentence) add("plan_refusal", number, #symbol);
#include "plan/plan_refusals.def"
#undef REFUSAL
  add("note_event", int(NoteEventType::kNoteOn), int(NoteEventType::kNoteOff), int(NoteEventType::kBend), int(NoteEventType::kPressure),
      int(NoteEventType::kController), int(NoteEventType::kProgram), int(NoteEventType::kAllNotesOff), int(NoteEventType::kAllSoundOff));
  return lines;
}

}  // namespace

TEST_CASE("No id was changed or removed (ARIETTA_WRITE_GOLDENS=1 adds new ones to ids.txt)") {
  const std::vector<std::string> now = ids_now();
  std::vector<std::string> before;
  std::ifstream file(kPath);
  for (std::string line; std::getline(file, line);) before.push_back(line);
  for (const std::string& line : before) {
    CAPTURE(line);
    CHECK(std::count(now.begin(), now.end(), line) == 1);
  }
  if (std::getenv("ARIETTA_WRITE_GOLDENS")) {
    std::ofstream out(kPath);
    for (const std::string& line : now) out << line << '\n';
  } else {
    CHECK(now.size() == before.size());            // what is new belongs into the list
  }
}
