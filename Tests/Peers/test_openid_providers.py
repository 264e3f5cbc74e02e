"""Logins at OpenID providers that others wrote."""

import json
import subprocess

import pytest
import requests
from apps import APP, EXCHANGE
from configuration import service
from openid_providers import CLIENT_SECRET, Mock, Nano
from running import BINARY, on_a_free_port
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


def login(provider, *options, given=None, **members):
    """The status, result and last line of standard error of a login; with a browser unless options say otherwise."""
    path = provider.directory / "broker.yaml"
    path.write_text(provider.configuration(**members) + "stores: { kind: memory }\n")
    arguments = ["login", "work", *(options or ["--browser", "--no-open"]), "--format", "json", "--config", path]
    with subprocess.Popen(
        [BINARY, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            page = None
            if not options:
                url = json.loads(process.stderr.readline())["open"]
                page = requests.get(provider.sign_in(url))
            output, error = process.communicate(given, timeout=60)
        finally:
            process.kill()
    assert CLIENT_SECRET not in output + error
    return process.returncode, json.loads(output or "null"), error, page


def test_a_browser_signs_the_user_in(provider):
    status, identity, error, page = login(provider)
    assert status == 0, error
    assert (identity["issuer"], identity["subject"]) == (provider.issuer, provider.subject)
    assert identity["claims"]["email"] == "alice@example.com"
    assert page.status_code == 200 and "Signed in" in page.text and "alice" not in page.text


def test_the_instance_says_who_is_let_in(provider):
    attributes = {"groups": "/groups"}
    status, identity, error, _ = login(
        provider, attributes=attributes, admit=[{"attribute": "groups", "contains": "staff"}]
    )
    assert status == 0, error
    assert identity["attributes"]["groups"] == ["staff", "ops"]
    status, identity, error, page = login(
        provider, attributes=attributes, admit=[{"attribute": "groups", "contains": "board"}]
    )
    assert status == 77 and identity is None
    assert json.loads(error.splitlines()[-1])["error"]["kind"] == "access_denied"
    assert page.status_code == 200 and "Sign-in failed" in page.text


def test_an_app_presents_its_id_token(nano):
    token = nano.id_token("the nonce of this app")
    status, identity, error, _ = login(nano, "--id-token", "-", "--nonce", "the nonce of this app", given=token)
    assert status == 0, error
    assert identity["subject"] == "alice" and token[-32:] not in error
    status, _, error, _ = login(nano, "--id-token", "-", "--nonce", "another nonce", given=token)
    assert status == 65
    assert json.loads(error.splitlines()[-1])["error"]["kind"] == "invalid_credential"


def test_rotated_keys_are_fetched(nano, tmp_path):
    path = tmp_path / "serve.yaml"

    def start(port):
        path.write_text(nano.configuration() + "stores: { kind: memory }\n" + service(port))
        return Service("--config", path)

    with on_a_free_port(start) as running:

        def exchange(nonce):
            token = nano.id_token(nonce)
            running.secrets |= {token, CLIENT_SECRET}
            form = {"grant_type": EXCHANGE, "provider": "work", "subject_token_type": ID_TOKEN, "subject_token": token}
            return running.plain().post(
                running.url("/oauth2/token"), data=form | {"nonce": nonce}, auth=(APP.id, APP.secret)
            )

        assert exchange("a nonce that is long enough").status_code == 200
        nano.rotate_keys()
        answer = exchange("another nonce that is long enough")
        assert answer.status_code == 200, answer.text
