"""PyJWT and joserfc, as verifiers of tokens: they know the key set's URL, the issuer and their own name."""

import jwt
import pytest
from apps import APP, MAPS, NOTES, RSA_APP, TWO_APIS
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata
from joserfc import jwt as joserfc_jwt
from joserfc.errors import InvalidClaimError
from joserfc.jwk import KeySet

BOTH_ALGORITHMS = pytest.mark.parametrize("app", [APP, RSA_APP], ids=lambda app: app.algorithm)
COMMON = {"iss", "sub", "aud", "iat", "exp", "auth_time", "sid"}
OF_ACCESS = COMMON | {"client_id", "jti", "scope"}
OF_PERSON = {"name", "nickname", "picture", "gender", "locale"}


def by_pyjwt(broker, token, app, audience):
    key = jwt.PyJWKClient(broker.url("/oauth2/jwks")).get_signing_key_from_jwt(token)
    options = {"require": sorted(COMMON)}
    verified = jwt.decode_complete(
        token, key, algorithms=[app.algorithm], audience=audience, issuer=broker.issuer, options=options
    )
    return verified["header"], verified["payload"]


def by_joserfc(broker, token, app, audience):
    keys = KeySet.import_key_set(broker.plain().get(broker.url("/oauth2/jwks")).json())
    verified = joserfc_jwt.decode(token, keys, algorithms=[app.algorithm])
    required = {name: {"essential": True} for name in COMMON}
    checks = required | {"iss": {"essential": True, "value": broker.issuer}}
    checks["aud"] = {"essential": True, "value": audience}
    joserfc_jwt.JWTClaimsRegistry(**checks).validate(verified.claims)
    return verified.header, verified.claims


PEERS = pytest.mark.parametrize("verify", [by_pyjwt, by_joserfc], ids=["pyjwt", "joserfc"])


@PEERS
@BOTH_ALGORITHMS
def test_an_access_token_is_verified_with_all_its_claims(broker, verify, app):
    token = broker.exchange(app)
    header, claims = verify(broker, token["access_token"], app, NOTES)
    assert header["typ"] == "at+jwt"
    assert header["alg"] == app.algorithm
    assert set(claims) == OF_ACCESS
    assert (claims["aud"], claims["client_id"], claims["scope"]) == (NOTES, app.id, "openid profile")
    assert claims["exp"] - claims["iat"] == token["expires_in"] == 600
    assert claims["auth_time"] <= claims["iat"]


@PEERS
@BOTH_ALGORITHMS
def test_an_id_token_is_verified_with_all_its_claims(broker, verify, app):
    token = broker.exchange(app)
    header, claims = verify(broker, token["id_token"], app, app.id)
    assert header["typ"] == "JWT"
    assert header["alg"] == app.algorithm
    assert set(claims) == COMMON | OF_PERSON
    assert (claims["aud"], claims["name"]) == (app.id, "John Doe")


@PEERS
def test_both_tokens_are_of_one_person_and_one_sign_in(broker, verify):
    token = broker.exchange()
    _, access = verify(broker, token["access_token"], APP, NOTES)
    _, identity = verify(broker, token["id_token"], APP, APP.id)
    assert [access[name] for name in ("sub", "sid", "auth_time")] == [
        identity[name] for name in ("sub", "sid", "auth_time")
    ]


@PEERS
def test_a_person_is_the_same_for_two_apps_and_after_a_refresh(broker, verify):
    session = broker.authlib()
    token = broker.exchange(session=session)
    fresh = session.refresh_token(broker.url("/oauth2/token"), token["refresh_token"])
    other = broker.exchange(RSA_APP)
    subjects = {
        verify(broker, token["access_token"], APP, NOTES)[1]["sub"],
        verify(broker, fresh["access_token"], APP, NOTES)[1]["sub"],
        verify(broker, other["access_token"], RSA_APP, NOTES)[1]["sub"],
    }
    assert len(subjects) == 1


@PEERS
def test_a_token_for_two_audiences_is_verified_by_both(broker, verify):
    token = broker.exchange(TWO_APIS, audience=NOTES, resource=MAPS)["access_token"]
    for audience in (NOTES, MAPS):
        assert verify(broker, token, TWO_APIS, audience)[1]["aud"] == [NOTES, MAPS]


@PEERS
@pytest.mark.parametrize("audience", [MAPS, APP.id])
def test_an_access_token_is_refused_by_whom_it_is_not_for(broker, verify, audience):
    token = broker.exchange()["access_token"]
    with pytest.raises((jwt.InvalidAudienceError, InvalidClaimError)):
        verify(broker, token, APP, audience)


def test_the_key_set_has_a_key_for_each_algorithm_and_nothing_private(broker):
    keys = broker.plain().get(broker.url("/oauth2/jwks")).json()["keys"]
    assert {key["alg"] for key in keys} == {"ES256", "RS256"}
    assert not any({"d", "p", "q", "dp", "dq", "qi", "k"} & set(key) for key in keys)


def test_the_metadata_are_valid_and_lead_to_endpoints_that_are_there(broker):
    session = broker.plain()
    metadata = AuthorizationServerMetadata(session.get(broker.url("/.well-known/oauth-authorization-server")).json())
    metadata.validate_issuer()
    metadata.validate_token_endpoint()
    metadata.validate_jwks_uri()
    assert metadata["issuer"] == broker.issuer
    for name in ("token_endpoint", "revocation_endpoint", "introspection_endpoint"):
        assert session.post(metadata[name]).status_code == 400, name
    for name, status in (("jwks_uri", 200), ("userinfo_endpoint", 401), ("providers_endpoint", 200)):
        assert session.get(metadata[name]).status_code == status, name
