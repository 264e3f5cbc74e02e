"""Logins at OpenID providers that others wrote."""

import pytest
import requests
from apps import APP, EXCHANGE, PUBLIC_APP
from configuration import service
from openid_logins import login
from openid_providers import CLIENT_SECRET, Mock, Nano
from running import on_a_free_port
from serving import Service

ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token"


@pytest.fixture(params=[Mock, Nano], ids=["oidc-provider-mock", "nanoidp"])
def provider(request, tmp_path):
    with request.param(tmp_path).running() as provider:
        yield provider


@pytest.fixture
def nano(tmp_path):
    with Nano(tmp_path).running() as provider:
        yield provider


def test_a_browser_signs_the_user_in(provider):
    done = login(provider)
    assert done.status == 0, done.error
    assert (done.identity["issuer"], done.identity["subject"]) == (provider.issuer, provider.subject)
    assert done.identity["claims"]["email"] == "alice@example.com"
    assert done.page.status_code == 200 and "Signed in" in done.page.text and "alice" not in done.page.text


def test_the_instance_says_who_is_let_in(provider):
    attributes = {"groups": "/groups"}
    done = login(provider, attributes=attributes, admit=[{"attribute": "groups", "contains": "staff"}])
    assert done.status == 0, done.error
    assert done.identity["attributes"]["groups"] == ["staff", "ops"]
    done = login(provider, attributes=attributes, admit=[{"attribute": "groups", "contains": "board"}])
    assert done.status == 77 and done.identity is None
    assert done.failure["kind"] == "access_denied"
    assert done.page.status_code == 200 and "Sign-in failed" in done.page.text


def test_an_app_presents_its_id_token(nano):
    token = nano.id_token("the nonce of this app")
    done = login(nano, "--id-token", "-", "--nonce", "the nonce of this app", given=token)
    assert done.status == 0, done.error
    assert done.identity["subject"] == "alice" and token[-32:] not in done.error
    done = login(nano, "--id-token", "-", "--nonce", "the nonce of another app", given=token)
    assert done.status == 65
    assert done.failure["kind"] == "invalid_credential"


@pytest.fixture
def serving(nano, tmp_path):
    """A service whose provider is nanoidp."""
    path = tmp_path / "serve.yaml"

    def start(port):
        path.write_text(nano.configuration() + "stores: { kind: memory }\n" + service(port))
        return Service("--config", path)

    with on_a_free_port(start) as running:
        running.secrets.add(CLIENT_SECRET)
        yield running


def exchange(serving, token, nonce, app):
    """The answer to an app that presents a native ID token."""
    serving.secrets.add(token)
    form = {"grant_type": EXCHANGE, "provider": "work", "subject_token_type": ID_TOKEN, "subject_token": token}
    client = {"client_id": app.id} if app.secret is None else {}
    return serving.plain().post(
        serving.url("/oauth2/token"),
        data=form | client | {"nonce": nonce},
        auth=None if app.secret is None else (app.id, app.secret),
    )


def test_rotated_keys_are_fetched(nano, serving):
    for nonce in ["a nonce that is long enough", "another nonce that is long enough"]:
        answer = exchange(serving, nano.id_token(nonce), nonce, APP)
        assert answer.status_code == 200, answer.text
        nano.rotate_keys()


def test_an_app_without_a_secret_signs_in_natively(nano, serving):
    def nonce():
        answer = requests.post(serving.url("/providers/work/nonce"), data={"client_id": PUBLIC_APP.id})
        assert answer.status_code == 200 and answer.json()["expires_in"] == 600, answer.text
        return answer.json()["nonce"]

    first, second = nonce(), nonce()
    token = nano.id_token(first)
    answer = exchange(serving, token, second, PUBLIC_APP)
    assert (answer.status_code, answer.json()["kind"]) == (400, "invalid_credential"), answer.text
    answer = exchange(serving, token, first, PUBLIC_APP)
    assert answer.status_code == 200 and "access_token" in answer.json(), answer.text
    answer = exchange(serving, token, first, PUBLIC_APP)
    assert answer.status_code == 400, answer.text
    # Of an app's own making, it proves nothing.
    own = "a nonce that the app made itself"
    answer = exchange(serving, nano.id_token(own), own, PUBLIC_APP)
    assert (answer.status_code, answer.json()["kind"]) == (400, "invalid_credential"), answer.text
