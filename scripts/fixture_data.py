"""fixture_data.py OUTPUT KEY: writes the fixture's data through the API of the server whose standard output goes to the
file OUTPUT. crates/server/tests/it/cli/upgrade.rs looks for exactly this in the fixtures of every version."""

import json
import sys
import time
import urllib.error
import urllib.request

START_SECONDS_MAX = 30


def address(path):
    for _ in range(START_SECONDS_MAX * 20):
        with open(path, encoding="utf-8") as output:
            line = output.readline()
        if line.endswith("\n"):
            return line.split(" listens on ")[1].strip()
        time.sleep(0.05)
    raise SystemExit("fixture_data: the server did not start")


BASE, KEY = address(sys.argv[1]) + "/v1", sys.argv[2]


def call(method, path, body=None, **headers):
    data = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"} | headers
    request = urllib.request.Request(BASE + path, data, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as reply:
            text = reply.read()
    except urllib.error.HTTPError as error:
        raise SystemExit(f"fixture_data: {method} {path}: {error.code} {error.read().decode()}") from None
    return json.loads(text) if text else None


def brand(name, slug, **more):
    made = call("POST", "/brands", {"name": name, "slug": slug, **more})
    return f"/brands/{made['id']}"


acme = brand("Acme Support", "acme", settings={"tone": "plain"}, metadata={"region": "eu"})
globex = brand("Globex", "globex", ticketPrefix="GX", ticketNumberStart=500)

for name, key in [("Waiting for parts", "waiting_for_parts"), ("On hold", "on_hold")]:
    call("POST", f"{acme}/statuses", {"name": name, "key": key, "color": "#aa3300"})

TICKETS = [
    {"title": "The invoice shows the wrong amount", "priority": "high", "customerEmail": "jane@example.com",
     "customerName": "Jane Doe", "customFields": {"plan": "pro", "seats": 12}, "assigneeEmail": "ana@example.com",
     "body": "<p>Number 42 is <b>wrong</b>.</p>", "links": [{"url": "https://example.com/invoices/42", "title": "Invoice"}]},
    {"title": "Cannot sign in — “token expired”", "customerEmail": "li@example.com", "source": "email"},
    {"title": "Broken hinge", "status": "waiting_for_parts", "assigneeEmail": "team@outside.example"},
    {"title": "Old question", "status": "closed", "closeReason": "no_response", "customerEmail": "jane@example.com"},
    {"title": "Was on hold", "status": "on_hold", "priority": "low", "dueAt": "2027-01-31T12:00:00.000Z"},
    {"title": "Deleted later", "body": "Soon gone."},
]
made = [call("POST", f"{acme}/tickets", TICKETS[0], **{"Idempotency-Key": "fixture"})]
made += [call("POST", f"{acme}/tickets", body) for body in TICKETS[1:]]
ticket = f"{acme}/tickets/{made[0]['id']}"

first = call("POST", f"{ticket}/comments", {"body": "Which invoice is it?"})
second = call("POST", f"{ticket}/comments", {"body": "Number 42 — «März» 📎", "authorType": "CUSTOMER",
                                             "parentId": first["id"]})
call("POST", f"{ticket}/comments", {"body": "Corrected.", "isInternal": True, "parentId": second["id"]})
call("PATCH", ticket, {"status": "resolved", "metadata": {"erp": "A-7"}})
call("PATCH", f"{acme}/customers/{made[1]['customerId']}", {"name": "Li Wei", "metadata": {"tier": 2}})
call("DELETE", f"{acme}/tickets/{made[5]['id']}")
call("DELETE", f"{acme}/statuses/on_hold?replacementStatusId=pending")

call("POST", f"{globex}/tickets", {"title": "Globex has its own numbers", "customerEmail": "jane@example.com"})
call("POST", f"{globex}/customers", {"email": "gone@example.com", "name": "Gone"})
gone = call("GET", f"{globex}/customers?email=gone@example.com")["data"][0]["id"]
call("POST", f"{globex}/tickets", {"title": "Of a customer who is gone", "customerId": gone})
call("DELETE", f"{globex}/customers/{gone}")

# From 0.2.0 on: everything else of the core, in a brand of its own.
initech = brand("Initech", "initech", ticketPrefix="IN")
billing = call("POST", f"{initech}/categories", {"name": "Billing & Tax"})
moved = call("POST", f"{initech}/categories", {"name": "Moved"})
vip = call("POST", f"{initech}/tags", {"name": "VIP", "color": "#ff8800"})
old = call("POST", f"{initech}/tags", {"name": "very important"})
call("POST", f"{initech}/fields/ticket", {"key": "orderId", "label": "Order", "type": "text"})
company = call("POST", f"{initech}/companies", {"name": "Example Co", "domain": "example.com", "settings": {
    "defaultPriority": "high", "defaultCategoryId": billing["id"], "ccEmails": ["books@example.com"], "own": [1]}})
tickets = [
    {"title": "Straße gesperrt", "body": "<p>日本語 and Zürich</p>", "customerEmail": "jane@example.com", "customerName": "Jane Doe",
     "tags": ["VIP", "new"], "customFields": {"orderId": "ORD-1", "paid": True},
     "watchers": [{"email": "ana@example.com"}, {"email": "boss@outside.example"}]},
    {"title": "Second", "tagIds": [old["id"]], "categoryId": moved["id"], "createdBy": "importer", "sourceId": "ext-2", "source": "sms"},
    {"title": "Spam", "customerEmail": "bot@spam.example"},
    {"title": "Duplicate of the first", "customerEmail": "jane@example.com"},
]
made = [call("POST", f"{initech}/tickets", body) for body in tickets]
call("POST", f"{initech}/tickets/{made[2]['id']}/spam", {"isSpam": True})
call("POST", f"{initech}/tickets/{made[0]['id']}/comments", {"body": "Unser Kölsch-Rezept", "isInternal": True})
call("POST", f"{initech}/tickets/{made[3]['id']}/comments", {"body": "Me too", "authorType": "CUSTOMER"})
call("POST", f"{initech}/tickets/{made[0]['id']}/merge", {"sourceTicketIds": [made[3]["id"]]})
call("POST", f"{initech}/tags/{vip['id']}/merge", {"sourceTagIds": [old["id"]]})
call("DELETE", f"{initech}/categories/{moved['id']}?replacementCategoryId={billing['id']}")
call("POST", f"{initech}/tickets/bulk", {"action": "resolve", "ticketIds": [made[1]["id"]]})

# From 0.4.0 on: what follows from events. The receivers are nowhere; nothing is sent but by the automation's own hand.
hooli = brand("Hooli", "hooli", ticketPrefix="HO", csatEnabled=True, csatDelayMinutes=60)
call("POST", f"{hooli}/webhooks", {"url": "https://receiver.invalid/in", "events": ["ticket.*"], "enabled": False})
crm = call("POST", f"{hooli}/connections", {"type": "HTTP", "name": "CRM", "config": {"url": "https://receiver.invalid/crm"},
    "secrets": {"headers": {"Authorization": "Bearer crm-token"}}})
call("PATCH", f"{hooli}/connections/{crm['id']}", {"enabled": False})
call("POST", f"{hooli}/automations", {"name": "Urgent", "trigger": {"events": ["ticket.created"]},
    "conditions": {"all": [{"field": "priority", "op": "changed_to", "value": "urgent"}]},
    "actions": [{"type": "add_tags", "tags": ["hurry"]}, {"type": "notify_email", "to": ["boss@hooli.example"],
        "subject": "{{ticket.title}}", "body": "Urgent"}]})
call("POST", f"{hooli}/automations", {"name": "CRM", "enabled": False, "trigger": {"events": ["ticket.closed"]},
    "actions": [{"type": "send_webhook", "connectionId": crm["id"]}]})
urgent = call("POST", f"{hooli}/tickets", {"title": "All is down", "priority": "urgent", "customerEmail": "gavin@hooli.example"})
call("POST", f"{hooli}/tickets/{urgent['id']}/attachments", {"filename": "log.txt", "contentType": "text/plain"})
while not call("GET", f"{hooli}/automations/runs")["data"]:
    time.sleep(0.05)
call("PATCH", f"{hooli}/tickets/{urgent['id']}", {"status": "resolved", "dueAt": "2030-01-01T00:00:00Z"})

# From 0.5.0 on: mail in and out, and the portal. There is no relay: what would go out is noted as suppressed.
umbrella = brand("Umbrella", "umbrella", ticketPrefix="UM", portalOrigins=["https://help.umbrella.example"],
    newTicketNotifyEmails=["desk@umbrella.example"], fromName="Umbrella Support")
call("POST", f"{umbrella}/inbound-token")
RAW = b"From: Alice <alice@umbrella.example>\r\nTo: umbrella@localhost\r\nCc: bob@umbrella.example\r\nSubject: The lab\r\n" \
    b"Message-ID: <lab@umbrella.example>\r\n\r\nIt hums.\r\n"
raw = urllib.request.Request(BASE + "/inbound/email/umbrella", RAW, {"Authorization": f"Bearer {KEY}", "Content-Type": "message/rfc822"})
with urllib.request.urlopen(raw, timeout=30) as reply:
    lab = json.loads(reply.read())["ticketId"]
call("POST", f"{umbrella}/tickets/{lab}/comments", {"body": "Since when?", "authorType": "STAFF"})
session = call("POST", f"{umbrella}/portal/token", {"email": "alice@umbrella.example", "companyName": "Umbrella"})
call("POST", "/portal/tickets", {"title": "From the portal"}, Authorization=f"Bearer {session['token']}")
while len(call("GET", f"{umbrella}/mail?direction=out&outcome=suppressed")["data"]) < 4:
    time.sleep(0.05)

# From 0.6.0 on: a mailbox and a relay of a brand's own, and a second factor that is not confirmed (it would be asked for).
wayne = brand("Wayne", "wayne", ticketPrefix="WA")
call("PUT", f"{wayne}/mailbox", {"host": "imap.wayne.invalid", "username": "bruce", "password": "alfred", "afterProcess": "keep", "enabled": False})
call("PUT", f"{wayne}/mail-relay", {"host": "smtp.wayne.invalid", "username": "bruce", "password": "alfred", "fromEmail": "bruce@wayne.example"})
member = call("POST", "/auth/login", {"email": "ana@example.com", "password": "correct horse battery", "mode": "token"})
call("POST", "/auth/totp/enroll", Authorization=f"Bearer {member['sessionToken']}")
