"""A passkey in a real browser, with a made-up authenticator: added, and used to sign in without an e-mail."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_passkey_is_added_and_signs_in_alone(chromium, live_server) -> None:
    facilitator = factories.make_person(email="facilitator@example.org", role="facilitator")
    signed_in = Client()
    signed_in.force_login(facilitator, backend=settings.AUTHENTICATION_BACKENDS[0])
    root = live_server.url.replace("127.0.0.1", "localhost")
    context = chromium.new_context(locale="en-GB")
    context.add_cookies([{"name": "samskap_session", "value": signed_in.cookies["samskap_session"].value, "url": root}])
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    held = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": held})

    page.goto(f"{root}/accounts/2fa/webauthn/add/")
    page.locator("form[data-passkey=create] button").click()
    page.wait_for_url("**/recovery-codes/**")
    assert facilitator.authenticator_set.filter(type="webauthn").count() == 1

    context.clear_cookies()
    page.goto(f"{root}/accounts/login/")
    page.locator("form[data-passkey=get] button").click()
    page.wait_for_url("**/work/**")
    assert page.locator("h1").count() == 1
    assert said == []
    context.close()


def test_the_sign_in_page_is_whole_without_script(chromium, live_server) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/accounts/login/")
    assert page.locator("form[data-passkey]").is_hidden()
    assert page.locator("input[name=login]").is_visible()
    context.close()
