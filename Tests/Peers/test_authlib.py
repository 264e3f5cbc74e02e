"""Authlib, as a client and as an API that accepts access tokens."""

import pytest
from apps import ACCESS_TOKEN, APP, APPS, EXCHANGES_ONLY, MAPS, NOTES, PUBLIC_APP, RSA_APP, TWO_APIS, Client
from authlib.integrations.base_client import OAuthError
from authlib.oauth2.rfc6750.errors import InsufficientScopeError, InvalidTokenError
from authlib.oauth2.rfc9068 import JWTBearerTokenValidator
from joserfc.jwk import KeySet

METHODS = ["client_secret_basic", "client_secret_post"]


def refusal(call, *arguments, **options):
    with pytest.raises(OAuthError) as caught:
        call(*arguments, **options)
    assert caught.value.description
    return caught.value.error


@pytest.mark.parametrize("app", APPS[:-1], ids=lambda app: app.id)
@pytest.mark.parametrize("method", METHODS)
def test_a_ticket_is_exchanged_for_tokens(broker, app, method):
    token = broker.exchange(session=broker.authlib(app, method), audience=NOTES)
    assert token["token_type"] == "Bearer"
    assert token["issued_token_type"] == ACCESS_TOKEN
    assert token["scope"] == "openid profile"
    assert token["expires_in"] == 600
    assert ("refresh_token" in token) == ("refresh_token" in app.grants)
    assert token["id_token"]


def test_a_public_client_exchanges_a_ticket_and_refreshes(broker):
    session = broker.authlib(PUBLIC_APP)
    token = broker.exchange(session=session)
    fresh = session.refresh_token(broker.url("/oauth2/token"), token["refresh_token"])
    assert fresh["access_token"] != token["access_token"]


@pytest.mark.parametrize("method", METHODS)
def test_tokens_are_refreshed_introspected_and_revoked(broker, method):
    session = broker.authlib(method=method)
    token = broker.exchange(session=session)
    fresh = session.refresh_token(broker.url("/oauth2/token"), token["refresh_token"], scope="openid")
    assert fresh["scope"] == "openid"
    assert fresh["refresh_token"] != token["refresh_token"]

    def introspect():
        answer = session.introspect_token(broker.url("/oauth2/introspect"), fresh["access_token"], "access_token")
        answer.raise_for_status()
        return answer.json()

    told = introspect()
    assert told["active"] is True
    assert (told["iss"], told["client_id"], told["aud"]) == (broker.issuer, APP.id, NOTES)
    revoked = session.revoke_token(broker.url("/oauth2/revoke"), fresh["refresh_token"], "refresh_token")
    assert (revoked.status_code, revoked.content) == (200, b"")
    assert introspect() == {"active": False}
    assert refusal(session.refresh_token, broker.url("/oauth2/token"), fresh["refresh_token"]) == "invalid_grant"


def test_a_session_refreshes_by_itself_and_asks_for_the_persons_claims(broker):
    session = broker.authlib()
    session.metadata["token_endpoint"] = broker.url("/oauth2/token")
    before = broker.exchange(session=session)
    session.token = before | {"expires_at": 1}
    told = session.get(broker.url("/oauth2/userinfo"))
    assert told.status_code == 200
    assert told.json()["name"] == "John Doe"
    assert session.token["access_token"] != before["access_token"]


def test_a_token_is_narrowed_to_one_of_two_audiences(broker):
    session = broker.authlib(TWO_APIS)
    token = broker.exchange(session=session, resource=MAPS)
    answer = session.introspect_token(broker.url("/oauth2/introspect"), token["access_token"])
    assert answer.json()["aud"] == MAPS


def test_a_spent_ticket_is_an_invalid_grant(broker):
    ticket = broker.ticket()
    broker.exchange(ticket=ticket)
    assert refusal(broker.exchange, ticket=ticket) == "invalid_grant"


@pytest.mark.parametrize("method", METHODS)
def test_a_wrong_secret_is_an_invalid_client(broker, method):
    impostor = Client(APP.id, "w" * 32)
    assert refusal(broker.exchange, session=broker.authlib(impostor, method)) == "invalid_client"


def test_a_confidential_client_without_its_secret_is_an_invalid_client(broker):
    assert refusal(broker.exchange, Client(APP.id, None)) == "invalid_client"


def test_an_unknown_client_is_an_invalid_client(broker):
    assert refusal(broker.exchange, Client("nobody", "w" * 32)) == "invalid_client"


def test_an_unknown_grant_is_an_unsupported_grant_type(broker):
    assert refusal(broker.exchange, grant_type="password") == "unsupported_grant_type"


def test_a_client_that_may_only_exchange_is_an_unauthorized_client_when_it_refreshes(broker):
    token = broker.exchange()
    session = broker.authlib(EXCHANGES_ONLY)
    assert refusal(session.refresh_token, broker.url("/oauth2/token"), token["refresh_token"]) == "unauthorized_client"


def test_another_clients_refresh_token_is_an_invalid_grant(broker):
    token = broker.exchange()
    session = broker.authlib(RSA_APP)
    assert refusal(session.refresh_token, broker.url("/oauth2/token"), token["refresh_token"]) == "invalid_grant"


def test_an_unknown_scope_is_an_invalid_scope(broker):
    assert refusal(broker.exchange, scope="openid everything") == "invalid_scope"


def test_more_scope_than_was_granted_is_an_invalid_scope(broker):
    session = broker.authlib()
    token = broker.exchange(session=session, scope="openid")
    call = refusal(session.refresh_token, broker.url("/oauth2/token"), token["refresh_token"], scope="openid profile")
    assert call == "invalid_scope"


@pytest.mark.parametrize("parameter", ["audience", "resource"])
def test_a_foreign_audience_is_an_invalid_target(broker, parameter):
    assert refusal(broker.exchange, **{parameter: "https://elsewhere.example.com"}) == "invalid_target"


def test_no_audience_where_there_are_two_is_an_invalid_target(broker):
    assert refusal(broker.exchange, TWO_APIS) == "invalid_target"


def test_an_unknown_provider_is_an_invalid_request(broker):
    assert refusal(broker.exchange, provider="nobody") == "invalid_request"


def test_a_ticket_that_a_request_was_refused_for_can_still_be_exchanged(broker):
    ticket = broker.ticket()
    assert refusal(broker.exchange, ticket=ticket, scope="everything") == "invalid_scope"
    assert broker.exchange(ticket=ticket)["access_token"]


class Validator(JWTBearerTokenValidator):
    """An API with one audience."""

    def __init__(self, broker, audience):
        super().__init__(broker.issuer, audience)
        self.keys = KeySet.import_key_set(broker.plain().get(broker.url("/oauth2/jwks")).json())

    def get_jwks(self):
        return self.keys

    def validate(self, token, scope):
        self.validate_token(self.authenticate_token(token), [scope], request=None)


def test_an_api_takes_the_access_tokens_that_are_for_it_and_allow_what_is_asked(broker):
    token = broker.exchange()
    notes, maps = Validator(broker, NOTES), Validator(broker, MAPS)
    notes.validate(token["access_token"], "profile")
    with pytest.raises(InsufficientScopeError):
        notes.validate(token["access_token"], "email")
    with pytest.raises(InvalidTokenError):
        maps.validate(token["access_token"], "profile")
    with pytest.raises(InvalidTokenError):
        notes.validate(token["id_token"], "profile")
