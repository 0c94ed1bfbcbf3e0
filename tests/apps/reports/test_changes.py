"""Two rounds side by side: what moved is told, what is hidden is not, and names follow their groups."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests import factories
from tests.apps.reports.conftest import Held, hold
from tests.apps.viewers import KINDS, PUBLIC, Town, words_of

from samskap.apps.processes.models import Participant
from samskap.apps.reports import compute as reports
from samskap.apps.reports import queries
from samskap.apps.statements import compute
from samskap.apps.statements.models import Vote
from samskap.kernel import clock

pytestmark = pytest.mark.django_db

RISEN, FALLEN = 5, 2


def second_round(held: Held, *, results: str = "always") -> None:
    """The same people answer again: all agree with what they rejected, and half of them leave statement 2."""
    window = factories.make_activity(
        process=held.conversation.process, state="closed", round=2, results=results, opens_at=clock.now()
    )
    factories.make_window(held.conversation, activity=window)
    again = []
    for vote in Vote.objects.filter(statement__conversation=held.conversation).select_related("statement"):
        choice = vote.choice
        if vote.statement.number == RISEN:
            choice = 1
        if vote.statement.number == FALLEN and vote.participant_id % 2:
            choice = -1
        again.append(
            Vote(participant_id=vote.participant_id, statement=vote.statement, choice=choice, channel="web", round=2)
        )
    Vote.objects.bulk_create(again)
    compute.map_conversation(held.conversation.pk)


def address(held: Held) -> str:
    return reverse("reports:changes", args=[held.conversation.pk])


def test_what_moved_is_told_and_nothing_else(held: Held, town: Town) -> None:
    second_round(held)
    told = reports.changes(queries.direction(held.conversation, round=1), queries.direction(held.conversation, round=2))
    assert {moved.statement.words.number: moved.way for moved in told.moved} == {RISEN: "up", FALLEN: "down"}
    assert told.headline == "On 2 of 14 statements agreement has surely changed."
    assert {one.words.number for one in told.gained} == {RISEN}
    assert {one.words.number for one in told.lost} == {RISEN, FALLEN}
    assert told.kept == 3
    assert told.careful.startswith("60 people answered in both rounds.")
    assert [(group.size_before, group.size_after) for group in told.groups] == [("30", "30"), ("30", "30")]
    words = words_of(town.client("anonymous").get(address(held)))
    assert told.headline in words
    for moved in told.moved:
        assert moved.sentence in words
        assert f"From {moved.before}% to {moved.after}% agree" in moved.sentence
        assert f'<rect width="{moved.after}" height="6"/>' in words


def test_everybody_sees_it_when_both_rounds_are_shown(held: Held, town: Town) -> None:
    second_round(held)
    assert town.statuses(address(held)) == PUBLIC
    direction = words_of(town.client("anonymous").get(reverse("reports:direction", args=[held.conversation.pk])))
    assert f'href="{address(held)}?round=2"' in direction


@pytest.mark.parametrize("hidden_round", [1, 2])
def test_a_hidden_round_is_compared_with_nothing(town: Town, hidden_round: int) -> None:
    held = hold(town, results="when_shown" if hidden_round == 1 else "always")
    second_round(held, results="when_shown" if hidden_round == 2 else "always")
    for kind in KINDS:
        answer = town.client(kind).get(address(held))
        assert answer.status_code == 404
        assert "%" not in words_of(answer)
        page = town.client(kind).get(reverse("reports:direction", args=[held.conversation.pk]))
        assert "What changed since" not in words_of(page)
    seen = {kind: town.client(kind).get(address(held), {"preview": "1"}).status_code for kind in KINDS}
    assert seen == {kind: 200 if kind in ("facilitator", "leader") else 404 for kind in KINDS}


def test_one_round_has_not_changed(held: Held, town: Town) -> None:
    assert town.client("anonymous").get(address(held)).status_code == 404


def test_nobody_is_told_apart_where_few_answered_twice(held: Held) -> None:
    second_round(held)
    few = Participant.objects.filter(process=held.conversation.process).values_list("pk", flat=True)[:3]
    Vote.objects.filter(round=2).exclude(participant__in=list(few)).delete()
    compute.map_conversation(held.conversation.pk)
    told = reports.changes(queries.direction(held.conversation, round=1), queries.direction(held.conversation, round=2))
    assert told.moved == ()
    assert told.careful.startswith("Fewer than five people answered in both rounds")
