from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError
from tests.apps.gatherings.conftest import Day
from tests.factories import make_gathering, make_organisation, make_participant

from samskap.apps.gatherings import actions, queries, tasks
from samskap.apps.gatherings.models import Attendance, Gathering, Registration
from samskap.apps.processes import actions as processes
from samskap.apps.trail.models import Entry
from samskap.kernel import clock
from samskap.kernel.errors import Closed, NotAllowed, RuleError

pytestmark = pytest.mark.django_db

SITE = "https://samskap.example.org"


@pytest.fixture
def orders(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, object]]]:
    """The jobs that were ordered, in place of the queue."""
    made: list[tuple[str, dict[str, object]]] = []
    for module in ("people", "letters"):
        path = f"samskap.apps.gatherings.actions.{module}.enqueue"
        monkeypatch.setattr(path, lambda job, **arguments: made.append((job, arguments)))
    return made


Orders = list[tuple[str, dict[str, object]]]


def planned(day: Day, **fields: object) -> Gathering:
    Gathering.objects.update(state="planned", **fields)
    day.gathering.refresh_from_db()
    return day.gathering


# Joining


def test_joining_twice_is_being_present_once(day: Day) -> None:
    participant = make_participant(day.gathering.process)
    assert actions.join(day.gathering, participant) == actions.join(day.gathering, participant)
    assert queries.present_count(day.gathering) == 1
    assert Entry.objects.filter(verb="gatherings.joined").count() == 1


def test_the_database_itself_lets_nobody_be_present_twice(day: Day) -> None:
    participant = day.come()
    with pytest.raises(IntegrityError):
        Attendance.objects.create(gathering=day.gathering, participant=participant)


@pytest.mark.parametrize(("state", "words"), [("planned", "not opened yet"), ("ended", "has ended")])
def test_nobody_joins_a_gathering_that_is_not_open(day: Day, state: str, words: str) -> None:
    Gathering.objects.update(state=state)
    day.gathering.refresh_from_db()
    with pytest.raises(Closed, match=words):
        actions.join(day.gathering, make_participant(day.gathering.process))


def test_a_ticket_of_another_process_does_not_join(day: Day) -> None:
    with pytest.raises(NotAllowed):
        actions.join(day.gathering, make_participant())


# Invitations


def test_each_address_is_invited_once_whatever_its_case(day: Day, orders: Orders) -> None:
    first = actions.invite(
        day.gathering, by=day.host, emails=["Facilitator@Example.org", "facilitator@example.org "], site=SITE
    )
    again = actions.invite(day.gathering, by=day.host, emails=["FACILITATOR@example.org"], site=SITE)
    assert ([each.email for each in first], again) == (["facilitator@example.org"], [])
    assert orders == [("gatherings.send_invitation", {"invitation_id": first[0].pk, "site": SITE})]


def test_links_on_paper_are_given_out_with_sector_and_organisation(day: Day, orders: Orders) -> None:
    club = make_organisation(municipality=day.gathering.process.municipality, sector="voluntary")
    made = actions.invite(day.gathering, by=day.host, links=3, sector="voluntary", organisation=club)
    assert [(each.sector, each.organisation, each.sent_at is not None) for each in made] == [
        ("voluntary", club, True)
    ] * 3
    assert (len({each.token for each in made}), orders) == (3, [])


def test_the_trail_tells_how_many_were_invited_and_never_who(day: Day, orders: Orders) -> None:
    actions.invite(day.gathering, by=day.host, emails=["facilitator@example.org"], links=2, site=SITE)
    assert Entry.objects.get(verb="gatherings.people_invited").data == {"letters": 1, "links": 2}


def test_an_invitation_is_sent_once_in_the_language_of_the_municipality(day: Day, orders: Orders) -> None:
    town = day.gathering.process.municipality
    town.language = "en"
    town.save()
    day.gathering.translated("en", {"title": "The day"})
    day.gathering.save()
    made = actions.invite(day.gathering, by=day.host, emails=["facilitator@example.org"], site=SITE)[0]
    tasks.send_invitation(made.pk, SITE)
    tasks.send_invitation(made.pk, SITE)
    letter = mail.outbox[0]
    assert (len(mail.outbox), letter.to, letter.subject) == (1, ["facilitator@example.org"], "Invitation: The day")
    assert f"{SITE}/g/BCD234/invitation/{made.token}/" in letter.body
    assert "You are invited to:" in letter.body


def test_a_letter_that_could_not_be_sent_is_tried_again(
    day: Day, orders: Orders, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = actions.invite(day.gathering, by=day.host, emails=["facilitator@example.org"], site=SITE)[0]

    def broken(*_arguments: object) -> None:
        raise OSError("no mail server")

    with monkeypatch.context() as broken_server:
        broken_server.setattr("samskap.apps.gatherings.actions.letters.send_mail", broken)
        with pytest.raises(OSError, match="no mail server"):
            tasks.send_invitation(made.pk, SITE)
    tasks.send_invitation(made.pk, SITE)
    assert len(mail.outbox) == 1


def test_nobody_is_written_to_after_the_end(day: Day, orders: Orders) -> None:
    made = actions.invite(day.gathering, by=day.host, emails=["facilitator@example.org"], site=SITE)[0]
    place = actions.sign_up(day.gathering, name="Helper", email="ola@example.org", site=SITE)
    actions.end_gathering(day.gathering, by=day.host)
    tasks.send_invitation(made.pk, SITE)
    tasks.send_place(place.pk, SITE)
    tasks.remind(place.pk, SITE)
    assert mail.outbox == []
    with pytest.raises(RuleError, match="has ended"):
        actions.invite(day.gathering, by=day.host, links=1)


def test_one_invitation_is_one_voice_and_its_key_is_not_in_the_database(day: Day, orders: Orders) -> None:
    one, other = actions.invite(day.gathering, by=day.host, links=2)
    assert actions.invitation_key(one) == actions.invitation_key(one) != actions.invitation_key(other)
    assert actions.invitation_key(one).hex not in one.token


# Signing up


def test_those_who_come_when_the_places_are_taken_wait_in_line(day: Day, orders: Orders) -> None:
    gathering = planned(day, capacity=1)
    states = [actions.sign_up(gathering, name=name).state for name in ("Facilitator", "Helper", "Per")]
    assert states == ["registered", "waiting", "waiting"]


def test_a_place_given_back_goes_to_the_first_in_line_and_the_name_is_erased(day: Day, orders: Orders) -> None:
    gathering = planned(day, capacity=1, starts_at=clock.now() + timedelta(hours=3))
    facilitator = actions.sign_up(gathering, name="Facilitator", needs="Rampe")
    ola = actions.sign_up(gathering, name="Helper", email="ola@example.org", site=SITE)
    actions.sign_up(gathering, name="Per")
    orders.clear()
    actions.cancel_sign_up(facilitator, site=SITE)
    rows = list(Registration.objects.order_by("pk").values_list("name", "needs", "state"))
    assert rows == [("", "", "cancelled"), ("Helper", "", "registered"), ("Per", "", "waiting")]
    assert orders == [("gatherings.send_place", {"registration_id": ola.pk, "site": SITE})]
    actions.cancel_sign_up(facilitator, site=SITE)
    assert len(orders) == 1


def test_the_form_sent_twice_signs_up_once(day: Day, orders: Orders) -> None:
    key = uuid.uuid4()
    made = [actions.sign_up(planned(day), name="Facilitator", form_key=key) for _ in range(2)]
    assert made[0] == made[1]
    assert Registration.objects.count() == 1


def test_the_same_address_signs_up_once_and_may_come_back_after_cancelling(day: Day, orders: Orders) -> None:
    gathering = planned(day)
    first = actions.sign_up(gathering, name="Facilitator", email="facilitator@example.org")
    assert actions.sign_up(gathering, name="Facilitator", email="FACILITATOR@example.org") == first
    actions.cancel_sign_up(first)
    assert actions.sign_up(gathering, name="Facilitator", email="facilitator@example.org") != first


def test_an_invitation_is_used_once_and_again_after_cancelling(day: Day, orders: Orders) -> None:
    gathering = planned(day)
    invited = actions.invite(gathering, by=day.host, links=1)[0]
    first = actions.sign_up(gathering, name="Facilitator", invitation=invited)
    assert actions.sign_up(gathering, name="Facilitator igjen", invitation=invited) == first
    actions.cancel_sign_up(first)
    again = actions.sign_up(gathering, name="Facilitator", invitation=invited)
    assert (again != first, again.state) == (True, "registered")


def test_an_invitation_to_another_gathering_gives_no_place(day: Day, orders: Orders) -> None:
    other = make_gathering(process=day.gathering.process)
    invited = actions.invite(other, by=day.host, links=1)[0]
    with pytest.raises(NotAllowed):
        actions.sign_up(day.gathering, name="Facilitator", invitation=invited)


def test_the_letter_says_whether_there_is_a_place_and_how_to_cancel(day: Day, orders: Orders) -> None:
    gathering = planned(day, capacity=1)
    for name in ("facilitator", "ola"):
        made = actions.sign_up(gathering, name=name, email=f"{name}@example.org", site=SITE)
        tasks.send_place(made.pk, SITE)
        assert f"{SITE}/g/BCD234/sign-up/{made.token}/" in mail.outbox[-1].body
    assert len({letter.subject for letter in mail.outbox}) == 2


def test_a_reminder_is_ordered_for_the_day_before_and_sent_once(day: Day, orders: Orders) -> None:
    gathering = planned(day, starts_at=clock.now() + timedelta(days=3), ends_at=clock.now() + timedelta(days=4))
    made = actions.sign_up(gathering, name="Facilitator", email="facilitator@example.org", site=SITE)
    job, order = orders[-1]
    assert (job, order["registration_id"]) == ("gatherings.remind", made.pk)
    assert order["delay_s"] == pytest.approx(2 * 24 * 3600, abs=60)
    tasks.remind(made.pk, SITE)
    assert (mail.outbox, orders[-1][0]) == ([], "gatherings.remind")
    planned(day, starts_at=clock.now() + timedelta(hours=23))
    for _ in range(2):
        tasks.remind(made.pk, SITE)
    assert len(mail.outbox) == 1


def test_who_did_not_leave_an_address_gets_no_letter(day: Day, orders: Orders) -> None:
    actions.sign_up(planned(day), name="Facilitator", site=SITE)
    assert orders == []


def test_nothing_in_the_trail_names_those_who_sign_up(day: Day, orders: Orders) -> None:
    made = actions.sign_up(
        planned(day), name="Facilitator Nordmann", email="facilitator@example.org", needs="Rampe", site=SITE
    )
    actions.cancel_sign_up(made)
    told = repr(list(Entry.objects.values()))
    assert [word for word in ("Facilitator", "facilitator@", "Rampe", made.token) if word in told] == []


# The desk


def test_a_tick_at_the_door_counts_nobody(day: Day) -> None:
    made = day.gathering.registrations.create(name="Facilitator")
    assert actions.mark_come(made, come=True, by=day.host).has_come
    assert queries.present_count(day.gathering) == 0
    assert not actions.mark_come(made, come=False, by=day.host).has_come


def test_a_paper_form_makes_somebody_present_on_the_desks_channel(day: Day) -> None:
    made = day.gathering.registrations.create(name="Facilitator", sector="private")
    first = actions.check_in(made, by=day.host)
    second = actions.give_out_form(day.gathering, by=day.host, sector="voluntary")
    rows = [(f.form_number, f.participant.channel, f.participant.sector) for f in (first, second)]
    assert rows == [(1, "desk", "private"), (2, "desk", "voluntary")]
    made.refresh_from_db()
    assert (made.has_come, queries.turnout(day.gathering).present) == (True, 2)


def test_a_paper_form_is_typed_in_as_paper_and_typed_again_replaces(day: Day) -> None:
    type(day.activity).objects.update(state="open")
    day.activity.refresh_from_db()
    form = actions.give_out_form(day.gathering, by=day.host)
    one, two, _three = day.conversation.statements.all()
    actions.enter_paper_form(form, activity=day.activity, answers={one: 1, two: -1}, by=day.host)
    actions.enter_paper_form(form, activity=day.activity, answers={one: 0}, by=day.host)
    votes = form.participant.votes.order_by("statement_id").values_list("statement_id", "choice", "channel")
    assert list(votes) == [(one.pk, 0, "paper"), (two.pk, -1, "paper")]


def test_a_paper_form_cannot_be_typed_in_when_the_conversation_is_closed(day: Day) -> None:
    form = actions.give_out_form(day.gathering, by=day.host)
    with pytest.raises(RuleError):
        actions.enter_paper_form(
            form, activity=day.activity, answers={day.conversation.statements.first(): 1}, by=day.host
        )
    form.refresh_from_db()
    assert (form.form_typed_at, form.participant.votes.count()) == (None, 0)


def test_nothing_leads_from_a_name_to_a_ticket(day: Day) -> None:
    fields = {field.name for field in Registration._meta.get_fields()}
    assert fields & {"participant", "attendance", "ticket"} == set()
    assert "registration" not in {field.name for field in Attendance._meta.get_fields()}


def test_a_ticket_given_up_is_no_longer_present(day: Day) -> None:
    participant = day.come()
    processes.give_up_ticket(participant)
    assert queries.present_count(day.gathering) == 0
