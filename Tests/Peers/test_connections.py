"""What a connection may send, and how the service reads and answers it: raw sockets, curl, and Python's own client."""

import http.client
import json
import re
import socket
import subprocess
import time
from urllib.parse import urlsplit

import pytest
from apps import APP
from configuration import SANDBOXED, service
from running import on_a_free_port
from serving import Service

HOST = b"Host: localhost\r\n"
LIVE = b"GET /health/live HTTP/1.1\r\n" + HOST + b"\r\n"


@pytest.fixture
def own_broker(tmp_path):
    """A service that a test may stop."""
    path = tmp_path / "broker.yaml"

    def start(port):
        path.write_text(SANDBOXED + service(port, [APP]))
        return Service("--sandbox", "--config", path)

    with on_a_free_port(start) as running:
        running.secrets |= set(running.report["example"]["tickets"])
        yield running


def connect(broker):
    return socket.create_connection(("127.0.0.1", urlsplit(broker.issuer).port), timeout=15)


def exchange(broker, sent):
    """What the service sends until it closes the connection."""
    with connect(broker) as peer:
        peer.sendall(sent)
        return read_to_end(peer)


def read_to_end(peer):
    received = b""
    while data := peer.recv(65536):
        received += data
    return received


def statuses(received):
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3}) ", received)]


def last(path=b"/health/live", fields=b""):
    """A request that closes the connection."""
    return b"GET " + path + b" HTTP/1.1\r\n" + HOST + fields + b"Connection: close\r\n\r\n"


def memory(process):
    """The resident memory in MiB."""
    with open(f"/proc/{process.pid}/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def test_an_upgrade_offer_is_ignored_and_the_connection_goes_on(broker):
    start = time.monotonic()
    url = broker.url("/oauth2/jwks")
    options = ["-s", "--http2", "--max-time", "10", "-o", "/dev/null", "-w", "%{http_code} %{num_connects}\n"]
    done = subprocess.run(["curl", *options, url, "--next", *options, url], capture_output=True, text=True, check=True)
    assert done.stdout == "200 1\n200 0\n"
    assert time.monotonic() - start < 5
    offer = b"GET /health/live HTTP/1.1\r\n" + HOST + b"Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
    assert statuses(exchange(broker, offer + offer + last())) == [200, 200, 200]


@pytest.mark.parametrize("path", ["/nothing", "/oauth2/userinfo", "/oauth2/token", "/health/live", "/openapi.json"])
def test_an_answer_to_head_has_no_body_and_the_next_one_is_read(broker, path):
    client = http.client.HTTPConnection("127.0.0.1", urlsplit(broker.issuer).port, timeout=10)
    for _ in range(2):
        client.request("HEAD", path)
        answer = client.getresponse()
        assert answer.read() == b""
        assert int(answer.headers["Content-Length"]) > 0
    client.request("GET", "/health/live")
    assert json.load(client.getresponse()) == {"status": "live"}
    raw = exchange(broker, b"HEAD " + path.encode() + b" HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n")
    assert raw.endswith(b"\r\n\r\n")


def test_continue_is_sent_to_who_waits_for_it(broker):
    body = b"grant_type=x"
    head = b"POST /oauth2/token HTTP/1.1\r\n" + HOST + b"Content-Type: application/x-www-form-urlencoded\r\n"
    with connect(broker) as peer:
        peer.sendall(head + b"Content-Length: %d\r\nExpect: 100-continue\r\n\r\n" % len(body))
        assert peer.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
        peer.sendall(body + last())
        received = read_to_end(peer)
    assert statuses(received)[-1] == 200 and statuses(received)[0] in (400, 401)
    assert statuses(exchange(broker, head + b"Content-Length: 70000\r\nExpect: 100-continue\r\n\r\n")) == [413]
    assert statuses(exchange(broker, head + b"Content-Length: 5\r\nExpect: something\r\n\r\n")) == [417]


@pytest.mark.parametrize(
    "sent, status",
    [
        (b"GET /health/live HTTP/1.1\r\n\r\n", 400),
        (b"GET /health/live HTTP/1.1\r\nHost:\r\n\r\n", 400),
        (b"GET /health/live HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400),
        (b"GET /health/live HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
        (b"POST /oauth2/token HTTP/1.1\r\n" + HOST + b"Transfer-Encoding:\r\n\r\n", 400),
        (b"POST /oauth2/token HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", 400),
        (b"POST /oauth2/token HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: gzip, chunked\r\n\r\n", 501),
        (b"POST /oauth2/token HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: identity, chunked\r\n\r\n", 501),
        (b"POST /oauth2/token HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * 40_000 + b"\r\n\r\n", 431),
        (b"nonsense\r\n\r\n", 400),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
    ],
)
def test_what_could_be_read_in_two_ways_is_refused_and_nothing_after_it_is_read(broker, sent, status):
    start = time.monotonic()
    received = exchange(broker, sent + LIVE + LIVE)
    assert statuses(received) == [status], received
    assert re.search(rb"\r\nX-Request-ID: [-0-9a-f]{36}\r\n", received)
    assert time.monotonic() - start < 10


def test_what_is_refused_is_counted(broker):
    assert statuses(exchange(broker, b"GET / HTTP/1.1\r\nX: " + b"x" * 40_000 + b"\r\n\r\n")) == [431]
    received = exchange(broker, last(b"/metrics")).decode()
    assert re.search(r'broker_http_requests_total\{method="other",route="none",status="431"\} [1-9]', received)


def test_http_1_0_ends_after_its_answer_unless_it_is_to_be_kept(broker):
    start = time.monotonic()
    assert statuses(exchange(broker, b"GET /health/live HTTP/1.0\r\n\r\n")) == [200]
    kept = b"GET /health/live HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"
    received = exchange(broker, kept + b"GET /health/live HTTP/1.0\r\n\r\n")
    assert statuses(received) == [200, 200] and b"Connection: keep-alive" in received
    assert time.monotonic() - start < 10


@pytest.mark.parametrize("path", [b"//health/live", b"/health/live/", b"/health//live", b"/metrics/", b"//metrics"])
def test_a_path_has_one_spelling(broker, path):
    assert statuses(exchange(broker, last(path))) == [404]


def test_an_absolute_target_is_taken(broker):
    assert statuses(exchange(broker, last(b"http://localhost/health/live"))) == [200]


def test_requests_in_a_row_are_answered_in_order_and_a_half_closed_client_gets_all_answers(broker):
    with connect(broker) as peer:
        peer.sendall(b"".join([LIVE, b"GET /nothing HTTP/1.1\r\n" + HOST + b"\r\n"] * 4))
        peer.shutdown(socket.SHUT_WR)
        assert statuses(read_to_end(peer)) == [200, 404] * 4


def test_a_client_that_never_waits_for_its_answers_gets_nine(broker):
    with connect(broker) as peer:
        peer.sendall(LIVE * 100)
        received = read_to_end(peer)
    assert statuses(received) == [200] * 9
    assert received.count(b"Connection: close") == 1


def test_the_next_request_waits_until_the_client_reads(own_broker):
    """50,000 requests on each of 20 connections that read nothing use little memory, delay no one, and end soon."""
    request = b"GET /openapi.json HTTP/1.1\r\n" + HOST + b"\r\n"
    before = memory(own_broker)
    peers = [connect(own_broker) for _ in range(20)]
    for peer in peers:
        peer.setblocking(False)
    pending = {peer: memoryview(request * 50_000) for peer in peers}
    end = time.monotonic() + 5
    while time.monotonic() < end:
        for peer in peers:
            try:
                pending[peer] = pending[peer][peer.send(pending[peer][:65536]) :]
            except BlockingIOError:
                time.sleep(0.001)
        assert memory(own_broker) < before + 60
    assert statuses(exchange(own_broker, last())) == [200]
    start = time.monotonic()
    own_broker.terminate()
    while own_broker.is_running:
        assert time.monotonic() - start < 15
        time.sleep(0.05)
    for peer in peers:
        peer.close()
