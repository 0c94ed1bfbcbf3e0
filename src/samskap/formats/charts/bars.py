"""Bars that lie: groups under each other, in each group a bar for each name, with its number and its band.

Names stand before the bars and numbers after them, so that nothing has to be looked up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from samskap.formats.charts.parts import WIDE, Layout, colour, framed, layout, n, text
from samskap.formats.charts.scale import Scale
from samskap.formats.charts.words import Face

__all__ = ["Bar", "BarChart", "BarGroup", "bar_chart"]

THICK = 1.25  # of the font


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `low` and `high` is its band where there is one, `strength` 0 to 1 how full its colour is."""

    name: str
    value: float
    low: float | None = None
    high: float | None = None
    tone: int = 0
    strength: float = 0.85


@dataclass(frozen=True, slots=True)
class BarGroup:
    """Bars that belong together, under a name ("" for none)."""

    name: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class BarChart:
    """Groups of bars from zero, all on one scale."""

    face: Face
    groups: tuple[BarGroup, ...]


def bar_chart(chart: BarChart, *, width: int = WIDE) -> str:
    """An SVG element of this width, as high as its bars need; equal input, equal drawing."""
    look = layout(width)
    bars = [bar for group in chart.groups for bar in group.bars]
    written = [chart.face.numbers.write(bar.value, chart.face.decimals) for bar in bars]
    before = max((look.wide(bar.name) for bar in bars), default=0.0) + 8.0
    after = max((look.wide(words) for words in written), default=0.0) + 10.0
    reach = [value for bar in bars for value in (bar.value, bar.low, bar.high) if value is not None]
    negative = after if min(reach, default=0.0) < 0 else 0.0
    low, high = min([0.0, *reach]), max([0.0, *reach])
    values = Scale(low, high if high > low else low + 1.0, before + negative, look.width - after)
    parts: list[str] = [text(chart.face.unit, 0.0, look.font, style="ch-unit")] if chart.face.unit else []
    y = look.font * (1.8 if chart.face.unit else 0.2)
    for group in chart.groups:
        drawn, y = _group(group, chart.face, values, top=y, look=look)
        parts += drawn
    return framed(chart.face, parts, look=look, height=y, kind="bars")


def _group(group: BarGroup, face: Face, values: Scale, *, top: float, look: Layout) -> tuple[list[str], float]:
    parts, y = [], top
    if group.name:
        parts.append(text(group.name, 0.0, y + look.font * 1.1, style="ch-group", strong=True))
        y += look.font * 1.6
    zero, first = n(values.place(0.0)), y
    for bar in group.bars:
        parts += _bar(bar, face, values, y=y, look=look)
        y += look.font * THICK
    parts.append(
        f'<line class="ch-axis" x1="{zero}" y1="{n(first - 2)}" x2="{zero}" y2="{n(y)}" stroke="currentColor" '
        'stroke-opacity="0.6"/>'
    )
    return parts, y + look.font * 0.7


def _bar(bar: Bar, face: Face, values: Scale, *, y: float, look: Layout) -> Iterable[str]:
    zero, end = values.place(0.0), values.place(bar.value)
    thick = look.font * (THICK - 0.25)
    middle = y + thick / 2
    yield text(bar.name, 0.0, middle + look.font * 0.35, style="ch-tick")
    yield (
        f'<rect class="ch-bar ch-{bar.tone}" x="{n(min(zero, end))}" y="{n(y)}" width="{n(abs(end - zero))}" '
        f'height="{n(thick)}" fill="{colour(bar.tone)}" fill-opacity="{bar.strength:g}"/>'
    )
    far = end
    if bar.low is not None and bar.high is not None:
        low, high = values.place(bar.low), values.place(bar.high)
        far = max(end, high) if bar.value >= 0 else min(end, low)
        yield (
            f'<path class="ch-whisker" d="M{n(low)} {n(middle)}H{n(high)}M{n(low)} {n(middle - 3)}v6M{n(high)} '
            f'{n(middle - 3)}v6" stroke="currentColor" stroke-width="1.3" fill="none"/>'
        )
    words, anchor = face.numbers.write(bar.value, face.decimals), "start" if bar.value >= 0 else "end"
    yield text(
        words, far + (6.0 if bar.value >= 0 else -6.0), middle + look.font * 0.35, style="ch-value", anchor=anchor
    )
