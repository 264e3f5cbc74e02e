"""Requests that no peer sends: each is refused with an OAuth error, and others are still served."""

import select
import socket
from http.client import parse_headers

import pytest
from apps import APP, EXCHANGE, PUBLIC_APP

FORM = "application/x-www-form-urlencoded"
APPS_ENDPOINTS = pytest.mark.parametrize("path", ["/oauth2/token", "/oauth2/introspect", "/oauth2/revoke"])
LONG = b"a" * 70 * 1024
INVALID_REQUEST = (400, "invalid_request")


@pytest.fixture(autouse=True)
def others_are_served_on(broker):
    yield
    assert broker.plain().get(broker.url("/health/ready"), timeout=5).json()["status"] == "ready"


def post(broker, path, body, content_type=FORM, **options):
    answer = broker.plain().post(broker.url(path), data=body, headers={"Content-Type": content_type}, **options)
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json()["error_description"]
    return answer


def refusal(broker, path, body, **options):
    answer = post(broker, path, body, **options)
    return answer.status_code, answer.json()["error"]


class Connection(socket.socket):
    """A connection to the broker for arbitrary bytes."""

    def __init__(self, broker):
        super().__init__()
        self.settimeout(25)
        self.connect(("127.0.0.1", broker.report["port"]))

    def answers(self):
        """The status and the body of each answer, until the server closes."""
        with self.makefile("rb") as stream:
            while status_line := stream.readline():
                headers = parse_headers(stream)
                yield int(status_line.split()[1]), stream.read(int(headers["Content-Length"]))


def head(*fields, line="POST /oauth2/token", connection="close"):
    lines = [f"{line} HTTP/1.1", "Host: localhost", f"Content-Type: {FORM}", f"Connection: {connection}", *fields]
    return "\r\n".join([*lines, "", ""]).encode()


def said(broker, *parts, ends=False):
    """The statuses of the answers to these bytes."""
    with Connection(broker) as connection:
        connection.sendall(b"".join(parts))
        if ends:
            connection.shutdown(socket.SHUT_WR)
        return [status for status, _ in connection.answers()]


@APPS_ENDPOINTS
@pytest.mark.parametrize("name", ["grant_type", "client_id", "token", "anything"])
def test_a_parameter_that_stands_twice_is_refused(broker, path, name):
    assert refusal(broker, path, f"{name}=notes&{name}=notes") == INVALID_REQUEST


@APPS_ENDPOINTS
def test_a_client_that_authenticates_in_two_ways_is_refused(broker, path):
    body = {"client_id": APP.id, "client_secret": APP.secret, "token": "t"}
    assert refusal(broker, path, body, auth=(APP.id, APP.secret)) == INVALID_REQUEST


@APPS_ENDPOINTS
def test_a_client_that_has_two_names_is_refused(broker, path):
    assert refusal(broker, path, {"client_id": PUBLIC_APP.id}, auth=(APP.id, APP.secret)) == INVALID_REQUEST


@APPS_ENDPOINTS
@pytest.mark.parametrize(
    "authorization", ["Basic", "Basic !", "Basic bm90ZXM=", "Basic /w==", "Bearer t", "Digest x=y"]
)
def test_an_authorization_that_is_no_basic_one_is_challenged(broker, path, authorization):
    def authorize(request):
        request.headers["Authorization"] = authorization
        return request

    answer = post(broker, path, {"token": "t"}, auth=authorize)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")


def test_two_authorizations_are_refused(broker):
    basic = "Authorization: Basic bm90ZXM6bm90ZXM="
    assert said(broker, head(basic, basic, "Content-Length: 7"), b"token=t") == [400]


@APPS_ENDPOINTS
@pytest.mark.parametrize(
    "content_type", ["application/json", "multipart/form-data", "text/plain", f"{FORM}x", None]
)
def test_a_body_of_another_type_is_refused(broker, path, content_type):
    assert refusal(broker, path, b"token=t", content_type=content_type) == INVALID_REQUEST


@APPS_ENDPOINTS
@pytest.mark.parametrize("body", [b"token=\xff\xfe", b"token=%FF%FE", b"token=%", b"token=%zz", b"\x00\xc0=t"])
def test_a_body_that_is_not_utf8_or_no_form_is_refused(broker, path, body):
    assert refusal(broker, path, body) == INVALID_REQUEST


@APPS_ENDPOINTS
def test_parameters_in_the_query_are_refused(broker, path):
    answer = post(broker, f"{path}?client_id={PUBLIC_APP.id}", {"grant_type": EXCHANGE})
    assert (answer.status_code, answer.json()["error"]) == INVALID_REQUEST
    assert "query" in answer.json()["error_description"]


@APPS_ENDPOINTS
def test_a_body_of_70_kib_is_refused(broker, path):
    assert refusal(broker, path, LONG) == (413, "invalid_request")


def test_a_body_of_70_kib_is_refused_from_its_length_alone(broker):
    assert said(broker, head(f"Content-Length: {len(LONG)}")) == [413]


def test_a_body_of_70_kib_in_chunks_is_refused(broker):
    chunks = [b"%x\r\n%s\r\n" % (len(LONG) // 10, LONG[: len(LONG) // 10])] * 10
    assert said(broker, head("Transfer-Encoding: chunked"), *chunks, b"0\r\n\r\n") == [413]


def test_a_body_that_ends_early_is_refused(broker):
    assert said(broker, head("Content-Length: 100"), b"token=t", ends=True) == [400]


def test_chunked_garbage_is_refused(broker):
    assert said(broker, head("Transfer-Encoding: chunked"), b"no length\r\ntoken=t\r\n0\r\n\r\n") == [400]


@pytest.mark.parametrize(
    "fields",
    [
        ["Content-Length: 7", "Content-Length: 8"],
        ["Content-Length: 7", "Transfer-Encoding: chunked"],
        ["Content-Length: -7"],
        ["Content-Length: 7 7"],
        ["Transfer-Encoding: chunked, identity"],
    ],
    ids=", ".join,
)
def test_a_body_whose_length_is_ambiguous_is_refused_and_nothing_after_it_is_read(broker, fields):
    smuggled = head(line="GET /health/live")
    assert said(broker, head(*fields, connection="keep-alive"), b"token=t", smuggled) == [400]


@pytest.mark.parametrize(
    "fields",
    [[f"X-Field-{number}: x" for number in range(200)], ["X-Field: " + "x" * 20_000], ["X-Field: " + "x" * 1000] * 40],
    ids=["200 fields", "a field of 20 KB", "40 KB in all"],
)
def test_a_flood_of_headers_is_refused(broker, fields):
    assert said(broker, head(*fields, line="GET /providers")) == [431]


@pytest.mark.parametrize(
    "text", [b"\x16\x03\x01\x02\x00\x01\r\n\r\n", b"HELO\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"]
)
def test_what_is_no_request_is_refused(broker, text):
    assert said(broker, text) == [400]


def test_an_unknown_method_is_not_implemented(broker):
    assert said(broker, head(line="BREW /providers")) == [501]


def test_pipelined_requests_are_answered_in_their_order(broker):
    requests = [
        head(line="GET /health/live", connection="keep-alive"),
        head(line="GET /nowhere", connection="keep-alive"),
        head("Content-Length: 7", connection="keep-alive") + b"token=t",
        head(line="GET /oauth2/userinfo", connection="keep-alive"),
        head(line="GET /health/live"),
    ]
    assert said(broker, *requests) == [200, 404, 401, 401, 200]


def test_a_request_after_one_whose_body_was_not_read_is_answered(broker):
    refused = head("Content-Length: 7", line="POST /oauth2/token?x=y", connection="keep-alive")
    assert said(broker, refused, b"token=t", head(line="GET /health/live")) == [400, 200]


def test_a_body_that_trickles_or_stops_is_given_up_while_others_are_served(broker):
    with Connection(broker) as trickling, Connection(broker) as silent:
        for connection in (trickling, silent):
            connection.sendall(head("Content-Length: 1000") + b"token=")
        waiting = {trickling, silent}
        while waiting:
            answered, _, _ = select.select(waiting, [], [], 0.5)
            waiting -= set(answered)
            if trickling in waiting:
                trickling.sendall(b"t")
            assert broker.plain().get(broker.url("/health/ready"), timeout=5).status_code == 200
        for connection in (trickling, silent):
            assert [status for status, _ in connection.answers()] == [408]


def test_another_scheme_is_told_which_one_to_use(broker):
    answer = broker.plain().get(broker.url("/oauth2/userinfo"), headers={"Authorization": "Basic bm90ZXM6bm90ZXM="})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="identity-broker"'


@pytest.mark.parametrize("authorization", ["Bearer", "Bearer t t", "Bearer eyJhbGciOiJub25lIn0.e30."])
def test_what_is_no_access_token_is_refused_with_a_challenge(broker, authorization):
    answer = broker.plain().get(broker.url("/oauth2/userinfo"), headers={"Authorization": authorization})
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_token")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="identity-broker", error="invalid_token"'


def test_an_access_token_in_the_query_counts_as_none(broker):
    token = broker.exchange()["access_token"]
    answer = broker.plain().get(broker.url("/oauth2/userinfo"), params={"access_token": token})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="identity-broker"'


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "QUERY"])
def test_another_method_is_refused_with_those_there_are(broker, method):
    answer = broker.plain().request(method, broker.url("/oauth2/token"))
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
