#include "params/param_text.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "params/note_lengths.h"
#include "params/param_map.h"

namespace arietta {
namespace {

constexpr std::string_view kSwitch[] = {"off", "on"};

#define CHOICES(device, symbol, ...) constexpr std::string_view device##_##symbol[] = {__VA_ARGS__};
#include "params/choices.def"
#undef CHOICES

struct Choices { DeviceKind device; uint16_t index; span<const std::string_view> names; };
constexpr Choices kChoices[] = {
#define CHOICES(device, symbol, ...) {DeviceKind::device, param::device::symbol, device##_##symbol},
#include "params/choices.def"
#undef CHOICES
};

// Sixty decibels down is where the mixer and the synth switch a sound off.
bool is_silent(const ParamInfo& param, float plain) {
  return param.unit == Unit::kDecibel && param.min <= -60 && plain <= param.min;
}

std::string_view copy(std::string_view text, span<char> out) {
  if (out.empty()) return {};
  const size_t count = std::min(text.size(), out.size() - 1);
  std::memcpy(out.data(), text.data(), count);
  out[count] = 0;
  return {out.data(), count};
}

struct Words { std::string_view minus, plus, before, after; int decimals; bool explicit_plus; };

// "−6.5 dB": the sign apart, so that it can be a real minus or a word; no sign and no "-0" when it rounds to nothing.
std::string_view number(float value, const Words& words, span<char> out) {
  char digits[32];
  std::snprintf(digits, sizeof digits, "%.*f", words.decimals, double(std::fabs(value)));
  if (char* point = std::strchr(digits, '.')) {            // 6.0 reads as 6
    char* end = digits + std::strlen(digits);
    while (end > point && (end[-1] == '0' || end - 1 == point)) *--end = 0;
  }
  const bool zero = std::strspn(digits, "0.") == std::strlen(digits);
  const std::string_view sign = zero ? "" : value < 0 ? words.minus : words.explicit_plus ? words.plus : "";
  char text[kParamTextSize];
  std::snprintf(text, sizeof text, "%.*s%.*s%s%.*s", int(sign.size()), sign.data(), int(words.before.size()),
                words.before.data(), digits, int(words.after.size()), words.after.data());
  return copy(text, out);
}

std::string_view sign_text(float v, std::string_view after, int decimals, bool plus, span<char> out) {
  return number(v, {"−", "+", "", after, decimals, plus}, out);
}

std::string_view sign_words(float v, std::string_view after, int decimals, bool plus, span<char> out) {
  return number(v, {"minus ", "plus ", "", after, decimals, plus}, out);
}

std::string_view pan(float plain, std::string_view left, std::string_view right, bool words, span<char> out) {
  const float amount = std::round(std::fabs(plain) * 100);
  if (amount == 0) return copy(words ? "centre" : "C", out);
  const std::string_view side = plain < 0 ? left : right;
  return words ? number(amount, {"", "", "", side, 0, false}, out) : number(amount, {"", "", side, "", 0, false}, out);
}

int decimals_below(float value, float limit) { return std::fabs(value) < limit ? 1 : 0; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && std::strchr(" \t\n", text.front())) text.remove_prefix(1);
  while (!text.empty() && std::strchr(" \t\n", text.back())) text.remove_suffix(1);
  return text;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; }

bool same_word(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i)
    if (lower(a[i]) != lower(b[i])) return false;
  return true;
}

bool starts_with_word(std::string_view text, std::string_view word) {
  return text.size() >= word.size() && same_word(text.substr(0, word.size()), word);
}

}  // namespace

span<const std::string_view> param_choices(const ParamInfo& param) {
  for (const Choices& choice : kChoices)
    if (choice.device == param.device && choice.index == param.index) return choice.names;
  if (param.unit == Unit::kSwitch) return kSwitch;
  return {};
}

std::string_view param_text(const ParamInfo& param, float plain, span<char> out) {
  const float v = clamp_plain(param, plain);
  if (const auto names = param_choices(param); !names.empty()) return copy(names[std::min(size_t(v), names.size() - 1)], out);
  if (is_silent(param, v)) return copy("off", out);
  switch (param.unit) {
    case Unit::kDecibel: return sign_text(v, " dB", 1, false, out);
    case Unit::kPan: return pan(v, "L ", "R ", false, out);
    case Unit::kCents: return sign_text(v, " ct", 0, false, out);
    case Unit::kSemitones: return sign_text(v, " st", 1, true, out);
    case Unit::kOctaves: return sign_text(v, " oct", 1, true, out);
    case Unit::kHertz:
      return v < 999.5f ? sign_text(v, " Hz", 0, false, out)
                        : sign_text(v / 1000, " kHz", decimals_below(v, 10000), false, out);
    case Unit::kSeconds:
      return v < 0.9995f ? sign_text(v * 1000, " ms", decimals_below(v, 0.01f), false, out) : sign_text(v, " s", 1, false, out);
    case Unit::kPercent: return sign_text(v * 100, " %", 0, false, out);
    case Unit::kRatio: return number(v, {"", "", "×", "", 2, false}, out);
    case Unit::kSwitch:
    case Unit::kNone: break;
  }
  return sign_text(v, "", 2, false, out);
}

std::string_view param_words(const ParamInfo& param, float plain, span<char> out) {
  const float v = clamp_plain(param, plain);
  if (const auto names = param_choices(param); !names.empty()) return copy(names[std::min(size_t(v), names.size() - 1)], out);
  if (is_silent(param, v)) return copy("off", out);
  switch (param.unit) {
    case Unit::kDecibel: return sign_words(v, " decibels", 1, false, out);
    case Unit::kPan: return pan(v, " percent left", " percent right", true, out);
    case Unit::kCents: return sign_words(v, " cents", 0, false, out);
    case Unit::kSemitones: return sign_words(v, " semitones", 1, true, out);
    case Unit::kOctaves: return sign_words(v, " octaves", 1, true, out);
    case Unit::kHertz:
      return v < 999.5f ? sign_words(v, " hertz", 0, false, out)
                        : sign_words(v / 1000, " kilohertz", decimals_below(v, 10000), false, out);
    case Unit::kSeconds:
      return v < 0.9995f ? sign_words(v * 1000, " milliseconds", decimals_below(v, 0.01f), false, out)
                         : sign_words(v, " seconds", 1, false, out);
    case Unit::kPercent: return sign_words(v * 100, " percent", 0, false, out);
    case Unit::kRatio: return number(v, {"", "", "times ", "", 2, false}, out);
    case Unit::kSwitch:
    case Unit::kNone: break;
  }
  return sign_words(v, "", 2, false, out);
}

bool parse_param(const ParamInfo& param, std::string_view text, float& plain) {
  text = trimmed(text);
  if (text.empty()) return false;
  const auto names = param_choices(param);
  for (size_t i = 0; i < names.size(); ++i)
    if (same_word(text, names[i])) return plain = float(i), true;
  if (param.unit == Unit::kDecibel && same_word(text, "off")) return plain = param.min, true;
  if (param.unit == Unit::kPan && (same_word(text, "c") || same_word(text, "centre"))) return plain = 0, true;

  // The sign may be a real minus or stand as a word; "L 30" and "×2" carry a mark in front.
  float sign = 1;
  bool sided = false;
  for (const auto& [mark, meaning] : {std::pair<std::string_view, float>{"−", -1}, {"minus ", -1}, {"plus ", 1}, {"×", 1},
                                      {"times ", 1}, {"l", -1}, {"r", 1}}) {
    const bool side = mark == "l" || mark == "r";
    if ((side && param.unit != Unit::kPan) || !starts_with_word(text, mark)) continue;
    text = trimmed(text.substr(mark.size()));
    sign = meaning;
    sided = side;
    break;
  }
  char buffer[kParamTextSize];
  copy(text, buffer);
  if (char* comma = std::strchr(buffer, ',')) *comma = '.';
  char* end = nullptr;
  const double value = std::strtod(buffer, &end);
  if (end == buffer || !std::isfinite(value)) return false;
  float v = sign * float(value);

  const std::string_view unit = trimmed(end);
  switch (param.unit) {
    case Unit::kHertz:
      if (starts_with_word(unit, "k")) v *= 1000;
      break;
    case Unit::kSeconds:
      if (starts_with_word(unit, "m")) v /= 1000;
      break;
    case Unit::kPercent: v /= 100; break;
    case Unit::kPan:
      if (starts_with_word(unit, "l") || same_word(unit, "percent left")) v = -v;
      if (sided || !unit.empty() || std::fabs(v) > 1) v /= 100;
      break;
    default: break;
  }
  plain = clamp_plain(param, v);
  return true;
}

}  // namespace arietta
