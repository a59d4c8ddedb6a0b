#include "assist/reprise.h"

#include <algorithm>

namespace arietta {
namespace {

constexpr int kBarsBack[] = {8, 4, 2, 16};       // the lengths of phrases and strains
constexpr size_t kLeastNotes = 4;                // less is no passage

bool wanted(const MelodyRequest& request, int pitch) {
  return pitch >= request.low && pitch <= request.high && (request.scale >> (pitch % 12) & 1);
}

// The tune from `back` ticks before the answer, moved there; it comes round again when the answer is longer.
Melody passage(const MelodyRequest& request, int back) {
  const Melody& tune = request.notes;
  const auto from = std::lower_bound(tune.begin(), tune.end(), request.cut - back, [](const MelodyNote& note, int at) { return note.onset < at; });
  Melody answer;
  if (size_t(tune.end() - from) < kLeastNotes) return answer;
  for (int moved = back;; moved += back) {
    for (auto note = from; note != tune.end(); ++note) {
      const int onset = note->onset + moved;
      const bool complete = request.end > 0 ? onset >= request.end
                                            : int(answer.size()) >= request.least_notes && answer.back().onset >= request.open_until;
      if (complete || answer.size() == size_t(kMostAnswerNotes)) return answer;
      if (!wanted(request, note->pitch)) return {};
      const int longest = request.end > 0 ? request.end - onset : note->duration;
      answer.push_back({onset, std::min(note->duration, longest), note->pitch});
    }
  }
}

}  // namespace

std::vector<Melody> reprises(const MelodyRequest& request) {
  std::vector<Melody> found;
  if (request.notes.empty()) return found;
  const int beginning = request.notes.front().onset;
  std::vector<int> tried;
  const auto offer = [&](int back) {
    if (back <= 0 || request.cut - back < beginning || std::find(tried.begin(), tried.end(), back) != tried.end()) return;
    tried.push_back(back);
    Melody answer = passage(request, back);
    if (answer.size() >= kLeastNotes) found.push_back(std::move(answer));
  };
  offer(request.cut - beginning);
  for (const int bars : kBarsBack) offer(bars * request.place.bar);
  return found;
}

}  // namespace arietta
