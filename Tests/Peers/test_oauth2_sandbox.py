"""`broker sandbox github` and others, at which an OAuth 2.0 client that others wrote signs in."""

import json
import pathlib
import re
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from running import Running

CALLBACK = "https://app.example/callback"
VERIFIER = "a code verifier of forty-three or more bytes".replace(" ", "-")


class Sandbox:
    """The sandbox of a type, and its one client."""

    def __init__(self, type):
        self.process = Running("sandbox", type, "--redirect-uri", CALLBACK, "--format", "json")
        report = json.loads(self.process.first_line)
        self.authority = report["ca_file"]
        configuration = pathlib.Path(report["config"])
        self.secret = (configuration.parent / "clientSecret").read_text()
        self.endpoints = dict(re.findall(r'(\w+): "?(https?://[^",} ]+)', configuration.read_text()))
        self.client = re.search(r'clientId: "?([^"\n]+)', configuration.read_text())[1]

    def session(self, method, scope, secret=None):
        session = OAuth2Session(
            self.client,
            secret or self.secret,
            token_endpoint_auth_method=method,
            scope=scope,
            redirect_uri=CALLBACK,
            code_challenge_method="S256",
        )
        # Else a variable of the environment would name another one.
        session.trust_env = False
        session.verify = self.authority
        return session

    def answer(self, session, choice):
        """The address to which the browser is sent after a choice on the page."""
        url, state = session.create_authorization_url(self.endpoints["authorization"], code_verifier=VERIFIER)
        assert "Sign in as:" in requests.get(url).text
        answer = requests.get(f"{url}&sandbox_choice={choice}", allow_redirects=False).headers["Location"]
        assert answer.startswith(f"{CALLBACK}?") and parse_qs(urlsplit(answer).query)["state"] == [state]
        return answer

    def redeem(self, session, answer, verifier=VERIFIER):
        return session.fetch_token(self.endpoints["token"], authorization_response=answer, code_verifier=verifier)


@pytest.fixture
def sandbox(request):
    sandbox = Sandbox(request.param)
    yield sandbox
    sandbox.process.stop()


@pytest.mark.parametrize(
    ["sandbox", "method", "scope", "place"],
    [
        ("github", "client_secret_post", "read:user user:email", ["name"]),
        ("discord", "client_secret_basic", "identify email", ["global_name"]),
        ("spotify", "client_secret_basic", "user-read-email", ["display_name"]),
        ("x", "client_secret_basic", "users.read tweet.read", ["data", "name"]),
        ("naver", "client_secret_post", None, ["response", "name"]),
    ],
    indirect=["sandbox"],
)
def test_a_person_signs_in(sandbox, method, scope, place):
    session = sandbox.session(method, scope)
    answer = sandbox.answer(session, "grace")
    if sandbox.endpoints["token"].endswith("/oauth2.0/token"):
        # Naver's own: the state goes along with the code.
        state = parse_qs(urlsplit(answer).query)["state"][0]
        session.fetch_token(
            sandbox.endpoints["token"], authorization_response=answer, state=state, body=f"state={state}"
        )
    else:
        sandbox.redeem(session, answer)
    record = session.get(sandbox.endpoints["userInfo"]).json()
    for name in place:
        record = record[name]
    assert record == "Grace Hopper"


@pytest.mark.parametrize("sandbox", ["spotify", "oauth2"], indirect=True)
def test_a_code_serves_once_and_with_its_verifier(sandbox):
    method = "client_secret_post" if "/api/" not in sandbox.endpoints["token"] else "client_secret_basic"
    session = sandbox.session(method, "profile")
    answer = sandbox.answer(session, "ada")
    sandbox.redeem(session, answer)
    for verifier in [VERIFIER, VERIFIER.upper()]:
        with pytest.raises(OAuthError) as refused:
            sandbox.redeem(session, answer, verifier)
        assert refused.value.error == "invalid_grant"
        answer = sandbox.answer(session, "ada")


@pytest.mark.parametrize(
    ["sandbox", "error"],
    [("github", "incorrect_client_credentials"), ("oauth2", "invalid_client")],
    indirect=["sandbox"],
)
def test_a_wrong_secret_and_a_cancelled_login_are_refused(sandbox, error):
    session = sandbox.session("client_secret_post", "profile", "another secret")
    with pytest.raises(OAuthError) as refused:
        sandbox.redeem(session, sandbox.answer(session, "ada"))
    assert refused.value.error == error
    assert parse_qs(urlsplit(sandbox.answer(session, "cancel")).query)["error"] == ["access_denied"]
