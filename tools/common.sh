# Shared by the studio script and the tools beside this file: paths, messages, installing what is missing.
# Sourced, never run. Everything here talks on stderr, because stdout belongs to the program being run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${ARIETTA_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/arietta}
build=$root/build
export ARIETTA_CACHE=$cache

say() { echo "arietta: $*" >&2; }
die() { say "$*"; exit 1; }

# Installs Debian packages that are not there yet, saying what they are for.
#   need "why" package...
need() {
  local why=$1 missing=() package
  shift
  command -v dpkg-query >/dev/null || return 0   # not Debian: the tools themselves are checked where they are used
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  say "installing ${missing[*]} ($why)"
  local sudo=
  if [ "$(id -u)" -ne 0 ]; then
    sudo=$(command -v sudo) || die "please install these packages first: ${missing[*]} ($why)"
  fi
  local log; log=$(mktemp)
  export DEBIAN_FRONTEND=noninteractive
  if ! $sudo apt-get install -y --no-install-recommends "${missing[@]}" >"$log" 2>&1; then
    # The usual reason is a package list that was never fetched or is too old.
    $sudo apt-get update >"$log" 2>&1 &&
      $sudo apt-get install -y --no-install-recommends "${missing[@]}" >>"$log" 2>&1 ||
      { tail -20 "$log" >&2; die "could not install ${missing[*]}"; }
  fi
  rm -f "$log"
}

# Runs a command quietly: its output is shown only when it fails; fd 3 still reaches the person.   quietly "doing what" command...
quietly() {
  local what=$1 log
  shift
  log=$(mktemp)
  if ! "$@" 3>&2 >"$log" 2>&1 </dev/null; then
    tail -60 "$log" >&2
    rm -f "$log"
    die "$what failed"
  fi
  rm -f "$log"
}

sha256() { if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi | cut -d' ' -f1; }
