"""Each of the five counts against planted rows: what counts, and what does not."""

from __future__ import annotations

import pytest
from tests.apps.gatherings.conftest import Day
from tests.factories import make_participant, make_statement, make_vote

from samskap.apps.gatherings import queries
from samskap.apps.processes.labels import COUNTS
from samskap.kernel import clock
from samskap.kernel.turnout import COUNT_KEYS, Turnout

pytestmark = pytest.mark.django_db


def test_the_words_people_see_are_about_the_same_five_counts() -> None:
    assert tuple(COUNTS) == COUNT_KEYS == tuple(Turnout.__dataclass_fields__)


def test_a_day_without_people_knows_what_it_does_not_know(day: Day) -> None:
    assert queries.turnout(day.gathering) == Turnout(None, None, 0, 0, None)


def test_eligible_is_what_the_host_has_stated(day: Day) -> None:
    day.gathering.eligible = 180
    assert queries.turnout(day.gathering).eligible == 180


def test_invited_are_those_who_were_sent_or_given_an_invitation(day: Day) -> None:
    day.gathering.invitations.create(email="sent@example.org", sent_at=clock.now())
    day.gathering.invitations.create(email="waits-for-the-job@example.org")
    day.gathering.invitations.create(sent_at=clock.now())
    assert queries.turnout(day.gathering).invited == 2


def test_registered_leaves_out_the_waiting_list_and_those_who_cancelled(day: Day) -> None:
    for state in ("registered", "registered", "waiting", "cancelled"):
        day.gathering.registrations.create(state=state)
    assert queries.turnout(day.gathering).registered == 2


def test_present_are_those_who_joined_or_were_checked_in_and_nobody_who_only_signed_up(day: Day) -> None:
    day.gathering.registrations.create(has_come=True)
    make_participant(day.gathering.process)
    day.come()
    day.come(channel="desk")
    assert queries.turnout(day.gathering).present == 2


def test_answered_are_those_with_a_vote_that_counts_on_any_channel(day: Day) -> None:
    first = day.conversation.statements.first()
    rejected = make_statement(day.conversation, state="rejected")
    for channel in ("phone", "paper"):
        make_vote(day.come(channel="phone"), first, channel=channel)
    make_vote(make_participant(day.gathering.process, channel="web"), first)
    make_vote(day.come(), rejected)
    make_vote(day.come(), first, round=2)
    assert queries.turnout(day.gathering, day.activity).answered == 3


def test_answered_is_about_the_conversation_in_view(day: Day) -> None:
    make_vote(day.come(), day.conversation.statements.first())
    assert queries.turnout(day.gathering).answered is None
    day.to(day.voting)
    assert queries.turnout(day.gathering).answered == 1
    day.to(day.talk)
    assert queries.turnout(day.gathering).answered is None
    type(day.activity).objects.update(state="closed")
    assert queries.turnout(day.gathering).answered == 1


def plant(day: Day, *, sector: str, invited: int, registered: int, present: int, answered: int) -> None:
    statement = day.conversation.statements.first()
    for _ in range(invited):
        day.gathering.invitations.create(sector=sector, sent_at=clock.now())
    for _ in range(registered):
        day.gathering.registrations.create(sector=sector)
    for number in range(present):
        participant = day.come(sector=sector)
        if number < answered:
            make_vote(participant, statement)


def test_the_balance_counts_each_sector_and_hides_small_numbers(day: Day) -> None:
    day.to(day.voting)
    plant(day, sector="public", invited=9, registered=8, present=7, answered=6)
    plant(day, sector="private", invited=8, registered=5, present=8, answered=5)
    plant(day, sector="voluntary", invited=7, registered=7, present=3, answered=0)
    assert queries.turnout_by_sector(day.gathering) == {
        "public": Turnout(None, 9, 8, None, 6),
        "private": Turnout(None, 8, 5, 8, 5),
        "voluntary": Turnout(None, 7, 7, None, 0),
        "": Turnout(None, 0, 0, 0, 0),
    }


@pytest.mark.parametrize("people", [1, 12])
def test_counting_costs_the_same_for_one_and_for_many(day: Day, people: int, django_assert_num_queries: object) -> None:
    day.to(day.voting)
    plant(day, sector="public", invited=people, registered=people, present=people, answered=people)
    with django_assert_num_queries(7):  # type: ignore[operator]
        queries.turnout(day.gathering)
    with django_assert_num_queries(5):  # type: ignore[operator]
        queries.turnout_by_sector(day.gathering)
