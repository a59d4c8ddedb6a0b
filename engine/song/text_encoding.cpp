#include "song/text_encoding.h"

#include "base/types.h"
#include "song/jis_x0208.h"
#include "song/ranges.h"

namespace arietta {
namespace {

constexpr char32_t kUnknown = 0xfffd;

// 0x80 to 0x9f; from there on the code page is Latin-1.
constexpr char16_t kWindows1252[32] = {
    0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd,
    0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
};
// 0x80 to 0xbf; from there on the Russian alphabet in order.
constexpr char16_t kWindows1251[64] = {
    0x0402, 0x0403, 0x201a, 0x0453, 0x201e, 0x2026, 0x2020, 0x2021, 0x20ac, 0x2030, 0x0409, 0x2039, 0x040a, 0x040c, 0x040b, 0x040f,
    0x0452, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0xfffd, 0x2122, 0x0459, 0x203a, 0x045a, 0x045c, 0x045b, 0x045f,
    0x00a0, 0x040e, 0x045e, 0x0408, 0x00a4, 0x0490, 0x00a6, 0x00a7, 0x0401, 0x00a9, 0x0404, 0x00ab, 0x00ac, 0x00ad, 0x00ae, 0x0407,
    0x00b0, 0x00b1, 0x0406, 0x0456, 0x0491, 0x00b5, 0x00b6, 0x00b7, 0x0451, 0x2116, 0x0454, 0x00bb, 0x0458, 0x0405, 0x0455, 0x0457,
};

void append(std::string& out, char32_t c) {
  const auto tail = [&](int shift) { out += char(0x80 | (c >> shift & 0x3f)); };
  if (c < 0x80) {
    out += char(c);
  } else if (c < 0x800) {
    out += char(0xc0 | c >> 6);
    tail(0);
  } else if (c < 0x10000) {
    out += char(0xe0 | c >> 12);
    tail(6), tail(0);
  } else {
    out += char(0xf0 | c >> 18);
    tail(12), tail(6), tail(0);
  }
}

bool is_sjis_lead(uint8_t b) { return (b >= 0x81 && b <= 0x9f) || (b >= 0xe0 && b <= 0xfc); }
bool is_sjis_trail(uint8_t b) { return b >= 0x40 && b <= 0xfc && b != 0x7f; }
bool is_half_width_kana(uint8_t b) { return b >= 0xa1 && b <= 0xdf; }

char32_t from_sjis_pair(uint8_t lead, uint8_t trail) {
  const int first_row = (lead <= 0x9f ? lead - 0x81 : lead - 0xc1) * 2 + 1;
  if (trail >= 0x9f) return jis_to_unicode(first_row + 1, trail - 0x9e);
  return jis_to_unicode(first_row, trail - 0x3f - (trail > 0x7f));
}

std::string from_sjis(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto b = uint8_t(text[i]);
    if (b < 0x80) append(out, b);
    else if (is_half_width_kana(b)) append(out, 0xff61 + char32_t(b - 0xa1));
    else if (is_sjis_lead(b) && i + 1 < text.size() && is_sjis_trail(uint8_t(text[i + 1])))
      append(out, from_sjis_pair(b, uint8_t(text[++i])));
    else append(out, kUnknown);
  }
  return out;
}

std::string from_single_bytes(std::string_view text, TextEncoding encoding) {
  std::string out;
  for (const char c : text) {
    const auto b = uint8_t(c);
    if (b < 0x80) append(out, b);
    else if (encoding == TextEncoding::kWindows1251) append(out, b < 0xc0 ? kWindows1251[b - 0x80] : 0x0410u + b - 0xc0);
    else append(out, b < 0xa0 ? kWindows1252[b - 0x80] : b);
  }
  return out;
}

bool has_utf16_mark(std::string_view text) {
  return text.size() >= 2 && (text.substr(0, 2) == "\xff\xfe" || text.substr(0, 2) == "\xfe\xff");
}

std::string from_utf16(std::string_view text) {
  const bool little = text[0] == '\xff';
  const auto unit = [&](size_t i) -> char32_t {
    const auto a = uint8_t(text[i]), b = uint8_t(text[i + 1]);
    return little ? char32_t(b << 8 | a) : char32_t(a << 8 | b);
  };
  std::string out;
  for (size_t i = 2; i + 1 < text.size(); i += 2) {
    const char32_t c = unit(i);
    const char32_t next = i + 3 < text.size() ? unit(i + 2) : 0;
    const bool high = c >= 0xd800 && c < 0xdc00, low = next >= 0xdc00 && next < 0xe000;
    if (high && low) {
      append(out, 0x10000 + ((c - 0xd800) << 10) + (next - 0xdc00));
      i += 2;
    } else {
      append(out, c >= 0xd800 && c < 0xe000 ? kUnknown : c);
    }
  }
  return out;
}

// Every byte fits, and most pairs begin with a byte that kana and the common kanji begin with. Western accents fail the
// second test: they are all at or above 0xc0.
bool looks_like_sjis(std::string_view text) {
  int common = 0, rare = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto b = uint8_t(text[i]);
    if (b < 0x80 || is_half_width_kana(b)) continue;
    if (!is_sjis_lead(b) || i + 1 >= text.size() || !is_sjis_trail(uint8_t(text[i + 1]))) return false;
    if (from_sjis_pair(b, uint8_t(text[++i])) == kUnknown) return false;
    ++(b <= 0x98 ? common : rare);
  }
  return common > rare;
}

// Accented letters stand alone among plain ones; Cyrillic letters stand next to each other.
bool looks_like_cyrillic(std::string_view text) {
  int letters = 0, in_company = 0;
  const auto is_letter = [&](size_t i) { return i < text.size() && uint8_t(text[i]) >= 0xc0; };
  for (size_t i = 0; i < text.size(); ++i) {
    if (!is_letter(i)) continue;
    ++letters;
    in_company += (i > 0 && is_letter(i - 1)) || is_letter(i + 1);
  }
  return letters >= 3 && in_company * 10 >= letters * 7;
}

std::string without_controls(std::string text) {
  for (char& c : text)
    if (uint8_t(c) < 0x20 || c == 0x7f) c = ' ';
  return text;
}

}  // namespace

bool is_utf8(std::string_view text) { return clean_text(text, text.size() * 3) == text; }

TextEncoding guess_encoding(std::string_view texts) {
  if (looks_like_sjis(texts)) return TextEncoding::kShiftJis;
  return looks_like_cyrillic(texts) ? TextEncoding::kWindows1251 : TextEncoding::kWindows1252;
}

std::string to_utf8(std::string_view text, TextEncoding fallback) {
  if (has_utf16_mark(text)) return without_controls(from_utf16(text));
  if (text.substr(0, 3) == "\xef\xbb\xbf") text.remove_prefix(3);
  if (is_utf8(text)) return without_controls(std::string(text));
  return without_controls(fallback == TextEncoding::kShiftJis ? from_sjis(text) : from_single_bytes(text, fallback));
}

std::string trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(' ') - first + 1));
}

}  // namespace arietta
