"""The apps that get tokens from the broker."""

from dataclasses import dataclass

EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
TICKET = "urn:identity-broker:token-type:ticket"
ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"
NOTES, MAPS = "https://notes.example.com", "https://maps.example.com"


@dataclass(frozen=True)
class Client:
    """A client in the configuration; public if it has no secret."""

    id: str
    secret: str | None
    algorithm: str = "ES256"
    audiences: tuple[str, ...] = (NOTES,)
    grants: tuple[str, ...] = ("token_exchange", "refresh_token")

    @property
    def entry(self):
        proof = {"secret": {"literal": self.secret}}
        if self.secret is None:
            proof = {"public": True, "redeemsTicketsWithoutAuthentication": True}
        return proof | {"signingAlgorithm": self.algorithm, "audiences": self.audiences, "grants": self.grants}


# The secret contains characters that form encoding and a shell would change: some peers encode it, and some do not.
APP = Client("notes", "q+Wl/6 $x'%41&=" + "s" * 16)
RSA_APP = Client("notes-rsa", "r" * 32, algorithm="RS256")
TWO_APIS = Client("notes-and-maps", "t" * 32, audiences=(NOTES, MAPS))
EXCHANGES_ONLY = Client("kiosk", "k" * 32, grants=("token_exchange",))
PUBLIC_APP = Client("notes-phone", None)
APPS = [APP, RSA_APP, TWO_APIS, EXCHANGES_ONLY, PUBLIC_APP]
