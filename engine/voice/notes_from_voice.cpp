#include "voice/notes_from_voice.h"

#include <algorithm>
#include <cmath>

#include "base/mathx.h"

namespace arietta {
namespace {

constexpr int kLowestKey = 33, kKeys = 60;        // A1 to G#6
constexpr int kRest = kKeys, kStates = kKeys + 1;
constexpr float kLoose = 0.35f;                   // semitones: how far a voice strays from the note it means
constexpr float kFar = 4;                         // no moment counts more than this against a note
constexpr float kChange = 14;                     // price of another note: about 50 ms of a clearly other pitch
constexpr float kSilentNote = 1;                  // a note that goes on where nothing is sung; 70 ms cost as much as two changes
constexpr float kSungRest = 1.5f;                 // a rest where something is sung
constexpr float kForeign = 0.15f;                 // a note outside the key
constexpr double kShortest = 0.07;                // seconds: shorter is a scoop or a slip
constexpr int kWords = (kStates + 63) / 64;

float key_of(const PitchPoint& point, float sample_rate) {
  return 69 + 12 * std::log2(sample_rate / (point.period * 440));
}

// How far off concert pitch the singer is on the whole: the middle of all distances to the nearest key, on a circle.
float own_tuning(span<const PitchPoint> points, float sample_rate) {
  float re = 0, im = 0;
  for (const PitchPoint& point : points) {
    if (!point.voiced) continue;
    const float turn = 2 * kPi * key_of(point, sample_rate);
    re += std::cos(turn);
    im += std::sin(turn);
  }
  return re == 0 && im == 0 ? 0 : std::atan2(im, re) / (2 * kPi);
}

float against(const PitchPoint& point, int state, float sung_key, const TuneNotes& notes) {
  if (state == kRest) return point.voiced ? kSungRest : 0;
  if (!point.voiced) return kSilentNote;
  const float off = (sung_key - float(kLowestKey + state)) / kLoose;
  return std::min(0.5f * off * off, kFar) + (notes.has(kLowestKey + state) ? 0 : kForeign);
}

// The likeliest state of every point. A bit tells whether the way to a state changed there; where it came from is the best
// state of the point before, whichever it leads to.
bool likeliest(span<const PitchPoint> points, float sample_rate, float tuning, const TuneNotes& notes, Arena& scratch,
               span<uint8_t> states) {
  const span<uint64_t> changed = scratch.array<uint64_t>(points.size() * kWords);
  const span<uint8_t> best_before = scratch.array<uint8_t>(points.size());
  if (changed.empty() || best_before.empty()) return false;
  float cost[kStates] = {};
  int best = kRest;
  for (size_t i = 0; i < points.size(); ++i) {
    const float key = points[i].voiced ? key_of(points[i], sample_rate) - tuning : 0;
    const float by_change = cost[best] + kChange;
    best_before[i] = uint8_t(best);
    int next = 0;
    for (int state = 0; state < kStates; ++state) {
      if (by_change < cost[state]) {
        cost[state] = by_change;
        changed[i * kWords + size_t(state / 64)] |= uint64_t(1) << (state % 64);
      }
      cost[state] += against(points[i], state, key, notes);
      if (cost[state] < cost[next]) next = state;
    }
    best = next;
    const float least = cost[best];
    for (float& c : cost) c -= least;
  }
  for (size_t i = points.size(); i-- > 0;) {
    states[i] = uint8_t(best);
    if (changed[i * kWords + size_t(best / 64)] >> (best % 64) & 1) best = best_before[i];
  }
  return true;
}

// The middle of what was sung from `first` to `last`, in cents from the key.
float cents_off(span<const PitchPoint> points, float sample_rate, int key, Arena& scratch) {
  const span<float> off = scratch.array<float>(points.size());
  size_t count = 0;
  for (const PitchPoint& point : points)
    if (point.voiced && count < off.size()) off[count++] = 100 * (key_of(point, sample_rate) - float(key));
  if (count == 0) return 0;
  std::nth_element(off.begin(), off.begin() + long(count / 2), off.begin() + long(count));
  return off[count / 2];
}

void place_on_beat(SungNote& note, const NotesOptions& options) {
  const double per_beat = options.seconds_per_beat > 0 ? options.seconds_per_beat : 1;
  note.start_beat = (note.start_s - options.first_beat_s) / per_beat;
  double end = (note.end_s - options.first_beat_s) / per_beat;
  if (options.grid_beats > 0) {
    note.start_beat = std::max(0.0, std::round(note.start_beat / options.grid_beats) * options.grid_beats);
    end = std::max(std::round(end / options.grid_beats) * options.grid_beats, note.start_beat + options.grid_beats);
  }
  note.length_beats = end - note.start_beat;
}

}  // namespace

int notes_from_voice(span<const PitchPoint> points, float sample_rate, const NotesOptions& options, Arena& scratch,
                     span<SungNote> notes) {
  if (points.size() < 2) return 0;
  const size_t mark = scratch.mark();
  const span<uint8_t> states = scratch.array<uint8_t>(points.size());
  const float tuning = own_tuning(points, sample_rate);
  int count = 0;
  if (!states.empty() && likeliest(points, sample_rate, tuning, options.notes, scratch, states)) {
    const size_t work = scratch.mark();
    for (size_t first = 0, last; first < points.size() && size_t(count) < notes.size(); first = last) {
      for (last = first + 1; last < points.size() && states[last] == states[first];) ++last;
      SungNote note{points[first].time / sample_rate, points[last - 1].time / sample_rate, kLowestKey + states[first], 0, 0, 0};
      if (states[first] == kRest || note.end_s - note.start_s < kShortest) continue;
      note.cents_off = cents_off(points.subspan(first, last - first), sample_rate, note.key, scratch);
      scratch.rewind(work);
      place_on_beat(note, options);
      // Two that fall on one place of the grid: the longer one stays. One that still sounds makes room.
      SungNote* before = count > 0 ? &notes[size_t(count - 1)] : nullptr;
      if (before && options.grid_beats > 0) {
        if (before->start_beat >= note.start_beat) {
          if (note.end_s - note.start_s > before->end_s - before->start_s) *before = note;
          continue;
        }
        before->length_beats = std::min(before->length_beats, note.start_beat - before->start_beat);
      }
      notes[size_t(count++)] = note;
    }
  }
  scratch.rewind(mark);
  return count;
}

}  // namespace arietta
