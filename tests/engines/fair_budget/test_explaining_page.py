"""The example by hand on the method page is what the engine explains, and its tables have every reason and check."""

from __future__ import annotations

import typing
from fractions import Fraction
from pathlib import Path

from tests.engines.fair_budget.village import CHOICES, PROJECTS, village_count

from samskap.engines.fair_budget.auditing import AUDITS
from samskap.engines.fair_budget.explaining import explain
from samskap.engines.fair_budget.losing import Why

TEXT = (Path(__file__).resolve().parents[3] / "docs/methods/fair-budget.md").read_text(encoding="utf-8")


def table(heading: str) -> list[list[str]]:
    """The rows of the table whose first line is `heading`, after the first such line in the text."""
    lines = TEXT.splitlines()
    rows = []
    for line in lines[lines.index(heading) + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip().strip("`").replace(",", "") for cell in line.strip("|").split("|")])
    return rows


def test_the_election_by_hand_is_that_of_the_village() -> None:
    voters = [[str(v + 1) for v, row in enumerate(CHOICES) if place in row] for place in range(len(PROJECTS))]
    assert table("| on the ballot | price | voters who chose it |") == [
        [f"{one.key} {one.name}", str(one.cost), " ".join(own)] for one, own in zip(PROJECTS, voters, strict=True)
    ]


def test_the_rounds_by_hand_are_those_of_the_engine() -> None:
    heading = "| round | project | effective votes | least paid | most paid | gave all | left with its supporters |"
    rounds = explain(village_count()).rounds
    assert table(heading) == [
        [
            str(place),
            one.project,
            str(one.effective_votes),
            *(str(amount) for amount in (one.paid.least, one.paid.most) if one.paid),
            str(one.paid_out),
            str(one.left),
        ]
        for place, one in enumerate(rounds, start=1)
        if one.paid
    ]


def test_what_lost_by_hand_is_what_the_engine_says() -> None:
    heading = (
        "| lost | votes | its supporters have | missing | more supporters | highest price | out of reach after round |"
    )
    (row,) = table(heading)
    (loser,) = explain(village_count()).losers
    assert loser.lack
    told = (
        loser.votes, loser.money, loser.missing, loser.lack.more_supporters, loser.lack.highest_cost, loser.out_of_reach
    )  # fmt: skip
    assert (row[0], tuple(map(Fraction, row[1:]))) == (loser.project, told)


def test_by_votes_alone_it_is_as_the_page_says() -> None:
    outcome = village_count(rule="greedy", satisfaction="cardinality")
    assert (outcome.winners, outcome.cost) == (("1", "2"), 87_000)


def test_every_reason_and_every_check_is_on_the_page() -> None:
    assert [row[0] for row in table("| reason | meaning |")] == list(typing.get_args(Why))
    assert [row[0] for row in table("| check | what holds |")] == list(AUDITS)
