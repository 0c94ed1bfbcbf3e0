"""An idea round in the programme: phone, hall and host follow it as they follow a conversation."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse
from tests import factories
from tests.apps.viewers import Town, words_of
from tests.factories.ideas import make_idea, make_idea_round, make_idea_window, make_support

from samskap.apps.gatherings import actions, live, queries
from samskap.apps.gatherings.models import Gathering, Slot
from samskap.apps.initiatives.models import IdeaRound


@pytest.fixture
def idea_round(town: Town) -> IdeaRound:
    process = factories.make_process(municipality=town.municipality)
    return make_idea_round(process=process, title="Hva kan vi gjøre?")


@pytest.fixture
def gathering(town: Town, idea_round: IdeaRound) -> Gathering:
    """An open gathering whose first slot has the idea round, not opened yet."""
    made = factories.make_gathering(process=idea_round.process, code="BCD234")
    window = make_idea_window(idea_round, state="planned")
    slot = Slot.objects.create(
        gathering=made, kind="ideas", title="Ideer", starts_at=made.starts_at, minutes=30, activity=window
    )
    return actions.go_to_slot(made, slot, by=town.facilitator)


def state_of(gathering: Gathering) -> dict[str, object]:
    live.forget_copies()
    body, _etag = live.state_document(gathering.code) or (b"{}", "")
    return dict(json.loads(body))


def phone(gathering: Gathering) -> str:
    return (live.now_document(gathering.code, "en") or b"").decode()


def test_the_host_opens_it_and_phones_and_hall_follow(town: Town, gathering: Gathering, idea_round: IdeaRound) -> None:
    assert "The host opens the idea round soon." in phone(gathering)
    before = state_of(gathering)["version"]
    client = town.client("facilitator")
    page = client.post(reverse("gatherings:open_conversation", args=[gathering.pk]), follow=True).content.decode()
    assert "The idea round is open. The phones follow." in page
    assert "Close the idea round" in page
    state = state_of(gathering)
    assert (state["ideas"], state["conversation"], state["open"]) == (idea_round.pk, None, True)
    assert state["version"] != before
    assert reverse("initiatives:idea_round", args=[idea_round.pk]) in phone(gathering)
    hall = town.client("anonymous").get(reverse("gatherings:hall", args=[gathering.code])).content.decode()
    assert "The idea round is open: write and support on your phone now." in hall
    assert "Ideas on the phone" in hall


def test_the_hall_lists_the_newest_ideas_and_no_support_while_it_is_hidden(
    town: Town, gathering: Gathering, idea_round: IdeaRound
) -> None:
    actions.open_conversation(gathering, by=town.facilitator)
    empty = state_of(gathering)["version"]
    idea = make_idea(idea_round, title="<b>Benk</b> ved elva")
    make_idea(idea_round, title="Hemmelig", state="waiting")
    for _person in range(7):
        make_support(idea)
    hall = words_of(town.client("anonymous").get(reverse("gatherings:hall", args=[gathering.code])))
    assert "&lt;b&gt;Benk&lt;/b&gt; ved elva" in hall
    assert "7 people" not in hall
    assert "Hemmelig" not in hall
    assert state_of(gathering)["version"] != empty
    assert state_of(gathering)["answered"] == 7


def test_the_hall_lists_the_most_supported_ideas_when_the_host_shows_it(
    town: Town, gathering: Gathering, idea_round: IdeaRound
) -> None:
    actions.open_conversation(gathering, by=town.facilitator)
    ideas = [make_idea(idea_round) for _number in range(8)]
    for _person in range(6):
        make_support(ideas[0])
    actions.show_results(gathering, by=town.facilitator)
    gathering.refresh_from_db()
    shown = queries.hall_ideas(queries.stage(gathering))
    assert shown is not None
    assert (shown.total, shown.are_by_support, len(shown.ideas)) == (8, True, 6)
    assert (shown.ideas[0].title, shown.ideas[0].supporters) == (ideas[0].title, 6)
    hall = words_of(town.client("anonymous").get(reverse("gatherings:hall", args=[gathering.code])))
    assert "6 people" in hall
    actions.hide_results(gathering, by=town.facilitator)
    assert "6 people" not in words_of(town.client("anonymous").get(reverse("gatherings:hall", args=[gathering.code])))


def test_the_host_sees_what_waits_and_what_is_left_open(
    town: Town, gathering: Gathering, idea_round: IdeaRound
) -> None:
    actions.open_conversation(gathering, by=town.facilitator)
    make_idea(idea_round, state="waiting")
    address = reverse("gatherings:host", args=[gathering.pk])
    assert "1 idea waits" in town.client("facilitator").get(address).content.decode()
    later = Slot.objects.create(gathering=gathering, title="Pause", starts_at=gathering.starts_at, minutes=15)
    actions.go_to_slot(gathering, later, by=town.facilitator)
    page = town.client("facilitator").get(address).content.decode()
    assert "The idea round of “Ideer” is still open." in page


def test_turnout_by_sector_hides_what_would_tell_of_persons(
    town: Town, gathering: Gathering, idea_round: IdeaRound
) -> None:
    actions.open_conversation(gathering, by=town.facilitator)
    idea = make_idea(idea_round)
    for sector, people in {"voluntary": 7, "private": 6, "public": 2}.items():
        for _person in range(people):
            make_support(idea, factories.make_participant(idea_round.process, sector=sector))
    gathering.refresh_from_db()
    answered = {sector: counts.answered for sector, counts in queries.turnout_by_sector(gathering).items()}
    assert answered == {"public": None, "private": None, "voluntary": 7, "": 0}
    assert queries.turnout(gathering).answered == 15


def test_ending_the_day_closes_the_idea_round(town: Town, gathering: Gathering, idea_round: IdeaRound) -> None:
    actions.open_conversation(gathering, by=town.facilitator)
    actions.end_gathering(gathering, by=town.facilitator)
    assert idea_round.windows.get().activity.state == "closed"
