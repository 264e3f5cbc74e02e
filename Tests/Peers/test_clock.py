"""Processes whose wall clock jumps or is wrong, by libfaketime; the monotonic clock is not affected."""

import json
import sqlite3
import subprocess
import time

import jwt
import pytest
import requests
from apps import APP
from configuration import section, service
from running import BINARY, ROOT, Running, on_a_free_port
from serving import Service
from wall_clock import LIBRARIES, Clock

HOUR, YEAR = 3600, 365 * 24 * 3600

pytestmark = pytest.mark.skipif(not LIBRARIES, reason="libfaketime is not installed")


@pytest.fixture
def clock(tmp_path):
    clock = Clock(tmp_path / "clock")
    yield clock
    clock.remove()


@pytest.fixture
def upstream(tmp_path):
    """A sandbox with a correct clock, and the tickets that it mints."""
    with Running("sandbox", "--format", "json", "--directory", tmp_path) as sandbox:
        yield json.loads(sandbox.first_line)


def stored(directory, sandbox="."):
    """A configuration with a sandbox's providers, and a store that outlives a process."""
    store = section("stores", {"kind": "sqlite", "path": str(directory / "broker.sqlite")})
    return (directory / sandbox / "broker.yaml").read_text() + store


@pytest.fixture
def run(clock, upstream, tmp_path):
    """Runs a command with the same store until it ends."""

    def run_one(*arguments, sandbox="."):
        # Next to the sandbox's files, to which it refers.
        configuration = tmp_path / sandbox / "run.yaml"
        configuration.write_text(stored(tmp_path, sandbox))
        command = [BINARY, *arguments, "--config", configuration, "--format", "json"]
        return subprocess.run(
            command, capture_output=True, cwd=ROOT, env=clock.environment, text=True, timeout=120, check=False
        )

    return run_one


@pytest.fixture
def count(tmp_path):
    """Counts the entries in the store."""

    def count_now():
        with sqlite3.connect(tmp_path / "broker.sqlite") as database:
            tables = ("reservation", "audit_event", "account", "stored_record")
            return {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}

    return count_now


@pytest.fixture
def start(clock, upstream, tmp_path):
    """Starts a service on a store that outlives it."""
    configuration = tmp_path / "serve.yaml"

    def start_one():
        def listen(port):
            text = service(port).replace('"listen"', '"issuer": "https://login.example.com", "listen"')
            configuration.write_text(stored(tmp_path) + text)
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


# When a clock ahead is corrected, it jumps back by as much. Clocks behind are only tested by seconds: libfaketime also
# delays the timers of the monotonic clock by as much.
@pytest.mark.parametrize("jump", [5, 90, HOUR, 3 * YEAR, -5])
def test_a_service_survives_a_jump_and_the_way_back(start, clock, upstream, jump):
    tickets = iter(upstream["tickets"])
    spent = next(tickets)
    with start() as broker:
        issued = exchange(broker, spent).json()
        keys = key_ids(broker)
        for ahead in (jump, 0):
            clock.set(ahead)
            # It checks every second, and does what is due by its clock.
            time.sleep(2.5 if jump > 0 else 10)
            assert requests.get(broker.base + "/health/ready", timeout=30).status_code == 200
            assert key_ids(broker) >= keys, "a key whose tokens live is published"
            assert exchange(broker, spent).json()["kind"] == "credential_already_used"
            # Far from the true time, the upstream's certificate is not valid.
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


def is_refused_as_used(answer):
    return answer["kind"] == "credential_already_used"


def test_a_process_that_starts_years_ahead_makes_the_store_forget_nothing(start, run, count, clock, upstream):
    spent = upstream["tickets"][0]
    with start() as broker:
        issued = exchange(broker, spent).json()
        keys = key_ids(broker)
    known = count()
    clock.set(3 * YEAR)
    for _ in range(2):
        prepared = run("store", "prepare")
        assert prepared.returncode == 0, prepared.stderr
        assert count() == known, "it removes nothing"
        assert "days behind this machine's clock" in prepared.stderr
    assert is_refused_as_used(json.loads(run("login", "wxapp", "--ticket", spent).stderr)["error"])
    with start() as broker:
        assert is_refused_as_used(exchange(broker, spent).json())
        assert key_ids(broker) >= keys
    assert broker.log.count("the store's time is days behind") == 1
    clock.set(0)
    prepared = run("store", "prepare")
    assert (prepared.returncode, prepared.stderr) == (0, "")
    assert is_refused_as_used(json.loads(run("login", "wxapp", "--ticket", spent).stderr)["error"])
    with start() as broker:
        assert is_refused_as_used(exchange(broker, spent).json())
        assert is_active(broker, issued["access_token"])
        assert refresh(broker, issued["refresh_token"]).status_code == 200
        assert exchange(broker, upstream["tickets"][1]).status_code == 200
    assert count()["stored_record"] == known["stored_record"] + 1


def test_a_login_whose_clock_is_years_behind_is_remembered_like_others(start, run, count, clock, upstream, tmp_path):
    with start() as broker:
        issued = exchange(broker, upstream["tickets"][0]).json()
    assert run("store", "prepare").returncode == 0
    clock.set(-3 * YEAR)
    # An upstream whose clock is behind as well, since nothing is sent to one whose certificate is not valid yet.
    directory = tmp_path / "behind"
    sandbox = Running("sandbox", "--format", "json", "--directory", directory, environment=clock.environment)
    with sandbox:
        spent = json.loads(sandbox.first_line)["tickets"][0]
        login = run("login", "wxapp", "--ticket", spent, sandbox="behind")
        assert login.returncode == 0, login.stderr
        for ahead in (0, 3 * YEAR, -3 * YEAR, 0):
            clock.set(ahead)
            known = count()
            assert run("store", "prepare").returncode == 0
            assert count() == known, "it removes nothing"
            again = run("login", "wxapp", "--ticket", spent, sandbox="behind")
            assert is_refused_as_used(json.loads(again.stderr)["error"])
    with start() as broker:
        assert refresh(broker, issued["refresh_token"]).status_code == 200
