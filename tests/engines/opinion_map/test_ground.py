"""Common ground holds in every stratum, says whom it waits for, and is the list one would make by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from tests.engines.opinion_map import cases
from tests.engines.opinion_map.cases import any_case, case_of

from samskap.engines.opinion_map import Awaited, Lacking, findings
from samskap.engines.opinion_map.breakdown import Case
from samskap.engines.opinion_map.ground import STEP, STEPS, find_ground

RATE = 0.05
SIDE = {"agree": 2, "disagree": 0}


def strata_of(case: Case) -> list[tuple[str, str, int, np.ndarray, np.ndarray]]:
    everyone = ("everyone", "", 10**9, case.everyone, np.ones(len(case.keys), dtype=bool))
    return [everyone] + [
        (table.kind, name, int(table.sizes[row]), table.answers[row], table.shown[row])
        for table in case.tables
        for row, name in enumerate(table.names)
    ]


def chance(hits: int, answered: int) -> float:
    """Of so many hits or more, if opinions were even; 1 where no more than half are hits."""
    if 2 * hits <= answered:
        return 1.0
    return sum(math.comb(answered, k) for k in range(hits, answered + 1)) / 2**answered


def plain_level(chances: dict[int, list[tuple[str, float, int]]], *, everyone: dict[int, int]) -> float:
    """The highest level at which the wrong entries to be expected are at most RATE of the list."""
    for step in range(STEPS):
        level = RATE * STEP**step
        listed = near = 0
        for at, parts in chances.items():
            listed += all(p <= level for _, p, _ in parts)
            kinds = {kind for kind, _, _ in parts} - {"everyone"}
            for kind in kinds:
                near += sum(p > level for other, p, _ in parts if other == kind) <= 1
            near += all(2 * sum(n for k, _, n in parts if k == kind) < everyone[at] for kind in kinds)
        if listed and level * near <= RATE * listed:
            return level
    return RATE / max(len(chances), 1)


def plain_ground(case: Case, *, side: str) -> dict[str, tuple[float, str, str]]:
    """The list by hand: who was heard, at which level, and the smallest bound that may be told."""
    heard: dict[int, list[tuple[str, str, int, int, bool]]] = {}
    for at in range(len(case.keys)):
        strata = [(kind, name, counts[at], told[at]) for kind, name, size, counts, told in strata_of(case) if size >= 5]
        if case.opinion[at] and all(counts.sum() >= 5 for _, _, counts, _ in strata):
            heard[at] = [(kind, name, int(c[SIDE[side]]), int(c.sum()), bool(told)) for kind, name, c, told in strata]
    chances = {at: [(kind, chance(hits, n), n) for kind, _, hits, n, _ in parts] for at, parts in heard.items()}
    level = plain_level(chances, everyone={at: parts[0][3] for at, parts in heard.items()})
    found = {}
    for at, parts in heard.items():
        if all(p <= level for _, p, _ in chances[at]):
            bounds = [(cases.lower(hits, n, level), kind, name) for kind, name, hits, n, told in parts if told]
            found[case.keys[at]] = min(bounds, key=lambda entry: entry[0])
    return found


@given(any_case())
@settings(deadline=None, max_examples=60)
def test_common_ground_is_the_list_made_by_hand(case: Case) -> None:
    found = findings.find(case, loadings={})
    for side in ("agree", "disagree"):
        told = {item.statement: item for item in found.common_ground if item.side == side}
        plain = plain_ground(case, side=side)
        assert {key: item.bound for key, item in told.items()} == pytest.approx(
            {key: bound for key, (bound, _, _) in plain.items()}, abs=1e-8
        )


@given(any_case())
@settings(deadline=None, max_examples=60)
def test_turning_every_vote_swaps_the_lists_and_nothing_else(case: Case) -> None:
    swap = {"agree": "disagree", "disagree": "agree", "pass": "pass"}
    plain, turned = findings.find(case, loadings={}), findings.find(cases.turned(case), loadings={})
    assert [(i.statement, swap[i.side], i.bound, i.weakest_stratum) for i in turned.common_ground] == [
        (i.statement, i.side, i.bound, i.weakest_stratum) for i in plain.common_ground
    ]
    assert [(i.statement, swap[i.side], i.lacking) for i in turned.awaited] == [
        (i.statement, i.side, i.lacking) for i in plain.awaited
    ]
    # Without passes the two sides tell the same but for the last digit.
    assert [(i.statement, round(i.spread, 9), round(i.lower, 9), i.low, i.high) for i in turned.divisive] == [
        (i.statement, round(i.spread, 9), round(i.lower, 9), i.high, i.low) for i in plain.divisive
    ]
    assert [(i.statement, i.kind, i.name, i.share_disagree, i.bound) for i in turned.divided_within] == [
        (i.statement, i.kind, i.name, i.share_agree, i.bound) for i in plain.divided_within
    ]
    for group, stands in plain.representative.items():
        other = [(i.statement, swap[i.side], i.lower) for i in turned.representative[group]]
        assert other == [(i.statement, i.side, i.lower) for i in stands]
    names = {"agreed": "rejected", "rejected": "agreed"}
    assert [names.get(item.verdict, item.verdict) for item in turned.statements] == [
        item.verdict for item in plain.statements
    ]


@given(any_case())
@settings(deadline=None, max_examples=40)
def test_ten_times_the_same_people_lose_no_common_ground_and_raise_its_bounds(case: Case) -> None:
    once = {item.statement: item.bound for item in findings.find(case, loadings={}).common_ground}
    tables = tuple(type(part)(part.kind, part.names, part.sizes, part.answers * 10, part.shown) for part in case.tables)
    # Those who said nothing the first time say nothing now: who is heard must not change.
    quiet = all(((part.answered == 0) | (part.answered >= 5)).all() for part in case.tables)
    again = findings.find(Case(case.keys, case.opinion, case.everyone * 10, tables), loadings={})
    found = {item.statement: item.bound for item in again.common_ground}
    if quiet:
        assert all(found[key] > bound for key, bound in once.items())


def test_a_statement_waits_for_the_sector_that_has_not_said_enough() -> None:
    case = case_of(
        {"sector": [[[1, 1, 38], [1, 1, 38]], [[0, 0, 30], [0, 0, 30]], [[0, 0, 2], [1, 1, 8]]]},
        sizes={"sector": [40, 40, 12]},
    )
    found = findings.find(case, loadings={})
    assert found.common_ground == ()
    assert [item.verdict for item in found.statements] == ["awaited", "awaited"]
    # What may not be told: the voluntary sector's two answers, and the private sector's, which would give them away.
    assert found.awaited[0] == Awaited("s1", "agree", (Lacking("sector", "voluntary", 10, 11),))
    assert found.awaited[1] == Awaited("s0", "agree", (Lacking("sector", "voluntary", None, 5),))


def test_a_stratum_that_is_too_small_to_be_heard_holds_nothing_up() -> None:
    case = case_of({"sector": [[[1, 1, 38]], [[0, 0, 30]], [[3, 0, 0]]]}, sizes={"sector": [40, 30, 3]})
    (ground,) = findings.find(case, loadings={}).common_ground
    assert (ground.statement, ground.side) == ("s0", "agree")
    assert ("sector", "voluntary") in {(name.kind, name.name) for name in ground.unheard}


def test_a_stratum_hidden_to_protect_another_still_has_its_say() -> None:
    # Five private answers are hidden, lest the church's two be worked out; and all five disagree.
    case = case_of({"sector": [[[5, 0, 0]], [[0, 0, 60]], [[0, 0, 2]]]}, sizes={"sector": [5, 60, 2]})
    assert not case.shown[0, 0]
    assert findings.find(case, loadings={}).common_ground == ()


def test_what_it_takes_in_all_is_about_what_it_takes() -> None:
    case = case_of({"sector": [[[2, 2, 60]], [[3, 3, 14]]]}, sizes={"sector": [70, 60]})
    (part,) = findings.find(case, loadings={}).awaited[0].lacking
    assert (part.name, part.answered, part.needed) == ("public", 20, 22)
    # The share so far is 70 %, drawn up towards everybody's.
    assert cases.lower(15, 22, RATE) == pytest.approx(0.5, abs=0.03)


def test_of_common_ground_chosen_again_and_again_the_bound_holds_in_every_stratum() -> None:
    """Planted shares, one stratum in each hard statement below one half: the list and its bounds keep their rate."""
    random = np.random.default_rng(7)
    wrong, missed, number = [], [], 0
    for _ in range(150):
        share = np.clip(random.normal(0.75, 0.08, size=(3, 80)), 0.05, 0.99)
        hard = random.random(80) < 0.5
        share[random.integers(0, 3, size=80), np.arange(80)] = np.where(hard, 0.5, 0.75)
        answered = random.integers(8, 60, size=(3, 80))
        hits = random.binomial(answered, share)
        answers = np.stack([answered - hits, 0 * hits, hits], axis=2)
        case = case_of({"sector": answers.tolist()})
        ground = find_ground(case, side="agree")
        chosen = ground.choice.chosen
        number += ground.choice.number
        wrong.append((chosen & (share.min(axis=0) <= 0.5)).sum() / max(ground.choice.number, 1))
        bound = np.where(chosen, ground.bounds.min(axis=0), 0.0)
        missed.append((bound > share.min(axis=0)).sum() / max(ground.choice.number, 1))
    assert number > 500
    assert np.mean(wrong) <= RATE
    assert np.mean(missed) <= RATE


def test_where_groups_and_sectors_overlap_the_rate_still_holds() -> None:
    """People belong to a group and a sector at once, so a chance result in one shows in the other too."""
    random = np.random.default_rng(8)
    wrong, missed, number = [], [], 0
    for _ in range(150):
        share = np.clip(random.normal(0.8, 0.06, size=(2, 3, 60)), 0.05, 0.97)
        # In half of the statements one sector, or one group, is evenly split.
        kind = random.random(60)
        share[:, 2, kind < 0.25] = 0.5
        share[1, :, (kind >= 0.25) & (kind < 0.5)] = 0.5
        answered = random.integers(4, 40, size=(2, 3, 60))
        hits = random.binomial(answered, share)
        answers = np.stack([answered - hits, 0 * hits, hits], axis=3)
        case = case_of({"group": answers.sum(axis=1).tolist(), "sector": answers.sum(axis=0).tolist()})
        truth = np.concatenate([share.mean(axis=1), share.mean(axis=0)]).min(axis=0)
        least = np.minimum(truth, np.where(kind < 0.5, 0.5, 1.0))
        ground = find_ground(case, side="agree")
        chosen = ground.choice.chosen
        number += ground.choice.number
        wrong.append((chosen & (kind < 0.5)).sum() / max(ground.choice.number, 1))
        missed.append((np.where(chosen, ground.bounds.min(axis=0), 0.0) > least).sum() / max(ground.choice.number, 1))
    assert number > 1000
    assert np.mean(wrong) <= RATE
    assert np.mean(missed) <= RATE
