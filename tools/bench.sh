#!/usr/bin/env bash
# Speed, size and latency figures:   ./studio bench [--json FILE]
# Each part prints a table and writes one JSON object: studio_cli bench (native), then every tools/bench/*_bench.mjs
# (modules under Node, bytes, the page in a browser). FILE gets them side by side, named after the parts.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$root/tools/build.sh"

json=
case ${1:-} in
  '') ;;
  --json) json=${2:?--json needs a file name}; json=$(cd "$(dirname "$json")" && pwd)/$(basename "$json") ;;
  *) die "bench does not know the option $1" ;;
esac

build_site
install_browsers
export ARIETTA_SITE=$site ARIETTA_WASM_DIR=$build/web-release ARIETTA_CLI=$cli

parts=$(mktemp -d)
trap 'rm -rf "$parts"' EXIT
cd "$root"
echo "== native"
"$cli" bench --json "$parts/native.json"
for bench in tools/bench/*_bench.mjs; do
  [ -f "$bench" ] || continue
  name=$(basename "$bench" _bench.mjs)
  echo "== $name"
  tools/with_browsers.sh node "$bench" --json "$parts/$name.json"
done

if [ -n "$json" ]; then
  node -e '
    const fs = require("fs"), path = require("path"), [folder, out] = process.argv.slice(1);
    const all = Object.fromEntries(fs.readdirSync(folder).map((file) =>
      [path.basename(file, ".json"), JSON.parse(fs.readFileSync(path.join(folder, file), "utf8"))]));
    fs.writeFileSync(out, JSON.stringify(all, null, 2) + "\n");' "$parts" "$json"
  say "figures are in $json"
fi
