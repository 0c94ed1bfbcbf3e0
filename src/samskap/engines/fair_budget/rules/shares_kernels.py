"""The rounds of Equal Shares, compiled. Import this module only where it runs: numba is slow to import.

Amounts are floats with a bound on their error, and decide nothing within it: there the exact numbers of
`shares_exact` do. Each amount is known as a line, too: as long as no comparison turns out otherwise, it changes evenly
with the start of each voter, which is raised in steps. So four numbers a line: the amount, its error, the change with
one step, and the error of that. `room` is how many steps at least change no comparison that was made.

Money and costs are in the units of the election. Utilities of a project are divided by what divides them all, its
`unit`; a `price` is what a supporter pays for one of these, and price / unit is what projects are ranked by.

What makes it fast: any set of supporters gives a lower bound on the price (let them give all, and the rest share what
is missing), it holds for later rounds as well, for money only dwindles, and only the lowest bounds are looked at again.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

from samskap.engines.fair_budget.profile_kernels import compiled
from samskap.engines.fair_budget.rules.shares_state import Ground, Run

# Places in `Ground` and `Run`, which come as plain tuples: numba's cache on disk knows named ones by their names, and a
# release that calls them something else could not read it.
STARTS, CLASSES, UNITS, BALLOT_STARTS, BALLOT_PROJECTS, BALLOT_UNITS = range(6)
COSTS, UNIT, MERITS, ORDER, BOND_STARTS, BONDS = range(6, len(Ground._fields))
PURSES, DRIFTS, QUOTES, STATES, HAVING, SEEN, TURN_OF, GIVEN = range(len(Run._fields))
# A project that is not open waits for what it needs, or a rival was chosen; its supporters may be found short later.
OPEN, CLOSED, CHOSEN, SHORT = 0, 1, 2, 3
# Columns of `Run.quotes`, of `Run.purses` and of `Run.drifts`.
AMOUNT, ERROR, CHANGE, CHANGE_ERROR = 0, 1, 2, 3
MONEY, MONEY_ERROR, VOTERS = 0, 1, 2
MONEY_CHANGE, MONEY_CHANGE_ERROR = 0, 1
# Twice the largest relative error of one operation, so that terms of second order are within it.
EPS = 2.0**-52


def summed(function: Any) -> Any:
    """As `compiled`, and sums may be added up in any order, in several lanes: their error is bounded for any order."""
    return numba.njit(cache=True, nogil=True, error_model="numpy", fastmath={"reassoc", "contract", "nsz"})(function)


@compiled
def began(ground: Any, run: Any, start: Any, step: Any) -> None:
    """Give all voters their start, which one step raises by `step`."""
    run[PURSES][:, MONEY] = start
    run[PURSES][:, MONEY_ERROR] = EPS * start
    run[DRIFTS][:, MONEY_CHANGE], run[DRIFTS][:, MONEY_CHANGE_ERROR] = step, 0.0
    for project in range(len(run[STATES])):
        run[HAVING][project] = ground[STARTS][project + 1] - ground[STARTS][project]
        run[STATES][project] = OPEN if run[HAVING][project] > 0 else SHORT
        run[SEEN][project] = run[TURN_OF][project] = -1
        quote = run[QUOTES][project]
        quote[AMOUNT], quote[ERROR] = ground[MERITS][project], EPS * ground[MERITS][project]
        quote[CHANGE] = quote[CHANGE_ERROR] = 0.0
    _opened(ground, run)


@compiled
def _opened(ground: Any, run: Any) -> None:
    """Open what may be chosen next: all that it needs is chosen, and none of its rivals; close what may not."""
    for project in range(len(run[STATES])):
        if run[STATES][project] > CLOSED:
            continue
        needs, rivals = ground[BOND_STARTS][2 * project], ground[BOND_STARTS][2 * project + 1]
        run[STATES][project] = OPEN
        for bond in range(needs, ground[BOND_STARTS][2 * project + 2]):
            if (run[STATES][ground[BONDS][bond]] == CHOSEN) != (bond < rivals):
                run[STATES][project] = CLOSED


@compiled
def _room(gap: Any, error: Any, change: Any, change_error: Any) -> Any:
    """How many steps a gap surely stays above nothing; 0 also where it is not sure now."""
    sure, closing = gap - error, change_error - change
    if sure <= 0.0:
        return 0.0
    # Cut by far more than the rounding of this division.
    return sure / closing * (1.0 - 1e-9) if closing > 0.0 else np.inf


@compiled
def _span(ground: Any, run: Any, project: Any) -> Any:
    """Places of the supporters who may have money left."""
    first = np.uint64(ground[STARTS][project])
    return first, first + np.uint64(run[HAVING][project])


@compiled
def _is_short(ground: Any, run: Any, project: Any) -> Any:
    """Whether all supporters together surely have less than the cost. Those who have nothing left are put last."""
    place, end = _span(ground, run, project)
    step, money, error = np.uint64(1), 0.0, 0.0
    while place < end:
        one = ground[CLASSES][place]
        own, own_error, voters = run[PURSES][one, MONEY], run[PURSES][one, MONEY_ERROR], run[PURSES][one, VOTERS]
        if own == 0.0 and own_error == 0.0:
            end -= step
            ground[CLASSES][place], ground[CLASSES][end] = ground[CLASSES][end], one
            ground[UNITS][place], ground[UNITS][end] = ground[UNITS][end], ground[UNITS][place]
            continue
        money += voters * own
        error += voters * own_error
        place += step
    run[HAVING][project] = np.int64(end) - ground[STARTS][project]
    terms, cost = np.float64(run[HAVING][project] + 4) * EPS, ground[COSTS][project]
    return cost - money > (error + terms * money) * (1.0 + terms) + EPS * cost


@summed
def _parted(ground: Any, run: Any, project: Any, cut: Any) -> Any:
    """Supporters who have less than `cut` a unit: what they have together, its error, how many classes they are; and
    the units of all others."""
    first, end = _span(ground, run, project)
    poor, error, rich, count = 0.0, 0.0, 0.0, 0
    for place in range(first, end):
        one, units = ground[CLASSES][place], ground[UNITS][place]
        own, voters = run[PURSES][one, MONEY], run[PURSES][one, VOTERS]
        is_poor = own < cut * units
        poor_voters = voters if is_poor else 0.0
        poor += poor_voters * own
        error += poor_voters * run[PURSES][one, MONEY_ERROR]
        rich += (voters - poor_voters) * units
        count += is_poor
    return poor, error, rich, count


@summed
def _surely_parted(ground: Any, run: Any, project: Any, cut: Any) -> Any:
    """What supporters surely have together who may have less than `cut` a unit, and the units of all others."""
    first, end = _span(ground, run, project)
    poor, rich = 0.0, 0.0
    for place in range(first, end):
        one, units = ground[CLASSES][place], ground[UNITS][place]
        own, voters = run[PURSES][one, MONEY] - run[PURSES][one, MONEY_ERROR], run[PURSES][one, VOTERS]
        poor_voters = voters if own < cut * units else 0.0
        poor += poor_voters * max(own, 0.0)
        rich += (voters - poor_voters) * units
    return poor, rich


@compiled
def _is_enough(ground: Any, run: Any, project: Any, price: Any) -> Any:
    """Whether the supporters surely bring the cost together at this price."""
    poor, rich = _surely_parted(ground, run, project, price)
    terms = np.float64(run[HAVING][project] + 4) * EPS
    # The units are whole, and added up exactly.
    return poor * (1.0 - terms) + price * rich * (1.0 - 2.0 * EPS) >= ground[COSTS][project] * (1.0 + EPS)


@compiled
def _look(ground: Any, run: Any, project: Any, ceiling: Any) -> Any:
    """Bring a quote up to date, by Newton's steps from below: what supporters pay rises ever less with the price, and
    lies under its tangents. It stops early above the ceiling. Returns the cut of the quote: who has less a unit gives
    all."""
    terms, cost, unit = np.float64(run[HAVING][project] + 4) * EPS, ground[COSTS][project], ground[UNIT][project]
    cut, quoted, before = run[QUOTES][project, AMOUNT] * unit, 0.0, -1
    while True:
        poor, error, rich, count = _parted(ground, run, project, cut)
        if rich == 0.0:
            return quoted
        share = 1.0 / (rich * unit)
        amount = (cost - poor) * share
        bound = (error + terms * poor + 4.0 * EPS * cost) * (1.0 + terms) * share + 4.0 * EPS * amount
        run[QUOTES][project, AMOUNT], run[QUOTES][project, ERROR] = amount, bound
        quoted = cut
        if count == before or amount - bound > ceiling:
            return quoted
        cut, before = max(cut, amount * unit), count


@compiled
def _look_ahead(ground: Any, run: Any, project: Any, cut: Any) -> None:
    """Quote the whole line at this cut: the amount again, for both must be of the same supporters."""
    first, end = _span(ground, run, project)
    poor = error = change = change_error = size = rich = 0.0
    for place in range(first, end):
        one, units = ground[CLASSES][place], ground[UNITS][place]
        own, voters = run[PURSES][one, MONEY], run[PURSES][one, VOTERS]
        if own < cut * units:
            poor += voters * own
            error += voters * run[PURSES][one, MONEY_ERROR]
            change -= voters * run[DRIFTS][one, MONEY_CHANGE]
            change_error += voters * run[DRIFTS][one, MONEY_CHANGE_ERROR]
            size += voters * abs(run[DRIFTS][one, MONEY_CHANGE])
        else:
            rich += voters * units
    terms, cost = np.float64(run[HAVING][project] + 4) * EPS, ground[COSTS][project]
    share = ground[UNIT][project] * rich
    amount, change = (cost - poor) / share, change / share
    bound = (error + terms * poor + 4.0 * EPS * cost) * (1.0 + terms) / share + 4.0 * EPS * amount
    change_bound = (change_error + terms * size) * (1.0 + terms) / share + 4.0 * EPS * abs(change)
    run[QUOTES][project, AMOUNT], run[QUOTES][project, ERROR] = amount, bound
    run[QUOTES][project, CHANGE], run[QUOTES][project, CHANGE_ERROR] = change, change_bound


@compiled
def _short(ground: Any, run: Any, project: Any) -> Any:
    """For how many steps all supporters together are surely short of the cost."""
    first, end = _span(ground, run, project)
    money = error = change = change_error = size = 0.0
    for place in range(first, end):
        one = ground[CLASSES][place]
        voters, own_change = run[PURSES][one, VOTERS], run[DRIFTS][one, MONEY_CHANGE]
        money += voters * run[PURSES][one, MONEY]
        error += voters * run[PURSES][one, MONEY_ERROR]
        change += voters * own_change
        change_error += voters * run[DRIFTS][one, MONEY_CHANGE_ERROR]
        size += voters * abs(own_change)
    terms, cost = np.float64(run[HAVING][project] + 4) * EPS, ground[COSTS][project]
    bound = (error + terms * money) * (1.0 + terms) + EPS * cost
    return _room(cost - money, bound, -change, (change_error + terms * size) * (1.0 + terms))


@compiled
def _next_quote(ground: Any, run: Any, turn: Any, ceiling: Any) -> Any:
    """The project of the lowest bound that was not looked at in this round, or -1 if none is below the ceiling."""
    best, lowest = -1, ceiling
    for project in range(len(run[STATES])):
        if run[SEEN][project] < turn and run[STATES][project] == OPEN:
            bound = run[QUOTES][project, AMOUNT] - run[QUOTES][project, ERROR]
            if bound <= lowest:
                best, lowest = project, bound
    return best


@compiled
def _quoted(ground: Any, run: Any, project: Any, ceiling: Any, room: Any) -> Any:
    """Bring the quote up to date, as far as it may be below the ceiling, or find the supporters short; the room."""
    if _is_short(ground, run, project):
        run[STATES][project] = SHORT
        return min(room, _short(ground, run, project)) if room >= 1.0 else room
    cut = _look(ground, run, project, ceiling)
    if room >= 1.0 and cut > 0.0:
        _look_ahead(ground, run, project, cut)
    return room


@compiled
def contested(ground: Any, run: Any, turn: Any, room: Any, contenders: Any) -> Any:
    """Fill `contenders` with the projects that may have the lowest price in this round: their number, the room, and
    whether one of them surely can be paid. Where there is less room than one step, it is not looked for any more."""
    ceiling = np.inf
    while True:
        project = _next_quote(ground, run, turn, ceiling)
        if project < 0:
            break
        run[SEEN][project] = turn
        room = _quoted(ground, run, project, ceiling, room)
        high = run[QUOTES][project, AMOUNT] + 2.0 * run[QUOTES][project, ERROR]
        price = high * ground[UNIT][project] * (1.0 - EPS)
        if run[STATES][project] == OPEN and high < ceiling and _is_enough(ground, run, project, price):
            ceiling = high
    count = 0
    for project in range(len(run[STATES])):
        bound = run[QUOTES][project, AMOUNT] - run[QUOTES][project, ERROR]
        if run[SEEN][project] == turn and run[STATES][project] == OPEN and bound <= ceiling:
            contenders[count] = project
            count += 1
    return count, room, ceiling < np.inf


@compiled
def lead(ground: Any, run: Any, winner: Any, settled: Any) -> Any:
    """The room in which the winner stays below the quotes of all others that are not `settled` (bool[projects])."""
    own, own_error = run[QUOTES][winner, AMOUNT], run[QUOTES][winner, ERROR]
    own_change, own_change_error = run[QUOTES][winner, CHANGE], run[QUOTES][winner, CHANGE_ERROR]
    room = np.inf
    for project in range(len(run[STATES])):
        if project == winner or settled[project] or run[STATES][project] != OPEN:
            continue
        amount, change = run[QUOTES][project, AMOUNT], run[QUOTES][project, CHANGE]
        error = run[QUOTES][project, ERROR] + own_error + EPS * (amount + own)
        change_error = run[QUOTES][project, CHANGE_ERROR] + own_change_error + EPS * (abs(change) + abs(own_change))
        room = min(room, _room(amount - own, error, change - own_change, change_error))
    return room


@compiled
def bought(ground: Any, run: Any, winner: Any, turn: Any, room: Any, unsure: Any) -> Any:
    """Let the supporters pay by the winner's quote, whose error must bound the price from both sides.

    `run[GIVEN]` gets the classes that surely gave all, `unsure` the places of supporters who may have. Returns how many
    these are and the room, cut to where the same supporters give all.
    """
    run[STATES][winner], run[TURN_OF][winner] = CHOSEN, turn
    first, end = _span(ground, run, winner)
    unit = ground[UNIT][winner]
    price, price_error = run[QUOTES][winner, AMOUNT] * unit, run[QUOTES][winner, ERROR] * unit
    rise, rise_error = run[QUOTES][winner, CHANGE] * unit, run[QUOTES][winner, CHANGE_ERROR] * unit
    all_given, doubtful = 0, 0
    for place in range(first, end):
        one, units = ground[CLASSES][place], ground[UNITS][place]
        own, own_change = run[PURSES][one, MONEY], run[DRIFTS][one, MONEY_CHANGE]
        left, change = own - price * units, own_change - rise * units
        error = run[PURSES][one, MONEY_ERROR] + price_error * units + 4.0 * EPS * (own + price * units)
        change_error = run[DRIFTS][one, MONEY_CHANGE_ERROR] + rise_error * units
        change_error += 4.0 * EPS * (abs(own_change) + abs(rise) * units)
        is_poor = left < 0.0
        if room >= 1.0:
            sign = -1.0 if is_poor else 1.0
            room = min(room, _room(sign * left, error, sign * change, change_error))
        if abs(left) <= error:
            unsure[doubtful] = place
            doubtful += 1
        elif is_poor:
            run[GIVEN][all_given] = one
            all_given += 1
            left = error = change = change_error = 0.0
        # Of two amounts within the error, the greater of each and nothing is within it as well.
        run[PURSES][one, MONEY], run[PURSES][one, MONEY_ERROR] = max(left, 0.0), error
        run[DRIFTS][one, MONEY_CHANGE], run[DRIFTS][one, MONEY_CHANGE_ERROR] = change, change_error
    if len(ground[BONDS]) > 0:
        _opened(ground, run)
    return all_given, doubtful, room


@compiled
def _all_have_it(ground: Any, run: Any, project: Any) -> Any:
    """Whether surely no supporter has less than their share of the cost, so that the price is the merit."""
    if run[HAVING][project] < ground[STARTS][project + 1] - ground[STARTS][project]:
        return False
    first, end = _span(ground, run, project)
    # Above the merit by more than its rounding.
    price = ground[MERITS][project] * ground[UNIT][project] * (1.0 + 8.0 * EPS)
    for place in range(first, end):
        one = ground[CLASSES][place]
        if run[PURSES][one, MONEY] - run[PURSES][one, MONEY_ERROR] < price * ground[UNITS][place]:
            return False
    return True


@compiled
def _by_merit(ground: Any, run: Any, contenders: Any, settled: Any) -> Any:
    """Of several contenders the one that surely wins because its supporters all have their share, or -1.

    No price is below the merit, and the order of merits is known exactly.
    """
    best = contenders[0]
    for project in contenders:
        if ground[ORDER][project] < ground[ORDER][best]:
            best = project
    if not _all_have_it(ground, run, best):
        return -1
    settled[:] = ground[ORDER] > ground[ORDER][best]
    return best


@compiled
def scouted(ground: Any, run: Any, contenders: Any, unsure: Any, settled: Any) -> Any:
    """All rounds from where `began` left them, winners to `turn_of`: their number and the room. The number is -1 where
    a comparison is within the error."""
    turn, room = np.int64(0), np.inf  # a bare 0 is a type of its own, and all would be compiled twice
    while True:
        count, room, is_paid = contested(ground, run, turn, room, contenders)
        if count == 0:
            return turn, room
        if not is_paid:
            return -1, 0.0
        settled[:] = False
        winner = contenders[0] if count == 1 else _by_merit(ground, run, contenders[:count], settled)
        if winner < 0:
            return -1, 0.0
        if room >= 1.0:
            room = min(room, lead(ground, run, winner, settled))
        # The quote is a lower bound; the price is at most twice its error above it.
        run[QUOTES][winner, ERROR] *= 2.0
        _, _, room = bought(ground, run, winner, turn, room, unsure)
        turn += 1


@compiled
def weighed(ground: Any, run: Any, project: Any, low: Any, high: Any, sums: Any, unsure: Any) -> Any:
    """Add up who of the supporters surely has less than `low` a unit.

    `sums` (int64[rounds + 1]): units that these bought in each round, each as often as there are voters, and last the
    number of voters. `unsure` gets the places of supporters who may have less than `high`. Returns how many these are,
    and the units of the project to all who do not surely have less than `low`, times voters.
    """
    first, end = _span(ground, run, project)
    doubtful, rich, poor = 0, np.int64(0), len(sums) - 1
    sums[:] = 0
    for place in range(first, end):
        one, units = ground[CLASSES][place], ground[UNITS][place]
        own, voters = run[PURSES][one, MONEY], np.int64(run[PURSES][one, VOTERS])
        error = run[PURSES][one, MONEY_ERROR] + 4.0 * EPS * (own + high * units)
        if own < low * units - error:
            sums[poor] += voters
            for entry in range(ground[BALLOT_STARTS][one], ground[BALLOT_STARTS][one + 1]):
                turn = run[TURN_OF][ground[BALLOT_PROJECTS][entry]]
                if turn >= 0:
                    sums[turn] += voters * ground[BALLOT_UNITS][entry]
            continue
        rich += voters * np.int64(units)
        if own <= high * units + error:
            unsure[doubtful] = place
            doubtful += 1
    return doubtful, rich
