"""Logins at OpenID providers that know the broker's clients: Canaille and Glewlwyd."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from canaille_provider import Canaille
from glewlwyd_provider import Glewlwyd
from joserfc.jwk import ECKey
from openid_logins import login, sign_in_with_the_library
from registered_clients import CLIENTS, METHODS


@pytest.fixture(scope="module")
def canaille(tmp_path_factory):
    with Canaille(tmp_path_factory.mktemp("canaille")).running() as provider:
        yield provider


@pytest.fixture(scope="module")
def glewlwyd(tmp_path_factory):
    with Glewlwyd(tmp_path_factory.mktemp("glewlwyd")).running() as provider:
        yield provider


@pytest.fixture(params=["canaille", "glewlwyd"])
def provider(request):
    return request.getfixturevalue(request.param)


def settings(provider, method, **others):
    """The settings of a client. At Glewlwyd an assertion must be for the very endpoint that it is sent to, and those of
    the broker are for one."""
    own = {"par": "off"} if isinstance(provider, Glewlwyd) and method == "private_key_jwt" else {}
    return CLIENTS[method].settings(provider) | own | others


@pytest.mark.parametrize("method", METHODS)
def test_a_client_signs_in_as_it_is_registered(provider, method):
    done = login(provider, client=settings(provider, method))
    assert done.status == 0, done.error
    assert done.identity["issuer"] == provider.issuer
    claims = done.identity["claims"]
    assert (claims["name"], claims["email"]) == ("Alice Example", "alice@example.com")
    assert done.page.status_code == 200 and "Signed in" in done.page.text and "Alice" not in done.page.text
    answer = parse_qs(urlsplit(done.answer).query)
    assert answer["iss"] == [provider.issuer]
    assert answer["code"][0] not in done.error


def test_a_request_is_pushed_where_that_is_offered(provider):
    done = login(provider, client=settings(provider, "client_secret_basic"))
    shown = parse_qs(urlsplit(done.opened).query)
    if isinstance(provider, Glewlwyd):
        assert set(shown) == {"client_id", "request_uri"}
    else:
        assert shown["code_challenge_method"] == ["S256"] and {"state", "nonce", "redirect_uri"} <= set(shown)
    required = settings(provider, "client_secret_basic", par="required")
    done = login(provider, client=required)
    assert (done.status == 0) == isinstance(provider, Glewlwyd), done.error


def test_the_library_signs_in_and_says_where_to_sign_out(provider):
    client = CLIENTS["client_secret_basic"]
    who, where = sign_in_with_the_library(provider, client)
    assert who.startswith("Alice Example is ") and who.endswith(f" at {provider.issuer}")
    assert where.startswith(f"{provider.issuer}/") and parse_qs(urlsplit(where).query)["client_id"] == [client.id]
    assert requests.get(where, allow_redirects=False).status_code == 200


def test_a_user_who_does_not_agree_has_cancelled(canaille):
    done = login(
        canaille, client=settings(canaille, "client_secret_basic", prompt="consent"), answers={"answer": "deny"}
    )
    assert done.identity is None and done.failure["kind"] == "cancelled_by_user", done.error
    assert done.page.status_code == 200 and "Signed in" not in done.page.text


def test_a_login_without_a_page_wants_something_of_the_user(canaille):
    done = login(canaille, client=settings(canaille, "client_secret_basic", prompt="none"))
    assert "iss" not in parse_qs(urlsplit(done.answer).query), "such answers of Canaille do not name it"
    assert done.identity is None and done.failure["kind"] == "interaction_required", done.error


def test_groups_decide_who_is_let_in(canaille):
    client = settings(canaille, "client_secret_basic", scopes=["openid", "profile", "email", "groups"])
    attributes = {"groups": "/groups"}
    for group, status in [("staff", 0), ("board", 77)]:
        rules = [{"attribute": "groups", "contains": group}]
        done = login(canaille, client=client, attributes=attributes, admit=rules)
        assert done.status == status, done.error


# These are last: once a code is left over, Canaille finds no later one of its client.
@pytest.mark.parametrize("par", ["auto", "off"])
@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
def test_a_wrong_secret_is_the_operators_to_mend(provider, method, par):
    wrong = {"literal": "another-secret-than-the-one-at-the-provider"}
    done = login(provider, client=settings(provider, method, clientSecret=wrong, par=par))
    assert (done.status, done.failure["kind"]) == (78, "misconfigured"), done.error
    assert wrong["literal"] not in done.error


def test_a_key_that_is_not_registered_is_the_operators_to_mend_if_the_provider_says_so(provider):
    another = ECKey.generate_key("P-256")
    path = provider.directory / "another-key.pem"
    path.write_bytes(another.as_pem(private=True))
    client = settings(provider, "private_key_jwt")
    client["clientAssertion"] |= {"keyFile": str(path)}
    done = login(provider, client=client)
    # Glewlwyd answers 403 without an error code, as a proxy in front of a token endpoint might.
    expected = (69, "upstream_misbehaved") if isinstance(provider, Glewlwyd) else (78, "misconfigured")
    assert (done.status, done.failure["kind"]) == expected, done.error
