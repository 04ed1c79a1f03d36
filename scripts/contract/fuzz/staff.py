"""The people of the account under test: its owner, an admin, and a person whose session and password may be lost."""

from dataclasses import dataclass

from client import Client

OWNER = "owner@fuzz.example"
ADMIN = "admin@fuzz.example"
THROWAWAY = "throwaway@fuzz.example"
PASSWORD = "a password of the fuzzer"


@dataclass
class Person:
    """A member who can sign in."""

    id: str
    email: str
    password: str
    token: str
    csrf: str


class Staff:
    """Signs people in, invites others, and gives the owner back what a request has taken away."""

    def __init__(self, server, owner_session):
        self.server, self.keys_seen = server, set()
        self.public = Client(server.base_url, None)
        self.key = Client(server.base_url, server.api_key)
        self.account = owner_session["account"]["id"]
        self.owner = person(owner_session, PASSWORD)
        self.admin = self.join(ADMIN, "admin")
        self.throwaway = self.join(THROWAWAY, "member")

    def as_owner(self):
        return Client(self.server.base_url, self.owner.token)

    def invite(self, email, role="member"):
        """An invitation and its token."""
        invite = self.as_owner().post("/members/invite", email=email, role=role, allBrands=True)
        return invite, invite["inviteUrl"].rpartition("/")[2].rpartition("=")[2]

    def join(self, email, role):
        _, token = self.invite(email, role)
        session = self.public.post(
            "/auth/accept-invite", token=token, password=PASSWORD, displayName=email.split("@")[0], mode="token"
        )
        return person(session, PASSWORD)

    def sign_in(self, who):
        session = self.public.post("/auth/login", email=who.email, password=who.password, mode="token")
        who.token, who.csrf = session["sessionToken"], session["csrfToken"]

    def give_back_ownership(self):
        """The admin has become the owner: hands the account back and is an admin again, as before."""
        Client(self.server.base_url, self.admin.token).post("/auth/transfer-ownership", memberId=self.owner.id)


def person(session, password):
    member = session["member"]
    return Person(member["id"], member["email"], password, session["sessionToken"], session["csrfToken"])
