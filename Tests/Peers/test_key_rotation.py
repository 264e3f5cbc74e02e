"""PyJWT and joserfc across a rotation of the signing keys, with a store that outlives the service."""

import json
import subprocess

import jwt
import pytest
from apps import NOTES, RSA_APP
from configuration import section, service
from joserfc import jwt as joserfc_jwt
from joserfc.jwk import KeySet
from running import BINARY, Running, on_a_free_port
from serving import Service


@pytest.fixture
def tickets(tmp_path):
    """Tickets of its own sandbox, and a configuration that refers to it."""
    with Running("sandbox", "--format", "json", "--directory", tmp_path) as sandbox:
        yield iter(json.loads(sandbox.first_line)["tickets"])


def rotate(configuration, *options):
    done = subprocess.run([BINARY, "keys", "rotate", "--config", configuration, *options], capture_output=True)
    assert done.returncode == 0, done.stderr


def key_id(token):
    return jwt.get_unverified_header(token["access_token"])["kid"]


def test_who_knew_the_old_keys_verifies_tokens_of_the_old_and_of_the_new(tickets, tmp_path):
    providers = (tmp_path / "broker.yaml").read_text()
    store = section("stores", {"kind": "sqlite", "path": str(tmp_path / "broker.sqlite")})
    configuration = tmp_path / "serve.yaml"

    def start(port):
        configuration.write_text(providers + store + service(port))
        return Service("--config", configuration)

    with on_a_free_port(start) as broker:
        old = broker.exchange(RSA_APP, ticket=next(tickets))
        # It requests an unknown key only some time after its last request, and here there was none.
        peer = jwt.PyJWKClient(broker.url("/oauth2/jwks"), cooldown_duration=0)
        peer.get_signing_key_from_jwt(old["access_token"])

    rotate(configuration)
    with Service("--config", configuration) as broker:
        meanwhile = broker.exchange(RSA_APP, ticket=next(tickets))
        assert key_id(meanwhile) == key_id(old), "the next key signs only when everybody has had time to see it"

    rotate(configuration, "--immediately")
    with Service("--config", configuration) as broker:
        session = broker.authlib(RSA_APP)
        new = session.refresh_token(broker.url("/oauth2/token"), old["refresh_token"])
        assert key_id(new) != key_id(old)
        keys = KeySet.import_key_set(broker.plain().get(broker.url("/oauth2/jwks")).json())
        for token in (old["access_token"], new["access_token"]):
            key = peer.get_signing_key_from_jwt(token)
            claims = jwt.decode(token, key, algorithms=["RS256"], audience=NOTES, issuer=broker.issuer)
            assert joserfc_jwt.decode(token, keys, algorithms=["RS256"]).claims == claims
            assert session.introspect_token(broker.url("/oauth2/introspect"), token).json()["active"] is True
