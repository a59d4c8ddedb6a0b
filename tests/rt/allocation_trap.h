// Counts what is allocated or freed while RtSection says the audio thread is at work. This program's own malloc,
// free and operator new look at it (allocation_trap.cpp); with a sanitizer, which has its own malloc, only new does.
#pragma once
#include <string>

namespace arietta {

struct AllocationTrap {
  static void reset();
  static int count();               // since reset
};

}  // namespace arietta
