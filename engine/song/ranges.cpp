#include "song/ranges.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace arietta {
namespace {

struct Range {
  Kind kind;
  FieldKey key;
  int64_t min, max;
};

// Whole numbers only. Ranges may be widened, never narrowed: songs that exist must keep their values.
constexpr int64_t kMaxNumber = 0x7fffffff;
constexpr int64_t kMaxAudioFrames = int64_t(1) << 36;    // 16 days at 48 kHz
constexpr Range kRanges[] = {
    {Kind::song, field::song::key_root, 0, 11},
    {Kind::song, field::song::scale, 0, 255},
    {Kind::song, field::song::easy_scale, 0, 1},
    {Kind::song, field::song::loop_on, 0, 1},
    {Kind::song, field::song::loop_start, 0, kMaxTick},
    {Kind::song, field::song::loop_end, 0, kMaxTick},
    {Kind::track, field::track::color, -1, 255},
    {Kind::track, field::track::mute, 0, 1},
    {Kind::track, field::track::solo, 0, 1},
    {Kind::track, field::track::channel, -1, 15},
    {Kind::track, field::track::number, 0, kMaxNumber},
    {Kind::track, field::track::bus, 0, 255},
    {Kind::clip, field::clip::start, 0, kMaxTick},
    {Kind::clip, field::clip::length, 0, kMaxTick},
    {Kind::note, field::note::start, 0, kMaxTick},
    {Kind::note, field::note::length, 1, kMaxTick},
    {Kind::note, field::note::key, 0, 127},
    {Kind::note, field::note::velocity, 1, 127},
    {Kind::note, field::note::author, 0, kMaxNumber},
    {Kind::note, field::note::edited, 0, 1},
    {Kind::note, field::note::tuning_cents, -12800, 12800},
    {Kind::note, field::note::release_velocity, 0, 127},
    {Kind::device, field::device::device_kind, 0, 65535},
    {Kind::device, field::device::position, 0, 65535},
    {Kind::device, field::device::program, 0, 127},
    {Kind::device, field::device::bank, 0, 16383},
    {Kind::device, field::device::bypass, 0, 1},
    {Kind::device, field::device::side_chain, 0, kMaxNumber},
    {Kind::param, field::param::index, 0, 65535},
    {Kind::control, field::control::tick, 0, kMaxTick},
    {Kind::control, field::control::type, 0, 255},
    {Kind::control, field::control::number, 0, 127},
    {Kind::control, field::control::amount, 0, 16383},
    {Kind::tempo, field::tempo::tick, 0, kMaxTick},
    {Kind::tempo, field::tempo::us_per_quarter, 1000, 60'000'000},
    {Kind::meter, field::meter::tick, 0, kMaxTick},
    {Kind::meter, field::meter::beats, 1, 255},
    {Kind::meter, field::meter::beat_unit, 1, 64},
    {Kind::marker, field::marker::tick, 0, kMaxTick},
    {Kind::marker, field::marker::marker_kind, 0, 255},
    {Kind::author, field::author::number, 0, kMaxNumber},
    {Kind::point, field::point::tick, 0, kMaxTick},
    {Kind::point, field::point::param, 0, 65535},
    {Kind::point, field::point::shape, 0, 255},
    {Kind::audio_asset, field::audio_asset::frames, 0, kMaxAudioFrames},
    {Kind::audio_asset, field::audio_asset::rate, 8000, 384000},
    {Kind::audio_asset, field::audio_asset::channels, 1, 2},
    {Kind::audio_clip, field::audio_clip::start, 0, kMaxTick},
    {Kind::audio_clip, field::audio_clip::offset, 0, kMaxAudioFrames},
    {Kind::audio_clip, field::audio_clip::frames, 0, kMaxAudioFrames},
    {Kind::audio_clip, field::audio_clip::fade_in_ms, 0, kMaxNumber},
    {Kind::audio_clip, field::audio_clip::fade_out_ms, 0, kMaxNumber},
    {Kind::audio_clip, field::audio_clip::reverse, 0, 1},
    {Kind::audio_clip, field::audio_clip::follow_tempo, 0, 1},
    {Kind::audio_clip, field::audio_clip::us_per_quarter, 0, 60'000'000},
    {Kind::audio_clip, field::audio_clip::mute, 0, 1},
    {Kind::audio_clip, field::audio_clip::take, 0, kMaxNumber},
};

// Everything known about one field, found by two array indices: this runs for every field of every note.
struct Slot {
  bool known = false;
  FieldType type = FieldType::kInt;
  double initial = 0;
  int64_t min = INT64_MIN, max = INT64_MAX;
};
constexpr size_t kKindSlots = 32, kFieldSlots = 16;
struct SlotTable { Slot at[kKindSlots][kFieldSlots]; };

constexpr SlotTable make_slots() {
  SlotTable table;
  for (const FieldInfo& info : kFields)
    table.at[size_t(info.kind)][info.key] = {true, info.type, info.initial, INT64_MIN, INT64_MAX};
  for (const Range& range : kRanges) {
    Slot& slot = table.at[size_t(range.kind)][range.key];
    slot.min = range.min;
    slot.max = range.max;
  }
  return table;
}
constexpr SlotTable kSlots = make_slots();

constexpr bool every_whole_number_has_a_range() {
  for (const FieldInfo& info : kFields)
    if (info.type == FieldType::kInt && kSlots.at[size_t(info.kind)][info.key].min == INT64_MIN) return false;
  return true;
}
static_assert(every_whole_number_has_a_range());

const Slot* find_slot(Kind kind, FieldKey key) {
  if (size_t(kind) >= kKindSlots || key >= kFieldSlots) return nullptr;
  const Slot& slot = kSlots.at[size_t(kind)][key];
  return slot.known ? &slot : nullptr;
}

bool clean_real(double& number) {
  if (!std::isfinite(number)) return false;
  if (number == 0) number = 0;          // minus zero equals zero and must have the same bytes
  return true;
}

// Parameters are kept to three digits and at least two decimals, finer than anybody hears or sets; so the position of a
// finger on a slider does not fill a link with digits.
double short_number(double number) {
  double scale = 100;
  for (const double limit : {1.0, 0.1, 0.01, 0.001})
    if (std::fabs(number) < limit) scale *= 10;
  return std::fabs(number) < 1e9 ? double(float(double(std::llround(number * scale)) / scale)) : double(float(number));
}

// Length of the well-formed UTF-8 sequence at the front (RFC 3629), 0 when there is none.
size_t sequence_length(std::string_view s) {
  const auto byte = [&](size_t i) { return i < s.size() ? uint8_t(s[i]) : uint8_t(0); };
  const auto tail = [&](size_t i, int low = 0x80, int high = 0xbf) { return byte(i) >= low && byte(i) <= high; };
  const int first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return tail(1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef)
    return tail(1, first == 0xe0 ? 0xa0 : 0x80, first == 0xed ? 0x9f : 0xbf) && tail(2) ? 3 : 0;
  if (first >= 0xf0 && first <= 0xf4)
    return tail(1, first == 0xf0 ? 0x90 : 0x80, first == 0xf4 ? 0x8f : 0xbf) && tail(2) && tail(3) ? 4 : 0;
  return 0;
}

}  // namespace

bool clean_value(Kind kind, FieldKey key, Value& value) {
  if (auto* real = std::get_if<double>(&value); real && !clean_real(*real)) return false;
  if (auto* text = std::get_if<std::string>(&value)) {
    const bool plain = text->size() <= kMaxTextBytes &&
                       std::all_of(text->begin(), text->end(), [](char c) { return uint8_t(c) < 0x80; });
    if (!plain) *text = clean_text(*text);
  }
  if (key == field::alive || key == field::parent) {
    auto* number = std::get_if<int64_t>(&value);
    if (number && key == field::alive) *number = *number != 0;
    return number != nullptr;
  }
  const Slot* slot = find_slot(kind, key);
  if (!slot) return true;
  if (slot->type == FieldType::kText) return std::holds_alternative<std::string>(value);
  if (std::holds_alternative<std::string>(value)) return false;
  if (slot->type == FieldType::kReal) {
    if (const auto* whole = std::get_if<int64_t>(&value)) value = double(*whole);
    double& number = *std::get_if<double>(&value);
    number = short_number(number);
    return clean_real(number);
  }
  if (const auto* real = std::get_if<double>(&value))
    value = int64_t(std::llround(std::clamp(*real, double(slot->min), double(slot->max))));
  int64_t& number = *std::get_if<int64_t>(&value);
  number = std::clamp(number, slot->min, slot->max);
  if (kind == Kind::meter && key == field::meter::beat_unit) number = int64_t(std::bit_floor(uint64_t(number)));
  return true;
}

Value initial_value(Kind kind, FieldKey key) {
  if (key == field::alive || key == field::parent) return int64_t(0);
  const Slot* slot = find_slot(kind, key);
  if (!slot || slot->type == FieldType::kText) return std::string();
  if (slot->type == FieldType::kReal) return slot->initial;
  return int64_t(slot->initial);
}

std::string clean_text(std::string_view text, size_t max_bytes) {
  std::string out;
  while (!text.empty()) {
    const size_t length = sequence_length(text);
    const std::string_view piece = length ? text.substr(0, length) : std::string_view("\xef\xbf\xbd");
    if (out.size() + piece.size() > max_bytes) break;
    out += piece;
    text.remove_prefix(length ? length : 1);
  }
  return out;
}

std::string first_characters(std::string_view valid_text, size_t count) {
  size_t at = 0;
  for (; at < valid_text.size(); ++at) {
    const bool starts = (uint8_t(valid_text[at]) & 0xc0) != 0x80;
    if (starts && count-- == 0) break;
  }
  return std::string(valid_text.substr(0, at));
}

}  // namespace arietta
