"""The two halves of a place's year, compiled: who leaves, and who comes.

Ages of people are kept by slot: a cohort stays where it is. Loops over draws are short and touch few arrays each: for
more, the compiler asks of every pair whether they overlap, and gives up. All numbers are single: a bare 0.5 would
double them. Import this module only where it runs: numba is slow to import.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from samskap.engines.outlook.ages import AGES
from samskap.engines.outlook.chance import BIRTHS as BIRTH_ROW
from samskap.engines.outlook.chance import PLACE, YEARLY
from samskap.engines.outlook.kernel_lanes import (
    BIRTHS,
    BORN,
    BOYS,
    CLASS,
    DEATHS,
    GIRLS,
    HALF,
    HALF_WORD,
    IN,
    MEN,
    MORE,
    MOVES,
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
    gone_of,
    half_lived,
    inside,
    positive,
    sign_of,
    start_of,
    words,
)


@inside
def _slot(age: Any, year: Any) -> Any:
    """Where people of an age are kept: a cohort stays where it is, and those born take the place of the oldest."""
    return (age + np.uint64(AGES * 1000) - year) % np.uint64(AGES)


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
    lever = min(row, UNIT)
    for sex in range(PAIR):
        theta = sex * ROW
        for age in range(np.uint64(AGES)):
            slot = _slot(age, year)
            hazard = hazards[place, year, sex, age]
            out = outs[place, sex, age] * stay[lever, year, age]
            first_word, second_word = words(keys[place], year, sex, age)
            z, w = start_of(first_word, first), start_of(first_word >> HALF_WORD, first)
            z_scale = scale * sign_of(first_word)
            w_scale = scale * sign_of(first_word >> HALF_WORD)
            added = onward[row, year, sex, age]
            if sex == 0 and fertility[place, age] > ZERO:
                rate = HALF * fertility[place, age]
                for d in range(size):
                    rows[BIRTHS + d] += rate * people[place, sex, slot, d]
            if most * hazard + out <= SHORT:
                for d in range(size):
                    h = hazard * rows[theta + d]
                    gone = gone_of(out + h)
                    here = people[place, sex, slot, d]
                    dying, leaving = h * gone, out * gone
                    deaths, moves = here * dying, here * leaving
                    deaths += z_scale * np.sqrt(positive(deaths - deaths * dying)) * table[z + d]
                    chance = w_scale * np.sqrt(positive(moves - moves * leaving)) * table[w + d]
                    moves += chance + added - even * here * rows[STRAYS + d]
                    people[place, sex, slot, d] = here - deaths - moves
                    rows[DEATHS + d] += deaths
                    rows[OUT + d] += moves
                    rows[MOVES + d] = moves
            else:
                for d in range(size):
                    h = hazard * rows[theta + d]
                    y = out + h + TINY
                    gone = (ONE - exp16(y * SIXTEENTH)) / y
                    here = people[place, sex, slot, d]
                    dying, leaving = h * gone, out * gone
                    deaths, moves = here * dying, here * leaving
                    deaths += z_scale * np.sqrt(positive(deaths - deaths * dying)) * table[z + d]
                    chance = w_scale * np.sqrt(positive(moves - moves * leaving)) * table[w + d]
                    moves += chance + added - even * here * rows[STRAYS + d]
                    people[place, sex, slot, d] = here - deaths - moves
                    rows[DEATHS + d] += deaths
                    rows[OUT + d] += moves
                    rows[MOVES + d] = moves
            if not is_stored:
                share = shares[place, sex, age] * come[lever, year, age]
                u = start_of(second_word, first)
                u_scale = scale * sign_of(second_word) * np.sqrt(share)
                within, taken = ONE - abroad[sex, age], domestic[row, year, sex, age]
                at = (sex * np.uint64(AGES) + age) * TRIPLE * ROW
                for d in range(size):
                    pools[at + d] += within * rows[MOVES + d] - taken
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
        age = np.uint64(OLDEST) - back
        for sex in range(PAIR):
            theta, slot = sex * ROW, _slot(age, year)
            hazard = HALF * hazards[place, year, sex, age]
            share = shares[place, sex, age] * come[min(row, UNIT), year, age]
            number = immigration[place, sex, age]
            added = domestic[row, year, sex, age] + foreign[row, year, sex, age]
            _, word = words(keys[place], year, sex, age)
            u, v = start_of(word, first), start_of(word >> HALF_WORD, first)
            u_scale = scale * sign_of(word) * np.sqrt(share)
            v_scale = scale * sign_of(word >> HALF_WORD) * np.sqrt(number)
            at = (sex * np.uint64(AGES) + age) * PAIR * ROW
            if most * hazard <= HALF * SHORT:
                for d in range(size):
                    coming = share * rows[MORE + d] * shared[at + d] + u_scale * shared[at + ROW + d] * table[u + d]
                    coming += number * rows[PATH + d] + v_scale * rows[PATH_ROOT + d] * table[v + d] + added
                    living = coming * half_lived(hazard * rows[theta + d])
                    here = people[place, sex, slot, d] + living
                    people[place, sex, slot, d] = here
                    rows[IN + d] += coming
                    rows[DEATHS + d] += coming - living
                    rows[CLASS + d] += here
            else:
                for d in range(size):
                    coming = share * rows[MORE + d] * shared[at + d] + u_scale * shared[at + ROW + d] * table[u + d]
                    coming += number * rows[PATH + d] + v_scale * rows[PATH_ROOT + d] * table[v + d] + added
                    living = coming * exp16(hazard * rows[theta + d] * SIXTEENTH)
                    here = people[place, sex, slot, d] + living
                    people[place, sex, slot, d] = here
                    rows[IN + d] += coming
                    rows[DEATHS + d] += coming - living
                    rows[CLASS + d] += here
            if age < OLDEST and sex == 0 and fertility[place, age + UNIT] > ZERO:
                rate = HALF * fertility[place, age + UNIT]
                for d in range(size):
                    rows[BIRTHS + d] += rate * people[place, sex, slot, d]
        # Who was `age` is a year older now.
        if age < OLDEST and class_of_age[age + UNIT] != class_of_age[age]:
            _keep_class(year, place, age + UNIT, column, count, size, given, rows, persons, folds)


@compiled
def _join_oldest(year: Any, place: Any, size: Any, people: Any) -> None:
    """Those of 119 a year ago join the open class; its slot is free for those born."""
    for sex in range(PAIR):
        for d in range(size):
            oldest = people[place, sex, _slot(np.uint64(OLDEST), year), d]
            people[place, sex, _slot(np.uint64(OLDEST - 1), year), d] += oldest


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
        slot, hazard, own = _slot(np.uint64(0), year + UNIT), given.infant[place, year, sex], sex * ROW
        for d in range(size):
            lost = ONE - np.exp(-hazard * rows[own + d])
            mean = rows[GIRLS + own + d] * lost
            rows[BORN + d] = mean + u_scale * np.sqrt(positive(mean - mean * lost)) * given.table[u + d]
        for d in range(size):
            here = rows[GIRLS + own + d] - rows[BORN + d]
            people[place, sex, slot, d] = here
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
                people[place, sex, _slot(age, np.uint64(0)), d] = given.persons[place, sex, age]
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
    _leave(year, place, first, size, is_stored, given, room.people, rows, room.pools)
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
    _arrive(year, place, first, column, count, size, given, room.people, rows, room.shared, out.persons, room.folds)
    _join_oldest(year, place, size, room.people)
    _bear(year, place, first, size, given, nation, room.lasting, room.people, rows)
    _keep_class(year, place, np.uint64(0), column, count, size, given, rows, out.persons, room.folds)
    _keep(year, place, column, count, given, rows, DEATHS, out.deaths)
    _keep(year, place, column, count, given, rows, IN, out.moves_in)
    _keep(year, place, column, count, given, rows, BIRTHS, out.births)
