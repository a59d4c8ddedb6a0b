#include <algorithm>
#include <cctype>
#include <functional>
#include <optional>
#include <unordered_set>

#include "song/edit.h"
#include "song/gm_names.h"
#include "song/midi_author.h"
#include "song/midi_file.h"
#include "song/midi_meta.h"
#include "song/midi_parse.h"
#include "song/midi_part.h"
#include "song/midi_values.h"
#include "song/text_encoding.h"
#include "song/time.h"
#include "song/words.h"

namespace arietta {
namespace {

// What one song may have; the engine plays at most 128 tracks (plan/plan_format.h).
constexpr size_t kMaxParts = 128;
constexpr size_t kMaxSongs = 64;                  // sequences of a format 2 file
constexpr size_t kOpsAtOnce = 4096;
constexpr Tick kEmptyLength = 16 * kTicksPerQuarter;

std::string name_without_folder_or_ending(std::string_view file_name) {
  const size_t folder = file_name.find_last_of("/\\");
  if (folder != std::string_view::npos) file_name.remove_prefix(folder + 1);
  return trimmed(to_utf8(file_name.substr(0, file_name.find_last_of('.'))));
}

// What programs write when nobody has given a name.
bool says_nothing(std::string_view title) {
  constexpr std::string_view kNothing[] = {"track", "untitled", "unnamed", "midi", "conductor", "tempo"};
  std::string word;
  for (const char c : title)
    if (std::isalpha(uint8_t(c))) word += char(std::tolower(uint8_t(c)));
    else if (!std::isdigit(uint8_t(c)) && c != ' ') return false;
  return std::find(std::begin(kNothing), std::end(kNothing), word) != std::end(kNothing) || title.empty();
}

// Makes one song from tracks that belong together.
class SongReader {
 public:
  SongReader(span<const MidiTrack> tracks, const MidiFile& file, std::string_view fallback_title, uint32_t actor,
             MidiWarnings& warnings)
      : tracks_(tracks), file_(file), warnings_(warnings), encoding_(encoding_of(tracks)), document_(actor) {
    find_parts_to_read();
    read_title(fallback_title);
    read_meta(tracks_, file_.in_seconds, encoding_, document_, ops_, warnings_);
    read_author_names();
    flush();
    size_t controls_left = kMaxMidiEvents;
    const MidiContext context = read_context(tracks_);
    bool all_controls = true;
    for (MidiPart& part : parts_) {
      all_controls = read_part(tracks_, context, part, controls_left) && all_controls;
      add_part(part);
    }
    if (!all_controls) warnings_.add("Tracks of this file share too many pedal and wheel movements. Some were left out.");
    if (parts_.empty()) {
      warnings_.add("There are no notes in this MIDI file.");
      add_empty_track();
    }
    flush();
  }

  Document take() { return std::move(document_); }

 private:
  void flush() {
    for (Op& op : ops_) document_.apply(std::move(op));
    ops_.clear();
  }

  void find_parts_to_read() {
    parts_ = find_parts(tracks_);
    if (parts_.size() <= kMaxParts) return;
    // The parts with the most notes stay, in the order of the file; of equal ones the first.
    std::vector<size_t> counts;
    for (const MidiPart& part : parts_) counts.push_back(part.note_count);
    std::sort(counts.begin(), counts.end(), std::greater<>());
    const size_t found = parts_.size(), fewest = counts[kMaxParts - 1];
    auto room = std::count(counts.begin(), counts.begin() + kMaxParts, fewest);
    std::erase_if(parts_, [&](const MidiPart& part) {
      return part.note_count < fewest || (part.note_count == fewest && room-- <= 0);
    });
    warnings_.add("This MIDI file has " + with_commas(found) + " parts; Arietta plays " + with_commas(kMaxParts) +
                  " at once. The " + with_commas(found - kMaxParts) + " parts with the fewest notes were left out.");
  }

  std::string first_text(const MidiTrack& track, uint8_t type) const {
    for (const MidiEvent& event : track.events) {
      if (event.status != midi::kMeta || event.data1 != type) continue;
      if (std::string text = trimmed(text_of(event, encoding_)); !text.empty()) return text;
    }
    return {};
  }

  size_t parts_in(size_t track) const {
    return size_t(std::count_if(parts_.begin(), parts_.end(), [&](const MidiPart& part) { return part.track == track; }));
  }

  // The name of the first track is the song's, unless that track is an instrument like the others.
  void read_title(std::string_view fallback_title) {
    first_is_title_ = tracks_.size() == 1 || parts_in(0) == 0;
    std::string title = first_is_title_ ? first_text(tracks_[0], midi::kTrackName) : std::string();
    if (says_nothing(title) && !fallback_title.empty()) title = fallback_title;
    set_field(ops_, kSongId, Kind::song, field::song::title, std::move(title));
    for (const MidiTrack& track : tracks_) {
      if (std::string text = first_text(track, midi::kCopyright); !text.empty()) {
        set_field(ops_, kSongId, Kind::song, field::song::copyright, std::move(text));
        break;
      }
    }
  }

  // The texts of a track that may be marks of authors: a few, whatever a hostile file has.
  std::vector<std::string> author_texts(const MidiTrack& track) const {
    constexpr size_t kMostTexts = 100;
    std::vector<std::string> texts;
    for (const MidiEvent& event : track.events) {
      if (event.status != midi::kMeta || event.data1 != midi::kText || texts.size() >= kMostTexts) continue;
      if (std::string text = text_of(event, encoding_); is_author_mark(text)) texts.push_back(std::move(text));
    }
    return texts;
  }

  void read_author_names() {
    constexpr size_t kMostNames = 100;
    for (const MidiTrack& track : tracks_) {
      for (const std::string& text : author_texts(track)) {
        const auto found = read_author_name(text);
        if (!found || authors_.size() >= kMostNames || !authors_.insert(found->number).second) continue;
        const Id author = add_entity(document_, ops_, Kind::author, kSongId);
        set_field(ops_, author, Kind::author, field::author::number, int64_t(found->number));
        set_field(ops_, author, Kind::author, field::author::name, found->name);
      }
    }
  }

  // A number nobody has a name for says no more than that the note came from a file.
  void read_authors(MidiPart& part) const {
    for (const std::string& text : author_texts(tracks_[part.track]))
      if (apply_author_mark(text, part.notes)) break;
    for (Note& note : part.notes)
      if (note.author > 1 && !authors_.count(note.author)) note.author = 1;
  }

  std::string name_of(const MidiPart& part) const {
    const bool named_after_track = parts_in(part.track) == 1 && !(first_is_title_ && part.track == 0);
    if (named_after_track)
      if (std::string name = first_text(tracks_[part.track], midi::kTrackName); !name.empty()) return name;
    if (parts_in(part.track) == 1)
      if (std::string name = first_text(tracks_[part.track], midi::kInstrumentName); !name.empty()) return name;
    return std::string(gm_name(part.program, part.bank));
  }

  Tick bar_end(Tick tick) const {
    const TimeMap time(document_);
    const BarBeat at = time.bar_at(tick);
    const Tick start = time.tick_of_bar(at.bar);
    return start == tick ? tick : time.tick_of_bar(at.bar + 1);
  }

  Id add_track_with(std::string_view name, int program, int bank) {
    const Id track = add_track(document_, ops_, name, DeviceKind::soundfont);
    flush();
    set_instrument(document_, ops_, track, DeviceKind::soundfont, program, bank);
    return track;
  }

  void add_part(MidiPart& part) {
    read_authors(part);
    const Id track = add_track_with(name_of(part), part.program, part.bank);
    set_field(ops_, track, Kind::track, field::track::channel, int64_t(part.channel));
    const Id strip = strip_of(document_, track)->id;
    if (part.volume) set_param(document_, ops_, strip, param::strip::gain_db, volume_to_db(*part.volume));
    if (part.pan) set_param(document_, ops_, strip, param::strip::pan, pan_to_position(*part.pan));
    if (part.reverb) set_param(document_, ops_, strip, param::strip::reverb_db, send_to_db(*part.reverb));
    const Id clip = add_clip(document_, ops_, track, 0, std::max(bar_end(part.end), bar_end(1)));
    for (Note& note : part.notes) {
      note.clip = clip;
      add_note(document_, ops_, note);
      if (ops_.size() > kOpsAtOnce) flush();
    }
    for (const Control& control : part.controls) {
      add_control(document_, ops_, clip, control);
      if (ops_.size() > kOpsAtOnce) flush();
    }
    flush();
    if (part.hanging)
      warnings_.add("In track " + with_commas(part.track + 1) + ", " + with_commas(part.hanging) +
                    (part.hanging == 1 ? " note is never ended. It now ends" : " notes are never ended. They now end") +
                    " with the track.");
    part.notes = {};
    part.controls = {};
  }

  void add_empty_track() {
    const Id track = add_track_with(gm_name(0, 0), 0, 0);
    add_clip(document_, ops_, track, 0, kEmptyLength);
  }

  span<const MidiTrack> tracks_;
  const MidiFile& file_;
  MidiWarnings& warnings_;
  TextEncoding encoding_;
  Document document_;
  Ops ops_;
  std::vector<MidiPart> parts_;
  std::unordered_set<int> authors_;        // that have a name
  bool first_is_title_ = false;
};

}  // namespace

Result<MidiImport> read_midi(Bytes bytes, std::string_view file_name, uint32_t actor) {
  auto parsed = parse_midi(bytes);
  if (!parsed) return parsed.error();
  MidiFile& file = *parsed;
  MidiImport import;
  import.warnings = std::move(file.warnings);
  MidiWarnings warnings(import.warnings);
  const std::string title = name_without_folder_or_ending(file_name);
  const span<const MidiTrack> tracks = file.tracks;
  if (file.format != 2 || tracks.size() == 1) {
    import.songs.push_back(SongReader(tracks, file, title, actor, warnings).take());
    return import;
  }
  for (size_t i = 0; i < std::min(tracks.size(), kMaxSongs); ++i) {
    const std::string song_title = title + " (" + with_commas(i + 1) + ")";
    import.songs.push_back(SongReader(tracks.subspan(i, 1), file, song_title, actor, warnings).take());
  }
  if (tracks.size() > kMaxSongs)
    warnings.add("This MIDI file holds " + with_commas(tracks.size()) + " songs. The first " + with_commas(kMaxSongs) + " were opened.");
  return import;
}

}  // namespace arietta
