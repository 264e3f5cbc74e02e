"""A login that reads its ticket from a terminal whose other end goes away."""

import contextlib
import json
import os
import pathlib
import pty
import subprocess
import time

import pytest
from configuration import SANDBOXED
from running import BINARY


def waits_for_input(process):
    """Whether one of its threads reads from standard input (proc(5), `syscall`; 0 on x86-64, 63 on arm64)."""
    for task in pathlib.Path(f"/proc/{process.pid}/task").glob("*/syscall"):
        # A thread may end between the listing and the reading.
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            if task.read_text().startswith(("0 0x0 ", "63 0x0 ")):
                return True
    return False


def login(directory, option, act):
    """The status and the failure of a login without a controlling terminal: no signal reports the terminal's end."""
    path = directory / "broker.yaml"
    path.write_text(SANDBOXED)
    master, terminal = pty.openpty()
    arguments = ["login", "wxapp", option, "-", "--config", path, "--format", "json"]
    with subprocess.Popen(
        [BINARY, *arguments], stdin=terminal, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        os.close(terminal)
        try:
            end = time.monotonic() + 60
            while not waits_for_input(process):
                assert process.poll() is None and time.monotonic() < end
                time.sleep(0.01)
            if act(master) != "open":
                os.close(master)
            failure = json.loads(process.communicate(timeout=60)[1].splitlines()[-1])["error"]
        finally:
            process.kill()
    return process.returncode, failure


@pytest.mark.parametrize("option", ["--ticket", "--callback"])
@pytest.mark.parametrize("typed", [b"", b"half a tick"])
def test_a_terminal_that_closes_cancels(tmp_path, option, typed):
    status, failure = login(tmp_path, option, lambda master: os.write(master, typed) if typed else None)
    assert (status, failure["kind"], failure["credential"]) == (130, "cancelled", "unused")


def end_input(master, text=b""):
    os.write(master, text + b"\x04")
    return "open"


def test_no_input_at_a_terminal_cancels(tmp_path):
    status, failure = login(tmp_path, "--ticket", end_input)
    assert (status, failure["kind"]) == (130, "cancelled")


def test_what_is_entered_is_taken(tmp_path):
    status, failure = login(tmp_path, "--callback", lambda master: end_input(master, b"code=400\n"))
    assert (status, failure["kind"]) == (77, "cancelled_by_user")
