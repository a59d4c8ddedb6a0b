#include "core/pool.h"

#include <new>

namespace arietta {
namespace {

constexpr size_t kAlign = 16;
constexpr size_t round_up(size_t bytes) { return (bytes + kAlign - 1) & ~(kAlign - 1); }

}  // namespace

Pool::Pool(MutableBytes memory) {
  const size_t padding = (kAlign - reinterpret_cast<uintptr_t>(memory.data()) % kAlign) % kAlign;
  if (memory.size() < padding + 2 * sizeof(Header)) return;
  memory_ = memory.subspan(padding, (memory.size() - padding) & ~(kAlign - 1));
  new (memory_.data()) Header{memory_.size() - sizeof(Header), false};
}

MutableBytes Pool::take(size_t bytes) {
  if (bytes > memory_.size()) return {};
  const size_t wanted = round_up(bytes ? bytes : 1);
  for (size_t at = 0; at < memory_.size(); at += sizeof(Header) + header_at(at).bytes) {
    if (header_at(at).taken) continue;
    join_free_neighbours(at);
    Header& block = header_at(at);
    if (block.bytes < wanted) continue;
    if (block.bytes >= wanted + sizeof(Header) + kAlign) {       // the rest is a free block of its own
      new (memory_.data() + at + sizeof(Header) + wanted) Header{block.bytes - wanted - sizeof(Header), false};
      block.bytes = wanted;
    }
    block.taken = true;
    used_ += sizeof(Header) + block.bytes;
    if (used_ > high_water_) high_water_ = used_;
    return memory_.subspan(at + sizeof(Header), block.bytes);
  }
  return {};
}

void Pool::give_back(MutableBytes block) {
  if (block.empty()) return;
  Header& header = header_at(size_t(block.data() - memory_.data()) - sizeof(Header));
  header.taken = false;
  used_ -= sizeof(Header) + header.bytes;
}

void Pool::join_free_neighbours(size_t offset) {
  Header& block = header_at(offset);
  for (;;) {
    const size_t next = offset + sizeof(Header) + block.bytes;
    if (next >= memory_.size() || header_at(next).taken) return;
    block.bytes += sizeof(Header) + header_at(next).bytes;
  }
}

}  // namespace arietta
