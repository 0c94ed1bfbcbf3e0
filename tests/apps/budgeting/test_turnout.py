"""How many have voted is told while the vote is open; how, to nobody. And who gets in where."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern
from hypothesis import given
from hypothesis import strategies as st
from tests.apps.budgeting.conftest import Vote, make_vote, shown
from tests.factories import budgeting as factories
from tests.factories import make_municipality, make_person

from samskap.apps.budgeting import actions, queries, rules
from samskap.apps.budgeting.urls import voting, work


@pytest.mark.django_db
def test_the_turnout_is_told_by_channel_and_sector_and_nothing_under_five() -> None:
    vote = make_vote(eligible=2000)
    for channel, sector, n in (
        ("web", "public", 7),
        ("phone", "private", 6),
        ("paper", "voluntary", 2),
        ("web", "", 5),
    ):
        for _voter in range(n):
            factories.make_voter_ballot(vote.ballot, ["1"], channel=channel, sector=sector)
    told = queries.turnout_of(vote.ballot)
    assert (told.answered, told.eligible, told.share_percent) == (20, 2000, 1.0)
    assert told.by_channel == {"phone": None, "web": 12, "paper": None, "desk": 0}
    assert told.by_sector == {"public": 7, "private": 6, "voluntary": None, "": None}
    page = shown(Client(HTTP_ACCEPT_LANGUAGE="en").get(vote.address("turnout")))
    assert "Have voted 20" in page
    assert page.count("Hidden for privacy") == 4


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 30)))
def test_no_hidden_number_follows_from_the_total(counts: dict[str, int]) -> None:
    told = rules.suppressed(counts)
    hidden = [key for key, count in told.items() if count is None]
    assert all(count is None or count == 0 or count >= rules.FEWEST_TOLD for count in told.values())
    assert len(hidden) != 1 or sum(1 for count in counts.values() if count) == 1


@pytest.mark.django_db
def test_the_work_page_shows_paper_and_letters_and_its_fragment_the_same() -> None:
    vote = make_vote(access="invited", eligible=10)
    batch = actions.make_batch(vote.ballot, by=vote.host, title="Nordgrenda", size=4)
    actions.print_letters(batch, by=vote.host, printed_before=None)
    actions.print_forms(vote.ballot, by=vote.host, size=3)
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(vote.host)
    for name in ("work_ballot", "turnout_now"):
        said = shown(client.get(vote.address(name)))
        assert "On paper and at the desk: 0 counted, 0 spoilt, 0 to be typed or settled, 3 not used." in said
        assert "Nordgrenda 4 0" in said


SECRET = "Kjempeprosjektet"


@pytest.fixture
def secret(db: None) -> Vote:
    """A vote in which all 30 voters chose the same project, and nobody the others."""
    vote = make_vote(title="Avstemning", projects=3)
    for _voter in range(30):
        factories.make_voter_ballot(vote.ballot, ["2"], sector="public")
    return vote


@pytest.mark.django_db
def test_no_page_tells_how_people_vote_not_even_to_those_who_run_it(secret: Vote) -> None:
    leader = make_person(role="leader", municipality=secret.ballot.process.municipality)
    actions.print_forms(secret.ballot, by=secret.host, size=1)
    batch = factories.make_batch(secret.ballot)
    addresses = [address(pattern, secret, batch=batch.pk) for pattern in [*voting.urlpatterns, *work.urlpatterns]]
    addresses += [f"/processes/{secret.ballot.process_id}/", f"/history/ballot/{secret.ballot.pk}/", "/work/"]
    before = [pages(secret, who, addresses) for who in (None, leader)]
    # The same with the choices turned round: not a sign on any page may differ.
    first, second, _third = secret.projects
    type(secret.ballot.voter_ballots.all()[0].choices.all()[0]).objects.update(project=first)
    assert second.choices.count() == 0
    assert [pages(secret, who, addresses) for who in (None, leader)] == before


def pages(vote: Vote, person: Any, addresses: list[str]) -> dict[str, str]:
    """What each page shows, without what differs at every look: tokens, form keys and the order on the ballot."""
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    if person:
        client.force_login(person)
    found = {}
    for at in addresses:
        page = client.get(at, follow=True)
        text = re.sub(r'(name="(csrfmiddlewaretoken|form_key)" value=")[^"]+', r"\1", page.content.decode())
        found[at] = "\n".join(sorted(text.split("\n")))
    return found


@pytest.mark.django_db
def test_a_receipt_is_seen_in_the_browser_that_voted_alone(secret: Vote) -> None:
    own = secret.ballot.voter_ballots.all()[0]
    for person in (None, secret.host):
        client = Client(HTTP_ACCEPT_LANGUAGE="en")
        if person:
            client.force_login(person)
        page = client.get(secret.address("receipt"), follow=True)
        assert own.receipt[:4] not in page.content.decode()
        assert page.redirect_chain == [(secret.address(), 303)]


# ---- Who gets in


def address(pattern: URLPattern, vote: Vote, *, batch: int = 1) -> str:
    """The address of a page for this vote."""
    kinds = {
        "pk": vote.ballot.pk, "process_pk": vote.ballot.process_id, "project_pk": vote.projects[0].pk, "number": 1,
        "activity_pk": vote.window.pk, "batch_pk": batch, "group_pk": 1,
    }  # fmt: skip
    path = str(pattern.pattern).replace("<str:order>", "open").replace("<str:code>", "2222-2222-2222")
    for name, value in kinds.items():
        path = path.replace(f"<int:{name}>", str(value))
    return f"/{path}"


STAFF = list(work.urlpatterns)


@pytest.mark.django_db
@pytest.mark.parametrize("pattern", STAFF, ids=lambda pattern: pattern.name)
def test_work_pages_ask_strangers_to_sign_in(vote: Vote, pattern: URLPattern) -> None:
    for answer in (Client().get(address(pattern, vote)), Client().post(address(pattern, vote))):
        assert answer.status_code in {302, 405}
        assert answer.status_code == 405 or answer["Location"].startswith("/accounts/login/")


@pytest.mark.django_db
@pytest.mark.parametrize("pattern", STAFF, ids=lambda pattern: pattern.name)
@pytest.mark.parametrize("role", [None, "partner", "unit_manager", "facilitator elsewhere"])
def test_work_pages_look_absent_to_those_who_do_not_run_the_process(
    vote: Vote, pattern: URLPattern, role: str | None
) -> None:
    elsewhere = role == "facilitator elsewhere"
    place = make_municipality() if elsewhere else vote.ballot.process.municipality
    client = Client()
    client.force_login(make_person(role="facilitator" if elsewhere else role, municipality=place))
    statuses = {client.get(address(pattern, vote)).status_code, client.post(address(pattern, vote)).status_code}
    assert statuses <= {404, 405}
    assert 404 in statuses


@pytest.mark.django_db
@pytest.mark.parametrize("pattern", STAFF, ids=lambda pattern: pattern.name)
def test_a_leader_gets_in(vote: Vote, pattern: URLPattern) -> None:
    actions.print_forms(vote.ballot, by=vote.host, size=1)
    client = Client()
    client.force_login(make_person(role="leader", municipality=vote.ballot.process.municipality))
    assert client.get(address(pattern, vote)).status_code in {200, 303, 405}


@pytest.mark.django_db
@pytest.mark.parametrize("pattern", voting.urlpatterns, ids=lambda pattern: pattern.name)
def test_a_vote_of_a_hidden_process_is_not_there(vote: Vote, pattern: URLPattern) -> None:
    type(vote.ballot.process).objects.update(published_at=None)
    client = Client()
    statuses = {client.get(address(pattern, vote)).status_code, client.post(address(pattern, vote)).status_code}
    assert statuses <= {404, 405}
