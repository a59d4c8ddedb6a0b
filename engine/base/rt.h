// Marks code that runs on the audio thread. Where the compiler can check the promise
// (clang 20 and later, RealtimeSanitizer) the mark is an attribute; elsewhere it is empty and the
// allocation trap in tests/rt checks instead.
//
// Thread tags used at the end of every public comment:
//   [setup]  may allocate; audio is not running      [main]  the page's main thread, the CLI
//   [audio]  called from render; never waits         [any]   pure, safe everywhere
#pragma once

#if defined(__has_cpp_attribute)
#if __has_cpp_attribute(clang::nonblocking)
#define ARIETTA_RT [[clang::nonblocking]]
#endif
#endif
#ifndef ARIETTA_RT
#define ARIETTA_RT
#endif

namespace arietta {

// Counts how deep the current thread is inside render. The test build's operator new and malloc look
// at it and fail the test when it is not zero.
struct RtSection {
  static inline thread_local int depth = 0;
  RtSection() { ++depth; }
  ~RtSection() { --depth; }
  RtSection(const RtSection&) = delete;
  RtSection& operator=(const RtSection&) = delete;
};

}  // namespace arietta
