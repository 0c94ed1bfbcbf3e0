"""What is told of odd votes: counts, never who, and nothing about fewer than five."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import numpy as np
import pytest

from samskap.engines.opinion_map import Votes, map_opinions
from samskap.engines.opinion_map.guards import Effect, Guards, ShareChange, find_guards, without
from samskap.formats import guards_json
from samskap.formats.errors import FormatError
from samskap.formats.guards_json import GuardsTold, KindTold, Move, StatementSide


def copied(copies: int) -> Votes:
    """Eighty people who answer at random, so many of them alike, and a statement that only the copies carry."""
    random = np.random.default_rng(8)
    grid = random.choice([1, 0, -1], size=(80, 60))
    grid[:copies] = grid[0]
    grid[:, 0] = -1
    grid[:copies, 0] = 1
    return Votes.from_rows((f"who{i:03}", f"s{j:02}", int(grid[i, j])) for i in range(80) for j in range(60))


def told_of(votes: Votes) -> GuardsTold:
    guards = find_guards(votes)
    others = {effect.kind: map_opinions(without(votes, guards, effect.kind)) for effect in guards.effects}
    return guards_json.told(guards, result=map_opinions(votes), without=others)


def test_nothing_in_the_document_tells_who() -> None:
    document = guards_json.to_document(told_of(copied(6)))
    assert document["kinds"][0]["flagged"] == 6
    assert "who" not in json.dumps(document)


def test_the_document_reads_back_as_it_was_told() -> None:
    told = told_of(copied(6))
    assert guards_json.from_document(json.loads(json.dumps(guards_json.to_document(told)))) == told
    assert [each.kind for each in told.found] == ["duplicates"]


def test_of_one_to_four_people_no_number_no_list_and_no_share_is_told() -> None:
    first = told_of(copied(4)).kinds[0]
    assert first == KindTold("duplicates", None, None, first.changed, (), (), ())


def test_a_share_moves_openly_only_where_five_votes_or_more_no_longer_count() -> None:
    changes = (
        ShareChange("a", "agree", 0.60, 0.50, votes=4),
        ShareChange("b", "disagree", 0.40, 0.45, votes=5),
        ShareChange("c", "agree", 0.401, 0.399, votes=9),
    )
    effects = (Effect("duplicates", 8, 2, changes), Effect("coordinated", 0, 0, ()), Effect("careless", 0, 0, ()))
    guards = Guards(80, 74, 0.01, 1, "every_pair", (), (), (), effects)
    empty = map_opinions(Votes.from_rows([]))
    told = guards_json.told(guards, result=empty, without={"duplicates": empty})
    assert told == GuardsTold(
        80,
        (
            KindTold("duplicates", 8, 2, 0, (), (), (Move("b", "disagree", 40, 45),)),
            KindTold("coordinated", 0, 0, 0, (), (), ()),
            KindTold("careless", 0, 0, 0, (), (), ()),
        ),
    )


def test_lists_before_and_after_are_compared() -> None:
    rows = [(f"p{i}", f"s{j}", 1 if j else -1) for i in range(40) for j in range(3)]
    whole = map_opinions(Votes.from_rows(rows))
    part = dataclasses.replace(whole, common_ground=whole.common_ground[:1])
    effects = (Effect("duplicates", 8, 2, ()), Effect("coordinated", 0, 0, ()), Effect("careless", 3, 0, ()))
    guards = Guards(40, 34, 0.01, 1, "every_pair", (), (), (), effects)
    told = guards_json.told(guards, result=whole, without={"duplicates": part, "careless": part})
    gone = tuple(StatementSide(found.statement, found.side) for found in whole.common_ground[1:])
    assert len(gone) >= 1
    assert (told.kinds[0].gained, told.kinds[0].lost, told.kinds[0].changed) == ((), gone, len(gone))
    assert (told.kinds[2].flagged, told.kinds[2].lost, told.kinds[2].changed) == (None, (), len(gone))


@pytest.mark.parametrize("document", [{}, {"version": 2, "people": 3, "kinds": []}, {"version": 1, "people": 3}])
def test_another_document_is_refused_with_a_sentence(document: dict[str, Any]) -> None:
    with pytest.raises(FormatError, match="The document of the guards is not of version 1"):
        guards_json.from_document(document)
