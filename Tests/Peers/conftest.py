"""Starts the broker that the peers talk to, and sees to it that it ends well and has told no secret."""

import contextlib
import json
import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import threading
from dataclasses import dataclass
from urllib.parse import parse_qs, quote

import pytest
import requests
from authlib.integrations.requests_client import OAuth2Session

# Under nohup it is ignored, and what the tests start would inherit that.
signal.signal(signal.SIGHUP, signal.SIG_DFL)

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("BROKER", ROOT / ".build/debug/broker")).resolve()
DESCRIPTION = ROOT / "Sources/BrokerServer/Description/openapi.json"

EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
TICKET = "urn:identity-broker:token-type:ticket"
ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"
NOTES, MAPS = "https://notes.example.com", "https://maps.example.com"
POOL = "5e4cdd055df3df65dc58b97d"


@dataclass(frozen=True)
class Client:
    """An app of the configuration; without a secret it is public."""

    id: str
    secret: str | None
    algorithm: str = "ES256"
    audiences: tuple[str, ...] = (NOTES,)
    grants: tuple[str, ...] = ("token_exchange", "refresh_token")

    @property
    def entry(self):
        proof = {"secret": {"literal": self.secret}}
        if self.secret is None:
            proof = {"public": True, "redeemsTicketsWithoutAuthentication": True}
        return proof | {"signingAlgorithm": self.algorithm, "audiences": self.audiences, "grants": self.grants}


# What form encoding and a shell would change stands in a secret: some peers encode it, and some do not.
APP = Client("notes", "q+Wl/6 $x'%41&=" + "s" * 16)
RSA_APP = Client("notes-rsa", "r" * 32, algorithm="RS256")
TWO_APIS = Client("notes-and-maps", "t" * 32, audiences=(NOTES, MAPS))
EXCHANGES_ONLY = Client("kiosk", "k" * 32, grants=("token_exchange",))
PUBLIC_APP = Client("notes-phone", None)
APPS = [APP, RSA_APP, TWO_APIS, EXCHANGES_ONLY, PUBLIC_APP]
ENCRYPTION_KEY = "e" * 32


def section(name, content):
    """A part of a configuration. JSON is YAML."""
    return f"{name}: {json.dumps(content)}\n"


SANDBOXED = "version: 1\n" + section("providers", {"wxapp": {"type": "wxapp", "settings": {"userPoolId": POOL}}})


def service(port, apps=APPS):
    """The part of a configuration that `broker serve` is about."""
    server = {
        "listen": f"127.0.0.1:{port}",
        "keyEncryptionKey": {"literal": ENCRYPTION_KEY},
        "limits": {"drainDelay": "0s"},
    }
    return section("server", server) + section("clients", {app.id: app.entry for app in apps})


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Running:
    """A `broker` command that runs until it is told to stop, and no longer than the tests."""

    # Those that nobody has waited for yet.
    unfinished = set()

    def __init__(self, *arguments, environment=None, reads_line=True, terminal=None, ignored=()):
        """Starts it, and reads its first line.

        `terminal` is the path of one that controls the command, in a session of its own, and `ignored` the signals that it is
        to ignore.
        """
        self.secrets = {ENCRYPTION_KEY}
        self._is_ending = False
        self._log = tempfile.TemporaryFile()

        def prepare():
            for number in ignored:
                signal.signal(number, signal.SIG_IGN)
            if terminal is not None:
                os.setsid()
                os.close(os.open(terminal, os.O_RDWR))

        self._process = subprocess.Popen(
            self.command(*arguments),
            stdout=subprocess.PIPE,
            stderr=self._log,
            cwd=ROOT,
            env=environment,
            text=True,
            preexec_fn=prepare if ignored or terminal is not None else None,
        )
        self.unfinished.add(self)
        self.first_line = self.read_line() if reads_line else None

    def command(self, *arguments):
        """What is run."""
        return [BINARY, *arguments, "--log-level", "trace"]

    def read_line(self):
        """What it says next; nothing if it has ended."""
        patience = threading.Timer(60, self._process.kill)
        patience.start()
        try:
            return self._process.stdout.readline().strip()
        finally:
            patience.cancel()

    @property
    def is_running(self):
        return self._process.poll() is None

    @property
    def pid(self):
        return self._process.pid

    def kill(self):
        """Ends it without a warning."""
        self._process.kill()
        self.wait()

    @classmethod
    def kill_unfinished(cls):
        """Ends those that a test has left behind, as one does that fails, or that Ctrl-C ends."""
        for running in list(cls.unfinished):
            running.kill()

    def wait(self):
        """Its exit status, once it has ended; then `log` is what it has written to standard error."""
        try:
            self._process.communicate(timeout=30)
        except BaseException:
            self._process.kill()
            raise
        self.unfinished.discard(self)
        if not self._log.closed:
            with self._log:
                self._log.seek(0)
                self.log = self._log.read().decode()
        return self._process.returncode

    def __enter__(self):
        return self

    def __exit__(self, failure, *_details):
        if failure:
            # What it says of its end would hide the failure.
            self.kill()
        elif self in self.unfinished:
            self.stop()

    def terminate(self):
        """Tells it to end, and does not wait for that. Told again, it ends at once."""
        self._is_ending = True
        self._process.terminate()

    def stop(self):
        """Ends it, and checks that it ended well and told nobody a secret."""
        if not self._is_ending:
            self.terminate()
        assert self.wait() == 0, self.log[-2000:]
        told = [secret for secret in self.secrets for form in forms(secret) if form in self.log]
        assert not told, f"it wrote to standard error: {told}"


def forms(secret):
    """A secret as it might stand in a log: as it is, form-encoded, and the end of a longer one."""
    yield secret
    yield quote(secret, safe="")
    if len(secret) > 64:
        yield secret[-32:]


class Service(Running):
    """A `broker serve`, and what its clients send to it."""

    def __init__(self, *arguments, environment=None):
        super().__init__("serve", "--format", "json", *arguments, environment=environment)
        self.report = json.loads(self.first_line or "null")

    @property
    def issuer(self):
        return self.report["issuer"]

    def url(self, path):
        return self.issuer + path

    def watch(self, response, *_arguments, **_options):
        """Remembers the tokens in an answer, which the log must not hold."""
        with contextlib.suppress(ValueError, AttributeError):
            members = response.json()
            self.secrets |= {members[name] for name in ("access_token", "refresh_token", "id_token") if name in members}

    def watched(self, session):
        session.hooks["response"].append(self.watch)
        return session

    def plain(self):
        return self.watched(requests.Session())

    def authlib(self, app=APP, method="client_secret_basic"):
        if app.secret is None:
            method = "none"
        else:
            self.secrets.add(app.secret)
        return self.watched(OAuth2Session(app.id, app.secret, token_endpoint_auth_method=method))

    def ticket(self):
        """A ticket, as the mini program returns it to the app."""
        example = self.report["example"]
        answer = requests.get(example["authorize_url"], verify=example["ca_file"])
        answer.raise_for_status()
        [ticket] = parse_qs(answer.text.strip())["ticket"]
        return ticket

    def exchange(self, app=APP, session=None, ticket=None, **parameters):
        """Tokens for a ticket, by Authlib."""
        ticket = ticket or self.ticket()
        self.secrets.add(ticket)
        exchange = {"grant_type": EXCHANGE, "subject_token": ticket, "subject_token_type": TICKET, "provider": "wxapp"}
        parameters = exchange | {"scope": "openid profile"} | parameters
        return (session or self.authlib(app)).fetch_token(self.url("/oauth2/token"), **parameters)


def on_a_free_port(start):
    """What `start` makes of a port that was free, and of another where somebody took it meanwhile."""
    for _ in range(5):
        running = start(free_port())
        if running.first_line:
            return running
        running.wait()
        assert "Another program listens" in running.log, running.log
    raise AssertionError("Others take every port.")


@pytest.fixture(scope="session")
def broker(tmp_path_factory):
    """A service against a sandbox."""
    path = tmp_path_factory.mktemp("broker") / "broker.yaml"

    def start(port):
        path.write_text(SANDBOXED + service(port))
        return Service("--sandbox", "--config", path)

    with on_a_free_port(start) as running:
        running.secrets |= set(running.report["example"]["tickets"])
        yield running
    assert running.log, "it logged nothing, so that nothing was checked of what it logs"


@pytest.fixture(autouse=True, scope="session")
def no_process_outlives_the_tests():
    yield
    Running.kill_unfinished()


@pytest.fixture(autouse=True)
def no_process_outlives_its_test():
    """Ends what the test has started itself. What fixtures of a wider scope have started goes on."""
    before = set(Running.unfinished)
    yield
    for running in Running.unfinished - before:
        running.kill()
