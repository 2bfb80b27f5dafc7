#!/bin/sh
# Walks through a purchase against a running simulator. READY_FILE names its ready file, unless it
# is the one in the default state directory.
set -eu

READY_FILE=${READY_FILE:-${XDG_STATE_HOME:-$HOME/.local/state}/pcsim/ready.json}
if [ ! -r "$READY_FILE" ]; then
  echo "cannot read $READY_FILE; start a simulator with ./dev run, or set READY_FILE" >&2
  exit 2
fi
base=$(jq -r .baseUrl "$READY_FILE")
ca=$(jq -r .caFile "$READY_FILE")
answer=$(mktemp)
headers=$(mktemp)
trap 'rm -f "$answer" "$headers"' EXIT
failures=0

# call METHOD PATH [BODY]: prints the call; leaves $status, and the body without BOM in $answer.
call() {
  if [ $# -ge 3 ]; then
    status=$(curl -sS --cacert "$ca" -D "$headers" -o "$answer.raw" -w '%{http_code}' -X "$1" \
      -H "Authorization: Bearer ${token:-}" -H 'Content-Type: application/json' -d "$3" "$base$2")
  else
    status=$(curl -sS --cacert "$ca" -D "$headers" -o "$answer.raw" -w '%{http_code}' -X "$1" \
      -H "Authorization: Bearer ${token:-}" "$base$2")
  fi
  sed '1s/^\xef\xbb\xbf//' "$answer.raw" > "$answer"
  rm -f "$answer.raw"
  echo "$1 $2 -> $status"
}

# expect STATUS [FILTER VALUE]...: compares the last call with what it should have been.
expect() {
  if [ "$status" != "$1" ]; then
    echo "  expected $1, got $status: $(cat "$answer")" >&2
    failures=$((failures + 1))
  fi
  shift
  while [ $# -ge 2 ]; do
    got=$(jq -r "$1" "$answer")
    if [ "$got" != "$2" ]; then
      echo "  expected $1 = $2, got $got" >&2
      failures=$((failures + 1))
    fi
    shift 2
  done
}

field() { jq -r "$1" "$answer"; }

# wait_for PATH FILTER VALUE: asks again until the value shows, at most ten seconds.
wait_for() {
  tries=0
  while :; do
    call GET "$1" > /dev/null
    [ "$(field "$2")" = "$3" ] && break
    tries=$((tries + 1))
    if [ "$tries" -ge 50 ]; then
      echo "  $1 never showed $2 = $3" >&2
      failures=$((failures + 1))
      break
    fi
    sleep 0.2
  done
  echo "GET $1 -> $2 = $3"
}

# sign_in TENANT CLIENT SECRET USER PASSWORD RESOURCE
sign_in() {
  token=$(curl -sS --cacert "$ca" "$base/$1/oauth2/token" -d grant_type=password -d client_id="$2" \
    --data-urlencode client_secret="$3" --data-urlencode username="$4" \
    --data-urlencode password="$5" --data-urlencode resource="$6" | jq -r .access_token)
  echo "POST /$1/oauth2/token ($4) -> token"
}

tenant=$(jq -r '[.partners[] | select(.kind == "direct")][0].tenantId' "$READY_FILE")
client=$(jq -r --arg t "$tenant" '[.applications[] | select(.tenantId == $t)][0].clientId' "$READY_FILE")
secret=$(jq -r --arg t "$tenant" '[.applications[] | select(.tenantId == $t)][0].clientSecret' "$READY_FILE")
admin=$(jq -r --arg t "$tenant" '[.users[] | select(.tenantId == $t and (.roles | index("AdminAgent")) and (.userPrincipalName | startswith("nomfa") | not))][0].userPrincipalName' "$READY_FILE")
password=$(jq -r --arg u "$admin" '.users[] | select(.userPrincipalName == $u) | .password' "$READY_FILE")
sign_in "$tenant" "$client" "$secret" "$admin" "$password" https://api.partnercenter.microsoft.com

plan=DZH318Z0BPS6:0001:DZH318Z0BML6
call POST /v1/customers "{\"companyProfile\":{\"domain\":\"moulin$$.onmicrosoft.com\"},\"billingProfile\":{\"culture\":\"fr-FR\",\"email\":\"compta@moulin.example\",\"language\":\"fr\",\"companyName\":\"Le Moulin\",\"defaultAddress\":{\"firstName\":\"Ana\",\"lastName\":\"Petit\",\"addressLine1\":\"3 rue du Port\",\"city\":\"Lyon\",\"postalCode\":\"69002\",\"country\":\"FR\"}}}"
expect 201 .companyProfile.companyName "Le Moulin" .billingProfile.defaultAddress.country FR .attributes.objectType Customer
customer=$(field .id)

order="{\"lineItems\":[{\"lineItemNumber\":0,\"offerId\":\"$plan\",\"quantity\":1}],\"billingCycle\":\"one_time\"}"
call POST "/v1/customers/$customer/orders" "$order"
expect 403 .code 13605 .source PartnerFD '.data | length' 0

call POST "/v1/customers/$customer/agreements" '{"primaryContact":{"firstName":"Ana","lastName":"Petit","email":"ana@moulin.example"},"templateId":"117a77b0-9360-443b-8795-c6dedc750cf9","dateAgreed":"2024-03-02T00:00:00Z","type":"MicrosoftCustomerAgreement"}'
expect 201 .type MicrosoftCustomerAgreement .primaryContact.firstName Ana .dateAgreed 2024-03-02T00:00:00Z

call POST "/v1/customers/$customer/carts" "{\"lineItems\":[{\"id\":0,\"catalogItemId\":\"$plan\",\"quantity\":1,\"billingCycle\":\"one_time\"}]}"
expect 201 .status Active .lineItems[0].currencyCode EUR .lineItems[0].orderGroup 0
call POST "/v1/customers/$customer/carts/$(field .id)/checkout"
expect 201 .orders[0].billingCycle one_time .orders[0].lineItems[0].offerId "$plan" .attributes.objectType CartCheckoutResult
wait_for "/v1/customers/$customer/subscriptions" .totalCount 1
subscription=$(field .items[0].id)

call POST "/v1/customers/$customer/orders" '{"lineItems":[{"lineItemNumber":0,"offerId":"MS-AZR-0145P","quantity":1}],"billingCycle":"monthly"}'
expect 403 .code 800020 .source PartnerFD '.data | length' 0

call GET '/v1/products?country=FR&targetView=AzureReservationsVM&reservationScope=AzurePlan'
expect 200 '.totalCount > 0' true .items[0].productType.id Azure .attributes.objectType Collection
product=$(field .items[0].id)
call GET "/v1/products/$product/skus?country=FR&reservationScope=AzurePlan"
sku=$(field .items[0].id)
call GET "/v1/products/$product/skus/$sku/availabilities?country=FR&reservationScope=AzurePlan"
expect 200 .items[0].country FR .items[0].productId "$product" .items[0].skuId "$sku"
item=$(field .items[0].catalogItemId)
reservation="{\"lineItems\":[{\"lineItemNumber\":0,\"offerId\":\"$item\",\"quantity\":1,\"provisioningContext\":{\"subscriptionId\":\"$subscription\",\"scope\":\"shared\",\"duration\":\"1Year\"}}],\"billingCycle\":\"one_time\"}"
call POST "/v1/customers/$customer/orders" "$reservation"
expect 400 .code 800030 .source PartnerFD '.data | length' 0
call POST "/v1/customers/$customer/subscriptions/$subscription/registrations"
expect 202
wait_for "/v1/customers/$customer/subscriptions/$subscription/registrationstatus" .status Registered
call POST "/v1/customers/$customer/orders" "$reservation"
expect 201 .lineItems[0].offerId "$item" .billingCycle one_time .attributes.objectType Order
wait_for "/v1/customers/$customer/entitlements?entitlementType=reservedinstance" .totalCount 1

call GET '/v1/products?country=BR&targetView=AzureReservationsVM&reservationScope=AzurePlan'
expect 200 .totalCount 0 '.items | length' 0 .attributes.objectType Collection

if [ "$failures" -ne 0 ]; then
  echo "$failures expectations failed" >&2
  exit 1
fi
echo "the story holds"
