"""Orders that settle ties."""

from __future__ import annotations

import hashlib

import pytest
from tests.engines.fair_budget.elections import ballots_of, election_of

from samskap.engines.fair_budget import TIE_BREAKS, Election, ElectionError, Project, count, drawn, tie_break_of

PARK = election_of({"b": 5, "a": 5, "d": 3, "c": 9}, [(2, "b"), (2, "a"), (2, "d"), (3, "c")], budget=9)


def order(name: str, *, seed: str | None = None) -> str:
    ranks = tie_break_of(PARK, name, seed=seed).ranks
    return "".join(PARK.projects[place].key for place in ranks.argsort())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("lexicographic", "abcd"),
        ("lowest_cost", "dabc"),
        ("highest_cost", "cabd"),
        ("most_votes", "cabd"),
        ("as_listed", "badc"),
    ],
)
def test_the_named_order_falls_back_on_the_keys(name: str, expected: str) -> None:
    assert order(name) == expected


def test_keys_are_compared_as_text() -> None:
    ballots = ballots_of([[0]])
    election = Election(tuple(Project(key=key, cost=1) for key in ("Å", "a", "9", "B", "10")), 2, ballots)
    ranks = tie_break_of(election, "lexicographic").ranks
    assert [election.projects[place].key for place in ranks.argsort()] == ["10", "9", "B", "a", "Å"]


def test_the_lottery_is_drawn_by_sha_256_of_seed_and_key() -> None:
    seed = "Ringebu 2026-06-01"
    digests = {key: hashlib.sha256(f"{seed}:{key}".encode()).hexdigest() for key in "abcd"}
    assert [drawn(key, seed=seed) for key in "abcd"] == list(digests.values())
    assert order("lottery", seed=seed) == "".join(sorted(digests, key=digests.__getitem__))
    assert order("lottery", seed=seed) == order("lottery", seed=seed)


def test_other_seeds_draw_other_orders() -> None:
    assert len({order("lottery", seed=str(number)) for number in range(200)}) == 24


@pytest.mark.parametrize("name", TIE_BREAKS)
def test_a_tie_is_settled_by_the_order_and_told(name: str) -> None:
    seed = "1" if name == "lottery" else None
    outcome = count(PARK, rule="greedy", satisfaction="cardinality", tie_break=name, seed=seed)
    level = [place for place, one in enumerate(PARK.projects) if one.key in "abd"]
    assert outcome.winners == ("c",)
    without = election_of({"b": 5, "a": 5, "d": 3}, [(2, "b"), (2, "a"), (2, "d")], budget=9)
    first = count(without, rule="greedy", satisfaction="cardinality", tie_break=name, seed=seed).selection.turns[0]
    assert {first.project, *first.tied} == set(level)


@pytest.mark.parametrize(
    ("name", "seed", "sentence"),
    [
        (
            "dice",
            None,
            "There is no order called dice. "
            "Known: lexicographic, lowest_cost, highest_cost, most_votes, as_listed, lottery.",
        ),
        ("lottery", None, "A lottery needs a public seed. Give the seed, a text that all can see."),
        ("lottery", "", "A lottery needs a public seed. Give the seed, a text that all can see."),
        ("as_listed", "1", "The order as_listed is no lottery and takes no seed. Leave the seed out."),
    ],
)
def test_what_is_not_an_order_is_refused(name: str, seed: str | None, sentence: str) -> None:
    with pytest.raises(ElectionError) as refusal:
        tie_break_of(PARK, name, seed=seed)
    assert str(refusal.value) == sentence
