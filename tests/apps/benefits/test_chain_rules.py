"""What is found in an effect chain: loops against a graph library, the rest against what one sees by eye."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, shortest_path

from samskap.apps.benefits.rules import chains
from samskap.apps.benefits.rules.chains import Arrow, Finding, Link

WHOLE = [Link(1, "input"), Link(2, "activity"), Link(3, "output"), Link(4, "outcome"), Link(5, "impact")]
STEPS = [Arrow(1, 2), Arrow(2, 3), Arrow(3, 4), Arrow(4, 5)]
SIZE = 8

PAIRS = st.lists(
    st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)).filter(lambda pair: pair[0] != pair[1]),
    unique=True,
    max_size=16,
)


def matrix(pairs: list[tuple[int, int]]) -> csr_array:
    filled = np.zeros((SIZE, SIZE))
    for source, target in pairs:
        filled[source, target] = 1
    return csr_array(filled)


def found(links: list[Link], arrows: list[Arrow], **more: list[int]) -> list[tuple[str, tuple[int, ...]]]:
    return [(one.kind, one.links) for one in chains.findings(links, arrows, **more)]


def test_a_whole_chain_has_nothing_to_find_and_an_empty_one_neither() -> None:
    assert chains.findings(WHOLE, STEPS) == ()
    assert chains.findings([], [], loose=[7]) == ()
    assert chains.findings(WHOLE[:4], STEPS[:3]) == ()  # a chain may end with an outcome


@pytest.mark.parametrize(
    ("links", "arrows", "told"),
    [
        (WHOLE, [*STEPS, Arrow(4, 2)], [("loop", (2, 3, 4)), ("backwards", (4, 2))]),
        (WHOLE[:3], STEPS[:2], [("no_change", ()), ("to_nowhere", (3,))]),
        ([*WHOLE, Link(6, "output")], STEPS, [("alone", (6,))]),
        ([*WHOLE, Link(6, "output")], [*STEPS, Arrow(6, 4)], [("from_nowhere", (6,))]),
        ([*WHOLE, Link(6, "output")], [*STEPS, Arrow(2, 6)], [("to_nowhere", (6,))]),
        ([*WHOLE, Link(6, "input")], [*STEPS, Arrow(6, 4)], [("leap", (6, 4))]),
        ([*WHOLE, Link(6, "outcome")], [*STEPS, Arrow(4, 6)], []),
        (WHOLE, [*STEPS[:3], Arrow(4, 5, has_mechanism=False)], [("unexplained", (4, 5))]),
        (WHOLE, [*STEPS[:3], Arrow(4, 5, has_assumption=False)], [("unexplained", (4, 5))]),
        (
            [Link(1, "input"), Link(4, "outcome"), Link(9, "impact")],
            [Arrow(1, 4, has_mechanism=False)],
            [("alone", (9,)), ("leap", (1, 4)), ("unexplained", (1, 4))],
        ),
    ],
)
def test_each_kind_of_fault_is_found_and_no_other(links, arrows, told) -> None:
    assert found(links, arrows) == told


def test_benefits_that_hang_on_nothing_are_told_last_and_together() -> None:
    assert chains.findings(WHOLE, STEPS, loose=[8, 9]) == (Finding("loose", benefits=(8, 9)),)


def test_what_an_arrow_leaps_over() -> None:
    assert chains.skipped("input", "outcome") == ("activity", "output")
    assert chains.skipped("input", "activity") == chains.skipped("impact", "input") == ()


@settings(max_examples=50, deadline=None)
@given(PAIRS, st.integers(0, SIZE - 1), st.integers(0, SIZE - 1))
def test_a_path_is_as_short_as_the_library_says_and_runs_along_arrows(pairs, start: int, end: int) -> None:
    distance = shortest_path(matrix(pairs), unweighted=True)[start, end]
    way = chains.path(pairs, start, end)
    if np.isinf(distance):
        assert way == ()
    else:
        assert (way[0], way[-1], len(way)) == (start, end, distance + 1)
        assert all(step in pairs for step in pairwise(way))


@settings(max_examples=50, deadline=None)
@given(PAIRS)
def test_one_loop_is_told_for_each_tangle_that_the_library_finds(pairs) -> None:
    links = [Link(key, "outcome") for key in range(SIZE)]
    loops = [keys for kind, keys in found(links, [Arrow(*pair) for pair in pairs]) if kind == "loop"]
    _count, part = connected_components(matrix(pairs), directed=True, connection="strong")
    tangles = {number for number in part if (part == number).sum() > 1}
    assert sorted(part[loop[0]] for loop in loops) == sorted(tangles)
    for loop in loops:
        assert len(set(loop)) == len(loop)
        assert all(step in pairs for step in zip(loop, (*loop[1:], loop[0]), strict=True))


@settings(max_examples=50, deadline=None)
@given(PAIRS, st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)))
def test_an_arrow_closes_a_loop_exactly_when_no_order_is_left(pairs, new: tuple[int, int]) -> None:
    def has_order(arrows) -> bool:
        sorter = TopologicalSorter({key: [] for key in range(SIZE)})
        for source, target in arrows:
            sorter.add(target, source)
        try:
            list(sorter.static_order())
        except CycleError:
            return False
        return True

    if has_order(pairs):
        assert bool(chains.path(pairs, new[1], new[0])) == (not has_order([*pairs, new]))
