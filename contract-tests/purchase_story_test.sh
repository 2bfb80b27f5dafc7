#!/bin/sh
# Starts a simulator on free ports, runs the example story against it, and stops it.
# Usage: purchase_story_test.sh PCSIM_BINARY STORY
set -eu

work=$(mktemp -d)
pid=
cleanup() {
  [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

"$1" serve --listen localhost:0 --control 127.0.0.1:0 --state-dir "$work/state" \
  --delays none --seed 1 --ready-file "$work/ready.json" > "$work/log" 2>&1 &
pid=$!
tries=0
while [ ! -f "$work/ready.json" ]; do
  tries=$((tries + 1))
  if [ "$tries" -gt 300 ]; then
    cat "$work/log" >&2
    exit 1
  fi
  sleep 0.1
done
READY_FILE="$work/ready.json" sh "$2"
