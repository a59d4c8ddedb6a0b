#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "base/bytes.h"
#include "base/note_event.h"
#include "song/edit.h"
#include "song/gm_names.h"
#include "song/midi_author.h"
#include "song/midi_file.h"
#include "song/midi_parse.h"
#include "song/midi_values.h"
#include "song/scale.h"
#include "song/time.h"

namespace arietta {
namespace {

constexpr int kDrumChannel = 9;
constexpr int kUsualBendRange = 2;
constexpr int kMinorScale = 1;
constexpr size_t kMaxTracks = 65535;              // the header counts them in 16 bits

static_assert(find_param(DeviceKind::strip, param::strip::reverb_db)->initial == kDefaultReverbDb);

// What comes first of several events at one tick. Notes end before others begin, and begin last.
enum class Order : uint8_t { kSetUp, kOff, kControl, kOn };

struct Message {
  Tick tick;
  Order order;
  std::vector<uint8_t> bytes;
};

int seven_bits(int wide) { return std::clamp((wide + 64) / 129, 0, 127); }   // 0..16383, the way back from midi_part.cpp

class TrackWriter {
 public:
  void add(Tick tick, Order order, std::initializer_list<int> bytes) {
    Message message{std::max<Tick>(0, tick), order, {}};
    for (const int byte : bytes) message.bytes.push_back(uint8_t(byte));
    messages_.push_back(std::move(message));
  }

  void add_meta(Tick tick, uint8_t type, Bytes body) {
    ByteWriter writer;
    writer.u8(midi::kMeta);
    writer.u8(type);
    variable_length(writer, body.size());
    writer.raw(body);
    messages_.push_back({std::max<Tick>(0, tick), Order::kSetUp, writer.release()});
  }

  void add_text(Tick tick, uint8_t type, std::string_view text) {
    if (!text.empty()) add_meta(tick, type, {reinterpret_cast<const uint8_t*>(text.data()), text.size()});
  }

  // The finished chunk; `end` is where the track ends at the earliest.
  void write_to(ByteWriter& file, Tick end) {
    std::stable_sort(messages_.begin(), messages_.end(), [](const Message& a, const Message& b) {
      return a.tick != b.tick ? a.tick < b.tick : a.order < b.order;
    });
    ByteWriter body;
    Tick before = 0;
    for (const Message& message : messages_) {
      variable_length(body, uint64_t(message.tick - before));
      body.raw(message.bytes);
      before = message.tick;
    }
    variable_length(body, uint64_t(std::max<Tick>(0, end - before)));
    for (const int byte : {int(midi::kMeta), int(midi::kEndOfTrack), 0}) body.u8(uint8_t(byte));
    file.text("MTrk");
    file.u32_be(uint32_t(body.size()));
    file.raw(body.bytes());
  }

 private:
  // Big-endian groups of seven bits; at most 28 bits, 77 hours at 60 quarters a minute.
  static void variable_length(ByteWriter& writer, uint64_t value) {
    value = std::min<uint64_t>(value, 0x0fffffff);
    for (int shift = 21; shift > 0; shift -= 7)
      if (value >> shift) writer.u8(uint8_t(0x80 | (value >> shift & 0x7f)));
    writer.u8(uint8_t(value & 0x7f));
  }

  std::vector<Message> messages_;
};

Tick length_of(const Document& document, Id track) {
  Tick end = 0;
  for (const Id id : document.children(track, Kind::clip)) {
    const Clip clip = read_clip(document, id);
    end = std::max(end, clip.start + clip.length);
  }
  return end;
}

// Tempo, meter, key, words: everything that is not of one track.
TrackWriter song_track(const Document& document) {
  TrackWriter track;
  const Entity& song = document.song();
  track.add_text(0, midi::kTrackName, song.text(field::song::title));
  track.add_text(0, midi::kCopyright, song.text(field::song::copyright));
  const TimeMap time(document);
  for (const TempoPoint& tempo : time.tempos()) {
    const auto us = uint32_t(std::min<int64_t>(tempo.us_per_quarter, 0xffffff));
    track.add_meta(tempo.tick, midi::kTempo, std::array{uint8_t(us >> 16), uint8_t(us >> 8), uint8_t(us)});
  }
  for (const MeterPoint& meter : time.meters()) {
    constexpr int kClocksPerWhole = 96;
    constexpr uint8_t kThirtySecondsPerQuarter = 8;
    const auto power = uint8_t(std::countr_zero(unsigned(meter.beat_unit)));
    const auto clocks_per_beat = uint8_t(kClocksPerWhole / meter.beat_unit);
    track.add_meta(meter.tick, midi::kMeter,
                   std::array{uint8_t(meter.beats), power, clocks_per_beat, kThirtySecondsPerQuarter});
  }
  // A key signature can say major and minor only.
  const int64_t scale = song.integer(field::song::scale);
  if (scale <= kMinorScale) {
    const bool minor = scale == kMinorScale;
    const int sharps = sharps_of_key(int(song.integer(field::song::key_root)), minor);
    track.add_meta(0, midi::kKeySignature, std::array{uint8_t(sharps), uint8_t(minor)});
  }
  constexpr uint8_t kTypes[] = {midi::kMarker, midi::kLyric, midi::kText, midi::kCue};   // by marker_kind
  for (const Id id : document.children(kSongId, Kind::marker)) {
    const Entity& marker = *document.find(id);
    const auto kind = size_t(marker.integer(field::marker::marker_kind));
    track.add_text(marker.integer(field::marker::tick), kTypes[kind < std::size(kTypes) ? kind : 0],
                   marker.text(field::marker::text));
  }
  for (const Id id : document.children(kSongId, Kind::author)) {
    const Entity& author = *document.find(id);
    const std::string_view name = author.text(field::author::name);
    if (!name.empty()) track.add_text(0, midi::kText, author_name_mark(int(author.integer(field::author::number)), name));
  }
  return track;
}

// Writes what one song track plays on one channel.
class PartWriter {
 public:
  PartWriter(const Document& document, Id id, int channel, TrackWriter& track)
      : document_(document), id_(id), channel_(channel), track_(track) {}

  void write() {
    track_.add_text(0, midi::kTrackName, document_.find(id_)->text(field::track::name));
    set_up();
    std::vector<Note> notes;
    for (const Id id : document_.children(id_, Kind::clip)) {
      const Clip clip = read_clip(document_, id);
      for (const Id control : document_.children(id, Kind::control)) add(read_control(document_, control), clip.start);
      for (Note& note : notes_of(document_, id)) {
        add(note, clip.start);
        note.start += clip.start;
        notes.push_back(std::move(note));
      }
    }
    track_.add_text(0, midi::kText, author_mark(std::move(notes)));
  }

 private:
  void controller(Tick tick, Order order, int number, int value) {
    track_.add(tick, order, {midi::kController | channel_, number, value});
  }

  void program(Tick tick, Order order, int program_number, int bank) {
    // The drum channel has its kits without a bank.
    if (channel_ != kDrumChannel && bank != kDrumBank && (bank != 0 || bank_sent_)) {
      controller(tick, order, midi::kBankHigh, bank & 0x7f);
      bank_sent_ = true;
    }
    track_.add(tick, order, {midi::kProgram | channel_, program_number & 0x7f});
  }

  void set_up() {
    const auto instrument = instrument_of(document_, id_);
    if (instrument && instrument->kind == DeviceKind::soundfont)
      program(0, Order::kSetUp, instrument->program, instrument->bank);
    else if (channel_ != kDrumChannel)
      program(0, Order::kSetUp, kNearestToSynth, 0);
    const auto strip = strip_of(document_, id_);
    if (!strip) return;
    const auto value = [&](uint16_t index) { return param_of(document_, strip->id, index); };
    gain_db_ = value(param::strip::gain_db);
    controller(0, Order::kSetUp, midi::kVolume, db_to_volume(gain_db_));
    controller(0, Order::kSetUp, midi::kPan, position_to_pan(value(param::strip::pan)));
    if (value(param::strip::reverb_db) != kDefaultReverbDb)
      controller(0, Order::kSetUp, midi::kReverbSend, db_to_send(value(param::strip::reverb_db)));
  }

  void add(const Note& note, Tick clip_start) {
    const Tick start = clip_start + note.start;
    track_.add(start, Order::kOn, {midi::kNoteOn | channel_, note.key, note.velocity});
    track_.add(start + note.length, Order::kOff, {midi::kNoteOff | channel_, note.key, note.release_velocity});
  }

  void add(const Control& control, Tick clip_start) {
    const Tick tick = clip_start + control.tick;
    switch (NoteEventType(control.type)) {
      case NoteEventType::kBend:
        bend_range(tick, control.number ? control.number : kUsualBendRange);
        track_.add(tick, Order::kControl,
                   {midi::kBend | channel_, control.amount & 0x7f, control.amount >> 7 & 0x7f});
        break;
      case NoteEventType::kPressure:
        track_.add(tick, Order::kControl, {midi::kPressure | channel_, seven_bits(control.amount)});
        break;
      case NoteEventType::kController: {
        int value = seven_bits(control.amount);
        // The mixer's volume and the player's are one number in MIDI.
        if (control.number == midi::kVolume && gain_db_ != 0) value = db_to_volume(volume_to_db(value) + gain_db_);
        controller(tick, Order::kControl, control.number & 0x7f, value);
        break;
      }
      case NoteEventType::kProgram: program(tick, Order::kControl, control.number, control.amount); break;
      default: break;
    }
  }

  // Registered parameter 0 says how far the wheel bends.
  void bend_range(Tick tick, int semitones) {
    if (semitones == bend_range_) return;
    bend_range_ = semitones;
    controller(tick, Order::kControl, midi::kRpnHigh, 0);
    controller(tick, Order::kControl, midi::kRpnLow, 0);
    controller(tick, Order::kControl, midi::kDataHigh, semitones);
    controller(tick, Order::kControl, midi::kDataLow, 0);
    controller(tick, Order::kControl, midi::kRpnHigh, 127);
    controller(tick, Order::kControl, midi::kRpnLow, 127);
  }

  static constexpr int kNearestToSynth = 81;       // "Saw lead"

  const Document& document_;
  Id id_;
  int channel_;
  TrackWriter& track_;
  float gain_db_ = 0;
  int bend_range_ = kUsualBendRange;
  bool bank_sent_ = false;
};

struct Place {
  int channel = -1, port = 0;
};

// Drums to channel 10; the others keep the channel they came from while it is free, else take the next free one. When
// there are more than fifteen, they go on at the next port; programs that know no ports see shared channels.
std::vector<Place> places_for(const Document& document, const std::vector<Id>& tracks) {
  std::vector<Place> places(tracks.size());
  int users[16] = {};
  for (size_t i = 0; i < tracks.size(); ++i) {
    const int64_t wanted = document.find(tracks[i])->integer(field::track::channel);
    if (is_drum_track(document, tracks[i])) {
      places[i].channel = kDrumChannel;
    } else if (wanted >= 0 && wanted != kDrumChannel && users[wanted] == 0) {
      places[i].channel = int(wanted);
      ++users[wanted];
    }
  }
  users[kDrumChannel] = INT32_MAX;
  for (Place& place : places) {
    if (place.channel >= 0) continue;
    int* least = std::min_element(std::begin(users), std::end(users));
    place = {int(least - std::begin(users)), std::min((*least)++, 127)};
  }
  return places;
}

}  // namespace

std::vector<uint8_t> write_midi(const Document& document) {
  std::vector<Id> tracks = document.children(kSongId, Kind::track);
  tracks.resize(std::min(tracks.size(), kMaxTracks - 1));
  const std::vector<Place> places = places_for(document, tracks);

  ByteWriter file;
  file.text("MThd");
  file.u32_be(6);
  file.u16_be(1);
  file.u16_be(uint16_t(tracks.size() + 1));
  file.u16_be(uint16_t(kTicksPerQuarter));
  song_track(document).write_to(file, 0);
  for (size_t i = 0; i < tracks.size(); ++i) {
    TrackWriter track;
    if (places[i].port > 0) track.add_meta(0, midi::kPort, std::array{uint8_t(places[i].port)});
    PartWriter(document, tracks[i], places[i].channel, track).write();
    track.write_to(file, length_of(document, tracks[i]));
  }
  return file.release();
}

}  // namespace arietta
