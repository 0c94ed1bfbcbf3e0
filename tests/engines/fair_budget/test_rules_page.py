"""The examples of the method page on rules, ties and constraints are what the engine gives."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from tests.engines.fair_budget.elections import election_of
from tests.engines.fair_budget.plain.maximin_support import load_of
from tests.engines.fair_budget.plain.utilities import utilities_of

from samskap.engines.fair_budget import (
    TIE_BREAKS,
    Constraints,
    Election,
    Outcome,
    Satisfaction,
    count,
    drawn,
    reserve,
    tie_break_of,
)
from samskap.engines.fair_budget.rules.bounded_overspending import MOST_BITS
from samskap.engines.fair_budget.rules.maximin_support import MOST_CHOICES

TEXT = (Path(__file__).resolve().parents[3] / "docs" / "methods" / "fair-budget.md").read_text(encoding="utf-8")
SEED = "2026-06-01 12:00"


def table(heading: str) -> list[list[str]]:
    """The rows of the table whose first line is `heading`."""
    lines = TEXT.splitlines()
    start = lines.index(heading) + 2
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip().strip("`") for cell in line.strip("|").split("|")])
    return rows


def example() -> Election:
    rows = table("| project | price | chosen by voters |")
    chosen_by = {key: cell.split() for key, _, cell in rows}
    votes = [(1, "".join(key for key in chosen_by if str(voter) in chosen_by[key])) for voter in range(1, 11)]
    return election_of({key: int(price) for key, price, _ in rows}, votes, budget=100)


def counted(rule: str, satisfaction: Satisfaction = "cardinality") -> Outcome:
    return count(example(), rule=rule, satisfaction=satisfaction)


def test_each_rule_chooses_what_the_page_says() -> None:
    for rule, satisfaction, winners, cost in table("| rule | satisfaction | winners, in order | cost |"):
        outcome = counted(rule, satisfaction)  # type: ignore[arg-type]
        assert (" ".join(outcome.winners), outcome.cost) == (winners, int(cost)), rule


def test_purchases_of_phragmen_are_at_the_times_on_the_page() -> None:
    told = [(key, Fraction(time)) for key, time, _ in table("| bought | at time | because |")]
    outcome = counted("phragmen")
    prices = [turn.price for turn in outcome.selection.turns]
    assert list(zip(outcome.winners, prices, strict=True)) == told
    # Voters 1 to 5 last paid at the time of b, voter 6 never.
    assert (70 + 5 * told[-1][1]) / 6 == Fraction(185, 9)
    assert "at 185 / 9" in TEXT


def test_offers_of_bounded_overspending_are_those_on_the_page() -> None:
    outcome = counted("bounded_overspending")
    money = dict.fromkeys(range(10), Fraction(10))
    voters = utilities_of(example(), "cardinality")
    for turn, (key, share, price, measure, paid) in zip(
        outcome.selection.turns,
        table("| chosen | share α | ρ | ρ/α | supporters pay |"),
        strict=True,
    ):
        assert (example().projects[turn.project].key, turn.price) == (key, Fraction(price))
        payments = {voter: min(money[voter], Fraction(price)) for voter in money if turn.project in voters[voter]}
        assert sum(payments.values()) == Fraction(paid)
        assert Fraction(measure) == Fraction(price) / Fraction(share)
        level = Fraction(price) * Fraction(share)
        cost = example().projects[turn.project].cost
        assert sum(min(money[voter], level) for voter in payments) == Fraction(share) * cost
        money.update({voter: money[voter] - amount for voter, amount in payments.items()})


def test_the_same_help_for_all_is_that_on_the_page() -> None:
    turn = counted("bounded_overspending_plus").selection.turns[-1]
    assert turn.price == Fraction(32, 3)
    assert min(Fraction(20, 3) + Fraction(2, 3), turn.price) + 4 * min(10 + Fraction(2, 3), turn.price) == 50
    assert "So b is bought at 32/3 instead of 75/7." in TEXT
    assert f"{MOST_BITS:,} bits" in TEXT


def test_loads_are_those_on_the_page() -> None:
    voters = utilities_of(example(), "cardinality")
    rows = table("| added | load | the part of the choice that needs it |")
    outcome = counted("maximin_support")
    assert list(outcome.winners) == [key for key, _, _ in rows]
    places = list(outcome.selection.winners)
    assert [load_of(example(), places[: turn + 1], voters) for turn in range(3)] == [
        Fraction(load) for _, load, _ in rows
    ]
    assert f"{MOST_CHOICES:,} choices" in TEXT


def test_orders_and_the_draw_are_those_on_the_page() -> None:
    assert [name for name, _ in table("| order | what comes first |")] == list(TIE_BREAKS)
    ranks = tie_break_of(example(), "lottery", seed=SEED).ranks
    rows = table("| project | SHA-256 of seed:key begins with | place |")
    assert [(key, drawn(key, seed=SEED)[:8], str(ranks[place] + 1)) for place, key in enumerate("abcd")] == [
        tuple(row) for row in rows
    ]
    assert f"`{SEED}`" in TEXT


def test_rivals_and_needs_give_what_the_page_says() -> None:
    bound = replace(example(), constraints=Constraints(exclusive=(("b", "c"),), requires=(("d", "c"),)))
    for rule, satisfaction, winners in table("| rule | satisfaction | winners, in order |"):
        outcome = count(bound, rule=rule, satisfaction=satisfaction)  # type: ignore[arg-type]
        assert " ".join(outcome.winners) == winners, rule


def test_the_reserve_list_is_that_on_the_page() -> None:
    outcome = counted("greedy")
    for key, winners in table("| fallen out | winners |"):
        assert " ".join(reserve(outcome, [key])) == winners


def test_the_example_has_ten_voters() -> None:
    rows = table("| project | price | chosen by voters |")
    assert len(Counter(voter for _, _, cell in rows for voter in cell.split())) == 10
