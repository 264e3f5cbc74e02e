"""Glewlwyd, a provider in C that takes pushed authorization requests (RFC 9126)."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import requests
from joserfc.jwk import RSAKey
from registered_clients import CLIENTS, StrictProvider

# The tables, with the administrator, as the Debian package installs them.
TABLES = Path("/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3")
# Its plugins' folders, by setting.
MODULES = {"user": "user", "client": "client", "user_auth_scheme": "scheme", "plugin": "plugin"}
SCOPES = ["openid", "email"]


class Glewlwyd(StrictProvider):
    """Glewlwyd names itself in its answers, though its discovery document does not say so."""

    def __init__(self, directory):
        super().__init__(directory)
        self.base = self.issuer
        self.issuer = f"{self.base}/api/oidc"

    @property
    def assertion_audience(self):
        return f"{self.issuer}/token"

    def command(self):
        database = self.directory / "glewlwyd.sqlite"
        with closing(sqlite3.connect(database)) as connection:
            connection.executescript(f"PRAGMA synchronous = OFF; {TABLES.read_text()}")
        settings = {
            "port": self.port,
            "bind_address": "127.0.0.1",
            "external_url": self.base,
            "log_mode": "console",
            "log_level": "DEBUG",
            "hash_algorithm": "SHA512",
        }
        settings |= {f"{setting}_module_path": f"/usr/lib/glewlwyd/{folder}" for setting, folder in MODULES.items()}
        lines = [f"{name} = {json.dumps(value)}\n" for name, value in settings.items()]
        lines.append(f'database = {{ type = "sqlite3" path = {json.dumps(str(database))} }};\n')
        configuration = self.directory / "glewlwyd.conf"
        configuration.write_text("".join(lines))
        return [shutil.which("glewlwyd"), f"--config-file={configuration}"]

    def wait_until_ready(self, process, log):
        self.wait_until_served(f"{self.base}/config", process, log)
        administrator = self.session("admin", "password")
        self.call(administrator, "POST", "/mod/plugin/", self.plugin)
        self.call(administrator, "POST", "/scope/", {"name": "email", "password_required": True, "scheme": {}})
        self.call(administrator, "POST", "/user/", self.alice)
        for client in CLIENTS.values():
            self.call(administrator, "POST", "/client/", self.registration(client))
        super().wait_until_ready(process, log)

    @property
    def plugin(self):
        """The OpenID provider: a plugin of an authorization server."""
        key = RSAKey.generate_key(2048, {"kid": "glewlwyd-1", "alg": "RS256", "use": "sig"})
        parameters = {
            "iss": self.issuer,
            "jwt-type": "sha",
            "jwks-show": True,
            "jwks-private": json.dumps({"keys": [key.as_dict(private=True)]}),
            "default-kid": "glewlwyd-1",
            "access-token-duration": 600,
            "refresh-token-duration": 600,
            "code-duration": 60,
            "subject-type": "public",
            "auth-type-code-enabled": True,
            "auth-type-code-revoke-replayed": True,
            "auth-type-token-enabled": False,
            "auth-type-id-token-enabled": False,
            "auth-type-password-enabled": False,
            "auth-type-client-enabled": False,
            "auth-type-refresh-enabled": False,
            "pkce-allowed": True,
            "pkce-required": True,
            "oauth-par-allowed": True,
            "oauth-par-required": False,
            "oauth-par-request_uri-prefix": "urn:ietf:params:oauth:request_uri:",
            "oauth-par-duration": 90,
            "oauth-as-iss-id": True,
            "request-parameter-allow": True,
            "client-jwks-parameter": "jwks",
            "session-management-allowed": True,
            "session-cookie-name": "GLEWLWYD_OIDC_SID",
            "session-cookie-expiration": 600,
            "name-claim": "mandatory",
            "email-claim": "mandatory",
        }
        return {"module": "oidc", "name": "oidc", "display_name": "OpenID", "parameters": parameters}

    @property
    def alice(self):
        return {
            "username": "alice",
            "password": "correct horse",
            "name": "Alice Example",
            "email": "alice@example.com",
            "scope": [*SCOPES, "g_profile"],
            "enabled": True,
        }

    def registration(self, client):
        registration = {
            "client_id": client.id,
            "name": "Broker",
            "enabled": True,
            "confidential": client.method != "none",
            "authorization_type": ["code"],
            "redirect_uri": [self.callback],
            "post_logout_redirect_uri": self.signed_out,
            "scope": SCOPES,
            "token_endpoint_auth_method": [client.method],
        }
        if client.secret:
            registration["client_secret"] = client.secret
        if client.method == "private_key_jwt":
            registration["jwks"] = self.key_set
        return registration

    def session(self, name, password):
        """A browser in which somebody has signed in."""
        session = requests.Session()
        self.call(session, "POST", "/auth/", {"username": name, "password": password})
        return session

    def call(self, session, method, path, body):
        answer = session.request(method, f"{self.base}/api{path}", json=body)
        assert answer.status_code == 200, answer.text

    def sign_in(self, url):
        """What the page of Glewlwyd, a program in JavaScript, does when a user signs in and agrees."""
        page = requests.get(url, allow_redirects=False)
        query = parse_qs(urlsplit(page.headers["location"]).query)
        [client], [address] = query["client_id"], query["callback_url"]
        session = self.session("alice", "correct horse")
        self.call(session, "PUT", f"/auth/grant/{client}", {"scope": " ".join(SCOPES)})
        return session.get(f"{address}&g_continue", allow_redirects=False).headers["location"]
