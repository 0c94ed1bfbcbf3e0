"""A wrong count is found, a right one is not accused, and the audits are their definitions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction
from itertools import chain, combinations, pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.engines.fair_budget.elections import ballots_of, election_of, elections
from tests.engines.fair_budget.village import village, village_count

from samskap.engines.fair_budget import RULES, Election, ElectionError, Outcome, Satisfaction, Turn, count
from samskap.engines.fair_budget.auditing import AUDITS, Finding, audit


def found(outcome: Outcome, key: str) -> Finding:
    return next(one for one in audit(outcome) if one.key == key)


def told(outcome: Outcome) -> dict[str, bool | None]:
    return {one.key: one.holds for one in audit(outcome)}


def test_the_village_is_as_it_should_be() -> None:
    assert told(village_count()) == {
        "ballots": True, "feasible": True, "payments": True, "order": True, "exhaustive": True, "priceable": True,
        "ejr_plus": True, "ejr": True, "core": False,
    }  # fmt: skip
    assert not any(one.is_broken for one in audit(village_count()))
    # Five voters could have paid the ball court, and have more of it than of the playground. No rule promises the core.
    assert found(village_count(), "core").values == {"projects": "2", "voters": 5}


def test_what_a_rule_promises_is_an_audit() -> None:
    promised = {key for rule in RULES.values() for key, _ in rule.guarantees}
    assert promised <= AUDITS.keys()


def test_by_votes_alone_three_of_the_village_get_nothing() -> None:
    outcome = village_count(rule="greedy", satisfaction="cost")
    assert found(outcome, "ejr_plus") == Finding(
        "ejr_plus", False, False, "neglected", {"project": "3", "voters": 3, "part": 30_000, "got": 0}
    )
    assert found(outcome, "ejr").values == {"projects": "3", "voters": 3}
    assert found(outcome, "core").values == {"projects": "3", "voters": 3}
    assert not any(one.is_broken for one in audit(outcome))


@pytest.mark.parametrize("rule", RULES)
@given(election=elections(with_constraints=True), satisfaction=st.integers(0, 3), completion=st.integers(0, 4))
@settings(max_examples=50, deadline=None)
def test_no_right_count_is_accused(rule: str, election: Election, satisfaction: int, completion: int) -> None:
    one = RULES[rule]
    try:
        outcome = count(
            election,
            rule=rule,
            satisfaction=one.satisfactions[satisfaction % len(one.satisfactions)],
            completion=one.completions[completion % len(one.completions)],
        )
    except ElectionError:
        assume(False)
    assert [one for one in audit(outcome) if one.is_broken] == []


# Wrong counts


def changed(outcome: Outcome, *, turns: Iterable[Turn], **fields: object) -> Outcome:
    return replace(outcome, selection=replace(outcome.selection, turns=tuple(turns), **fields))


def swapped_winner(outcome: Outcome) -> Outcome:
    first, second = outcome.selection.turns
    return changed(outcome, turns=(first, replace(second, project=1)))


def other_order(outcome: Outcome) -> Outcome:
    return changed(outcome, turns=reversed(outcome.selection.turns))


def lower_price(outcome: Outcome) -> Outcome:
    first, second = outcome.selection.turns
    return changed(outcome, turns=(replace(first, price=Fraction(1, 7)), second))


def higher_price(outcome: Outcome) -> Outcome:
    first, second = outcome.selection.turns
    return changed(outcome, turns=(first, replace(second, price=Fraction(1, 2))))


def nobody_paid_out(outcome: Outcome) -> Outcome:
    first, second = outcome.selection.turns
    return changed(outcome, turns=(first, replace(second, paid_out=np.zeros(0, dtype=np.int32))))


def rich_paid_out(outcome: Outcome) -> Outcome:
    first, second = outcome.selection.turns
    return changed(outcome, turns=(replace(first, paid_out=np.array([0], dtype=np.int32)), second))


def stranger_paid(outcome: Outcome) -> Outcome:
    first, second = outcome.selection.turns
    return changed(outcome, turns=(replace(first, paid_out=np.array([2], dtype=np.int32)), second))


def more_to_begin_with(outcome: Outcome) -> Outcome:
    return changed(outcome, turns=outcome.selection.turns, start=Fraction(10_001))


def over_budget(outcome: Outcome) -> Outcome:
    extra = Turn(1, "filled", None, np.zeros(0, dtype=np.int32))
    return changed(outcome, turns=(*outcome.selection.turns, extra))


def twice(outcome: Outcome) -> Outcome:
    first, _ = outcome.selection.turns
    return changed(outcome, turns=(first, replace(first, how="filled", price=None)))


def ended_early(outcome: Outcome) -> Outcome:
    return changed(outcome, turns=outcome.selection.turns[:1])


def untold_tie(outcome: Outcome) -> Outcome:
    first, second = outcome.selection.turns
    return changed(outcome, turns=(replace(first, tied=(2,)), second))


def lost_voter(outcome: Outcome) -> Outcome:
    profile = outcome.profile
    return replace(outcome, profile=replace(profile, class_of=profile.class_of[1:]))


def other_weight(outcome: Outcome) -> Outcome:
    profile = outcome.profile
    return replace(outcome, profile=replace(profile, weights=np.array([6, 1, 3])))


def other_ballot(outcome: Outcome) -> Outcome:
    profile = outcome.profile
    return replace(outcome, profile=replace(profile, projects=np.array([0, 1, 1, 2, 2], dtype=np.int32)))


@pytest.mark.parametrize(
    ("spoil", "key", "why"),
    [
        (swapped_winner, "payments", "stranger_paid"),
        (other_order, "order", "cheaper_left"),
        (lower_price, "payments", "paid_differs"),
        (higher_price, "payments", "paid_differs"),
        (nobody_paid_out, "payments", "paid_differs"),
        (rich_paid_out, "payments", "paid_differs"),
        (stranger_paid, "payments", "stranger_paid"),
        (more_to_begin_with, "payments", "start_differs"),
        (over_budget, "feasible", "over_budget"),
        (twice, "feasible", "twice"),
        (ended_early, "order", "could_be_paid"),
        (untold_tie, "order", "tie_untold"),
        (lost_voter, "ballots", "voters_differ"),
        (other_weight, "ballots", "weights_differ"),
        (other_ballot, "ballots", "ballots_differ"),
    ],
)
def test_a_wrong_count_is_found(spoil: Callable[[Outcome], Outcome], key: str, why: str) -> None:
    finding = found(spoil(village_count()), key)
    assert (finding.holds, finding.is_promised, finding.why) == (False, True, why)


def test_who_gave_more_than_the_price_and_who_gave_less_is_found_where_the_sum_is_right() -> None:
    # Both gave 2 of their 4; one giving all and the other nothing is the same sum.
    election = election_of({"a": 4, "b": 9}, [(1, "ab"), (1, "a")], budget=8)
    outcome = count(election)
    (turn,) = outcome.selection.turns
    wrong = replace(turn, price=Fraction(1, 10**9), paid_out=np.array([0], dtype=np.int32))
    finding = found(changed(outcome, turns=(wrong,)), "payments")
    assert (finding.holds, finding.why) == (False, "paid_differs")


@pytest.mark.parametrize(
    ("rule", "spoil", "why"),
    [
        ("greedy", lambda turns: turns[::-1], "better_left"),
        ("greedy", lambda turns: turns[:-1], "ended_early"),
        ("phragmen", lambda turns: turns[:-1], "ended_early"),
        ("phragmen", lambda turns: turns[::-1], "earlier_left"),
    ],
)
def test_other_rules_are_replayed_too(
    rule: str, spoil: Callable[[tuple[Turn, ...]], tuple[Turn, ...]], why: str
) -> None:
    election = election_of({"a": 4, "b": 4, "c": 4}, [(5, "a"), (3, "b"), (1, "c")], budget=8)
    outcome = count(election, rule=rule, satisfaction="cardinality")
    assert outcome.winners == ("a", "b")
    assert found(outcome, "order").holds
    finding = found(changed(outcome, turns=spoil(outcome.selection.turns)), "order")
    assert (finding.holds, finding.why) == (False, why)


def test_a_tie_that_went_against_the_order_is_found() -> None:
    election = election_of({"a": 4, "b": 4}, [(1, "a"), (1, "b")], budget=7)
    outcome = count(election, rule="greedy", satisfaction="cardinality")
    (turn,) = outcome.selection.turns
    finding = found(changed(outcome, turns=(replace(turn, project=1, tied=(0,)),)), "order")
    assert (finding.why, finding.values) == ("tie_order", {"project": "b", "other": "a"})


def test_constraints_that_were_not_kept_are_found() -> None:
    from samskap.engines.fair_budget import Constraints, Project

    projects = (Project("a", 2, district="N"), Project("b", 2, district="N"), Project("c", 2))
    ballots = ballots_of([[0, 1, 2]] * 4)
    free = Election(projects, 6, ballots)
    outcome = count(free, rule="greedy", satisfaction="cardinality")
    assert outcome.winners == ("a", "b", "c")
    bound = {
        "over_district": Constraints(district_budgets=(("N", 2),)),
        "under_support": Constraints(minimum_support=5),
        "rivals_won": Constraints(exclusive=(("a", "b"),)),
    }
    for why, constraints in bound.items():
        wrong = replace(outcome, election=replace(free, constraints=constraints))
        assert found(wrong, "feasible").why == why
    part = changed(outcome, turns=outcome.selection.turns[:1])
    wrong = replace(part, election=replace(free, constraints=Constraints(requires=(("a", "b"),))))
    assert found(wrong, "feasible").why == "need_lost"


def test_districts_are_audited_one_by_one() -> None:
    from samskap.engines.fair_budget import Constraints, Project

    projects = (Project("a", 3, district="N"), Project("b", 2, district="S"))
    election = Election(
        projects, 6, ballots_of([[0], [0], [1]]), constraints=Constraints(district_budgets=(("N", 3), ("S", 3)))
    )
    outcome = count(election)
    assert [one for one in audit(outcome) if one.holds is False] == []
    (name, north), south = outcome.areas
    spoilt = changed(north, turns=())
    finding = found(replace(outcome, areas=((name, spoilt), south)), "order")
    assert (finding.holds, finding.values["district"]) == (False, "N")


# The audits are their definitions


def subsets(items: Iterable[int]) -> Iterable[tuple[int, ...]]:
    pool = list(items)
    return chain.from_iterable(combinations(pool, size) for size in range(1, len(pool) + 1))


class Plain:
    """The definitions, word for word, over all groups and all sets."""

    def __init__(self, election: Election, satisfaction: Satisfaction, winners: set[int]) -> None:
        self.costs = [one.cost for one in election.projects]
        self.part = Fraction(election.budget, election.ballots.voters)
        starts, chosen = election.ballots.starts, election.ballots.chosen
        self.ballots = [set(chosen[a:b].tolist()) for a, b in pairwise(starts)]
        self.worth = [cost if satisfaction == "cost" else 1 for cost in self.costs]
        self.winners = winners

    def of(self, voter: int, projects: Iterable[int]) -> int:
        return sum(self.worth[place] for place in projects if place in self.ballots[voter])

    def groups(self) -> Iterable[tuple[int, ...]]:
        return subsets(range(len(self.ballots)))

    def cost(self, projects: Iterable[int]) -> int:
        return sum(self.costs[place] for place in projects)

    def ejr_plus(self) -> bool:
        return all(
            any(
                self.of(voter, self.winners) + self.worth[place]
                > self.worth[place] * len(group) * self.part / self.costs[place]
                for voter in group
            )
            for group in self.groups()
            for place in range(len(self.costs))
            if place not in self.winners and all(place in self.ballots[voter] for voter in group)
        )

    def ejr(self) -> bool:
        return all(
            any(self._is_content(voter, projects) for voter in group)
            for group in self.groups()
            for projects in subsets(range(len(self.costs)))
            if len(group) * self.part >= self.cost(projects)
            and all(set(projects) <= self.ballots[voter] for voter in group)
        )

    def _is_content(self, voter: int, projects: tuple[int, ...]) -> bool:
        wanted, has = sum(self.worth[place] for place in projects), self.of(voter, self.winners)
        return has >= wanted or any(has + self.worth[place] > wanted for place in projects if place not in self.winners)

    def core(self) -> bool:
        return not any(
            all(self.of(voter, projects) > self.of(voter, self.winners) for voter in group)
            for group in self.groups()
            for projects in subsets(range(len(self.costs)))
            if len(group) * self.part >= self.cost(projects)
        )


@st.composite
def choices(draw: st.DrawFn) -> tuple[Election, set[int]]:
    """An election, and some projects that may have won within the budget."""
    election = draw(elections(kinds=("approval",), most_projects=5))
    assume(election.ballots.voters <= 6)
    winners: set[int] = set()
    for place in draw(st.permutations(range(len(election.projects)))):
        if sum(election.projects[one].cost for one in (*winners, place)) <= election.budget and draw(st.booleans()):
            winners.add(place)
    return election, winners


@given(choice=choices(), satisfaction=st.sampled_from(["cost", "cardinality"]))
@settings(max_examples=200, deadline=None)
def test_findings_on_representation_are_their_definitions(
    choice: tuple[Election, set[int]], satisfaction: Satisfaction
) -> None:
    election, winners = choice
    turns = tuple(Turn(place, "voted", None, np.zeros(0, dtype=np.int32)) for place in sorted(winners))
    outcome = changed(count(election, rule="greedy", satisfaction=satisfaction), turns=turns)
    plain, findings = Plain(election, satisfaction, winners), told(outcome)
    assert (findings["ejr_plus"], findings["ejr"], findings["core"]) == (plain.ejr_plus(), plain.ejr(), plain.core())


def test_a_search_that_would_not_end_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from samskap.engines.fair_budget.audits import representation

    monkeypatch.setattr(representation, "MOST_BLOCKING", 1)
    monkeypatch.setattr(representation, "MOST_SETS", 0)
    outcome = village_count(satisfaction="cardinality")
    assert {key: told(outcome)[key] for key in ("ejr", "core")} == {"ejr": None, "core": None}


def test_what_is_left_over_with_supporters_breaks_the_price_system() -> None:
    outcome = count(village())
    finding = found(ended_early(outcome), "priceable")
    assert (finding.holds, finding.why, finding.values["project"]) == (False, "left_over", "3")
    filled = count(election_of({"a": 6, "b": 5}, [(3, "a"), (2, "b")], budget=11), completion="utilitarian")
    assert (found(filled, "priceable").holds, found(filled, "priceable").why) == (None, "not_all_paid")


@pytest.mark.parametrize("satisfaction", ["cost", "cardinality"])
@pytest.mark.parametrize("completion", ["none", "add1u"])
@pytest.mark.parametrize(
    "file", ["Poland_Wieliczka_2023_Green_Budget.pb", "Hungary_Veszprem_2025.pb", "France_Toulouse_2019.pb"]
)
def test_real_counts_pass(file: str, completion: str, satisfaction: Satisfaction, shared_data: Path) -> None:
    from samskap.formats.pabulib import election_of as election_in
    from samskap.formats.pabulib import read_pabulib

    election = election_in(read_pabulib(shared_data / "budgets" / file, mode="lenient"))
    findings = told(count(election, satisfaction=satisfaction, completion=completion))
    assert all(findings[key] for key in ("ballots", "feasible", "payments", "order", "ejr_plus", "ejr"))


def test_shares_that_were_not_raised_as_far_as_the_budget_bears_are_found() -> None:
    # Everybody has 3, and a is paid. Raised by 2, b would be paid too, and both cost 22; c would fit all the time.
    election = election_of({"a": 9, "b": 13, "c": 6}, [(3, "a"), (3, "b"), (1, "c")], budget=21)
    raised, plain = count(election, completion="add1"), count(election)
    assert (raised.selection.increments, raised.selection.stopped) == (1, "infeasible")
    assert found(raised, "order").holds
    told_so = replace(plain, options=raised.options)
    finding = found(changed(told_so, turns=plain.selection.turns, stopped="infeasible"), "order")
    assert (finding.holds, finding.is_promised, finding.why) == (False, True, "could_be_raised")
    for stopped in ("plain", "exhaustive", "all_funded"):
        finding = found(changed(raised, turns=raised.selection.turns, stopped=stopped), "order")
        assert (finding.holds, finding.why) == (False, "stop_differs")


def test_a_majority_that_was_not_followed_or_not_counted_is_found() -> None:
    # Five voters have more of the greedy choice, and four of what Equal Shares chose.
    outcome = village_count(completion="comparison")
    assert outcome.winners == ("1", "2")
    assert outcome.selection.compared == (4, 5, 0)
    assert found(outcome, "order").holds
    own = village_count(completion="add1u")
    for wrong in (
        changed(outcome, turns=outcome.selection.turns, compared=(5, 4, 0)),
        changed(outcome, turns=outcome.selection.turns, compared=None),
        changed(replace(own, options=outcome.options), turns=own.selection.turns, compared=(4, 5, 0)),
        changed(replace(own, options=outcome.options), turns=own.selection.turns, compared=(5, 4, 0)),
    ):
        finding = found(wrong, "order")
        assert (finding.holds, finding.why) == (False, "majority_differs")
