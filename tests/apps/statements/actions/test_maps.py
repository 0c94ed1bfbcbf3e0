"""Storing and dropping opinion maps."""

from __future__ import annotations

from typing import Any

from samskap.apps.statements import actions, queries
from samskap.apps.statements.models import OpinionMap
from samskap.kernel.acting import SYSTEM_MAPPER

FACTS = {"engine_version": "e 1", "seed": 7, "people": 3, "votes": 9, "by": SYSTEM_MAPPER, "document": {"a": 1}}


def test_the_same_engine_seed_and_input_are_stored_once(room: Any) -> None:
    first = actions.store_map(room.conversation, round=1, input_hash="x", **FACTS)
    assert actions.store_map(room.conversation, round=1, input_hash="x", **FACTS) == first
    other = actions.store_map(room.conversation, round=1, input_hash="x", **(FACTS | {"engine_version": "e 2"}))
    assert list(OpinionMap.objects.all()) == [other]


def test_a_new_map_takes_the_place_of_the_one_of_its_round(room: Any) -> None:
    actions.store_map(room.conversation, round=1, input_hash="x", **FACTS)
    second = actions.store_map(room.conversation, round=2, input_hash="x", **FACTS)
    newer = actions.store_map(room.conversation, round=1, input_hash="y", **FACTS)
    assert queries.latest_map(room.conversation, 1) == newer
    assert queries.latest_map(room.conversation, 2) == second
    assert OpinionMap.objects.count() == 2


def test_maps_of_rounds_without_votes_are_dropped(room: Any) -> None:
    for number in (1, 2):
        actions.store_map(room.conversation, round=number, input_hash="x", **FACTS)
    actions.drop_maps(room.conversation, besides=[2], by=SYSTEM_MAPPER)
    assert list(OpinionMap.objects.values_list("round", flat=True)) == [2]
