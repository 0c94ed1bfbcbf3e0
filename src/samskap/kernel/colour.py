"""Colours that can be read: a whole scale for light and dark from one base colour.

Contrast is a matter of relative luminance alone (WCAG 2.1, definition of *contrast ratio*). So each step of a scale
is a fixed luminance, and the base colour lends it hue and chroma: the lightness in the OKLCH space (Björn Ottosson,
2020) is searched until the luminance is met. Whatever colour a municipality has, the contrast is the same.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from samskap.kernel.errors import SamskapError

__all__ = ["Colour", "Scale", "contrast", "parse_colour", "scale"]

_HEX = re.compile(r"#?([0-9a-fA-F]{6})")


@dataclass(frozen=True)
class Colour:
    """A colour of the sRGB space; each part is between 0 and 1."""

    red: float
    green: float
    blue: float

    @property
    def hex(self) -> str:
        """The colour as `#rrggbb`."""
        return "#" + "".join(f"{round(part * 255):02x}" for part in (self.red, self.green, self.blue))

    @property
    def luminance(self) -> float:
        """Relative luminance, 0 (black) to 1 (white), as WCAG 2.1 defines it."""
        red, green, blue = (_linear(part) for part in (self.red, self.green, self.blue))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@dataclass(frozen=True)
class Scale:
    """The sixteen colours that Designsystemet names for one colour of a theme, by its own step names."""

    steps: dict[str, str]

    def __getitem__(self, step: str) -> str:
        return self.steps[step]


# Luminance of each step. Text and strong lines keep at least 4.5:1, default lines 3:1, on every surface of the scheme.
_LIGHT = {
    "background-default": 1.0,
    "background-tinted": 0.895,
    "surface-default": 1.0,
    "surface-tinted": 0.81,
    "surface-hover": 0.70,
    "surface-active": 0.60,
    "border-subtle": 0.50,
    "border-default": 0.20,
    "border-strong": 0.085,
    "text-subtle": 0.085,
    "text-default": 0.022,
}
_DARK = {
    "background-default": 0.0085,
    "background-tinted": 0.0125,
    "surface-default": 0.0185,
    "surface-tinted": 0.025,
    "surface-hover": 0.034,
    "surface-active": 0.050,
    "border-subtle": 0.072,
    "border-default": 0.225,
    "border-strong": 0.43,
    "text-subtle": 0.43,
    "text-default": 0.84,
}
# Large areas stay calm: the most chroma a step may carry, however strong the base colour is.
_CALM = {
    "background-default": 0.006,
    "background-tinted": 0.010,
    "surface-default": 0.012,
    "surface-tinted": 0.020,
    "surface-hover": 0.032,
    "surface-active": 0.045,
    "border-subtle": 0.050,
    "border-default": 0.080,
    "text-default": 0.035,
    "base-contrast-subtle": 0.030,
}
_DARKEST_TEXT_GROUND = 0.165  # white on it reads at 4.88:1
_LIGHTEST_TEXT_GROUND = 0.27  # black on it reads at 6.4:1


def parse_colour(text: str) -> Colour:
    """Read `#rrggbb` or `rrggbb`. Raises `SamskapError` for anything else."""
    found = _HEX.fullmatch(text.strip())
    if not found:
        raise SamskapError(
            f"{text!r} is not a colour.", code="colour", cure="Write six hexadecimal digits, for example #14595a."
        )
    digits = found.group(1)
    return Colour(*(int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)))


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.1)."""
    darker, lighter = sorted((one.luminance, other.luminance))
    return (lighter + 0.05) / (darker + 0.05)


def scale(base: Colour, *, scheme: str) -> Scale:
    """All steps of one theme colour for a scheme, `light` or `dark`.

    The base itself is kept where white (light) or black (dark) text on it can be read, else moved as far as needed.
    """
    _, chroma, hue = _to_oklch(base)
    targets = _LIGHT if scheme == "light" else _DARK
    steps = {
        step: _at_luminance(luminance, chroma=min(chroma, _CALM.get(step, chroma)), hue=hue).hex
        for step, luminance in targets.items()
    }
    return Scale(steps | _base_steps(base, chroma=chroma, hue=hue, scheme=scheme))


def _base_steps(base: Colour, *, chroma: float, hue: float, scheme: str) -> dict[str, str]:
    if scheme == "light":
        default, factors, ink = min(base.luminance, _DARKEST_TEXT_GROUND), (0.68, 0.45), (0.84, 1.0)
    else:
        default, factors, ink = max(base.luminance, _LIGHTEST_TEXT_GROUND), (1.25, 1.55), (0.008, 0.0)
    lightness = [min(default * factor, 0.9) for factor in (1.0, *factors)]
    colours = [_at_luminance(target, chroma=chroma, hue=hue).hex for target in lightness]
    inks = [_at_luminance(target, chroma=min(chroma, _CALM["base-contrast-subtle"]), hue=hue).hex for target in ink]
    names = ("default", "hover", "active", "contrast-subtle", "contrast-default")
    return {f"base-{name}": colour for name, colour in zip(names, colours + inks, strict=True)}


def _at_luminance(target: float, *, chroma: float, hue: float) -> Colour:
    """The colour of this hue whose luminance is the target; chroma gives way where the screen cannot show it."""
    low, high = 0.0, 1.0
    for _ in range(20):
        middle = (low + high) / 2
        if _shown(middle, chroma=chroma, hue=hue).luminance < target:
            low = middle
        else:
            high = middle
    return _shown(high, chroma=chroma, hue=hue)


def _shown(lightness: float, *, chroma: float, hue: float) -> Colour:
    """The colour at this lightness with as much of the chroma as sRGB holds."""
    if lightness >= 1:
        return Colour(1, 1, 1)
    low, high = 0.0, chroma
    if _fits(_from_oklch(lightness, chroma, hue)):
        low = chroma
    else:
        for _ in range(12):
            middle = (low + high) / 2
            low, high = (middle, high) if _fits(_from_oklch(lightness, middle, hue)) else (low, middle)
    return Colour(*(min(1.0, max(0.0, part)) for part in _from_oklch(lightness, low, hue)))


def _fits(parts: tuple[float, float, float]) -> bool:
    return all(-1e-6 <= part <= 1 + 1e-6 for part in parts)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _encoded(part: float) -> float:
    if part <= 0.0031308:
        return 12.92 * part
    return float(1.055 * part ** (1 / 2.4) - 0.055)


def _to_oklch(colour: Colour) -> tuple[float, float, float]:
    red, green, blue = (_linear(part) for part in (colour.red, colour.green, colour.blue))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    green_red = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    blue_yellow = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(green_red, blue_yellow), math.atan2(blue_yellow, green_red)


def _from_oklch(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    green_red, blue_yellow = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * green_red + 0.2158037573 * blue_yellow) ** 3
    medium = (lightness - 0.1055613458 * green_red - 0.0638541728 * blue_yellow) ** 3
    short = (lightness - 0.0894841775 * green_red - 1.2914855480 * blue_yellow) ** 3
    return (
        _encoded(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _encoded(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _encoded(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )
