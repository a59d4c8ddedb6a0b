#include "song/midi_parse.h"

#include <algorithm>

#include "base/bytes.h"
#include "song/ranges.h"
#include "song/words.h"

namespace arietta {
namespace {

constexpr size_t kMaxForeignHeader = 256;        // old Macintosh files carry 128 bytes in front

size_t find_tag(Bytes bytes, std::string_view tag, size_t from, size_t until) {
  until = std::min(until, bytes.size());
  const auto begin = bytes.begin() + ptrdiff_t(std::min(from, until)), end = bytes.begin() + ptrdiff_t(until);
  const auto at = std::search(begin, end, tag.begin(), tag.end());
  return at == end ? std::string_view::npos : size_t(at - bytes.begin());
}

bool is_rmid(Bytes bytes) { return find_tag(bytes, "RIFF", 0, 4) == 0 && find_tag(bytes, "RMID", 8, 12) == 8; }

// Where MThd stands; npos when nowhere near the front.
size_t find_header(Bytes bytes) {
  return find_tag(bytes, "MThd", 0, is_rmid(bytes) ? bytes.size() : kMaxForeignHeader);
}

std::string printable(std::string_view tag) {
  std::string text;
  for (const char c : tag) text += c >= 0x20 && c < 0x7f ? c : '?';
  return text;
}

// File ticks to song ticks, rounded to the nearest: exact where 960 is a multiple of the file's resolution.
struct TickScale {
  int64_t multiply = 2, divide = 1;

  Tick to_song(int64_t tick) const { return (tick * multiply + divide / 2) / divide; }
  int64_t limit() const { return kMaxTick / multiply * divide; }
};

struct Header {
  int format = 1;
  size_t track_count = 0;
  TickScale scale;
  bool in_seconds = false;
};

Header read_header(ByteReader& reader, size_t size, MidiWarnings& warnings) {
  Header header;
  header.format = reader.u16_be();
  header.track_count = reader.u16_be();
  const int division = reader.u16_be();
  reader.skip(std::min(size - 6, reader.left()));
  if (header.format > 2) {
    warnings.add("This MIDI file says it is of format " + with_commas(uint64_t(header.format)) +
                 ", which does not exist. It was read as format 1.");
    header.format = 1;
  }
  const int frames = 256 - (division >> 8), ticks_per_frame = division & 0xff;
  if (division < 0x8000 && division > 0) {
    header.scale = {kTicksPerQuarter, division};
  } else if (division >= 0x8000 && ticks_per_frame > 0) {
    // A second is two quarters. 29 stands for 30000 / 1001 frames a second.
    header.in_seconds = true;
    header.scale = frames == 29 ? TickScale{2 * kTicksPerQuarter * 1001, 30'000 * ticks_per_frame}
                                : TickScale{2 * kTicksPerQuarter, frames * ticks_per_frame};
  } else {
    warnings.add("This MIDI file does not say how long its ticks are. 480 to a quarter note was assumed.");
  }
  return header;
}

// Reads the events of one track until its end mark, its end or its first fault.
class TrackReader {
 public:
  TrackReader(Bytes bytes, size_t track_number, const TickScale& scale, size_t& events_left, MidiWarnings& warnings)
      : reader_(bytes), number_(track_number), scale_(scale), events_left_(events_left), warnings_(warnings) {}

  MidiTrack read() {
    MidiTrack track;
    while (!reader_.at_end() && !done_ && !too_many_) {
      tick_ += variable_length();
      if (tick_ > scale_.limit()) {
        warnings_.add(place() + " goes on for longer than Arietta can count. What comes later was left out.");
        break;
      }
      if (!reader_.ok()) break;
      track.end = scale_.to_song(tick_);
      read_event(track);
    }
    if (damaged_values_)
      warnings_.add(place() + " has " + with_commas(damaged_values_) + " values that cannot be right. The rest was kept.");
    return track;
  }

  bool ended() const { return done_; }             // by its end mark
  bool too_many() const { return too_many_; }
  size_t consumed() const { return reader_.position(); }

 private:
  std::string place() const { return "Track " + with_commas(number_); }

  int64_t variable_length() {
    int64_t value = 0;
    for (int i = 0; i < 4; ++i) {
      const uint8_t byte = reader_.u8();
      value = value << 7 | (byte & 0x7f);
      if (!(byte & 0x80)) return value;
    }
    give_up();
    return 0;
  }

  void give_up() {
    warnings_.add(place() + " is broken after " + with_commas(reader_.position()) +
                  " of its bytes. What came before has been opened.");
    reader_.fail();
  }

  uint8_t data_byte() {
    const uint8_t byte = reader_.u8();
    damaged_values_ += byte >> 7;
    return byte & 0x7f;
  }

  void read_event(MidiTrack& track) {
    MidiEvent event{scale_.to_song(tick_), 0, 0, 0, 0, port_, {}};
    uint8_t status = reader_.u8();
    if (status < 0x80) {
      if (!running_status_) return give_up();
      event.data1 = status;
      status = running_status_;
    } else if (status < midi::kSystem) {
      event.data1 = data_byte();
    }
    if (status < midi::kSystem) {
      // Running status outlives meta events here, which the standard forbids and many files rely on.
      running_status_ = status;
      event.status = status & 0xf0;
      event.channel = status & 0x0f;
      if (event.status != midi::kProgram && event.status != midi::kPressure) event.data2 = data_byte();
    } else if (!read_other(status, event)) {
      return;
    }
    if (!reader_.ok()) return;
    if (events_left_ == 0) {
      too_many_ = true;
      return;
    }
    --events_left_;
    track.events.push_back(event);
  }

  // System and meta messages. False when there is nothing to keep.
  bool read_other(uint8_t status, MidiEvent& event) {
    event.status = status == midi::kMeta ? midi::kMeta : midi::kSystem;
    if (status == midi::kMeta) event.data1 = reader_.u8();
    else if (status != 0xf0 && status != 0xf7) {
      reader_.skip(status == 0xf2 ? 2 : status == 0xf1 || status == 0xf3 ? 1 : 0);    // has no place in a file
      return false;
    }
    const auto size = size_t(variable_length());
    if (!reader_.ok()) return false;
    event.body = reader_.take(std::min(size, reader_.left()));
    if (status != midi::kMeta) return true;
    done_ = event.data1 == midi::kEndOfTrack;
    if (event.data1 == midi::kPort && !event.body.empty()) port_ = event.body[0];
    return !done_;
  }

  ByteReader reader_;
  size_t number_;
  const TickScale& scale_;
  size_t& events_left_;
  MidiWarnings& warnings_;
  int64_t tick_ = 0;
  uint8_t running_status_ = 0;
  uint8_t port_ = 0;
  uint64_t damaged_values_ = 0;
  bool done_ = false, too_many_ = false;
};

class FileReader {
 public:
  FileReader(Bytes bytes, MidiFile& file) : bytes_(bytes), file_(file), warnings_(file.warnings) {}

  Result<bool> read(size_t header_at) {
    if (header_at > 0 && !is_rmid(bytes_))
      warnings_.add("There are " + with_commas(header_at) + " bytes before the MIDI file begins. They were skipped.");
    ByteReader reader(bytes_.subspan(header_at + 4));
    const size_t size = reader.u32_be();
    if (reader.left() < 6 || size < 6)
      return Error{"This MIDI file is cut off inside its header: it needs 14 bytes, but only " +
                       with_commas(bytes_.size() - header_at) + " are there.", int64_t(header_at)};
    header_ = read_header(reader, size, warnings_);
    file_.format = header_.format;
    file_.in_seconds = header_.in_seconds;

    size_t at = header_at + 4 + reader.position();
    while (at + 8 <= bytes_.size() && chunks_ < kMaxMidiChunks && !too_many_) at = read_chunk(at);
    if (too_many_)
      return Error{"This MIDI file has more than " + with_commas(kMaxMidiEvents) +
                       " notes and other events; that is more than Arietta can play.", int64_t(at)};
    if (chunks_ == kMaxMidiChunks)
      warnings_.add("This MIDI file has more than " + with_commas(kMaxMidiChunks) + " parts. The rest was left out.");
    if (file_.tracks.empty())
      return Error{"This MIDI file has a header, but no track follows it.", int64_t(header_at)};
    if (!cut_off_ && file_.tracks.size() < header_.track_count)
      warnings_.add("This MIDI file says it has " + with_commas(header_.track_count) + " tracks, but only " +
                    with_commas(file_.tracks.size()) + " are in it.");
    return true;
  }

 private:
  // Reads or skips the chunk that begins at `at`; returns where the next one begins.
  size_t read_chunk(size_t at) {
    ++chunks_;
    ByteReader reader(bytes_.subspan(at));
    const std::string_view tag = reader.text(4);
    const size_t size = reader.u32_be();
    const size_t body = at + 8, left = reader.left();
    if (tag == "MTrk") return read_track(body, size);

    const bool fits = size <= left;
    // The last chunk of a RIFF file may be followed by what is not ours.
    const size_t next = fits ? body + size : find_tag(bytes_, "MTrk", at + 1, bytes_.size());
    const bool over = next == std::string_view::npos;
    if (over && is_rmid(bytes_) && !file_.tracks.empty()) return bytes_.size();
    warnings_.add(fits ? "A part of the file called \"" + printable(tag) + "\" was skipped: it holds no notes."
                       : "The file is broken after " + with_commas(at) + " bytes." +
                             (over ? " What came before has been opened." : " Reading goes on at the next track."));
    return over ? bytes_.size() : next;
  }

  size_t read_track(size_t body, size_t size) {
    const size_t left = bytes_.size() - body;
    const size_t track_number = file_.tracks.size() + 1;
    // Writers that were stopped, or that did not know the length, leave 0 or a length far too big.
    const bool unknown = size == 0 && left >= 4 && find_tag(bytes_, "MTrk", body, body + 4) != body;
    const size_t limit = unknown ? left : std::min(size, left);
    TrackReader track(bytes_.subspan(body, limit), track_number, header_.scale, events_left_, warnings_);
    file_.tracks.push_back(track.read());
    too_many_ = track.too_many();
    if (unknown || size > left) {
      if (!track.ended()) {
        cut_off_ = true;
        warnings_.add("This MIDI file is cut off: track " + with_commas(track_number) + " says it has " + with_commas(size) +
                      " bytes, but only " + with_commas(left) + " are left. What was there has been opened.");
      }
      return body + track.consumed();
    }
    return body + size;
  }

  Bytes bytes_;
  MidiFile& file_;
  MidiWarnings warnings_;
  Header header_;
  size_t events_left_ = kMaxMidiEvents;
  size_t chunks_ = 0;
  bool cut_off_ = false, too_many_ = false;
};

}  // namespace

void MidiWarnings::add(std::string sentence) {
  if (list_.size() < kMost) {
    list_.push_back(std::move(sentence));
    return;
  }
  const std::string more = "And " + with_commas(++left_out_) + " more of this kind.";
  if (left_out_ == 1) list_.push_back(more);
  else list_.back() = more;
}

bool looks_like_midi(Bytes bytes) { return find_header(bytes) != std::string_view::npos; }

Result<MidiFile> parse_midi(Bytes bytes) {
  if (bytes.empty()) return Error{"This file is empty."};
  if (bytes.size() > kMaxMidiBytes)
    return Error{"This file has " + with_commas(bytes.size() >> 20) + " MB; a MIDI file of that size cannot be opened."};
  const size_t header_at = find_header(bytes);
  if (header_at == std::string_view::npos)
    return Error{"This is not a MIDI file: it does not begin with the letters MThd.", 0};
  MidiFile file;
  if (const auto done = FileReader(bytes, file).read(header_at); !done) return done.error();
  return file;
}

}  // namespace arietta
