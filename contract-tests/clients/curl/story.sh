#!/bin/sh
# curl with the names of the real service, which --connect-to leads to the simulator. A configuration
# file keeps secrets and tokens off the command line.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
partner_center=https://api.partnercenter.microsoft.com
resource_manager=https://management.azure.com
here=${PCSIM_BASE_URL#https://}
for name in api.partnercenter.microsoft.com management.azure.com login.microsoftonline.com; do
  echo "connect-to = \"$name:443:$here\""
done > "$work/hosts"

step() { printf '{"step": "%s"}\n' "$1" >> "$PCSIM_TRACE"; }
ready() { jq -er "$1" "$PCSIM_READY_FILE"; }
# field FILTER: of the last answer. jq before 1.7 does not know the byte order mark.
field() { sed '1s/^\xef\xbb\xbf//' "$work/answer" | jq -er "$1"; }

# call STATUS OPTION...: one request with the token of $work/token; the answer must have the status.
call() {
  wanted=$1
  shift
  status=$(curl -sS -K "$work/hosts" -K "$work/token" -D "$work/headers" -o "$work/answer" \
    -w '%{http_code}' "$@")
  [ "$status" = "$wanted" ] && return
  echo "expected $wanted, got $status of $*: $(cat "$work/answer")" >&2
  exit 1
}

# sign_in TENANT CLIENT SECRET USER RESOURCE
sign_in() {
  password=$(ready ".users[] | select(.userPrincipalName == \"$4\") | .password")
  : > "$work/token"
  call 200 "https://login.microsoftonline.com/$1/oauth2/token" -d grant_type=password \
    -d client_id="$2" -d client_secret="$3" --data-urlencode username="$4" \
    --data-urlencode password="$password" --data-urlencode resource="$5"
  echo "oauth2-bearer = \"$(field .access_token)\"" > "$work/token"
}

tenant=$(ready '[.partners[] | select(.kind == "direct")][0].tenantId')
domain=$(ready '[.partners[] | select(.kind == "direct")][0].domain')
application="[.applications[] | select(.tenantId == \"$tenant\")][0]"

step "token by password"
sign_in "$tenant" "$(ready "$application.clientId")" "$(ready "$application.clientSecret")" \
  "admin@$domain" "$partner_center"

step "customers, and the next page by its link"
call 200 -G "$partner_center/v1/customers" -d size=2
call 200 "$partner_center/v1$(field .links.next.uri)" \
  -H "MS-ContinuationToken: $(field '.links.next.headers[0].value')"
field '.items | length == 2' > "$work/null"

step "customers that begin with a text"
call 200 -G "$partner_center/v1/customers" \
  --data-urlencode 'filter={"Field":"CompanyName","Value":"Cont","Operator":"starts_with"}'
customer=$(field '.items[0].id')

step "compressed answers asked for"
call 200 --compressed "$partner_center/v1/customers/$customer"
step "HTTP/1.0"
call 200 --http1.0 "$partner_center/v1/customers/$customer"
step "HTTP/2 offered"
call 200 --http2 "$partner_center/v1.0/customers/$customer/"
step "a body after 100-continue"
line='{"id":0,"catalogItemId":"DZH318Z0BPS6:0001:DZH318Z0BML6","quantity":1,"billingCycle":"one_time"}'
body="{\"lineItems\":[$line]}"
call 201 "$partner_center/v1/customers/$customer/carts" -H 'Content-Type: application/json' \
  -H 'Expect: 100-continue' -d "$body"
step "a chunked body"
call 201 "$partner_center/v1/customers/$customer/carts" -H 'Content-Type: application/json' \
  -H 'Transfer-Encoding: chunked' -d "$body"

step "a customer's user at the resource manager"
tenant=$(ready '.customers[] | select(.companyName == "Contoso") | .tenantId')
application="[.applications[] | select(.tenantId == \"$tenant\")][0]"
sign_in "$tenant" "$(ready "$application.clientId")" "$(ready "$application.clientSecret")" \
  alice@contoso.onmicrosoft.com "$resource_manager"
call 200 "$resource_manager/subscriptions?api-version=2022-12-01"
[ "$(field '.value | length')" = 1 ]
