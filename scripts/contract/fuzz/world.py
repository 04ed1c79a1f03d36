"""A small brand to fuzz in: one or more of everything, made through the API, so that ids in requests name something."""

import time
from itertools import count

from client import Client

# Requests that one world serves; then it is thrown away and a new one is built. Limits such as 100 statuses stay far off.
CASES_MAX = 60


class World:
    """One brand and what is in it. `ids[kind]` lists what requests may name, in the order in which it was made."""

    def __init__(self, staff, number):
        self.staff, self.api = staff, staff.key
        self.numbers, self.number = count(1), number
        self.ids, self.made, self.cases = {}, [], 0
        self.fresh("brand")
        # What takes long to make (a run, a message) is made when a request names it.
        for kind in ("status", "category", "category", "tag", "tag", "tag", "company", "customer", "customer"):
            self.fresh(kind)
        for kind in ("ticket", "ticket", "ticket", "comment", "watcher", "key", "connection", "automation", "attachment", "webhook", "delivery"):
            self.fresh(kind)
        self.keep("entity", "ticket")
        self.keep("account", staff.account)
        self.keep("memberId", staff.admin.id)
        self.keep("memberEmail", staff.admin.email)

    @property
    def brand(self):
        return self.ids["brand"][0]

    @property
    def worn_out(self):
        return self.cases >= CASES_MAX

    def keep(self, kind, id):
        self.ids.setdefault(kind, []).append(id)
        return id

    def fresh(self, kind):
        """Makes one more of a kind and gives its id."""
        id = getattr(self, f"_{kind}")(f"{kind} {self.number} {next(self.numbers)}")
        return self.keep(kind, id)

    def some(self, kind):
        """The id of one of a kind, made now if there is none."""
        if kind not in self.ids:
            self.fresh("invite" if kind == "token" else kind)
        return self.ids[kind][0]

    def forget(self, kind):
        """The last of a kind may be gone: no later request names it."""
        self.ids[kind].pop()

    def close(self):
        """Takes away what would pile up in the account, as far as no request has done so already."""
        for client, path in reversed(self.made):
            client.call("DELETE", path, gone_is_fine=True)

    def _belongs_to_account(self, path, client=None):
        self.made.append((client or self.api, path))

    def _post(self, path, **body):
        return self.api.post(f"/brands/{self.brand}{path}", **body)

    def _brand(self, name):
        brand = self.api.post("/brands", name=name)["id"]
        self._belongs_to_account(f"/brands/{brand}?confirm=true")
        return brand

    def _status(self, name):
        return self._post("/statuses", name=name, key=name.replace(" ", "_"))["id"]

    def _category(self, name):
        return self._post("/categories", name=name)["id"]

    def _tag(self, name):
        return self._post("/tags", name=name)["id"]

    def _company(self, name):
        return self._post("/companies", name=name)["id"]

    def _customer(self, name):
        email = f"{name.replace(' ', '-')}@customers.example"
        self.keep("customerEmail", email)
        return self._post("/customers", email=email, name=name)["id"]

    def _ticket(self, name):
        return self._post("/tickets", title=name, body="What the fuzzer reads.", customerEmail=f"{self.number}@x.example")["id"]

    def _deleted_ticket(self, name):
        ticket = self._ticket(name)
        self.api.delete(f"/brands/{self.brand}/tickets/{ticket}")
        return ticket

    def _comment(self, name):
        return self._post(f"/tickets/{self.ids['ticket'][0]}/comments", body=name)["id"]

    def _watcher(self, name):
        email = f"{name.replace(' ', '-')}@watchers.example"
        return self._post(f"/tickets/{self.ids['ticket'][0]}/watchers", email=email)["id"]

    def _key(self, name):
        key = name.replace(" ", "_")
        self._post("/fields/ticket", key=key, label=name, type="text")
        return key

    def _connection(self, name):
        return self._post("/connections", type="HTTP", name=name, config={"url": "https://receiver.invalid/in"})["id"]

    def _automation(self, name):
        trigger, actions = {"events": ["ticket.created"]}, [{"type": "send_survey"}]
        never = {"all": [{"field": "title", "op": "eq", "value": "no ticket is called so"}]}
        return self._post("/automations", name=name, trigger=trigger, conditions=never, actions=actions)["id"]

    def _run(self, name):
        """The id of a run whose action has failed: its webhook is disabled."""
        hook = self._post("/webhooks", url="https://receiver.invalid/in", events=["ticket.merged"], enabled=False)["id"]
        trigger, actions = {"events": ["ticket.created"]}, [{"type": "send_webhook", "webhookId": hook}]
        automation = self._post("/automations", name=name, trigger=trigger, actions=actions)["id"]
        self._ticket(name)
        path = f"/brands/{self.brand}/automations/{automation}"
        while not (runs := self.api.get(f"{path}/runs")["data"]):
            time.sleep(0.002)
        self.api.patch(path, enabled=False)
        return runs[0]["id"]

    def _put(self, asked):
        """Sends the bytes of an upload that was asked for and gives its id."""
        answer = self.api.session.put(asked["uploadUrl"], data=b"hello", headers=asked["headers"], timeout=60)
        if not answer.ok:
            raise SystemExit(f"fuzz: building the world failed: an upload: {answer.status_code} {answer.text}")
        return asked["id"]

    def _upload(self, name):
        path = f"/tickets/{self.ids['ticket'][0]}/attachments"
        return self._put(self._post(path, filename=f"{name}.txt", contentType="text/plain"))

    def _portal_token(self, _name):
        """The customer of the first ticket, signed in."""
        return self._post("/portal/token", email=f"{self.number}@x.example")["token"]

    def _portal_upload(self, name):
        path = f"/portal/tickets/{self.ids['ticket'][0]}/attachments"
        return self._put(self._as_customer().post(path, filename=f"{name}.txt", contentType="text/plain"))

    def _portal_pending_upload(self, name):
        path = "/portal/tickets/attachments/pending"
        return self._put(self._as_customer().post(path, filename=f"{name}.txt", contentType="text/plain"))

    def _as_customer(self):
        return Client(self.staff.server.base_url, self.some("portal_token"))

    def _attachment(self, name):
        upload = self._upload(name)
        self._post(f"/tickets/{self.ids['ticket'][0]}/attachments/{upload}/confirm")
        return upload

    def _pending_upload(self, name):
        return self._put(self._post("/attachments/pending", filename=f"{name}.txt", contentType="text/plain"))

    def _avatar_upload(self, name):
        return self._put(self.staff.as_owner().post("/auth/profile/avatar", filename="me.png", contentType="image/png"))

    def _webhook(self, name):
        return self._post("/webhooks", url="https://receiver.invalid/in", events=["ticket.created"], description=name)["id"]

    def _delivery(self, name):
        """The id of a delivery of the first webhook, whose receiver is nowhere."""
        self._ticket(name)
        path = f"/brands/{self.brand}/webhooks/{self.ids['webhook'][0]}/deliveries"
        while not (deliveries := self.api.get(path)):
            time.sleep(0.002)
        return deliveries[0]["id"]

    def _mail(self, name):
        """The id of a message that was ignored, so that it can be looked at again."""
        text = f"From: away@x.example\r\nSubject: {name}\r\nMessage-ID: <{name.replace(' ', '-')}@x.example>\r\nAuto-Submitted: auto-replied\r\n\r\nx"
        return self.api.call("POST", f"/inbound/email/{self.brand}", message=text)["id"]

    def _inbound_token(self, name):
        return self._post("/inbound-token")["token"]

    def _mailbox(self, name):
        self.api.call("PUT", f"/brands/{self.brand}/mailbox", {"host": "mailbox.invalid", "port": 1, "username": name, "password": "x"})
        return name

    def _relay(self, name):
        self.api.call("PUT", f"/brands/{self.brand}/mail-relay", {"host": "relay.invalid", "port": 1, "fromEmail": f"{name.replace(' ', '-')}@x.example"})
        return name

    def _api_key(self, name):
        key = self.api.post("/accounts/me/api-keys", name=name, brandIds=[self.brand])["id"]
        self._belongs_to_account(f"/accounts/me/api-keys/{key}")
        return key

    def _invite(self, name):
        invite, token = self.staff.invite(f"{name.replace(' ', '-')}@invited.example")
        self.keep("token", token)
        self._belongs_to_account(f"/members/{invite['id']}", self.staff.as_owner())
        return invite["id"]
