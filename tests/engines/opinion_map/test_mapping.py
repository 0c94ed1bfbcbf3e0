"""The whole map: what is planted is found, order means nothing, and nothing breaks it."""

from __future__ import annotations

import dataclasses
import math
import random as dice

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.engines.opinion_map.worlds import any_rows, one_spread, planted

from samskap.engines.opinion_map import OpinionMap, Structure, Votes, canonical, map_opinions
from samskap.engines.opinion_map.crowd import split
from samskap.formats.opinion_json import to_document


def mapped(rows, **options) -> OpinionMap:
    return map_opinions(Votes.from_rows(rows), **options)


def numbers(value) -> list[float]:
    if isinstance(value, dict):
        return [number for item in value.values() for number in numbers(item)]
    if isinstance(value, list):
        return [number for item in value for number in numbers(item)]
    return [value] if isinstance(value, float) else []


@pytest.mark.parametrize("groups", [2, 3, 4])
def test_planted_groups_are_found(groups: int) -> None:
    rows, member = planted(groups, people=240, statements=40)
    result = mapped(rows)
    found = result.structure
    assert (found.groups, found.reason, found.border) == (groups, "groups_found", "clear")
    assert [group.key for group in result.groups] == list("ABCD"[:groups])
    assert sorted((group.size for group in result.groups), reverse=True) == [group.size for group in result.groups]
    pairs = {(person.group, member[person.key]) for person in result.people if person.group}
    assert len(pairs) == groups
    assert all(group.representative for group in result.groups)


def test_votes_without_a_pattern_have_no_groups() -> None:
    found = []
    for seed in range(12):
        draw = dice.Random(seed)
        rows = [(f"p{i}", f"s{j}", draw.choice([-1, 0, 1, 1])) for i in range(80) for j in range(15)]
        found.append(mapped(rows, seed=seed).structure.groups)
    assert sum(groups > 1 for groups in found) == 0


def test_groups_found_in_one_spread_are_said_to_be_its_two_sides() -> None:
    found = [mapped(one_spread(people=300, statements=40, density=0.5, seed=seed)).structure for seed in range(8)]
    kinds = [(item.reason, item.border, item.groups) for item in found]
    apart = [kind for kind in kinds if kind[1] == "clear"]
    # The test allows one world in twenty to look as if groups stood apart.
    assert len(apart) <= 1
    assert {*kinds} - {*apart} <= {("sides_found", "gradual", 2), ("groups_not_stable", "none", 1)}


@given(any_rows(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_order_of_rows_people_and_statements_means_nothing(rows, shuffle) -> None:
    people, statements = sorted({row[0] for row in rows}), sorted({row[1] for row in rows})
    plain = map_opinions(Votes.from_rows(rows, people=people, statements=statements))
    mixed = list(rows)
    for order in (mixed, people, statements):
        shuffle.shuffle(order)
    assert map_opinions(Votes.from_rows(mixed, people=people, statements=statements)) == plain


def test_order_means_nothing_where_there_are_groups_and_sectors() -> None:
    rows, _ = planted(3)
    sector = {f"p{i}": ("public", "private", "voluntary")[i % 3] for i in range(150)}
    plain = mapped(rows, strata={"sector": sector}, background=frozenset({"s1"}), left_out=frozenset({"s2"}))
    mixed = dice.Random(1).sample(rows, len(rows))
    turned = dict(reversed(sector.items()))
    again = mapped(mixed, strata={"sector": turned}, background=frozenset({"s1"}), left_out=frozenset({"s2"}))
    assert again == plain
    assert plain.structure.groups == 3


SIDES = {"agree": "disagree", "disagree": "agree"}


def rounded(structure: Structure) -> Structure:
    """Without the sixteenth digit, which the order of equal statements decides."""
    shares = ("first_axis_share", "second_axis_share", "null_first_axis_share")
    return dataclasses.replace(structure, **{name: round(getattr(structure, name), 12) for name in shares})


def assert_mirrored(plain: OpinionMap, flipped: OpinionMap) -> None:
    assert rounded(flipped.structure) == rounded(plain.structure)
    assert [(p.key, p.group) for p in flipped.people] == [(p.key, p.group) for p in plain.people]
    here, there = (np.array([(p.x, p.y) for p in one.people]).reshape(-1, 2) for one in (plain, flipped))
    np.testing.assert_allclose(-there, here, atol=1e-7)
    assert [(item.statement, SIDES[item.side], item.bound) for item in flipped.common_ground] == [
        (item.statement, item.side, item.bound) for item in plain.common_ground
    ]
    for one, other in zip(plain.groups, flipped.groups, strict=True):
        swapped = tuple(dataclasses.replace(item, side=SIDES[item.side]) for item in other.representative)
        assert (one.key, one.size, one.representative) == (other.key, other.size, swapped)
    for one, other in zip(plain.statements, flipped.statements, strict=True):
        assert (one.agree, one.disagree, one.passed) == (other.disagree, other.agree, other.passed)


def leans(rows) -> bool:
    """Whether agree and disagree can be told apart by who answered what."""
    crowd = Votes.from_rows(rows).crowd()
    people, _ = canonical.marks(crowd.blocks, statements=len(crowd.statements), sign=0)
    told = crowd.blocks.each(canonical.lean_of, parts=split(people, crowd.blocks.sizes))
    return sum(told) != 0


@given(any_rows())
@settings(max_examples=40, deadline=None)
def test_flipping_every_vote_swaps_the_sides_and_nothing_else(rows) -> None:
    # Votes that are their own mirror image, statements or people swapped, have no side that could be called the other.
    assume(leans(rows))
    assert_mirrored(mapped(rows), mapped([(person, statement, -value) for person, statement, value in rows]))


@pytest.mark.parametrize("groups", [2, 3])
def test_flipping_every_vote_keeps_the_groups(groups: int) -> None:
    rows, _ = planted(groups)
    plain = mapped(rows)
    assert plain.structure.groups == groups
    assert_mirrored(plain, mapped([(person, statement, -value) for person, statement, value in rows]))


@given(any_rows(), st.data())
@settings(max_examples=60, deadline=None)
def test_nothing_that_can_be_voted_gives_a_number_that_is_none(rows, data) -> None:
    statements = sorted({row[1] for row in rows})
    options = {
        name: frozenset(data.draw(st.lists(st.sampled_from(statements), max_size=3))) if statements else frozenset()
        for name in ("background", "left_out")
    }
    sector = dict.fromkeys(sorted({row[0] for row in rows})[::2], "public")
    result = mapped(rows, strata={"sector": sector}, **options)
    assert all(math.isfinite(number) for number in numbers(to_document(result)))
    told = {(count.kind, count.name, count.answered) for item in result.statements for count in item.by_stratum}
    assert all(answered >= 5 for _, _, answered in told)
    assert not options["left_out"] & {item.key for item in result.statements}


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([], "too_few_statements"),
        ([("a", "1", 1)], "too_few_statements"),
        ([(f"p{i}", "1", 1) for i in range(40)], "too_few_statements"),
        ([("a", f"s{j}", 1) for j in range(9)], "too_few_people"),
        ([(f"p{i}", f"s{j}", 0) for i in range(40) for j in range(9)], "no_common_pattern"),
        ([(f"{10**400 + i}", f"s{j}", 1) for i in range(40) for j in range(9)], "no_common_pattern"),
    ],
)
def test_too_little_is_said_to_be_too_little(rows, reason: str) -> None:
    result = mapped(rows)
    assert (result.structure.groups, result.structure.reason, result.groups) == (1, reason, ())


def test_people_with_few_votes_are_placed_but_not_grouped() -> None:
    rows, _ = planted(2)
    rows += [("newcomer", "s0", 1), ("newcomer", "s1", -1)]
    result = map_opinions(Votes.from_rows(rows, people=[*{row[0] for row in rows}, "silent"]))
    newcomer = next(person for person in result.people if person.key == "newcomer")
    assert (newcomer.group, newcomer.votes) == (None, 2)
    assert all(person.key != "silent" for person in result.people)
    assert (result.counts.people, result.counts.people_in_map, result.counts.silent) == (181, 180, 1)


def common_ground_world() -> tuple[list[tuple[str, str, int]], dict[str, str]]:
    rows, _ = planted(2, people=120, statements=20, density=1.0)
    sector = {f"p{i}": ("public", "private", "voluntary")[i % 3] for i in range(117)}
    sector |= {f"p{i}": "church" for i in range(117, 120)}
    for i in range(120):
        rows += [(f"p{i}", "shared", -1 if i % 20 == 7 else 1), (f"p{i}", "refused", -1)]
        rows.append((f"p{i}", "sector", -1 if i % 3 == 2 else 1))
    return rows, sector


def test_common_ground_holds_in_every_group_and_sector() -> None:
    rows, sector = common_ground_world()
    result = mapped(rows, strata={"sector": sector})
    assert result.structure.groups == 2
    found = {ground.statement: ground for ground in result.common_ground}
    assert (found["shared"].side, found["refused"].side) == ("agree", "disagree")
    statements = {item.key: item for item in result.statements}
    for key, ground in found.items():
        item = statements[key]
        name = "lower_agree" if ground.side == "agree" else "lower_disagree"
        bounds = [getattr(item, name), *(getattr(count, name) for count in item.by_stratum)]
        # Chosen among many, so its own bound is told at a stricter level than those of the table.
        assert 0.5 < ground.bound < min(bounds)
    assert [ground.bound for ground in result.common_ground] == sorted(
        (ground.bound for ground in result.common_ground), reverse=True
    )
    assert "sector" not in found


def test_what_divides_the_sectors_is_told_with_its_two_ends() -> None:
    rows, sector = common_ground_world()
    result = mapped(rows, strata={"sector": sector})
    split = next(item for item in result.divisive if item.statement == "sector")
    assert (split.kind, split.low) == ("sector", "voluntary")
    assert split.high in ("public", "private")
    assert split.spread == 1.0
    assert split.lower > 0.8


def test_a_sector_with_too_few_people_is_said_openly_and_never_counted() -> None:
    rows, sector = common_ground_world()
    result = mapped(rows, strata={"sector": sector})
    assert [(item.name, item.answered, item.needed) for item in result.too_few] == [("church", None, 5)]
    names = {(count.kind, count.name) for item in result.statements for count in item.by_stratum}
    assert ("sector", "church") not in names
    assert all(("sector", "church") in {(n.kind, n.name) for n in item.unheard} for item in result.common_ground)


def test_what_nearly_all_reject_is_common_ground_and_not_divisive() -> None:
    rows, sector = common_ground_world()
    result = mapped(rows, strata={"sector": sector})
    assert "refused" not in {item.statement for item in result.divisive}
    verdicts = {item.key: item.verdict for item in result.statements}
    assert (verdicts["refused"], verdicts["shared"], verdicts["sector"]) == ("rejected", "agreed", "divisive")


def test_background_is_counted_but_moves_nobody() -> None:
    rows, _ = planted(2)
    plain = mapped(rows)
    asked = rows + [(f"p{i}", "lives here", 1) for i in range(180)]
    result = mapped(asked, background=frozenset({"lives here"}))
    assert result.people == plain.people
    told = next(item for item in result.statements if item.key == "lives here")
    assert (told.role, told.verdict, told.agree, told.x) == ("background", "background", 180, 0.0)
    assert "lives here" not in {item.statement for item in result.common_ground}


def test_left_out_statements_change_nothing_but_the_hash() -> None:
    rows, _ = planted(2)
    spoiled = rows + [(f"p{i}", "rude", 1 if i % 2 else -1) for i in range(180)]
    plain, result = mapped(rows), mapped(spoiled, left_out=frozenset({"rude"}))
    assert result.counts.left_out == 1
    same = dataclasses.replace(result, input_hash=plain.input_hash, counts=plain.counts)
    assert same == plain
