"""A service whose wall clock jumps, by libfaketime: the monotonic clock goes on as it was."""

import ctypes
import glob
import json
import os
import pathlib
import time

import jwt
import pytest
import requests
from conftest import APP, Running, Service, on_a_free_port, section, service

LIBRARIES = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
HOUR, YEAR = 3600, 365 * 24 * 3600

pytestmark = pytest.mark.skipif(not LIBRARIES, reason="libfaketime is not installed")


class Clock:
    """The wall clock of the services that are started with it."""

    def __init__(self, path):
        self._path = path
        self.set(0)
        # Without these libfaketime makes them, and moves the environment, behind which Swift looks for the arguments.
        self._semaphore, self._memory = (f"/faketime_{kind}_{os.getpid()}" for kind in ("sem", "shm"))
        ctypes.CDLL(None).sem_open(self._semaphore.encode(), os.O_CREAT, 0o600, 1)
        pathlib.Path("/dev/shm" + self._memory).write_bytes(bytes(4096))
        self.environment = os.environ | {
            "LD_PRELOAD": LIBRARIES[0] if LIBRARIES else "",
            "FAKETIME_TIMESTAMP_FILE": str(path),
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_SHARED": f"{self._semaphore} {self._memory}",
        }

    def remove(self):
        ctypes.CDLL(None).sem_unlink(self._semaphore.encode())
        pathlib.Path("/dev/shm" + self._memory).unlink()

    def set(self, ahead):
        """Sets it so many seconds ahead of the true time."""
        # In one step: a service may read it at any moment.
        written = self._path.with_suffix(".new")
        written.write_text(f"{ahead:+d}\n")
        written.rename(self._path)


@pytest.fixture
def clock(tmp_path):
    clock = Clock(tmp_path / "clock")
    yield clock
    clock.remove()


@pytest.fixture
def upstream(tmp_path):
    """A sandbox, whose clock is right, and the tickets that it mints."""
    with Running("sandbox", "--format", "json", "--directory", tmp_path) as sandbox:
        yield json.loads(sandbox.first_line)


@pytest.fixture
def start(clock, upstream, tmp_path):
    """Starts a service on a store that outlives it."""
    providers = (tmp_path / "broker.yaml").read_text()
    store = section("stores", {"kind": "sqlite", "path": str(tmp_path / "broker.sqlite")})
    configuration = tmp_path / "serve.yaml"

    def start_one():
        def listen(port):
            text = service(port).replace('"listen"', '"issuer": "https://login.example.com", "listen"')
            configuration.write_text(providers + store + text)
            running = Service("--config", configuration, environment=clock.environment)
            running.base = f"http://127.0.0.1:{port}"
            return running

        return on_a_free_port(listen)

    return start_one


def post(broker, path, **form):
    return requests.post(broker.base + path, data=form, auth=(APP.id, APP.secret), timeout=30)


def exchange(broker, ticket):
    return post(
        broker,
        "/oauth2/token",
        grant_type="urn:ietf:params:oauth:grant-type:token-exchange",
        subject_token=ticket,
        subject_token_type="urn:identity-broker:token-type:ticket",
        provider="wxapp",
        scope="openid profile",
    )


def is_active(broker, token):
    return post(broker, "/oauth2/introspect", token=token).json()["active"]


def refresh(broker, token):
    return post(broker, "/oauth2/token", grant_type="refresh_token", refresh_token=token)


def key_ids(broker):
    return {key["kid"] for key in requests.get(broker.base + "/oauth2/jwks", timeout=30).json()["keys"]}


def wait_until(condition):
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


# The way back from a clock ahead is a jump back by as much. A clock behind is tried by seconds only: libfaketime delays the
# timers of the monotonic clock by as much, too.
@pytest.mark.parametrize("jump", [5, 90, HOUR, 3 * YEAR, -5])
def test_a_service_survives_a_jump_and_the_way_back(start, clock, upstream, jump):
    tickets = iter(upstream["tickets"])
    spent = next(tickets)
    with start() as broker:
        issued = exchange(broker, spent).json()
        keys = key_ids(broker)
        for ahead in (jump, 0):
            clock.set(ahead)
            # It looks every second, and does what is due by its clock.
            time.sleep(2.5 if jump > 0 else 10)
            assert requests.get(broker.base + "/health/ready", timeout=30).status_code == 200
            assert key_ids(broker) >= keys, "a key whose tokens live is published"
            assert exchange(broker, spent).json()["kind"] == "credential_already_used"
            # Far from its time the certificate of the upstream is not good, whoever checks it.
            if ahead <= HOUR:
                fresh = exchange(broker, next(tickets)).json()
                assert is_active(broker, fresh["access_token"])
                issued = refresh(broker, issued["refresh_token"]).json()
                assert is_active(broker, issued["access_token"])
        assert is_active(broker, issued["access_token"])
        assert refresh(broker, issued["refresh_token"]).status_code == 200
    lines = [line for line in broker.log.splitlines() if "the clock was set" in line]
    assert len(lines) == 2, lines
    assert [("forward" in line) for line in lines] == [jump > 0, jump < 0]


@pytest.mark.parametrize("ahead", [HOUR, 3 * YEAR])
def test_a_first_key_that_was_made_while_the_clock_was_ahead_signs(start, clock, upstream, ahead):
    clock.set(ahead)
    with start() as broker:
        keys = key_ids(broker)
    clock.set(0)
    with start() as broker:
        answer = exchange(broker, upstream["tickets"][0])
        assert answer.status_code == 200, answer.text
        assert jwt.get_unverified_header(answer.json()["access_token"])["kid"] in keys
