#include "song/finish.h"

#include <algorithm>
#include <cmath>

#include "song/chain.h"

namespace arietta {
namespace {

constexpr int kFirstBass = 32, kLastBass = 39, kFirstPad = 88, kLastPad = 95;     // General MIDI programs
constexpr double kLowKey = 47;               // below B2 on average a line is a bass
constexpr double kChordNotes = 1.8;          // sounding at once, on average
constexpr float kLowest = -40, kHighest = 9; // dB; a fader further away says that something else is wrong

// Loudness of each role in a mix that comes to about -16 LUFS. Melody and drums lead; the meter hears basses softly,
// so theirs stands higher than its number looks; what fills is felt rather than heard.
double loudness_of(TrackRole role) {
  switch (role) {
    case TrackRole::kMelody: return -20;
    case TrackRole::kDrums: return -20;
    case TrackRole::kBass: return -23;
    case TrackRole::kChords: return -24;
    case TrackRole::kPad: return -26;
  }
  return -24;
}

struct Playing { double mean_key = 60, notes_at_once = 1; };

Playing playing_of(const Document& document, Id track) {
  double keys = 0, length = 0, covered = 0;
  for (Id clip : document.children(track, Kind::clip)) {
    Tick end = 0;
    for (const Note& note : notes_of(document, clip)) {      // by start
      keys += double(note.key) * double(note.length);
      length += double(note.length);
      covered += double(std::max<Tick>(0, note.start + note.length - std::max(end, note.start)));
      end = std::max(end, note.start + note.length);
    }
  }
  if (length <= 0) return {};
  return {keys / length, covered > 0 ? length / covered : 1};
}

Id master_limiter(const Document& document) {
  for (Id id : document.children(kSongId, Kind::device))
    if (DeviceKind(document.find(id)->integer(field::device::device_kind)) == DeviceKind::limiter) return id;
  return 0;
}

}  // namespace

TrackRole role_of(const Document& document, Id track) {
  if (is_drum_track(document, track)) return TrackRole::kDrums;
  const std::optional<DeviceRef> device = instrument_of(document, track);
  const bool sampled = device && device->kind == DeviceKind::soundfont;
  if (sampled && device->program >= kFirstBass && device->program <= kLastBass) return TrackRole::kBass;
  if (sampled && device->program >= kFirstPad && device->program <= kLastPad) return TrackRole::kPad;
  const Playing playing = playing_of(document, track);
  if (playing.mean_key < kLowKey) return TrackRole::kBass;
  return playing.notes_at_once >= kChordNotes ? TrackRole::kChords : TrackRole::kMelody;
}

Document alone_for_measuring(const Document& document, Id track) {
  Document alone = document;
  Ops ops;
  for (Id other : document.children(kSongId, Kind::track)) set_field(ops, other, Kind::track, field::track::solo, int64_t(other == track));
  set_master_drive(alone, ops, kMeasuringDb);
  for (const Op& op : ops) alone.apply(op);
  return alone;
}

Ops balance_ops(Document& document, const std::vector<double>& lufs) {
  Ops ops;
  const std::vector<Id> tracks = document.children(kSongId, Kind::track);
  for (size_t i = 0; i < tracks.size() && i < lufs.size(); ++i) {
    const std::optional<DeviceRef> strip = strip_of(document, tracks[i]);
    if (!strip || bus_number(document, tracks[i]) != 0 || !(lufs[i] > kUnheardLufs)) continue;
    const float now = param_of(document, strip->id, param::strip::gain_db);
    const float wanted = now + float(loudness_of(role_of(document, tracks[i])) - lufs[i]);
    const float rounded = std::round(std::clamp(wanted, kLowest, kHighest) * 10) / 10;
    if (rounded != now) set_param(document, ops, strip->id, param::strip::gain_db, rounded);
  }
  return ops;
}

float master_drive_db(const Document& document) {
  const Id limiter = master_limiter(document);
  return limiter ? param_of(document, limiter, param::limiter::drive_db) : 0;
}

void set_master_drive(Document& document, Ops& ops, float drive_db) {
  Id limiter = master_limiter(document);
  if (!limiter) {
    limiter = add_entity(document, ops, Kind::device, kSongId);
    set_field(ops, limiter, Kind::device, field::device::device_kind, int64_t(DeviceKind::limiter));
  }
  set_param(document, ops, limiter, param::limiter::drive_db, drive_db);
}

// The first step trusts that a dB more makes a LU more; the later ones what the last step did.
void MasterSearch::measured(double lufs) {
  const double missing = wanted_ - lufs;
  ++round_;
  if (std::fabs(missing) <= kNear || round_ == kMostRounds || !(lufs > kUnheardLufs)) {
    done_ = true;
    return;
  }
  double slope = 1;
  if (round_ > 1 && drive_ != last_drive_) slope = std::clamp((lufs - last_lufs_) / double(drive_ - last_drive_), 0.2, 1.0);
  last_drive_ = drive_;
  last_lufs_ = lufs;
  drive_ = float(std::clamp(double(drive_) + missing / slope, -24.0, 24.0));
  if (drive_ == last_drive_) done_ = true;            // as far as it goes
}

}  // namespace arietta
