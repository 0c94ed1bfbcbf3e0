"""The opinion map as a drawing: people as dots, a shape for each group, outlines with letters, and what is uncertain.

The outline of a group is the ellipse of its spread that holds nine in ten of its people; it is dashed where groups
pass into each other without a border. A faint ring is drawn round people whose place rests on few answers.

Works by itself (light, dark, print, PDF) through presentation attributes, and takes a page's colours through its
classes: `om-a` to `om-e` for groups, `om-none` for people outside groups, `om-hull`, `om-people`, `om-unsure`,
`om-badge`, `om-letter`, `om-axis`, `om-statement`, `om-here`, `om-legend`. Lines and words take the colour of the text
around them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from samskap.engines.opinion_map import Group, OpinionMap, PersonPlace

__all__ = ["Here", "MapLabels", "draw_map", "unsure_people"]

# Each has a contrast of at least 3 to 1 on white and on near-black.
COLOURS = ("#2b7bba", "#c4561a", "#2e8b57", "#8f63c0", "#bf4374")
NEUTRAL = "#7c7c7c"
DOT = 4.0
LEGEND_LINE = 24.0
LETTER_WIDTH = 8.0
PADDING = 28.0
HELD = 0.9  # the share of a group that its outline holds
LIKELY = math.sqrt(-2.0 * math.log(1.0 - HELD))  # radius, in standard deviations, that a place lies within so often
UNSURE = 0.5  # a place is unsure where its spread is more than this part of the spread of all places
THIN = 1e-9
RING = -1  # the number of the ring in the legend

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
    `ungrouped` the people outside groups and `unsure` the ring of those whose place is uncertain ("" leaves them out
    of the legend), `statements` draws a mark with this short label for each statement key.
    """

    title: str
    description: str
    groups: Mapping[str, str] = field(default_factory=dict)
    ungrouped: str = ""
    unsure: str = ""
    statements: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Here:
    """The reader's own place, to be drawn for nobody else; `label` is the word at it, "You" say."""

    place: PersonPlace
    label: str


@dataclass(frozen=True, slots=True)
class _Ellipse:
    """Half axes in units of the map, and the angle of the longer one in degrees, counter-clockwise."""

    x: float
    y: float
    long: float
    short: float
    angle: float


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


def draw_map(
    result: OpinionMap,
    *,
    width: int,
    height: int,
    labels: MapLabels,
    here: Here | None = None,
    shares: Mapping[str, float] | None = None,
) -> str:
    """An SVG element of this size in pixels; equal input, equal drawing.

    `here` marks the reader's own place. `shares` fills each group's outline as far as its share (0 to 1) goes, and
    draws all people alike, so that the drawing tells of groups only.
    """
    legend, used = _legend(result, width=width, height=height, labels=labels)
    outlines = [_outline(group, people=result.people) for group in result.groups]
    frame = _frame(result.people, outlines=outlines, width=width, height=height - used)
    name = f"om-{result.input_hash[:12]}-{width}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="opinion-map" role="img" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" aria-labelledby="{name}-title {name}-desc" '
        'font-family="system-ui, sans-serif" font-size="14">',
        f'<title id="{name}-title">{_text(labels.title)}</title>',
        f'<desc id="{name}-desc">{_text(labels.description)}</desc>',
        *_axes(frame, width=width, height=height - used),
        *_hulls(result, outlines=outlines, frame=frame, shares=shares),
        *([] if shares is not None else _rings(result, frame=frame)),
        *_people(result, frame=frame, opacity=0.85 if shares is None else 0.3),
        *_statements(result, frame=frame, size=(width, height - used), labels=labels),
        *_letters(result, frame=frame),
        *_here(here, frame=frame),
        *legend,
        "</svg>",
    ]
    return "\n".join(parts)


def _text(words: str) -> str:
    # XML cannot hold most control characters, not even escaped.
    return escape(
        "".join(sign for sign in words if sign in "\t\n" or (sign >= " " and not "\ud800" <= sign <= "\udfff"))
    )


def unsure_people(result: OpinionMap) -> tuple[PersonPlace, ...]:
    """The people on the map whose place rests on so few answers that it is drawn with a ring.

    The spread of such a place is more than half of the spread of all places.
    """
    people = result.people
    if len(people) < 2:
        return ()
    middle = [sum(axis) / len(people) for axis in zip(*((person.x, person.y) for person in people), strict=True)]
    spread = sum((person.x - middle[0]) ** 2 + (person.y - middle[1]) ** 2 for person in people) / len(people)
    return tuple(person for person in people if person.var_x + person.var_y > UNSURE**2 * spread > 0.0)


def _outline(group: Group, *, people: tuple[PersonPlace, ...]) -> _Ellipse:
    """The ellipse in the shape of the group's spread that holds nine in ten of its members."""
    wide = _ellipse(group.x, group.y, group.var_x, group.cov_xy, group.var_y)
    members = [(person.x, person.y) for person in people if person.group == group.key]
    reached = sorted(_reach(point, ellipse=wide) for point in members)
    held = reached[math.ceil(HELD * len(reached)) - 1] if reached else 0.0
    return _Ellipse(wide.x, wide.y, wide.long * held, wide.short * held, wide.angle)


def _ellipse(x: float, y: float, var_x: float, cov_xy: float, var_y: float) -> _Ellipse:
    """One standard deviation of this covariance in each direction."""
    middle, half = (var_x + var_y) / 2, math.hypot((var_x - var_y) / 2, cov_xy)
    angle = math.degrees(math.atan2(2 * cov_xy, var_x - var_y)) / 2
    return _Ellipse(x, y, math.sqrt(max(middle + half, 0.0)), math.sqrt(max(middle - half, 0.0)), angle)


def _reach(point: Point, *, ellipse: _Ellipse) -> float:
    """How many times the ellipse must grow to reach the point."""
    turn = math.radians(ellipse.angle)
    dx, dy = point[0] - ellipse.x, point[1] - ellipse.y
    along, across = dx * math.cos(turn) + dy * math.sin(turn), dy * math.cos(turn) - dx * math.sin(turn)
    # A spread without width has nobody beside its line, but for rounding.
    thin = max(ellipse.short, THIN)
    return math.hypot(along / max(ellipse.long, THIN), across / thin)


def _frame(people: tuple[PersonPlace, ...], *, outlines: list[_Ellipse], width: float, height: float) -> _Frame:
    xs, ys = [person.x for person in people] or [0.0], [person.y for person in people] or [0.0]
    for ellipse in outlines:
        turn = math.radians(ellipse.angle)
        wide = math.hypot(ellipse.long * math.cos(turn), ellipse.short * math.sin(turn))
        high = math.hypot(ellipse.long * math.sin(turn), ellipse.short * math.cos(turn))
        xs += [ellipse.x - wide, ellipse.x + wide]
        ys += [ellipse.y - high, ellipse.y + high]
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


def _hulls(
    result: OpinionMap, *, outlines: list[_Ellipse], frame: _Frame, shares: Mapping[str, float] | None
) -> Iterable[str]:
    dashed = ' stroke-dasharray="7 6"' if result.structure.border == "gradual" else ""
    for number, (group, outline) in enumerate(zip(result.groups, outlines, strict=True)):
        colour = COLOURS[number % len(COLOURS)]
        full = 0.12 if shares is None else 0.05 + 0.75 * shares.get(group.key, 0.0)
        yield (
            f'<ellipse class="om-hull om-{group.key.lower()}" {_placed(outline, frame=frame)} fill="{colour}" '
            f'fill-opacity="{full:.2f}" stroke="{colour}" stroke-opacity="0.6" stroke-width="2"{dashed}/>'
        )


def _placed(ellipse: _Ellipse, *, frame: _Frame) -> str:
    """The attributes of an ellipse on the page; the y axis of a page points down, so angles turn the other way."""
    x, y = frame.place(ellipse.x, ellipse.y)
    rx, ry = max(ellipse.long * frame.scale, DOT), max(ellipse.short * frame.scale, DOT)
    turned = f"rotate({_n(-ellipse.angle)} {_n(x)} {_n(y)})"
    return f'cx="{_n(x)}" cy="{_n(y)}" rx="{_n(rx)}" ry="{_n(ry)}" transform="{turned}"'


def _rings(result: OpinionMap, *, frame: _Frame) -> Iterable[str]:
    """One path of rings: who stands close to another uncertain person shares a ring."""
    spots = set()
    for person in unsure_people(result):
        x, y = frame.place(person.x, person.y)
        spots.add((round(x / DOT), round(y / DOT)))
    if spots:
        drawn = "".join(_circle((x * DOT, y * DOT), radius=DOT * 1.9) for x, y in sorted(spots))
        yield (
            '<path class="om-unsure" fill="none" stroke="currentColor" stroke-opacity="0.35" stroke-width="1.2" '
            f'd="{drawn}"/>'
        )


def _here(here: Here | None, *, frame: _Frame) -> Iterable[str]:
    """The reader's own place, and the ellipse that it lies within nine times in ten."""
    if here is None:
        return
    place = here.place
    one = _ellipse(place.x, place.y, place.var_x, place.cov_xy, place.var_y)
    likely = _Ellipse(one.x, one.y, one.long * LIKELY, one.short * LIKELY, one.angle)
    x, y = frame.place(place.x, place.y)
    yield (
        f'<g class="om-here"><ellipse {_placed(likely, frame=frame)} fill="currentColor" fill-opacity="0.06" '
        'stroke="currentColor" stroke-width="1.5" stroke-dasharray="2 4"/>'
        f'<circle cx="{_n(x)}" cy="{_n(y)}" r="8" fill="none" stroke="currentColor" stroke-width="3"/>'
        f'<text x="{_n(x)}" y="{_n(y - 14)}" text-anchor="middle" font-size="15" font-weight="700" '
        f'fill="currentColor" stroke="Canvas" stroke-width="4" paint-order="stroke">{_text(here.label)}</text></g>'
    )


def _people(result: OpinionMap, *, frame: _Frame, opacity: float) -> Iterable[str]:
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
        yield f'<path class="om-people {style}" fill="{colour}" fill-opacity="{opacity:g}" d="{drawn}"/>'


def _sign(number: int, at: Point, *, size: float) -> str:
    """Path of a sign: a small circle outside groups, then circle, square, triangle, diamond, cross."""
    x, y = at
    shape = (number - 1) % len(COLOURS)
    if number == 0 or shape == 0:
        return _circle(at, radius=size * (0.75 if number == 0 else 1.0))
    return "M" + "L".join(f"{_n(x + dx * size)} {_n(y + dy * size)}" for dx, dy in CORNERS[shape]) + "z"


def _circle(at: Point, *, radius: float) -> str:
    r = _n(radius)
    return f"M{_n(at[0])} {_n(at[1])}m-{r} 0a{r} {r} 0 1 0 {_n(2 * float(r))} 0a{r} {r} 0 1 0 -{_n(2 * float(r))} 0z"


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
    if labels.unsure and unsure_people(result):
        entries.append((RING, "unsure", labels.unsure))
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
            drawn.append(
                f'<g class="om-legend">{_key(number, (left, y), style=style)}<text x="{_n(left + 14)}" '
                f'y="{_n(y + 5)}" fill="currentColor">{_text(words)}</text></g>'
            )
    return drawn, LEGEND_LINE * len(rows)


def _key(number: int, at: Point, *, style: str) -> str:
    """The sign that the legend explains."""
    if number == RING:
        ring = _circle(at, radius=DOT * 1.9)
        return f'<path class="om-{style}" fill="none" stroke="currentColor" stroke-opacity="0.5" d="{ring}"/>'
    colour = COLOURS[(number - 1) % len(COLOURS)] if number else NEUTRAL
    return f'<path class="om-people om-{style}" fill="{colour}" d="{_sign(number, at, size=6.0)}"/>'


def _n(value: float) -> str:
    """A number as short as it can be: one decimal, no minus zero."""
    return f"{round(value, 1) + 0.0:g}"
