"""What every rule keeps, each with every satisfaction and completion that it takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.engines.fair_budget.elections import elections, shuffled
from tests.engines.fair_budget.plain.equal_shares import equal_shares
from tests.engines.fair_budget.plain.greedy import greedy
from tests.engines.fair_budget.plain.maximin_support import maximin_support
from tests.engines.fair_budget.plain.overspending import bounded_overspending
from tests.engines.fair_budget.plain.phragmen import phragmen

from samskap.engines.fair_budget import RULES, TIE_BREAKS, Completion, Election, Kind, Satisfaction, count

GRID = [
    (key, satisfaction, completion)
    for key, rule in RULES.items()
    for satisfaction in rule.satisfactions
    for completion in rule.completions
]
KINDS_FOR: dict[Satisfaction, tuple[Kind, ...]] = {
    "cost": ("approval", "choose-1", "ordinal", "cumulative", "scoring", "knapsack"),
    "cardinality": ("approval", "choose-1", "ordinal", "cumulative", "scoring", "knapsack"),
    "points": ("cumulative", "scoring"),
    "borda": ("ordinal",),
}
Twin = Callable[[Election, Satisfaction, Completion, Sequence[int]], list[int]]


def filled(
    election: Election, satisfaction: Satisfaction, completion: Completion, ranks: Sequence[int], winners: list[int]
) -> list[int]:
    if completion == "none":
        return winners
    return greedy(election, satisfaction, ranks, per_cost=True, winners=winners)


TWINS: dict[str, Twin] = {
    "equal_shares": lambda e, s, c, r: equal_shares(e, s, c, r).winners,
    "bounded_overspending": lambda e, s, c, r: filled(e, s, c, r, [x for x, *_ in bounded_overspending(e, s, r)]),
    "bounded_overspending_plus": lambda e, s, c, r: filled(
        e, s, c, r, [x for x, *_ in bounded_overspending(e, s, r, plus=True)]
    ),
    "phragmen": lambda e, s, c, r: filled(e, s, c, r, [x for x, _ in phragmen(e, r)]),
    "maximin_support": lambda e, s, c, r: maximin_support(e, r),
    "greedy": lambda e, s, c, r: greedy(e, s, r),
    "greedy_no_skip": lambda e, s, c, r: greedy(e, s, r, skip=False),
    "greedy_per_cost": lambda e, s, c, r: greedy(e, s, r, per_cost=True),
}


def test_every_rule_has_a_plain_twin() -> None:
    assert TWINS.keys() == RULES.keys()


@pytest.mark.parametrize(("rule", "satisfaction", "completion"), GRID)
@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_rule_is_its_plain_twin_and_keeps_what_all_keep(
    rule: str, satisfaction: Satisfaction, completion: Completion, data: st.DataObject
) -> None:
    election = data.draw(elections(kinds=KINDS_FOR[satisfaction]))
    name = data.draw(st.sampled_from(TIE_BREAKS))
    seed = "3 May" if name == "lottery" else None
    outcome = count(election, rule=rule, satisfaction=satisfaction, completion=completion, tie_break=name, seed=seed)
    winners = outcome.selection.winners
    assert list(winners) == TWINS[rule](election, satisfaction, completion, outcome.tie_break.ranks.tolist())
    assert outcome.cost <= election.budget
    assert len(set(winners)) == len(winners)
    for turn in outcome.selection.turns:
        # What could win as well comes later in the named order.
        assert all(outcome.tie_break.ranks[turn.project] < outcome.tie_break.ranks[other] for other in turn.tied)
    order = data.draw(st.permutations(range(election.ballots.voters)))
    again = count(
        shuffled(election, order),
        rule=rule,
        satisfaction=satisfaction,
        completion=completion,
        tie_break=name,
        seed=seed,
    )
    assert again.winners == outcome.winners
    assert [turn.price for turn in again.selection.turns] == [turn.price for turn in outcome.selection.turns]


def test_every_rule_keeps_every_constraint_but_needs_in_phragmen() -> None:
    every = frozenset({"minimum_support", "district_budgets", "exclusive", "requires"})
    assert {key: every - rule.honours for key, rule in RULES.items() if every - rule.honours} == {
        "phragmen": frozenset({"requires"})
    }


@pytest.mark.parametrize("rule", RULES)
@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
def test_rivals_and_needs_are_kept_turn_by_turn(rule: str, data: st.DataObject) -> None:
    election = data.draw(elections(with_constraints=True))
    assume(not election.constraints.minimum_support)
    assume(election.constraints.kinds <= RULES[rule].honours)
    outcome = count(election, rule=rule)
    for group in election.constraints.exclusive:
        assert len(set(group) & set(outcome.winners)) <= 1
    for key, needed in election.constraints.requires:
        assert key not in outcome.winners or needed in outcome.winners
    ranks = outcome.tie_break.ranks.tolist()
    assert list(outcome.selection.winners) == TWINS[rule](election, "cost", "none", ranks)
