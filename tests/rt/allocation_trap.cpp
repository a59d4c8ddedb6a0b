#include "tests/rt/allocation_trap.h"

#include <cstdlib>
#include <new>

#include "base/rt.h"

#if defined(__SANITIZE_ADDRESS__)
#define ARIETTA_OWN_MALLOC 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARIETTA_OWN_MALLOC 0
#endif
#endif
#if !defined(ARIETTA_OWN_MALLOC)
#if defined(__GLIBC__)
#define ARIETTA_OWN_MALLOC 1
#else
#define ARIETTA_OWN_MALLOC 0
#endif
#endif

namespace {

int caught = 0;
void look() { caught += arietta::RtSection::depth > 0; }

}  // namespace

namespace arietta {

void AllocationTrap::reset() { caught = 0; }
int AllocationTrap::count() { return caught; }

}  // namespace arietta

#if ARIETTA_OWN_MALLOC
extern "C" {
void* __libc_malloc(size_t);
void* __libc_calloc(size_t, size_t);
void* __libc_realloc(void*, size_t);
void __libc_free(void*);

void* malloc(size_t bytes) { look(); return __libc_malloc(bytes); }
void* calloc(size_t count, size_t bytes) { look(); return __libc_calloc(count, bytes); }
void* realloc(void* block, size_t bytes) { look(); return __libc_realloc(block, bytes); }
void free(void* block) { look(); __libc_free(block); }
}
#endif

// By way of malloc, which counts where it is ours; counted here where it is not.
void* operator new(size_t bytes) {
#if !ARIETTA_OWN_MALLOC
  look();
#endif
  if (void* block = std::malloc(bytes ? bytes : 1)) return block;
  std::abort();
}
void* operator new[](size_t bytes) { return operator new(bytes); }
void* operator new(size_t bytes, const std::nothrow_t&) noexcept { return operator new(bytes); }
void* operator new[](size_t bytes, const std::nothrow_t&) noexcept { return operator new(bytes); }
void operator delete(void* block) noexcept {
#if !ARIETTA_OWN_MALLOC
  look();
#endif
  std::free(block);
}
void operator delete[](void* block) noexcept { operator delete(block); }
void operator delete(void* block, const std::nothrow_t&) noexcept { operator delete(block); }
void operator delete[](void* block, const std::nothrow_t&) noexcept { operator delete(block); }
void operator delete(void* block, size_t) noexcept { operator delete(block); }
void operator delete[](void* block, size_t) noexcept { operator delete(block); }
