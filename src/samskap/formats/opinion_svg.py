"""The opinion map as a drawing: people as dots, a shape for each group, hulls with letters.

Works by itself (light, dark, print, PDF) through presentation attributes, and takes a page's colours through its
classes: `om-a` to `om-e` for groups, `om-none` for people outside groups, `om-hull`, `om-people`, `om-badge`,
`om-letter`, `om-axis`, `om-statement`, `om-legend`. Lines and words take the colour of the text around them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from samskap.engines.opinion_map import OpinionMap, PersonPlace

__all__ = ["MapLabels", "draw_map"]

# Each has a contrast of at least 3 to 1 on white and on near-black.
COLOURS = ("#2b7bba", "#c4561a", "#2e8b57", "#8f63c0", "#bf4374")
NEUTRAL = "#7c7c7c"
DOT = 4.0
LEGEND_LINE = 24.0
LETTER_WIDTH = 8.0
PADDING = 28.0

# Corners of the signs of the second to the fifth group, in sizes: square, triangle, diamond, upright cross.
CORNERS: dict[int, tuple[tuple[float, float], ...]] = {
    1: ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    2: ((0.0, -1.2), (1.1, 0.8), (-1.1, 0.8)),
    3: ((0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)),
    4: (
        (-1.2, -0.4), (-0.4, -0.4), (-0.4, -1.2), (0.4, -1.2), (0.4, -0.4), (1.2, -0.4),
        (1.2, 0.4), (0.4, 0.4), (0.4, 1.2), (-0.4, 1.2), (-0.4, 0.4), (-1.2, 0.4),
    ),
}  # fmt: skip

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class MapLabels:
    """The words of a drawing, in the reader's language.

    `title` and `description` are read to those who do not see it. `groups` names each letter in the legend,
    `ungrouped` the people outside groups ("" leaves them out of the legend), `statements` draws a mark with this
    short label for each statement key.
    """

    title: str
    description: str
    groups: Mapping[str, str] = field(default_factory=dict)
    ungrouped: str = ""
    statements: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Frame:
    scale: float
    middle: Point
    centre: Point

    def place(self, x: float, y: float) -> Point:
        return (
            self.middle[0] + (x - self.centre[0]) * self.scale,
            self.middle[1] - (y - self.centre[1]) * self.scale,
        )


def draw_map(result: OpinionMap, *, width: int, height: int, labels: MapLabels) -> str:
    """An SVG element of this size in pixels; equal input gives an equal drawing."""
    legend, used = _legend(result, width=width, height=height, labels=labels)
    frame = _frame(result.people, width=width, height=height - used)
    name = f"om-{result.input_hash[:12]}-{width}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="opinion-map" role="img" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" aria-labelledby="{name}-title {name}-desc" '
        'font-family="system-ui, sans-serif" font-size="14">',
        f'<title id="{name}-title">{_text(labels.title)}</title>',
        f'<desc id="{name}-desc">{_text(labels.description)}</desc>',
        *_axes(frame, width=width, height=height - used),
        *_hulls(result, frame=frame),
        *_people(result, frame=frame),
        *_statements(result, frame=frame, size=(width, height - used), labels=labels),
        *_letters(result, frame=frame),
        *legend,
        "</svg>",
    ]
    return "\n".join(parts)


def _text(words: str) -> str:
    # XML cannot hold most control characters, not even escaped.
    return escape(
        "".join(sign for sign in words if sign in "\t\n" or (sign >= " " and not "\ud800" <= sign <= "\udfff"))
    )


def _frame(people: tuple[PersonPlace, ...], *, width: float, height: float) -> _Frame:
    xs, ys = [person.x for person in people] or [0.0], [person.y for person in people] or [0.0]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    # One scale for both axes: distances on the map mean the same in every direction.
    room = max(width - 2 * PADDING, 1.0), max(height - 2 * PADDING, 1.0)
    scales = [space / extent for space, extent in zip(room, (wide, high), strict=True) if extent > 1e-9]
    return _Frame(
        scale=min(scales, default=1.0),
        middle=(width / 2, height / 2),
        centre=((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2),
    )


def _axes(frame: _Frame, *, width: float, height: float) -> Iterable[str]:
    x, y = frame.place(0.0, 0.0)
    line = 'class="om-axis" stroke="currentColor" stroke-opacity="0.25" stroke-width="1"'
    if 0 <= y <= height:
        yield f'<line {line} x1="0" y1="{_n(y)}" x2="{_n(width)}" y2="{_n(y)}"/>'
    if 0 <= x <= width:
        yield f'<line {line} x1="{_n(x)}" y1="0" x2="{_n(x)}" y2="{_n(height)}"/>'


def _hulls(result: OpinionMap, *, frame: _Frame) -> Iterable[str]:
    for number, group in enumerate(result.groups):
        members = [frame.place(person.x, person.y) for person in result.people if person.group == group.key]
        corners = " ".join(f"{_n(x)},{_n(y)}" for x, y in _hull(members))
        colour = COLOURS[number % len(COLOURS)]
        yield (
            f'<polygon class="om-hull om-{group.key.lower()}" points="{corners}" fill="{colour}" fill-opacity="0.12" '
            f'stroke="{colour}" stroke-opacity="0.5" stroke-width="2" stroke-linejoin="round"/>'
        )


def _hull(points: list[Point]) -> list[Point]:
    """Convex hull, by Andrew's monotone chain (1979)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered

    def chain(way: Iterable[Point]) -> list[Point]:
        found: list[Point] = []
        for point in way:
            while len(found) > 1 and _turn(found[-2], found[-1], point) <= 0:
                found.pop()
            found.append(point)
        return found[:-1]

    return chain(ordered) + chain(reversed(ordered))


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _people(result: OpinionMap, *, frame: _Frame) -> Iterable[str]:
    """One path a group; people who would lie on each other are one larger sign."""
    kinds = [None, *(group.key for group in result.groups)]
    for number, key in enumerate(kinds):
        spots: Counter[tuple[int, int]] = Counter()
        for person in result.people:
            if person.group == key:
                x, y = frame.place(person.x, person.y)
                spots[round(x / DOT), round(y / DOT)] += 1
        if not spots:
            continue
        colour = COLOURS[(number - 1) % len(COLOURS)] if key else NEUTRAL
        drawn = "".join(
            _sign(number, (x * DOT, y * DOT), size=DOT * (0.7 + 0.3 * math.sqrt(count)))
            for (x, y), count in sorted(spots.items())
        )
        style = f"om-{key.lower()}" if key else "om-none"
        yield f'<path class="om-people {style}" fill="{colour}" fill-opacity="0.85" d="{drawn}"/>'


def _sign(number: int, at: Point, *, size: float) -> str:
    """Path of a sign: a small circle outside groups, then circle, square, triangle, diamond, cross."""
    x, y = at
    shape = (number - 1) % len(COLOURS)
    if number == 0 or shape == 0:
        r = _n(size * (0.75 if number == 0 else 1.0))
        return f"M{_n(x)} {_n(y)}m-{r} 0a{r} {r} 0 1 0 {_n(2 * float(r))} 0a{r} {r} 0 1 0 -{_n(2 * float(r))} 0z"
    return "M" + "L".join(f"{_n(x + dx * size)} {_n(y + dy * size)}" for dx, dy in CORNERS[shape]) + "z"


def _letters(result: OpinionMap, *, frame: _Frame) -> Iterable[str]:
    for number, group in enumerate(result.groups):
        x, y = frame.place(group.x, group.y)
        colour = COLOURS[number % len(COLOURS)]
        yield (
            f'<circle class="om-badge om-{group.key.lower()}" cx="{_n(x)}" cy="{_n(y)}" r="15" fill="{colour}" '
            'stroke="#fff" stroke-width="2"/>'
            f'<text class="om-letter" x="{_n(x)}" y="{_n(y + 7)}" text-anchor="middle" font-size="19" '
            f'font-weight="700" fill="#fff">{_text(group.key)}</text>'
        )


def _statements(result: OpinionMap, *, frame: _Frame, size: tuple[float, float], labels: MapLabels) -> Iterable[str]:
    """Marks where agreeing pulls a person, as far out as the loading of the statement."""
    marked = [item for item in result.statements if item.key in labels.statements]
    longest = max((math.hypot(item.x, item.y) for item in marked), default=0.0)
    if longest <= 0.0:
        return
    reach = 0.45 * min(size) / longest
    for item in marked:
        origin = frame.place(0.0, 0.0)
        x = min(max(origin[0] + item.x * reach, 8.0), size[0] - 8.0)
        y = min(max(origin[1] - item.y * reach, 8.0), size[1] - 8.0)
        yield (
            f'<g class="om-statement" fill="currentColor"><path d="M{_n(x - 4)} {_n(y)}h8M{_n(x)} {_n(y - 4)}v8" '
            f'stroke="currentColor" stroke-width="1.5"/><text x="{_n(x + 6)}" y="{_n(y + 4)}" font-size="11">'
            f"{_text(labels.statements[item.key])}</text></g>"
        )


def _legend(result: OpinionMap, *, width: float, height: float, labels: MapLabels) -> tuple[list[str], float]:
    """The legend at the foot, and the height it takes."""
    entries = [
        (number, group.key.lower(), labels.groups.get(group.key, group.key))
        for number, group in enumerate(result.groups, start=1)
    ]
    if labels.ungrouped and any(person.group is None for person in result.people):
        entries.append((0, "none", labels.ungrouped))
    rows: list[list[tuple[float, int, str, str]]] = []
    x = width
    for number, style, words in entries:
        needed = 40.0 + LETTER_WIDTH * len(words)
        if x + needed > width - 8 or not rows:
            rows.append([])
            x = 14.0
        rows[-1].append((x, number, style, words))
        x += needed
    top = height - LEGEND_LINE * len(rows)
    drawn = []
    for line, row in enumerate(rows):
        y = top + LEGEND_LINE * (line + 0.5)
        for left, number, style, words in row:
            colour = COLOURS[(number - 1) % len(COLOURS)] if number else NEUTRAL
            drawn.append(
                f'<g class="om-legend"><path class="om-people om-{style}" fill="{colour}" '
                f'd="{_sign(number, (left, y), size=6.0)}"/><text x="{_n(left + 14)}" y="{_n(y + 5)}" '
                f'fill="currentColor">{_text(words)}</text></g>'
            )
    return drawn, LEGEND_LINE * len(rows)


def _n(value: float) -> str:
    """A number as short as it can be: one decimal, no minus zero."""
    return f"{round(value, 1) + 0.0:g}"
