#include "assist/song_place.h"

#include <algorithm>
#include <unordered_set>

#include "song/edit.h"

namespace arietta {
namespace {

constexpr Tick kGrid = kSongTicksPerMelodyTick;
constexpr size_t kNotesBefore = 512, kNotesAfter = 128;       // more than the model can look at
constexpr int kHomeLow = 36, kHomeHigh = 96;                  // where tunes are; tracks elsewhere are moved by octaves

using Notes = std::vector<LineNote>;

struct Range {
  Tick start = 0, end = 0;
};

std::string bars_in_words(const TimeMap& time, const Range& range) {
  const int64_t first = time.bar_at(range.start).bar + 1, last = time.bar_at(std::max(range.start, range.end - 1)).bar + 1;
  return first == last ? "bar " + std::to_string(first) : "bars " + std::to_string(first) + " to " + std::to_string(last);
}

class Finder {
 public:
  Finder(const Document& document, const HelpAsk& ask, const TimeMap& time) : document_(document), ask_(ask), time_(time) {}

  Result<PlacedMelody> find() {
    place_.task = ask_.task;
    place_.track = ask_.track;
    if (ask_.task == Task::kContinue && is_drum_track(document_, ask_.track)) return groove();
    if (const char* why = find_melody()) return Error{why};
    if (std::string why = find_place(); !why.empty()) return Error{std::move(why)};
    set_origin();
    set_shift();
    set_velocity();
    if (line_.from_chords()) remark("This track plays chords; their top notes were taken as the melody.");
    return PlacedMelody{std::move(place_), std::move(before_), std::move(after_), {}};
  }

 private:
  const char* find_melody() {
    const Entity* track = document_.find(ask_.track);
    if (!track || !track->alive()) return "There is no track to help with. Add one first.";
    if (is_drum_track(document_, ask_.track)) return "This track plays drums. Melody help can continue them; for the rest choose a track with pitches.";
    line_ = melody_line(document_, ask_.track);
    if (line_.notes.empty()) return "There is no melody in this track yet. Add a few notes, then ask again.";
    const std::unordered_set<Id> chosen(ask_.selection.begin(), ask_.selection.end());
    for (const LineNote& note : line_.notes)
      if (chosen.count(note.id)) selected_.push_back(note);
    if (selected_.size() < 2) selected_.clear();
    return nullptr;
  }

  // Drums go on after their last bar, or begin at the cursor's; in whole bars, with the longest melody of the other tracks.
  Result<PlacedMelody> groove() {
    place_.task = Task::kGroove;
    Notes hits;
    Tick played = 0;
    for (const Id clip : document_.children(ask_.track, Kind::clip))
      for (const Id id : document_.children(clip, Kind::note)) {
        const Note note = read_note(document_, id);
        const Tick start = document_.find(clip)->integer(field::clip::start) + note.start;
        hits.push_back({id, start, start + note.length, note.key, note.velocity});
        played = std::max(played, start + 1);
      }
    place_.start = hits.empty() ? bar_start(ask_.cursor) : bar_end(played);
    place_.end = time_.tick_of_bar(time_.bar_at(place_.start).bar + std::clamp(ask_.bars, 1, 16));
    place_.end = std::min(place_.end, place_.start + kLongestAnswer);
    place_.origin = std::max<Tick>(0, place_.start - 2 * time_.ticks_per_bar_at(place_.start));
    const auto gone = [&](const LineNote& hit) { return hit.start < place_.origin; };
    hits.erase(std::remove_if(hits.begin(), hits.end(), gone), hits.end());
    std::sort(hits.begin(), hits.end(), [](const LineNote& a, const LineNote& b) { return a.start < b.start; });
    if (hits.size() > kNotesBefore) hits.erase(hits.begin(), hits.end() - int64_t(kNotesBefore));
    Notes melody;
    for (const Id track : document_.children(kSongId, Kind::track)) {
      if (is_drum_track(document_, track)) continue;
      Notes line;
      for (const LineNote& note : melody_line(document_, track).notes)
        if (note.start >= place_.origin && note.start < place_.end) line.push_back(note);
      if (line.size() > melody.size()) melody = std::move(line);
    }
    if (melody.size() > kNotesBefore) melody.resize(kNotesBefore);
    return PlacedMelody{std::move(place_), std::move(melody), {}, std::move(hits)};
  }

  std::string find_place() {
    switch (ask_.task) {
      case Task::kContinue: return continue_place();
      case Task::kInfill: return gap_place();
      default: return melody_place();
    }
  }

  Tick bar_start(Tick tick) const { return time_.tick_of_bar(time_.bar_at(tick).bar); }
  Tick bar_end(Tick tick) const {
    const Tick start = bar_start(tick);
    return start == tick ? tick : time_.tick_of_bar(time_.bar_at(tick).bar + 1);
  }

  std::string continue_place() {
    const Notes& from = selected_.empty() ? line_.notes : selected_;
    const Tick last_end = from.back().end, next_bar = bar_end(last_end);
    const Tick beat = time_.ticks_per_beat_at(last_end);
    place_.start = next_bar - last_end <= beat / 4 ? next_bar : last_end;
    const int64_t bar = time_.bar_at(place_.start).bar;
    const Tick rest = time_.tick_of_bar(bar + 1) - place_.start;     // of a bar that has begun: counts when it is half or more
    const bool short_rest = place_.start != time_.tick_of_bar(bar) && rest * 2 < time_.ticks_per_bar_at(place_.start);
    const int bars = std::clamp(ask_.bars, 1, 16);
    place_.end = time_.tick_of_bar(bar + bars + (short_rest ? 1 : 0));
    if (place_.end - place_.start < 2 * kTicksPerQuarter) place_.end = bar_end(place_.start + 2 * kTicksPerQuarter);
    place_.end = std::min(place_.end, place_.start + kLongestAnswer);
    for (const LineNote& note : line_.notes)
      if (note.start >= place_.start && note.start < place_.end) place_.replaced.push_back(note.id);
    if (!place_.replaced.empty()) remark("The melody in " + bars_in_words(time_, {place_.start, place_.end}) + " would be replaced.");
    before_ = notes_between(INT64_MIN, place_.start);
    return {};
  }

  std::vector<Range> gaps(const Notes& notes) const {
    std::vector<Range> found;
    for (size_t i = 0; i + 1 < notes.size(); ++i)
      if (notes[i + 1].start - notes[i].end >= time_.ticks_per_beat_at(notes[i].end)) found.push_back({notes[i].end, notes[i + 1].start});
    return found;
  }

  std::string gap_place() {
    const bool chosen = !selected_.empty();
    const Notes within = chosen ? notes_between(selected_.front().start, selected_.back().end) : line_.notes;
    const std::vector<Range> found = gaps(within);
    if (found.empty() && !chosen && loop_is_gap()) return {};
    if (found.empty())
      return chosen ? "There is no gap of a beat or more between the selected notes. Delete the notes you want to hear differently, then ask again."
                    : "There is no gap of a beat or more in this melody. Delete the notes you want to hear differently, or set the loop around them, then ask again.";
    const auto longer = [](const Range& a, const Range& b) { return a.end - a.start < b.end - b.start; };
    auto gap = found.end();
    if (chosen) gap = std::max_element(found.begin(), found.end(), longer);
    else gap = std::find_if(found.begin(), found.end(), [&](const Range& g) { return g.end > ask_.cursor; });
    if (gap == found.end()) --gap;
    if (gap->end - gap->start > kLongestAnswer)
      return "The gap in " + bars_in_words(time_, *gap) + " is longer than 64 beats, more than melody help fills at once. Use Continue melody instead.";
    place_.start = gap->start;
    place_.end = gap->end;
    before_ = notes_between(INT64_MIN, place_.start);
    after_ = notes_between(place_.end, INT64_MAX);
    return {};
  }

  // A melody without gaps: what the loop goes round, when the melody goes on at both sides of it.
  bool loop_is_gap() {
    const Entity& song = document_.song();
    const Range loop{song.integer(field::song::loop_start), song.integer(field::song::loop_end)};
    if (!song.integer(field::song::loop_on) || loop.end - loop.start < kTicksPerQuarter || loop.end - loop.start > kLongestAnswer) return false;
    before_ = notes_between(INT64_MIN, loop.start);
    after_ = notes_between(loop.end, INT64_MAX);
    if (before_.empty() || after_.empty()) return false;
    place_.start = std::max(loop.start, before_.back().end);
    place_.end = loop.end;
    if (place_.end - place_.start < kTicksPerQuarter) return false;
    for (const LineNote& note : notes_between(place_.start, place_.end)) place_.replaced.push_back(note.id);
    remark("The melody in " + bars_in_words(time_, loop) + " would be replaced.");
    return true;
  }

  // Vary and harmonise: what is selected, or the track; of long ones a part from the cursor on.
  std::string melody_place() {
    Notes chosen = selected_.empty() ? line_.notes : selected_;
    if (chosen.back().end - chosen.front().start > kLongestAnswer) {
      auto first = std::find_if(chosen.begin(), chosen.end(), [&](const LineNote& note) { return note.end > ask_.cursor; });
      if (first == chosen.end()) first = chosen.begin();
      const Tick limit = std::max(bar_start(bar_start(first->start) + kLongestAnswer), first->start + 1);
      chosen.erase(chosen.begin(), first);
      chosen.erase(std::find_if(chosen.begin() + 1, chosen.end(), [&](const LineNote& note) { return note.start >= limit; }), chosen.end());
      chosen.back().end = std::min(chosen.back().end, std::max(limit, chosen.back().start + kGrid));
      remark("This melody is long, so this is for " + bars_in_words(time_, {chosen.front().start, chosen.back().end}) +
             ". Select other notes to work on those.");
    }
    place_.start = chosen.front().start;
    place_.end = std::min(selected_.empty() ? bar_end(chosen.back().end) : chosen.back().end, place_.start + 2 * kLongestAnswer);
    if (ask_.task == Task::kVary)
      for (const LineNote& note : chosen) place_.replaced.push_back(note.id);
    before_ = notes_between(INT64_MIN, place_.end);
    return {};
  }

  Notes notes_between(Tick from, Tick to) const {
    Notes found;
    for (const LineNote& note : line_.notes)
      if (note.start >= from && note.start < to) found.push_back(note);
    return found;
  }

  // The question starts with the bar of its first note, or with that note when it is a pick-up.
  void set_origin() {
    if (before_.size() > kNotesBefore) before_.erase(before_.begin(), before_.end() - int64_t(kNotesBefore));
    if (after_.size() > kNotesAfter) after_.resize(kNotesAfter);
    const Tick first = std::min(before_.empty() ? place_.start : before_.front().start, place_.start);
    const Tick bar = bar_start(first), next = time_.tick_of_bar(time_.bar_at(first).bar + 1);
    const bool pickup = (first - bar) * 2 > next - bar;
    place_.origin = pickup ? next - (next - first + kGrid - 1) / kGrid * kGrid : bar;
    // The place on the question's grid: later rather than over the last note.
    place_.start = place_.origin + (place_.start - place_.origin + kGrid - 1) / kGrid * kGrid;
    place_.end = std::max(place_.start + kGrid, place_.origin + (place_.end - place_.origin) / kGrid * kGrid);
  }

  void set_shift() {
    std::vector<int> keys;
    for (const LineNote& note : before_) keys.push_back(note.key);
    for (const LineNote& note : after_) keys.push_back(note.key);
    std::nth_element(keys.begin(), keys.begin() + int64_t(keys.size() / 2), keys.end());
    const int middle = keys[keys.size() / 2];
    while (middle + place_.shift < kHomeLow) place_.shift += 12;
    while (middle + place_.shift > kHomeHigh) place_.shift -= 12;
  }

  void set_velocity() {
    int sum = 0, count = 0;
    const auto add = [&](const LineNote& note) { sum += note.velocity, ++count; };
    constexpr size_t kLeft = 8, kRight = 4;
    for (size_t i = before_.size() - std::min(kLeft, before_.size()); i < before_.size(); ++i) add(before_[i]);
    for (size_t i = 0; i < std::min(kRight, after_.size()); ++i) add(after_[i]);
    if (count) place_.velocity = (sum + count / 2) / count;
  }

  void remark(const std::string& sentence) { place_.remark += (place_.remark.empty() ? "" : " ") + sentence; }

  const Document& document_;
  const HelpAsk& ask_;
  const TimeMap& time_;
  MelodyLine line_;
  Notes selected_, before_, after_;
  HelpPlace place_;
};

}  // namespace

Result<PlacedMelody> find_place(const Document& document, const HelpAsk& ask, const TimeMap& time) { return Finder(document, ask, time).find(); }

}  // namespace arietta
