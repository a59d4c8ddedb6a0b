#!/usr/bin/env bash
# Every test the README promises, or only the suites named:   ./studio test [checks] [native] [sanitized] [fuzz] [wasm] [page]
#   checks      who may include whom, calls the audio thread may not make, what the wasm modules import and export
#   native      doctest programs, optimised, with the machine's own compiler, and the command line; the command line
#   sanitized   the same with clang, AddressSanitizer and UndefinedBehaviourSanitizer, and the screen without a window
#   fuzz        each libFuzzer target for ARIETTA_FUZZ_SECONDS (default 20) on its seed corpus
#   wasm        engine.wasm, the wire fixtures and the melody model under Node
#   page        the built site in Chromium, Firefox and WebKitGTK, with a sound device that records
# Output of each suite is kept in build/test-logs. The last line is the sum: "N passed, N failed".
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$root/tools/build.sh"

logs=$build/test-logs
mkdir -p "$logs"
passed=0 failed=0 broken=()
fuzz_seconds=${ARIETTA_FUZZ_SECONDS:-20}

# Adds one suite's figures to the sum and says how it went.   tally NAME PASSED FAILED LOG
tally() {
  passed=$((passed + $2))
  failed=$((failed + $3))
  if [ "$3" -gt 0 ]; then
    broken+=("$1")
    echo "--- $1: $2 passed, $3 FAILED; the end of ${4#"$root"/}:"
    tail -n "${5:-60}" "$4"
    echo "---"
  else
    echo "    $1: $2 passed"
  fi
}

# Runs one program as one test.   single NAME COMMAND...
single() {
  local name=$1 log=$logs/$1.log
  shift
  if "$@" >"$log" 2>&1; then tally "$name" 1 0 "$log"; else tally "$name" 0 1 "$log"; fi
}

# A part that does not build counts as one failure, and the parts that do not need it still run.   part NAME FUNCTION...
part() {
  local name=$1 log=$logs/build-$1.log
  shift
  bash -euo pipefail -c '. "$0/tools/common.sh"; . "$0/tools/build.sh"; "$@"' "$root" "$@" 2> >(tee "$log" >&2) && return 0
  tally "building $name" 0 1 "$log"
  return 1
}

doctests() {   # preset
  local program name log counts
  for program in "$build/$1"/tests/test_*; do
    [ -f "$program" ] && [ -x "$program" ] || continue
    name=$1-$(basename "$program") log=$logs/$1-$(basename "$program").log
    (cd "$root" && timeout 900 "$program" --no-colors=true) >"$log" 2>&1
    local code=$?
    counts=$(sed -nE 's/.*test cases: *[0-9]+ \| *([0-9]+) passed \| *([0-9]+) failed.*/\1 \2/p' "$log" | tail -1)
    if [ -z "$counts" ]; then tally "$name" 0 1 "$log"        # it died before it could count
    elif [ "$code" -ne 0 ] && [ "${counts#* }" -eq 0 ]; then tally "$name" "${counts% *}" 1 "$log"   # e.g. a leak found at exit
    else tally "$name" ${counts% *} ${counts#* } "$log"; fi
  done
}

# Files of node:test. A file gets ten minutes; only what failed is shown.   node_tests NAME FILE...
runner=(node)
node_tests() {
  local name=$1 log=$logs/$1.log code pass fail
  shift
  [ $# -gt 0 ] || return 0
  (cd "$root" && timeout 600 "${runner[@]}" --test --test-concurrency=1 --test-reporter=tap "$@") >"$log" 2>&1
  code=$?
  pass=$(sed -nE 's/^# pass ([0-9]+)/\1/p' "$log" | tail -1)
  fail=$(sed -nE 's/^# (fail|cancelled) ([0-9]+)/\2/p' "$log" | awk '{n += $1} END {print n + 0}')
  [ "$code" -ne 0 ] && [ "$fail" -eq 0 ] && fail=1
  if grep -q '^ *not ok' "$log"; then
    awk '/^ *not ok/ {lines = 25} /^ *(ok|# Subtest)/ {lines = 0} lines-- > 0' "$log" >"$log.failed"
    tally "$name" "${pass:-0}" "$fail" "$log.failed" 80
  else
    tally "$name" "${pass:-0}" "$fail" "$log"
  fi
}

fuzz() {
  local program name seeds=$build/native-debug/seeds
  rm -rf "$seeds"
  "$build/native-debug/tests/make_seeds" "$seeds" >"$logs/make_seeds.log" 2>&1 || { tally make_seeds 0 1 "$logs/make_seeds.log"; return; }
  for program in "$build"/native-debug/tests/*_fuzz; do
    [ -x "$program" ] || continue
    name=$(basename "$program")
    mkdir -p "$build/fuzz/$name" "$build/fuzz/crashes"
    # What the run finds goes to build/fuzz and is used again next time. A target without seeds is a failure.
    single "$name" "$program" -max_total_time="$fuzz_seconds" -timeout=10 -rss_limit_mb=1024 -max_len=262144 -print_final_stats=1 \
      -artifact_prefix="$build/fuzz/crashes/$name-" "$build/fuzz/$name" "$seeds/${name%_fuzz}"
  done
}

shopt -s nullglob
suites=("$@")
[ ${#suites[@]} -eq 0 ] && suites=(checks native sanitized fuzz wasm page)
for suite in "${suites[@]}"; do
  echo "== $suite"
  case $suite in
    checks)
      node_tests checks "$root/tools/check_sources.mjs" "$root/tests/tools/serve_test.mjs" ;;
    native)
      part native build_native native-release all && {
        doctests native-release
        node_tests cli "$root"/tests/cli/*_test.mjs "$root/tests/tools/generated_test.mjs"
      } ;;
    sanitized)
      part sanitized build_sanitized && doctests native-debug ;;
    fuzz)
      part fuzzers build_sanitized && fuzz ;;
    wasm)
      part wasm build_wasm && part native build_native native-release all && {
        node_tests modules "$root/tools/check_modules.mjs"
        node_tests wasm "$root"/tests/{parity,wire,complete}/*_test.mjs
      } ;;
    page)
      part page build_site && part browsers install_browsers && {
        runner=("$root/tools/with_browsers.sh" node)
        for file in "$root"/tests/web/*_test.mjs; do node_tests "page-$(basename "$file" _test.mjs)" "$file"; done
        runner=(node)
      } ;;
    *) die "there is no test suite '$suite'" ;;
  esac
done

[ ${#broken[@]} -gt 0 ] && echo "failed: ${broken[*]}"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
