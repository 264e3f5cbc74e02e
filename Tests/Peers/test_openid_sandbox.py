"""`broker sandbox oidc`, at which an OpenID client that others wrote signs in."""

import json
import pathlib
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.jwk import KeySet
from running import Running

CALLBACK = "https://app.example/callback"
VERIFIER = "a code verifier of forty-three or more bytes".replace(" ", "-")


class Sandbox:
    """A sandbox, and its one client."""

    def __init__(self, *options):
        self.process = Running("sandbox", "oidc", "--redirect-uri", CALLBACK, *options, "--format", "json")
        report = json.loads(self.process.first_line)
        self.authority = report["ca_file"]
        self.secret = (pathlib.Path(report["config"]).parent / "clientSecret").read_text()
        self.metadata = self.get(f"{report['base_url']}/.well-known/openid-configuration")

    def get(self, url):
        answer = requests.get(url, verify=self.authority)
        answer.raise_for_status()
        return answer.json()

    def session(self, method, secret=None):
        session = OAuth2Session(
            "sandbox-client",
            secret or self.secret,
            token_endpoint_auth_method=method,
            scope="openid profile email",
            redirect_uri=CALLBACK,
            code_challenge_method="S256",
        )
        # Else a variable of the environment would name another one.
        session.trust_env = False
        session.verify = self.authority
        return session

    def answer(self, session, choice):
        """The address to which the browser is sent after a choice on the page."""
        url, state = session.create_authorization_url(
            self.metadata["authorization_endpoint"], code_verifier=VERIFIER, nonce="nonce-1"
        )
        assert "Sign in as:" in requests.get(url).text
        answer = requests.get(f"{url}&sandbox_choice={choice}", allow_redirects=False).headers["Location"]
        assert answer.startswith(f"{CALLBACK}?") and parse_qs(urlsplit(answer).query)["state"] == [state]
        return answer

    def redeem(self, session, answer, verifier=VERIFIER):
        return session.fetch_token(
            self.metadata["token_endpoint"], authorization_response=answer, code_verifier=verifier
        )


@pytest.fixture
def sandbox(request):
    sandbox = Sandbox(*getattr(request, "param", []))
    yield sandbox
    sandbox.process.stop()


@pytest.mark.parametrize(
    ["sandbox", "method", "algorithm"],
    [
        (["--algorithm", "RS256"], "client_secret_basic", "RS256"),
        (["--algorithm", "ES256", "--client-auth", "client_secret_post"], "client_secret_post", "ES256"),
    ],
    indirect=["sandbox"],
)
def test_a_person_signs_in(sandbox, method, algorithm):
    session = sandbox.session(method)
    token = sandbox.redeem(session, sandbox.answer(session, "grace"))
    keys = KeySet.import_key_set(sandbox.get(sandbox.metadata["jwks_uri"]))
    claims = jwt.decode(token["id_token"], keys, algorithms=[algorithm]).claims
    jwt.JWTClaimsRegistry(
        iss={"essential": True, "value": sandbox.metadata["issuer"]},
        aud={"essential": True, "value": "sandbox-client"},
        nonce={"essential": True, "value": "nonce-1"},
        exp={"essential": True},
    ).validate(claims)
    person = session.get(sandbox.metadata["userinfo_endpoint"]).json()
    assert (person["sub"], person["name"], person["email_verified"]) == (claims["sub"], "Grace Hopper", False)


def test_a_code_serves_once_and_with_its_verifier(sandbox):
    session = sandbox.session("client_secret_basic")
    answer = sandbox.answer(session, "ada")
    sandbox.redeem(session, answer)
    for verifier in [VERIFIER, VERIFIER.upper()]:
        with pytest.raises(OAuthError) as refused:
            sandbox.redeem(session, answer, verifier)
        assert refused.value.error == "invalid_grant"
        answer = sandbox.answer(session, "ada")


def test_a_wrong_secret_and_a_cancelled_login_are_refused(sandbox):
    session = sandbox.session("client_secret_basic", "another secret")
    with pytest.raises(OAuthError) as refused:
        sandbox.redeem(session, sandbox.answer(session, "ada"))
    assert refused.value.error == "invalid_client"
    assert parse_qs(urlsplit(sandbox.answer(session, "cancel")).query)["error"] == ["access_denied"]
