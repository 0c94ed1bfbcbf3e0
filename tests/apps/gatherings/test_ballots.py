"""A slot that opens a vote on the budget: phones get the way to it, the hall the turnout, nobody the result."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from tests.factories import budgeting as factories
from tests.factories import make_gathering, make_person

from samskap.apps.gatherings import live, queries
from samskap.apps.gatherings.models import Gathering

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> Gathering:
    """A gathering whose slot opens a vote in which six people have chosen the first project."""
    gathering = make_gathering()
    ballot = factories.make_ballot(process=gathering.process, projects=2, state="open", title="Nærmiljø")
    window = factories.make_ballot_window(ballot)
    for _voter in range(6):
        factories.make_voter_ballot(ballot, ["1"], sector="public")
    slot = gathering.slots.create(
        title="Vi stemmer",
        kind="conversation",
        activity=window,
        starts_at=gathering.starts_at,
    )
    gathering.current_slot, gathering.hall_view = slot, "slot"
    gathering.save()
    return gathering


def state(day: Gathering) -> dict[str, object]:
    found = live.state_document(day.code)
    assert found is not None
    told: dict[str, object] = json.loads(found[0])
    return told


def test_phones_get_the_way_to_the_vote(day: Gathering) -> None:
    page = live.now_document(day.code, "en")
    assert page is not None
    stage = queries.stage_of_code(day.code)
    assert stage is not None
    assert stage.ballot is not None
    assert f'href="/ballots/{stage.ballot.pk}/"' in page.decode()
    type(stage.ballot).objects.update(state="closed")
    closed = live.now_document(day.code, "en")
    assert closed is not None
    assert "The vote is closed here. Thank you for voting." in closed.decode()
    assert 'id="now-vote"' not in closed.decode()


def test_the_hall_gets_the_turnout_and_no_project(day: Gathering) -> None:
    told = state(day)
    assert (told["answered"], told["open"], told["conversation"]) == (6, True, None)
    hall = Client(HTTP_ACCEPT_LANGUAGE="en").get(f"/g/{day.code}/hall/").content.decode()
    assert "The vote is open: vote on your phone now." in hall
    assert "Prosjekt 1" not in hall
    assert queries.turnout_by_sector(day)["public"].answered == 6


def test_the_host_opens_and_closes_the_window_and_shows_no_results(day: Gathering) -> None:
    host = make_person(role="facilitator", municipality=day.process.municipality)
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(host)
    page = client.get(f"/work/gatherings/{day.pk}/host/").content.decode()
    assert "Close the vote here" in page
    assert "Show the results" not in page
