"""An effect chain as a drawing: boxes in columns by kind, numbered arrows between them, benefits in the boxes.

A drawing takes a wide page; on a phone the same chain is told as a list. What is odd, a box or an arrow, is dashed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from samskap.formats.charts.chain_layout import Box, Plan, planned
from samskap.formats.charts.parts import Key, Layout, framed, legend, n, text
from samskap.formats.charts.words import Face

__all__ = ["ChainArrow", "ChainBox", "ChainNote", "EffectChain", "effect_chain"]

WIDTH = 1000.0
FONT = 14.0
SMALL = 12.5
LINE = 1.3  # height of a line, in sizes of the font
SIGN = 0.58  # width of a letter, in sizes of the font: wider than most, so that nothing is cut
PAD = 9.0
EDGE = 1.0  # left and right of the whole, for the lines of the outer boxes
BETWEEN = 62.0  # columns
GAP = 16.0  # boxes under each other
PORT = 19.0  # arrows that meet the same side of a box
MOST_LINES = 8
HEAD = 8.0  # length of the head of an arrow

Side = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class ChainNote:
    """Something that hangs on a box: a benefit that is followed, or a harm."""

    words: str
    is_harm: bool = False


@dataclass(frozen=True, slots=True)
class ChainBox:
    """A link: its key, the column it stands in (from 0), its title, and what hangs on it."""

    key: str
    column: int
    title: str
    notes: tuple[ChainNote, ...] = ()
    is_odd: bool = False


@dataclass(frozen=True, slots=True)
class ChainArrow:
    """One box leads to another; the number is that of the arrow in the table beside the drawing."""

    source: str
    target: str
    number: str = ""
    is_odd: bool = False


@dataclass(frozen=True, slots=True)
class EffectChain:
    """The whole: headings of the columns, boxes in their order, arrows; and the words of the signs below.

    `benefit`, `harm` and `odd` are told below where the drawing has such a sign.
    """

    face: Face
    columns: tuple[str, ...]
    boxes: tuple[ChainBox, ...]
    arrows: tuple[ChainArrow, ...]
    benefit: str = ""
    harm: str = ""
    odd: str = ""


@dataclass(frozen=True, slots=True)
class _Measures:
    """Where things lie: the width of a column, the top of the boxes, the plan, and where each arrow meets its boxes."""

    column: float
    top: float
    plan: Plan
    heights: dict[str, float]
    ports: dict[tuple[int, str], float]

    def left(self, column: int) -> float:
        return EDGE + column * (self.column + BETWEEN)


def effect_chain(chain: EffectChain) -> str:
    """An SVG element, 1000 wide; equal input, equal drawing."""
    look = Layout(WIDTH, font=FONT, height=0.0, ticks=0, years=0)
    measures = _measured(chain)
    parts = [*_headings(chain, measures)]
    for number, arrow in enumerate(chain.arrows):
        parts += _arrow(chain, number, arrow, measures)
    for box in chain.boxes:
        parts += _box(box, measures)
    bottom = measures.top + measures.plan.height + GAP
    signs, deep = legend(_keys(chain), look=look, top=bottom)
    return framed(chain.face, [*parts, *signs], look=look, height=bottom + deep, kind="chain")


def _measured(chain: EffectChain) -> _Measures:
    column = (WIDTH - 2 * EDGE - BETWEEN * (len(chain.columns) - 1)) / len(chain.columns)
    heights = {box.key: _height(box, chain, column) for box in chain.boxes}
    boxes = [Box(box.key, box.column, heights[box.key]) for box in chain.boxes]
    ends = [(arrow.source, arrow.target) for arrow in chain.arrows]
    plan = planned(boxes, ends, columns=len(chain.columns), gap=GAP)
    most = max(len(_lines(name, column, FONT, wide=1.1)) for name in chain.columns)
    return _Measures(column, most * FONT * LINE + 2 * PAD, plan, heights, _ports(chain, plan))


def _height(box: ChainBox, chain: EffectChain, column: float) -> float:
    """Room for the words, and for every arrow that meets a side."""
    words = len(_lines(box.title, column, FONT)) * FONT * LINE
    notes = sum(len(_note_lines(note, column)) * SMALL * LINE + 4 for note in box.notes)
    places = {one.key: one.column for one in chain.boxes}
    sides = [side for arrow in chain.arrows for key, side in _sides(arrow, places) if key == box.key]
    most = max((sides.count(side) for side in ("left", "right")), default=0)
    return max(words + notes + 2 * PAD - 4, most * PORT + 6)


def _sides(arrow: ChainArrow, places: dict[str, int]) -> tuple[tuple[str, Side], tuple[str, Side]]:
    """Which side of its boxes an arrow meets, source first; within a column it goes round on the right."""
    step = places[arrow.target] - places[arrow.source]
    return (arrow.source, "left" if step < 0 else "right"), (arrow.target, "left" if step > 0 else "right")


def _ports(chain: EffectChain, plan: Plan) -> dict[tuple[int, str], float]:
    """The height at which an arrow meets a box: those of one side spread in the order of where they come from."""
    places = {box.key: box.column for box in chain.boxes}
    sides: dict[tuple[str, Side], list[tuple[float, int]]] = {}
    for number, arrow in enumerate(chain.arrows):
        lanes = plan.lanes[number] if places[arrow.source] <= places[arrow.target] else plan.lanes[number][::-1]
        near = {arrow.source: (*lanes, plan.middle[arrow.target])[0]}
        near[arrow.target] = (plan.middle[arrow.source], *lanes)[-1]
        for key, side in _sides(arrow, places):
            sides.setdefault((key, side), []).append((near[key], number))
    return {
        (number, key): plan.middle[key] + (row - (len(ends) - 1) / 2) * PORT
        for (key, _side), ends in sides.items()
        for row, (_near, number) in enumerate(sorted(ends))
    }


def _headings(chain: EffectChain, measures: _Measures) -> Iterator[str]:
    for place, name in enumerate(chain.columns):
        x = measures.left(place)
        for row, line in enumerate(_lines(name, measures.column, FONT, wide=1.1)):
            yield text(line, x, FONT * (row * LINE + 1), strong=True)
        y = measures.top - PAD
        yield (
            f'<line class="ch-rule ch-{place}" x1="{n(x)}" y1="{n(y)}" x2="{n(x + measures.column)}" y2="{n(y)}" '
            'stroke="currentColor" stroke-opacity="0.5" stroke-width="2"/>'
        )


def _box(box: ChainBox, measures: _Measures) -> Iterator[str]:
    x, height = measures.left(box.column), measures.heights[box.key]
    y = measures.top + measures.plan.middle[box.key] - height / 2
    dashed = ' stroke-dasharray="6 4"' if box.is_odd else ""
    yield (
        f'<rect class="ch-node ch-{box.column}" x="{n(x)}" y="{n(y)}" width="{n(measures.column)}" '
        f'height="{n(height)}" rx="6" fill="none" stroke="currentColor" stroke-width="1.5"{dashed}/>'
    )
    at = y + PAD + FONT * 0.85
    for line in _lines(box.title, measures.column, FONT):
        yield text(line, x + PAD, at)
        at += FONT * LINE
    for note in box.notes:
        at += 4
        yield _sign(x + PAD + 4, at - SMALL * 0.65, is_harm=note.is_harm)
        for line in _note_lines(note, measures.column):
            yield _small(line, x + PAD + 13, at - SMALL * 0.3)
            at += SMALL * LINE


def _small(words: str, x: float, y: float) -> str:
    return text(words, x, y, style="ch-note").replace("<text ", f'<text font-size="{n(SMALL)}" ', 1)


def _sign(x: float, y: float, *, is_harm: bool) -> str:
    """A filled square on its point for a benefit, an open triangle for a harm."""
    if is_harm:
        return (
            f'<path class="ch-harm" d="M{n(x)} {n(y - 5)}L{n(x + 5)} {n(y + 4)}L{n(x - 5)} {n(y + 4)}Z" fill="none" '
            'stroke="currentColor" stroke-width="1.5"/>'
        )
    points = f"M{n(x)} {n(y - 5)}L{n(x + 5)} {n(y)}L{n(x)} {n(y + 5)}L{n(x - 5)} {n(y)}Z"
    return f'<path class="ch-benefit" d="{points}" fill="currentColor"/>'


def _arrow(chain: EffectChain, number: int, arrow: ChainArrow, measures: _Measures) -> Iterator[str]:
    """The way through the lanes, the head, and the number before it."""
    places = {box.key: box.column for box in chain.boxes}
    (_source, out), (_target, into) = _sides(arrow, places)
    x0 = measures.left(places[arrow.source]) + (measures.column if out == "right" else 0.0)
    x1 = measures.left(places[arrow.target]) + (measures.column if into == "right" else 0.0)
    back = 1 if into == "left" else -1  # the head points right, or left
    start = (x0, measures.top + measures.ports[number, arrow.source])
    end = (x1 - back * HEAD, measures.top + measures.ports[number, arrow.target])
    dashed = ' stroke-dasharray="6 4"' if arrow.is_odd else ""
    yield (
        f'<path class="ch-arrow" d="{_way(start, end, number, arrow, places, measures)}" fill="none" '
        f'stroke="currentColor" stroke-opacity="0.75" stroke-width="1.5"{dashed}/>'
    )
    tip, y = end[0] + back * HEAD, end[1]
    yield (
        f'<path class="ch-head" d="M{n(tip)} {n(y)}L{n(end[0])} {n(y - 4.5)}L{n(end[0])} {n(y + 4.5)}Z" '
        'fill="currentColor"/>'
    )
    if arrow.number:
        anchor = "end" if back > 0 else "start"
        yield text(arrow.number, end[0] - back * 3, y + 4.5, style="ch-number", anchor=anchor, halo=True, strong=True)


def _way(
    start: tuple[float, float],
    end: tuple[float, float],
    number: int,
    arrow: ChainArrow,
    places: dict[str, int],
    measures: _Measures,
) -> str:
    """The path of an arrow: a curve between columns, straight where it passes one, a bow within a column."""
    source, target = places[arrow.source], places[arrow.target]
    if source == target:
        bow = start[0] + BETWEEN * 0.75
        return f"M{_at(start)}C{n(bow)} {n(start[1])} {n(bow)} {n(end[1])} {_at(end)}"
    drawn, here = [f"M{_at(start)}"], start
    between = range(source + 1, target) if target > source else range(source - 1, target, -1)
    lanes = measures.plan.lanes[number] if target > source else measures.plan.lanes[number][::-1]
    for column, lane in zip(between, lanes, strict=True):
        sides = (measures.left(column), measures.left(column) + measures.column)
        near, far = sides if target > source else sides[::-1]
        y = measures.top + lane
        drawn += [_curve(here, (near, y)), f"L{n(far)} {n(y)}"]
        here = (far, y)
    return "".join([*drawn, _curve(here, end)])


def _curve(here: tuple[float, float], there: tuple[float, float]) -> str:
    """A curve that leaves and arrives level."""
    half = (here[0] + there[0]) / 2
    return f"C{n(half)} {n(here[1])} {n(half)} {n(there[1])} {_at(there)}"


def _at(place: tuple[float, float]) -> str:
    return f"{n(place[0])} {n(place[1])}"


def _keys(chain: EffectChain) -> list[Key]:
    notes = [note for box in chain.boxes for note in box.notes]
    keys = []
    if chain.benefit and any(not note.is_harm for note in notes):
        keys.append(Key(_sign(14.0, -5.0, is_harm=False), chain.benefit))
    if chain.harm and any(note.is_harm for note in notes):
        keys.append(Key(_sign(14.0, -5.0, is_harm=True), chain.harm))
    if chain.odd and (any(box.is_odd for box in chain.boxes) or any(arrow.is_odd for arrow in chain.arrows)):
        line = '<path d="M0 -5L24 -5" stroke="currentColor" stroke-width="1.5" stroke-dasharray="6 4"/>'
        keys.append(Key(line, chain.odd))
    return keys


def _note_lines(note: ChainNote, column: float) -> list[str]:
    return _lines(note.words, column - 13, SMALL)


def _lines(words: str, column: float, font: float, *, wide: float = 1.0) -> list[str]:
    """Words in lines that fit a box; what is longer than a line is parted, and the last line says what is left out."""
    signs = int((column - 2 * PAD) / (SIGN * font * wide))
    lines: list[str] = []
    for word in _parted(words.split(), signs):
        if lines and len(lines[-1]) + 1 + len(word) <= signs:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1][: signs - 2]} …"]
    return lines


def _parted(words: Sequence[str], signs: int) -> Iterator[str]:
    for word in words:
        rest = word
        while len(rest) > signs:
            yield f"{rest[: signs - 1]}-"
            rest = rest[signs - 1 :]
        yield rest
