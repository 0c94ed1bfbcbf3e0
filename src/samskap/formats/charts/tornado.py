"""A tornado: what an answer becomes when one thing is lower and when it is higher, the widest bar first.

Each name stands above its bar, so that long names fit on a phone too; both ends carry their number. The lines for
the answer and for nothing are drawn across the bars only, so that none of them goes through a name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import wrap

from samskap.formats.charts.parts import SIGN, WIDE, Key, Layout, colour, framed, layout, legend, n, text
from samskap.formats.charts.scale import Scale
from samskap.formats.charts.words import Face

__all__ = ["TornadoBar", "TornadoChart", "tornado_chart"]

THICK = 1.1  # of the font
PAST = 4.0  # how far the lines go past a bar
MOST_LINES = 2  # of a name; the table beside the chart has it whole
LOW, HIGH = 1, 0  # tones


@dataclass(frozen=True, slots=True)
class TornadoBar:
    """One thing that is changed: the answer when it is lower, and when it is higher."""

    name: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class TornadoChart:
    """Bars around the answer as it is; `low_name` and `high_name` say what lower and higher are."""

    face: Face
    centre: float
    bars: tuple[TornadoBar, ...]
    low_name: str
    high_name: str


def tornado_chart(chart: TornadoChart, *, width: int = WIDE) -> str:
    """An SVG element of this width, as high as its bars need; equal input, equal drawing."""
    look = layout(width)
    reach = [chart.centre, *(value for bar in chart.bars for value in (bar.low, bar.high))]
    beside = max(look.wide(_written(chart, value)) for value in reach) + 8.0
    low, high = min(reach), max(reach)
    values = Scale(low, high if high > low else low + 1.0, beside, look.width - beside)
    parts, y = legend([_key(chart.low_name, LOW), _key(chart.high_name, HIGH)], look=look, top=0.0)
    y += look.font * 0.4
    if chart.face.unit:
        parts.append(text(chart.face.unit, 0.0, y + look.font, style="ch-unit"))
        y += look.font * 1.6
    for bar in chart.bars:
        lines = _lines(bar.name, look)
        parts += [text(line, 0.0, y + look.font * (1 + 1.2 * place), style="ch-tick") for place, line in lines]
        y += look.font * (0.35 + 1.2 * len(lines))
        parts += _bar(chart, bar, values, top=y, look=look)
        y += look.font * (THICK + 0.9)
    return framed(chart.face, parts, look=look, height=y, kind="tornado")


def _key(words: str, tone: int) -> Key:
    sign = f'<rect class="ch-bar ch-{tone}" x="4" y="-9" width="20" height="10" fill="{colour(tone)}"/>'
    return Key(sign, words)


def _written(chart: TornadoChart, value: float) -> str:
    return chart.face.numbers.write(value, chart.face.decimals)


def _lines(name: str, look: Layout) -> list[tuple[int, str]]:
    """The name in as many lines as it needs, numbered; what does not fit is left out."""
    room = int(look.width / (SIGN * look.font))
    return list(enumerate(wrap(name, width=room, max_lines=MOST_LINES, placeholder=" …") or [""]))


def _bar(chart: TornadoChart, bar: TornadoBar, values: Scale, *, top: float, look: Layout) -> Iterable[str]:
    thick = look.font * THICK
    centre = values.place(chart.centre)
    for value, tone in ((bar.low, LOW), (bar.high, HIGH)):
        end = values.place(value)
        yield (
            f'<rect class="ch-bar ch-{tone}" x="{n(min(centre, end))}" y="{n(top)}" width="{n(abs(end - centre))}" '
            f'height="{n(thick)}" fill="{colour(tone)}" fill-opacity="0.85"/>'
        )
    yield from _rules(chart, values, top - PAST, top + thick + PAST)
    line = top + thick / 2 + look.font * 0.35
    left, right = min(bar.low, bar.high), max(bar.low, bar.high)
    for value, end, step, anchor in (
        (left, min(left, chart.centre), -5.0, "end"),
        (right, max(right, chart.centre), 5.0, "start"),
    ):
        x = values.place(end) + step
        yield text(_written(chart, value), x, line, style="ch-value", anchor=anchor, halo=True)


def _rules(chart: TornadoChart, values: Scale, top: float, bottom: float) -> Iterable[str]:
    """Where the answer is, and where nothing is gained or lost if a bar reaches so far, across one bar."""
    lines = [(chart.centre, "ch-rule", ' stroke-dasharray="4 3"')]
    if values.low < 0.0 < values.high:
        lines.append((0.0, "ch-axis", ""))
    for value, style, dashes in lines:
        x = n(values.place(value))
        yield (
            f'<line class="{style}" x1="{x}" y1="{n(top)}" x2="{x}" y2="{n(bottom)}" stroke="currentColor" '
            f'stroke-opacity="0.6"{dashes}/>'
        )
