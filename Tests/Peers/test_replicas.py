"""Several services on one PostgreSQL: what one does, the others know."""

import concurrent.futures
import json
import subprocess
import tempfile
import threading
import time
from urllib.parse import parse_qs

import jwt
import pytest
import requests
from apps import APP, EXCHANGE, TICKET
from configuration import section, service
from running import BINARY, ROOT, Running, on_a_free_port
from serving import Service


@pytest.fixture(scope="module")
def database():
    """The URL of a PostgreSQL server for these tests only."""
    # The path of a Unix domain socket must be short, so pytest's folders are unsuitable.
    directory = tempfile.mkdtemp(prefix="pg-", dir="/tmp")
    server = subprocess.Popen(
        [ROOT / "Scripts/postgres", directory], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        server.stdin.write("start\n")
        server.stdin.flush()
        assert server.stdout.readline() == "start: done\n"
        yield f"postgresql://broker@/postgres?host={directory}"
    finally:
        # The script stops the server, and ends, when its input ends.
        server.stdin.close()
        server.stdout.close()
        server.wait(timeout=60)


class Upstream:
    """A sandbox, and the tickets that it mints."""

    def __init__(self, report):
        self.report = report

    def ticket(self):
        answer = requests.get(self.report["authorize_url"], verify=self.report["ca_file"])
        [ticket] = parse_qs(answer.text.strip())["ticket"]
        return ticket


@pytest.fixture(scope="module")
def upstream(tmp_path_factory):
    directory = tmp_path_factory.mktemp("sandbox")
    with Running("sandbox", "--format", "json", "--directory", directory) as sandbox:
        yield Upstream(json.loads(sandbox.first_line) | {"directory": directory})


@pytest.fixture
def replica(database, upstream):
    """Starts another service on the database."""
    directory = upstream.report["directory"]
    providers = (directory / "broker.yaml").read_text()
    store = section("stores", {"kind": "postgres", "url": {"literal": database}})
    started = []

    def start():
        def listen(port):
            configuration = directory / f"serve-{port}.yaml"
            # They all have the same issuer, as behind a load balancer.
            text = service(port).replace('"listen"', '"issuer": "https://login.example.com", "listen"')
            configuration.write_text(providers + store + text)
            running = Service("--config", configuration)
            running.configuration = configuration
            running.base = f"http://127.0.0.1:{port}"
            return running

        started.append(on_a_free_port(listen))
        return started[-1]

    yield start
    for running in started:
        if running.is_running:
            running.stop()


def post(replica, path, **form):
    return requests.post(replica.base + path, data=form, auth=(APP.id, APP.secret), timeout=30)


def exchange(replica, ticket):
    return post(
        replica,
        "/oauth2/token",
        grant_type=EXCHANGE,
        subject_token=ticket,
        subject_token_type=TICKET,
        provider="wxapp",
        scope="openid profile",
    )


def refresh(replica, token):
    return post(replica, "/oauth2/token", grant_type="refresh_token", refresh_token=token)


def is_active(replica, token):
    return post(replica, "/oauth2/introspect", token=token).json()["active"]


def test_a_ticket_raced_through_both_is_redeemed_once(replica, upstream):
    both = [replica(), replica()]
    with concurrent.futures.ThreadPoolExecutor(8) as callers:
        for _ in range(20):
            ticket = upstream.ticket()
            answers = list(callers.map(exchange, both * 4, [ticket] * 8))
            assert sorted(answer.status_code for answer in answers) == [200] + [400] * 7
            refused = [answer.json() for answer in answers if answer.status_code == 400]
            assert {answer["error"] for answer in refused} == {"invalid_grant"}


def test_one_person_has_one_account_whichever_replica_they_come_to_first(replica, upstream):
    both = [replica(), replica()]
    tokens = [exchange(one, upstream.ticket()).json()["access_token"] for one in both]
    subjects = {jwt.decode(token, options={"verify_signature": False})["sub"] for token in tokens}
    assert len(subjects) == 1


def test_a_key_rotated_by_one_verifies_at_the_other(replica, upstream):
    old = replica()
    known = exchange(old, upstream.ticket()).json()["access_token"]
    rotated = subprocess.run(
        [BINARY, "keys", "rotate", "--immediately", "--config", old.configuration], capture_output=True
    )
    assert rotated.returncode == 0, rotated.stderr
    new = replica()
    token = exchange(new, upstream.ticket()).json()["access_token"]
    assert jwt.get_unverified_header(token)["kid"] != jwt.get_unverified_header(known)["kid"]
    for one in (old, new):
        for each in (token, known):
            shown = requests.get(one.base + "/oauth2/userinfo", headers={"Authorization": f"Bearer {each}"})
            assert shown.status_code == 200, shown.text


def test_a_key_withdrawn_by_one_is_refused_by_all_within_two_seconds(replica, upstream):
    both = [replica(), replica()]
    tokens = exchange(both[0], upstream.ticket()).json()
    known, refresh_token = tokens["access_token"], tokens["refresh_token"]
    old = jwt.get_unverified_header(known)["kid"]
    withdrawn = subprocess.run(
        [BINARY, "keys", "rotate", "--withdraw", "--format", "json", "--config", both[0].configuration],
        capture_output=True,
    )
    done = time.monotonic()
    assert withdrawn.returncode == 0, withdrawn.stderr
    assert old in json.loads(withdrawn.stdout)["withdrawn"]
    for one in both:
        while is_active(one, known):
            # They take two seconds; a busy machine gets more time.
            assert time.monotonic() - done < 20
        shown = requests.get(one.base + "/oauth2/userinfo", headers={"Authorization": f"Bearer {known}"})
        assert shown.status_code == 401
        keys = requests.get(one.base + "/oauth2/jwks")
        assert keys.headers["Cache-Control"] == "public, max-age=300"
        assert old not in {key["kid"] for key in keys.json()["keys"]}
        fresh = refresh(one, refresh_token).json()
        assert jwt.get_unverified_header(fresh["access_token"])["kid"] != old
        assert is_active(one, fresh["access_token"])
        refresh_token = fresh["refresh_token"]


def test_a_refresh_token_reused_at_the_other_revokes_the_family(replica, upstream):
    here, there = replica(), replica()
    first = exchange(here, upstream.ticket()).json()
    second = refresh(there, first["refresh_token"]).json()
    third = refresh(here, second["refresh_token"]).json()
    assert is_active(there, third["access_token"])
    reused = refresh(there, first["refresh_token"])
    assert (reused.status_code, reused.json()["error"]) == (400, "invalid_grant")
    assert refresh(here, third["refresh_token"]).status_code == 400
    for one in (here, there):
        assert not is_active(one, third["access_token"])


def test_one_is_killed_under_load_and_the_other_carries_on_with_nothing_lost(replica, upstream):
    doomed, survivor = replica(), replica()
    tickets = [upstream.ticket() for _ in range(120)]
    answered, lost = [], []
    half = threading.Event()

    def sign_in(number):
        one = doomed if number % 2 else survivor
        try:
            answer = exchange(one, tickets[number])
        except requests.exceptions.ConnectionError:
            assert one is doomed
            lost.append(tickets[number])
        else:
            assert answer.status_code == 200, answer.text
            answered.append(answer.json())
        if len(answered) >= 40:
            half.set()

    with concurrent.futures.ThreadPoolExecutor(8) as callers:
        load = [callers.submit(sign_in, number) for number in range(len(tickets))]
        assert half.wait(60)
        doomed.kill()
        for caller in load:
            caller.result()

    assert lost, "it was killed too late to hurt anybody"
    assert len(answered) >= len(tickets) // 2
    for tokens in answered:
        assert is_active(survivor, tokens["access_token"])
        assert refresh(survivor, tokens["refresh_token"]).status_code == 200
    # A ticket in use at that moment is either untouched or spent: it signs no one in twice.
    for ticket in lost:
        assert exchange(survivor, ticket).status_code in (200, 400)
        assert exchange(survivor, ticket).status_code == 400
