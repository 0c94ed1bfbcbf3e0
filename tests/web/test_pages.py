"""Pages that belong to no module, and the choices kept in cookies."""

import re

import pytest
from django.conf import settings as django_settings
from django.urls import reverse

PAGES = ["web:privacy", "web:accessibility", "web:about"]
LANGUAGES = [code for code, _ in django_settings.LANGUAGES]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_there_in_every_language_and_sets_no_cookie(client, page, language):
    answer = client.get(reverse(page), headers={"accept-language": language})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}" data-color-scheme="auto">' in html
    assert html.count("<h1>") == 1
    assert not answer.cookies


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_nothing_inline(client, page):
    html = client.get(reverse(page)).content.decode()
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", html) == []


def test_a_page_says_what_browsers_may_do(client):
    headers = client.get(reverse("web:privacy")).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_chosen_scheme_is_kept_and_applied_by_the_server(client, scheme):
    answer = client.post(reverse("web:set_color_scheme"), {"scheme": scheme, "next": "/privacy/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/privacy/")
    assert f'data-color-scheme="{scheme}"' in client.get("/privacy/").content.decode()


def test_following_the_device_keeps_no_cookie(client):
    client.post(reverse("web:set_color_scheme"), {"scheme": "dark"})
    client.post(reverse("web:set_color_scheme"), {"scheme": "auto"})
    assert client.cookies["samskap_scheme"].value == ""
    assert 'data-color-scheme="auto"' in client.get("/privacy/").content.decode()


def test_a_foreign_scheme_is_ignored(client):
    client.cookies["samskap_scheme"] = 'x" onload="y'
    assert 'data-color-scheme="auto"' in client.get("/privacy/").content.decode()


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_a_choice_never_leads_to_another_site(client, address):
    answer = client.post(reverse("web:set_color_scheme"), {"scheme": "dark", "next": address})
    assert answer.headers["Location"] == "/"


def test_a_chosen_language_wins_over_the_browser(client):
    client.post(reverse("web:set_language"), {"language": "nn", "next": "/privacy/"})
    html = client.get("/privacy/", headers={"accept-language": "en"}).content.decode()
    assert '<html lang="nn"' in html


def test_a_browser_without_our_languages_gets_bokmal(client):
    assert '<html lang="nb"' in client.get("/privacy/", headers={"accept-language": "fr"}).content.decode()


def test_the_styleguide_is_not_on_a_real_server(client):
    assert client.get(reverse("web:styleguide")).status_code == 404


def test_the_styleguide_shows_every_component_in_the_demonstration(client, settings):
    settings.SAMSKAP_DEMO = True
    html = client.get(reverse("web:styleguide")).content.decode()
    assert [part for part in ("s-card", "s-tabs", "ds-pagination", "s-empty", "s-figure") if part not in html] == []


def test_the_demonstration_says_so_on_every_page(client, settings):
    settings.SAMSKAP_DEMO = True
    assert "s-notice" in client.get(reverse("web:privacy")).content.decode()
    settings.SAMSKAP_DEMO = False
    assert "s-notice" not in client.get(reverse("web:privacy")).content.decode()
