// Writes JSON into a string, commas and escapes included. For what the page reads often; songs use song/json.h.  [any]
#pragma once
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <type_traits>

namespace arietta::ui {

class JsonText {
 public:
  explicit JsonText(std::string& out) : out_(out) {}

  JsonText& open_object() { return begin('{'); }
  JsonText& close_object() { return end('}'); }
  JsonText& open_array() { return begin('['); }
  JsonText& close_array() { return end(']'); }

  JsonText& key(std::string_view name) {
    text(name);
    out_ += ':';
    fresh_ = true;
    return *this;
  }
  JsonText& text(std::string_view words) {
    separate();
    out_ += '"';
    for (char c : words) {
      if (c == '"' || c == '\\') out_ += '\\', out_ += c;
      else if (uint8_t(c) < 0x20) escape(c);
      else out_ += c;
    }
    out_ += '"';
    return *this;
  }
  // Digits: ten say all about our doubles, seven about a float.
  JsonText& number(double v, int digits = 10) {
    separate();
    char text[32];
    std::snprintf(text, sizeof text, "%.*g", digits, v == v && v - v == 0 ? v : 0.0);   // JSON has no NaN, no infinity
    out_ += text;
    return *this;
  }
  JsonText& boolean(bool v) { return raw(v ? "true" : "false"); }
  JsonText& raw(std::string_view json) {
    separate();
    out_ += json;
    return *this;
  }
  template <class T>
  JsonText& member(std::string_view name, const T& v) {
    key(name);
    if constexpr (std::is_same_v<T, bool>) return boolean(v);
    else if constexpr (std::is_same_v<T, float>) return number(double(v), 7);
    else if constexpr (std::is_arithmetic_v<T>) return number(double(v));
    else return text(v);
  }

 private:
  void separate() {
    if (!fresh_) out_ += ',';
    fresh_ = false;
  }
  JsonText& begin(char c) {
    separate();
    out_ += c;
    fresh_ = true;
    return *this;
  }
  JsonText& end(char c) {
    out_ += c;
    fresh_ = false;
    return *this;
  }
  void escape(char c) {
    char code[8];
    std::snprintf(code, sizeof code, "\\u%04x", unsigned(uint8_t(c)));
    out_ += code;
  }

  std::string& out_;
  bool fresh_ = true;
};

}  // namespace arietta::ui
