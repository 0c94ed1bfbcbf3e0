"""What every chart is drawn with: the frame with its title, words, lines, and a legend where there is no room beside.

Works by itself (light, dark, print, PDF) through presentation attributes, and takes a page's colours through its
classes: `ch-0` to `ch-5` for tones, `ch-axis`, `ch-grid`, `ch-tick`, `ch-unit`, `ch-line`, `ch-band`, `ch-bar`,
`ch-label`, `ch-value`, `ch-today`, `ch-rule`. Words take the colour of the text around them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from samskap.formats.charts.words import Face

__all__ = [
    "NARROW",
    "TONES",
    "WIDE",
    "Key",
    "Layout",
    "colour",
    "escaped",
    "framed",
    "kept",
    "layout",
    "legend",
    "n",
    "text",
]

WIDE = 720
NARROW = 340

# Each has a contrast of at least 3 to 1 on white and on near-black; neighbours differ in lightness too.
TONES = ("#2b7bba", "#c4561a", "#2e8b57", "#8f63c0", "#bf4374", "#7c7c7c")
SIGN = 0.6  # width of a letter, in sizes of the font: that of a wide font, so that nothing is cut


@dataclass(frozen=True, slots=True)
class Layout:
    """Measures that follow from the width: size of the words, marks on an axis, height of a chart with a time axis."""

    width: float
    font: float
    height: float
    ticks: int
    years: int

    def wide(self, words: str) -> float:
        """About how wide these words are."""
        return SIGN * self.font * len(words)


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of a legend: the drawing of its sign at (x, y), and its words."""

    sign: str
    words: str


def layout(width: int) -> Layout:
    """The measures of this width; below 500 the words are larger for their place, and there are fewer marks."""
    if width < 500:
        return Layout(width, font=13.0, height=round(width * 0.8), ticks=4, years=4)
    return Layout(width, font=14.0, height=round(width * 0.52), ticks=6, years=8)


def colour(tone: int) -> str:
    """The colour of a tone where no page gives one."""
    return TONES[tone % len(TONES)]


def framed(face: Face, parts: Iterable[str], *, look: Layout, height: float, kind: str) -> str:
    """The whole drawing, with what is read to those who do not see it."""
    name = f"ch-{kept(face.key)}-{n(look.width)}"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart chart-{kind}" role="img" '
            f'viewBox="0 0 {n(look.width)} {n(height)}" width="{n(look.width)}" height="{n(height)}" '
            f'aria-labelledby="{name}-title {name}-desc" font-family="system-ui, sans-serif" '
            f'font-size="{n(look.font)}">',
            f'<title id="{name}-title">{escaped(face.title)}</title>',
            f'<desc id="{name}-desc">{escaped(face.description)}</desc>',
            *parts,
            "</svg>",
        ]
    )


def legend(keys: Sequence[Key], *, look: Layout, top: float) -> tuple[list[str], float]:
    """Rows of signs with words, and the height they take. A sign is drawn as if its words began at (30, 0)."""
    drawn: list[str] = []
    line, x, y = look.font * 1.6, 2.0, top + look.font
    for key in keys:
        needed = 30.0 + look.wide(key.words) + 14.0
        if x > 2.0 and x + needed > look.width:
            x, y = 2.0, y + line
        drawn.append(
            f'<g class="ch-key" transform="translate({n(x)} {n(y)})">{key.sign}{text(key.words, 30.0, 0.0)}</g>'
        )
        x += needed
    return drawn, (y - top + look.font * 0.8 if keys else 0.0)


def text(
    words: str,
    x: float,
    y: float,
    *,
    style: str = "ch-label",
    anchor: str = "start",
    halo: bool = False,
    strong: bool = False,
) -> str:
    """Words at a place; `halo` keeps them readable on what lies behind, `strong` marks a heading."""
    placed = f' text-anchor="{anchor}"' if anchor != "start" else ""
    around = ' stroke="Canvas" stroke-width="4" stroke-linejoin="round" paint-order="stroke"' if halo else ""
    weight = ' font-weight="600"' if strong else ""
    told = escaped(words)
    return f'<text class="{style}" x="{n(x)}" y="{n(y)}" fill="currentColor"{placed}{weight}{around}>{told}</text>'


def escaped(words: str) -> str:
    """Words as XML holds them; it cannot hold most control characters, not even escaped."""
    return escape(
        "".join(sign for sign in words if sign in "\t\n" or (sign >= " " and not "\ud800" <= sign <= "\udfff"))
    )


def kept(key: str) -> str:
    """A key as a part of an id."""
    return "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_") else "-" for sign in key)


def n(value: float) -> str:
    """A number as short as it can be: one decimal, no minus zero."""
    return f"{round(value, 1) + 0.0:g}"
