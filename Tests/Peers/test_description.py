"""Schemathesis, with the service's description: it is correct whatever is sent."""

import json

import pytest
import schemathesis
from apps import APP, NOTES
from hypothesis import HealthCheck, settings
from running import BINARY, DESCRIPTION
from schemathesis.specs.openapi.checks import positive_data_acceptance

described = schemathesis.openapi.from_path(DESCRIPTION, config=schemathesis.Config.from_dict({"seed": 1}))
bounded = settings(
    max_examples=25, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)


@pytest.mark.skipif(
    BINARY.stat().st_mtime < DESCRIPTION.stat().st_mtime,
    reason="the broker was built before the description was changed",
)
def test_the_description_is_served_as_it_is(broker):
    assert broker.plain().get(broker.url("/openapi.json")).json() == json.loads(DESCRIPTION.read_text())


# What is right with a request for a person's login depends on the client that it names, which no schema says.
LOGINS = {"/oauth2/authorize", "/oauth2/par", "/oauth2/logout", "/oauth2/device_authorization"}
# What the app of these tests may not use.
OTHER_GRANTS = {"authorization_code", "client_credentials", "urn:ietf:params:oauth:grant-type:device_code"}


def excluded(case):
    """The checks that say nothing about a request: it may be valid by the schema, and still be refused."""
    grant = case.body.get("grant_type") if isinstance(case.body, dict) else None
    return [positive_data_acceptance] if case.operation.path in LOGINS or grant in OTHER_GRANTS else []


def keep_one_proof(case):
    """Leaves a form one way in which its client authenticates."""
    if isinstance(case.body, dict):
        case.body.pop("client_assertion", None)
        case.body.pop("client_assertion_type", None)


@described.parametrize()
@bounded
def test_a_stranger_is_answered_as_described(case, broker):
    if case.meta.generation.mode.is_positive:
        keep_one_proof(case)
    case.call_and_validate(broker.issuer, broker.plain(), excluded_checks=excluded(case))


@pytest.fixture(scope="module")
def tokens(broker):
    return broker.exchange(scope="openid profile email phone address")


@described.parametrize()
@bounded
def test_an_app_is_answered_as_described_and_gets_all_that_is_described(case, broker, tokens):
    proofs = {
        "clientSecretBasic": {"auth": (APP.id, APP.secret)},
        "accessToken": {"headers": {"Authorization": f"Bearer {tokens['access_token']}"}},
    }
    schemes = case.operation.definition.raw.get("security", [{}])[0]
    proof = proofs[next(iter(schemes))] if schemes else {}
    if case.meta.generation.mode.is_positive and isinstance(case.body, dict):
        keep_one_proof(case)
        take_what_there_is(case.body, broker, tokens)
    case.call_and_validate(broker.issuer, broker.plain(), excluded_checks=excluded(case), **proof)


def take_what_there_is(form, broker, tokens):
    """Replaces generated values with the app's real ones. The app authenticates only in the header."""
    form.pop("client_id", None)
    form.pop("client_secret", None)
    real = {
        "provider": lambda: "wxapp",
        "subject_token": broker.ticket,
        "subject_token_type": lambda: "urn:identity-broker:token-type:ticket",
        "refresh_token": lambda: tokens["refresh_token"],
        "token": lambda: tokens["access_token"],
        "audience": lambda: [NOTES],
        "resource": lambda: [NOTES],
    }
    for name in form.keys() & real.keys():
        form[name] = real[name]()
