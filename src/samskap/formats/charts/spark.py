"""A sparkline: the shape of a series beside its name, without axes."""

from __future__ import annotations

import math
from collections.abc import Sequence

from samskap.formats.charts.parts import colour, escaped, n
from samskap.formats.charts.scale import Scale

__all__ = ["sparkline"]

WIDTH, HEIGHT, PADDING = 120.0, 32.0, 4.0


def sparkline(values: Sequence[float | None], *, title: str, tone: int = 0) -> str:
    """A small SVG element; missing values break the line, the last known one has a dot. "" where nothing is known."""
    known = [value for value in values if value is not None and math.isfinite(value)]
    if not known:
        return ""
    low, high = min(known), max(known)
    across = Scale(0.0, max(len(values) - 1.0, 1.0), PADDING, WIDTH - PADDING)
    up = Scale(low, high, HEIGHT - PADDING, PADDING) if high > low else Scale(low - 1, low + 1, HEIGHT, 0.0)
    drawn, pen, last = "", "M", (0.0, 0.0)
    for at, value in enumerate(values):
        if value is None or not math.isfinite(value):
            pen = "M"
            continue
        last = across.place(at), up.place(value)
        drawn, pen = drawn + f"{pen}{n(last[0])} {n(last[1])}", "L"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart chart-spark" role="img" viewBox="0 0 {n(WIDTH)} '
        f'{n(HEIGHT)}" width="{n(WIDTH)}" height="{n(HEIGHT)}"><title>{escaped(title)}</title>'
        f'<path class="ch-line ch-{tone} ch-other" fill="none" stroke="{colour(tone)}" stroke-width="2" '
        f'stroke-linejoin="round" d="{drawn}"/><circle class="ch-end ch-{tone}" cx="{n(last[0])}" cy="{n(last[1])}" '
        f'r="3" fill="{colour(tone)}"/></svg>'
    )
