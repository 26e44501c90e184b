#!/bin/sh
# A whole round trip with nothing but curl and openssl. NUKI_BASE_URL and NUKI_TOKEN say where; $1 is the folder into which a receiver puts
# each webhook: the body as it came in N.body, its signature in N.signature. WEBHOOK_SECRET is their key.
set -eu
inbox=$1

say() { printf '%s\n' "$1"; }
fail() { printf '%s\n' "$1" >&2; exit 1; }

# nuki METHOD PATH [BODY]: prints the answer's body, and fails for any status but 200 and 204.
nuki() {
  curl --silent --show-error --fail --max-time 10 --request "$1" \
    --header "Authorization: Bearer $NUKI_TOKEN" --header 'Content-Type: application/json' \
    ${3:+--data "$3"} "$NUKI_BASE_URL$2"
}

# objects: each object of a flat JSON list on a line of its own.
objects() { sed 's/},{/}\n{/g'; }

# await COMMAND…: repeats it until it succeeds, for 15 seconds.
await() {
  tries=0
  until "$@"; do
    tries=$((tries + 1))
    [ "$tries" -lt 75 ] || fail "waited in vain: $*"
    sleep 0.2
  done
}

door=$(nuki GET /smartlock | objects | sed -n 's/.*"smartlockId":\([0-9]*\).*"name":"Front Door".*/\1/p' | head -n 1)
[ -n "$door" ] || fail 'no front door'
say "listed the Front Door, $door"

entry() { nuki GET "/smartlock/$door/log?limit=1" | sed -n 's/.*"id":"\([0-9a-f]*\)".*/\1/p'; }
before=$(entry)
nuki POST "/smartlock/$door/action" '{"action":3}'
is_unlatched() {
  nuki GET "/smartlock/$door/log?limit=5" | objects | sed "/$before/,\$d" |
    grep '"action":3' | grep '"trigger":4' | grep -q '"state":0'
}
await is_unlatched
say 'unlatched, says the log'

limits='"allowedFromDate":"2026-01-01T00:00:00Z","allowedUntilDate":"2036-01-01T00:00:00Z","allowedWeekDays":127,"allowedFromTime":0,"allowedUntilTime":0'
nuki PUT "/smartlock/$door/auth" "{\"name\":\"Curl\",\"type\":13,\"code\":333444,\"remoteAllowed\":false,$limits}"
# The entry with our code; nothing before the lock has confirmed it.
confirmed() { nuki GET "/smartlock/$door/auth" | objects | grep '"code":333444' | grep '"updateDate":"'; }
await confirmed >"$inbox/created"
id=$(sed -n 's/.*"id":"\([0-9a-f]*\)".*/\1/p' "$inbox/created")
say 'created a code with limits, confirmed by the lock'

nuki POST "/smartlock/$door/auth/$id" "{\"name\":\"Curl again\",\"code\":333444,$limits}"
date_of() { sed -n 's/.*"updateDate":"\([^"]*\)".*/\1/p' "$1"; }
is_edited() {
  confirmed >"$inbox/edited" && grep -q '"name":"Curl again"' "$inbox/edited" &&
    [ "$(date_of "$inbox/edited")" != "$(date_of "$inbox/created")" ]
}
await is_edited
grep -q '"allowedWeekDays":127' "$inbox/edited" || fail 'the limits are lost'
say 'edited it, with its limits'

nuki DELETE "/smartlock/$door/auth/$id"
is_gone() { left=$(nuki GET "/smartlock/$door/auth") && ! printf %s "$left" | grep -q '"code":333444'; }
await is_gone
say 'deleted it'

hmac() { openssl dgst -sha256 -hmac "$1" -r | cut -d ' ' -f 1; }
# was_told PATTERN…: whether the body of one webhook has them all, and the right signature.
was_told() {
  for body in "$inbox"/*.body; do
    [ -e "$body" ] || return 1
    fits=yes
    for pattern in "$@"; do grep -q -e "$pattern" "$body" || fits=no; done
    if [ "$fits" = yes ]; then
      [ "$(hmac "$WEBHOOK_SECRET" <"$body")" = "$(cat "${body%.body}.signature")" ] || fail "a wrong signature: $body"
      [ "$(hmac 'another secret' <"$body")" != "$(cat "${body%.body}.signature")" ] || fail 'any secret fits'
      return 0
    fi
  done
  return 1
}
await was_told '"feature":"DEVICE_STATUS"' "$door"
await was_told '"feature":"DEVICE_LOGS"' '"action":3'
await was_told '"feature":"DEVICE_AUTHS"' '"deleted":false' '"code":333444'
await was_told '"feature":"DEVICE_AUTHS"' '"deleted":true' "$id"
say 'received the webhooks, signed as they should be'
