#!/usr/bin/env python3
"""Mail with real peers: Debian's postfix, dovecot and swaks around a server (DISPATCH_BIN), on this machine alone. Needs root, as they do.

A customer's mail arrives by SMTP and becomes a ticket; the answer of the team reaches the customer's mailbox, in the thread of the
message; the answer to that opens the ticket again. Then the same by way of a mailbox that is polled by IMAP. STARTTLS is spoken on the way in.
"""

import email
import email.policy
import imaplib
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

PATIENCE = 90  # seconds for a mail to pass two queues

MASTER = """\
{smtp} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 5 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""

MAIN = """\
compatibility_level = 3.6
queue_directory = {root}/queue
data_directory = {root}/data
maillog_file = {root}/postfix.log
maillog_file_prefixes = {root}
myhostname = mx.customer.example
mydestination =
alias_maps =
alias_database =
inet_interfaces = loopback-only
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
virtual_mailbox_domains = customer.example, company.example
virtual_mailbox_base = {root}/boxes
virtual_mailbox_maps = texthash:{root}/boxes.map
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
transport_maps = texthash:{root}/transport.map
relay_domains = desk.example
smtp_tls_security_level = encrypt
smtp_tls_loglevel = 1
minimal_backoff_time = 2s
queue_run_delay = 2s
"""

DOVECOT = """\
protocols = imap
base_dir = {root}/dovecot
state_dir = {root}/dovecot
log_path = {root}/dovecot.log
ssl = no
disable_plaintext_auth = no
listen = 127.0.0.1
mail_location = maildir:{root}/boxes/%d/%n
first_valid_uid = 1
default_login_user = dovenull
default_internal_user = dovecot
passdb {{
  driver = static
  args = password=sesame
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={root}/boxes/%d/%n
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(what, found):
    """Waits for something that is not nothing."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if value := found():
            return value
        time.sleep(0.5)
    raise SystemExit(f"mail_peers: nothing came of it within {PATIENCE} s: {what}")


class Peers:
    """Postfix with the mailboxes of customers and companies, and dovecot that opens them."""

    def __init__(self, root, to_desk):
        import pwd

        self.root, self.smtp, self.imap = root, free_port(), free_port()
        owner = pwd.getpwnam("nobody")
        values = {"root": root, "smtp": self.smtp, "imap": self.imap, "uid": owner.pw_uid, "gid": owner.pw_gid}
        for name in ("queue", "data", "boxes", "postfix", "dovecot"):
            (root / name).mkdir()
        shutil.chown(root / "data", "postfix")
        shutil.chown(root / "boxes", owner.pw_uid, owner.pw_gid)
        (root / "postfix/main.cf").write_text(MAIN.format(**values))
        (root / "postfix/master.cf").write_text(MASTER.format(**values))
        (root / "boxes.map").write_text("jane@customer.example customer.example/jane/\nsupport@company.example company.example/support/\n")
        (root / "transport.map").write_text(f"desk.example smtp:[127.0.0.1]:{to_desk}\n")
        (root / "dovecot.conf").write_text(DOVECOT.format(**values))
        root.chmod(0o755)

    def start(self):
        subprocess.run(["postfix", "-c", self.root / "postfix", "start"], check=True, stderr=subprocess.PIPE)
        subprocess.run(["dovecot", "-c", self.root / "dovecot.conf"], check=True)

    def stop(self):
        subprocess.run(["postfix", "-c", self.root / "postfix", "stop"], check=False, stderr=subprocess.DEVNULL)
        subprocess.run(["doveadm", "-c", self.root / "dovecot.conf", "stop"], check=False, stderr=subprocess.DEVNULL)

    def send(self, sender, to, subject, body, **headers):
        """Hands a message to postfix, as a customer's program does."""
        command = ["swaks", "--server", f"127.0.0.1:{self.smtp}", "--from", sender, "--to", to, "--header", f"Subject: {subject}", "--body", body]
        for name, value in headers.items():
            command += ["--header", f"{name.replace('_', '-')}: {value}"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    def mails(self, user):
        """The messages of a mailbox."""
        box = imaplib.IMAP4("127.0.0.1", self.imap)
        box.login(user, "sesame")
        box.select("INBOX", readonly=True)
        numbers = box.search(None, "ALL")[1][0].split()
        raws = [box.fetch(number, "(BODY.PEEK[])")[1][0][1] for number in numbers]
        box.logout()
        return [email.message_from_bytes(raw, policy=email.policy.default) for raw in raws]

    def encrypted(self):
        return "TLS connection established" in (self.root / "postfix.log").read_text()


class Desk:
    """The server."""

    def __init__(self, root, relay):
        self.root, self.http, self.smtp = root, free_port(), free_port()
        key, cert = root / "key.pem", root / "cert.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=desk.example", "-keyout", key, "-out", cert],
            check=True, stderr=subprocess.DEVNULL,
        )
        self.settings = [
            "mail.domain=desk.example", f"mail.relay_url=smtp://127.0.0.1:{relay}", f"mail.smtp_listen=127.0.0.1:{self.smtp}",
            f"mail.smtp_tls_cert={cert}", f"mail.smtp_tls_key={key}", "webhooks.allow_private_targets=true",
        ]

    def start(self):
        flags = [part for setting in self.settings for part in ("--set", setting)]
        command = [os.environ["DISPATCH_BIN"], "serve", "--data", self.root / "desk", "--listen", f"127.0.0.1:{self.http}", *flags]
        env = {name: value for name, value in os.environ.items() if not name.startswith("DISPATCH_")}
        self.process = subprocess.Popen(command, stdout=open(self.root / "desk.log", "a"), stderr=subprocess.STDOUT, env=env)
        first = self.root / "desk/first-run.txt"
        until("the server starts", lambda: first.exists() and "listens" in (self.root / "desk.log").read_text())
        self.key = next(word for word in first.read_text().split() if word.startswith("sk_live_"))

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)

    def ask(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        request = urllib.request.Request(f"http://127.0.0.1:{self.http}/v1{path}", data, headers, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read() or "null")


def conversation(desk, peers, brand, slug, address, channel):
    """From a customer's mail to the answer that opens the ticket again."""
    seen = len(peers.mails("jane@customer.example"))
    peers.send("jane@customer.example", address, f"Printer of {slug}", "It is broken.", Message_Id=f"<m1-{slug}@customer.example>", From="Jane Doe <jane@customer.example>", To=address)
    path = f"/brands/{brand}"
    record = until("the message", lambda: [one for one in desk.ask("GET", f"{path}/mail?direction=in")["data"] if one["outcome"] != "received"])[0]
    assert (record["channel"], record["outcome"]) == (channel, "created"), record
    ticket = desk.ask("GET", f"{path}/tickets")["data"][0]
    assert (ticket["title"], ticket["customerEmail"], ticket["source"]) == (f"Printer of {slug}", "jane@customer.example", "email"), ticket
    of_ticket = f"{path}/tickets/{ticket['id']}"
    desk.ask("POST", f"{of_ticket}/comments", {"body": "Which one? Grüße", "authorType": "STAFF", "authorName": "Ana"})
    desk.ask("PATCH", of_ticket, {"status": "resolved"})
    mail = until("the answer in the customer's mailbox", lambda: peers.mails("jane@customer.example")[seen:])[0]
    assert mail["In-Reply-To"] == mail["References"] == f"<m1-{slug}@customer.example>", mail.items()
    assert mail["Subject"] == f"Re: Printer of {slug} [{ticket['ticketNumber']}]" and "Which one? Grüße" in mail.get_body().get_content(), mail
    # As a program answers: to Reply-To, with the thread. Then once more to the address that was written to at first, by the thread alone.
    answers = [(mail["Reply-To"].addresses[0].addr_spec, "The big one."), (address, "The very big one.")]
    for number, (to, text) in enumerate(answers):
        desk.ask("PATCH", of_ticket, {"status": "resolved"})
        peers.send(
            "jane@customer.example", to, f"AW: Printer of {slug}", f"{text}\n\nOn Thu, 26 Nov 2026 at 20:07, Acme <acme@desk.example> wrote:\n> Which one? Grüße",
            Message_Id=f"<m{number + 2}-{slug}@customer.example>", In_Reply_To=mail["Message-ID"], References=f"{mail['References']} {mail['Message-ID']}",
            From="Jane Doe <jane@customer.example>", To=to,
        )
        until("the answer opens the ticket", lambda: desk.ask("GET", of_ticket)["status"] == "open")
        comments = [one["body"] for one in desk.ask("GET", f"{of_ticket}/comments") if one["authorType"] == "CUSTOMER"]
        assert comments[-1] == text, comments
    assert len(desk.ask("GET", f"{path}/tickets")["data"]) == 1


def main():
    if os.geteuid() != 0:
        raise SystemExit("mail_peers: postfix and dovecot need root")
    root = pathlib.Path(tempfile.mkdtemp(prefix="dispatch-peers-"))
    desk = Desk(root, 0)
    peers = Peers(root, desk.smtp)
    desk.settings[1] = f"mail.relay_url=smtp://127.0.0.1:{peers.smtp}"
    try:
        desk.start()
        peers.start()
        acme = desk.ask("POST", "/brands", {"name": "Acme", "slug": "acme"})["id"]
        conversation(desk, peers, acme, "acme", "acme@desk.example", "smtp")
        assert peers.encrypted(), "STARTTLS was spoken"
        beta = desk.ask("POST", "/brands", {"name": "Beta", "slug": "beta"})["id"]
        mailbox = {"host": "127.0.0.1", "port": peers.imap, "tls": False, "username": "support@company.example", "password": "sesame", "pollSeconds": 30}
        desk.ask("PUT", f"/brands/{beta}/mailbox", mailbox)
        tested = desk.ask("POST", f"/brands/{beta}/mailbox/test")
        assert tested["ok"], tested
        conversation(desk, peers, beta, "beta", "support@company.example", "imap")
        outcomes = sorted(one["outcome"] for brand in (acme, beta) for one in desk.ask("GET", f"/brands/{brand}/mail?limit=100")["data"])
        print(f"mail_peers: two conversations through postfix, dovecot and swaks, by SMTP with STARTTLS and by IMAP: {', '.join(outcomes)}")
    except BaseException:
        for name in ("desk.log", "postfix.log", "dovecot.log"):
            if (root / name).exists():
                print(f"--- {name}\n{(root / name).read_text()[-3000:]}", file=sys.stderr)
        raise
    finally:
        peers.stop()
        if hasattr(desk, "process"):
            desk.stop()
        shutil.rmtree(root, ignore_errors=True)


main()
