// A bump allocator over memory somebody else owns. The engine takes everything at setup and gives it
// back by rewinding to a mark, so there is nothing to leak and nothing to free one by one.
#pragma once
#include <new>
#include <type_traits>
#include <utility>

#include "base/types.h"

namespace arietta {

class Arena {
 public:
  Arena() = default;
  explicit Arena(MutableBytes memory) : memory_(memory) {}

  // Room for `bytes`, aligned; nullptr when it does not fit. The memory is not cleared.   [any]
  void* take(size_t bytes, size_t align = 16) {
    const size_t address = reinterpret_cast<size_t>(memory_.data()) + used_;
    const size_t padding = (align - address % align) % align;
    if (bytes > memory_.size() || used_ + padding > memory_.size() - bytes) return nullptr;
    void* place = memory_.data() + used_ + padding;
    used_ += padding + bytes;
    if (used_ > high_water_) high_water_ = used_;
    return place;
  }

  // One T built in place. Its destructor is never run, so T must not own anything.        [any]
  template <class T, class... Args>
  T* make(Args&&... args) {
    static_assert(std::is_trivially_destructible_v<T> || std::is_polymorphic_v<T>);
    void* place = take(sizeof(T), alignof(T));
    return place ? new (place) T(std::forward<Args>(args)...) : nullptr;
  }

  // `count` zeroed values; an empty span when they do not fit.                            [any]
  template <class T>
  span<T> array(size_t count) {
    static_assert(std::is_trivially_destructible_v<T>);
    if (count > memory_.size() / sizeof(T)) return {};
    T* place = static_cast<T*>(take(count * sizeof(T), alignof(T) < 16 ? 16 : alignof(T)));
    if (!place) return {};
    for (size_t i = 0; i < count; ++i) new (place + i) T();
    return {place, count};
  }

  size_t mark() const { return used_; }
  void rewind(size_t mark) { used_ = mark; }
  size_t capacity() const { return memory_.size(); }
  size_t left() const { return memory_.size() - used_; }
  size_t high_water() const { return high_water_; }

 private:
  MutableBytes memory_{};
  size_t used_ = 0;
  size_t high_water_ = 0;
};

}  // namespace arietta
