from __future__ import annotations

import pytest
from tests.apps.gatherings.conftest import Day, plan_day
from tests.factories import make_gathering, make_participant, make_person, make_vote

from samskap.apps.gatherings import actions, queries
from samskap.apps.gatherings.models import Gathering
from samskap.apps.processes.models import Activity
from samskap.apps.statements.models import Statement, Vote
from samskap.apps.trail.models import Entry
from samskap.kernel.acting import SYSTEM_DEMO
from samskap.kernel.errors import NotAllowed, NotFound, RuleError

pytestmark = pytest.mark.django_db

STEPS = {
    "open": lambda g, by: actions.open_gathering(g, by=by),
    "end": lambda g, by: actions.end_gathering(g, by=by),
    "move": lambda g, by: actions.go_to_slot(g, g.slots.first(), by=by),
    "open the conversation": lambda g, by: actions.open_conversation(g, by=by),
    "close the conversation": lambda g, by: actions.close_conversation(g, by=by),
    "show": lambda g, by: actions.show_results(g, by=by),
    "hide": lambda g, by: actions.hide_results(g, by=by),
    "hall": lambda g, by: actions.set_hall_view(g, view="slot", by=by),
    "notice": lambda g, by: actions.send_notice(g, text="Kaffe!", by=by),
    "reset": lambda g, by: actions.reset_gathering(g, by=by),
    "change": lambda g, by: actions.update_gathering(g, by=by, title="Kuppet"),
    "add a slot": lambda g, by: actions.add_slot(g, by=by, title="Kuppet", starts_at=g.starts_at),
    "change a slot": lambda g, by: actions.update_slot(g.slots.first(), by=by, title="Kuppet"),
    "remove a slot": lambda g, by: actions.remove_slot(g.slots.first(), by=by),
    "speakers": lambda g, by: actions.set_speakers(g.slots.first(), by=by, speakers=[("Kuppet", None)]),
    "a speaker": lambda g, by: actions.add_speaker(g.slots.first(), by=by, name="Kuppet"),
    "questions": lambda g, by: actions.set_questions(g, by=by, texts=["Kuppet"]),
    "a question": lambda g, by: actions.add_question(g, by=by, text="Kuppet"),
    "invite": lambda g, by: actions.invite(g, by=by, links=1),
    "a form": lambda g, by: actions.give_out_form(g, by=by),
}


@pytest.mark.parametrize("step", STEPS)
def test_only_those_who_run_the_process_may_do_anything(day: Day, step: str) -> None:
    day.to(day.voting)
    before = Gathering.objects.values().get()
    for stranger in (make_person(), make_person(role="facilitator"), make_participant(day.gathering.process)):
        with pytest.raises(NotAllowed):
            STEPS[step](day.gathering, stranger)
    assert Gathering.objects.values().get() == before


def test_opening_lets_people_in_and_is_told_in_public(day: Day) -> None:
    planned = make_gathering(process=day.gathering.process, state="planned")
    opened = actions.open_gathering(planned, by=day.host)
    assert (opened.state, opened.version) == ("open", 2)
    entry = Entry.objects.get(verb="gatherings.gathering_opened")
    assert (entry.is_public, entry.subject_id, entry.actor) == (True, str(planned.pk), f"person:{day.host.pk}")


def test_opening_twice_is_opening_once(day: Day) -> None:
    again = actions.open_gathering(day.gathering, by=day.host)
    assert again.version == day.gathering.version
    assert not Entry.objects.filter(verb="gatherings.gathering_opened").exists()


def test_a_gathering_of_an_unpublished_process_does_not_open(day: Day) -> None:
    day.gathering.process.published_at = None
    day.gathering.process.save()
    Gathering.objects.update(state="planned")
    with pytest.raises(RuleError, match="not published"):
        actions.open_gathering(day.gathering, by=day.host)


def test_ending_closes_the_day_and_erases_who_signed_up(day: Day) -> None:
    Activity.objects.update(state="open")
    person = {"name": "Facilitator", "email": "facilitator@example.org", "needs": "Glutenfritt"}
    day.gathering.registrations.create(sector="private", **person)
    day.gathering.invitations.create(sector="private", email="facilitator@example.org")
    actions.send_notice(day.gathering, text="Kaffe!", by=day.host)
    ended = actions.end_gathering(day.gathering, by=day.host)
    assert (ended.state, ended.notice) == ("ended", "")
    assert Activity.objects.get().state == "closed"
    registration, invitation = day.gathering.registrations.get(), day.gathering.invitations.get()
    assert (registration.name, registration.email, registration.needs) == ("", "", "")
    assert (registration.sector, registration.state, invitation.email) == ("private", "registered", "")


def test_ending_leaves_an_online_week_open(day: Day) -> None:
    online = Activity.objects.create(process=day.gathering.process, title="Nettuka", state="open")
    actions.end_gathering(day.gathering, by=day.host)
    online.refresh_from_db()
    assert online.state == "open"


def test_a_gathering_that_never_opened_cannot_end(day: Day) -> None:
    Gathering.objects.update(state="planned")
    with pytest.raises(RuleError, match="has not been opened"):
        actions.end_gathering(day.gathering, by=day.host)


def test_one_that_was_ended_by_mistake_opens_again(day: Day) -> None:
    actions.end_gathering(day.gathering, by=day.host)
    assert actions.open_gathering(day.gathering, by=day.host).state == "open"


def test_moving_on_shows_the_slot_in_the_hall_and_opens_nothing(day: Day) -> None:
    moved = actions.go_to_slot(day.gathering, day.voting, by=day.host)
    assert (moved.current_slot, moved.hall_view, moved.version) == (day.voting, "slot", 2)
    assert Activity.objects.get().state == "planned"


def test_a_slot_of_another_gathering_is_not_found(day: Day) -> None:
    other = make_gathering(process=day.gathering.process)
    foreign = other.slots.create(title="Annet", starts_at=other.starts_at)
    with pytest.raises(NotFound):
        actions.go_to_slot(day.gathering, foreign, by=day.host)


@pytest.mark.parametrize("state", ["planned", "ended"])
def test_nobody_moves_a_gathering_that_is_not_open(day: Day, state: str) -> None:
    Gathering.objects.update(state=state)
    with pytest.raises(RuleError, match="not open"):
        actions.go_to_slot(day.gathering, day.talk, by=day.host)


def test_the_conversation_of_the_slot_opens_and_closes(day: Day) -> None:
    day.to(day.voting)
    opened = actions.open_conversation(day.gathering, by=day.host)
    assert (Activity.objects.get().state, opened.version) == ("open", 2)
    assert queries.stage(opened).is_open
    closed = actions.close_conversation(opened, by=day.host)
    assert (Activity.objects.get().state, closed.version) == ("closed", 3)


def test_a_slot_without_conversation_has_nothing_to_open(day: Day) -> None:
    day.to(day.talk)
    with pytest.raises(RuleError, match="no conversation"):
        actions.open_conversation(day.gathering, by=day.host)


def test_showing_results_turns_the_hall_to_them_and_hiding_turns_it_back(day: Day) -> None:
    day.to(day.voting)
    assert actions.show_results(day.gathering, by=day.host).hall_view == "results"
    assert Activity.objects.get().results_shown_at is not None
    assert actions.hide_results(day.gathering, by=day.host).hall_view == "slot"
    assert Activity.objects.get().results_shown_at is None


def test_the_hall_cannot_be_turned_to_hidden_results(day: Day) -> None:
    day.to(day.voting)
    with pytest.raises(RuleError, match="hidden"):
        actions.set_hall_view(day.gathering, view="results", by=day.host)
    actions.show_results(day.gathering, by=day.host)
    assert actions.set_hall_view(day.gathering, view="join", by=day.host).hall_view == "join"
    assert actions.set_hall_view(day.gathering, view="results", by=day.host).hall_view == "results"


def test_a_view_that_does_not_exist_is_not_found(day: Day) -> None:
    with pytest.raises(NotFound):
        actions.set_hall_view(day.gathering, view="everything", by=day.host)


def test_a_notice_is_sent_and_taken_away(day: Day) -> None:
    sent = actions.send_notice(day.gathering, text="  Kaffe om fem minutter  ", by=day.host)
    assert (sent.notice, sent.notice_at is not None, sent.version) == ("Kaffe om fem minutter", True, 2)
    assert actions.send_notice(sent, text="Kaffe om fem minutter", by=day.host).version == 2
    gone = actions.send_notice(sent, text="", by=day.host)
    assert (gone.notice, gone.notice_at, gone.version) == ("", None, 3)


def test_wiping_a_rehearsal_takes_votes_and_presence_and_keeps_the_content() -> None:
    day = plan_day(activity_state="open")
    type(day.gathering.process).objects.update(is_illustrative=True)
    day.to(day.voting)
    statements = Statement.objects.count()
    make_vote(day.come(), day.conversation.statements.first())
    wiped = actions.reset_gathering(day.gathering, by=day.host)
    assert (wiped.state, wiped.current_slot, wiped.hall_view) == ("planned", None, "join")
    assert (Vote.objects.count(), queries.present_count(wiped), Statement.objects.count()) == (0, 0, statements)
    assert [slot.title for slot in queries.programme(wiped)] == ["Foredraget", "Samtalen"]


def test_a_real_day_is_never_wiped(day: Day) -> None:
    make_vote(day.come(), day.conversation.statements.first())
    with pytest.raises(RuleError, match="real"):
        actions.reset_gathering(day.gathering, by=day.host)
    assert Vote.objects.count() == 1


def test_speakers_and_questions_that_stay_keep_their_translations(day: Day) -> None:
    english = {"en": {"name": "The researcher"}}
    actions.add_speaker(day.talk, by=SYSTEM_DEMO, name="Forskeren", translations=english)
    actions.add_question(day.gathering, by=SYSTEM_DEMO, text="Hva?", translations={"en": {"text": "What?"}})
    actions.set_speakers(day.talk, by=day.host, speakers=[("Lederen", None), ("Forskeren", None)])
    actions.set_questions(day.gathering, by=day.host, texts=["Hvem?", "Hva?"])
    assert [(s.name, s.translations) for s in day.talk.speakers.all()] == [("Lederen", {}), ("Forskeren", english)]
    assert [(q.text, bool(q.translations)) for q in day.gathering.questions.all()] == [("Hvem?", False), ("Hva?", True)]


def test_the_slot_that_is_on_is_not_removed(day: Day) -> None:
    day.to(day.talk)
    with pytest.raises(RuleError, match="on now"):
        actions.remove_slot(day.talk, by=day.host)
    actions.remove_slot(day.voting, by=day.host)
    assert [slot.title for slot in queries.programme(day.gathering)] == ["Foredraget"]


def test_a_window_of_another_process_cannot_be_put_in_the_programme(day: Day) -> None:
    from tests.factories import make_activity

    with pytest.raises(RuleError, match="another process"):
        actions.update_slot(day.talk, by=day.host, activity=make_activity())
