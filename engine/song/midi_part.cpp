#include "song/midi_part.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/note_event.h"
#include "song/gm_names.h"
#include "song/midi_values.h"

namespace arietta {
namespace {

constexpr int kImported = 1;                          // note.author
constexpr Tick kLongestTail = 16 * kTicksPerQuarter;  // silence after the last note that belongs to the song
constexpr int kBendMiddle = 8192;

// Messages that set one thing together share a lane: lanes 0..127 are controllers of that number.
enum Lane : int { kNoLane = -1, kProgramLane = 128, kBendLane, kPressureLane, kLanes };

bool is_parameter_number(int controller) {
  return controller == midi::kDataHigh || controller == midi::kDataLow || (controller >= 96 && controller <= midi::kRpnHigh);
}

int lane_of(const MidiEvent& event) {
  switch (event.status) {
    case midi::kProgram: return kProgramLane;
    case midi::kPressure: return kPressureLane;
    case midi::kBend: return kBendLane;
    case midi::kController: break;
    default: return kNoLane;
  }
  if (event.data1 == midi::kBankHigh || event.data1 == midi::kBankLow) return kProgramLane;
  if (is_parameter_number(event.data1)) return kBendLane;
  return event.data1 >= midi::kAllSoundOff ? int(kNoLane) : event.data1;
}

bool is_note_on(const MidiEvent& event) { return event.status == midi::kNoteOn && event.data2 > 0; }

bool is_of(const MidiEvent& event, const MidiPart& part) {
  return event.status < midi::kSystem && event.channel == part.channel && event.port == part.port;
}

// The part's own events, and those of other tracks on its channel for lanes it does not use itself: often one track
// sets the instruments for all.
std::vector<const MidiEvent*> events_of(span<const MidiTrack> tracks, const MidiPart& part) {
  bool own[kLanes] = {};
  for (const MidiEvent& event : tracks[part.track].events)
    if (const int lane = is_of(event, part) ? lane_of(event) : kNoLane; lane != kNoLane) own[lane] = true;

  std::vector<const MidiEvent*> events;
  for (size_t t = 0; t < tracks.size(); ++t) {
    if (t == part.track) continue;
    for (const MidiEvent& event : tracks[t].events) {
      const int lane = is_of(event, part) ? lane_of(event) : kNoLane;
      if (lane != kNoLane && !own[lane]) events.push_back(&event);
    }
  }
  for (const MidiEvent& event : tracks[part.track].events)
    if (is_of(event, part)) events.push_back(&event);
  std::stable_sort(events.begin(), events.end(), [](const auto* a, const auto* b) { return a->tick < b->tick; });
  return events;
}

// Pairs ons with offs: the first on of a key with its first off.
class NotePairs {
 public:
  explicit NotePairs(std::vector<Note>& notes) : notes_(notes) {}

  void on(const MidiEvent& event) {
    open_[event.data1].notes.push_back(notes_.size());
    notes_.push_back({.start = event.tick, .length = 0, .key = event.data1, .velocity = event.data2, .author = kImported});
  }

  void off(int key, Tick tick, int release_velocity) {
    Queue& queue = open_[key];
    if (queue.first == queue.notes.size()) return;
    Note& note = notes_[queue.notes[queue.first++]];
    note.length = std::max<Tick>(1, tick - note.start);
    note.release_velocity = release_velocity;
  }

  size_t end_all(Tick tick) {
    size_t ended = 0;
    for (int key = 0; key < 128; ++key)
      for (; open_[key].first < open_[key].notes.size(); ++ended) off(key, tick, Note{}.release_velocity);
    return ended;
  }

 private:
  struct Queue {
    std::vector<size_t> notes;
    size_t first = 0;
  };
  std::vector<Note>& notes_;
  Queue open_[128];
};

// Follows one channel and writes down what changes.
class PlayerReader {
 public:
  PlayerReader(const MidiContext& context, MidiPart& part, Tick first_note, size_t& controls_left)
      : context_(context), part_(part), first_note_(first_note), controls_left_(controls_left) {
    std::fill(std::begin(last_), std::end(last_), 0);
    last_[midi::kExpression] = 127;
  }

  // Volume, pan and room that never move after the first note are set on the mixer strip.
  void find_strip_values(const std::vector<const MidiEvent*>& events) {
    struct StripValue { int controller, unset; std::optional<int>* value; };
    const StripValue strip[] = {{midi::kVolume, kMidiDefaultVolume, &part_.volume},
                                {midi::kPan, kMidiMiddlePan, &part_.pan},
                                {midi::kReverbSend, kMidiDefaultReverb, &part_.reverb}};
    for (const auto& [controller, unset, value] : strip) {
      bool found = false, moves = false;
      int first = unset;
      for (const MidiEvent* event : events) {
        if (lane_of(*event) != controller) continue;
        found = true;
        if (event->tick <= first_note_) first = event->data2;
        else moves = moves || event->data2 != first;
      }
      on_strip_[controller] = !moves;
      if (found && !moves) *value = first;
      last_[controller] = unset;
    }
  }

  bool ok() const { return ok_; }

  // Of a program change at this moment.
  int bank_number() const {
    constexpr int kXgDrums = 127, kXgDrumEffects = 126, kGm2Drums = 120, kGm2Melody = 121;
    const bool drums = context_.drums >> part_.channel & 1;
    if (drums || bank_high_ == kGm2Drums) return kDrumBank;
    if (context_.xg && (bank_high_ == kXgDrums || bank_high_ == kXgDrumEffects)) return kDrumBank;
    return context_.xg || bank_high_ == kGm2Melody ? bank_low_ : bank_high_;
  }

  void read(const MidiEvent& event) {
    switch (event.status) {
      case midi::kProgram: program(event.tick, event.data1); break;
      case midi::kPressure: change(event.tick, kPressureLane, NoteEventType::kPressure, 0, event.data1); break;
      case midi::kBend: bend(event); break;
      case midi::kController: controller(event); break;
    }
  }

 private:
  // 0..127 becomes 0..16383 and back without loss: 127 * 129 = 16383.
  static constexpr int kWiden = 129;

  void add(Tick tick, NoteEventType type, int number, int amount) {
    if (controls_left_ == 0) {
      ok_ = false;
      return;
    }
    --controls_left_;
    part_.controls.push_back({0, tick, int(type), number, amount});
  }

  void change(Tick tick, int lane, NoteEventType type, int number, int value) {
    if (last_[lane] == value) return;
    last_[lane] = value;
    add(tick, type, number, value * kWiden);
  }

  void controller(const MidiEvent& event) {
    switch (event.data1) {
      case midi::kBankHigh: bank_high_ = event.data2; return;
      case midi::kBankLow: bank_low_ = event.data2; return;
      case midi::kRpnHigh: rpn_ = (rpn_ & 0x7f) | event.data2 << 7; return;
      case midi::kRpnLow: rpn_ = (rpn_ & ~0x7f) | event.data2; return;
      case 98: case 99: rpn_ = kNoRpn; return;      // a maker's own parameters
      case midi::kDataHigh:
        if (rpn_ == 0) bend_range_ = event.data2;
        return;
    }
    if (is_parameter_number(event.data1) || event.data1 >= midi::kAllSoundOff || on_strip_[event.data1]) return;
    change(event.tick, event.data1, NoteEventType::kController, event.data1, event.data2);
  }

  void bend(const MidiEvent& event) {
    const int amount = event.data1 | event.data2 << 7;
    const int range = bend_range_ == 2 ? 0 : bend_range_;
    const bool same = amount == bend_ && (range == noted_range_ || amount == kBendMiddle);
    bend_ = amount;
    noted_range_ = range;
    if (!same) add(event.tick, NoteEventType::kBend, range, amount);
  }

  void program(Tick tick, int number) {
    const int bank = bank_number();
    if (tick > first_note_ && (number != current_program_ || bank != current_bank_))
      add(tick, NoteEventType::kProgram, number, bank);
    if (tick <= first_note_) {
      part_.program = number;
      part_.bank = bank;
    }
    current_program_ = number;
    current_bank_ = bank;
  }

  static constexpr int kNoRpn = 0x3fff;

  const MidiContext& context_;
  MidiPart& part_;
  Tick first_note_;
  size_t& controls_left_;
  int last_[kLanes];
  bool on_strip_[128] = {};
  int bank_high_ = 0, bank_low_ = 0, current_program_ = 0, current_bank_ = 0;
  int rpn_ = kNoRpn, bend_range_ = 2, bend_ = kBendMiddle, noted_range_ = 0;
  bool ok_ = true;
};

bool begins_with(Bytes bytes, std::initializer_list<int> pattern) {
  if (bytes.size() < pattern.size()) return false;
  size_t i = 0;
  for (const int wanted : pattern)
    if (const int byte = bytes[i++]; wanted >= 0 && byte != wanted) return false;
  return true;
}

}  // namespace

MidiContext read_context(span<const MidiTrack> tracks) {
  constexpr int kAny = -1;
  MidiContext context;
  for (const MidiTrack& track : tracks) {
    for (const MidiEvent& event : track.events) {
      if (event.status == midi::kNoteOn || event.status == midi::kNoteOff)
        context.end = std::max(context.end, event.tick + kLongestTail);
      if (event.status != midi::kSystem) continue;
      const Bytes body = event.body;
      if (begins_with(body, {0x43, kAny, 0x4c, 0, 0, 0x7e, 0})) context.xg = true;
      // Roland GS "use for rhythm part". Its parts count 10, 1..9, 11..16.
      if (begins_with(body, {0x41, kAny, 0x42, 0x12, 0x40, kAny, 0x15, kAny}) && body[5] >> 4 == 1) {
        const int block = body[5] & 15, channel = block == 0 ? 9 : block <= 9 ? block - 1 : block;
        const auto bit = uint16_t(1 << channel);
        context.drums = body[7] ? context.drums | bit : context.drums & ~bit;
      }
    }
  }
  return context;
}

std::vector<MidiPart> find_parts(span<const MidiTrack> tracks) {
  std::map<std::tuple<size_t, uint8_t, uint8_t>, size_t> counts;
  for (size_t t = 0; t < tracks.size(); ++t)
    for (const MidiEvent& event : tracks[t].events)
      if (is_note_on(event)) ++counts[{t, event.port, event.channel}];
  std::vector<MidiPart> parts;
  for (const auto& [key, count] : counts) {
    MidiPart part;
    std::tie(part.track, part.port, part.channel) = key;
    part.note_count = count;
    parts.push_back(std::move(part));
  }
  return parts;
}

bool read_part(span<const MidiTrack> tracks, const MidiContext& context, MidiPart& part, size_t& controls_left) {
  const std::vector<const MidiEvent*> events = events_of(tracks, part);
  const auto first_on = std::find_if(events.begin(), events.end(), [](const auto* event) { return is_note_on(*event); });
  const Tick first_note = first_on == events.end() ? 0 : (*first_on)->tick;

  NotePairs pairs(part.notes);
  PlayerReader player(context, part, first_note, controls_left);
  part.bank = player.bank_number();
  player.find_strip_values(events);
  part.notes.reserve(part.note_count);
  for (const MidiEvent* event : events) {
    const bool silences = event->status == midi::kController &&
                          (event->data1 == midi::kAllSoundOff || event->data1 >= midi::kAllNotesOff);
    if (is_note_on(*event)) pairs.on(*event);
    else if (event->status == midi::kNoteOn) pairs.off(event->data1, event->tick, Note{}.release_velocity);
    else if (event->status == midi::kNoteOff) pairs.off(event->data1, event->tick, event->data2);
    else if (silences) pairs.end_all(event->tick);
    else player.read(*event);
  }

  const Tick track_end = tracks[part.track].end;
  part.hanging = pairs.end_all(track_end);
  for (const Note& note : part.notes) part.end = std::max(part.end, note.start + note.length);
  part.end = std::max(part.end, std::min(track_end, context.end));
  std::erase_if(part.controls, [&](const Control& control) { return control.tick > part.end; });
  return player.ok();
}

}  // namespace arietta
