"""The years of a simulation, compiled. Import this module only where it runs: numba is slow to import.

Draws are innermost and contiguous. A place's people are fetched once a year, for the arrivals of one year and the moves
out of the next; what all places share, the pool of movers, stays in the nearest caches. Kernels release the interpreter
and start no threads; `blocks` deals them out.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from samskap.engines.outlook.ages import AGES, FOLDS, class_of_ages
from samskap.engines.outlook.blocks import Block, Target, Work
from samskap.engines.outlook.kernel_lanes import DISTANCE, LINE, ROWS, SPREAD, UNIT, compiled
from samskap.engines.outlook.kernel_steps import begin, share_out, through_arriving, through_leaving

__all__ = ["run"]

Single = NDArray[np.float32]


@compiled
def _years(
    given: Any,
    room: Any,
    nation: Any,
    out: Any,
    stored: Any,
    is_stored: Any,
    first: Any,
    column: Any,
    count: Any,
    size: Any,
) -> None:
    """All years of one block: a place's people are fetched once a year, for its arrivals and the next year's moves."""
    places, years = np.uint64(given.hazard.shape[0]), np.uint64(given.hazard.shape[1])
    for year in range(years + UNIT):
        if year > 0:
            last = year - UNIT
            share_out(last, first, column, count, size, is_stored, stored, room.pools, room.shared)
            room.folds[:] = 0.0
        for place in range(places):
            if year == 0:
                begin(place, first, size, given, room.people, room.lasting)
            else:
                through_arriving(year - UNIT, place, first, column, count, size, given, nation, room, out)
            if year < years:
                through_leaving(year, place, first, column, count, size, is_stored, stored, given, nation, room, out)
        if year > 0 and not is_stored:
            for fold in range(len(room.folds)):
                for d in range(count):
                    out.national[year, fold, column + d] = room.folds[fold, d]


class _Given(NamedTuple):
    """What all blocks share, see `blocks.Work` and `rates.Rates`."""

    keys: Any
    table: Any
    persons: Any
    hazard: Any
    infant: Any
    fertility: Any
    births: Any
    out: Any
    share: Any
    immigration: Any
    abroad: Any
    stay: Any
    come: Any
    pulled: Any
    domestic: Any
    foreign: Any
    onward: Any
    yearly: Any
    level: Any
    felt: Any
    bearing: Any
    dying: Any
    kept: Any
    class_of_age: Any
    fold_of_age: Any
    girls: Any
    even: Any
    people: Any
    place: Any
    most: Any


class _Room(NamedTuple):
    """Room of one block to work in: `people` (P, 121, 2, D) by slot; `lasting` (P, 3, D) rate of net migration, factors
    on births and deaths; `carried` (P, 2, D) deaths and births so far; `folds` (13, D) people of the nation; rows at a
    fixed distance: of one place and year `rows`, of sexes and ages `pools` (moves, weight, centre), `shared` (G, root);
    of a place's cells `cells` (7, 2, 121) and `starts` (4, 2, 121), see `kernel_cells`.
    """

    people: Any
    lasting: Any
    carried: Any
    folds: Any
    rows: Any
    pools: Any
    shared: Any
    cells: Any
    starts: Any


class _Nation(NamedTuple):
    """The nation's factors in a block's lanes, years first."""

    fertility: Any
    mortality: Any
    immigration: Any


class _Out(NamedTuple):
    """See `blocks.Target`."""

    persons: Any
    births: Any
    deaths: Any
    moves_in: Any
    moves_out: Any
    movers: Any
    national: Any


def run(work: Work, block: Block, target: Target, movers: Single | None) -> None:
    """Fill the block's part of the target with all years."""
    target.start(work, block)
    stored, out = target.movers if movers is None else movers, _Out(**target.arrays())
    numbers = (block.first, block.first - target.first, block.count, block.size)
    first, column, count, size = (np.uint64(each) for each in numbers)
    given, room, nation = _given(work), _room(work, block, is_system=movers is None), _nation(work, block)
    _years(given, room, nation, out, stored, movers is not None, first, column, count, size)


def _given(work: Work) -> _Given:
    rates = work.rates
    highest = float(work.nation.mortality.max()) * float(np.exp(5 * work.place * rates.dying.max()))
    return _Given(
        keys=work.keys,
        table=_copied(work.table),
        persons=rates.persons,
        hazard=rates.hazard,
        infant=rates.infant,
        fertility=rates.fertility,
        births=rates.births,
        out=rates.out,
        share=rates.share,
        immigration=rates.immigration,
        abroad=rates.abroad,
        stay=rates.stay,
        come=rates.come,
        pulled=rates.pulled,
        domestic=rates.additions.domestic,
        foreign=rates.additions.abroad,
        onward=rates.additions.leaving,
        yearly=rates.yearly,
        level=rates.level,
        felt=rates.felt,
        bearing=rates.bearing,
        dying=rates.dying,
        kept=work.kept,
        class_of_age=work.class_of_age,
        fold_of_age=class_of_ages(FOLDS),
        girls=np.float32(rates.girls),
        even=np.float32(rates.even),
        people=np.float32(work.people),
        place=np.float32(work.place),
        most=np.float32(SPREAD if highest <= SPREAD else np.inf),
    )


def _room(work: Work, block: Block, *, is_system: bool) -> _Room:
    places, size = len(work.keys), block.size
    pools = _lines(2 * AGES * 3 * DISTANCE if is_system else 0)
    pools[:] = 0.0
    return _Room(
        people=_lines(places, AGES, 2, size),
        lasting=_lines(places, 3, size),
        carried=_lines(places, 2, size),
        folds=np.empty((len(FOLDS), size)),
        rows=_lines(int(ROWS)),
        pools=pools,
        shared=_lines(2 * AGES * 2 * DISTANCE),
        cells=np.empty((7, 2, AGES), np.float32),
        starts=np.empty((4, 2, AGES), np.uint64),
    )


def _nation(work: Work, block: Block) -> _Nation:
    lanes, nation = slice(block.first, block.first + block.size), work.nation
    paths = (nation.fertility, nation.mortality, nation.immigration)
    return _Nation(*(_copied(path[..., lanes]) for path in paths))


def _lines(*shape: int) -> Single:
    """Room that begins where a line of memory does: vectors that lie across two are slower."""
    size, line = math.prod(shape), int(LINE)
    room = np.empty(size + line, np.float32)
    start = -(room.ctypes.data // room.itemsize) % line
    return room[start : start + size].reshape(shape)


def _copied(values: Single) -> Single:
    """The same numbers in such a room, which may be written to: kernels are compiled for that."""
    room = _lines(*values.shape)
    room[...] = values
    return room
