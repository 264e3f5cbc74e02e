"""Runs `broker login` at OpenID providers."""

import json
import os
import subprocess
from dataclasses import dataclass

import requests
from openid_providers import CLIENT_SECRET
from running import BINARY, ROOT


@dataclass(frozen=True)
class Login:
    """What became of a login: the command's exit status, what it wrote, and what the browser saw of it."""

    status: int
    identity: dict | None
    error: str
    # Where the browser was sent, the last address at the provider, and the broker's page; None without a browser.
    opened: str | None = None
    answer: str | None = None
    page: requests.Response | None = None

    @property
    def failure(self):
        """The error on the last line."""
        return json.loads(self.error.splitlines()[-1])["error"]


def sign_in_with_the_library(provider, client):
    """What the example of the library says: who signed in, and where they sign out."""
    settings = {"ISSUER": provider.issuer, "CLIENT_ID": client.id, "CLIENT_SECRET": client.secret}
    settings |= {"CALLBACK": provider.callback}
    environment = os.environ | {f"OP_{name}": value for name, value in settings.items()}
    with subprocess.Popen(
        [ROOT / ".build/debug/SignIn"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        text=True,
        bufsize=1,
    ) as process:
        try:
            answer = provider.sign_in(process.stdout.readline().strip())
            output, error = process.communicate(f"{answer}\n", timeout=60)
        finally:
            process.kill()
    assert process.returncode == 0, error
    assert client.secret not in output + error
    who, where = output.splitlines()
    return who, where


def login(provider, *options, given=None, client=None, answers=None, **members):
    """Logs in, with a browser unless options say otherwise; `client` has the settings that depend on it."""
    path = provider.directory / "broker.yaml"
    path.write_text(provider.configuration(client, **members) + "stores: { kind: memory }\n")
    browser = ["--browser", "--no-open", "--port", str(provider.callback_port)]
    arguments = ["login", "work", *(options or browser), "--format", "json", "--config", path]
    opened = answer = page = None
    # Unbuffered: what is read ahead of a line would be lost to `communicate`.
    with subprocess.Popen(
        [BINARY, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0
    ) as process:
        try:
            first = "" if options else process.stderr.readline().decode()
            if first.startswith('{"open":'):
                opened, first = json.loads(first)["open"], ""
                answer = provider.sign_in(opened, **(answers or {}))
                page = requests.get(answer)
            output, error = process.communicate(None if given is None else given.encode(), timeout=60)
        finally:
            process.kill()
    output, error = output.decode(), first + error.decode()
    assert CLIENT_SECRET not in output + error
    return Login(process.returncode, json.loads(output or "null"), error, opened, answer, page)
