# How the three modules of the page are linked.
#   arietta_standalone(NAME SOURCES ... LINKS ... STACK size INITIAL size MAXIMUM size
#                      OPTIONS ...)    NAME.wasm, importing nothing
#   engine.wasm, bank.wasm and assist.wasm are declared here; ui.mjs + ui.wasm in ui/CMakeLists.txt.
# Exports are marked in the sources: export_name("eng_...") or EMSCRIPTEN_KEEPALIVE.
if(EMSCRIPTEN_VERSION VERSION_LESS 3.1.25)
  set(stack_setting TOTAL_STACK)
else()
  set(stack_setting STACK_SIZE)
endif()

add_library(no_imports OBJECT ${PROJECT_SOURCE_DIR}/tools/wasm/no_imports.c)
target_compile_options(no_imports PRIVATE -fno-lto -O2)   # replaces symbols of the C library: resolved before LTO

function(arietta_standalone name)
  cmake_parse_arguments(ARG "" "STACK;INITIAL;MAXIMUM" "SOURCES;LINKS;OPTIONS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES} $<TARGET_OBJECTS:no_imports>)
  set_target_properties(${name} PROPERTIES SUFFIX .wasm RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
  target_link_libraries(${name} PRIVATE ${ARG_LINKS} arietta_flags arietta_lean)
  target_compile_options(${name} PRIVATE -O3)
  target_link_options(${name} PRIVATE -O3 -flto -msimd128 -fno-exceptions --no-entry
    -sSTANDALONE_WASM -sFILESYSTEM=0 -sALLOW_MEMORY_GROWTH=1
    -s${stack_setting}=${ARG_STACK} -sINITIAL_MEMORY=${ARG_INITIAL} -sMAXIMUM_MEMORY=${ARG_MAXIMUM} ${ARG_OPTIONS})
endfunction()

if(EXISTS ${PROJECT_SOURCE_DIR}/engine/host/wasm_exports.cpp)
  arietta_standalone(engine SOURCES ${PROJECT_SOURCE_DIR}/engine/host/wasm_exports.cpp LINKS core
    STACK 256KB
    INITIAL 12MB             # code and tables (half of it wavetables); the arenas are taken once, by eng_init
    MAXIMUM 1GB              # a ceiling, not a reservation: memory that is not shared costs nothing until it is used
    OPTIONS -sMALLOC=none)   # no allocator in the module: code that would call one does not link
endif()
if(EXISTS ${PROJECT_SOURCE_DIR}/engine/bank/bank_exports.cpp)
  arietta_standalone(bank_module SOURCES ${PROJECT_SOURCE_DIR}/engine/bank/bank_exports.cpp LINKS bank
    STACK 1MB INITIAL 4MB MAXIMUM 512MB)
  set_target_properties(bank_module PROPERTIES OUTPUT_NAME bank)
endif()
if(EXISTS ${PROJECT_SOURCE_DIR}/engine/assist/assist_exports.cpp)
  arietta_standalone(assist_module SOURCES ${PROJECT_SOURCE_DIR}/engine/assist/assist_exports.cpp LINKS assist
    STACK 1MB INITIAL 4MB MAXIMUM 256MB)
  set_target_properties(assist_module PROPERTIES OUTPUT_NAME assist)
endif()
