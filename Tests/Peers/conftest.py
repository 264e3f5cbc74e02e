"""Starts the broker for the peers, and stops what a test leaves running."""

import signal

import pytest
from configuration import SANDBOXED, service
from running import Running, on_a_free_port
from serving import Service

# Under nohup SIGHUP is ignored, and processes that the tests start would inherit that.
signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.fixture(scope="session")
def broker(tmp_path_factory):
    """A service with a sandbox."""
    path = tmp_path_factory.mktemp("broker") / "broker.yaml"

    def start(port):
        path.write_text(SANDBOXED + service(port))
        return Service("--sandbox", "--config", path)

    with on_a_free_port(start) as running:
        running.secrets |= set(running.report["example"]["tickets"])
        yield running
    assert running.log, "it logged nothing, so that nothing was checked of what it logs"


@pytest.fixture(autouse=True, scope="session")
def no_process_outlives_the_tests():
    yield
    Running.kill_unfinished()


@pytest.fixture(autouse=True)
def no_process_outlives_its_test():
    """Stops what the test itself started. What fixtures of a wider scope started keeps running."""
    before = set(Running.unfinished)
    yield
    for running in Running.unfinished - before:
        running.kill()
