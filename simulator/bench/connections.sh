#!/bin/bash
# Requests a second over TLS, keep-alive, at growing numbers of connections: a customer by id from
# pcsim (token checked, exchange recorded) beside servers that send the same bytes from memory or
# a file: the HTTP library's own server and nginx as yardsticks, and two mock servers as peers. All
# of them run at once and are measured in turn, so that the machine's noise meets all.
set -eu

bin=$(realpath "$1")  # folder of pcsim and pcsim-bench
peers=$(realpath "$2")  # folder with the node_modules of the peers
seconds=${BENCH_SECONDS:-2}
rounds=${BENCH_ROUNDS:-3}
counts=${BENCH_CONNECTIONS:-1 8 64 256 1000}
work=$(mktemp -d)
ulimit -n "$(ulimit -H -n)"
pids=
stop() {
  # shellcheck disable=SC2086 # a list of words
  kill $pids 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT
# Some servers leave files where they are started.
cd "$work"

start() { "$@" > "$work/log.$#.$RANDOM" 2>&1 & pids="$pids $!"; }
wait_for() {
  for _ in $(seq 300); do
    curl -sk -o /dev/null --max-time 2 "$1" && return 0
    sleep 0.1
  done
  echo "$1 did not answer" >&2
  exit 1
}

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
  -subj /CN=localhost -keyout "$work/key.pem" -out "$work/cert.pem" 2> /dev/null

start "$bin/pcsim" serve --listen 127.0.0.1:18440 --control 127.0.0.1:18450 --ephemeral-ca \
  --state-dir "$work/state" --ready-file "$work/ready.json" --log-level error
for _ in $(seq 100); do [ -s "$work/ready.json" ] && break; sleep 0.1; done
tenant=$(jq -r '[.partners[] | select(.kind == "direct")][0].tenantId' "$work/ready.json")
app=$(jq -r --arg t "$tenant" '[.applications[] | select(.tenantId == $t)][0]' "$work/ready.json")
token=$(curl -sk "https://127.0.0.1:18440/$tenant/oauth2/token" -d grant_type=client_credentials \
  --data-urlencode "client_id=$(echo "$app" | jq -r .clientId)" \
  --data-urlencode "client_secret=$(echo "$app" | jq -r .clientSecret)" \
  -d resource=https://api.partnercenter.microsoft.com | jq -r .access_token)
auth="Authorization: Bearer $token"
customer=$(curl -sk -H "$auth" https://127.0.0.1:18440/v1/customers | sed '1s/^\xef\xbb\xbf//' |
  jq -r '.items[0].id')
path="/v1/customers/$customer"
curl -sk -H "$auth" "https://127.0.0.1:18440$path" -o "$work/body.json"

start "$bin/pcsim-bench" ssl-server 18441 "$work/cert.pem" "$work/key.pem" "$work/body.json"

mkdir -p "$work/www/v1/customers"
cp "$work/body.json" "$work/www$path"
cat > "$work/nginx.conf" <<CONF
daemon off; worker_processes 1; pid $work/nginx.pid; error_log $work/nginx.log;
events { worker_connections 4096; }
http {
  access_log off; default_type application/json; keepalive_requests 1000000000; sendfile on;
  server {
    listen 127.0.0.1:18442 ssl; root $work/www;
    ssl_certificate $work/cert.pem; ssl_certificate_key $work/key.pem;
  }
}
CONF
chmod 755 "$work"
start nginx -c "$work/nginx.conf"

mkdir -p "$work/wiremock/mappings" "$work/wiremock/__files"
cp "$work/body.json" "$work/wiremock/__files/body.json"
jq -n --arg path "$path" '{request: {method: "GET", urlPath: $path}, response: {status: 200,
  bodyFileName: "body.json", headers: {"Content-Type": "application/json; charset=utf-8"}}}' \
  > "$work/wiremock/mappings/customer.json"
start java -jar "$peers"/node_modules/wiremock/build/wiremock-standalone-*.jar --disable-banner \
  --no-request-journal --root-dir "$work/wiremock" --port 18449 --https-port 18443
start java -Dmockserver.logLevel=ERROR -Dmockserver.maxLogEntries=10 -jar \
  "$peers"/node_modules/mockserver-node/mockserver-netty-*-jar-with-dependencies.jar \
  -serverPort 18444
for port in 18441 18442 18443; do wait_for "https://127.0.0.1:$port$path"; done
wait_for "https://127.0.0.1:18444/"
jq -n --arg path "$path" --rawfile body "$work/body.json" '{httpRequest: {method: "GET",
  path: $path}, httpResponse: {statusCode: 200, body: $body}, times: {unlimited: true}}' |
  curl -sk -X PUT "https://127.0.0.1:18444/mockserver/expectation" \
    -H 'Content-Type: application/json' -d @- -o /dev/null

names=(pcsim SSLServer nginx WireMock MockServer)
ports=(18440 18441 18442 18443 18444)
# A first second for the virtual machines to compile themselves.
for port in "${ports[@]}"; do wrk -t1 -c8 -d2s -H "$auth" "https://127.0.0.1:$port$path" > /dev/null; done
: > "$work/results"
for _ in $(seq "$rounds"); do
  for count in $counts; do
    for i in "${!names[@]}"; do
      # Opening the connections counts too, so many of them get longer.
      rate=$(wrk -t1 -c"$count" -d"$((seconds + count / 200))s" --timeout 10s -H "$auth" \
        "https://127.0.0.1:${ports[$i]}$path" | awk '/Requests\/sec/ { print $2 }')
      echo "$count ${names[$i]} ${rate:-0}" >> "$work/results"
    done
  done
done

awk -v names="${names[*]}" -v counts="$counts" '
  { rates[$1, $2] = rates[$1, $2] " " $3 }
  function median(list,  parts, n, i, j, t) {
    n = split(list, parts, " ")
    for (i = 1; i <= n; i++) for (j = i + 1; j <= n; j++) if (parts[j] + 0 < parts[i] + 0) {
      t = parts[i]; parts[i] = parts[j]; parts[j] = t }
    return parts[int((n + 1) / 2)]
  }
  function ratio(of, by) { return of / (by ? by : 1) }
  END {
    n = split(names, name, " "); m = split(counts, count, " ")
    printf "%-12s", "connections"; for (i = 1; i <= n; i++) printf "%12s", name[i]
    printf "%14s%14s%22s\n", "of SSLServer", "of nginx", "of the faster mock"
    for (k = 1; k <= m; k++) {
      printf "%-12s", count[k]; mock = 0
      for (i = 1; i <= n; i++) {
        r[i] = median(rates[count[k], name[i]]); printf "%12.0f", r[i]
        if (i > 3 && r[i] > mock) mock = r[i]
      }
      printf "%13.2fx%13.2fx%21.2fx\n", ratio(r[1], r[2]), ratio(r[1], r[3]), ratio(r[1], mock)
      if (count[k] == 8) { ofnginx = ratio(r[1], r[3]); ofmock = ratio(r[1], mock); bound = 1 }
    }
    if (bound && (ofnginx < 0.35 || ofmock < 2)) {
      print "below the bounds at 8 connections: 0.35 of nginx, twice the faster mock"; exit 1 }
  }' "$work/results"
