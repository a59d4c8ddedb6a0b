// The C ABI of assist.wasm (session.h says how it is used). One request at a time; numbers and text travel through one
// scratch buffer, which the caller fills and which stays the caller's until the next call of assist_buffer.
#include <cstring>
#include <string>
#include <vector>

#include "assist/session.h"

#ifdef __wasm__
#define ASSIST_EXPORT(name) extern "C" __attribute__((export_name(#name)))
#else
#define ASSIST_EXPORT(name) extern "C"
#endif

namespace {

struct Assist {
  arietta::MelodySession session;
  std::vector<uint8_t> buffer;
  std::vector<int32_t> features, choices;
  std::string text;
};

Assist& assist() {
  static Assist the;
  return the;
}

arietta::span<const float> scores_in_buffer(int classes) {
  const size_t count = size_t(assist().session.rows()) * size_t(classes);
  if (assist().buffer.size() < count * sizeof(float)) return {};
  return {reinterpret_cast<const float*>(assist().buffer.data()), count};
}

int fail(const std::string& words) {
  assist().text = words;
  return 1;
}

}  // namespace

ASSIST_EXPORT(assist_buffer) uint8_t* assist_buffer(uint32_t bytes) {
  assist().buffer.resize(bytes);
  return assist().buffer.data();
}

ASSIST_EXPORT(assist_data) int assist_data(uint32_t bytes) {
  const arietta::Bytes file(assist().buffer.data(), std::min<size_t>(bytes, assist().buffer.size()));
  arietta::Result<arietta::MelodyData> data = arietta::read_melody_data(file);
  if (!data) return fail(data.error().message);
  assist().session.data = std::move(data.value());
  return 0;
}

ASSIST_EXPORT(assist_begin) int assist_begin(uint32_t bytes) {
  const std::string request(reinterpret_cast<const char*>(assist().buffer.data()), std::min<size_t>(bytes, assist().buffer.size()));
  const arietta::Result<bool> begun = assist().session.begin(request);
  if (!begun) return fail(begun.error().message);
  return assist().session.state() == arietta::MelodySession::State::kDone ? 2 : 0;    // 2: answered without the network
}

ASSIST_EXPORT(assist_text) const char* assist_text() { return assist().text.data(); }
ASSIST_EXPORT(assist_text_size) uint32_t assist_text_size() { return uint32_t(assist().text.size()); }
ASSIST_EXPORT(assist_rows) uint32_t assist_rows() { return uint32_t(assist().session.rows()); }
ASSIST_EXPORT(assist_steps) uint32_t assist_steps() { return uint32_t(assist().session.step_count()); }
ASSIST_EXPORT(assist_first) uint32_t assist_first() { return uint32_t(assist().session.first()); }
ASSIST_EXPORT(assist_feature_count) uint32_t assist_feature_count() { return arietta::kStepFields; }
ASSIST_EXPORT(assist_choice_count) uint32_t assist_choice_count() { return arietta::kChoiceFields; }

ASSIST_EXPORT(assist_features) const int32_t* assist_features() {
  assist().features.assign(assist().session.features().begin(), assist().session.features().end());
  return assist().features.data();
}

ASSIST_EXPORT(assist_choice) const int32_t* assist_choice() {
  assist().choices.assign(assist().session.choices().begin(), assist().session.choices().end());
  return assist().choices.data();
}

// Scores lie in the buffer, row by row. 0, or 1 when they are not what is asked for now.
ASSIST_EXPORT(assist_gap) int assist_gap() { return assist().session.take_gaps(scores_in_buffer(arietta::kGapClasses)) ? 0 : fail("Scores came out of turn."); }
ASSIST_EXPORT(assist_duration) int assist_duration() {
  return assist().session.take_durations(scores_in_buffer(arietta::kDurationClasses)) ? 0 : fail("Scores came out of turn.");
}
// 1 while notes are missing, 0 when the answer is complete; -1 out of turn.
ASSIST_EXPORT(assist_pitch) int assist_pitch() {
  if (!assist().session.take_pitches(scores_in_buffer(arietta::kPitchClasses))) return -fail("Scores came out of turn.");
  return assist().session.state() == arietta::MelodySession::State::kDone ? 0 : 1;
}

ASSIST_EXPORT(assist_finish) int assist_finish() {
  assist().text = assist().session.answer();
  assist().session.forget();
  return 0;
}
