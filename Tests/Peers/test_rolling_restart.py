"""Replicas are replaced one after the other behind nginx and HAProxy, and no request is lost."""

import shutil
import signal
import time

import pytest
import requests
from configuration import POOL, section, service
from proxies import HAProxy, Nginx
from running import on_a_free_port
from serving import Service
from steady_clients import Clients

DRAIN_DELAY = 2


@pytest.fixture
def replica(tmp_path):
    """Starts a service on the shared store."""
    started = []

    def start(drain_delay=DRAIN_DELAY):
        def listen(port):
            path = tmp_path / f"broker-{port}.yaml"
            wxapp = {"type": "wxapp", "settings": {"userPoolId": POOL, "secret": {"literal": "s" * 32}}}
            server = service(port).replace('"drainDelay": "0s"', f'"drainDelay": "{drain_delay}s"')
            server = server.replace('"listen"', '"issuer": "https://login.example.com", "listen"')
            stores = section("stores", {"kind": "sqlite", "path": str(tmp_path / "broker.sqlite")})
            path.write_text("version: 1\n" + section("providers", {"wxapp": wxapp}) + stores + server)
            running = Service("--config", path)
            running.port = port
            return running

        started.append(on_a_free_port(listen))
        return started[-1]

    yield start
    for running in started:
        if running.is_running:
            running.terminate()
    for running in started:
        if running.is_running:
            running.stop()


@pytest.fixture(params=[Nginx, HAProxy])
def proxy(request, tmp_path):
    if not shutil.which(request.param.program):
        pytest.skip(f"{request.param.program} is not installed")
    directory = tmp_path / "proxy"
    directory.mkdir()
    proxy = request.param(directory)
    yield proxy
    proxy.stop()


def restart(running):
    """Stops a replica and starts its successor at the same address, like a container of the same name."""
    configuration = running._process.args[running._process.args.index("--config") + 1]
    running.stop()
    successor = Service("--config", configuration)
    assert successor.first_line
    successor.port = running.port
    return successor


def wait_until_used(replica):
    """Waits until the proxy has noticed that a replica is back: it has answered a client."""
    answered = 'broker_http_requests_total{method="GET",route="/oauth2/jwks",status="200"}'
    while answered not in requests.get(f"http://127.0.0.1:{replica.port}/metrics", timeout=20).text:
        time.sleep(0.05)


def test_two_replicas_are_replaced(proxy, replica):
    replicas = [replica(), replica()]
    proxy.start(replicas)
    with Clients(proxy.port) as clients:
        clients.wait_for(100)
        for position in range(2):
            replicas[position] = restart(replicas[position])
            wait_until_used(replicas[position])
            clients.wait_for(100)
    for one in replicas:
        one.stop()
    assert clients.failures == []


def test_one_replica_is_replaced(proxy, replica):
    old = replica()
    proxy.start([old])
    # A proxy may close a persistent connection at any time, which http.client does not handle (RFC 9112 §9.3.1).
    with Clients(proxy.port, keep_alive=False) as clients:
        for _ in range(2):
            clients.wait_for(100)
            if proxy.waits_for_its_server:
                old = restart(old)
            else:
                new = replica()
                proxy.reload([new])
                # The old worker finishes its requests.
                clients.wait_for(50)
                old.stop()
                old = new
        clients.wait_for(100)
    if old.is_running:
        old.stop()
    assert clients.failures == []


def test_a_second_signal_ends_it_at_once(replica):
    running = replica(drain_delay=600)
    running.terminate()
    ready = f"http://127.0.0.1:{running.port}/health/ready"
    while requests.get(ready, timeout=10).status_code == 200:
        pass
    running.terminate()
    assert running.wait() == 128 + signal.SIGTERM
