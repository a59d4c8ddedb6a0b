#include "song/codec_columns.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>

namespace arietta {
namespace {

// Differences wrap around instead of overflowing: bytes may say anything.
int64_t add(int64_t a, int64_t b) { return int64_t(uint64_t(a) + uint64_t(b)); }
int64_t subtract(int64_t a, int64_t b) { return int64_t(uint64_t(a) - uint64_t(b)); }

// Small magnitudes of either sign become small numbers.
uint64_t fold(int64_t v) { return uint64_t(v) << 1 ^ uint64_t(v >> 63); }
int64_t unfold(uint64_t folded) { return int64_t(folded >> 1) ^ -int64_t(folded & 1); }

// Keys counted in steps of a set of pitch classes: with the white keys as the set, C4 D4 E4 are neighbours.
class Steps {
 public:
  explicit Steps(uint64_t pitch_classes) : set_(pitch_classes & 0xfff ? pitch_classes & 0xfff : 0xfff) {
    for (int pitch = 0; pitch < 12; ++pitch)
      if (set_ >> pitch & 1) pitch_at_[size_t(count_++)] = pitch;
  }
  int64_t step(int64_t key) const {
    const int pitch = int(key % 12);
    return key / 12 * count_ + std::popcount(set_ & ((1u << pitch) - 1));
  }
  int64_t key(int64_t step) const {
    step = std::clamp<int64_t>(step, 0, 11 * count_);
    return step / count_ * 12 + pitch_at_[size_t(step % count_)];
  }

 private:
  uint64_t set_;
  int count_ = 0;
  std::array<int, 12> pitch_at_{};
};

bool in_steps(Form form) { return form == Form::melody || form == Form::chord; }

// For each note, the time until the next later one of its clip starts, or the clip ends.
std::vector<int64_t> gaps_to_next_onset(const Surroundings& around) {
  const std::vector<int64_t>& starts = *around.starts;
  std::vector<int64_t> gaps(starts.size());
  for (size_t g = 0; g < around.groups.size(); ++g) {
    const Group& group = around.groups[g];
    int64_t next = (*around.group_ends)[g];
    for (size_t row = group.first + group.count; row-- > group.first;) {
      if (row + 1 < group.first + group.count && starts[row + 1] != starts[row]) next = starts[row + 1];
      gaps[row] = std::max<int64_t>(0, subtract(next, starts[row]));
    }
  }
  return gaps;
}

// Guesses value after value, the same way when writing and when reading.
class Guess {
 public:
  Guess(Choice choice, const Surroundings& around, const std::vector<int64_t>& values)
      : form_(choice.form), around_(around), values_(values), steps_(in_steps(form_) ? choice.unit : 0) {
    if (form_ == Form::to_next) gaps_ = gaps_to_next_onset(around);
  }

  // For the row that comes next; rows before it are in `values`.
  int64_t at(size_t row, size_t group) {
    const Group& here = around_.groups[group];
    const bool first = row == here.first;
    const int64_t before = first ? around_.before_first : values_[row - 1];
    switch (form_) {
      case Form::delta:
      case Form::rising: return before;
      case Form::above: return above(row, group);
      case Form::to_next: return gaps_[row];
      case Form::melody: return steps_.step(before);
      case Form::chord: return steps_.step(chord_neighbour(row, first, before));
      case Form::per_key: return last_of_key(row, first, before);
      default: return 0;
    }
  }
  const Steps& steps() const { return steps_; }

 private:
  int64_t above(size_t row, size_t group) const {
    if (group == 0) return 0;
    const Group& here = around_.groups[group];
    const Group& last = around_.groups[group - 1];
    const size_t place = row - here.first;
    return place < last.count ? values_[last.first + place] : 0;
  }

  int64_t chord_neighbour(size_t row, bool first, int64_t before) {
    const std::vector<int64_t>& starts = *around_.starts;
    if (!first && starts[row] == starts[row - 1]) return before;
    const int64_t lowest = first ? before : values_[chord_];
    chord_ = row;
    return lowest;
  }

  int64_t last_of_key(size_t row, bool first, int64_t before) {
    const auto slot = [&](size_t r) -> int64_t& { return last_[size_t((*around_.keys)[r]) & 127]; };
    if (first) last_.fill(-1);
    else slot(row - 1) = before;
    return slot(row) >= 0 ? slot(row) : before;
  }

  Form form_;
  const Surroundings& around_;
  const std::vector<int64_t>& values_;
  Steps steps_;
  std::vector<int64_t> gaps_;
  std::array<int64_t, 128> last_{};
  size_t chord_ = 0;
};

bool one_sided(Form form) { return form == Form::plain || form == Form::rising; }

// What is left of the values after guessing; not yet divided.
std::vector<int64_t> differences(const std::vector<int64_t>& values, const Surroundings& around, Choice choice) {
  Guess guess(choice, around, values);
  std::vector<int64_t> left(values.size());
  for (size_t g = 0; g < around.groups.size(); ++g) {
    const Group& group = around.groups[g];
    for (size_t row = group.first; row < group.first + group.count; ++row) {
      const int64_t value = in_steps(choice.form) ? guess.steps().step(values[row]) : values[row];
      left[row] = subtract(value, guess.at(row, g));
    }
  }
  return left;
}

uint64_t common_unit(const std::vector<int64_t>& left) {
  uint64_t unit = 0;
  for (const int64_t v : left) unit = std::gcd(unit, v < 0 ? 0 - uint64_t(v) : uint64_t(v));
  return unit == 0 || unit > uint64_t(INT64_MAX) ? 1 : unit;
}

// 8 * log2(whole / part), to within one.
uint64_t log2_eighths(uint64_t whole, uint64_t part) {
  const uint64_t ratio = whole * 256 / part;
  const int power = std::bit_width(ratio) - 1;
  return uint64_t(power - 8) * 8 + ((ratio << 3 >> power) & 7);
}

// Eighths of bits these values would take as a run of bytes with one Huffman code. Whole-number arithmetic, so that
// the same choice is made on every machine.
uint64_t estimate_size(const std::vector<int64_t>& values, const Surroundings& around, Choice choice) {
  ByteWriter out;
  write_ints(out, values, around, choice);
  std::array<uint64_t, 256> seen{};
  for (const uint8_t byte : out.bytes()) ++seen[byte];
  uint64_t eighths = 0;
  for (const uint64_t count : seen)
    if (count) eighths += 6 * 8 + count * log2_eighths(out.size(), count);
  return eighths;
}

constexpr double kPowersOfTen[] = {1, 10, 100, 1000};
constexpr double kMaxDecimal = 1e9;

// The number of `digits` decimals that this is, if it is one in single precision.
bool as_decimal(double value, int digits, int64_t& whole) {
  const double scaled = value * kPowersOfTen[digits];
  if (!(std::fabs(scaled) < kMaxDecimal)) return false;
  whole = std::llround(scaled);
  return double(float(double(whole) / kPowersOfTen[digits])) == value;
}

bool fits_f32(double value) { return double(float(value)) == value; }

void write_decimals(ByteWriter& out, const std::vector<double>& values, int digits) {
  out.u8(uint8_t(digits));
  for (const double value : values) {
    int64_t whole;
    if (as_decimal(value, digits, whole)) {
      out.varint(fold(whole) + 1);       // 0: four bytes follow
    } else {
      out.varint(0);
      out.f32(float(value));
    }
  }
}

}  // namespace

std::vector<Choice> int_choices(Kind kind, FieldKey key, const std::vector<int64_t>& values, const Surroundings& around) {
  if (std::all_of(values.begin(), values.end(), [&](int64_t v) { return v == values[0]; })) return {{Form::same, 1}};
  bool ordinal = true, rising = true;
  for (const Group& group : around.groups) {
    int64_t before = around.before_first;
    for (size_t row = group.first; row < group.first + group.count; ++row) {
      ordinal = ordinal && subtract(values[row], values[0]) == int64_t(row - group.first);
      rising = rising && values[row] >= before && subtract(values[row], before) >= 0;
      before = values[row];
    }
  }
  if (ordinal) return {{Form::ordinal, 1}};

  std::vector<Choice> choices;
  const bool negative = std::any_of(values.begin(), values.end(), [](int64_t v) { return v < 0; });
  choices.push_back({negative ? Form::signed_ : Form::plain});
  choices.push_back({rising ? Form::rising : Form::delta});
  const bool note = kind == Kind::note && around.starts;
  if (note && key == field::note::length && around.group_ends) {
    choices.push_back({Form::to_next});
  } else if (note && key == field::note::key) {
    uint64_t used = 0;
    for (const int64_t v : values) used |= uint64_t(1) << v % 12;
    choices = {{Form::plain}, {Form::melody, 0}, {Form::chord, 0}, {Form::melody, used}, {Form::chord, used}};
  } else if (note && key == field::note::velocity && around.keys) {
    choices.push_back({Form::per_key});
  } else if (!note && around.groups.size() > 1) {
    choices.push_back({Form::above});
  }
  for (Choice& choice : choices)
    if (!in_steps(choice.form)) choice.unit = common_unit(differences(values, around, choice));

  std::vector<std::pair<uint64_t, Choice>> ranked;
  for (const Choice& choice : choices) ranked.emplace_back(estimate_size(values, around, choice), choice);
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (size_t i = 0; i < choices.size(); ++i) choices[i] = ranked[i].second;
  return choices;
}

std::vector<uint64_t> fold_ints(const std::vector<int64_t>& values, const Surroundings& around, Choice choice) {
  const int64_t unit = in_steps(choice.form) ? 1 : int64_t(choice.unit);
  std::vector<uint64_t> folded;
  folded.reserve(values.size());
  for (const int64_t left : differences(values, around, choice))
    folded.push_back(one_sided(choice.form) ? uint64_t(left) / uint64_t(unit) : fold(left / unit));
  return folded;
}

std::vector<int64_t> unfold_ints(const std::function<uint64_t()>& next, Choice choice, size_t count, const Surroundings& around) {
  const Form form = choice.form;
  const bool needs_starts = form == Form::to_next || in_steps(form);
  if (form < Form::plain || form > Form::per_key || (needs_starts && !around.starts) ||
      (form == Form::to_next && !around.group_ends) || (form == Form::per_key && !around.keys))
    return {};
  std::vector<int64_t> values;
  values.reserve(count);
  Guess guess(choice, around, values);
  for (size_t g = 0; g < around.groups.size(); ++g) {
    const Group& group = around.groups[g];
    for (size_t row = group.first; row < group.first + group.count; ++row) {
      const uint64_t folded = next();
      const int64_t left = one_sided(form) ? int64_t(folded) : unfold(folded);
      const int64_t guessed = guess.at(row, g);
      if (in_steps(form)) values.push_back(guess.steps().key(add(guessed, left)));
      else values.push_back(add(guessed, int64_t(uint64_t(left) * choice.unit)));
    }
  }
  return values;
}

void write_ints(ByteWriter& out, const std::vector<int64_t>& values, const Surroundings& around, Choice choice) {
  if (choice.form == Form::same || choice.form == Form::ordinal) return out.svarint(values[0]);
  out.varint(choice.unit);
  for (const uint64_t folded : fold_ints(values, around, choice)) out.varint(folded);
}

std::vector<int64_t> read_ints(ByteReader& in, Form form, size_t count, const Surroundings& around) {
  std::vector<int64_t> values;
  if (form == Form::same || form == Form::ordinal) {
    values.assign(count, in.svarint());
    if (form == Form::ordinal)
      for (const Group& group : around.groups)
        for (uint32_t i = 0; i < group.count; ++i) values[group.first + i] = add(values[group.first + i], i);
    return values;
  }
  const uint64_t unit = in.varint();
  if (count <= in.left()) values = unfold_ints([&] { return in.varint(); }, {form, unit}, count, around);
  if (values.empty()) in.fail();
  return values;
}

std::vector<Hints> hints_for(Kind kind, FieldKey key, size_t count, const Surroundings& around) {
  constexpr int64_t kBar = 4 * kTicksPerQuarter;      // of most songs; for others a hint that is less good
  std::vector<Hints> hints(count);
  for (uint32_t g = 0; g < around.groups.size(); ++g)
    for (uint32_t i = 0; i < around.groups[g].count; ++i) hints[around.groups[g].first + i].c = g + 1;
  if (kind != Kind::note || !around.starts) return hints;
  std::vector<int64_t> gaps;
  if (key == field::note::length && around.group_ends) gaps = gaps_to_next_onset(around);
  for (size_t row = 0; row < count; ++row) {
    const uint32_t place = uint32_t((*around.starts)[row] % kBar);
    const bool in_chord = row > 0 && (*around.starts)[row] == (*around.starts)[row - 1];
    if (key == field::note::length && !gaps.empty()) hints[row].a = uint32_t(gaps[row]), hints[row].b = place;
    else if (key == field::note::velocity && around.keys) hints[row].a = uint32_t((*around.keys)[row]), hints[row].b = place;
    else hints[row].a = place, hints[row].b = in_chord;
  }
  return hints;
}

Form real_form(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(), fits_f32) ? Form::decimal : Form::f64;
}

void write_reals(ByteWriter& out, const std::vector<double>& values, Form form) {
  if (form == Form::f64) {
    for (const double value : values) out.f64(value);
    return;
  }
  std::vector<uint8_t> best;
  for (int digits = 0; digits < int(std::size(kPowersOfTen)); ++digits) {
    ByteWriter attempt;
    write_decimals(attempt, values, digits);
    if (best.empty() || attempt.size() < best.size()) best = attempt.release();
  }
  out.raw(best);
}

std::vector<double> read_reals(ByteReader& in, Form form, size_t count) {
  std::vector<double> values;
  const size_t digits = form == Form::decimal ? in.u8() : 0;
  const size_t least = form == Form::f64 ? 8 : 1;
  if (digits >= std::size(kPowersOfTen) || count > in.left() / least) {
    in.fail();
    return values;
  }
  values.reserve(count);
  for (size_t i = 0; i < count; ++i) {
    if (form == Form::f64) { values.push_back(in.f64()); continue; }
    const uint64_t folded = in.varint();
    if (folded == 0) { values.push_back(double(in.f32())); continue; }
    values.push_back(double(float(double(unfold(folded - 1)) / kPowersOfTen[digits])));
  }
  return values;
}

}  // namespace arietta
