"""Runs OpenID providers that others wrote, and signs people in at them as a browser does.

Those that know each client beforehand, Canaille and Glewlwyd, are in modules of their own.
"""

import contextlib
import html.parser
import json
import pathlib
import subprocess
import sys
import time
from urllib.parse import parse_qs, urljoin, urlsplit

import requests
from configuration import section
from running import free_port

CLIENT = "broker"
# nanoidp does not decode what RFC 6749 §2.3.1 has clients encode, so it has no character that is encoded.
CLIENT_SECRET = "the-secret-of-the-broker-at-the-provider"


class Provider:
    """An OpenID provider on loopback. It speaks plain HTTP."""

    def __init__(self, directory):
        self.directory = directory
        self.port = free_port()
        self.issuer = f"http://localhost:{self.port}"
        # Where the broker waits for the browser.
        self.callback_port = free_port()

    @property
    def callback(self):
        return f"http://127.0.0.1:{self.callback_port}/callback/work"

    def entry(self, client=None, **members):
        """The provider's instance in the broker's configuration; `client` has the settings that depend on it."""
        client = client or {"clientId": CLIENT, "clientSecret": {"literal": CLIENT_SECRET}}
        settings = {"issuer": self.issuer} | client
        network = {"allowInsecureHTTP": True, "allowAddresses": ["127.0.0.0/8", "::1/128"]}
        return {"type": "oidc", "settings": settings, "network": network} | members

    def configuration(self, client=None, **members):
        return "version: 1\n" + section("providers", {"work": self.entry(client, **members)})

    @contextlib.contextmanager
    def running(self):
        log = self.directory / "provider.log"
        with log.open("wb") as output, subprocess.Popen(
            self.command(), stdout=output, stderr=output, cwd=self.directory
        ) as process:
            try:
                self.wait_until_ready(process, log)
                yield self
            finally:
                process.terminate()

    def wait_until_ready(self, process, log):
        self.wait_until_served(f"{self.issuer}/.well-known/openid-configuration", process, log)

    @staticmethod
    def wait_until_served(url, process, log):
        end = time.monotonic() + 60
        while True:
            assert process.poll() is None and time.monotonic() < end, log.read_text()
            with contextlib.suppress(requests.ConnectionError):
                requests.get(url).raise_for_status()
                return
            time.sleep(0.05)

    def sign_in(self, url, **answers):
        """Where the provider sends the browser once the user has filled in the forms, by default to sign in."""
        session = requests.Session()
        page = session.get(url, allow_redirects=False)
        for _ in range(10):
            if page.is_redirect:
                target = urljoin(page.url, page.headers["location"])
                if not target.startswith(self.issuer):
                    return target
                page = session.get(target, allow_redirects=False)
            else:
                assert page.status_code == 200, page.text
                form = Form(page.text)
                page = session.post(
                    urljoin(page.url, form.action),
                    data=form.fields | self.answers | answers,
                    allow_redirects=False,
                )
        raise AssertionError("the provider never sends the browser back")


class Mock(Provider):
    """oidc-provider-mock: neither `kid` in its tokens nor `alg` in its keys."""

    subject = "alice"
    answers = {"sub": "alice"}
    claims = {"sub": "alice", "email": "alice@example.com", "email_verified": True, "groups": ["staff", "ops"]}

    def command(self):
        program = pathlib.Path(sys.executable).parent / "oidc-provider-mock"
        return [program, "--port", str(self.port), "--user-claims", json.dumps(self.claims)]


class Nano(Provider):
    """nanoidp, whose keys can be rotated."""

    subject = "alice"
    answers = {"username": "alice", "password": "correct horse"}

    def command(self):
        settings = {
            "config_version": 1,
            "server": {"host": "127.0.0.1", "port": self.port},
            "oauth": {"issuer": self.issuer, "clients": [{"client_id": CLIENT, "client_secret": CLIENT_SECRET}]},
        }
        user = {"password": "correct horse", "email": "alice@example.com", "groups": ["staff", "ops"], "tenant": "default"}
        (self.directory / "settings.yaml").write_text(json.dumps(settings))
        (self.directory / "users.yaml").write_text(json.dumps({"config_version": 1, "users": {"alice": user}}))
        return [pathlib.Path(sys.executable).parent / "nanoidp", "--config", self.directory]

    def rotate_keys(self):
        requests.post(f"{self.issuer}/api/keys/rotate").raise_for_status()

    def id_token(self, nonce):
        """An ID token, as an app gets it."""
        redirect = "http://127.0.0.1/app"
        request = {"response_type": "code", "client_id": CLIENT, "redirect_uri": redirect, "nonce": nonce, "state": "s"}
        url = requests.Request("GET", f"{self.issuer}/authorize", params=request | {"scope": "openid"}).prepare().url
        [code] = parse_qs(urlsplit(self.sign_in(url)).query)["code"]
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect}
        answer = requests.post(f"{self.issuer}/token", data=form, auth=(CLIENT, CLIENT_SECRET))
        answer.raise_for_status()
        return answer.json()["id_token"]


class Form(html.parser.HTMLParser):
    """The first form of a page, and its hidden fields."""

    def __init__(self, text):
        super().__init__()
        self.action = None
        self.fields = {}
        self.feed(text)
        assert self.action is not None, text

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form" and self.action is None:
            self.action = attributes.get("action") or ""
        if tag == "input" and attributes.get("type") == "hidden":
            self.fields[attributes["name"]] = attributes.get("value", "")
