"""curl, with the requests that `broker serve --sandbox` prints, pasted into a shell."""

import json
import subprocess

import pytest
from apps import APP, PUBLIC_APP, TWO_APIS
from configuration import SANDBOXED, service
from running import Running, on_a_free_port


def pasted(command):
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, f"{command}\n{done.stderr}"
    return done.stdout


def requests_printed_by(running):
    requests = []
    while len(requests) < 2 and (line := running.read_line()):
        if line.startswith("curl "):
            requests.append(line)
    return requests


@pytest.mark.parametrize("app", [APP, TWO_APIS, PUBLIC_APP], ids=lambda app: app.id)
def test_the_requests_that_are_printed_work_as_they_are(tmp_path, app):
    path = tmp_path / "broker.yaml"

    def start(port):
        path.write_text(SANDBOXED + service(port, [app]))
        return Running("serve", "--sandbox", "--config", path)

    with on_a_free_port(start) as running:
        exchange, another_ticket = requests_printed_by(running)
        answer = json.loads(pasted(exchange))
        assert answer.get("scope") == "openid profile", answer
        running.secrets |= {answer["access_token"], answer["id_token"], answer["refresh_token"]}
        assert "ticket=" in pasted(another_ticket)
