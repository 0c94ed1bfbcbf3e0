"""Signing in: a code by e-mail, a second factor, other services; and what is never kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from tests import factories
from tests.apps.viewers import words_of
from tests.project.oidc_provider import CLIENT_ID, SECRET, Provider

from samskap.apps.actors.models import Person
from samskap.kernel import clock
from samskap.project import oidc

BROWSER = {"REMOTE_ADDR": "203.0.113.9", "HTTP_USER_AGENT": "Nettleser/7.1 (Samskaptest)"}


@pytest.fixture(autouse=True)
def _english_and_a_fresh_cache() -> Iterator[None]:
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture
def browser() -> Client:
    client = Client(**BROWSER)
    client.cookies["samskap_language"] = "en"
    return client


@pytest.fixture
def facilitator(db: None) -> Person:
    return factories.make_person(email="facilitator@example.org", role="facilitator")


def ask_for_code(browser: Client, email: str) -> Any:
    return browser.post(reverse("account_login"), {"login": email}, follow=True)


def code_in_mail() -> str:
    found = re.search(r"^\d{4}-\d{4}$", mail.outbox[-1].body, re.MULTILINE)
    assert found
    return found.group()


def sign_in(browser: Client, email: str) -> Any:
    ask_for_code(browser, email)
    return browser.post(reverse("account_confirm_login_code"), {"code": code_in_mail(), "action": "verify"})


def is_signed_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def database_text() -> str:
    """Everything that stands in any table, sessions opened up."""
    rows = [str(list(model.objects.values())) for model in apps.get_models()]
    sessions = [str(session.get_decoded()) for session in Session.objects.all()]
    return "\n".join(rows + sessions)


# --- A code by e-mail ---


@pytest.mark.parametrize("typed", ["facilitator@example.org", " Facilitator@Example.ORG "])
def test_a_person_signs_in_with_a_code_from_an_e_mail(browser: Client, facilitator: Person, typed: str) -> None:
    answer = sign_in(browser, typed)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/work/")
    assert browser.session["_auth_user_id"] == str(facilitator.pk)
    assert mail.outbox[0].subject == f"Your code for Samskap: {code_in_mail()}"


def test_a_stranger_sees_the_same_page_and_gets_no_letter(browser: Client, facilitator: Person) -> None:
    known = words_of(ask_for_code(browser, "facilitator@example.org"))
    other = Client(**BROWSER)
    other.cookies["samskap_language"] = "en"
    strange = words_of(ask_for_code(other, "nobody@example.org"))
    assert known.replace("facilitator@", "nobody@") == strange
    assert [letter.to for letter in mail.outbox] == [["facilitator@example.org"]]
    answer = other.post(reverse("account_confirm_login_code"), {"code": "", "action": "verify"})
    assert answer.status_code == 200
    assert not is_signed_in(other)
    assert Person.objects.count() == 1


def test_one_who_is_not_active_gets_no_code(browser: Client, db: None) -> None:
    factories.make_person(email="old@example.org", is_active=False)
    ask_for_code(browser, "old@example.org")
    assert mail.outbox == []


def test_three_wrong_codes_and_the_right_one_is_worth_nothing(browser: Client, facilitator: Person) -> None:
    ask_for_code(browser, facilitator.email)
    right = code_in_mail()
    for _attempt in range(3):
        answer = browser.post(reverse("account_confirm_login_code"), {"code": "0000-0000", "action": "verify"})
    assert answer.headers["Location"] == reverse("account_login")
    browser.post(reverse("account_confirm_login_code"), {"code": right, "action": "verify"})
    assert not is_signed_in(browser)


def test_codes_cannot_be_ordered_without_end(browser: Client, facilitator: Person) -> None:
    for _attempt in range(3):
        ask_for_code(Client(**BROWSER), facilitator.email)
    page = ask_for_code(browser, facilitator.email)
    assert "There have been too many attempts." in page.content.decode()
    assert len(mail.outbox) == 3


def test_someone_who_guesses_from_one_address_is_stopped_with_a_sentence(browser: Client, db: None) -> None:
    answers = [browser.post(reverse("account_login"), {"login": f"a{at}@example.org"}) for at in range(31)]
    assert answers[-1].status_code == 429
    assert "Too many attempts" in words_of(answers[-1])


@pytest.mark.parametrize(
    "name", ["account_signup", "account_reset_password", "account_change_password", "account_set_password"]
)
def test_there_are_no_passwords_and_no_open_sign_up(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("path", ["signup/", "password/reset/", "password/change/", "2fa/webauthn/signup/"])
def test_their_pages_are_not_there(browser: Client, db: None, path: str) -> None:
    assert browser.get(f"/accounts/{path}").status_code == 404


def test_an_address_outside_is_not_followed_after_signing_in(browser: Client, facilitator: Person) -> None:
    browser.post(reverse("account_login") + "?next=https://evil.example/", {"login": facilitator.email})
    answer = browser.post(
        reverse("account_confirm_login_code") + "?next=https://evil.example/",
        {"code": code_in_mail(), "action": "verify"},
    )
    assert answer.headers["Location"] == "/work/"


# --- A second factor ---


def totp_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_one_with_an_authenticator_app_needs_its_code_too(browser: Client, facilitator: Person) -> None:
    secret = generate_totp_secret()
    TOTP.activate(facilitator, secret)
    assert sign_in(browser, facilitator.email).headers["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(browser)
    wrong = browser.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "The code is not right." in words_of(wrong)
    browser.post(reverse("mfa_authenticate"), {"code": totp_code(secret)})
    assert is_signed_in(browser)


def test_a_facilitator_adds_an_app_and_gets_recovery_codes(browser: Client, facilitator: Person) -> None:
    sign_in(browser, facilitator.email)
    secret = browser.get(reverse("mfa_activate_totp")).context["form"].secret
    answer = browser.post(reverse("mfa_activate_totp"), {"code": totp_code(secret)}, follow=True)
    codes = re.findall(r"<code>(\d{8})</code>", answer.content.decode())
    assert len(codes) == 10
    browser.post(reverse("account_logout"))
    sign_in(browser, facilitator.email)
    browser.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert is_signed_in(browser)


def test_secrets_of_the_second_factor_are_not_readable_in_the_database(facilitator: Person) -> None:
    secret = generate_totp_secret()
    TOTP.activate(facilitator, secret)
    assert secret not in database_text()


@pytest.mark.parametrize("path", ["/work/", "/work/organisations/", "/work/account/", "/work/processes/"])
def test_those_in_charge_come_no_further_without_one_where_it_is_required(
    browser: Client, facilitator: Person, settings: Any, path: str
) -> None:
    settings.SAMSKAP_REQUIRE_MFA = True
    sign_in(browser, facilitator.email)
    answer = browser.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("mfa_index"))
    assert browser.post(path).headers["Location"] == reverse("mfa_index")
    assert "need a passkey or an authenticator app here" in browser.get(reverse("mfa_index")).content.decode()
    TOTP.activate(facilitator, generate_totp_secret())
    assert browser.get(path).status_code == 200
    assert "need a passkey" not in browser.get(reverse("mfa_index")).content.decode()


def test_an_operator_needs_one_too_and_a_partner_does_not(browser: Client, settings: Any, db: None) -> None:
    settings.SAMSKAP_REQUIRE_MFA = True
    for person, status in [
        (factories.make_person(is_operator=True), 302),
        (factories.make_person(role="partner", organisation=factories.make_organisation()), 200),
    ]:
        browser.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        assert browser.get("/work/").status_code == status


def test_it_is_not_asked_for_where_it_is_not_required(browser: Client, facilitator: Person) -> None:
    sign_in(browser, facilitator.email)
    assert browser.get("/work/").status_code == 200


def test_a_signed_in_person_is_asked_once_more_before_the_app_is_taken_away(
    browser: Client, facilitator: Person
) -> None:
    secret = generate_totp_secret()
    TOTP.activate(facilitator, secret)
    sign_in(browser, facilitator.email)
    browser.post(reverse("mfa_authenticate"), {"code": totp_code(secret)})
    Authenticator.objects.update(created_at=clock.now() - timedelta(hours=1))
    answer = browser.get(reverse("mfa_deactivate_totp"))
    assert answer.headers["Location"].startswith(reverse("mfa_reauthenticate"))
    assert "Is it still you?" in browser.get(answer.headers["Location"]).content.decode()


def test_no_ip_address_and_no_user_agent_reach_the_database(browser: Client, facilitator: Person) -> None:
    secret = generate_totp_secret()
    TOTP.activate(facilitator, secret)
    ask_for_code(Client(**BROWSER), "nobody@example.org")
    sign_in(browser, facilitator.email)
    browser.post(reverse("mfa_authenticate"), {"code": "000000"})
    browser.post(reverse("mfa_authenticate"), {"code": totp_code(secret)})
    assert is_signed_in(browser)
    browser.get("/work/")
    stored = database_text()
    assert str(facilitator.email) in stored
    assert "203.0.113.9" not in stored
    assert "Nettleser" not in stored


# --- Other services ---


@pytest.fixture
def service(settings: Any) -> Iterator[Provider]:
    claims = {
        "sub": "k7-pairwise",
        "email": "facilitator@example.org",
        "email_verified": True,
        "pid": "01017012345",
        "name": "K",
    }
    with Provider(claims) as provider:
        use(settings, provider)
        yield provider


def use(settings: Any, provider: Provider, **more: Any) -> None:
    entry = {"id": "idporten", "name": "ID-porten", "issuer": provider.issuer, "client_id": CLIENT_ID, "secret": SECRET}
    settings.SAMSKAP_OIDC = [entry | more]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": oidc.apps(settings.SAMSKAP_OIDC)}}


def through(browser: Client, service: Provider, *, process: str = "login") -> Any:
    start = browser.get(reverse("openid_connect_login", args=["idporten"]), {"process": process})
    back = urlsplit(service.authorize(start.headers["Location"]))
    return browser.get(f"{back.path}?{back.query}")


def test_the_sign_in_page_offers_the_service(browser: Client, service: Provider, db: None) -> None:
    assert "Sign in with ID-porten" in browser.get(reverse("account_login")).content.decode()


def test_a_verified_address_of_a_person_here_signs_in(browser: Client, facilitator: Person, service: Provider) -> None:
    answer = through(browser, service)
    assert answer.headers["Location"] == "/work/"
    assert browser.session["_auth_user_id"] == str(facilitator.pk)


def test_the_code_is_bound_by_pkce_and_the_level_is_asked_for(
    browser: Client, facilitator: Person, service: Provider, settings: Any
) -> None:
    use(settings, service, acr_values="idporten-loa-substantial", scope="openid email")
    through(browser, service)
    asked = service.asked[0]
    assert (asked["code_challenge_method"], asked["acr_values"], set(asked["scope"].split())) == (
        "S256", "idporten-loa-substantial", {"openid", "email"},
    )  # fmt: skip
    assert len(asked["code_challenge"]) == 43


def test_of_the_service_only_the_sub_is_kept_and_the_national_number_nowhere(
    browser: Client, facilitator: Person, service: Provider
) -> None:
    through(browser, service)
    tie = SocialAccount.objects.get()
    assert (tie.provider, tie.uid, tie.extra_data, tie.user) == ("idporten", "k7-pairwise", {}, facilitator)
    through(Client(), service)
    tie.refresh_from_db()
    assert tie.extra_data == {}
    assert "01017012345" not in database_text()


def test_the_sub_signs_in_later_even_where_the_address_has_changed(
    browser: Client, facilitator: Person, service: Provider
) -> None:
    through(browser, service)
    service.claims |= {"email": "new@example.org"}
    again = Client()
    through(again, service)
    assert again.session["_auth_user_id"] == str(facilitator.pk)


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "nobody@example.org"},
        {"email_verified": False},
        {"email": None, "email_verified": None},
    ],
)
def test_a_stranger_or_an_address_that_is_not_verified_does_not_come_in(
    browser: Client, facilitator: Person, service: Provider, claims: dict[str, Any]
) -> None:
    service.claims |= claims
    answer = through(browser, service)
    assert "You have no account here" in answer.content.decode()
    assert not is_signed_in(browser)
    assert (Person.objects.count(), SocialAccount.objects.count()) == (1, 0)
    assert "01017012345" not in database_text()


def test_a_service_whose_addresses_are_trusted_need_not_say_so_itself(
    browser: Client, facilitator: Person, service: Provider, settings: Any
) -> None:
    service.claims.pop("email_verified")
    use(settings, service, trusts_email=True)
    through(browser, service)
    assert is_signed_in(browser)


@pytest.mark.parametrize("wrong", [{"iss": "https://other.example"}, {"aud": "another client"}, {"exp": 1_000_000_000}])
def test_a_token_for_someone_else_is_refused(
    browser: Client, facilitator: Person, service: Provider, wrong: dict[str, Any]
) -> None:
    service.token_claims |= wrong
    answer = through(browser, service)
    assert (answer.status_code, is_signed_in(browser)) == (401, False)
    assert "The sign-in did not succeed" in answer.content.decode()


def test_an_answer_with_a_foreign_state_is_refused(browser: Client, facilitator: Person, service: Provider) -> None:
    start = Client().get(reverse("openid_connect_login", args=["idporten"]))
    back = urlsplit(service.authorize(start.headers["Location"]))
    answer = browser.get(f"{back.path}?{back.query}")
    assert (answer.status_code, is_signed_in(browser)) == (401, False)


def test_one_who_cancels_is_told_that_nothing_has_changed(browser: Client, service: Provider, db: None) -> None:
    start = browser.get(reverse("openid_connect_login", args=["idporten"]))
    back = urlsplit(service.authorize(start.headers["Location"]))
    state = service.asked[0]["state"]
    answer = browser.get(f"{back.path}?error=access_denied&state={state}", follow=True)
    assert "You cancelled at the other service." in answer.content.decode()


def test_a_person_ties_a_service_without_an_address_and_unties_it(
    browser: Client, facilitator: Person, service: Provider
) -> None:
    service.claims.pop("email")
    sign_in(browser, facilitator.email)
    through(browser, service, process="connect")
    tie = SocialAccount.objects.get()
    assert (tie.user, tie.extra_data) == (facilitator, {})
    page = browser.get(reverse("socialaccount_connections")).content.decode()
    assert "Tied to your account" in page
    browser.post(reverse("socialaccount_connections"), {"account": tie.pk})
    assert SocialAccount.objects.count() == 0
    assert Authenticator.objects.count() == 0
