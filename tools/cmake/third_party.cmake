# Third-party code: fetched and checked by tools/fetch.sh, kept outside the clone, never copied into it.
# Every path can be pointed elsewhere, e.g. -DARIETTA_SDL2_SOURCE=/path/to/SDL-release-2.26.5.
if(DEFINED ENV{ARIETTA_CACHE})
  set(cache_default $ENV{ARIETTA_CACHE})
elseif(DEFINED ENV{XDG_CACHE_HOME})
  set(cache_default $ENV{XDG_CACHE_HOME}/arietta)
else()
  set(cache_default $ENV{HOME}/.cache/arietta)
endif()
set(ARIETTA_CACHE ${cache_default} CACHE PATH "Where fetched sources and slow builds are kept")

function(arietta_source variable folder probe)
  if(DEFINED ENV{${variable}})
    set(default $ENV{${variable}})
  else()
    set(default ${ARIETTA_CACHE}/sources/${folder})
  endif()
  set(${variable} ${default} CACHE PATH "Source tree of ${folder}")
  if(NOT EXISTS ${${variable}}/${probe})
    message(FATAL_ERROR "${${variable}}/${probe} is missing: run tools/fetch.sh, or set ${variable} to a source tree of ${folder}.")
  endif()
endfunction()

# libdeflate: raw deflate for song links.
arietta_source(ARIETTA_LIBDEFLATE_SOURCE libdeflate-1.14 libdeflate.h)
file(GLOB deflate_sources ${ARIETTA_LIBDEFLATE_SOURCE}/lib/*.c)
list(FILTER deflate_sources EXCLUDE REGEX "(gzip|zlib|adler32)[^/]*\\.c$")   # only raw deflate is used
add_library(deflate STATIC ${deflate_sources}
  ${ARIETTA_LIBDEFLATE_SOURCE}/lib/x86/cpu_features.c ${ARIETTA_LIBDEFLATE_SOURCE}/lib/arm/cpu_features.c)
target_include_directories(deflate SYSTEM PUBLIC ${ARIETTA_LIBDEFLATE_SOURCE} PRIVATE ${ARIETTA_LIBDEFLATE_SOURCE}/lib)
target_compile_options(deflate PRIVATE -w -O2)
if(ARIETTA_SANITIZE)
  target_compile_options(deflate PRIVATE -fno-sanitize=undefined)   # it adds 0 to a null pointer, harmlessly
endif()

# stb_vorbis: Ogg Vorbis samples inside SF3 banks. The bank library includes <stb_vorbis.c> in one file.
arietta_source(ARIETTA_STB_SOURCE stb-20220908 stb_vorbis.c)
add_library(stb_vorbis INTERFACE)
target_include_directories(stb_vorbis SYSTEM INTERFACE ${ARIETTA_STB_SOURCE})

# nlohmann json: the readable form of a song.
arietta_source(ARIETTA_JSON_SOURCE nlohmann-json-3.11.2 single_include/nlohmann/json.hpp)
add_library(json INTERFACE)
target_include_directories(json SYSTEM INTERFACE ${ARIETTA_JSON_SOURCE}/single_include)
target_compile_definitions(json INTERFACE JSON_NOEXCEPTION)

if(NOT EMSCRIPTEN)
  # miniaudio: its FLAC and MP3 decoders, for the command line. The page asks the browser.
  arietta_source(ARIETTA_MINIAUDIO_SOURCE miniaudio-0.11.22 usr/include/miniaudio.h)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/miniaudio.c CONTENT "#define MINIAUDIO_IMPLEMENTATION\n#include <miniaudio.h>\n")
  add_library(miniaudio STATIC ${CMAKE_BINARY_DIR}/miniaudio.c)
  target_include_directories(miniaudio SYSTEM PUBLIC ${ARIETTA_MINIAUDIO_SOURCE}/usr/include)
  target_compile_definitions(miniaudio PUBLIC MA_NO_DEVICE_IO MA_NO_THREADING MA_NO_ENCODING MA_NO_GENERATION MA_NO_ENGINE
    MA_NO_NODE_GRAPH MA_NO_RESOURCE_MANAGER)
  target_compile_options(miniaudio PRIVATE -w -O2)
endif()

if(EMSCRIPTEN)
  # SDL2: window, input and WebGL for the screen. Only what the studio uses (tools/wasm/sdl2/SDL_config.h).
  arietta_source(ARIETTA_SDL2_SOURCE sdl2-2.26.5 include/SDL.h)
  foreach(folder . atomic cpuinfo dynapi events file filesystem/emscripten libm loadso/dummy locale locale/emscripten
          misc misc/emscripten power stdlib thread thread/generic timer timer/unix video video/emscripten video/yuv2rgb)
    file(GLOB sources ${ARIETTA_SDL2_SOURCE}/src/${folder}/*.c)
    list(APPEND sdl2_sources ${sources})
  endforeach()
  add_library(sdl2 STATIC ${sdl2_sources} ${PROJECT_SOURCE_DIR}/tools/wasm/sdl2/unused.c)
  target_include_directories(sdl2 BEFORE PRIVATE ${PROJECT_SOURCE_DIR}/tools/wasm/sdl2 ${ARIETTA_SDL2_SOURCE}/src/video/khronos)
  target_include_directories(sdl2 SYSTEM PUBLIC ${ARIETTA_SDL2_SOURCE}/include)
  target_compile_options(sdl2 PRIVATE -w -O2)
endif()

if(EMSCRIPTEN OR ARIETTA_SCREEN)
  # Dear ImGui; in the page with its SDL2 and OpenGL ES 2 backends (#version 100 shaders run in WebGL 1 and 2).
  # 32-bit indices: a full note grid has more than 65,536 vertices.
  arietta_source(ARIETTA_IMGUI_SOURCE imgui-1.90.1 imgui.h)
  add_library(imgui STATIC ${ARIETTA_IMGUI_SOURCE}/imgui.cpp ${ARIETTA_IMGUI_SOURCE}/imgui_draw.cpp
    ${ARIETTA_IMGUI_SOURCE}/imgui_tables.cpp ${ARIETTA_IMGUI_SOURCE}/imgui_widgets.cpp)
  target_include_directories(imgui SYSTEM PUBLIC ${ARIETTA_IMGUI_SOURCE} ${ARIETTA_IMGUI_SOURCE}/backends)
  target_compile_definitions(imgui PUBLIC "ImDrawIdx=unsigned int"
    IMGUI_DISABLE_DEMO_WINDOWS IMGUI_DISABLE_DEBUG_TOOLS IMGUI_DISABLE_FILE_FUNCTIONS IMGUI_DISABLE_OBSOLETE_FUNCTIONS)
  target_compile_options(imgui PRIVATE -w -fno-exceptions -fno-rtti)
  if(EMSCRIPTEN)
    target_sources(imgui PRIVATE ${ARIETTA_IMGUI_SOURCE}/backends/imgui_impl_sdl2.cpp
      ${ARIETTA_IMGUI_SOURCE}/backends/imgui_impl_opengl3.cpp)
    target_compile_definitions(imgui PUBLIC IMGUI_IMPL_OPENGL_ES2)
    target_compile_options(imgui PRIVATE -O2)
    target_link_libraries(imgui PUBLIC sdl2)
  endif()
endif()

if(ARIETTA_TESTS AND NOT EMSCRIPTEN)
  arietta_source(ARIETTA_DOCTEST_SOURCE doctest-2.4.9 doctest/doctest.h)
  add_library(doctest INTERFACE)
  target_include_directories(doctest SYSTEM INTERFACE ${ARIETTA_DOCTEST_SOURCE})
endif()
