"""What divides is measured between and within strata, by hand as by the engine."""

from __future__ import annotations

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from tests.engines.opinion_map import cases
from tests.engines.opinion_map.cases import any_case, case_of

from samskap.engines.opinion_map import findings
from samskap.engines.opinion_map.breakdown import Case
from samskap.engines.opinion_map.dividing import DIVIDING_SPREAD, LARGE_SIDE, find_spreads, find_within
from samskap.engines.opinion_map.representative import find_representative

RATE = 0.05


def difference(x: int, n: int, y: int, m: int, level: float) -> float:
    p, q = x / n, y / m
    return p - q - math.hypot(p - cases.lower(x, n, level), cases.upper(y, m, level) - q)


def plain_lower(case: Case, at: int, level: float) -> float:
    told = [
        [table.answers[row, at].tolist() for row in range(len(table.names)) if table.shown[row, at]]
        for table in case.tables
    ]
    pairs = [(one, other) for strata in told for one, other in permutations(strata, 2)]
    each = level / len(pairs) if pairs else level
    found = [
        difference(one[side], sum(one), other[side], sum(other), each)
        for one, other in pairs
        for side in (2, 0)
        if one[side] * sum(other) >= other[side] * sum(one)
    ]
    return max(found, default=-math.inf)


@given(any_case())
@settings(deadline=None, max_examples=60)
def test_the_surest_difference_is_the_one_found_by_trying_all_pairs(case: Case) -> None:
    found = find_spreads(case)
    plain = [plain_lower(case, at, 0.05) for at in range(len(case.keys))]
    assert found.lower.tolist() == pytest.approx(plain, abs=1e-8)
    assert found.known.tolist() == [math.isfinite(lower) for lower in plain]


@given(any_case())
@settings(deadline=None, max_examples=40)
def test_what_divides_is_the_list_made_by_hand(case: Case) -> None:
    found = findings.find(case, loadings={})
    common = {item.statement for item in found.common_ground}
    possible = [at for at in range(len(case.keys)) if case.opinion[at] and math.isfinite(plain_lower(case, at, RATE))]
    longest: set[str] = set()
    for number in range(len(possible), 0, -1):
        level = RATE * number / len(possible)
        wide = {case.keys[at] for at in possible if plain_lower(case, at, level) > DIVIDING_SPREAD} - common
        if len(wide) >= number:
            longest = wide
            break
    assert {item.statement for item in found.divisive} == longest


@given(any_case())
@settings(deadline=None, max_examples=40)
def test_what_is_divided_within_has_both_sides_for_certain(case: Case) -> None:
    within = find_within(case, still=np.ones(len(case.keys), dtype=bool))
    counts = within.answers.reshape(-1, 3).tolist()
    for chosen, bound, (disagree, passed, agree) in zip(
        within.choice.chosen.tolist(), within.choice.bounds.tolist(), counts, strict=True
    ):
        if chosen:
            smaller = cases.lower(min(agree, disagree), agree + passed + disagree, within.choice.level)
            assert bound == pytest.approx(smaller, abs=1e-8)
            assert bound > LARGE_SIDE


@given(any_case())
@settings(deadline=None, max_examples=40)
def test_what_a_group_stands_for_differs_for_certain_from_the_others(case: Case) -> None:
    choice, stands = find_representative(case)
    for group, items in stands.items():
        row = case.tables[0].names.index(group)
        for item in items:
            at, column = case.keys.index(item.statement), ("disagree", "pass", "agree").index(item.side)
            own = case.tables[0].answers[row, at].tolist()
            others = (case.tables[0].answers[:, at].sum(axis=0) - own).tolist()
            lower = difference(own[column], sum(own), others[column], sum(others), choice.level)
            assert item.lower == pytest.approx(lower, abs=1e-8)
            assert item.lower > 0.0
            assert own[column] > max(own[side] for side in range(3) if side != column)
        assert [item.lower for item in items] == sorted((item.lower for item in items), reverse=True)


def test_each_kind_of_dividing_has_its_own_name() -> None:
    split, apart, alike, refused = [40, 4, 40], [4, 2, 60], [2, 2, 60], [60, 2, 2]
    case = case_of({"group": [[split, apart, alike, refused], [[38, 4, 42], [60, 2, 4], alike, refused]]})
    found = findings.find(case, loadings={})
    assert [item.verdict for item in found.statements] == ["divided", "divisive", "agreed", "rejected"]
    (divisive,) = found.divisive
    assert (divisive.statement, divisive.kind, divisive.high, divisive.low) == ("s1", "group", "A", "B")
    assert sorted((item.statement, item.kind, item.name) for item in found.divided_within) == [
        ("s0", "group", "A"),
        ("s0", "group", "B"),
    ]
    assert all(item.bound > LARGE_SIDE for item in found.divided_within)


def test_without_groups_it_is_everyone_that_is_divided() -> None:
    case = case_of({}, others=[[40, 4, 40], [4, 4, 70]])
    found = findings.find(case, loadings={})
    assert [(item.statement, item.kind, item.name) for item in found.divided_within] == [("s0", "everyone", "")]


def test_a_group_that_passes_stands_for_passing() -> None:
    case = case_of({"group": [[[5, 40, 5]], [[20, 5, 40]]]})
    _, stands = find_representative(case)
    assert [(item.statement, item.side) for item in stands["A"]] == [("s0", "pass")]
    assert [(item.statement, item.side) for item in stands["B"]] == [("s0", "agree")]


def test_strata_that_do_not_differ_are_hardly_ever_said_to() -> None:
    random = np.random.default_rng(2)
    told = 0
    for _ in range(60):
        share = random.uniform(0.2, 0.8, size=50)
        answered = random.integers(5, 60, size=(3, 50))
        hits = random.binomial(answered, np.clip(share + np.array([[-0.12], [0.0], [0.13]]), 0, 1))
        case = case_of({"sector": np.stack([answered - hits, 0 * hits, hits], axis=2).tolist()})
        told += len(findings.find(case, loadings={}).divisive)
    assert told <= 3
