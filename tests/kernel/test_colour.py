"""The colours of a theme can be read, whatever colour a municipality has."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samskap.kernel.colour import contrast, parse_colour, scale
from samskap.kernel.errors import SamskapError

BASES = ["#14595a", "#ffdd00", "#ffffff", "#000000", "#ff0000", "#00ff00", "#0000ff", "#777777", "#e6007e"]
SURFACES = ["background-default", "background-tinted", "surface-default", "surface-tinted"]
colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def ratio(one: str, other: str) -> float:
    return contrast(parse_colour(one), parse_colour(other))


def unreadable(base: str, scheme: str) -> list[str]:
    """Every pair of a scale that misses WCAG 2.1 AA."""
    made = scale(parse_colour(base), scheme=scheme)
    pairs = [(text, ground, 4.5) for text in ("text-subtle", "text-default") for ground in SURFACES]
    pairs += [(line, ground, 3.0) for line in ("border-default", "border-strong") for ground in SURFACES]
    pairs += [("text-default", ground, 4.5) for ground in ("surface-hover", "surface-active")]
    pairs += [("base-contrast-default", ground, 4.5) for ground in ("base-default", "base-hover", "base-active")]
    pairs += [("base-default", "background-default", 3.0), ("base-default", "background-tinted", 3.0)]
    return [f"{a} on {b}: {ratio(made[a], made[b]):.2f}" for a, b, least in pairs if ratio(made[a], made[b]) < least]


def test_contrast_of_black_and_white_is_21():
    assert contrast(parse_colour("#000000"), parse_colour("#ffffff")) == pytest.approx(21)


def test_contrast_is_the_one_of_the_wcag_definition():
    assert ratio("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("base", BASES)
def test_every_text_and_line_of_a_scale_can_be_read(base, scheme):
    assert unreadable(base, scheme) == []


@settings(deadline=None)
@given(colours, st.sampled_from(["light", "dark"]))
def test_any_colour_gives_a_scale_that_can_be_read(base, scheme):
    assert unreadable(base, scheme) == []


def test_a_readable_base_colour_is_kept_as_it_is():
    assert scale(parse_colour("#14595a"), scheme="light")["base-default"] == "#14595a"


@given(colours)
def test_a_colour_survives_reading_and_writing(text):
    assert parse_colour(text).hex == text


@pytest.mark.parametrize("text", ["", "red", "#fff", "#12345g", "#1234567", "url(x)"])
def test_what_is_not_a_colour_is_refused_with_a_cure(text):
    with pytest.raises(SamskapError) as refused:
        parse_colour(text)
    assert "six hexadecimal digits" in refused.value.cure
