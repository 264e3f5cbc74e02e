"""Clients of the broker that a provider knows beforehand, each by its way to authenticate."""

from dataclasses import dataclass

from joserfc.jwk import ECKey
from openid_providers import CLIENT_SECRET, Provider

KEY_ID = "broker-1"


@dataclass(frozen=True)
class RegisteredClient:
    """A client, named after the method of its authentication."""

    method: str

    @property
    def id(self):
        return f"broker-{self.method}"

    @property
    def secret(self):
        return CLIENT_SECRET if self.method.startswith("client_secret") else None

    def settings(self, provider):
        """Its settings in the broker's configuration. The broker finds out itself that it may use Basic."""
        own = {"clientId": self.id}
        if self.method == "private_key_jwt":
            assertion = {"keyFile": str(provider.key_file), "keyId": KEY_ID, "audience": provider.assertion_audience}
            return own | {"clientAssertion": assertion}
        if self.method == "client_secret_post":
            own["authMethod"] = self.method
        return own | ({"clientSecret": {"literal": self.secret}} if self.secret else {})


METHODS = ["client_secret_basic", "client_secret_post", "private_key_jwt", "none"]
CLIENTS = {method: RegisteredClient(method) for method in METHODS}


class StrictProvider(Provider):
    """A provider that knows its clients, their redirect URI, and where each may send a browser that signed out."""

    signed_out = "https://app.example/signed-out"

    def __init__(self, directory):
        super().__init__(directory)
        self.key = ECKey.generate_key("P-256", {"kid": KEY_ID, "alg": "ES256", "use": "sig"})
        self.key_file = directory / "client-key.pem"
        self.key_file.write_bytes(self.key.as_pem(private=True))

    @property
    def assertion_audience(self):
        """What the provider wants in assertions in place of its issuer."""
        raise NotImplementedError

    @property
    def key_set(self):
        """The public key that verifies the assertions of its clients."""
        return {"keys": [self.key.as_dict(private=False)]}
