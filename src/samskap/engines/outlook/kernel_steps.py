"""The two halves of a place's year, compiled: who leaves, and who comes.

Ages of people are kept by slot: a cohort stays where it is. What a cell of sex and age is given is put in rows first,
so that loops over draws follow closely; meanwhile people and stored movers of the next step are asked for. All numbers
are single: a bare 0.5 would double them. Import this module only where it runs: numba is slow to import.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from samskap.engines.outlook.ages import AGES
from samskap.engines.outlook.chance import BIRTHS as BIRTH_ROW
from samskap.engines.outlook.chance import PLACE, YEARLY
from samskap.engines.outlook.kernel_cells import (
    ADDED,
    OUT_RATE,
    SHARE,
    U,
    V,
    W,
    Z,
    arriving_cells,
    fetch,
    leaving_cells,
    slot_of,
)
from samskap.engines.outlook.kernel_lanes import (
    BIRTHS,
    BORN,
    BOYS,
    CLASS,
    DEATHS,
    GIRLS,
    GONE,
    HALF,
    HALF_WORD,
    IN,
    MEN,
    MORE,
    OLDEST,
    ONE,
    OUT,
    PAIR,
    PATH,
    PATH_ROOT,
    ROW,
    SHORT,
    SIXTEENTH,
    STRAYS,
    TINY,
    TRIPLE,
    TWO,
    UNIT,
    WOMEN,
    ZERO,
    compiled,
    exp16,
    gone_far,
    gone_of,
    half_lived,
    inside,
    positive,
    sign_of,
    start_of,
    words,
)


@compiled
def _stray(year: Any, place: Any, first: Any, size: Any, given: Any, nation: Any, lasting: Any, rows: Any) -> None:
    """What strays in a place in a year."""
    word, _ = words(given.keys[place], year, 0, YEARLY)
    z, scale, felt = start_of(word, first), given.place * given.yearly[place] * sign_of(word), given.felt[place]
    for d in range(size):
        rows[WOMEN + d] = nation.mortality[year, 0, d] * lasting[place, 2, d]
        rows[MEN + d] = nation.mortality[year, 1, d] * lasting[place, 2, d]
    for d in range(size):
        rows[STRAYS + d] = lasting[place, 0, d] + scale * given.table[z + d]
        rows[MORE + d] = ONE + felt * rows[STRAYS + d]
    for d in range(size):
        rows[PATH + d] = nation.immigration[year, d]
        rows[PATH_ROOT + d] = np.sqrt(nation.immigration[year, d])


@compiled
def _expose(place: Any, slot: Any, size: Any, rate: Any, people: Any, rows: Any) -> None:
    """Births of women of an age, before what strays."""
    if rate > ZERO:
        for d in range(size):
            rows[BIRTHS + d] += rate * people[place, slot, 0, d]


@inside
def _drawn(here: Any, risk: Any, chance: Any) -> Any:
    """How many of those here meet a risk; a cell that chance made negative strays no further, but is not cut."""
    mean = here * risk
    return mean + chance * np.sqrt(positive(mean - mean * risk))


@compiled
def _leave(
    year: Any,
    place: Any,
    first: Any,
    size: Any,
    is_stored: Any,
    stored: Any,
    given: Any,
    people: Any,
    rows: Any,
    pools: Any,
    cells: Any,
    starts: Any,
) -> None:
    """Deaths and moves out of a place; who stays is left in `people`, who moves within the country in `pools`."""
    table, even, most, row = given.table, given.even, given.most, np.uint64(given.pulled[place])
    for age in range(np.uint64(AGES)):
        slot = slot_of(age, year)
        for sex in range(PAIR):
            theta, at = sex * ROW, (sex * np.uint64(AGES) + age) * TRIPLE * ROW
            hazard, out = given.hazard[place, year, sex, age], cells[OUT_RATE, sex, age]
            z, w, u = starts[Z, sex, age], starts[W, sex, age], starts[U, sex, age]
            z_scale, w_scale, u_scale = cells[Z, sex, age], cells[W, sex, age], cells[U, sex, age]
            added, share = given.onward[row, year, sex, age], cells[SHARE, sex, age]
            within, taken = ONE - given.abroad[sex, age], given.domestic[row, year, sex, age]
            if sex == 0:
                _expose(place, slot, size, HALF * given.fertility[place, age], people, rows)
            fetch(year, place, sex, age, first, size, is_stored, people, stored)
            if most * hazard + out <= SHORT:
                for d in range(size):
                    rows[GONE + d] = gone_of(out + hazard * rows[theta + d])
            else:
                for d in range(size):
                    rows[GONE + d] = gone_far(out + hazard * rows[theta + d])
            if is_stored:
                for d in range(size):
                    here, gone = people[place, slot, sex, d], rows[GONE + d]
                    deaths = _drawn(here, hazard * rows[theta + d] * gone, z_scale * table[z + d])
                    moves = _drawn(here, out * gone, w_scale * table[w + d]) + added - even * here * rows[STRAYS + d]
                    people[place, slot, sex, d] = here - deaths - moves
                    rows[DEATHS + d] += deaths
                    rows[OUT + d] += moves
            else:
                for d in range(size):
                    here, gone = people[place, slot, sex, d], rows[GONE + d]
                    deaths = _drawn(here, hazard * rows[theta + d] * gone, z_scale * table[z + d])
                    moves = _drawn(here, out * gone, w_scale * table[w + d]) + added - even * here * rows[STRAYS + d]
                    people[place, slot, sex, d] = here - deaths - moves
                    rows[DEATHS + d] += deaths
                    rows[OUT + d] += moves
                    pools[at + d] += within * moves - taken
                    pools[at + ROW + d] += share * rows[MORE + d]
                    pools[at + ROW + ROW + d] += u_scale * table[u + d]


@compiled
def share_out(
    year: Any, first: Any, column: Any, count: Any, size: Any, is_stored: Any, stored: Any, pools: Any, shared: Any
) -> None:
    """What shares of movers are shares of, and its root, in `shared`; kept in `stored`, or read from there.

    Solves weight G + centre sqrt(G) = pool, see `plain.solved`; `pools` are emptied for the next year.
    """
    for sex in range(PAIR):
        for age in range(np.uint64(AGES)):
            number = sex * np.uint64(AGES) + age
            at, to = number * TRIPLE * ROW, number * PAIR * ROW
            if is_stored:
                for d in range(count):
                    shared[to + d] = stored[year, sex, age, first + d]
                for d in range(count, size):
                    shared[to + d] = ZERO
            else:
                for d in range(size):
                    pool, centre = pools[at + d], pools[at + ROW + ROW + d]
                    weight = pools[at + ROW + d] if pools[at + ROW + d] > TINY else TINY
                    root = np.sqrt(centre * centre + TWO * TWO * weight * positive(pool))
                    # The form of the root that takes nothing away from nearly the same.
                    above = TWO * pool if centre > ZERO else root - centre
                    below = centre + root if centre > ZERO else TWO * weight
                    found = above / below
                    movers = found * found if pool > ZERO else pool / weight
                    shared[to + d] = movers if pools[at + ROW + d] > TINY else ZERO
                for d in range(count):
                    stored[year, sex, age, column + d] = shared[to + d]
                for d in range(size):
                    pools[at + d] = ZERO
                    pools[at + ROW + d] = ZERO
                    pools[at + ROW + ROW + d] = ZERO
            for d in range(size):
                shared[to + ROW + d] = np.sqrt(positive(shared[to + d]))


@compiled
def _keep_class(
    year: Any, place: Any, age: Any, column: Any, count: Any, size: Any, given: Any, rows: Any, persons: Any, folds: Any
) -> None:
    """The class of ages that begins with `age` is whole: to the results, and its sum is emptied for the next."""
    number, fold, row = given.class_of_age[age], given.fold_of_age[age], given.kept[place]
    for d in range(size):
        folds[fold, d] += rows[CLASS + d]
    if row >= 0:
        for d in range(count):
            persons[row, year + UNIT, number, column + d] = rows[CLASS + d]
    for d in range(size):
        rows[CLASS + d] = ZERO


@compiled
def _arrive(
    year: Any,
    place: Any,
    column: Any,
    count: Any,
    size: Any,
    given: Any,
    people: Any,
    rows: Any,
    shared: Any,
    persons: Any,
    folds: Any,
    cells: Any,
    starts: Any,
) -> None:
    """Moves into a place; who is there is a year older, and classes of ages are kept as they become whole."""
    table, most, class_of_age = given.table, given.most, given.class_of_age
    for age in range(np.uint64(AGES)):
        slot = slot_of(age, year)
        for sex in range(PAIR):
            theta, at = sex * ROW, (sex * np.uint64(AGES) + age) * PAIR * ROW
            hazard, number = HALF * given.hazard[place, year, sex, age], given.immigration[place, sex, age]
            share, added = cells[SHARE, sex, age], cells[ADDED, sex, age]
            u, v, u_scale, v_scale = starts[U, sex, age], starts[V, sex, age], cells[U, sex, age], cells[V, sex, age]
            if most * hazard <= HALF * SHORT:
                for d in range(size):
                    coming = share * rows[MORE + d] * shared[at + d] + u_scale * shared[at + ROW + d] * table[u + d]
                    coming += number * rows[PATH + d] + v_scale * rows[PATH_ROOT + d] * table[v + d] + added
                    living = coming * half_lived(hazard * rows[theta + d])
                    here = people[place, slot, sex, d] + living
                    people[place, slot, sex, d] = here
                    rows[IN + d] += coming
                    rows[DEATHS + d] += coming - living
                    rows[CLASS + d] += here
            else:
                for d in range(size):
                    coming = share * rows[MORE + d] * shared[at + d] + u_scale * shared[at + ROW + d] * table[u + d]
                    coming += number * rows[PATH + d] + v_scale * rows[PATH_ROOT + d] * table[v + d] + added
                    living = coming * exp16(hazard * rows[theta + d] * SIXTEENTH)
                    here = people[place, slot, sex, d] + living
                    people[place, slot, sex, d] = here
                    rows[IN + d] += coming
                    rows[DEATHS + d] += coming - living
                    rows[CLASS + d] += here
            if age < OLDEST and sex == 0:
                _expose(place, slot, size, HALF * given.fertility[place, age + UNIT], people, rows)
        # Who was `age` is a year older now.
        older = min(age + UNIT, np.uint64(OLDEST))
        if age == OLDEST or (older < OLDEST and class_of_age[older + UNIT] != class_of_age[older]):
            _keep_class(year, place, older, column, count, size, given, rows, persons, folds)


@compiled
def _join_oldest(year: Any, place: Any, size: Any, people: Any) -> None:
    """Those of 119 a year ago join the open class; its slot is free for those born."""
    for sex in range(PAIR):
        for d in range(size):
            oldest = people[place, slot_of(np.uint64(OLDEST), year), sex, d]
            people[place, slot_of(np.uint64(OLDEST - 1), year), sex, d] += oldest


@compiled
def _bear(
    year: Any, place: Any, first: Any, size: Any, given: Any, nation: Any, lasting: Any, people: Any, rows: Any
) -> None:
    """Births, and those of them who are alive at the end of the year."""
    one, two = words(given.keys[place], year, 0, BIRTH_ROW)
    z, w = start_of(one, first), start_of(one >> HALF_WORD, first)
    z_scale, w_scale = given.people * sign_of(one), given.people * sign_of(one >> HALF_WORD)
    factor, girls = given.births[place, year], given.girls
    for d in range(size):
        rows[BORN + d] = rows[BIRTHS + d] * factor * nation.fertility[year, d] * lasting[place, 1, d]
    for d in range(size):
        born = rows[BORN + d] + z_scale * np.sqrt(positive(rows[BORN + d])) * given.table[z + d]
        chance = w_scale * np.sqrt(positive(born * girls * (ONE - girls))) * given.table[w + d]
        rows[BIRTHS + d] = born
        rows[GIRLS + d] = girls * born + chance
        rows[BOYS + d] = born - rows[GIRLS + d]
    for sex in range(PAIR):
        word = two >> (HALF_WORD * sex)
        u, u_scale = start_of(word, first), given.people * sign_of(word)
        slot, hazard, own = slot_of(np.uint64(0), year + UNIT), given.infant[place, year, sex], sex * ROW
        for d in range(size):
            lost = ONE - np.exp(-hazard * rows[own + d])
            mean = rows[GIRLS + own + d] * lost
            rows[BORN + d] = mean + u_scale * np.sqrt(positive(mean - mean * lost)) * given.table[u + d]
        for d in range(size):
            here = rows[GIRLS + own + d] - rows[BORN + d]
            people[place, slot, sex, d] = here
            rows[DEATHS + d] += rows[BORN + d]
            rows[CLASS + d] += here


@compiled
def _keep(year: Any, place: Any, column: Any, count: Any, given: Any, rows: Any, at: Any, flow: Any) -> None:
    row = given.kept[place]
    if row >= 0:
        for d in range(count):
            flow[row, year, column + d] = rows[at + d]


@compiled
def begin(place: Any, first: Any, size: Any, given: Any, people: Any, lasting: Any) -> None:
    """People on the first 1 January, and what strays for good: rate of net migration, factors on births and deaths."""
    for sex in range(PAIR):
        for age in range(np.uint64(AGES)):
            for d in range(size):
                people[place, slot_of(age, np.uint64(0)), sex, d] = given.persons[place, sex, age]
    one, two = words(given.keys[place], 0, 0, PLACE)
    z, w, u = start_of(one, first), start_of(one >> HALF_WORD, first), start_of(two, first)
    z_scale = given.place * given.level[place] * sign_of(one)
    w_scale = given.place * given.bearing[place] * sign_of(one >> HALF_WORD)
    u_scale = given.place * given.dying[place] * sign_of(two)
    for d in range(size):
        lasting[place, 0, d] = z_scale * given.table[z + d]
        lasting[place, 1, d] = np.exp(w_scale * given.table[w + d])
        lasting[place, 2, d] = np.exp(u_scale * given.table[u + d])


@compiled
def through_leaving(
    year: Any,
    place: Any,
    first: Any,
    column: Any,
    count: Any,
    size: Any,
    is_stored: Any,
    stored: Any,
    given: Any,
    nation: Any,
    room: Any,
    out: Any,
) -> None:
    """The first half of a place's year; deaths so far and women's half of the exposure are carried to the second."""
    rows = room.rows
    _stray(year, place, first, size, given, nation, room.lasting, rows)
    for d in range(size):
        rows[DEATHS + d] = ZERO
        rows[OUT + d] = ZERO
        rows[BIRTHS + d] = ZERO
    leaving_cells(year, place, first, given, room.cells, room.starts)
    _leave(year, place, first, size, is_stored, stored, given, room.people, rows, room.pools, room.cells, room.starts)
    _keep(year, place, column, count, given, rows, OUT, out.moves_out)
    for d in range(size):
        room.carried[place, 0, d] = rows[DEATHS + d]
        room.carried[place, 1, d] = rows[BIRTHS + d]


@compiled
def through_arriving(
    year: Any, place: Any, first: Any, column: Any, count: Any, size: Any, given: Any, nation: Any, room: Any, out: Any
) -> None:
    """The second half of a place's year."""
    rows = room.rows
    _stray(year, place, first, size, given, nation, room.lasting, rows)
    for d in range(size):
        rows[DEATHS + d] = room.carried[place, 0, d]
        rows[BIRTHS + d] = room.carried[place, 1, d]
        rows[IN + d] = ZERO
        rows[CLASS + d] = ZERO
    arriving_cells(year, place, first, given, room.cells, room.starts)
    people, shared, cells, starts = room.people, room.shared, room.cells, room.starts
    _arrive(year, place, column, count, size, given, people, rows, shared, out.persons, room.folds, cells, starts)
    _join_oldest(year, place, size, room.people)
    _bear(year, place, first, size, given, nation, room.lasting, room.people, rows)
    _keep_class(year, place, np.uint64(0), column, count, size, given, rows, out.persons, room.folds)
    _keep(year, place, column, count, given, rows, DEATHS, out.deaths)
    _keep(year, place, column, count, given, rows, IN, out.moves_in)
    _keep(year, place, column, count, given, rows, BIRTHS, out.births)
