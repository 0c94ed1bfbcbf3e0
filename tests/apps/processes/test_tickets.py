"""Tickets: one a browser, one a signed-in person, never weaker, and only in their own process."""

from __future__ import annotations

import uuid

import pytest
from tests import factories

from samskap.apps.processes import actions
from samskap.apps.processes.models import Participant
from samskap.apps.trail.models import Entry
from samskap.kernel.errors import NotAllowed

pytestmark = pytest.mark.django_db


def test_a_ticket_is_stored_once_however_often_it_is_shown() -> None:
    process, key = factories.make_process(), uuid.uuid4()
    first = actions.take_ticket(process, key=key, channel="phone")
    again = actions.take_ticket(process, key=key, channel="web")
    assert (again.pk, again.channel, Participant.objects.count()) == (first.pk, "phone", 1)
    assert Entry.objects.filter(verb="processes.ticket_taken").count() == 1


def test_a_ticket_that_serves_already_is_only_read(django_assert_num_queries: object) -> None:
    process, key = factories.make_process(), uuid.uuid4()
    actions.take_ticket(process, key=key)
    with django_assert_num_queries(1):  # type: ignore[operator]
        actions.take_ticket(process, key=key)


def test_a_ticket_grows_stronger_and_never_weaker() -> None:
    process, key = factories.make_process(), uuid.uuid4()
    grown = [actions.take_ticket(process, key=key, assurance=a).assurance for a in ("open", "invited", "code", "open")]
    assert grown == ["open", "invited", "invited", "invited"]


def test_a_ticket_of_another_process_is_refused() -> None:
    key = uuid.uuid4()
    actions.take_ticket(factories.make_process(), key=key)
    with pytest.raises(NotAllowed) as refused:
        actions.take_ticket(factories.make_process(), key=key)
    assert refused.value.code == "ticket_not_valid"
    assert Participant.objects.count() == 1


def test_a_person_keeps_one_ticket_in_two_browsers_and_takes_the_browsers_own_along() -> None:
    process, person = factories.make_process(), factories.make_person()
    phone, desk = uuid.uuid4(), uuid.uuid4()
    before = actions.take_ticket(process, key=phone)
    signed_in = actions.take_ticket(process, key=phone, assurance="verified", person=person)
    elsewhere = actions.take_ticket(process, key=desk, assurance="verified", person=person)
    assert before.pk == signed_in.pk == elsewhere.pk
    assert Participant.objects.get().assurance == "verified"


def test_a_browser_that_two_persons_share_gives_each_a_ticket_of_their_own() -> None:
    process, shared = factories.make_process(), uuid.uuid4()
    tickets = [
        actions.take_ticket(process, key=shared, assurance="verified", person=factories.make_person())
        for _person in range(2)
    ]
    assert tickets[0].pk != tickets[1].pk
    assert len({ticket.person_key for ticket in tickets}) == 2
