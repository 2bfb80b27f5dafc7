#!/bin/bash
# A simulator that runs out of descriptors says so, goes on for those it has, and takes new
# clients again as soon as others leave.
# Usage: exhaustion_test.sh PCSIM_BINARY
set -eu

binary=$1
work=$(mktemp -d)
pid=
cleanup() {
  [ -z "$pid" ] || kill "$pid" 2> /dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT
fail() {
  echo "FAILED: $*" >&2
  cat "$work/log" >&2
  exit 1
}

# The program raises its limit to the hard one, so that is the one to lower.
(
  ulimit -S -n 48 && ulimit -H -n 48
  exec "$binary" serve --listen 127.0.0.1:0 --control 127.0.0.1:0 --ephemeral-ca \
    --state-dir "$work/state" --ready-file "$work/ready.json" --log-level warn
) > /dev/null 2> "$work/log" &
pid=$!
for _ in $(seq 300); do
  [ -s "$work/ready.json" ] && break
  kill -0 "$pid" 2> /dev/null || fail "the simulator ended"
  sleep 0.1
done
url=$(jq -r .baseUrl "$work/ready.json")
ca=$(jq -r .caFile "$work/ready.json")
port=${url##*:}
discovery="$url/common/discovery/instance?api-version=1.1&authorization_endpoint=x"

answers() { curl -s --cacert "$ca" --max-time "$1" -o /dev/null "$discovery"; }
answers 5 || fail "no answer before the exhaustion"

opened=()
for _ in $(seq 80); do
  exec {client}<> "/dev/tcp/127.0.0.1/$port"
  opened+=("$client")
done
for _ in $(seq 50); do
  grep -q 'no descriptor left' "$work/log" && break
  sleep 0.1
done
grep -q 'no descriptor left' "$work/log" || fail "the exhaustion was not said"
kill -0 "$pid" || fail "the simulator did not survive"
# It is said, not shouted.
[ "$(grep -c 'no descriptor left' "$work/log")" -le 3 ] || fail "the log is flooded"

for client in "${opened[@]}"; do
  exec {client}>&-
done
for _ in $(seq 20); do
  if answers 2; then
    exit 0
  fi
done
fail "no answer after the clients left"
