"""A histogram: how often an answer falls in each span, with marks where a share of the answers lies below."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from samskap.formats.charts.parts import WIDE, Layout, colour, framed, layout, n, text
from samskap.formats.charts.scale import Scale, decimals_of, rounded_scale
from samskap.formats.charts.words import Face

__all__ = ["Bin", "Histogram", "HistogramMark", "histogram"]

BELOW, ABOVE = 1, 0  # tones
LEVELS = 2  # marks that stand close take turns in height


@dataclass(frozen=True, slots=True)
class Bin:
    """From `low` to `high`: `share` of all answers, 0 to 1."""

    low: float
    high: float
    share: float


@dataclass(frozen=True, slots=True)
class HistogramMark:
    """A line at a value, with its words."""

    value: float
    words: str


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bins beside each other; those below `turn` have another colour. `face.unit` is that of the values."""

    face: Face
    bins: tuple[Bin, ...]
    marks: tuple[HistogramMark, ...] = ()
    turn: float = 0.0


def histogram(chart: Histogram, *, width: int = WIDE) -> str:
    """An SVG element of this width; equal input, equal drawing."""
    look = layout(width)
    ends = [edge for one in chart.bins for edge in (one.low, one.high)] + [mark.value for mark in chart.marks]
    across = rounded_scale(ends, start=look.font, end=look.width - look.font, most=look.ticks)
    top = look.font * 1.5 * (LEVELS + 1 if chart.marks else 1)
    height = look.height * 0.7
    bottom = height - look.font * (3.2 if chart.face.unit else 1.9)
    most = max((one.share / (one.high - one.low) for one in chart.bins), default=1.0) or 1.0
    up = Scale(0.0, most, bottom, top)
    parts = [
        *_bins(chart, across, up, bottom),
        *_axis(chart, across, bottom, look),
        *_marks(chart, across, bottom, look),
    ]
    return framed(chart.face, parts, look=look, height=height, kind="histogram")


def _bins(chart: Histogram, across: Scale, up: Scale, bottom: float) -> Iterable[str]:
    """Areas tell the shares: spans need not be equally wide."""
    for one in chart.bins:
        tone = BELOW if one.high <= chart.turn else ABOVE
        left, right, top = across.place(one.low), across.place(one.high), up.place(one.share / (one.high - one.low))
        yield (
            f'<rect class="ch-bar ch-{tone}" x="{n(left)}" y="{n(top)}" width="{n(max(right - left - 0.8, 0.4))}" '
            f'height="{n(bottom - top)}" fill="{colour(tone)}" fill-opacity="0.85"/>'
        )


def _axis(chart: Histogram, across: Scale, bottom: float, look: Layout) -> Iterable[str]:
    yield (
        f'<line class="ch-axis" x1="0" y1="{n(bottom)}" x2="{n(look.width)}" y2="{n(bottom)}" stroke="currentColor" '
        'stroke-opacity="0.6"/>'
    )
    decimals = decimals_of(across.ticks)
    for tick in across.ticks:
        words = chart.face.numbers.write(tick, decimals)
        half = look.wide(words) / 2
        x = min(max(across.place(tick), half), look.width - half)
        yield text(words, x, bottom + look.font * 1.3, style="ch-tick", anchor="middle")
    if chart.face.unit:
        yield text(chart.face.unit, look.width, bottom + look.font * 2.8, style="ch-unit", anchor="end")


def _marks(chart: Histogram, across: Scale, bottom: float, look: Layout) -> Iterable[str]:
    for number, mark in enumerate(sorted(chart.marks, key=lambda mark: mark.value)):
        x = across.place(mark.value)
        y = look.font * (1.1 + 1.5 * (number % (LEVELS + 1)))
        half = look.wide(mark.words) / 2
        yield (
            f'<line class="ch-rule" x1="{n(x)}" y1="{n(y + look.font * 0.4)}" x2="{n(x)}" y2="{n(bottom)}" '
            'stroke="currentColor" stroke-opacity="0.7" stroke-dasharray="5 4"/>'
        )
        yield text(mark.words, min(max(x, half), look.width - half), y, anchor="middle", halo=True)
