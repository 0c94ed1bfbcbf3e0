"""Lines over time, and fans: a middle line with the bands that hold half and four fifths of what may come.

Lines and bands are named where they end, at the right; where there is no room for that, in a legend below.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from samskap.formats.charts.parts import WIDE, Key, Layout, colour, framed, layout, legend, n, text
from samskap.formats.charts.scale import Scale, decimals_of, rounded_scale, steps
from samskap.formats.charts.words import Face

__all__ = ["Area", "FanChart", "Line", "LineChart", "Mark", "fan_chart", "line_chart"]

Point = tuple[float, float]
Label = tuple[float, str, int, float]

WIDTHS = {"main": 3.0, "other": 2.0, "thin": 1.2, "dashed": 2.0}
DASHES = {"thin": "5 3", "dashed": "8 5"}
MOST_BESIDE = 0.3  # the share of the width that names at the right may take


@dataclass(frozen=True, slots=True)
class Line:
    """A line through `points` (x, y); y None breaks it. `style` is main, other, thin or dashed; "" has no name."""

    name: str
    points: tuple[tuple[float, float | None], ...]
    style: str = "main"
    tone: int = 0


@dataclass(frozen=True, slots=True)
class Area:
    """A band between `low` and `high` at each of `xs`; `strength` 0 to 1 says how full its colour is."""

    name: str
    xs: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    strength: float = 0.25
    tone: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """A value on an axis that has a name: today among the years, a norm among the values."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines over time. `today` is a mark on the time axis, `rule` one on the value axis, `zero` starts that at zero.

    `labels` are the words of the time axis at given places; without them whole years are written.
    """

    face: Face
    lines: tuple[Line, ...]
    areas: tuple[Area, ...] = ()
    today: Mark | None = None
    rule: Mark | None = None
    zero: bool = False
    labels: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class FanChart:
    """What may come: `middle` at each of `years`, the band of half (`inner`) and of four fifths (`outer`) of the draws.

    Each band is (name, low, high). `past` is what was; `beside` are other lines, as official projections, thin, and
    `others` their bands.
    """

    face: Face
    name: str
    years: tuple[int, ...]
    middle: tuple[float, ...]
    inner: tuple[str, tuple[float, ...], tuple[float, ...]]
    outer: tuple[str, tuple[float, ...], tuple[float, ...]]
    past: tuple[tuple[float, float | None], ...] = ()
    beside: tuple[Line, ...] = ()
    others: tuple[Area, ...] = ()
    today: Mark | None = None
    rule: Mark | None = None
    zero: bool = False


def fan_chart(chart: FanChart, *, width: int = WIDE) -> str:
    """An SVG element of this width; equal input, equal drawing."""
    xs = tuple(float(year) for year in chart.years)
    areas = tuple(
        Area(name, xs, low, high, strength=strength)
        for (name, low, high), strength in ((chart.outer, 0.18), (chart.inner, 0.32))
    )
    past = (Line("", chart.past),) if chart.past else ()
    middle = Line(chart.name, tuple(zip(xs, chart.middle, strict=True)))
    drawn = LineChart(
        chart.face,
        (*chart.beside, *past, middle),
        (*chart.others, *areas),
        today=chart.today,
        rule=chart.rule,
        zero=chart.zero,
    )
    return line_chart(drawn, width=width)


def line_chart(chart: LineChart, *, width: int = WIDE) -> str:
    """An SVG element of this width; equal input, equal drawing."""
    look = layout(width)
    top = look.font * (2.2 if chart.face.unit else 1.2)
    names = _names(chart)
    beside = max((look.wide(words) for _y, words, _tone, _x in names), default=0.0) + 14.0
    is_beside = beside <= MOST_BESIDE * look.width
    under = top + look.height + look.font * 2.0
    keys, below = ([], 0.0) if is_beside else legend(_keys(chart), look=look, top=under)
    finest = 10.0**-chart.face.decimals
    values = rounded_scale(
        _values(chart), start=top + look.height, end=top, most=look.ticks, zero=chart.zero, finest=finest
    )
    decimals = decimals_of(values.ticks)
    written = [chart.face.numbers.write(tick, decimals) for tick in values.ticks]
    left = max(look.wide(words) for words in written) + 8.0
    times = _times(chart, start=left, end=look.width - (beside if is_beside else 10.0))
    parts = [
        *_value_axis(chart, values, written, times=times, look=look),
        *_time_axis(chart, times, bottom=top + look.height, look=look),
        *(_area(area, times, values) for area in chart.areas),
        *_marks(chart, times, values),
        *(_line(line, times, values) for line in chart.lines),
        *_mark_words(chart, times, values, look=look),
        *(_beside(names, times, values, look=look) if is_beside else keys),
    ]
    return framed(chart.face, parts, look=look, height=under + below, kind="lines")


def _values(chart: LineChart) -> Iterable[float]:
    for line in chart.lines:
        yield from (y for _x, y in line.points if y is not None)
    for area in chart.areas:
        yield from area.low
        yield from area.high
    if chart.rule:
        yield chart.rule.at


def _times(chart: LineChart, *, start: float, end: float) -> Scale:
    xs = [x for line in chart.lines for x, _y in line.points] + [x for area in chart.areas for x in area.xs]
    low, high = min(xs, default=0.0), max(xs, default=1.0)
    return Scale(low, high, start, end) if high > low else Scale(low - 0.5, low + 0.5, start, end)


def _value_axis(chart: LineChart, values: Scale, written: list[str], *, times: Scale, look: Layout) -> Iterable[str]:
    if chart.face.unit:
        yield text(chart.face.unit, 0.0, look.font, style="ch-unit")
    for tick, words in zip(values.ticks, written, strict=True):
        y = values.place(tick)
        strong = tick == 0 and values.low < 0
        yield (
            f'<line class="{"ch-axis" if strong else "ch-grid"}" x1="{n(times.start)}" y1="{n(y)}" x2="{n(times.end)}" '
            f'y2="{n(y)}" stroke="currentColor" stroke-opacity="{0.6 if strong else 0.16}"/>'
        )
        yield text(words, times.start - 6.0, y + look.font * 0.35, style="ch-tick", anchor="end")


def _time_axis(chart: LineChart, times: Scale, *, bottom: float, look: Layout) -> Iterable[str]:
    marks = chart.labels or tuple(Mark(x, f"{x:g}") for x in steps(times.low, times.high, most=look.years))
    last = -math.inf
    for mark in marks:
        x, half = times.place(mark.at), look.wide(mark.label) / 2
        if x - half < last:
            continue
        last = x + half + 6.0
        middle = min(max(x, half), look.width - half)
        yield (
            f'<line class="ch-axis" x1="{n(x)}" y1="{n(bottom)}" x2="{n(x)}" y2="{n(bottom + 5)}" '
            'stroke="currentColor" stroke-opacity="0.6"/>'
        )
        yield text(mark.label, middle, bottom + look.font * 1.5, style="ch-tick", anchor="middle")


def _marks(chart: LineChart, times: Scale, values: Scale) -> Iterable[str]:
    stroke = 'stroke="currentColor" stroke-width="1.5"'
    if today := _today(chart, times):
        x = n(times.place(today.at))
        yield f'<line class="ch-today" x1="{x}" y1="{n(values.end)}" x2="{x}" y2="{n(values.start)}" {stroke}/>'
    if chart.rule:
        y = n(values.place(chart.rule.at))
        yield (
            f'<line class="ch-rule" x1="{n(times.start)}" y1="{y}" x2="{n(times.end)}" y2="{y}" {stroke} '
            'stroke-dasharray="2 4"/>'
        )


def _mark_words(chart: LineChart, times: Scale, values: Scale, *, look: Layout) -> Iterable[str]:
    if today := _today(chart, times):
        x, words, y = times.place(today.at), today.label, values.end + look.font * 0.4
        if x + look.wide(words) + 6.0 > times.end:
            yield text(words, x - 5.0, y, style="ch-mark", anchor="end", halo=True)
        else:
            yield text(words, x + 5.0, y, style="ch-mark", halo=True)
    if chart.rule:
        y = values.place(chart.rule.at) - 5.0
        yield text(chart.rule.label, times.start + 6.0, y, style="ch-mark", halo=True)


def _today(chart: LineChart, times: Scale) -> Mark | None:
    """Today, where it lies on the axis."""
    return chart.today if chart.today and times.low <= chart.today.at <= times.high else None


def _area(area: Area, times: Scale, values: Scale) -> str:
    there = [(times.place(x), values.place(y)) for x, y in zip(area.xs, area.high, strict=True) if math.isfinite(y)]
    back = [(times.place(x), values.place(y)) for x, y in zip(area.xs, area.low, strict=True) if math.isfinite(y)]
    if not there or not back:
        return ""
    return (
        f'<path class="ch-band ch-{area.tone}" fill="{colour(area.tone)}" fill-opacity="{area.strength:g}" '
        f'd="{_path(there + back[::-1])}z"/>'
    )


def _line(line: Line, times: Scale, values: Scale) -> str:
    runs = _runs(line, times, values)
    drawn = "".join(_path(run) for run in runs if len(run) > 1)
    dots = "".join(_dot(run[0]) for run in runs if len(run) == 1)
    dash = f' stroke-dasharray="{DASHES[line.style]}"' if line.style in DASHES else ""
    return (
        f'<path class="ch-line ch-{line.tone} ch-{line.style}" fill="none" stroke="{colour(line.tone)}" '
        f'stroke-width="{WIDTHS[line.style]:g}" stroke-linejoin="round" stroke-linecap="round"{dash} '
        f'd="{drawn}{dots}"/>'
    )


def _runs(line: Line, times: Scale, values: Scale) -> list[list[Point]]:
    """The unbroken parts of a line, as places on the drawing."""
    runs: list[list[Point]] = [[]]
    for x, y in line.points:
        if y is None or not math.isfinite(y):
            runs.append([])
        else:
            runs[-1].append((times.place(x), values.place(y)))
    return [run for run in runs if run]


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{n(x)} {n(y)}" for x, y in points)


def _dot(at: Point) -> str:
    return f"M{n(at[0] - 1)} {n(at[1])}a1 1 0 1 0 2 0a1 1 0 1 0 -2 0"


def _names(chart: LineChart) -> list[Label]:
    """The value where each named line and band ends, its name, its tone (-1 for a band: it has no dot), and when."""
    names = [(area.high[-1], area.name, -1, area.xs[-1]) for area in chart.areas if area.name and area.high]
    for line in chart.lines:
        ends = [(y, x) for x, y in line.points if y is not None and math.isfinite(y)]
        if line.name and ends:
            names.append((ends[-1][0], line.name, line.tone, ends[-1][1]))
    return [name for name in names if math.isfinite(name[0])]


def _beside(names: list[Label], times: Scale, values: Scale, *, look: Layout) -> Iterable[str]:
    ordered = sorted(names, key=lambda name: -name[0])
    places = _apart(
        [values.place(value) for value, _words, _tone, _x in ordered], gap=look.font * 1.15, most=values.start
    )
    for (value, words, tone, x), y in zip(ordered, places, strict=True):
        if tone >= 0:
            yield (
                f'<circle class="ch-end ch-{tone}" cx="{n(times.place(x))}" cy="{n(values.place(value))}" r="3.5" '
                f'fill="{colour(tone)}"/>'
            )
        yield text(words, times.end + 8.0, y + look.font * 0.35, style="ch-name")


def _apart(places: list[float], *, gap: float, most: float) -> list[float]:
    """The places, in rising order, moved as little as keeps them `gap` apart and none below `most`."""
    moved = list(places)
    for before, after in pairwise(range(len(moved))):
        moved[after] = max(moved[after], moved[before] + gap)
    for at in range(len(moved) - 1, -1, -1):
        ceiling = most if at == len(moved) - 1 else moved[at + 1] - gap
        moved[at] = min(moved[at], ceiling)
    return moved


def _keys(chart: LineChart) -> list[Key]:
    keys = []
    for line in chart.lines:
        dash = f' stroke-dasharray="{DASHES[line.style]}"' if line.style in DASHES else ""
        sign = (
            f'<line class="ch-line ch-{line.tone} ch-{line.style}" x1="2" y1="-4" x2="24" y2="-4" '
            f'stroke="{colour(line.tone)}" stroke-width="{WIDTHS[line.style]:g}"{dash}/>'
        )
        keys += [Key(sign, line.name)] if line.name else []
    for area in chart.areas:
        sign = (
            f'<rect class="ch-band ch-{area.tone}" x="2" y="-10" width="22" height="12" fill="{colour(area.tone)}" '
            f'fill-opacity="{area.strength:g}"/>'
        )
        keys += [Key(sign, area.name)] if area.name else []
    return keys
