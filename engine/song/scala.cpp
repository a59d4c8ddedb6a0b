#include "song/scala.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace arietta {
namespace {

constexpr size_t kMostBytes = 1 << 20;
constexpr int kMostNotes = 1024;              // the largest scales anyone has published have a few hundred
constexpr double kFarthestCents = 12800;      // beyond the keyboard
constexpr size_t kMostNameBytes = 120;

// The lines of a file that are not comments.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}

  bool next(std::string_view& line) {
    while (!rest_.empty()) {
      const size_t end = std::min(rest_.find('\n'), rest_.size());
      line = rest_.substr(0, end);
      rest_.remove_prefix(std::min(end + 1, rest_.size()));
      ++number_;
      if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
      if (line.empty() || line.front() != '!') return true;
    }
    return false;
  }
  // Blank lines count only where a name may be empty.
  bool next_filled(std::string_view& line) {
    while (next(line))
      if (line.find_first_not_of(" \t") != std::string_view::npos) return true;
    return false;
  }
  int number() const { return number_; }

 private:
  std::string_view rest_;
  int number_ = 0;
};

std::string_view first_word(std::string_view line) {
  const size_t from = line.find_first_not_of(" \t");
  if (from == std::string_view::npos) return {};
  return line.substr(from, line.find_first_of(" \t", from) - from);
}

bool read_number(std::string_view word, double& value) {
  if (word.empty() || word.size() > 40) return false;
  const std::string copy(word);
  char* end = nullptr;
  value = std::strtod(copy.c_str(), &end);
  return end == copy.c_str() + copy.size() && std::isfinite(value);
}

bool read_whole(std::string_view word, int low, int high, int& value) {
  double number = 0;
  if (!read_number(word, number) || number != std::floor(number) || number < low || number > high) return false;
  value = int(number);
  return true;
}

// "701.955" is cents, "3/2" and "2" are ratios.
bool read_pitch(std::string_view word, double& cents) {
  if (word.find('.') != std::string_view::npos) return read_number(word, cents) && std::fabs(cents) <= kFarthestCents;
  const size_t slash = word.find('/');
  double above = 0, below = 1;
  if (!read_number(word.substr(0, slash), above)) return false;
  if (slash != std::string_view::npos && !read_number(word.substr(slash + 1), below)) return false;
  if (!(above > 0) || !(below > 0)) return false;
  cents = 1200 * std::log2(above / below);
  return std::fabs(cents) <= kFarthestCents;
}

Error wrong(const char* what, int line, std::string_view text) {
  std::string shown(text.substr(0, 40));
  for (char& c : shown)
    if (static_cast<unsigned char>(c) < 32) c = ' ';
  return Error{std::string("This tuning cannot be read: line ") + std::to_string(line) + " should be " + what + ", but it says \"" + shown + "\".", line};
}

Error missing(const char* what) { return Error{std::string("This tuning is not whole: ") + what + " is missing."}; }

std::string number_text(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.6f", value);
  std::string out(text);
  while (out.back() == '0' && out[out.size() - 2] != '.') out.pop_back();
  return out;
}

}  // namespace

Result<TuningScale> read_scale(std::string_view text) {
  if (text.size() > kMostBytes) return Error{"This tuning is larger than any that exists. It should be a short text."};
  Lines lines(text);
  std::string_view line;
  TuningScale scale;
  if (!lines.next(line)) return missing("its name");
  scale.name = std::string(line.substr(0, kMostNameBytes));
  if (!lines.next_filled(line)) return missing("the number of notes");
  int count = 0;
  if (!read_whole(first_word(line), 1, kMostNotes, count)) return wrong("the number of notes (1 to 1024)", lines.number(), line);
  for (int i = 0; i < count; ++i) {
    if (!lines.next_filled(line)) return missing("one of its notes");
    double cents = 0;
    if (!read_pitch(first_word(line), cents)) return wrong("a pitch such as 701.955 or 3/2", lines.number(), line);
    scale.cents.push_back(cents);
  }
  return scale;
}

Result<KeyMap> read_key_map(std::string_view text) {
  if (text.size() > kMostBytes) return Error{"This keyboard map is larger than any that exists. It should be a short text."};
  Lines lines(text);
  std::string_view line;
  KeyMap map;
  const auto number = [&](const char* what, int low, int high, int& value) -> Result<bool> {
    if (!lines.next_filled(line)) return missing(what);
    if (!read_whole(first_word(line), low, high, value)) return wrong(what, lines.number(), line);
    return true;
  };
  struct Field { const char* what; int low, high; int* value; };
  for (const Field& field : {Field{"the size of the map", 0, 128, &map.size}, Field{"the first key (0 to 127)", 0, 127, &map.first_key},
                             Field{"the last key (0 to 127)", 0, 127, &map.last_key}, Field{"the middle key (0 to 127)", 0, 127, &map.middle_key},
                             Field{"the key whose pitch is given (0 to 127)", 0, 127, &map.reference_key}})
    if (auto read = number(field.what, field.low, field.high, *field.value); !read) return read.error();
  if (!lines.next_filled(line)) return missing("the pitch in hertz");
  if (!read_number(first_word(line), map.reference_hz) || map.reference_hz < 1 || map.reference_hz > 20000)
    return wrong("a pitch in hertz", lines.number(), line);
  if (auto read = number("the note where the map begins again", 0, kMostNotes, map.octave_degree); !read) return read.error();
  for (int i = 0; i < map.size; ++i) {
    int degree = kNoDegree;                        // notes left out at the end play nothing, as in the format
    if (lines.next_filled(line)) {
      const std::string_view word = first_word(line);
      if (word != "x" && word != "X" && !read_whole(word, 0, kMostNotes, degree)) return wrong("a note of the scale, or x", lines.number(), line);
    }
    map.degrees.push_back(degree);
  }
  return map;
}

std::string write_scale(const TuningScale& scale) {
  std::string out = scale.name;
  std::replace(out.begin(), out.end(), '\n', ' ');
  if (!out.empty() && out.front() == '!') out.front() = ' ';
  out += "\n" + std::to_string(scale.cents.size()) + "\n";
  for (const double cents : scale.cents) out += number_text(cents) + "\n";
  return out;
}

std::string write_key_map(const KeyMap& map) {
  std::string out;
  for (const int value : {map.size, map.first_key, map.last_key, map.middle_key, map.reference_key}) out += std::to_string(value) + "\n";
  out += number_text(map.reference_hz) + "\n" + std::to_string(map.octave_degree) + "\n";
  for (const int degree : map.degrees) out += degree == kNoDegree ? "x\n" : std::to_string(degree) + "\n";
  return out;
}

TuningTable tuning_table(const TuningScale& scale, const KeyMap& map) {
  TuningTable table{};
  const int notes = int(scale.cents.size());
  if (notes == 0) return table;
  const double period = scale.cents.back();
  // Any degree, below and above the listed ones too.
  const auto cents_of = [&](int degree) {
    int turns = degree / notes, within = degree % notes;
    if (within < 0) within += notes, --turns;
    return turns * period + (within == 0 ? 0 : scale.cents[size_t(within - 1)]);
  };
  const double octave = map.octave_degree > 0 ? cents_of(map.octave_degree) : period;
  // Cents above the middle key; false where the map has nothing.
  const auto place = [&](int key, double& cents) {
    const int steps = key - map.middle_key;
    if (map.size == 0) return cents = cents_of(steps), true;
    int turns = steps / map.size, within = steps % map.size;
    if (within < 0) within += map.size, --turns;
    const int degree = size_t(within) < map.degrees.size() ? map.degrees[size_t(within)] : kNoDegree;
    if (degree == kNoDegree) return false;
    cents = turns * octave + cents_of(degree);
    return true;
  };
  const auto place_or_lower = [&](int key) {
    double cents = 0;
    for (int lower = key; lower > key - std::max(1, map.size); --lower)
      if (place(lower, cents)) break;
    return cents;
  };
  const double reference = 6900 + 1200 * std::log2(map.reference_hz / 440) - place_or_lower(map.reference_key);
  for (int key = 0; key < 128; ++key) {
    if (key < map.first_key || key > map.last_key) continue;
    table[size_t(key)] = std::clamp(reference + place_or_lower(key) - 100 * key, -kFarthestCents, kFarthestCents);
  }
  return table;
}

}  // namespace arietta
