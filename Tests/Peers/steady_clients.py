"""Clients that send requests continuously while something happens to the service."""

import concurrent.futures
import http.client
import threading
import time
from base64 import b64encode
from urllib.parse import quote

from apps import APP


class Clients:
    """Clients that send requests continuously, and record failures."""

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
        """Waits until this many more requests have been answered."""
        goal, end = self.answered + count, time.monotonic() + 60
        while self.answered < goal:
            assert time.monotonic() < end, f"{self.answered} answered, {self.failures[:5]}"
            time.sleep(0.02)
