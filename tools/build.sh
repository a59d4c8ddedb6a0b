# The builds behind the studio script, each quick when there is nothing to do. Sourced after common.sh.

site=$build/site
cli=$build/native-release/engine/host/studio_cli
bank=$cache/sources/bank-fluidr3mono/usr/share/sounds/sf3/FluidR3Mono_GM.sf3

# One build at a time in a clone: two commands in two terminals wait for each other instead of spoiling the folder.
locked() {
  mkdir -p "$build"
  if command -v flock >/dev/null; then (flock 9; "$@") 9>"$build/lock"; else "$@"; fi
}

# Configures a preset once and builds the targets; ninja itself finds out what changed.   cmake_build PRESET TARGET...
cmake_build() { locked cmake_build_alone "$@"; }

cmake_build_alone() {
  local preset=$1 configure=(cmake)
  shift
  [ "$preset" = web-release ] && configure=(emcmake cmake)
  if [ ! -f "$build/$preset/build.ninja" ]; then
    say "configuring $preset"
    quietly "configuring $preset" "${configure[@]}" -S "$root" --preset "$preset"
  fi
  quietly "building $preset" ninja_says "building $preset" -C "$build/$preset" "$@"
}

# ninja, with one line on fd 3 when it has something to compile.   ninja_says TEXT ARGUMENT...
ninja_says() {
  local text=$1 said= line
  shift
  ninja "$@" | while IFS= read -r line; do
    echo "$line"
    if [ -z "$said" ] && [[ $line == \[* && $line != *globbed* ]]; then said=1; say "$text" 2>&3; fi
  done
}

# The native side: command line and, with `all`, the tests.   build_native PRESET TARGET...
build_native() {
  command -v cmake >/dev/null || need "configures the builds" cmake
  command -v ninja >/dev/null || need "runs the builds" ninja-build
  command -v c++ >/dev/null || need "compiles the native engine" g++
  [ "$1" = native-debug ] && need "AddressSanitizer, UndefinedBehaviourSanitizer and libFuzzer" clang libclang-rt-14-dev
  "$root/tools/fetch.sh" libdeflate stb nlohmann doctest miniaudio
  cmake_build "$@"
}

# Everything native with clang and the sanitizers: tests, fuzzers, and the screen (which needs its fonts).
build_sanitized() {
  command -v pyftsubset >/dev/null || need "cuts the fonts down to the letters used" fonttools
  install_npm
  "$root/tools/fetch.sh" imgui fonts-inter
  build_native native-debug all
}

build_cli() { build_native native-release studio_cli; }

fetch_bank() {
  "$root/tools/fetch.sh" bank-fluidr3mono
  export ARIETTA_BANK=$bank
}

install_npm() {
  command -v node >/dev/null || need "builds the page and serves it" nodejs
  command -v npm >/dev/null || need "fetches the page's build tools" npm
  local stamp=$root/web/node_modules/.package-lock.json
  [ "$stamp" -nt "$root/web/package-lock.json" ] && return 0
  say "fetching the page's build tools with npm (TypeScript, Vite, the icon font, drivers for the browser tests)"
  quietly "npm ci" npm --prefix "$root/web" ci --no-audit --no-fund
  touch "$stamp"
}

# engine.wasm, bank.wasm, assist.wasm, ui.mjs and ui.wasm, in build/web-release, or only the file named.   build_wasm [FILE]
build_wasm() {
  command -v cmake >/dev/null || need "configures the builds" cmake
  command -v ninja >/dev/null || need "runs the builds" ninja-build
  command -v emcc >/dev/null || need "compiles C++ to WebAssembly" emscripten
  command -v pyftsubset >/dev/null || need "cuts the fonts down to the letters used" fonttools
  # Debian's emcc looks for its JavaScript helpers where only Debian's own Node would find them.
  [ -d /usr/share/nodejs/acorn ] && export NODE_PATH=/usr/share/nodejs${NODE_PATH:+:$NODE_PATH}
  install_npm
  "$root/tools/fetch.sh" libdeflate stb nlohmann sdl2 imgui fonts-inter
  cmake_build web-release "$@"
}

# The bank cut into one file per instrument; done once for each bank and slicer, kept in the cache.
slice_bank() {
  fetch_bank
  build_cli
  local key
  key=$( (sha256 "$cache"/sources/bank-fluidr3mono/.sha256 "$root"/engine/bank/*.{h,cpp} "$root"/engine/plan/bank_format.h) | sha256)
  slices=$cache/slices/${key:0:16}
  [ -d "$slices" ] && return 0
  say "cutting the SoundFont bank into one file per instrument"
  rm -rf "$slices.part"
  mkdir -p "$slices.part"
  quietly "slicing the bank" "$cli" slice-bank "$bank" "$slices.part"
  mv "$slices.part" "$slices"
}

# The whole page, in build/site.
build_site() {
  build_wasm
  slice_bank
  locked assemble_site
}

assemble_site() {
  local stamp=$build/site.stamp
  local inputs=("$root"/web/{index.html,src,public,package-lock.json,vite.config.ts,tsconfig.json}
                "$build"/web-release/{engine.wasm,bank.wasm,assist.wasm,ui.mjs,ui.wasm})
  if [ ! -f "$stamp" ] || [ -n "$(find "${inputs[@]}" -newer "$stamp" -print -quit 2>/dev/null)" ]; then
    say "building the page"
    quietly "checking the types of web/" npm --prefix "$root/web" run --silent check
    quietly "vite build" npm --prefix "$root/web" run --silent build
    touch "$stamp"
  fi
  mkdir -p "$site/models/melody"
  find "$root/models/melody" -maxdepth 1 \( -name model.json -o -name '*.onnx' -o -name melody.bin -o -name MODEL_CARD.md \) \
    -exec cp {} "$site/models/melody/" \;
  if [ "$(readlink "$build/slices" || true)" != "$slices" ] || [ ! -d "$site/bank" ]; then
    rm -rf "$site/bank"
    cp -r "$slices" "$site/bank"
    ln -sfn "$slices" "$build/slices"
  fi
}

# Three engines, a display and a sound card made of software, for the tests of the page.
install_browsers() {
  need "the browsers the page is tested in" chromium firefox-esr webkit2gtk-driver \
    gstreamer1.0-plugins-bad gstreamer1.0-pulseaudio gstreamer1.0-gl gstreamer1.0-libav
  need "a display and a sound card made of software, for those browsers" \
    xvfb xauth dbus pulseaudio pulseaudio-utils libegl1 libgl1-mesa-dri libgles2
}
