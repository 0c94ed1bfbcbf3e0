"""Answers by stratum, made up: small ones for property tests, and exact bounds counted out the long way."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from hypothesis import strategies as st

from samskap.engines.opinion_map.breakdown import Case, table

NAMES = {"group": ("A", "B", "C"), "sector": ("private", "public", "voluntary")}


def case_of(
    kinds: dict[str, list[list[list[int]]]],
    *,
    sizes: dict[str, list[int]] | None = None,
    others: list[list[int]] | None = None,
    background: frozenset[int] = frozenset(),
) -> Case:
    """A case from {kind: [stratum [statement [disagree, pass, agree]]]}; `others` answered from no sector."""
    counts = {kind: np.array(strata, dtype=np.int64) for kind, strata in kinds.items()}
    length = next(len(part[0]) for part in counts.values()) if counts else len(others or [])
    extra = np.array(others if others else np.zeros((length, 3)), dtype=np.int64).reshape(length, 3)
    everyone = (
        max((part.sum(axis=0) for part in counts.values()), key=lambda part: part.sum(), default=0 * extra) + extra
    )
    tables = []
    for kind in sorted(kinds):
        part = counts[kind]
        heads = sizes[kind] if sizes and kind in sizes else part.sum(axis=2).max(axis=1)
        names = NAMES[kind][: len(part)]
        tables.append(table(kind, names, sizes=np.array(heads), answers=part, everyone=everyone.sum(axis=1)))
    opinion = np.array([number not in background for number in range(length)], dtype=bool)
    return Case(tuple(f"s{number}" for number in range(length)), opinion, everyone, tuple(tables))


@st.composite
def any_case(draw: st.DrawFn) -> Case:
    """Up to three groups and three sectors, up to six statements, any answers, none among them."""
    statements = draw(st.integers(1, 6))
    cell = st.lists(st.integers(0, 25), min_size=3, max_size=3) | st.sampled_from(
        [[0, 0, 0], [0, 0, 3], [0, 0, 30], [30, 0, 0], [20, 0, 22], [0, 20, 2], [1, 0, 40]]
    )
    strata = st.lists(st.lists(cell, min_size=statements, max_size=statements), min_size=2, max_size=3)
    kinds = {kind: draw(strata) for kind in draw(st.sampled_from([(), ("group",), ("sector",), ("group", "sector")]))}
    others = draw(st.lists(cell, min_size=statements, max_size=statements))
    background = draw(st.sets(st.integers(0, statements - 1), max_size=1))
    return case_of(kinds, others=others, background=frozenset(background))


def turned(case: Case) -> Case:
    """The same case with every vote's sign turned."""
    tables = tuple(
        type(part)(part.kind, part.names, part.sizes, part.answers[..., ::-1], part.shown) for part in case.tables
    )
    return Case(case.keys, case.opinion, case.everyone[:, ::-1], tables)


@cache
def lower(hits: int, answered: int, level: float) -> float:
    """The share at which so many hits or more have just this chance: binomial terms summed, the root by halving."""
    if hits == 0:
        return 0.0
    below, above = 0.0, 1.0
    for _ in range(60):
        share = (below + above) / 2
        chance = math.fsum(
            math.comb(answered, k) * share**k * (1 - share) ** (answered - k) for k in range(hits, answered + 1)
        )
        below, above = (share, above) if chance < level else (below, share)
    return below


def upper(hits: int, answered: int, level: float) -> float:
    """The same for the other side."""
    return 1.0 - lower(answered - hits, answered, level)
