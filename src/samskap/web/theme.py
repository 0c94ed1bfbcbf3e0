"""A theme as a small stylesheet: inline styles are forbidden, so a municipality's colour is a file of its own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from samskap.kernel.colour import Colour, parse_colour, scale

__all__ = ["SAMSKAP_COLOURS", "stylesheet"]

SAMSKAP_COLOURS: Mapping[str, Colour] = {
    "accent": parse_colour("#14595a"),
    "neutral": parse_colour("#5b5a57"),
    "brand1": parse_colour("#b5532b"),
}


def stylesheet(colours: Mapping[str, Colour]) -> str:
    """The CSS that gives Designsystemet these theme colours (by its names: accent, neutral, brand1), light and dark."""
    light = "".join(_declarations(name, base, scheme="light") for name, base in colours.items())
    dark = "".join(_declarations(name, base, scheme="dark") for name, base in colours.items())
    return (
        f":root,\n[data-color-scheme=light] {{\n{light}}}\n"
        f"[data-color-scheme=dark] {{\n{dark}}}\n"
        f"@media (prefers-color-scheme: dark) {{\n[data-color-scheme=auto] {{\n{dark}}}\n}}\n"
    )


@lru_cache(maxsize=256)
def _declarations(name: str, base: Colour, *, scheme: str) -> str:
    steps = scale(base, scheme=scheme).steps
    return "".join(f"  --ds-color-{name}-{step}: {colour};\n" for step, colour in steps.items())
