"""A budget as an area: every project that was paid is a block as large as its price, and what is left is hatched.

Blocks are laid out as squares as can be (Bruls, Huizing and van Wijk, 2000: “Squarified Treemaps”), in the order they
are given. Words stand in a block where they fit; a block without room for them has its number alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from samskap.formats.charts.parts import SIGN, WIDE, Layout, colour, framed, layout, n, text
from samskap.formats.charts.words import Face

__all__ = ["Block", "MoneyMap", "money_map"]

GAP = 3.0
INSIDE = 9.0
BOLD = 0.68  # width of a bold letter, in sizes of the font


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the money: its name, how much, what stands below in words, and its number in the list."""

    name: str
    amount: int
    words: tuple[str, ...] = ()
    number: str = ""
    tone: int = 0


@dataclass(frozen=True, slots=True)
class MoneyMap:
    """All blocks in order, the largest first or as they came; `left` is what nobody used, with its words."""

    face: Face
    blocks: tuple[Block, ...]
    left: Block | None = None


@dataclass(frozen=True, slots=True)
class _Box:
    x: float
    y: float
    width: float
    height: float


def money_map(chart: MoneyMap, *, width: int = WIDE) -> str:
    """An SVG element of this width; equal input, equal drawing."""
    look = layout(width)
    height = round(look.width * (0.62 if width >= 500 else 1.25))
    shown = sorted(chart.blocks, key=lambda block: -block.amount)
    whole = [*shown, *([chart.left] if chart.left and chart.left.amount else [])]
    boxes = _laid(tuple(block.amount for block in whole), _Box(0.0, 0.0, look.width, height))
    parts: list[str] = []
    for block, box in zip(whole, boxes, strict=True):
        parts += _left(block, box, look) if block is chart.left else _block(block, box, look)
    return framed(chart.face, parts, look=look, height=height, kind="money")


def _laid(amounts: Sequence[int], room: _Box) -> list[_Box]:
    """A box for each amount, together filling the room."""
    whole = sum(amounts)
    if not whole:
        return []
    areas = [amount * room.width * room.height / whole for amount in amounts]
    boxes: list[_Box] = []
    at = 0
    while at < len(areas):
        side = min(room.width, room.height)
        end = at + 1
        while end < len(areas) and _worst(areas[at : end + 1], side) <= _worst(areas[at:end], side):
            end += 1
        row, room = _row(areas[at:end], room)
        boxes += row
        at = end
    return boxes


def _worst(areas: Sequence[float], side: float) -> float:
    """The worst ratio of the sides in a row of these areas."""
    whole = sum(areas)
    return max(max(side * side * area / (whole * whole), whole * whole / (side * side * area)) for area in areas)


def _row(areas: Sequence[float], room: _Box) -> tuple[list[_Box], _Box]:
    """A row along the shorter side, and the room that is left beside it."""
    whole = sum(areas)
    boxes: list[_Box] = []
    if room.width >= room.height:
        thick, y = whole / room.height, room.y
        for area in areas:
            boxes.append(_Box(room.x, y, thick, area / thick))
            y += area / thick
        return boxes, _Box(room.x + thick, room.y, max(room.width - thick, 0.001), room.height)
    thick, x = whole / room.width, room.x
    for area in areas:
        boxes.append(_Box(x, room.y, area / thick, thick))
        x += area / thick
    return boxes, _Box(room.x, room.y + thick, room.width, max(room.height - thick, 0.001))


def _block(block: Block, box: _Box, look: Layout) -> Iterator[str]:
    yield _rect(box, f'class="ch-block ch-{block.tone}" fill="{colour(block.tone)}"')
    yield from _said(block, box, look)


def _left(block: Block, box: _Box, look: Layout) -> Iterator[str]:
    yield _rect(box, 'class="ch-left" fill="none" stroke="currentColor" stroke-opacity="0.55" stroke-dasharray="5 4"')
    yield from _said(block, box, look, style="ch-left-words", fill="currentColor")


def _rect(box: _Box, how: str) -> str:
    inner = _inner(box)
    return f'<rect {how} x="{n(inner.x)}" y="{n(inner.y)}" width="{n(inner.width)}" height="{n(inner.height)}" rx="4"/>'


def _inner(box: _Box) -> _Box:
    return _Box(box.x + GAP / 2, box.y + GAP / 2, max(box.width - GAP, 0.5), max(box.height - GAP, 0.5))


def _said(block: Block, box: _Box, look: Layout, *, style: str = "ch-block-words", fill: str = "#fff") -> Iterator[str]:
    """The name in as many lines as fit, then the other words; the number alone where there is no room."""
    line, width = look.font * 1.3, box.width - 2 * INSIDE
    most = int((box.height - 1.2 * INSIDE) / line)
    signs, plain = int(width / (BOLD * look.font)), int(width / (SIGN * look.font))
    heading = f"{block.number} {block.name}".strip()
    name = wrapped(heading, signs=signs, most=max(most - len(block.words), 1))
    if most < 1 or signs < 5:
        name, words = ([block.number] if most >= 1 and signs >= len(block.number) > 0 else []), []
    else:
        words = [one for one in block.words if len(one) <= plain][: most - len(name)]
    y = box.y + INSIDE + look.font * 0.9
    for place, said in enumerate([*name, *words]):
        drawn = text(said, box.x + INSIDE, y, style=style, strong=place < len(name))
        yield drawn.replace('fill="currentColor"', f'fill="{fill}"')
        y += line


def wrapped(words: str, *, signs: int, most: int) -> list[str]:
    """Words in lines of so many signs, at most so many lines; what is cut off ends with an ellipsis."""
    lines: list[str] = []
    rest = words.split()
    while rest and len(lines) < most:
        line = rest.pop(0)
        while rest and len(line) + 1 + len(rest[0]) <= signs:
            line += f" {rest.pop(0)}"
        lines.append(line)
    if rest and lines:
        lines[-1] += " …"
    return [line if len(line) <= signs else f"{line[: max(signs - 1, 1)].rstrip(' …')}…" for line in lines]
