"""The loops over votes, compiled. Import this module only where it runs: numba is slow to import.

Everywhere: people are rows `starts[i] .. starts[i + 1]`, `columns` (int32) and `values` (int8) hold their votes, and a
vote's distance from the mean of its statement, `values[v] - centre[columns[v]]`, is never stored. All kernels release
the interpreter, and none starts threads of its own: blocks of people are dealt out to threads, or machines, by
`crowd.py`. Whole numbers that count places are unsigned: of every other one numba asks whether it counts from the end,
which takes half the time.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np


def compiled(function: Any) -> Any:
    """Compiled on first use and kept on disk."""
    return numba.njit(cache=True, nogil=True, error_model="numpy")(function)


@compiled
def packed_pairs(starts: Any, columns: Any, values: Any, needed: Any, pairs: Any) -> None:
    """Add to `pairs` (statements, statements; j < k) four counts in one number, for each two statements seen by one
    person with at least `needed` votes: 1, r_j + 1, r_k + 1 and r_j r_k + 1, sixteen bits each. Columns must rise
    within a person."""
    weight = np.zeros((3, 3), dtype=np.int64)
    for one in range(3):
        for other in range(3):
            product = (one - 1) * (other - 1) + 1
            weight[one, other] = 1 + (one << 16) + (other << 32) + (product << 48)
    # Votes by statement, each with the end of its person's: so one row of the table is filled at a time, and stays in
    # the nearest cache.
    edges = np.zeros(len(pairs) + 1, dtype=np.int64)
    for vote in range(len(columns)):
        edges[columns[vote] + 1] += 1
    edges = np.cumsum(edges)
    order, ends = np.empty(len(columns), dtype=np.int32), np.empty(len(columns), dtype=np.int32)
    for person in range(len(starts) - 1):
        end = starts[person + 1]
        for vote in range(starts[person], end):
            place = edges[columns[vote]]
            edges[columns[vote]] += 1
            order[place] = vote
            ends[place] = end if end - starts[person] >= needed else vote
    place = 0
    for statement in range(len(pairs)):
        row = pairs[statement]
        while place < edges[statement]:
            vote = order[place]
            part = weight[values[vote] + 1]
            for later in range(np.uint64(vote + 1), np.uint64(ends[place])):
                # Unsigned: numba asks of every other number whether it counts from the end.
                row[np.uint32(columns[later])] += part[np.uint8(values[later] + 1)]
            place += 1


@compiled
def unpacked_pairs(pairs: Any, products: Any, sums: Any, seen: Any) -> None:
    """Add the packed pairs to the three tables; see `tables.Tables`."""
    statements = len(pairs)
    for j in range(statements):
        for k in range(j + 1, statements):
            cell = pairs[j, k]
            if cell == 0:
                continue
            # The topmost field reaches bit 63: shifted as an unsigned number.
            whole = np.uint64(cell)
            count = np.int64(whole & np.uint64(0xFFFF))
            seen[j, k] += count
            seen[k, j] += count
            sums[j, k] += np.int64((whole >> np.uint64(16)) & np.uint64(0xFFFF)) - count
            sums[k, j] += np.int64((whole >> np.uint64(32)) & np.uint64(0xFFFF)) - count
            product = np.int64((whole >> np.uint64(48)) & np.uint64(0xFFFF)) - count
            products[j, k] += product
            products[k, j] += product


@compiled
def statement_counts(starts: Any, columns: Any, values: Any, needed: Any, counts: Any) -> None:
    """Add to `counts` (statements, 3) the votes of people with at least `needed`: disagree, pass, agree."""
    starts, columns = starts.view(np.uint64), columns.view(np.uint32)
    for person in range(len(starts) - 1):
        if starts[person + 1] - starts[person] < np.uint64(needed):
            continue
        for vote in range(starts[person], starts[person + 1]):
            counts[columns[vote], np.uint8(values[vote] + 1)] += 1


@compiled
def scatter_times(starts: Any, columns: Any, values: Any, needed: Any, centre: Any, block: Any, image: Any) -> None:
    """Add D'D `block` to `image`, both (statements, width); people with fewer than `needed` votes are left out."""
    starts, columns = starts.view(np.uint64), columns.view(np.uint32)
    width = block.shape[1]
    sums = np.zeros(width)
    for person in range(len(starts) - 1):
        if starts[person + 1] - starts[person] < np.uint64(needed):
            continue
        sums[:] = 0.0
        for vote in range(starts[person], starts[person + 1]):
            column = columns[vote]
            left = values[vote] - centre[column]
            for at in range(width):
                sums[at] += left * block[column, at]
        for vote in range(starts[person], starts[person + 1]):
            column = columns[vote]
            left = values[vote] - centre[column]
            for at in range(width):
                image[column, at] += left * sums[at]


@compiled
def scatter_vector(starts: Any, columns: Any, values: Any, needed: Any, centre: Any, vector: Any, image: Any) -> None:
    """As `scatter_times` for one vector (statements): twice as fast without the inner loop."""
    starts, columns = starts.view(np.uint64), columns.view(np.uint32)
    for person in range(len(starts) - 1):
        first, end = starts[person], starts[person + 1]
        if end - first < np.uint64(needed):
            continue
        total = 0.0
        for vote in range(first, end):
            column = columns[vote]
            total += (values[vote] - centre[column]) * vector[column]
        for vote in range(first, end):
            column = columns[vote]
            image[column] += (values[vote] - centre[column]) * total


@compiled
def evidence(starts: Any, columns: Any, values: Any, centre: Any, loadings: Any, told: Any) -> None:
    """What each person's votes say: `told` (people, 10) gets W'W (xx, xy, yy), W'd (x, y), d'd, the squares of W'd
    and of W'W that are each vote's own (so that they can be taken away: x, y, xx, yy)."""
    starts, columns = starts.view(np.uint64), columns.view(np.uint32)
    for person in range(len(starts) - 1):
        xx = xy = yy = dx = dy = dd = own_x = own_y = own_xx = own_yy = 0.0
        for vote in range(starts[person], starts[person + 1]):
            column = columns[vote]
            left = values[vote] - centre[column]
            x, y = loadings[column, 0], loadings[column, 1]
            xx += x * x
            xy += x * y
            yy += y * y
            dx += x * left
            dy += y * left
            dd += left * left
            own_x += x * x * left * left
            own_y += y * y * left * left
            own_xx += x * x * x * x
            own_yy += y * y * y * y
        row = told[person]
        row[0], row[1], row[2], row[3], row[4], row[5] = xx, xy, yy, dx, dy, dd
        row[6], row[7], row[8], row[9] = own_x, own_y, own_xx, own_yy


@compiled
def stratum_counts(starts: Any, columns: Any, values: Any, member: Any, counts: Any) -> None:
    """Add to `counts` (strata, statements, 3) the votes of the people whose `member` number is not negative."""
    starts, columns = starts.view(np.uint64), columns.view(np.uint32)
    for person in range(len(starts) - 1):
        stratum = member[person]
        if stratum < 0:
            continue
        for vote in range(starts[person], starts[person + 1]):
            counts[stratum, columns[vote], np.uint8(values[vote] + 1)] += 1


@compiled
def _mixed(number: Any) -> Any:
    """One number spread over all 64 bits (the finaliser of splitmix64, Steele, Lea and Flood 2014)."""
    number = (number ^ (number >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    number = (number ^ (number >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return number ^ (number >> np.uint64(31))


@compiled
def mark_round(starts: Any, columns: Any, values: Any, sign: Any, statements: Any, people: Any, fresh: Any) -> None:
    """One round of colour refinement (Weisfeiler and Leman 1968): marks (uint64) that depend on who answered what.

    `people` are refined in place by the marks of the statements they answered; `fresh` gets what each statement's
    answers add to its mark. `sign` 1 or -1 turns the votes; 0 tells only passes from the rest.
    """
    starts, columns = starts.view(np.uint64), columns.view(np.uint32)
    for person in range(len(starts) - 1):
        total = np.uint64(0)
        for vote in range(starts[person], starts[person + 1]):
            value = values[vote] * sign if sign != 0 else abs(values[vote])
            total += _mixed(statements[columns[vote]] * np.uint64(4) + np.uint64(value + 2))
        people[person] = _mixed(people[person] * np.uint64(3) + total)
        own = people[person] * np.uint64(4)
        for vote in range(starts[person], starts[person + 1]):
            value = values[vote] * sign if sign != 0 else abs(values[vote])
            fresh[columns[vote]] += _mixed(own + np.uint64(value + 2))


@compiled
def refined(statements: Any, fresh: Any) -> Any:
    """The marks of statements after a round."""
    marks = np.empty_like(statements)
    for statement in range(len(statements)):
        marks[statement] = _mixed(statements[statement] * np.uint64(3) + fresh[statement])
    return marks


@compiled
def lean(starts: Any, columns: Any, values: Any, people: Any) -> Any:
    """A whole number that changes its sign when all votes do (0 where there is nothing to tell the sides apart)."""
    starts, columns = starts.view(np.uint64), columns.view(np.uint32)
    total = np.int64(0)
    for person in range(len(starts) - 1):
        weight = np.int64(people[person] >> np.uint64(40))
        for vote in range(starts[person], starts[person + 1]):
            total += values[vote] * weight
    return total


@compiled
def dealt(starts_by_statement: Any, votes_by_statement: Any, values: Any, random: Any, shuffled: Any) -> None:
    """`values` dealt out anew among the votes of each statement; `random` (votes) are numbers from 0 to 1."""
    shuffled[:] = values
    for statement in range(len(starts_by_statement) - 1):
        first = starts_by_statement[statement]
        for place in range(starts_by_statement[statement + 1] - 1, first, -1):
            other = first + np.int64(random[place] * (place - first + 1))
            mine, theirs = votes_by_statement[place], votes_by_statement[other]
            shuffled[mine], shuffled[theirs] = shuffled[theirs], shuffled[mine]


@compiled
def world(starts: Any, columns: Any, lean_to: Any, chance: Any, cuts: Any, places: Any, noise: Any, drawn: Any) -> None:
    """Votes of people at `places` (people, axes): where a statement's pull and chance fall among its two cuts."""
    starts, columns = starts.view(np.uint64), columns.view(np.uint32)
    for person in range(len(starts) - 1):
        for vote in range(starts[person], starts[person + 1]):
            at = columns[vote]
            pull = chance[at] * noise[vote]
            for axis in range(places.shape[1]):
                pull += lean_to[at, axis] * places[person, axis]
            drawn[vote] = 1 if pull > cuts[at, 1] else (-1 if pull <= cuts[at, 0] else 0)


@compiled
def wide_evidence(starts: Any, columns: Any, values: Any, centre: Any, loadings: Any, square: Any, pull: Any) -> Any:
    """As `evidence` for any number of axes: `square` (people, axes, axes) gets W'W, its lower half, and `pull` (people,
    axes) W'd. Returns (2, axes): the sums over people of (W'd)² and (W'W)² on each axis without what is one vote with
    itself."""
    starts, columns = starts.view(np.uint64), columns.view(np.uint32)
    axes = loadings.shape[1]
    common = np.zeros((2, axes))
    for person in range(len(starts) - 1):
        for vote in range(starts[person], starts[person + 1]):
            column = columns[vote]
            left = values[vote] - centre[column]
            for axis in range(axes):
                own = loadings[column, axis]
                pull[person, axis] += own * left
                common[0, axis] -= own * own * left * left
                common[1, axis] -= own * own * own * own
                for other in range(axis + 1):
                    square[person, axis, other] += own * loadings[column, other]
        for axis in range(axes):
            common[0, axis] += pull[person, axis] ** 2
            common[1, axis] += square[person, axis, axis] ** 2
    return common


@compiled
def solved(square: Any, ridge: Any, pull: Any) -> None:
    """Solve (W'W + diag(ridge)) x = W'd for each person, by the factors of Cholesky; `pull` becomes x."""
    axes = len(ridge)
    for person in range(len(pull)):
        factor, x = square[person], pull[person]
        for row in range(axes):
            for column in range(row + 1):
                left = factor[row, column] + (ridge[row] if row == column else 0.0)
                for before in range(column):
                    left -= factor[row, before] * factor[column, before]
                factor[row, column] = np.sqrt(left) if row == column else left / factor[column, column]
            for before in range(row):
                x[row] -= factor[row, before] * x[before]
            x[row] /= factor[row, row]
        for row in range(axes - 1, -1, -1):
            for after in range(row + 1, axes):
                x[row] -= factor[after, row] * x[after]
            x[row] /= factor[row, row]


@compiled
def class_evidence(starts: Any, columns: Any, values: Any, log_share: Any, told: Any) -> None:
    """Add to `told` (people, groups) each person's log likelihood in each group by `log_share` (statements, 3,
    groups)."""
    starts, columns = starts.view(np.uint64), columns.view(np.uint32)
    groups = np.uint64(told.shape[1])
    for person in range(len(starts) - 1):
        row = told[person]
        for vote in range(starts[person], starts[person + 1]):
            shares = log_share[columns[vote], np.uint8(values[vote] + 1)]
            for group in range(groups):
                row[group] += shares[group]


@compiled
def _square(points: Any, point: Any, centres: Any, group: Any) -> Any:
    total = 0.0
    for axis in range(np.uint64(centres.shape[1])):
        total += (points[point, axis] - centres[group, axis]) ** 2
    return total


@compiled
def moved_centres(points: Any, centres: Any, rounds: Any, labels: Any) -> Any:
    """Lloyd's rounds of k-means from `centres` (groups, axes), changed in place until no label moves; returns the sum
    of squares within groups."""
    groups, axes = centres.shape
    sums = np.zeros((groups, axes + 1))
    labels[:] = -1
    tight = 0.0
    for _ in range(rounds):
        sums[:] = 0.0
        tight = 0.0
        moved = False
        for point in range(np.uint64(len(points))):
            best, label = np.inf, np.int64(0)
            for group in range(np.uint64(groups)):
                gap = _square(points, point, centres, group)
                if gap < best:
                    best, label = gap, np.int64(group)
            moved |= label != labels[point]
            labels[point] = label
            tight += best
            for axis in range(np.uint64(axes)):
                sums[np.uint64(label), axis] += points[point, axis]
            sums[label, axes] += 1.0
        if not moved:
            break
        for group in range(groups):
            if sums[group, axes] > 0.0:
                for axis in range(axes):
                    centres[group, axis] = sums[group, axis] / sums[group, axes]
    return tight


@compiled
def silhouette(points: Any, centres: Any) -> Any:
    """Mean of (b - a) / b, a and b each point's distances to the nearest and the second nearest centre."""
    total = 0.0
    for point in range(np.uint64(len(points))):
        first, second = np.inf, np.inf
        for group in range(np.uint64(len(centres))):
            gap = _square(points, point, centres, group)
            if gap < first:
                first, second = gap, first
            elif gap < second:
                second = gap
        if second > 0.0:
            total += 1.0 - np.sqrt(first / second)
    return total / len(points)
