# Compiler flags for our own code, as one interface target that every library of ours links privately.
add_library(arietta_flags INTERFACE)

target_compile_options(arietta_flags INTERFACE
  -Wall -Wextra -Wshadow
  $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor>
  -ffp-contract=off)   # a fused multiply-add on one machine and not on another would break the goldens

# Fatal with clang only (the sanitized and the web build). Several of GCC's warnings look through inlining and are
# wrong about the standard library; they are shown, and read by people.
if(ARIETTA_WERROR AND NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(arietta_flags INTERFACE -Werror)
endif()

# Clang 20 and newer want `noexcept` beside [[clang::nonblocking]]; without exceptions it says nothing new.
include(CheckCXXCompilerFlag)
check_cxx_compiler_flag(-Wperf-constraint-implies-noexcept ARIETTA_CLANG_KNOWS_NONBLOCKING)
if(ARIETTA_CLANG_KNOWS_NONBLOCKING)
  target_compile_options(arietta_flags INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wno-perf-constraint-implies-noexcept>)
endif()

# The engine and the screen use neither exceptions nor RTTI; the tests use exceptions (doctest does).
add_library(arietta_lean INTERFACE)
target_compile_options(arietta_lean INTERFACE
  $<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions> $<$<COMPILE_LANGUAGE:CXX>:-fno-rtti>)

if(EMSCRIPTEN)
  # SIMD is the baseline of every browser we support (Chrome 91, Firefox 89, Safari 16.4). Modules whose links end
  # in -flto need every object built with it.
  add_compile_options(-msimd128 -flto)
endif()

if(ARIETTA_SANITIZE)
  # fuzzer-no-link adds the coverage counters to the libraries, so the tests and the fuzzers share one build.
  add_compile_options(-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined,fuzzer-no-link
                      -fno-sanitize=vptr -fno-sanitize-recover=undefined)
  add_link_options(-fsanitize=address,undefined)
endif()
