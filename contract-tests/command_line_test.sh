#!/bin/sh
# Every command of the program as a user meets it: help, refusals, a running simulator, the
# copy-paste block in curl, Node, Python and Java, tokens, certificates, and a clean stop.
# Usage: command_line_test.sh PCSIM_BINARY
set -eu

binary=$1
work=$(mktemp -d)
pid=
failures=0
cleanup() {
  [ -z "$pid" ] || kill "$pid" 2> /dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT
XDG_STATE_HOME="$work/xdg home"
export XDG_STATE_HOME
state="$XDG_STATE_HOME/pcsim"
ready="$state/ready.json"

pcsim() { "$binary" "$@"; }

fail() {
  echo "FAILED: $*" >&2
  failures=$((failures + 1))
}

# expect NAME EXPECTED ACTUAL
expect() { [ "$2" = "$3" ] || fail "$1: expected '$2', got '$3'"; }

# says PART ARGUMENT...: the program ends with 2 and one line on standard error that holds PART.
says() { ends 2 "$@"; }

# ends CODE PART ARGUMENT...
ends() {
  wanted=$1
  part=$2
  shift 2
  code=0
  pcsim "$@" > "$work/out" 2> "$work/err" || code=$?
  expect "exit code of pcsim $*" "$wanted" "$code"
  expect "standard output of pcsim $*" "" "$(cat "$work/out")"
  expect "lines of pcsim $*" 1 "$(wc -l < "$work/err")"
  grep -qF -- "$part" "$work/err" || fail "pcsim $* says: $(cat "$work/err")"
}

# start ARGUMENT...: a simulator in the background, from here on $pid, answering.
start() {
  rm -f "$work/log" "$work/block"
  # A background job of a script ignores SIGINT; a simulator at a terminal does not.
  env --default-signal=INT "$binary" serve --listen localhost:0 --control 127.0.0.1:0 "$@" \
    > "$work/block" 2> "$work/log" &
  pid=$!
  tries=0
  while [ ! -s "$work/block" ]; do
    tries=$((tries + 1))
    if [ "$tries" -gt 600 ] || ! kill -0 "$pid" 2> /dev/null; then
      cat "$work/log" >&2
      exit 1
    fi
    sleep 0.05
  done
}

# stop SIGNAL
stop() {
  kill -s "$1" "$pid"
  code=0
  wait "$pid" || code=$?
  pid=
  expect "exit code after SIG$1" 0 "$code"
}

echo "== help and refusals"
pcsim --help | grep -q '^usage: pcsim COMMAND' || fail "pcsim --help"
expect "no command at all" "$(pcsim --help)" "$(pcsim)"
for command in serve env token ca routes errors switches version; do
  pcsim --help | grep -q "^  $command " || fail "pcsim --help does not list $command"
  pcsim "$command" --help | grep -q "^usage: pcsim $command" || fail "pcsim $command --help"
  says "pcsim $command" "$command" --no-such-option
done
says "unknown command 'sreve'" sreve
says "unknown option '--lisen'" serve --lisen localhost:1
says "option --listen needs a value" serve --listen
says "unexpected argument 'now'" routes now
says "takes no value" serve --ephemeral-ca=yes
says "write HOST:PORT" serve --listen 8443
says "write HOST:PORT" serve --listen localhost:65536
says "use none, demo or documented" serve --delays slow
says "use error, warn, info or debug" serve --log-level loud
says "use a whole number" serve --seed x
says "use rs256" serve --sign hs256
says "write NAME=OPTION" serve --switch bom
says "there is no switch 'bomb'" serve --switch bomb=never
says "its options are success|never" serve --switch bom=sometimes
says "cannot read $work/absent.json" serve --world "$work/absent.json"
says "cannot read $work" serve --world "$work"
mkdir -p "$work/data/markets" "$work/data/errors"
ends 1 "give --fixtures the path of a folder" serve --fixtures "$work/absent" --state-dir "$work/unused"
echo 'iso2' > "$work/data/markets/markets.csv"
ends 1 "$work/data/markets/markets.csv:1: name_en: the header lacks this column" \
  serve --fixtures "$work/data" --state-dir "$work/unused"
rm "$work/data/markets/markets.csv"
echo 'name' > "$work/data/errors/arm.csv"
ends 1 "this table is compiled into the program" \
  serve --fixtures "$work/data" --state-dir "$work/unused"
rm -r "$work/data"
says "start a simulator with" env
says "start a simulator with" env --ready-file "$work/absent.json"
echo '{}' > "$work/other.json"
says "is not a ready file" env --ready-file "$work/other.json"
says "exclude each other" env --shell --json
says "give one of --app ID and --user NAME" token --resource https://graph.windows.net
says "give --resource URL" token --user x
says "write \`pcsim ca mint\`" ca
expect "pcsim version" "$(pcsim --version)" "$(pcsim version)"
pcsim routes | grep -q '^CreateOrder *POST */v1/customers/{customerId}/orders$' || fail "pcsim routes"
pcsim prices --size Standard_B1s --region westus | grep -q "^Standard_B1s .* 63.00 .* recorded$" ||
  fail "pcsim prices"
says "no price for size" prices --size nothing
pcsim switches | grep -q '^bom=success|never$' || fail "pcsim switches"
pcsim errors | grep -q '^AccessDenied ' || fail "pcsim errors"

echo "== a running simulator"
start --log-level debug
expect "mode of the ready file" 600 "$(stat -c %a "$ready")"
expect "pid in the ready file" "$pid" "$(jq -r .pid "$ready")"
expect "the block printed again" "$(cat "$work/block")" "$(pcsim env)"
expect "env --shell" "$(pcsim env)" "$(pcsim env --shell)"
expect "env --json" "$(jq -r .baseUrl "$ready")" "$(pcsim env --json | jq -r .PCSIM_BASE_URL)"
code=0
pcsim serve --listen "$(jq -r '.baseUrl | ltrimstr("https://")' "$ready")" --control none \
  --state-dir "$work/second" --log-level error > "$work/out" 2> "$work/err" || code=$?
expect "a second one on the same port" 1 "$code"
grep -q 'choose with --listen HOST:PORT' "$work/err" || fail "port in use: $(cat "$work/err")"

partner_center=https://api.partnercenter.microsoft.com
application=$(jq -r '.applications[0].clientId' "$ready")
user=$(jq -r '.users[0].userPrincipalName' "$ready")
app_token=$(pcsim token --app "$application" --resource "$partner_center")
user_token=$(pcsim token --user="$user" --resource="$partner_center" --ready-file="$ready")
code=0
pcsim token --user nobody@nowhere.example --resource "$partner_center" 2> "$work/err" || code=$?
expect "token of an unknown user" 1 "$code"
grep -qF "$user" "$work/err" || fail "an unknown user is not told who there is"
code=0
pcsim token --app "$application" --resource https://nothing.example 2> "$work/err" || code=$?
expect "token for an unknown resource" 1 "$code"
grep -q 'AADSTS' "$work/err" || fail "the endpoint's reason is not told: $(cat "$work/err")"

echo "== the block in other programs"
cat > "$work/curl.sh" <<'SCRIPT'
curl -sS -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $TOKEN" \
  "$PCSIM_BASE_URL/v1/customers"
SCRIPT
cat > "$work/node.mjs" <<'SCRIPT'
const answer = await fetch(`${process.env.PCSIM_BASE_URL}/v1/customers`, {
  headers: {authorization: `Bearer ${process.env.TOKEN}`},
});
process.stdout.write(String(answer.status));
SCRIPT
cat > "$work/python.py" <<'SCRIPT'
import os
import urllib.request
request = urllib.request.Request(os.environ["PCSIM_BASE_URL"] + "/v1/customers",
                                 headers={"Authorization": "Bearer " + os.environ["TOKEN"]})
with urllib.request.urlopen(request) as answer:
    print(answer.status, end="")
SCRIPT
cat > "$work/Get.java" <<'SCRIPT'
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

class Get {
  public static void main(String[] arguments) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(System.getenv("PCSIM_BASE_URL") + "/v1/customers"))
        .header("Authorization", "Bearer " + System.getenv("TOKEN")).build();
    System.out.print(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString())
        .statusCode());
  }
}
SCRIPT
# in_block COMMAND...: what the command prints in a fresh shell that pasted the block.
in_block() {
  env -i PATH="$PATH" HOME="$work" TOKEN="$token" sh -c '. "$0"; exec "$@"' "$work/block" "$@" \
    2> "$work/err" || echo "exit $?: $(cat "$work/err")"
}
# without_block COMMAND...: succeeds when the command refuses the unknown authority.
without_block() {
  if env -i PATH="$PATH" HOME="$work" TOKEN="$token" PCSIM_BASE_URL="$(jq -r .baseUrl "$ready")" \
    "$@" > /dev/null 2>&1; then
    fail "$1 trusts the simulator without the block"
  fi
}
for token in "$app_token" "$user_token"; do
  expect "curl" 200 "$(in_block sh "$work/curl.sh")"
done
without_block sh "$work/curl.sh"
if command -v node > /dev/null && node -e 'fetch' 2> /dev/null; then
  expect "node" 200 "$(in_block node "$work/node.mjs")"
  without_block node "$work/node.mjs"
fi
if command -v python3 > /dev/null; then
  expect "python3" 200 "$(in_block python3 "$work/python.py")"
  without_block python3 "$work/python.py"
fi
if command -v keytool > /dev/null; then
  keytool -list -keystore "$(jq -r .trustStoreFile "$ready")" -storepass changeit 2>&1 |
    grep -q trustedCertEntry || fail "keytool finds no trusted certificate"
fi
if command -v javac > /dev/null; then
  expect "java" 200 "$(in_block java "$work/Get.java")"
  without_block java "$work/Get.java"
fi

echo "== logs and stop"
stop TERM
[ ! -e "$ready" ] || fail "the ready file outlives the simulator"
jq -se 'all(.[]; has("time") and has("level") and has("event"))' "$work/log" > /dev/null ||
  fail "a log line is not an object with time, level and event: $(cat "$work/log")"
jq -se 'any(.[]; .event == "request" and .path == "/v1/customers" and .status == 200)' \
  "$work/log" > /dev/null || fail "no request in the log"
for secret in "$app_token" "$user_token" fabrikam-secret "$(sed -n 's/^# user .* password //p' "$work/block" | head -n 1)"; do
  if grep -qF -- "$secret" "$work/log"; then fail "a secret is in the log"; fi
done
says "start a simulator with" token --user "$user" --resource "$partner_center"

start --log-level warn --ready-file "$work/ready.json" --ephemeral-ca
[ ! -e "$ready" ] || fail "the default ready file was written although another was named"
[ -e "$work/ready.json" ] || fail "the named ready file is missing"
ca=$(jq -r .caFile "$work/ready.json")
before=$(openssl x509 -in "$ca" -noout -fingerprint)
expect "requests trust the ephemeral authority" 401 \
  "$(curl -sS --cacert "$ca" -o /dev/null -w '%{http_code}' "$(jq -r .baseUrl "$work/ready.json")/v1/customers")"
[ "$before" != "$(openssl x509 -in "$state/ca.pem" -noout -fingerprint)" ] ||
  fail "the ephemeral authority is the kept one"
stop INT
[ ! -e "$work/ready.json" ] || fail "the named ready file outlives the simulator"
[ ! -e "$ca" ] || fail "the ephemeral authority outlives the simulator"
expect "log at level warn" "" "$(cat "$work/log")"

echo "== certificates"
code=0
pcsim serve --listen localhost:0 --control none --host partner.example 2> "$work/err" || code=$?
expect "a host it was not minted for" 1 "$code"
mint=$(sed -n 's/.*mint a new one with: //p' "$work/err")
expect "the sentence names a command" pcsim "${mint%% *}"
before=$(openssl x509 -in "$state/ca.pem" -noout -fingerprint)
eval "$mint" > "$work/out"
expect "ca mint prints the file to trust" "$state/ca.pem" "$(cat "$work/out")"
[ "$before" != "$(openssl x509 -in "$state/ca.pem" -noout -fingerprint)" ] ||
  fail "ca mint kept the old authority"
start --host partner.example --switch graph-audience=accepted
port=$(jq -r '.baseUrl | split(":") | last' "$ready")
address=$(getent ahosts localhost | awk 'NR == 1 { print $1 }')
expect "the new host is served" 401 \
  "$(curl -sS --cacert "$state/ca.pem" --resolve "partner.example:$port:$address" -o /dev/null \
    -w '%{http_code}' "https://partner.example:$port/v1/customers")"
graph=$(pcsim token --app b0000001-0000-4000-8000-000000000001 --resource https://graph.windows.net)
expect "the chosen switch holds" 200 \
  "$(curl -sS --cacert "$state/ca.pem" -H "Authorization: Bearer $graph" -o /dev/null \
    -w '%{http_code}' "$(jq -r .baseUrl "$ready")/v1/customers")"
stop TERM
code=0
pcsim ca mint --host 'a b' 2> "$work/err" || code=$?
expect "ca mint with a malformed host" 1 "$code"
grep -q "'a b' is not a host name" "$work/err" || fail "a malformed host: $(cat "$work/err")"

if [ "$failures" -ne 0 ]; then
  echo "$failures expectations failed" >&2
  exit 1
fi
echo "the command line holds"
