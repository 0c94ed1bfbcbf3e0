"""Polis's formulas, one statement, person and group at a time, as plainly as they can be written.

Votes are a table {person: {statement: value}} in Polis's sign: -1 agree, 0 pass, 1 disagree.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

Table = dict[str, dict[str, int]]


def table_of(rows: Sequence[tuple[str, str, int]]) -> Table:
    table: Table = {}
    for person, statement, value in rows:
        table.setdefault(person, {})[statement] = -value
    return table


def zeroed(table: Table, out: set[str]) -> Table:
    return {
        p: {**{s: v for s, v in votes.items() if s not in out}, **dict.fromkeys(out, 0)} for p, votes in table.items()
    }


def filled(table: Table, people: Sequence[str], statements: Sequence[str]) -> np.ndarray:
    """The dense matrix with the column mean where there is no vote."""
    matrix = np.zeros((len(people), len(statements)))
    for j, statement in enumerate(statements):
        cast = [table[person][statement] for person in people if statement in table[person]]
        for i, person in enumerate(people):
            matrix[i, j] = table[person].get(statement, sum(cast) / len(cast))
    return matrix


def counts(table: Table, people: Sequence[str], statement: str) -> tuple[int, int, int]:
    """Agrees, disagrees, answers."""
    cast = [table[person][statement] for person in people if statement in table[person]]
    return cast.count(-1), cast.count(1), len(cast)


def p(n: int, s: int) -> float:
    return (n + 1) / (s + 2)


def z(n: int, s: int) -> float:
    return 2 * math.sqrt(s + 1) * ((n + 1) / (s + 1) - 0.5)


def w(n: int, s: int, other: int, other_s: int) -> float:
    a, n1, b, m = n + 1, s + 1, other + 1, other_s + 1
    h = (a + b) / (n1 + m)
    return 0.0 if h == 1 else (a / n1 - b / m) / math.sqrt(h * (1 - h) * (1 / n1 + 1 / m))


def statistics(table: Table, group: Sequence[str], others: Sequence[str], statement: str) -> dict[str, float]:
    na, nd, ns = counts(table, group, statement)
    oa, od, os = counts(table, others, statement)
    return {
        "na": na, "nd": nd, "ns": ns,
        "pa": p(na, ns), "pd": p(nd, ns), "za": z(na, ns), "zd": z(nd, ns),
        "ra": p(na, ns) / p(oa, os), "rd": p(nd, ns) / p(od, os),
        "wa": w(na, ns, oa, os), "wd": w(nd, ns, od, os),
    }  # fmt: skip


def representative(
    table: Table, group: Sequence[str], others: Sequence[str], statements: Sequence[str]
) -> list[tuple[str, str, bool]]:
    """Statement, side and whether it is the best agreed; `table` is zeroed, `statements` are those that are in."""
    known = {s: statistics(table, group, others, s) for s in statements}
    best = None
    for s in statements:
        x = known[s]
        if x["na"] + x["nd"] == 0:
            continue
        if best is None:
            if x["za"] > 1.2816 or (x["ra"] > 1 and x["pa"] > 0.5):
                best = s
            continue
        b = known[best]
        names = ("ra", "wa", "pa", "za") if b["ra"] > 1 else ("pa", "za")
        if math.prod(x[n] for n in names) > math.prod(b[n] for n in names):
            best = s
    side = {s: "a" if x["wa"] > x["wd"] else "d" for s, x in known.items()}
    rank = {s: math.prod(x[n + side[s]] for n in ("r", "w", "p", "z")) for s, x in known.items()}
    enough = [s for s, x in known.items() if any(x["w" + e] > 1.2816 and x["z" + e] > 1.2816 for e in "ad")]
    if not enough:
        last = max(statements, key=lambda s: max(known[s]["wa"], known[s]["wd"]), default=None)
        shown = [best] if best is not None else [last] if last is not None else []
    else:
        ranked = [s for s in sorted(enough, key=lambda s: -rank[s]) if s != best]
        shown = (([best] if best is not None else []) + ranked)[:5]
    agrees = [s for s in shown if side[s] == "a"]
    return [
        (s, "agree" if side[s] == "a" else "disagree", s == best)
        for s in agrees + [s for s in shown if s not in agrees]
    ]


def consensus(table: Table, people: Sequence[str], statements: Sequence[str], side: int) -> list[str]:
    """Best first; `side` is -1 for agree and 1 for disagree."""
    scores = {}
    for s in statements:
        na, nd, ns = counts(table, people, s)
        n = na if side == -1 else nd
        if p(n, ns) > 0.5 and z(n, ns) > 1.2816:
            scores[s] = p(n, ns) * z(n, ns)
    return sorted(scores, key=lambda s: -scores[s])[:5]


def group_consensus(table: Table, groups: Sequence[Sequence[str]], statement: str) -> float:
    product = 1.0
    for group in groups:
        na, _, ns = counts(table, group, statement)
        product *= p(na, ns)
    return product


def priority(table: Table, groups: Sequence[Sequence[str]], statement: str, extremity: float) -> float:
    seen = agreed = passed = 0
    for group in groups:
        na, nd, ns = counts(table, group, statement)
        seen, agreed, passed = seen + ns, agreed + na, passed + ns - na - nd
    importance = (1 - p(passed, seen)) * (extremity + 1) * p(agreed, seen)
    return (importance * (1 + 8 * 2 ** (-seen / 5))) ** 2


def silhouette(points: Sequence[Sequence[float]], member: Sequence[int]) -> float:
    if len(set(member)) < 2:
        return 0.0
    total = 0.0
    for i, point in enumerate(points):
        far: dict[int, list[float]] = {}
        for j, other in enumerate(points):
            if i != j:
                far.setdefault(member[j], []).append(math.dist(point, other))
        if member[i] not in far:
            continue
        a = sum(far[member[i]]) / len(far[member[i]])
        b = min(sum(d) / len(d) for g, d in far.items() if g != member[i])
        total += (b - a) / max(a, b) if max(a, b) > 0 else 0.0
    return total / len(points)


def k_means(
    points: Sequence[Sequence[float]], weights: Sequence[float], centres: Sequence[Sequence[float]], rounds: int
) -> tuple[list[tuple[float, ...]], list[int]]:
    now = [tuple(centre) for centre in centres]
    for _ in range(rounds):
        nearest = [min(range(len(now)), key=lambda c: (math.dist(point, now[c]) ** 2, c)) for point in points]
        kept = sorted(set(nearest))
        then = []
        for c in kept:
            inside = [i for i, n in enumerate(nearest) if n == c]
            whole = sum(weights[i] for i in inside)
            then.append(tuple(sum(weights[i] * points[i][d] for i in inside) / whole for d in (0, 1)))
        member = [kept.index(n) for n in nearest]
        still = all(math.dist(a, b) < 0.01 for a, b in zip(sorted(now), sorted(then)))  # noqa: B905 -- as Polis does
        now = then
        if still:
            break
    return now, member
