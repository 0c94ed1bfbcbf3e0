"""Which statement comes next."""

from __future__ import annotations

import math
from collections import Counter
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from samskap.engines.opinion_map import routing
from samskap.engines.opinion_map.bounds import lower_bounds
from samskap.engines.opinion_map.result import StratumName
from samskap.engines.opinion_map.routing import EVERYONE, Asker, Router, Why

SECTORS = (StratumName("sector", "public"), StratumName("sector", "voluntary"))
GROUPS = (StratumName("group", "A"), StratumName("group", "B"))
STRATA = (EVERYONE, *GROUPS, *SECTORS)


def keys(count: int) -> tuple[str, ...]:
    return tuple(f"s{number}" for number in range(count))


def even(count: int, *, agree: int = 12, disagree: int = 8) -> NDArray[np.int64]:
    """The same answers to all statements in every stratum; everybody has twice as many."""
    answers = np.zeros((len(STRATA), count, 3), dtype=np.int64)
    answers[..., 2], answers[..., 0] = agree, disagree
    answers[0] *= 2
    return answers


def router(answers: Any, *, background: frozenset[str] = frozenset()) -> Router:
    return Router.of(answers, statements=keys(answers.shape[1]), strata=STRATA, background=background)


def somebody(known: Router, seed: str = "x", *, sector: str = "public", group: str = "A", **more: Any) -> Asker:
    return known.asker(seed=seed, chances={"sector": {sector: 1.0}, "group": {group: 1.0}}, **more)


@st.composite
def any_answers(draw: st.DrawFn) -> NDArray[np.int64]:
    count = draw(st.integers(1, 6))
    cells = st.lists(st.sampled_from([0, 0, 1, 4, 5, 17, 400, 10**6]), min_size=count * 15, max_size=count * 15)
    return np.array(draw(cells), dtype=np.int64).reshape(len(STRATA), count, 3)


@given(any_answers())
def test_worth_is_a_positive_number_for_every_statement_and_everything_is_asked_once(answers: Any) -> None:
    known = router(answers)
    asker = somebody(known)
    worth = known.worth(asker.membership)
    assert np.isfinite(worth).all()
    assert (worth >= routing.LEAST).all()
    assert sorted(known.order(asker, most=100)) == sorted(known.statements)
    assert {why.reason for why in known.asking(most=100)} <= {"new", "unheard", "agreed", "rejected", "divides"}


@given(any_answers())
def test_agreement_and_joint_rejection_are_treated_alike(answers: Any) -> None:
    one, mirrored = router(answers), router(answers[..., ::-1])
    assert np.allclose(one.worths, mirrored.worths, rtol=1e-12)
    assert np.allclose(one.chances[0], mirrored.chances[1])


@given(any_answers(), st.randoms(use_true_random=False))
def test_the_order_of_statements_and_strata_in_the_arrays_changes_nothing(answers: Any, chance: Any) -> None:
    columns = chance.sample(range(answers.shape[1]), answers.shape[1])
    rows = [0, *chance.sample(range(1, len(STRATA)), len(STRATA) - 1)]
    known = router(answers)
    other = Router.of(
        answers[rows][:, columns],
        statements=[known.statements[column] for column in columns],
        strata=[STRATA[row] for row in rows],
    )
    for seed in ("a", "b"):
        assert somebody(known, seed).membership[rows].tolist() == somebody(other, seed).membership.tolist()
        assert known.next(somebody(known, seed)) == other.next(somebody(other, seed))


@given(any_answers())
def test_the_arrays_say_what_the_plain_formulas_say(answers: Any) -> None:
    known = router(answers)
    for layer, side in ((0, 2), (1, 0)):
        rows = answers.transpose(1, 0, 2).tolist()
        chances = [_plain_chance(one, side=side) for one in rows]
        z = NormalDist().inv_cdf(1 - 0.05 * min(max(sum(chances), 1.0) / len(rows), 1.0))
        for column, one in enumerate(rows):
            assert known.chances[layer, :, column] == pytest.approx([chances[column]] * len(STRATA), abs=1e-12)
            assert known.needed[layer, :, column] == pytest.approx(_plain_needed(one, side=side, z=z))


def _plain_belief(rows: list[list[int]], side: int) -> list[tuple[float, float]]:
    total = (rows[0][side] + 1) / (sum(rows[0]) + 2)
    found = []
    for place, row in enumerate(rows):
        weight = sum(row) + (4 if place else 2)
        share = (row[side] + 4 * total) / weight if place else total
        found.append((share, share * (1 - share) / (weight + 1)))
    return found


def _plain_chance(rows: list[list[int]], *, side: int) -> float:
    return min(_below((share - 0.5) / math.sqrt(variance)) for share, variance in _plain_belief(rows, side))


def _plain_needed(rows: list[list[int]], *, side: int, z: float) -> list[float]:
    needed = []
    for row, (share, variance) in zip(rows, _plain_belief(rows, side), strict=True):
        heard, lead = sum(row), max(share - 0.5, math.sqrt(variance))
        if heard >= 5 and 2 * row[side] - heard - 1 > z * math.sqrt(heard):
            needed.append(math.inf)
        else:
            root = (z / 2 + math.sqrt(z * z / 4 + 2 * lead)) / (2 * lead)
            needed.append(max(max(5, root * root) - heard, 0) + 1)
    return needed


def _below(z: float) -> float:
    return 0.5 * (1 + math.erf(z / math.sqrt(2)))


@pytest.mark.parametrize("heard", [12, 60, 1000])
def test_what_counts_as_shown_is_what_the_exact_bound_shows_within_one_answer(heard: int) -> None:
    hits = np.arange(heard + 1)
    exact = int(np.argmax(lower_bounds(hits, np.full_like(hits, heard), level=0.05) > 0.5))
    answers = np.zeros((1, 1, 3), dtype=np.int64)
    shown = []
    for count in hits.tolist():
        answers[0, 0] = heard - count, 0, count
        shown.append(np.isinf(Router.of(answers, statements=["s"], strata=[EVERYONE]).needed[0, 0, 0]))
    assert abs(shown.index(True) - exact) <= 1


def test_the_undecided_weakest_stratum_is_asked_and_the_others_are_spared() -> None:
    answers = even(2, agree=36, disagree=4)
    answers[4, 0] = 5, 0, 8  # the voluntary sector has not settled the first statement
    known = router(answers)
    asked = known.worth(somebody(known, sector="voluntary").membership)
    spared = known.worth(somebody(known, sector="public").membership)
    assert asked[0] > 20 * asked[1]
    assert spared[1] == pytest.approx(routing.LEAST, rel=1e-3)
    assert asked[0] > 5 * spared[0]


def test_what_no_answer_can_settle_sinks_and_never_vanishes() -> None:
    answers = even(3)
    answers[:, 0] = [[4000, 0, 2]] * len(STRATA)  # rejected by all, beyond doubt
    answers[:, 1] = [[2000, 0, 2000]] * len(STRATA)  # split down the middle
    known = router(answers)
    firsts = Counter(known.next(somebody(known, str(seed))) for seed in range(4000))
    assert firsts["s2"] > 3600
    assert len(known.order(somebody(known), most=9)) == 3


def test_a_hall_is_spread_over_near_equals_and_each_person_keeps_their_order() -> None:
    known = router(even(25))
    firsts = Counter(known.next(somebody(known, f"ticket {number}")) for number in range(500))
    assert len(firsts) == 25
    assert max(firsts.values()) < 45
    assert known.order(somebody(known), most=25) == known.order(somebody(known), most=25)


def test_a_new_statement_goes_first_for_a_quarter_of_the_hall_and_then_for_the_next() -> None:
    answers = even(25)
    answers[:, 7] = 0
    known = router(answers)
    orders = [known.order(somebody(known, f"ticket {number}"), most=12) for number in range(500)]
    at_once = sum(order[0] == "s7" for order in orders)
    assert 90 < at_once < 160
    assert sum("s7" in order for order in orders) > 470


def test_every_third_question_serves_what_the_persons_own_sector_has_hardly_answered() -> None:
    answers = even(40)
    answers[4, :20] = 0
    answers[4, :20, 2] = 1
    answers[:, :20, 0] += 3000  # and not for any other reason
    answers[4, :20, 0] = 3
    known = router(answers)
    third = Counter(known.order(somebody(known, str(seed), sector="voluntary"), most=3)[2] for seed in range(200))
    unheard = {f"s{number}" for number in range(20)}
    assert sum(count for key, count in third.items() if key in unheard) > 190
    third = Counter(known.order(somebody(known, str(seed), sector="public"), most=3)[2] for seed in range(200))
    assert sum(count for key, count in third.items() if key in unheard) < 20


def test_background_questions_come_at_every_fifth_place_at_most() -> None:
    known = router(even(16), background=frozenset(keys(8)))
    order = known.order(somebody(known, "x"), most=10)
    background = set(keys(8))
    assert [key in background for key in order] == [False] * 4 + [True] + [False] * 4 + [True]
    rest = somebody(known, "x", answered=frozenset(keys(16)[8:]))
    assert set(known.order(rest, most=100)) == background
    assert known.why("s0", rest).reason == "background"


def test_what_was_skipped_comes_last_in_the_order_it_was_skipped() -> None:
    known = router(even(4))
    asker = somebody(known, skipped=("s3", "s1", "unknown"))
    assert known.order(asker, most=4)[2:] == ["s3", "s1"]
    assert known.why("s3", asker).reason == "skipped"
    asker = somebody(known, answered=frozenset({"s0", "s2"}), skipped=("s3", "s1"))
    assert known.next(asker) == "s3"
    assert known.next(somebody(known, answered=frozenset(keys(4)))) is None


def test_who_belongs_to_no_known_group_counts_a_little_in_each() -> None:
    answers = even(2)
    answers[2, 0] = 30, 0, 40
    answers[1] = 4, 0, 36
    known = router(answers)
    unsure = known.asker(seed="x", chances={"group": {"A": 0.5, "B": 0.5}})
    a, b = (known.asker(seed="x", chances={"group": {name: 1.0}}) for name in "AB")
    mean = (known.worth(a.membership) + known.worth(b.membership)) / 2
    assert known.worth(unsure.membership) == pytest.approx(mean)


def test_it_says_why_in_the_order_of_need() -> None:
    answers = even(5, agree=36, disagree=4)
    answers[:, 0] = 0
    answers[4, 1] = 0, 0, 3
    answers[4, 2] = 6, 0, 9
    answers[1, 3], answers[2, 3] = [6, 0, 18], [15, 0, 9]
    known = router(answers)
    asker = somebody(known, sector="voluntary")
    assert known.why("s0", asker) == Why("s0", "new", "everyone", "", needed=5, chance=0.0)
    assert known.why("s1", asker) == Why("s1", "unheard", "sector", "voluntary", needed=2, chance=0.0)
    why = known.why("s2", asker)
    assert (why.reason, why.kind, why.name) == ("agreed", "sector", "voluntary")
    assert (why.needed, round(why.chance, 2)) == (23, 0.94)
    assert known.why("s3", asker).reason == "divides"
    assert known.why("s4", asker).reason == "remainder"
    assert [why.statement for why in known.asking()][:2] == ["s0", "s1"]
    assert "s4" not in {why.statement for why in known.asking()}


def test_counts_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit 5 strata, 2"):
        Router.of(even(3), statements=keys(2), strata=STRATA)
