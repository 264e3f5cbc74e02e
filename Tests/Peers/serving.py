"""Runs `broker serve`, and acts as its clients."""

import contextlib
import json
from urllib.parse import parse_qs

import requests
from apps import APP, EXCHANGE, TICKET
from authlib.integrations.requests_client import OAuth2Session
from running import Running


class Service(Running):
    """A `broker serve`, and the requests of its clients."""

    def __init__(self, *arguments, environment=None):
        super().__init__("serve", "--format", "json", *arguments, environment=environment)
        self.report = json.loads(self.first_line or "null")

    @property
    def issuer(self):
        return self.report["issuer"]

    def url(self, path):
        return self.issuer + path

    def watch(self, response, *_arguments, **_options):
        """Remembers the tokens in an answer, which the log must not contain."""
        with contextlib.suppress(ValueError, AttributeError):
            members = response.json()
            self.secrets |= {members[name] for name in ("access_token", "refresh_token", "id_token") if name in members}

    def watched(self, session):
        session.hooks["response"].append(self.watch)
        return session

    def plain(self):
        return self.watched(requests.Session())

    def authlib(self, app=APP, method="client_secret_basic"):
        if app.secret is None:
            method = "none"
        else:
            self.secrets.add(app.secret)
        return self.watched(OAuth2Session(app.id, app.secret, token_endpoint_auth_method=method))

    def ticket(self):
        """A ticket, as the mini program returns it to the app."""
        example = self.report["example"]
        answer = requests.get(example["authorize_url"], verify=example["ca_file"])
        answer.raise_for_status()
        [ticket] = parse_qs(answer.text.strip())["ticket"]
        return ticket

    def exchange(self, app=APP, session=None, ticket=None, **parameters):
        """Exchanges a ticket for tokens with Authlib."""
        ticket = ticket or self.ticket()
        self.secrets.add(ticket)
        exchange = {"grant_type": EXCHANGE, "subject_token": ticket, "subject_token_type": TICKET, "provider": "wxapp"}
        parameters = exchange | {"scope": "openid profile"} | parameters
        return (session or self.authlib(app)).fetch_token(self.url("/oauth2/token"), **parameters)
