"""The theme: the built one is the one the colour maths makes, and a municipality's own is a file."""

from pathlib import Path

import pytest
from django.urls import reverse

from samskap.kernel.colour import parse_colour, scale
from samskap.web.theme import SAMSKAP_COLOURS, stylesheet

THEME = Path(__file__).resolve().parents[2] / "frontend" / "src" / "css" / "theme.css"
FIRST_LINE = "/* Made by samskap.web.theme from the colours of Samskap; a test keeps the two alike. */\n"


def test_the_built_theme_is_the_one_the_colour_maths_makes():
    assert THEME.read_text() == FIRST_LINE + stylesheet(SAMSKAP_COLOURS), (
        "Write frontend/src/css/theme.css again: its first line, then samskap.web.theme.stylesheet(SAMSKAP_COLOURS)."
    )


def test_a_theme_follows_the_device_and_the_choice():
    css = stylesheet({"accent": parse_colour("#14595a")})
    light = scale(parse_colour("#14595a"), scheme="light")["base-default"]
    dark = scale(parse_colour("#14595a"), scheme="dark")["base-default"]
    assert css.count(f"--ds-color-accent-base-default: {light};") == 1
    assert css.count(f"--ds-color-accent-base-default: {dark};") == 2


def test_a_municipality_gets_a_stylesheet_of_its_colour(client):
    answer = client.get(reverse("web:theme", args=["ffdd00"]))
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
    assert answer.content.decode() == stylesheet({"accent": parse_colour("#ffdd00")})


@pytest.mark.parametrize("colour", ["red", "12345", "%3Cb%3E", "1234567"])
def test_what_is_not_a_colour_has_no_stylesheet(client, colour):
    assert client.get(f"/theme/{colour}.css").status_code == 404


def test_pages_use_the_colour_of_the_setting(client, settings):
    settings.SAMSKAP_COLOUR = "#ffdd00"
    assert '<link rel="stylesheet" href="/theme/ffdd00.css">' in client.get(reverse("web:privacy")).content.decode()


def test_pages_without_a_colour_ask_for_no_stylesheet_more(client):
    assert "/theme/" not in client.get(reverse("web:privacy")).content.decode()
