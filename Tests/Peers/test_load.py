"""Waiting requests affect no others: slow senders, hanging upstreams, clients that went away."""

import contextlib
import http.client
import json
import socket
import threading
import time

import pytest
from apps import APP, EXCHANGE, TICKET
from configuration import POOL, section, service
from running import on_a_free_port
from serving import Service

SLOW_HEAD = (
    "POST /oauth2/token HTTP/1.1\r\nHost: localhost\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 600\r\n\r\n"
)


class HangingUpstream:
    """An upstream that accepts connections and requests, and never answers."""

    def __init__(self):
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.port = self._listener.getsockname()[1]
        self.requests = 0
        self._connections = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self._connections.append(connection)
                threading.Thread(target=self._read, args=[connection], daemon=True).start()

    def _read(self, connection):
        with contextlib.suppress(OSError):
            while data := connection.recv(65536):
                self.requests += data.count(b"POST /oauth/app2wxapp/auth/")

    def close(self):
        self._listener.close()
        for connection in self._connections:
            connection.close()


@pytest.fixture
def upstream():
    hanging = HangingUpstream()
    yield hanging
    hanging.close()


@pytest.fixture
def broker(tmp_path, upstream):
    """A service with a provider that hangs, and another that refuses connections."""

    def instance(port, **limits):
        return {
            "type": "wxapp",
            "settings": {
                "userPoolId": POOL,
                "secret": {"literal": "s" * 32},
                "baseURL": f"http://127.0.0.1:{port}",
            },
            "network": {"allowAddresses": ["127.0.0.0/8"], "allowInsecureHTTP": True},
            "limits": {"timeout": "30s", "breaker": {"failures": 0}} | limits,
        }

    def start(port):
        path = tmp_path / "broker.yaml"
        providers = {"hangs": instance(upstream.port, concurrency=100, queue=200), "refuses": instance(1)}
        stores = section("stores", {"kind": "memory"})
        text = service(port).replace('"drainDelay": "0s"', '"drainDelay": "0s", "drain": "0s"')
        path.write_text("version: 1\n" + section("providers", providers) + stores + text)
        running = Service("--config", path)
        running.port = port
        return running

    with on_a_free_port(start) as running:
        yield running


def connect(broker):
    return socket.create_connection(("127.0.0.1", broker.port), timeout=10)


def form(broker, **parameters):
    """The bytes of a request at the token endpoint."""
    from base64 import b64encode
    from urllib.parse import quote, urlencode

    credentials = b64encode(f"{quote(APP.id, safe='')}:{quote(APP.secret, safe='')}".encode()).decode()
    path = parameters.pop("path", "/oauth2/token")
    body = urlencode(parameters)
    return (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic {credentials}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def exchange(broker, provider, ticket):
    return form(
        broker, grant_type=EXCHANGE, subject_token_type=TICKET, subject_token=ticket, provider=provider, scope="openid"
    )


def ask(broker, request):
    """The status, the body and the time of an answer."""
    began = time.monotonic()
    with connect(broker) as connection:
        connection.sendall(request)
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        return answer.status, answer.read(), time.monotonic() - began


def others(broker):
    """Sends requests that do not involve the hanging provider."""
    jwks = ask(broker, b"GET /oauth2/jwks HTTP/1.1\r\nHost: localhost\r\n\r\n")
    user = ask(broker, b"GET /oauth2/userinfo HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\n\r\n")
    introspection = ask(broker, form(broker, path="/oauth2/introspect", token="x"))
    login = ask(broker, exchange(broker, "refuses", f"ticket-{time.monotonic_ns()}"))
    return {"jwks": jwks, "userinfo": user, "introspection": introspection, "login": login}


def assert_all_work(broker):
    answers = others(broker)
    expected = {"jwks": 200, "userinfo": 401, "introspection": 200, "login": 503}
    assert {name: answer[0] for name, answer in answers.items()} == expected, answers
    assert json.loads(answers["login"][1])["kind"] == "upstream_unavailable", answers["login"]


def wait_until(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.05)


def waiting(broker, state):
    """The number of logins at the hanging provider in a state, from the metrics."""
    _, body, _ = ask(broker, b"GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n")
    for line in body.decode().splitlines():
        if line.startswith(f"broker_logins_{state}") and 'provider="hangs"' in line:
            return float(line.split()[-1])
    return 0


def test_bodies_that_do_not_come_cost_nobody_anything(broker):
    slow = [connect(broker) for _ in range(140)]
    for connection in slow:
        connection.sendall(SLOW_HEAD.encode() + b"g")
    for _ in range(5):
        assert_all_work(broker)
    for connection in slow:
        connection.close()


def test_a_hanging_upstream_costs_nobody_else_anything(broker, upstream):
    clients = []
    for number in range(150):
        clients.append(connect(broker))
        clients[-1].sendall(exchange(broker, "hangs", f"hang-{number}"))
    wait_until(lambda: upstream.requests == 100)
    for _ in range(5):
        assert_all_work(broker)
    # The provider's limits apply: 100 logins have a place, and 200 wait. All come from one address, which may have 256
    # connections without those whose logins wait.
    for number in range(150):
        clients.append(connect(broker))
        clients[-1].sendall(exchange(broker, "hangs", f"more-{number}"))
    wait_until(lambda: waiting(broker, "waiting") == 200)
    assert_all_work(broker)
    status, body, _ = ask(broker, exchange(broker, "hangs", "one-too-many"))
    assert (status, json.loads(body)["kind"]) == (503, "unavailable")
    # Waiting logins end with their clients, and the others continue.
    for client in clients:
        client.close()
    wait_until(lambda: waiting(broker, "waiting") == 0)
    assert upstream.requests == 100
    assert_all_work(broker)
