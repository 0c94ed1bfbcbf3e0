"""Merging, rejecting and withdrawing take effect with the next map, which is ordered at once."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse
from tests.apps.reports.conftest import Held, hold
from tests.apps.viewers import Town, words_of

from samskap.apps.statements import actions, compute
from samskap.apps.statements import queries as statements
from samskap.apps.statements.models import Vote
from samskap.engines.opinion_map import OpinionMap
from samskap.kernel.acting import SYSTEM_DEMO

pytestmark = pytest.mark.django_db


def is_ordered(held: Held) -> bool:
    held.conversation.refresh_from_db()
    return held.conversation.map_ordered_at is not None


def mapped(held: Held) -> OpinionMap:
    compute.map_conversation(held.conversation.pk)
    found = statements.stored_result(held.conversation, 1)
    assert found is not None
    return found


def test_a_merged_statement_goes_and_its_votes_stand_on_the_kept_one(held: Held, town: Town) -> None:
    kept, dropped = (held.conversation.statements.get(number=number) for number in (1, 2))
    mover = held.people[0]
    moved = Vote.objects.get(participant=mover, statement=dropped).choice
    Vote.objects.filter(participant=mover, statement=kept).delete()
    before = {s.key: s for s in mapped(held).statements}
    actions.merge_statement(dropped, into=kept, by=SYSTEM_DEMO)
    assert is_ordered(held)
    after = {s.key: s for s in mapped(held).statements}
    assert "2" in before
    assert "2" not in after
    assert after["1"].answered == before["1"].answered + 1 == 60
    assert after["1"].agree == before["1"].agree + (moved == 1)
    words = words_of(town.client("anonymous").get(reverse("reports:direction", args=[held.conversation.pk])))
    assert "of 13 statements" in words


def test_a_rejected_statement_goes_from_page_and_document(held: Held, town: Town) -> None:
    rejected = held.conversation.statements.get(number=6)
    actions.reject_statement(rejected, by=SYSTEM_DEMO, reason="Om en person.")
    assert is_ordered(held)
    assert town.client("anonymous").get(reverse("reports:statement", args=[held.conversation.pk, 6])).status_code == 404
    assert "6" not in {s.key for s in mapped(held).statements}
    document = town.client("anonymous").get(reverse("reports:direction_json", args=[held.conversation.pk])).json()
    assert 6 not in [s["words"]["number"] for s in document["told"]["statements"]]


def test_one_who_withdraws_is_gone_from_the_stored_document(town: Town) -> None:
    held = hold(town, state="open")
    leaver, stayer = held.people[:2]
    names = [statements.pseudonym(held.conversation, person.key.hex) for person in (leaver, stayer)]
    actions.withdraw_everything(leaver)
    assert is_ordered(held)
    result = mapped(held)
    assert [name in {person.key for person in result.people} for name in names] == [False, True]
    assert result.counts.people == 59
    kept = [json.dumps(stored.document) for stored in held.conversation.maps.all()]
    assert [names[0] in document for document in kept] == [False]
    words = words_of(town.client("anonymous").get(reverse("reports:direction", args=[held.conversation.pk])))
    assert "by 59 people" in words
