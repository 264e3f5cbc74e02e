"""Replicas are replaced one after the other behind nginx and HAProxy, and no request is lost."""

import concurrent.futures
import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from base64 import b64encode
from urllib.parse import quote

import pytest
import requests
from conftest import APP, POOL, Service, free_port, on_a_free_port, section, service

DRAIN_DELAY = 2


@pytest.fixture
def replica(tmp_path):
    """Starts a service on a store that all of them share."""
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


class Proxy:
    """A proxy in front of replicas, which are replaced by reloading it, or by its noticing."""

    def __init__(self, directory):
        self.directory = directory
        self.port = free_port()
        self.process = None

    def start(self, replicas):
        self.write(replicas)
        # A group of its own, so that its workers end with it.
        self.process = subprocess.Popen(self.command, stderr=subprocess.PIPE, text=True, start_new_session=True)
        end = time.monotonic() + 20
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            assert self.process.poll() is None, self.process.stderr.read()
            assert time.monotonic() < end, "the proxy does not listen"
            time.sleep(0.05)

    def stop(self):
        if not self.process:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process.stderr.close()


class Nginx(Proxy):
    program = "nginx"
    # It asks its only server once.
    waits_for_its_server = False

    @property
    def command(self):
        return ["nginx", "-p", self.directory, "-e", "stderr", "-c", self.directory / "nginx.conf", "-g", "daemon off;"]

    def write(self, replicas):
        servers = "".join(f"server 127.0.0.1:{one.port} max_fails=1 fail_timeout=1s;\n" for one in replicas)
        paths = "".join(
            f"{kind}_temp_path {self.directory}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (self.directory / "nginx.conf").write_text(
            f"""
            user root;
            worker_processes 1;
            pid {self.directory}/nginx.pid;
            events {{ worker_connections 256; }}
            http {{
                access_log off;
                {paths}
                upstream broker {{
                    {servers}
                    keepalive 8;
                    keepalive_timeout 1s;
                }}
                server {{
                    listen 127.0.0.1:{self.port};
                    location / {{
                        proxy_pass http://broker;
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                        proxy_next_upstream error timeout non_idempotent;
                    }}
                }}
            }}
            """
        )

    def reload(self, replicas):
        self.write(replicas)
        self.process.send_signal(signal.SIGHUP)


class HAProxy(Proxy):
    program = "haproxy"
    waits_for_its_server = True

    @property
    def command(self):
        return ["haproxy", "-W", "-db", "-f", self.directory / "haproxy.cfg"]

    def write(self, replicas):
        # Where there is no other, it has to try again rather than take the server for gone.
        check = "" if len(replicas) == 1 else " check inter 200ms fall 1 rise 1"
        servers = "".join(f"    server r{one.port} 127.0.0.1:{one.port}{check}\n" for one in replicas)
        (self.directory / "haproxy.cfg").write_text(
            "defaults\n"
            "    mode http\n"
            "    timeout connect 2s\n    timeout client 20s\n    timeout server 20s\n"
            # What has not arrived in full cannot be sent again.
            "    option http-buffer-request\n"
            "    option redispatch\n    retries 20\n    retry-on conn-failure empty-response\n"
            "    option httpchk GET /health/ready\n"
            "frontend all\n"
            f"    bind 127.0.0.1:{self.port}\n"
            "    default_backend broker\n"
            "backend broker\n" + servers
        )


@pytest.fixture(params=[Nginx, HAProxy])
def proxy(request, tmp_path):
    if not shutil.which(request.param.program):
        pytest.skip(f"{request.param.program} is not installed")
    directory = tmp_path / "proxy"
    directory.mkdir()
    proxy = request.param(directory)
    yield proxy
    proxy.stop()


class Clients:
    """Clients that ask without a pause, and write down what went wrong."""

    CREDENTIALS = b64encode(f"{quote(APP.id, safe='')}:{quote(APP.secret, safe='')}".encode()).decode()
    FORM = {"Authorization": f"Basic {CREDENTIALS}", "Content-Type": "application/x-www-form-urlencoded"}

    def __init__(self, port, keep_alive=True):
        self.port = port
        self.keep_alive = keep_alive
        self.answered = 0
        self.failures = []
        self._lock = threading.Lock()
        self._isOver = threading.Event()

    def _ask(self, number):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        while not self._isOver.is_set():
            try:
                if number % 2:
                    connection.request("GET", "/oauth2/jwks")
                else:
                    connection.request("POST", "/oauth2/introspect", "token=unknown", self.FORM)
                answer = connection.getresponse()
                answer.read()
                failure = None if answer.status == 200 else answer.status
            except (OSError, http.client.HTTPException) as error:
                failure = repr(error)
                connection.close()
            if not self.keep_alive:
                connection.close()
            with self._lock:
                self.answered += failure is None
                if failure is not None:
                    self.failures.append((number, failure))
            time.sleep(0.002)
        connection.close()

    def __enter__(self):
        self._pool = concurrent.futures.ThreadPoolExecutor(8)
        self._work = [self._pool.submit(self._ask, number) for number in range(8)]
        return self

    def __exit__(self, *_failure):
        self._isOver.set()
        for work in self._work:
            work.result()
        self._pool.shutdown()

    def wait_for(self, count):
        """Waits until so many more are answered."""
        goal, end = self.answered + count, time.monotonic() + 60
        while self.answered < goal:
            assert time.monotonic() < end, f"{self.answered} answered, {self.failures[:5]}"
            time.sleep(0.02)


def restart(running):
    """Ends a replica and starts its successor at the same address, as a container of the same name does."""
    configuration = running._process.args[running._process.args.index("--config") + 1]
    running.stop()
    successor = Service("--config", configuration)
    assert successor.first_line
    successor.port = running.port
    return successor


def test_two_replicas_are_replaced(proxy, replica):
    replicas = [replica(), replica()]
    proxy.start(replicas)
    with Clients(proxy.port) as clients:
        clients.wait_for(100)
        for position in range(2):
            replicas[position] = restart(replicas[position])
            # Until the proxy has noticed that it is back.
            time.sleep(1.5)
            clients.wait_for(100)
    for one in replicas:
        one.stop()
    assert clients.failures == []


def test_one_replica_is_replaced(proxy, replica):
    old = replica()
    proxy.start([old])
    # A proxy may end a connection that is kept whenever it likes, which http.client does not allow for (RFC 9112 §9.3.1).
    with Clients(proxy.port, keep_alive=False) as clients:
        for _ in range(2):
            clients.wait_for(100)
            if proxy.waits_for_its_server:
                old = restart(old)
            else:
                new = replica()
                proxy.reload([new])
                # The old worker finishes what it has begun.
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
