// Any bytes as a question to the melody model, answered by a network that says the first thing; and as its tables.
#include <cstdlib>
#include <string_view>

#include "assist/session.h"

using namespace arietta;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const Result<MelodyData> tables = read_melody_data({data, size});
  if (tables && write_melody_data(tables.value()) != std::vector<uint8_t>(data, data + size)) std::abort();

  MelodySession session;
  const Result<bool> begun = session.begin({reinterpret_cast<const char*>(data), size});
  if (!begun) {
    if (begun.error().message.empty()) std::abort();
    return 0;
  }
  if (session.rows() > 64) return 0;       // a long truth: nothing new, and slow
  const std::vector<float> scores(size_t(session.rows()) * kDurationClasses);
  const auto some = [&](int classes) { return span<const float>(scores).first(size_t(session.rows() * classes)); };
  for (int turn = 0; turn < 3 && session.state() != MelodySession::State::kDone; ++turn) {
    if (!session.take_gaps(some(kGapClasses)) || !session.take_durations(some(kDurationClasses)) || !session.take_pitches(some(kPitchClasses))) std::abort();
  }
  if (session.answer().empty()) std::abort();
  return 0;
}
