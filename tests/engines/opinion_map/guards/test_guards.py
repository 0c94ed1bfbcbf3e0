"""Planted copies, blocks and careless people are found; honest people are left in peace."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from tests.engines.opinion_map.worlds import Row, any_rows, planted

from samskap.engines.opinion_map import Votes, map_opinions
from samskap.engines.opinion_map.guards import KINDS, Guards, ShareChange, find_guards, ground_changes, without
from samskap.formats.polis_csv import read_conversation

from .attacks import Planted, conversation, flagged, votes_of


def found(planted: Planted) -> dict[str, tuple[int, int]]:
    """By kind: how many of those planted were flagged as such, and how many honest people."""
    told = flagged(find_guards(planted.votes))
    odd = set().union(*planted.keys.values())
    return {kind: (len(keys & planted.keys[kind]), len(keys - odd)) for kind, keys in told.items()}


def test_of_five_per_cent_copies_blocks_and_careless_most_are_found_and_nobody_else() -> None:
    world = conversation(duplicates=0.05, coordinated=0.05, careless=0.05)
    assert [len(world.keys[kind]) for kind in KINDS] == [20, 20, 20]
    caught = found(world)
    assert {kind: honest for kind, (_, honest) in caught.items()} == {
        "duplicates": 0,
        "coordinated": 0,
        "careless": 0,
    }
    assert caught["duplicates"][0] >= 14
    assert caught["coordinated"][0] >= 19
    assert caught["careless"][0] >= 12


def test_in_honest_worlds_at_most_one_in_five_hundred_is_flagged() -> None:
    false = [len(set().union(*flagged(find_guards(conversation(seed=seed).votes)).values())) for seed in range(8)]
    assert sum(false) <= 8 * 400 / 500


def test_people_of_one_mind_are_no_copies() -> None:
    grid = np.array([[1, 1, -1, 1, 1, 0, 1, 1, 1, -1]] * 40)
    guards = find_guards(votes_of(grid))
    assert (guards.duplicates, guards.coordinated, guards.careless) == ((), (), ())
    assert guards.effective_people == 40


def test_two_who_agree_on_ten_popular_statements_are_not_flagged() -> None:
    random = np.random.default_rng(3)
    grid = np.where(random.random((200, 30)) < 0.85, 1, -1)
    grid[:2, 10:] = 9
    grid[:2, :10] = 1
    assert flagged(find_guards(votes_of(grid)))["duplicates"] == set()


def test_two_camps_that_each_answer_alike_are_not_flagged() -> None:
    random = np.random.default_rng(4)
    side = np.repeat([1, -1], 60)[:, None] * random.choice([-1, 1], 30)
    noisy = np.where(random.random(side.shape) < 0.04, 0, side)
    assert flagged(find_guards(votes_of(noisy))) == {kind: set() for kind in KINDS}


def test_one_who_passes_on_everything_is_careless_and_two_of_them_are_no_copies() -> None:
    random = np.random.default_rng(5)
    grid = random.choice([1, 1, 1, 0, -1, -1], size=(120, 40))
    grid[:2] = 0
    guards = find_guards(votes_of(grid))
    assert [(each.key, each.sign, each.answers) for each in guards.careless] == [
        ("p00000", "same_answer", 40),
        ("p00001", "same_answer", 40),
    ]
    assert guards.duplicates == ()


def test_a_set_is_told_whole_and_counts_as_one() -> None:
    random = np.random.default_rng(6)
    grid = random.choice([1, 0, -1], size=(100, 60))
    grid[3] = grid[7] = grid[5]
    guards = find_guards(votes_of(grid))
    assert [each.people for each in guards.duplicates] == [("p00003", "p00005", "p00007")]
    assert guards.duplicates[0].answers == 60
    assert (guards.people, guards.effective_people) == (100, 98)
    effect = guards.effects[0]
    assert (effect.kind, effect.flagged, effect.sets, len(effect.changes)) == ("duplicates", 3, 1, 60)


def test_counting_a_set_as_one_keeps_the_answer_most_of_it_gave() -> None:
    rows = [("a", "s", 1), ("b", "s", 1), ("c", "s", -1), ("a", "t", 1), ("b", "t", -1), ("d", "s", 0), ("c", "u", -1)]
    votes = Votes.from_rows(rows)
    guards = _with_set(find_guards(votes), people=("a", "b", "c"))
    left = without(votes, guards, "duplicates")
    told = [
        (left.people[row], left.statements[column], int(value))
        for row, column, value in zip(left.rows, left.columns, left.values, strict=True)
    ]
    assert told == [("a", "s", 1), ("a", "t", 0), ("a", "u", -1), ("d", "s", 0)]
    assert left.people == ("a", "d")


def _with_set(guards: Guards, *, people: tuple[str, ...]) -> Guards:
    from samskap.engines.opinion_map.guards import FlaggedSet

    return dataclasses.replace(guards, duplicates=(FlaggedSet("duplicates", people, 2, 20.0),))


def test_nothing_is_removed_from_the_votes() -> None:
    world = conversation(duplicates=0.05, careless=0.05)
    before = (world.votes.people, world.votes.rows.copy(), world.votes.values.copy())
    find_guards(world.votes)
    assert world.votes.people == before[0]
    assert np.array_equal(world.votes.rows, before[1])
    assert np.array_equal(world.votes.values, before[2])


def test_the_effect_is_what_a_recount_gives() -> None:
    world = conversation(coordinated=0.05)
    guards = find_guards(world.votes)
    after = without(world.votes, guards, "coordinated")
    changes = {change.statement: change for change in guards.effects[1].changes}
    largest = guards.effects[1].changes[0]
    column = world.votes.statements.index(largest.statement)
    value = {"agree": 1, "disagree": -1}[largest.side]
    counted = [votes.values[votes.columns == column] for votes in (world.votes, after)]
    shares = [float(np.mean(answers == value)) for answers in counted]
    assert largest == ShareChange(largest.statement, largest.side, *shares, votes=len(counted[0]) - len(counted[1]))
    assert max(abs(change.change) for change in changes.values()) == abs(largest.change) > 0.03


def test_what_a_block_pushed_out_of_the_common_ground_comes_back_without_it() -> None:
    rows, _ = planted(1, people=60, statements=12, density=1.0)
    votes = Votes.from_rows([*rows, *((f"p{number}", "zz", 1) for number in range(60))])
    whole, part = map_opinions(votes), map_opinions(votes.only(frozenset(votes.statements) - {"zz"}))
    assert ground_changes(part, whole) == (("zz",), ())
    assert ground_changes(whole, part) == ((), ("zz",))


def test_background_and_left_out_statements_are_not_looked_at() -> None:
    random = np.random.default_rng(7)
    grid = random.choice([1, 0, -1], size=(80, 60))
    grid[1] = grid[0]
    votes = votes_of(grid)
    hidden = frozenset(votes.statements[:55])
    assert len(find_guards(votes).duplicates) == 1
    assert find_guards(votes, background=hidden).duplicates == ()
    assert find_guards(votes, left_out=hidden) == find_guards(votes, background=hidden)


@given(any_rows())
@settings(max_examples=80, deadline=None)
def test_any_small_conversation_is_fit_for_the_guards(rows: list[Row]) -> None:
    votes = Votes.from_rows(rows)
    guards = find_guards(votes)
    assert guards == find_guards(Votes.from_rows(reversed(rows)))
    grouped = [key for each in (*guards.duplicates, *guards.coordinated) for key in each.people]
    single = [each.key for each in guards.careless]
    assert len(set(grouped + single)) == len(grouped + single) <= guards.people
    assert all(np.isfinite([each.evidence for each in (*guards.duplicates, *guards.coordinated, *guards.careless)]))
    for kind in KINDS:
        assert without(votes, guards, kind).count <= votes.count


@pytest.mark.parametrize("seed", [1, 2])
def test_the_sign_of_all_votes_changes_nobody_flagged(seed: int) -> None:
    votes = conversation(duplicates=0.05, coordinated=0.05, careless=0.05, seed=seed).votes
    turned = dataclasses.replace(votes, values=(-votes.values).astype(np.int8))
    assert flagged(find_guards(votes)) == flagged(find_guards(turned))


@pytest.mark.parametrize("name", ["brexit-consensus", "san-juan-land-bank", "austria-energie"])
def test_of_the_people_in_real_conversations_few_are_flagged(name: str, shared_data: Path) -> None:
    told = read_conversation(shared_data / "opinions" / name)
    guards = find_guards(Votes.from_rows([(vote.person, vote.statement, vote.value) for vote in told.votes]))
    count = {kind: len(keys) for kind, keys in flagged(guards).items()}
    assert sum(count.values()) <= 0.03 * guards.people, count
