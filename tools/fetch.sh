#!/usr/bin/env bash
# Fetches third-party sources by name from tools/pins.txt into the cache, checks their SHA-256 and unpacks them.
#   tools/fetch.sh NAME-PREFIX...     e.g. tools/fetch.sh sdl2 imgui          tools/fetch.sh all
# The files come from the Debian mirror this machine already uses; elsewhere set ARIETTA_MIRROR to any Debian mirror.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# The first http mirror named in this machine's apt sources (one-line or deb822 style).
mirror() {
  if [ -n "${ARIETTA_MIRROR:-}" ]; then echo "$ARIETTA_MIRROR"; return; fi
  local files=()
  for f in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list /etc/apt/sources.list.d/*.{sources,list}; do
    [ -r "$f" ] && files+=("$f")
  done
  [ ${#files[@]} -gt 0 ] || return 0
  sed -nE 's/^(URIs:|deb(-src)?( \[[^]]*\])?)[[:space:]]+(https?:[^ ]+).*/\4/p' "${files[@]}" | head -n 1 | sed 's|/*$||'
}

download() {   # url file sha256
  if [ -x /usr/lib/apt/apt-helper ]; then      # honours the proxy settings apt has
    /usr/lib/apt/apt-helper download-file "$1" "$2" "SHA256:$3" >/dev/null 2>&1
  else
    curl -fsSL -o "$2" "$1"
  fi
}

unpack() {     # file folder
  command -v xz >/dev/null || need "unpacks third-party sources" xz-utils
  case $1 in
    *.deb) if command -v dpkg-deb >/dev/null; then dpkg-deb -x "$1" "$2"
           else ar p "$1" data.tar.xz | tar -xJf - -C "$2"; fi ;;
    *)     tar -xf "$1" -C "$2" --strip-components=1 ;;
  esac
}

fetch() {      # name path sha256
  local name=$1 path=$2 sum=$3 target=$cache/sources/$1 file
  [ -e "$target/.sha256" ] && [ "$(cat "$target/.sha256")" = "$sum" ] && return 0
  file=$cache/downloads/$(basename "$path")
  mkdir -p "$cache/downloads" "$cache/sources"
  if [ ! -f "$file" ] || [ "$(sha256 "$file")" != "$sum" ]; then
    local from; from=$(mirror)
    [ -n "$from" ] || die "no Debian mirror known: set ARIETTA_MIRROR, or point the ARIETTA_*_SOURCE variable at a copy of $name"
    say "fetching $name"
    download "$from/$path" "$file.part" "$sum" || die "could not fetch $name ($path) from this machine's Debian mirror"
    [ "$(sha256 "$file.part")" = "$sum" ] || { rm -f "$file.part"; die "$name is not the file we pinned (wrong SHA-256)"; }
    mv "$file.part" "$file"
  fi
  rm -rf "$target" "$target.part"
  mkdir -p "$target.part"
  unpack "$file" "$target.part"
  echo "$sum" >"$target.part/.sha256"
  mv "$target.part" "$target"
}

for wanted in "$@"; do
  found=
  while read -r name path sum; do
    case $name in ''|\#*) continue ;; esac
    if [ "$wanted" = all ] || [[ $name == "$wanted"* ]]; then found=1; fetch "$name" "$path" "$sum"; fi
  done <"$root/tools/pins.txt"
  [ -n "$found" ] || die "nothing called $wanted in tools/pins.txt"
done
