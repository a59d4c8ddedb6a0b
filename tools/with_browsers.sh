#!/usr/bin/env bash
# Runs a command with a display, a session bus and a sound card, all made of software:   tools/with_browsers.sh node --test FILE
# The sound card is a PulseAudio null sink called "nul"; record what the speakers would get with
#   parec -d nul.monitor --rate=48000 --channels=2 --format=s16le
# It gives Firefox the clock without which its AudioContext stays suspended.
set -euo pipefail

XDG_RUNTIME_DIR=$(mktemp -d)
export XDG_RUNTIME_DIR PULSE_SERVER=unix:$XDG_RUNTIME_DIR/pulse/native
pulseaudio -n --daemonize=no --exit-idle-time=-1 --log-level=error --disallow-exit \
  --load="module-native-protocol-unix" \
  --load="module-null-sink sink_name=nul rate=48000" --load="module-always-sink" >"$XDG_RUNTIME_DIR/pulse.log" 2>&1 &
pulse=$!
trap 'kill $pulse 2>/dev/null || true; wait $pulse 2>/dev/null || true; rm -rf "$XDG_RUNTIME_DIR"' EXIT
for _ in $(seq 50); do
  pactl info >/dev/null 2>&1 && break
  sleep 0.1
done

export WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS=1 JSC_useSharedArrayBuffer=1   # WebKitGTK as root, and with shared memory
xvfb-run -a -s "-screen 0 1280x1024x24" dbus-run-session -- "$@"
