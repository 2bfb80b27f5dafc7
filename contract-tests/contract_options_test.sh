#!/bin/sh
# The command line of pcsim-contract, and a run against a simulator that is already there.
# contract_options_test.sh PCSIM CONTRACT
set -eu

pcsim=$1
contract=$2
unset PCSIM_BINARY PCSIM_BASE_URL PCSIM_READY_FILE 2>/dev/null || true
folder=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
server=

fail() {
  echo "$1" >&2
  exit 1
}

"$contract" --help | grep -q -- --tolerate-unknown-members || fail "--help does not list the options"
status=0
"$contract" > "$folder/out" 2>&1 || status=$?
[ "$status" = 2 ] && grep -q PCSIM_BINARY "$folder/out" || fail "without a simulator: exit $status"
status=0
"$contract" --nothing > "$folder/out" 2>&1 || status=$?
[ "$status" = 2 ] && grep -q -- --nothing "$folder/out" || fail "unknown option: exit $status"
status=0
PCSIM_BINARY=/nowhere/pcsim "$contract" --gtest_filter='Audit.*' > "$folder/out" 2>&1 || status=$?
[ "$status" = 2 ] || fail "a simulator that does not start: exit $status"

"$pcsim" serve --listen 127.0.0.1:0 --control 127.0.0.1:0 --ephemeral-ca --delays none \
  --state-dir "$folder/state" --ready-file "$folder/ready.json" > /dev/null 2>&1 &
server=$!
tries=0
while [ ! -f "$folder/ready.json" ]; do
  tries=$((tries + 1))
  [ "$tries" -lt 600 ] || fail "the simulator did not start"
  sleep 0.1
done
base=$(sed -n 's/.*"baseUrl": "\(.*\)".*/\1/p' "$folder/ready.json")
"$contract" --ready-file "$folder/ready.json" --base-url "$base/" --tolerate-unknown-members \
  --gtest_filter='Audit.*:Agreements.*' > "$folder/out" 2>&1 || fail "$(cat "$folder/out")"
grep -q "coverage is not compared" "$folder/out" || fail "a filtered run compares coverage"
status=0
"$contract" --ready-file "$folder/ready.json" --base-url https://127.0.0.1:1 \
  --gtest_filter='Audit.*' > "$folder/out" 2>&1 || status=$?
[ "$status" != 0 ] || fail "the base URL is not used"
echo "the options hold"
