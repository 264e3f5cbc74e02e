"""How many connections the service holds, and whose: with silent ones, and with too few descriptors."""

import contextlib
import json
import re
import socket
import time
from urllib.parse import urlsplit

import pytest
import requests
from apps import APP
from configuration import ENCRYPTION_KEY, SANDBOXED, section
from running import free_port, on_a_free_port
from serving import Service


def configuration(port, **server):
    server = {"listen": f"127.0.0.1:{port}", "keyEncryptionKey": {"literal": ENCRYPTION_KEY}} | server
    return SANDBOXED + section("server", server) + section("clients", {APP.id: APP.entry})


@contextlib.contextmanager
def running(tmp_path, soft="$(ulimit -Sn)", hard="$(ulimit -Hn)", **server):
    path = tmp_path / "broker.yaml"

    def start(port):
        path.write_text(configuration(port, **server))
        return Restricted(soft, hard, path)

    with on_a_free_port(start) as broker:
        broker.secrets |= set(broker.report["example"]["tickets"])
        yield broker


class Restricted(Service):
    """A service that may open this many files, and can raise its limit this far."""

    def __init__(self, soft, hard, path):
        self._limits = (soft, hard)
        super().__init__("--sandbox", "--config", path)

    def command(self, *arguments):
        soft, hard = self._limits
        shell = f'ulimit -Sn {soft} && ulimit -Hn {hard} && exec "$0" "$@"'
        return ["/bin/sh", "-c", shell, *super().command(*arguments)]


def silent(broker, count, source="127.0.0.1"):
    """This many connections on which nothing is sent."""
    port = urlsplit(broker.issuer).port
    return [socket.create_connection(("127.0.0.1", port), timeout=15, source_address=(source, 0)) for _ in range(count)]


def close(connections):
    for connection in connections:
        connection.close()


def is_open(connection):
    connection.setblocking(False)
    try:
        return connection.recv(1) != b""
    except BlockingIOError:
        return True
    except ConnectionError:
        return False


def metrics(url, session=requests):
    text = session.get(url, timeout=5).text
    return {name: float(value) for name, value in re.findall(r"^([a-z_]+(?:\{.*\})?) (\S+)$", text, re.MULTILINE)}


def processor_seconds(broker):
    return metrics(broker.url("/metrics"))["process_cpu_seconds_total"]


def is_live(broker):
    return requests.get(broker.url("/health/live"), timeout=5).status_code == 200


def test_silent_connections_of_one_address_make_room_for_its_own(tmp_path):
    with running(tmp_path, limits={"connectionsPerAddress": 8}) as broker:
        connections = silent(broker, 40)
        with requests.Session() as session:
            assert session.get(broker.url("/health/live"), timeout=5).status_code == 200
            # On the same connection.
            values = metrics(broker.url("/metrics"), session)
            assert values['broker_connections_replaced_total{limit="address",listener="service"}'] == 33
            assert values['broker_connections{listener="service",state="idle"}'] == 7
            # The service decides which of the simultaneous ones are the oldest, and closes them a moment later.
            patience = time.monotonic() + 15
            while (count := sum(map(is_open, connections))) != 7 and time.monotonic() < patience:
                time.sleep(0.01)
            assert count == 7
        close(connections)


@pytest.mark.parametrize("limit, count", [(256, 400), (1024, 1250)])
def test_silent_connections_leave_descriptors_to_others(tmp_path, limit, count):
    """They come from enough addresses to fill the service."""
    with running(tmp_path, limit, limit) as broker:
        per_address = 200
        connections = [
            connection
            for index in range(0, count, per_address)
            for connection in silent(broker, min(per_address, count - index), f"127.0.1.{1 + index // per_address}")
        ]
        began, spent = time.monotonic(), processor_seconds(broker)
        assert is_live(broker)
        values = metrics(broker.url("/metrics"))
        assert values["process_max_fds"] == limit
        assert values["process_open_fds"] < limit * 3 / 4
        assert values['broker_connections_replaced_total{limit="total",listener="service"}'] > count / 3
        assert values['broker_connections_refused_total{limit="total",listener="service"}'] == 0
        broker.exchange()
        assert processor_seconds(broker) - spent < max(1, (time.monotonic() - began) * 0.5)
        close(connections)
        assert is_live(broker)


def test_the_soft_limit_on_open_files_is_raised(tmp_path):
    with running(tmp_path, 256, 1024) as broker:
        assert metrics(broker.url("/metrics"))["process_max_fds"] == 1024


def test_too_few_open_files_are_refused_at_the_start(tmp_path):
    path = tmp_path / "broker.yaml"
    path.write_text(configuration(free_port()))
    broker = Restricted(100, 100, path)
    assert broker.first_line == ""
    assert broker.wait() == 78
    failure = json.loads(broker.log.splitlines()[-1])["error"]
    assert failure["kind"] == "misconfigured" and "may open 100 files" in failure["message"]


def test_operations_have_a_listener_of_their_own(tmp_path):
    port = free_port()
    with running(tmp_path, operations={"listen": f"127.0.0.1:{port}"}) as broker:
        operations = f"http://127.0.0.1:{broker.report['operations']['port']}"
        assert requests.get(operations + "/metrics", timeout=5).status_code == 200
        assert requests.get(operations + "/health/ready", timeout=5).status_code == 200
        assert requests.get(operations + "/oauth2/jwks", timeout=5).status_code == 404
        assert requests.get(broker.url("/metrics"), timeout=5).status_code == 404
        assert requests.get(broker.url("/health/ready"), timeout=5).status_code == 200
        held = [socket.create_connection(("127.0.0.1", port), timeout=15) for _ in range(20)]
        assert requests.get(operations + "/health/live", timeout=5).status_code == 200
        assert metrics(operations + "/metrics")['broker_connections_limit{listener="operations"}'] == 16
        close(held)
