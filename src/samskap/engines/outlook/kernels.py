"""The years of a simulation, compiled. Import this module only where it runs: numba is slow to import.

Draws are innermost and contiguous; ages go from the oldest to the youngest, so that people grow older in place; and all
places of one age are done before the next, so that the pool of movers of an age is whole when it is shared out, and
what an age needs stays in the nearest caches. Loops over draws are short and touch few arrays each: for more, the
compiler asks of every pair whether they overlap, and gives up. All numbers are single: a bare 0.5 would double them.
Kernels release the interpreter and start no threads; `blocks` deals them out. Sums over places, and what the pool is
solved with, are double.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from samskap.engines.outlook.ages import AGES, FOLDS, class_of_ages
from samskap.engines.outlook.blocks import LANES_AT_MOST, Block, Target, Work
from samskap.engines.outlook.chance import BIRTHS, PLACE, TABLE, YEARLY

__all__ = ["run"]

Single = NDArray[np.float32]

_GOLDEN, _FIRST, _SECOND = (np.uint64(each) for each in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))
_MASK = np.uint64(TABLE - 1)
_ZERO, _HALF, _ONE, _TWO, _TINY = (np.float32(each) for each in (0.0, 0.5, 1.0, 2.0, 1e-30))
_1, _2, _3, _32 = (np.uint64(each) for each in (1, 2, 3, 32))
_OLDEST = AGES - 1

# Rows of lanes to work in, at a distance that the compiler knows, so that it need not ask whether they overlap. Not a
# power of two: a processor takes addresses 4,096 bytes apart for one another, and waits.
_DISTANCE = LANES_AT_MOST + 80
_ROW = np.uint64(_DISTANCE)
(
    _WOMEN, _MEN, _STRAYS, _MORE, _PATH, _PATH_ROOT, _DEATHS, _OUT, _IN, _BIRTHS, _CLASS, _MOVES, _BORN, _GIRLS, _BOYS,
    _OPEN, _ROWS,
) = (np.uint64(number * _DISTANCE) for number in range(17))  # fmt: skip

# Where hazards this many times the assumed one stay in the range of the short polynomials, those are used.
_SPREAD = 3.0
_SHORT = 1.25

# Chebyshev interpolations. (1 - exp(-y)) / y on 0 to 1.25, error 4e-7; exp(-v) on 0 to 0.625, 5e-8; and on 0 to 1,
# 4e-8, for exp(-16 v).
_A0, _A1, _A2, _A3, _A4, _A5 = (
    np.float32(each) for each in (0.99999976, -0.4999865, 0.16653906, -0.04122039, 0.00761222, -0.00082376)
)
_B0, _B1, _B2, _B3, _B4, _B5 = (
    np.float32(each) for each in (0.99999994, -0.99999642, 0.49993274, -0.16620126, 0.04019265, -0.00611809)
)
_C1, _C2, _C3, _C4, _C5, _C6 = (
    np.float32(each) for each in (-0.99999845, 0.49997509, -0.16651517, 0.04122332, -0.00765433, 0.00084901)
)
_SIXTEENTH = np.float32(1 / 16)


_FUSED = {"contract", "nsz"}


def compiled(function: Any) -> Any:
    """Compiled on first use and kept on disk. Products and sums may be fused: all blocks are whole lanes."""
    return numba.njit(cache=True, nogil=True, error_model="numpy", fastmath=_FUSED)(function)


def inside(function: Any) -> Any:
    """As `compiled`, and made a part of its callers."""
    return numba.njit(cache=True, nogil=True, error_model="numpy", fastmath=_FUSED, forceinline=True)(function)


@inside
def _mixed(number: Any) -> Any:
    number = (number ^ (number >> np.uint64(30))) * _FIRST
    number = (number ^ (number >> np.uint64(27))) * _SECOND
    return number ^ (number >> np.uint64(31))


@inside
def _words(key: Any, year: Any, sex: Any, row: Any) -> Any:
    """The two words that tell four rows of normals, see `chance.windows`."""
    number = np.uint64(row) + np.uint64(128) * (np.uint64(sex) + np.uint64(2) * np.uint64(year)) + np.uint64(1)
    first = _mixed(key + number * _GOLDEN)
    return first, _mixed(first + _GOLDEN)


@inside
def _start_of(word: Any, first: Any) -> Any:
    """Where in the table a row of normals begins, from the lower half of its word."""
    return ((word & _MASK) + first) & _MASK


@inside
def _sign_of(word: Any) -> Any:
    return _ONE - _TWO * np.float32((word >> np.uint64(16)) & np.uint64(1))


@inside
def _exp16(v: Any) -> Any:
    """exp(-16 v) for v from 0 to 1."""
    e = _ONE + v * (_C1 + v * (_C2 + v * (_C3 + v * (_C4 + v * (_C5 + v * _C6)))))
    e = e * e
    e = e * e
    e = e * e
    return e * e


@inside
def _gone(y: Any) -> Any:
    """(1 - exp(-y)) / y for y from 0 to 1.25."""
    return _A0 + y * (_A1 + y * (_A2 + y * (_A3 + y * (_A4 + y * _A5))))


@inside
def _half_lived(v: Any) -> Any:
    """exp(-v) for v from 0 to 0.625."""
    return _B0 + v * (_B1 + v * (_B2 + v * (_B3 + v * (_B4 + v * _B5))))


@inside
def _positive(value: Any) -> Any:
    return value if value > _ZERO else _ZERO


@inside
def _slot(age: Any, year: Any) -> Any:
    """Where people of an age are kept: a cohort stays where it is, and those born take the place of the oldest."""
    return (age + np.uint64(AGES * 1000) - year) % np.uint64(AGES)


@compiled
def _stray(year: Any, place: Any, first: Any, size: Any, given: Any, nation: Any, lasting: Any, rows: Any) -> None:
    """What strays in a place in a year."""
    word, _ = _words(given.keys[place], year, 0, YEARLY)
    z, scale, felt = _start_of(word, first), given.place * given.yearly[place] * _sign_of(word), given.felt[place]
    for d in range(size):
        rows[_WOMEN + d] = nation.mortality[year, 0, d] * lasting[place, 2, d]
        rows[_MEN + d] = nation.mortality[year, 1, d] * lasting[place, 2, d]
    for d in range(size):
        rows[_STRAYS + d] = lasting[place, 0, d] + scale * given.table[z + d]
        rows[_MORE + d] = _ONE + felt * rows[_STRAYS + d]
    for d in range(size):
        rows[_PATH + d] = nation.immigration[year, d]
        rows[_PATH_ROOT + d] = np.sqrt(nation.immigration[year, d])


@compiled
def _leave(
    year: Any, place: Any, first: Any, size: Any, is_stored: Any, given: Any, people: Any, rows: Any, pools: Any
) -> None:
    """Deaths and moves out of a place; who stays is left in `people`, who moves within the country in `pools`."""
    keys, table, hazards, outs, stay, shares = (
        given.keys, given.table, given.hazard, given.out, given.stay, given.share,
    )  # fmt: skip
    come, abroad, fertility, domestic, onward = (
        given.come, given.abroad, given.fertility, given.domestic, given.onward,
    )  # fmt: skip
    even, scale, most, row = given.even, given.people, given.most, np.uint64(given.pulled[place])
    lever = min(row, _1)
    for sex in range(_2):
        theta = sex * _ROW
        for age in range(np.uint64(AGES)):
            slot = _slot(age, year)
            hazard = hazards[place, year, sex, age]
            out = outs[place, sex, age] * stay[lever, year, age]
            first_word, second_word = _words(keys[place], year, sex, age)
            z, w = _start_of(first_word, first), _start_of(first_word >> _32, first)
            z_scale = scale * _sign_of(first_word)
            w_scale = scale * _sign_of(first_word >> _32)
            added = onward[row, year, sex, age]
            if sex == 0 and fertility[place, age] > _ZERO:
                rate = _HALF * fertility[place, age]
                for d in range(size):
                    rows[_BIRTHS + d] += rate * people[place, sex, slot, d]
            if most * hazard + out <= _SHORT:
                for d in range(size):
                    h = hazard * rows[theta + d]
                    gone = _gone(out + h)
                    here = people[place, sex, slot, d]
                    dying, leaving = h * gone, out * gone
                    deaths, moves = here * dying, here * leaving
                    deaths += z_scale * np.sqrt(_positive(deaths - deaths * dying)) * table[z + d]
                    chance = w_scale * np.sqrt(_positive(moves - moves * leaving)) * table[w + d]
                    moves += chance + added - even * here * rows[_STRAYS + d]
                    people[place, sex, slot, d] = here - deaths - moves
                    rows[_DEATHS + d] += deaths
                    rows[_OUT + d] += moves
                    rows[_MOVES + d] = moves
            else:
                for d in range(size):
                    h = hazard * rows[theta + d]
                    y = out + h + _TINY
                    gone = (_ONE - _exp16(y * _SIXTEENTH)) / y
                    here = people[place, sex, slot, d]
                    dying, leaving = h * gone, out * gone
                    deaths, moves = here * dying, here * leaving
                    deaths += z_scale * np.sqrt(_positive(deaths - deaths * dying)) * table[z + d]
                    chance = w_scale * np.sqrt(_positive(moves - moves * leaving)) * table[w + d]
                    moves += chance + added - even * here * rows[_STRAYS + d]
                    people[place, sex, slot, d] = here - deaths - moves
                    rows[_DEATHS + d] += deaths
                    rows[_OUT + d] += moves
                    rows[_MOVES + d] = moves
            if not is_stored:
                share = shares[place, sex, age] * come[lever, year, age]
                u = _start_of(second_word, first)
                u_scale = scale * _sign_of(second_word) * np.sqrt(share)
                within, taken = _ONE - abroad[sex, age], domestic[row, year, sex, age]
                at = (sex * np.uint64(AGES) + age) * _3 * _ROW
                for d in range(size):
                    pools[at + d] += within * rows[_MOVES + d] - taken
                    pools[at + _ROW + d] += share * rows[_MORE + d]
                    pools[at + _ROW + _ROW + d] += u_scale * table[u + d]


@compiled
def _share_out(
    year: Any, first: Any, column: Any, count: Any, size: Any, is_stored: Any, stored: Any, pools: Any, shared: Any
) -> None:
    """What shares of movers are shares of, and its root, in `shared`; kept in `stored`, or read from there.

    Solves weight G + centre sqrt(G) = pool, see `plain.solved`; `pools` are emptied for the next year.
    """
    for sex in range(_2):
        for age in range(np.uint64(AGES)):
            number = sex * np.uint64(AGES) + age
            at, to = number * _3 * _ROW, number * _2 * _ROW
            if is_stored:
                for d in range(count):
                    shared[to + d] = stored[year, sex, age, first + d]
                for d in range(count, size):
                    shared[to + d] = _ZERO
            else:
                for d in range(size):
                    pool, centre = pools[at + d], pools[at + _ROW + _ROW + d]
                    weight = pools[at + _ROW + d] if pools[at + _ROW + d] > _TINY else _TINY
                    root = np.sqrt(centre * centre + _TWO * _TWO * weight * _positive(pool))
                    # The form of the root that takes nothing away from nearly the same.
                    above = _TWO * pool if centre > _ZERO else root - centre
                    below = centre + root if centre > _ZERO else _TWO * weight
                    found = above / below
                    movers = found * found if pool > _ZERO else pool / weight
                    shared[to + d] = movers if pools[at + _ROW + d] > _TINY else _ZERO
                for d in range(count):
                    stored[year, sex, age, column + d] = shared[to + d]
                for d in range(size):
                    pools[at + d] = _ZERO
                    pools[at + _ROW + d] = _ZERO
                    pools[at + _ROW + _ROW + d] = _ZERO
            for d in range(size):
                shared[to + _ROW + d] = np.sqrt(_positive(shared[to + d]))


@compiled
def _keep_class(
    year: Any, place: Any, age: Any, column: Any, count: Any, size: Any, given: Any, rows: Any, persons: Any, folds: Any
) -> None:
    """The class of ages that begins with `age` is whole: to the results, and its sum is emptied for the next."""
    number, fold, row = given.class_of_age[age], given.fold_of_age[age], given.kept[place]
    for d in range(size):
        folds[fold, d] += rows[_CLASS + d]
    if row >= 0:
        for d in range(count):
            persons[row, year + _1, number, column + d] = rows[_CLASS + d]
    for d in range(size):
        rows[_CLASS + d] = _ZERO


@compiled
def _arrive(
    year: Any,
    place: Any,
    first: Any,
    column: Any,
    count: Any,
    size: Any,
    given: Any,
    people: Any,
    rows: Any,
    shared: Any,
    persons: Any,
    folds: Any,
) -> None:
    """Moves into a place; who is there is a year older, and classes of ages are kept as they become whole."""
    keys, table, hazards, shares, come, fertility = (
        given.keys,
        given.table,
        given.hazard,
        given.share,
        given.come,
        given.fertility,
    )
    immigration, domestic, foreign, scale, most = (
        given.immigration,
        given.domestic,
        given.foreign,
        given.people,
        given.most,
    )
    class_of_age, row = given.class_of_age, np.uint64(given.pulled[place])
    for back in range(np.uint64(AGES)):
        age = np.uint64(_OLDEST) - back
        for sex in range(_2):
            theta, slot = sex * _ROW, _slot(age, year)
            hazard = _HALF * hazards[place, year, sex, age]
            share = shares[place, sex, age] * come[min(row, _1), year, age]
            number = immigration[place, sex, age]
            added = domestic[row, year, sex, age] + foreign[row, year, sex, age]
            _, word = _words(keys[place], year, sex, age)
            u, v = _start_of(word, first), _start_of(word >> _32, first)
            u_scale = scale * _sign_of(word) * np.sqrt(share)
            v_scale = scale * _sign_of(word >> _32) * np.sqrt(number)
            at = (sex * np.uint64(AGES) + age) * _2 * _ROW
            if most * hazard <= _HALF * _SHORT:
                for d in range(size):
                    coming = share * rows[_MORE + d] * shared[at + d] + u_scale * shared[at + _ROW + d] * table[u + d]
                    coming += number * rows[_PATH + d] + v_scale * rows[_PATH_ROOT + d] * table[v + d] + added
                    living = coming * _half_lived(hazard * rows[theta + d])
                    here = people[place, sex, slot, d] + living
                    people[place, sex, slot, d] = here
                    rows[_IN + d] += coming
                    rows[_DEATHS + d] += coming - living
                    rows[_CLASS + d] += here
            else:
                for d in range(size):
                    coming = share * rows[_MORE + d] * shared[at + d] + u_scale * shared[at + _ROW + d] * table[u + d]
                    coming += number * rows[_PATH + d] + v_scale * rows[_PATH_ROOT + d] * table[v + d] + added
                    living = coming * _exp16(hazard * rows[theta + d] * _SIXTEENTH)
                    here = people[place, sex, slot, d] + living
                    people[place, sex, slot, d] = here
                    rows[_IN + d] += coming
                    rows[_DEATHS + d] += coming - living
                    rows[_CLASS + d] += here
            if age < _OLDEST and sex == 0 and fertility[place, age + _1] > _ZERO:
                rate = _HALF * fertility[place, age + _1]
                for d in range(size):
                    rows[_BIRTHS + d] += rate * people[place, sex, slot, d]
        # Who was `age` is a year older now.
        if age < _OLDEST and class_of_age[age + _1] != class_of_age[age]:
            _keep_class(year, place, age + _1, column, count, size, given, rows, persons, folds)


@compiled
def _join_oldest(year: Any, place: Any, size: Any, people: Any) -> None:
    """Those of 119 a year ago join the open class; its slot is free for those born."""
    for sex in range(_2):
        for d in range(size):
            oldest = people[place, sex, _slot(np.uint64(_OLDEST), year), d]
            people[place, sex, _slot(np.uint64(_OLDEST - 1), year), d] += oldest


@compiled
def _bear(
    year: Any, place: Any, first: Any, size: Any, given: Any, nation: Any, lasting: Any, people: Any, rows: Any
) -> None:
    """Births, and those of them who are alive at the end of the year."""
    one, two = _words(given.keys[place], year, 0, BIRTHS)
    z, w = _start_of(one, first), _start_of(one >> _32, first)
    z_scale, w_scale = given.people * _sign_of(one), given.people * _sign_of(one >> _32)
    factor, girls = given.births[place, year], given.girls
    for d in range(size):
        rows[_BORN + d] = rows[_BIRTHS + d] * factor * nation.fertility[year, d] * lasting[place, 1, d]
    for d in range(size):
        born = rows[_BORN + d] + z_scale * np.sqrt(_positive(rows[_BORN + d])) * given.table[z + d]
        chance = w_scale * np.sqrt(_positive(born * girls * (_ONE - girls))) * given.table[w + d]
        rows[_BIRTHS + d] = born
        rows[_GIRLS + d] = girls * born + chance
        rows[_BOYS + d] = born - rows[_GIRLS + d]
    for sex in range(_2):
        word = two >> (_32 * sex)
        u, u_scale = _start_of(word, first), given.people * _sign_of(word)
        slot, hazard, own = _slot(np.uint64(0), year + _1), given.infant[place, year, sex], sex * _ROW
        for d in range(size):
            lost = _ONE - np.exp(-hazard * rows[own + d])
            mean = rows[_GIRLS + own + d] * lost
            rows[_BORN + d] = mean + u_scale * np.sqrt(_positive(mean - mean * lost)) * given.table[u + d]
        for d in range(size):
            here = rows[_GIRLS + own + d] - rows[_BORN + d]
            people[place, sex, slot, d] = here
            rows[_DEATHS + d] += rows[_BORN + d]
            rows[_CLASS + d] += here


@compiled
def _keep(year: Any, place: Any, column: Any, count: Any, given: Any, rows: Any, at: Any, flow: Any) -> None:
    row = given.kept[place]
    if row >= 0:
        for d in range(count):
            flow[row, year, column + d] = rows[at + d]


@compiled
def _begin(place: Any, first: Any, size: Any, given: Any, people: Any, lasting: Any) -> None:
    """People on the first 1 January, and what strays for good: rate of net migration, factors on births and deaths."""
    for sex in range(_2):
        for age in range(np.uint64(AGES)):
            for d in range(size):
                people[place, sex, _slot(age, np.uint64(0)), d] = given.persons[place, sex, age]
    one, two = _words(given.keys[place], 0, 0, PLACE)
    z, w, u = _start_of(one, first), _start_of(one >> _32, first), _start_of(two, first)
    z_scale = given.place * given.level[place] * _sign_of(one)
    w_scale = given.place * given.bearing[place] * _sign_of(one >> _32)
    u_scale = given.place * given.dying[place] * _sign_of(two)
    for d in range(size):
        lasting[place, 0, d] = z_scale * given.table[z + d]
        lasting[place, 1, d] = np.exp(w_scale * given.table[w + d])
        lasting[place, 2, d] = np.exp(u_scale * given.table[u + d])


@compiled
def _through_leaving(
    year: Any,
    place: Any,
    first: Any,
    column: Any,
    count: Any,
    size: Any,
    is_stored: Any,
    given: Any,
    nation: Any,
    room: Any,
    out: Any,
) -> None:
    """The first half of a place's year; deaths so far and women's half of the exposure are carried to the second."""
    rows = room.rows
    _stray(year, place, first, size, given, nation, room.lasting, rows)
    for d in range(size):
        rows[_DEATHS + d] = _ZERO
        rows[_OUT + d] = _ZERO
        rows[_BIRTHS + d] = _ZERO
    _leave(year, place, first, size, is_stored, given, room.people, rows, room.pools)
    _keep(year, place, column, count, given, rows, _OUT, out.moves_out)
    for d in range(size):
        room.carried[place, 0, d] = rows[_DEATHS + d]
        room.carried[place, 1, d] = rows[_BIRTHS + d]


@compiled
def _through_arriving(
    year: Any, place: Any, first: Any, column: Any, count: Any, size: Any, given: Any, nation: Any, room: Any, out: Any
) -> None:
    """The second half of a place's year."""
    rows = room.rows
    _stray(year, place, first, size, given, nation, room.lasting, rows)
    for d in range(size):
        rows[_DEATHS + d] = room.carried[place, 0, d]
        rows[_BIRTHS + d] = room.carried[place, 1, d]
        rows[_IN + d] = _ZERO
        rows[_CLASS + d] = _ZERO
    _arrive(year, place, first, column, count, size, given, room.people, rows, room.shared, out.persons, room.folds)
    _join_oldest(year, place, size, room.people)
    _bear(year, place, first, size, given, nation, room.lasting, room.people, rows)
    _keep_class(year, place, np.uint64(0), column, count, size, given, rows, out.persons, room.folds)
    _keep(year, place, column, count, given, rows, _DEATHS, out.deaths)
    _keep(year, place, column, count, given, rows, _IN, out.moves_in)
    _keep(year, place, column, count, given, rows, _BIRTHS, out.births)


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
    room.pools[:] = _ZERO
    for year in range(years + _1):
        if year > 0:
            last = year - _1
            _share_out(last, first, column, count, size, is_stored, stored, room.pools, room.shared)
            room.folds[:] = 0.0
        for place in range(places):
            if year == 0:
                _begin(place, first, size, given, room.people, room.lasting)
            else:
                _through_arriving(year - _1, place, first, column, count, size, given, nation, room, out)
            if year < years:
                _through_leaving(year, place, first, column, count, size, is_stored, given, nation, room, out)
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
    """Room of one block to work in: `people` (P, 2, 121, D) by slot; `lasting` (P, 3, D) rate of net migration, factors
    on births and deaths; `carried` (P, 2, D) deaths and births so far; `folds` (13, D) people of the nation; rows at a
    fixed distance: of one place and year `rows`, of sexes and ages `pools` (moves, weight, centre), `shared` (G, root).
    """

    people: Any
    lasting: Any
    carried: Any
    folds: Any
    rows: Any
    pools: Any
    shared: Any


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
    given, room, nation = _given(work), _room(work, block), _nation(work, block)
    _years(given, room, nation, out, stored, movers is not None, first, column, count, size)


def _given(work: Work) -> _Given:
    rates = work.rates
    highest = float(work.nation.mortality.max()) * float(np.exp(5 * work.place * rates.dying.max()))
    return _Given(
        keys=work.keys,
        table=work.table,
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
        most=np.float32(_SPREAD if highest <= _SPREAD else np.inf),
    )


def _room(work: Work, block: Block) -> _Room:
    places, size = len(work.keys), block.size
    return _Room(
        people=np.empty((places, 2, AGES, size), np.float32),
        lasting=np.empty((places, 3, size), np.float32),
        carried=np.empty((places, 2, size), np.float32),
        folds=np.empty((len(FOLDS), size)),
        rows=np.empty(int(_ROWS), np.float32),
        pools=np.empty(2 * AGES * 3 * _DISTANCE, np.float32),
        shared=np.empty(2 * AGES * 2 * _DISTANCE, np.float32),
    )


def _nation(work: Work, block: Block) -> _Nation:
    lanes, nation = slice(block.first, block.first + block.size), work.nation
    paths = (nation.fertility, nation.mortality, nation.immigration)
    return _Nation(*(np.ascontiguousarray(path[..., lanes]) for path in paths))
