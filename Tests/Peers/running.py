"""Runs broker commands, and checks that they end in order and reveal no secret."""

import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import threading
from urllib.parse import quote

from configuration import ENCRYPTION_KEY

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("BROKER", ROOT / ".build/debug/broker")).resolve()
DESCRIPTION = ROOT / "Sources/BrokerServer/Description/openapi.json"


class Running:
    """A `broker` command that runs until it is told to stop, and no longer than the tests."""

    # The commands that have not been waited for yet.
    unfinished = set()

    def __init__(self, *arguments, environment=None, reads_line=True, terminal=None, ignored=(), directory=ROOT):
        """Starts it and reads its first line.

        `terminal` is the path of one that controls the command, in a session of its own, and `ignored` the signals that it is
        to ignore.
        """
        self.secrets = {ENCRYPTION_KEY}
        self._is_ending = False
        self._log = tempfile.TemporaryFile()

        def prepare():
            for number in ignored:
                signal.signal(number, signal.SIG_IGN)
            if terminal is not None:
                os.setsid()
                os.close(os.open(terminal, os.O_RDWR))

        self._process = subprocess.Popen(
            self.command(*arguments),
            stdout=subprocess.PIPE,
            stderr=self._log,
            cwd=directory,
            env=environment,
            text=True,
            preexec_fn=prepare if ignored or terminal is not None else None,
        )
        self.unfinished.add(self)
        self.first_line = self.read_line() if reads_line else None

    def command(self, *arguments):
        """The command line."""
        return [BINARY, *arguments, "--log-level", "trace"]

    def read_line(self):
        """Its next line; empty if it has ended."""
        patience = threading.Timer(60, self._process.kill)
        patience.start()
        try:
            return self._process.stdout.readline().strip()
        finally:
            patience.cancel()

    @property
    def is_running(self):
        return self._process.poll() is None

    @property
    def pid(self):
        return self._process.pid

    def kill(self):
        """Kills it."""
        self._process.kill()
        self.wait()

    @classmethod
    def kill_unfinished(cls):
        """Kills the commands that a test left running because it failed or was interrupted."""
        for running in list(cls.unfinished):
            running.kill()

    def wait(self):
        """Its exit status, once it has ended; `log` is then what it wrote to standard error."""
        try:
            self._process.communicate(timeout=30)
        except BaseException:
            self._process.kill()
            raise
        self.unfinished.discard(self)
        if not self._log.closed:
            with self._log:
                self._log.seek(0)
                self.log = self._log.read().decode()
        return self._process.returncode

    def __enter__(self):
        return self

    def __exit__(self, failure, *_details):
        if failure:
            # Problems with its end would hide the failure.
            self.kill()
        elif self in self.unfinished:
            self.stop()

    def terminate(self):
        """Tells it to stop, without waiting. The second time, it stops at once."""
        self._is_ending = True
        self._process.terminate()

    def stop(self):
        """Stops it, and checks that it ended in order and revealed no secret."""
        if not self._is_ending:
            self.terminate()
        status = self.wait()
        assert status == 0, f"it ended with {status}: {self.log[-2000:]}"
        told = [secret for secret in self.secrets for form in forms(secret) if form in self.log]
        assert not told, f"it wrote to standard error: {told}"


def forms(secret):
    """The forms in which a secret might appear in a log: verbatim, form-encoded, and the end of a longer one."""
    yield secret
    yield quote(secret, safe="")
    if len(secret) > 64:
        yield secret[-32:]


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def on_a_free_port(start):
    """The result of `start` with a free port, or with another one if that was taken meanwhile."""
    for _ in range(5):
        running = start(free_port())
        if running.first_line:
            return running
        running.wait()
        assert "Another program listens" in running.log, running.log
    raise AssertionError("Others take every port.")
