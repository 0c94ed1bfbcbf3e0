"""Columns over time, made of layers that add up: what must be done and what is chosen, each with a look of its own.

What is above zero is stacked upwards, what is below downwards. Layers differ in colour and in hatching, so that they
are told apart without colour.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from samskap.formats.charts.parts import WIDE, Key, Layout, colour, framed, kept, layout, legend, n, text
from samskap.formats.charts.scale import Scale, decimals_of, rounded_scale
from samskap.formats.charts.words import Face

__all__ = ["Layer", "StackedBars", "stacked_bars"]

FULL = 0.72  # the share of its place that a column fills
# The hatching of the second, third and fourth layer.
HATCHES = {1: "M0 6L6 0", 2: "M0 3H6", 3: "M0 6L6 0M0 0L6 6"}


@dataclass(frozen=True, slots=True)
class Layer:
    """One part of each column, in the order of the columns."""

    name: str
    values: tuple[float, ...]
    tone: int = 0


@dataclass(frozen=True, slots=True)
class StackedBars:
    """Columns with a name each; names that have no room are left out, at even distances."""

    face: Face
    columns: tuple[str, ...]
    layers: tuple[Layer, ...]


def stacked_bars(chart: StackedBars, *, width: int = WIDE) -> str:
    """An SVG element of this width; equal input, equal drawing."""
    look = layout(width)
    keys, used = legend(_keys(chart, look=look), look=look, top=0.0)
    top = used + look.font * (1.9 if chart.face.unit else 0.6)
    bottom = top + look.height * 0.8
    values = rounded_scale(_reach(chart), start=bottom, end=top, most=look.ticks, zero=True)
    written = [chart.face.numbers.write(tick, decimals_of(values.ticks)) for tick in values.ticks]
    left = max(look.wide(words) for words in written) + 8.0
    unit = [text(chart.face.unit, 0.0, used + look.font, style="ch-unit")] if chart.face.unit else []
    parts = [
        *_patterns(chart, look=look),
        *keys,
        *unit,
        *_grid(values, written, left=left, look=look),
        *_columns(chart, values, left=left, look=look),
        *_names(chart, left=left, bottom=bottom, look=look),
    ]
    return framed(chart.face, parts, look=look, height=bottom + look.font * 2.0, kind="stacks")


def _reach(chart: StackedBars) -> Iterable[float]:
    for at in range(len(chart.columns)):
        column = [layer.values[at] for layer in chart.layers]
        yield sum(value for value in column if value > 0)
        yield sum(value for value in column if value < 0)


def _patterns(chart: StackedBars, *, look: Layout) -> Iterable[str]:
    for number, layer in enumerate(chart.layers):
        if number in HATCHES:
            yield (
                f'<defs><pattern id="{_hatch(chart, number, look=look)}" width="6" height="6" '
                f'patternUnits="userSpaceOnUse"><rect class="ch-bar ch-{layer.tone}" width="6" height="6" '
                f'fill="{colour(layer.tone)}" fill-opacity="0.35"/><path class="ch-line ch-{layer.tone}" '
                f'd="{HATCHES[number]}" stroke="{colour(layer.tone)}" stroke-width="1.6" fill="none"/></pattern></defs>'
            )


def _hatch(chart: StackedBars, number: int, *, look: Layout) -> str:
    return f"ch-{kept(chart.face.key)}-{n(look.width)}-hatch-{number}"


def _filled(chart: StackedBars, number: int, *, look: Layout) -> str:
    """Class and paint of a layer: plain for the first, hatched for the others."""
    tone = chart.layers[number].tone
    if number not in HATCHES:
        return f'class="ch-bar ch-{tone}" fill="{colour(tone)}"'
    paint = f"url(#{_hatch(chart, number, look=look)})"
    return f'class="ch-hatched ch-{tone}" fill="{paint}" stroke="{colour(tone)}" stroke-width="1"'


def _columns(chart: StackedBars, values: Scale, *, left: float, look: Layout) -> Iterable[str]:
    place = (look.width - left - 6.0) / max(len(chart.columns), 1)
    for at in range(len(chart.columns)):
        x, above, below = left + place * (at + (1 - FULL) / 2), 0.0, 0.0
        for number, layer in enumerate(chart.layers):
            value = layer.values[at]
            start = above if value >= 0 else below
            above, below = above + max(value, 0.0), below + min(value, 0.0)
            y, far = sorted((values.place(start), values.place(start + value)))
            if far - y >= 0.05:
                yield (
                    f'<rect {_filled(chart, number, look=look)} x="{n(x)}" y="{n(y)}" width="{n(place * FULL)}" '
                    f'height="{n(far - y)}"/>'
                )


def _grid(values: Scale, written: list[str], *, left: float, look: Layout) -> Iterable[str]:
    for tick, words in zip(values.ticks, written, strict=True):
        y = values.place(tick)
        yield (
            f'<line class="{"ch-grid" if tick else "ch-axis"}" x1="{n(left)}" y1="{n(y)}" x2="{n(look.width - 6)}" '
            f'y2="{n(y)}" stroke="currentColor" stroke-opacity="{0.16 if tick else 0.6}"/>'
        )
        yield text(words, left - 6.0, y + look.font * 0.35, style="ch-tick", anchor="end")


def _names(chart: StackedBars, *, left: float, bottom: float, look: Layout) -> Iterable[str]:
    count = max(len(chart.columns), 1)
    place = (look.width - left - 6.0) / count
    needed = max((look.wide(name) for name in chart.columns), default=0.0) + 8.0
    every = next((step for step in (1, 2, 5, 10, 20, 50) if step * place >= needed), count)
    for at in range(0, len(chart.columns), every):
        half = look.wide(chart.columns[at]) / 2
        x = min(left + place * (at + 0.5), look.width - half)
        yield text(chart.columns[at], x, bottom + look.font * 1.5, style="ch-tick", anchor="middle")


def _keys(chart: StackedBars, *, look: Layout) -> list[Key]:
    return [
        Key(f'<rect {_filled(chart, number, look=look)} x="2" y="-10" width="22" height="12"/>', layer.name)
        for number, layer in enumerate(chart.layers)
    ]
