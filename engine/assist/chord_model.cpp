#include "assist/chord_model.h"

#include <algorithm>
#include <cmath>

#include "base/random.h"

namespace arietta {
namespace {

constexpr double kUnseen = .02;          // counted to every move and tone, so that nothing is impossible
constexpr double kUnigramWeight = 12;    // moves from a rarely seen chord follow how common chords are
constexpr float kNoteWeight = 1.1f;      // of a melody note a quarter long against one move
constexpr float kHomeAtTheEnd = 1.0f;    // for the tonic as the last chord
constexpr float kSurprise = 1.6f;        // nats of noise at surprise 1

int above(int pitch, int root) { return (((pitch - root) % 12) + 12) % 12; }

int state_of(const MelodyChord& chord, int tonic) {
  return chord.quality == Quality::kOther ? -1 : int(chord.quality) * 12 + above(chord.root, tonic);
}

const MelodyChord* chord_at(const std::vector<MelodyChord>& chords, int tick) {
  const auto after = std::upper_bound(chords.begin(), chords.end(), tick, [](int when, const MelodyChord& c) { return when < c.onset; });
  return after == chords.begin() || tick >= (after - 1)->onset + (after - 1)->duration ? nullptr : &*(after - 1);
}

template <size_t count>
void to_logarithms(const std::array<double, count>& counts, const std::array<double, count>& prior, double weight, std::array<float, count>& out) {
  double total = 0, prior_total = 0;
  for (size_t i = 0; i < count; ++i) total += counts[i], prior_total += prior[i];
  for (size_t i = 0; i < count; ++i) {
    const double share = prior_total > 0 ? prior[i] / prior_total : 1.0 / count;
    out[i] = float(std::log((counts[i] + weight * share) / (total + weight)));
  }
}

}  // namespace

void ChordCounter::add(int tonic, const std::vector<MelodyChord>& chords, int bar, int start, const Melody& melody) {
  if (chords.empty() || bar <= 0 || tonic < 0) return;
  int home_major = 0, home_minor = 0;
  for (const MelodyChord& chord : chords) {
    if (above(chord.root, tonic) != 0) continue;
    (chord.quality == Quality::kMinor ? home_minor : home_major) += chord.duration;
  }
  const size_t minor = home_minor > home_major;
  int before = -1;
  for (int tick = start; tick < chords.back().onset + chords.back().duration; tick += bar) {
    const MelodyChord* chord = chord_at(chords, tick);
    const int state = chord ? state_of(*chord, tonic) : -1;
    if (state >= 0 && before < 0) first_[minor][size_t(state)] += 1;
    if (state >= 0 && before >= 0) move_[minor][size_t(before)][size_t(state)] += 1;
    before = state;
  }
  for (const MelodyNote& note : melody) {
    const MelodyChord* chord = chord_at(chords, note.onset);
    if (chord && chord->quality != Quality::kOther) tone_[size_t(chord->quality)][size_t(above(note.pitch, chord->root))] += double(note.duration) / kMelodyQuarter;
  }
}

ChordTables ChordCounter::tables() const {
  ChordTables tables;
  for (size_t minor = 0; minor < 2; ++minor) {
    std::array<double, kChordStates> common{};
    common.fill(kUnseen);
    for (size_t from = 0; from < kChordStates; ++from) {
      for (size_t to = 0; to < kChordStates; ++to) common[to] += move_[minor][from][to];
    }
    to_logarithms(first_[minor], common, kUnigramWeight, tables.first[minor]);
    for (size_t from = 0; from < kChordStates; ++from) to_logarithms(move_[minor][from], common, kUnigramWeight, tables.move[minor][from]);
  }
  std::array<double, 12> flat{};
  flat.fill(1);
  for (size_t quality = 0; quality < kChordQualities; ++quality) to_logarithms(tone_[quality], flat, 12 * kUnseen, tables.tone[quality]);
  return tables;
}

std::vector<MelodyChord> chords_for(const ChordTables& tables, const Melody& melody, const ChordWish& wish) {
  const int slots = std::max(1, (wish.to - wish.from + wish.slot - 1) / wish.slot);
  Random random(wish.seed * 2654435761u + 17);
  for (int i = 0; i < 8; ++i) random.next();
  using Row = std::array<float, kChordStates>;
  std::vector<Row> best(static_cast<size_t>(slots));
  std::vector<std::array<uint8_t, kChordStates>> came_from(static_cast<size_t>(slots));
  const size_t minor = wish.minor;

  for (int slot = 0; slot < slots; ++slot) {
    const int begin = wish.from + slot * wish.slot, end = std::min(begin + wish.slot, wish.to);
    Row fits{};
    for (const MelodyNote& note : melody) {
      const int sounding = std::min(note.end(), end) - std::max(note.onset, begin);
      if (sounding <= 0) continue;
      const float weight = kNoteWeight * float(sounding) / kMelodyQuarter * (note.onset == begin ? 1.5f : 1.f);
      for (int state = 0; state < kChordStates; ++state) {
        fits[size_t(state)] += weight * tables.tone[size_t(state / 12)][size_t(above(note.pitch, wish.tonic + state % 12))];
      }
    }
    for (float& fit : fits) {
      const float u = std::clamp(random.unit(), 1e-6f, 1 - 1e-6f);
      fit -= float(wish.surprise) * kSurprise * std::log(-std::log(u));
    }
    if (slot == slots - 1) fits[size_t(minor ? int(Quality::kMinor) * 12 : 0)] += kHomeAtTheEnd;
    for (size_t to = 0; to < kChordStates; ++to) {
      if (slot == 0) {
        best[0][to] = tables.first[minor][to] + fits[to];
        continue;
      }
      size_t from = 0;
      float top = -1e30f;
      for (size_t i = 0; i < kChordStates; ++i) {
        const float path = best[size_t(slot) - 1][i] + tables.move[minor][i][to];
        if (path > top) top = path, from = i;
      }
      best[size_t(slot)][to] = top + fits[to];
      came_from[size_t(slot)][to] = uint8_t(from);
    }
  }

  size_t state = size_t(std::max_element(best.back().begin(), best.back().end()) - best.back().begin());
  std::vector<MelodyChord> chords;
  for (int slot = slots - 1; slot >= 0; --slot) {
    const int begin = wish.from + slot * wish.slot, end = std::min(begin + wish.slot, wish.to);
    const MelodyChord chord{begin, end - begin, int((size_t(wish.tonic) + state) % 12), Quality(state / 12)};
    if (!chords.empty() && chords.back().root == chord.root && chords.back().quality == chord.quality) {
      chords.back().onset = begin;
      chords.back().duration += chord.duration;
    } else {
      chords.push_back(chord);
    }
    state = came_from[size_t(slot)][state];
  }
  std::reverse(chords.begin(), chords.end());
  return chords;
}

std::string chord_name(const MelodyChord& chord, int tonic, bool minor) {
  static constexpr const char* kSharps[] = {"C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"};
  static constexpr const char* kFlats[] = {"C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B"};
  static constexpr const char* kEndings[] = {"", "m", "7", "dim", ""};
  const int major = (tonic + (minor ? 3 : 0)) % 12;
  const bool flats = major == 5 || major == 10 || major == 3 || major == 8 || major == 1 || major == 0;
  return std::string((flats ? kFlats : kSharps)[above(chord.root, 0)]) + kEndings[size_t(chord.quality)];
}

}  // namespace arietta
