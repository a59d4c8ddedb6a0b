// How likely each of a fixed number of answers is.   [any]
#pragma once
#include <algorithm>
#include <array>
#include <cmath>

#include "base/types.h"

namespace arietta {

template <size_t count>
class Shares {
 public:
  // Softmax of the model's scores; scores that are no numbers count as impossible.
  explicit Shares(span<const float> scores) {
    float top = -1e30f;
    for (size_t i = 0; i < count; ++i) top = std::isfinite(scores[i]) ? std::max(top, scores[i]) : top;
    float total = 0;
    for (size_t i = 0; i < count; ++i) {
      values_[i] = std::isfinite(scores[i]) ? std::exp(scores[i] - top) : 0;
      total += values_[i];
    }
    for (float& value : values_) value = total > 0 ? value / total : 1.f / float(count);
  }

  float& operator[](size_t i) { return values_[i]; }
  float operator[](size_t i) const { return values_[i]; }
  operator span<float>() { return values_; }
  span<const float> all() const { return values_; }
  float sum() const {
    float total = 0;
    for (const float value : values_) total += value;
    return total;
  }
  void blend(const Shares& other, float share) {
    for (size_t i = 0; i < count; ++i) values_[i] += share * (other.values_[i] - values_[i]);
  }

 private:
  std::array<float, count> values_;
};

}  // namespace arietta
