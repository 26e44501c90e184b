"""A whole round trip with Python's standard library. NUKI_BASE_URL and NUKI_TOKEN say where, WEBHOOK_PORT where webhooks are awaited, and
WEBHOOK_SECRET is their key."""

import hashlib
import hmac
import json
import os
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer

inbox = []


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        inbox.append((body, self.headers["X-Nuki-Signature-SHA256"]))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


def nuki(method, path, body=None):
    request = urllib.request.Request(
        os.environ["NUKI_BASE_URL"] + path,
        method=method,
        headers={"Authorization": "Bearer " + os.environ["NUKI_TOKEN"], "Content-Type": "application/json"},
        data=None if body is None else json.dumps(body).encode(),
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        text = answer.read()
    return json.loads(text) if text else None


def wait_for(what, look):
    until = time.monotonic() + 15
    while time.monotonic() < until:
        found = look()
        if found:
            return found
        time.sleep(0.2)
    raise SystemExit("waited in vain: " + what)


def first(entries, **fields):
    return next((entry for entry in entries if all(entry.get(key) == value for key, value in fields.items())), None)


receiver = HTTPServer(("127.0.0.1", int(os.environ["WEBHOOK_PORT"])), Receiver)
threading.Thread(target=receiver.serve_forever, daemon=True).start()

door = first(nuki("GET", "/smartlock"), name="Front Door")["smartlockId"]
print(f"listed the Front Door, {door}")

log = f"/smartlock/{door}/log?limit=5"
before = nuki("GET", log)[0]["id"]
nuki("POST", f"/smartlock/{door}/action", {"action": 3})


def unlatched():
    younger = [entry for entry in nuki("GET", log) if entry["id"] > before]
    return first(younger, action=3, trigger=4, state=0)


wait_for("the entry of the log", unlatched)
print("unlatched, says the log")

code = {
    "name": "Python",
    "code": 333444,
    "allowedFromDate": "2026-01-01T00:00:00Z",
    "allowedUntilDate": "2036-01-01T00:00:00Z",
    "allowedWeekDays": 127,
    "allowedFromTime": 0,
    "allowedUntilTime": 0,
}
auth = f"/smartlock/{door}/auth"
nuki("PUT", auth, {**code, "type": 13, "remoteAllowed": False})


def listed():
    return first(nuki("GET", auth), code=code["code"])


created = wait_for("the confirmation", lambda: (entry := listed()) and entry.get("updateDate") and entry)
print("created a code with limits, confirmed by the lock")

nuki("POST", f"{auth}/{created['id']}", {**code, "name": "Python again"})


def edited():
    entry = listed()
    is_new = entry is not None and entry["name"] == "Python again" and entry.get("updateDate") != created["updateDate"]
    return entry if is_new else None


assert wait_for("the edit", edited)["allowedWeekDays"] == 127, "the limits are lost"
print("edited it, with its limits")

nuki("DELETE", f"{auth}/{created['id']}")
wait_for("the deletion", lambda: listed() is None)
print("deleted it")


def signature(secret, body):
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def was_told(tells):
    for body, signed in list(inbox):
        if tells(json.loads(body)):
            assert hmac.compare_digest(signed, signature(os.environ["WEBHOOK_SECRET"], body)), "a wrong signature"
            assert not hmac.compare_digest(signed, signature("another secret", body)), "any secret fits"
            return True
    return False


def of(feature, tells):
    return lambda: was_told(lambda told: told.get("feature") == feature and tells(told))


wait_for("the state", of("DEVICE_STATUS", lambda told: told["smartlockId"] == door))
wait_for("the entry", of("DEVICE_LOGS", lambda told: told["smartlockLog"]["action"] == 3))
for deleted in (False, True):
    wait_for(
        "the authorization",
        of("DEVICE_AUTHS", lambda told: told["deleted"] is deleted and told["smartlockAuth"]["id"] == created["id"]),
    )
print("received the webhooks, signed as they should be")
