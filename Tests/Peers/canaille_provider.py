"""Canaille as pytest-iam serves it, with sessions and consent.

Run as a program, `canaille_provider.py PORT CLIENTS`, it is the provider. Within the tests it would lift Authlib's
checks of addresses for them all.
"""

import json
import os
import sys

from registered_clients import CLIENTS, StrictProvider


class Canaille(StrictProvider):
    """Canaille names itself in its answers (RFC 9207), and takes RSA keys alone for its own."""

    subject = "alice"
    answers = {"login": "alice", "password": "correct horse", "answer": "accept"}

    @property
    def assertion_audience(self):
        return f"{self.issuer}/oauth/token"

    def command(self):
        clients = self.directory / "clients.json"
        clients.write_text(json.dumps([self.registration(client) for client in CLIENTS.values()]))
        return [sys.executable, __file__, str(self.port), clients]

    def registration(self, client):
        registration = {
            "client_id": client.id,
            "client_name": "Broker",
            "client_uri": "https://broker.example",
            "redirect_uris": [self.callback],
            "post_logout_redirect_uris": [self.signed_out],
            "grant_types": ["authorization_code"],
            "response_types": ["code"],
            "scope": ["openid", "profile", "email", "groups"],
            "token_endpoint_auth_method": client.method,
        }
        if client.secret:
            registration["client_secret"] = client.secret
        if client.method == "private_key_jwt":
            registration["jwks"] = json.dumps(self.key_set)
        return registration


def serve(port, registrations):
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    from canaille import create_app
    from canaille.backends import Backend
    from joserfc.jwk import RSAKey
    from pytest_iam import Server

    key = RSAKey.generate_key(2048)
    key.ensure_kid()
    app = create_app(
        # Else any variable of the environment would be a setting of Canaille.
        env_prefix="PYTEST_IAM_",
        config={
            "TESTING": True,
            "ENV_FILE": None,
            "SECRET_KEY": os.urandom(32).hex(),
            "PREFERRED_URL_SCHEME": "http",
            "SERVER_NAME": f"localhost:{port}",
            "CANAILLE": {
                "DATABASE": "memory",
                "JAVASCRIPT": False,
                "ACL": {"DEFAULT": {"PERMISSIONS": ["use_oidc"]}},
            },
            # Else nobody is asked to agree where the client is on this machine.
            "CANAILLE_OIDC": {"ACTIVE_JWKS": [key.as_dict(private=True)], "TRUSTED_DOMAINS": []},
        },
    )
    server = Server(app, port, Backend.instance, logging=True)
    with app.app_context():
        add_person(server)
        for registration in registrations:
            add_client(server, registration)
    server.httpd.serve_forever()


def add_person(server):
    alice = server.models.User(
        user_name="alice",
        formatted_name="Alice Example",
        family_name="Example",
        emails=["alice@example.com"],
        password="correct horse",
    )
    server.backend.save(alice)
    for name in ["staff", "ops"]:
        server.backend.save(server.models.Group(display_name=name, members=[alice]))


def add_client(server, registration):
    client = server.models.Client(**registration)
    server.backend.save(client)
    # Without it, its ID tokens are for nobody.
    client.audience = [client]
    server.backend.save(client)


if __name__ == "__main__":
    serve(int(sys.argv[1]), json.loads(open(sys.argv[2]).read()))
