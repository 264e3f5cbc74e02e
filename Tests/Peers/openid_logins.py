"""Runs `broker login` at OpenID providers."""

import json
import subprocess
from dataclasses import dataclass

import requests
from openid_providers import CLIENT_SECRET
from running import BINARY


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


def login(provider, *options, given=None, client=None, answers=None, **members):
    """Logs in, with a browser unless options say otherwise; `client` has the settings that depend on it."""
    path = provider.directory / "broker.yaml"
    path.write_text(provider.configuration(client, **members) + "stores: { kind: memory }\n")
    browser = ["--browser", "--no-open", "--port", str(provider.callback_port)]
    arguments = ["login", "work", *(options or browser), "--format", "json", "--config", path]
    opened = answer = page = None
    with subprocess.Popen(
        [BINARY, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            first = "" if options else process.stderr.readline()
            if first.startswith('{"open":'):
                opened, first = json.loads(first)["open"], ""
                answer = provider.sign_in(opened, **(answers or {}))
                page = requests.get(answer)
            output, error = process.communicate(given, timeout=60)
        finally:
            process.kill()
    error = first + error
    assert CLIENT_SECRET not in output + error
    return Login(process.returncode, json.loads(output or "null"), error, opened, answer, page)
