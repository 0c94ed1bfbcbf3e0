"""Counts by stratum equal counting by hand, and never give away fewer than five people."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from samskap.engines.opinion_map import Votes, breakdown
from samskap.engines.opinion_map.mapping import stratum_table

SECTORS = ("private", "public", "voluntary")


@st.composite
def sector_votes(draw: st.DrawFn):
    sizes = draw(st.tuples(*(st.integers(0, 9) for _ in range(4))))
    people = [f"p{i}" for i in range(sum(sizes))]
    names = [name for name, size in zip((*SECTORS, None), sizes, strict=True) for _ in range(size)]
    sector = {person: name for person, name in zip(people, names, strict=True) if name}
    values = st.sampled_from([-1, 0, 1, None])
    rows = [(p, s, v) for p in people for s in ("1", "2", "3") if (v := draw(values)) is not None]
    return Votes.from_rows(rows, people=people, statements=["1", "2", "3"]), sector, rows


@given(sector_votes())
@settings(max_examples=150, deadline=None)
def test_counts_by_sector_are_those_counted_by_hand(world) -> None:
    votes, sector, rows = world
    table = stratum_table(votes.crowd(), kind="sector", stratum_of=sector)
    by_hand = Counter((sector[p], s, v) for p, s, v in rows if p in sector)
    for row, name in enumerate(table.names):
        for column, statement in enumerate(votes.statements):
            expected = [by_hand[name, statement, value] for value in (-1, 0, 1)]
            assert table.answers[row, column].tolist() == expected


@given(sector_votes())
@settings(max_examples=300, deadline=None)
def test_no_sector_under_five_can_be_worked_out_from_what_is_shown(world) -> None:
    votes, sector, _ = world
    table = stratum_table(votes.crowd(), kind="sector", stratum_of=sector)
    everyone = np.bincount(votes.columns, minlength=3)
    for column in range(3):
        shown = table.shown[:, column]
        answered = table.answered[:, column]
        assert all(answered[shown] >= 5)
        assert all(table.sizes[shown] >= 5)
        unsaid, rest = answered[~shown].sum(), everyone[column] - answered[shown].sum()
        assert unsaid == 0 or rest >= 5 or not shown.any()


def test_a_small_sector_takes_the_smallest_other_with_it() -> None:
    sector = {f"p{i}": "public" if i < 9 else "private" if i < 16 else "voluntary" for i in range(22)}
    rows = [(person, "1", 1) for person in sector if person not in ("p16", "p17")]
    rows += [(person, "2", 1) for person in sector]
    table = stratum_table(Votes.from_rows(rows).crowd(), kind="sector", stratum_of=sector)
    assert table.names == SECTORS
    assert table.shown.tolist() == [[False, True], [True, True], [False, True]]


def test_a_sector_with_too_few_people_is_named_without_its_number() -> None:
    sector = {f"p{i}": "public" for i in range(6)} | {"p6": "private", "silent": "voluntary"}
    rows = [(f"p{i}", "1", 1) for i in range(7)]
    table = stratum_table(Votes.from_rows(rows).crowd(), kind="sector", stratum_of=sector)
    found = [(item.kind, item.name, item.answered, item.needed) for item in breakdown.too_few((table,))]
    assert found == [("sector", "private", None, 5), ("sector", "voluntary", 0, 5)]
