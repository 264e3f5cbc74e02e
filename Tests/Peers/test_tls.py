"""`broker serve` with its own certificate: what it negotiates with Python's TLS and curl's."""

import socket
import ssl
import subprocess
from urllib.parse import urlsplit

import pytest
from apps import APP
from configuration import SANDBOXED, service
from running import on_a_free_port
from serving import Service
from test_connections import HOST, last, read_to_end, statuses


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for this machine, with its key next to it."""
    folder = tmp_path_factory.mktemp("certificate")
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "30"]
    files = ["-addext", "subjectAltName=DNS:localhost", "-keyout", folder / "key.pem", "-out", folder / "certificate.pem"]
    subprocess.run([*make, *files], check=True, capture_output=True)
    return folder / "certificate.pem"


@pytest.fixture(scope="module")
def port(certificate, tmp_path_factory):
    """The address of a TLS service."""
    path = tmp_path_factory.mktemp("broker") / "broker.yaml"
    tls = f'"tls": {{"certificateFile": "{certificate}", "keyFile": "{certificate.with_name("key.pem")}"}}'

    def start(port):
        path.write_text(SANDBOXED + service(port, [APP]).replace('"listen"', f'{tls}, "listen"'))
        return Service("--sandbox", "--config", path)

    with on_a_free_port(start) as running:
        running.secrets |= set(running.report["example"]["tickets"])
        yield urlsplit(running.issuer).port


def connect(port, context):
    raw = socket.create_connection(("localhost", port), timeout=15)
    return context.wrap_socket(raw, server_hostname="localhost")


def test_http_1_1_alone_is_offered(port, certificate):
    """HTTP/2 is left to a proxy in front."""
    context = ssl.create_default_context(cafile=certificate)
    context.set_alpn_protocols(["h2", "http/1.1"])
    with connect(port, context) as peer:
        assert peer.selected_alpn_protocol() == "http/1.1"
        offer = b"GET /health/live HTTP/1.1\r\n" + HOST + b"Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
        peer.sendall(offer + last())
        assert statuses(read_to_end(peer)) == [200, 200]


def test_curl_asks_twice_on_one_connection(port, certificate):
    url = f"https://localhost:{port}/oauth2/jwks"
    options = ["-s", "--http2", "--cacert", str(certificate), "-o", "/dev/null", "-w", "%{http_code} %{http_version}\n"]
    done = subprocess.run(["curl", *options, url, "--next", *options, url], capture_output=True, text=True, timeout=20)
    assert done.stdout == "200 1.1\n200 1.1\n", done


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_tls_1_2_and_1_3_are_spoken(port, certificate, version):
    context = ssl.create_default_context(cafile=certificate)
    context.minimum_version = context.maximum_version = version
    with connect(port, context) as peer:
        peer.sendall(last())
        assert statuses(read_to_end(peer)) == [200]


@pytest.mark.parametrize(
    "version, ciphers",
    [
        (ssl.TLSVersion.TLSv1_1, "ALL:@SECLEVEL=0"),
        (ssl.TLSVersion.TLSv1_2, "ECDHE+SHA1:@SECLEVEL=0"),
        (ssl.TLSVersion.TLSv1_2, "ECDHE+SHA256:!AESGCM:!CHACHA20:@SECLEVEL=0"),
        (ssl.TLSVersion.TLSv1_2, "kRSA:@SECLEVEL=0"),
    ],
)
def test_what_is_not_recommended_any_more_is_not_spoken(port, certificate, version, ciphers):
    """RFC 8996, RFC 9325 §4."""
    context = ssl.create_default_context(cafile=certificate)
    context.set_ciphers(ciphers)
    context.minimum_version = context.maximum_version = version
    with pytest.raises(ssl.SSLError, match="alert"), connect(port, context):
        pass
