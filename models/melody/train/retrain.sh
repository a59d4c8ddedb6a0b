#!/usr/bin/env bash
# Makes the melody model anew.   retrain.sh DATA_DIR MEASURE_DIR WORK_DIR [--updates N | --minutes M]
# DATA_DIR holds the corpora (melodies/*.jsonl.gz, chorales/satb.jsonl.gz), MEASURE_DIR score_melody.py. Everything on the
# way is kept in WORK_DIR; the last step replaces the files in models/melody. Debian 12: python3-torch 1.13.0,
# libopenblas0-pthread 0.3.21, python3-numpy 1.24.2, python3-matplotlib 3.6.3 for the picture of the loss.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$here/../../..
data=$1 measure=$2 work=$3
shift 3
run=("$@")
[ ${#run[@]} -gt 0 ] || run=(--updates 3000)
python=/usr/bin/python3
cli=${ARIETTA_CLI:-$root/build/native-release/engine/host/studio_cli}
mkdir -p "$work"

"$python" "$here/select_tunes.py" "$data" "$work/tunes"
for name in train valid unseen chorales_train chorales_valid; do
  gaps=1
  [ "$name" = train ] && gaps=3
  "$cli" melody-steps "$work/tunes/$name.jsonl" "$work/$name.steps" --gaps "$gaps"
done
mkdir -p "$work/held" "$work/held-unseen" "$work/prompts"
cp "$work/tunes/valid.jsonl" "$work/held"
cp "$work/tunes/unseen.jsonl" "$work/held-unseen"
"$python" "$measure/score_melody.py" --make-prompts "$work/held" "$work/prompts/prompts.jsonl.gz"
"$python" "$measure/score_melody.py" --make-infill "$work/held" "$work/prompts/infill.jsonl.gz"
"$python" "$measure/score_melody.py" --make-prompts "$work/held-unseen" "$work/prompts/unseen.jsonl.gz"

"$python" "$here/train_melody.py" "$work" "$work/run" "${run[@]}"
"$python" "$here/plot_log.py" "$work/run/log.jsonl" "$here/loss.png"
cp "$work/run/log.jsonl" "$here/log.jsonl"

# The weights first, then the shares of the counted model, which are fitted to them on a fifth of the held-out tunes.
echo "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0" >"$work/shares.txt"
"$cli" melody-data "$work/tunes/train.jsonl" "$work/tunes/chords.jsonl" "$work/shares.txt" "$root/models/melody/melody.bin"
"$python" "$here/export_onnx.py" "$work/run/checkpoint.pt" "$root/models/melody"
"$python" "$here/make_lines.py" "$work/prompts/prompts.jsonl.gz" "$work/fit.in.jsonl" --nll --detail --every 5
"$root/studio" complete --nll "$work/fit.in.jsonl" --out "$work/fit.jsonl"
"$python" "$here/fit_shares.py" "$work/fit.jsonl" "$work/shares.txt"
"$cli" melody-data "$work/tunes/train.jsonl" "$work/tunes/chords.jsonl" "$work/shares.txt" "$root/models/melody/melody.bin"
"$python" "$here/export_onnx.py" "$work/run/checkpoint.pt" "$root/models/melody"
