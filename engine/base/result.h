// A value or a sentence that says what went wrong. Used instead of exceptions, which the wasm builds
// do not have. The sentence is written for the person, in plain words, and names the place.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <variant>

namespace arietta {

struct Error {
  std::string message;   // one plain sentence: what is wrong and where
  int64_t offset = -1;   // byte or character in the input, -1 when it has no place
};

template <class T>
class Result {
 public:
  Result(T value) : state_(std::move(value)) {}
  Result(Error error) : state_(std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  T& value() { return *std::get_if<0>(&state_); }
  const T& value() const { return *std::get_if<0>(&state_); }
  const Error& error() const { return *std::get_if<1>(&state_); }
  T& operator*() { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

 private:
  std::variant<T, Error> state_;
};

}  // namespace arietta
