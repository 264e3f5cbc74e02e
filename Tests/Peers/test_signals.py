"""Signals: the first ends a command in order, a second ends it at once, and a closing terminal ends a sandbox."""

import contextlib
import os
import pty
import signal
import socket
import sqlite3
import time

import pytest
from configuration import POOL, section, service
from running import Running, free_port, on_a_free_port
from serving import Service

PROVIDERS = section(
    "providers", {"wxapp": {"type": "wxapp", "settings": {"userPoolId": POOL, "secret": {"literal": "s" * 32}}}}
)


@contextlib.contextmanager
def locked(path):
    """A lock on an SQLite database, which another program holds."""
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        holder.close()


@pytest.fixture
def silence():
    """A server that accepts connections and sends nothing: its port, and a function that waits for the first client."""
    with socket.create_server(("127.0.0.1", 0)) as listener, contextlib.ExitStack() as accepted:
        listener.settimeout(60)
        yield listener.getsockname()[1], lambda: accepted.enter_context(listener.accept()[0])


class Login(Running):
    """A `broker login`, which prints nothing until it is done, and whose open files its user may see."""

    def __init__(self, configuration):
        arguments = ["login", "wxapp", "--ticket", "t" * 32, "--config", configuration]
        super().__init__(*arguments, environment=os.environ | {"SWIFT_BACKTRACE": "enable=no"}, reads_line=False)


def handles(process, *signals):
    """Whether a process has handlers for these signals (proc(5), `SigCgt`)."""
    [mask] = [line.split()[1] for line in open(f"/proc/{process}/status") if line.startswith("SigCgt:")]
    return all(int(mask, 16) & 1 << number - 1 for number in signals)


def wait_until(condition):
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def has_open(process, path):
    """Whether a process has opened a file."""
    with contextlib.suppress(OSError):
        return any(os.readlink(entry.path) == str(path) for entry in os.scandir(f"/proc/{process}/fd"))


def is_pending(process, number):
    """Whether a signal is still pending for a process (proc(5), `ShdPnd`)."""
    [mask] = [line.split()[1] for line in open(f"/proc/{process}/status") if line.startswith("ShdPnd:")]
    return bool(int(mask, 16) & 1 << number - 1)


def end_twice(running, first, second):
    """The exit status after two signals, and how long it took to end after the second.

    Of two different signals the process may see either as the second, where they come close together.
    """
    os.kill(running.pid, first)
    wait_until(lambda: not is_pending(running.pid, first))
    assert running.is_running, "it waits for its store"
    began = time.monotonic()
    # Two signals in quick succession may count as one.
    while running.is_running and time.monotonic() < began + 60:
        os.kill(running.pid, second)
        time.sleep(0.2)
    return running.wait(), time.monotonic() - began


SIGNALS = [(signal.SIGINT, signal.SIGINT), (signal.SIGTERM, signal.SIGTERM), (signal.SIGTERM, signal.SIGINT)]


@pytest.mark.parametrize("first, second", SIGNALS)
def test_a_second_signal_ends_a_login_that_waits_for_a_locked_database(tmp_path, first, second):
    path = tmp_path / "broker.sqlite"
    configuration = tmp_path / "broker.yaml"
    configuration.write_text("version: 1\n" + PROVIDERS + section("stores", {"kind": "sqlite", "path": str(path)}))
    with locked(path), Login(configuration) as login:
        wait_until(lambda: has_open(login.pid, path))
        status, duration = end_twice(login, first, second)
    assert status in (128 + first, 128 + second)
    assert duration < 5


@pytest.mark.parametrize("first, second", SIGNALS)
def test_a_second_signal_ends_a_login_that_waits_for_a_silent_server(tmp_path, silence, first, second):
    port, accept = silence
    configuration = tmp_path / "broker.yaml"
    url = f"postgresql://broker@127.0.0.1:{port}/broker?sslmode=disable"
    configuration.write_text(
        "version: 1\n" + PROVIDERS + section("stores", {"kind": "postgres", "url": {"literal": url}})
    )
    with Login(configuration) as login:
        accept()
        status, duration = end_twice(login, first, second)
    assert status in (128 + first, 128 + second)
    assert duration < 5


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_second_signal_ends_a_service_that_drains_while_its_database_is_locked(tmp_path, number):
    path = tmp_path / "broker.sqlite"

    def start(port):
        configuration = tmp_path / "broker.yaml"
        text = service(port).replace('"drainDelay": "0s"', '"drainDelay": "600s"')
        store = section("stores", {"kind": "sqlite", "path": str(path)})
        configuration.write_text("version: 1\n" + PROVIDERS + store + text)
        return Service("--config", configuration)

    with on_a_free_port(start) as running, locked(path):
        status, duration = end_twice(running, number, number)
    assert status == 128 + number
    assert duration < 5


def test_a_service_that_waits_for_a_silent_server_at_its_start_ends_at_a_second_signal(tmp_path, silence):
    port, accept = silence
    configuration = tmp_path / "broker.yaml"
    url = f"postgresql://broker@127.0.0.1:{port}/broker?sslmode=disable"
    store = section("stores", {"kind": "postgres", "url": {"literal": url}})
    configuration.write_text("version: 1\n" + PROVIDERS + store + service(free_port()))
    with Running("serve", "--config", configuration, reads_line=False) as running:
        accept()
        status, duration = end_twice(running, signal.SIGTERM, signal.SIGTERM)
    assert status == 128 + signal.SIGTERM
    assert duration < 5


SANDBOXES = {"serve": ["serve", "--sandbox", "--format", "json"], "sandbox": ["sandbox", "--format", "json"]}


@pytest.mark.parametrize("arguments", SANDBOXES.values(), ids=SANDBOXES)
def test_a_sandbox_ends_in_order_when_its_terminal_closes(tmp_path, arguments):
    configuration = tmp_path / "broker.yaml"
    files = tmp_path / "files"
    files.mkdir()

    def start(port):
        configuration.write_text("version: 1\n" + PROVIDERS + service(port))
        config = ["--config", configuration] if "--sandbox" in arguments else []
        return Running(*arguments, *config, environment=os.environ | {"TMPDIR": str(files)}, terminal=os.ttyname(terminal))

    controller, terminal = pty.openpty()
    with on_a_free_port(start) as running:
        assert list(files.iterdir()), "it keeps files while it runs"
        os.close(terminal)
        os.close(controller)
        # A shell sends another one to its jobs.
        with contextlib.suppress(ProcessLookupError):
            os.kill(running.pid, signal.SIGHUP)
        assert running.wait() == 0, running.log
    assert list(files.iterdir()) == []


@pytest.mark.parametrize("arguments", SANDBOXES.values(), ids=SANDBOXES)
def test_a_hangup_that_is_ignored_stays_ignored(tmp_path, arguments):
    configuration = tmp_path / "broker.yaml"

    def start(port):
        configuration.write_text("version: 1\n" + PROVIDERS + service(port))
        config = ["--config", configuration] if "--sandbox" in arguments else []
        return Running(*arguments, *config, ignored=[signal.SIGHUP])

    with on_a_free_port(start) as running:
        assert not handles(running.pid, signal.SIGHUP)
        os.kill(running.pid, signal.SIGHUP)
        os.kill(running.pid, signal.SIGHUP)
        time.sleep(1)
        assert running.is_running
