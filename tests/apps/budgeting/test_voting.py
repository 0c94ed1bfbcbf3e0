"""Voting without a script, on all four kinds, and everything that a ballot may not hold."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.apps.budgeting.conftest import Vote, form_key, hold, make_vote, shown
from tests.factories import budgeting as factories
from tests.factories import make_participant

from samskap.apps.budgeting import actions
from samskap.apps.budgeting.models import Choice, VoterBallot
from samskap.apps.budgeting.rules import Chosen
from samskap.apps.processes.models import Participant
from samskap.apps.trail.models import Entry
from samskap.kernel import clock
from samskap.kernel.errors import NotAllowed, RuleError

pytestmark = pytest.mark.django_db

KINDS = ["approval", "ranking", "points", "knapsack"]


def test_reading_gives_a_ticket_and_stores_nothing(vote: Vote, client: Client) -> None:
    before = Participant.objects.count()
    response = client.get(vote.address())
    assert response.status_code == 200
    assert f"samskap_ticket_{vote.ballot.process_id}" in response.cookies
    assert (Participant.objects.count(), VoterBallot.objects.count()) == (before, 0)
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("kind", "sent", "stored"),
    [
        ("approval", ["3", "1"], [("1", None), ("3", None)]),
        ("knapsack", ["3", "1"], [("1", None), ("3", None)]),
        ("ranking", ["3", "1"], [("3", 1), ("1", 2)]),
        ("points", {"p1": 6, "p4": 4}, [("1", 6), ("4", 4)]),
    ],
)
def test_a_newcomer_votes_and_gets_a_receipt(kind: str, sent: Any, stored: Any, client: Client) -> None:
    vote = make_vote(kind)
    client.get(vote.address())
    fields = vote.fields(**sent) if isinstance(sent, dict) else vote.fields(*sent)
    page = client.post(vote.address("cast"), fields, follow=True)
    assert page.redirect_chain == [(vote.address("receipt") + "?asks=1", 303)]
    own = VoterBallot.objects.get()
    assert vote.stored() == [stored]
    said = shown(page)
    assert "Your ballot is received." in said
    assert f"{own.receipt[:4]}-{own.receipt[4:8]}-{own.receipt[8:]}" in said
    chosen = [project.title for project in vote.projects if project.key in {key for key, _value in stored}]
    assert all(title in said for title in chosen)


@pytest.mark.parametrize("kind", KINDS)
def test_the_form_comes_back_as_it_was_and_what_is_sent_then_takes_its_place(kind: str, client: Client) -> None:
    vote = make_vote(kind)
    hold(client, vote.guest)
    client.post(vote.address("cast"), vote.fields("2", "4"))
    receipt = VoterBallot.objects.get().receipt
    html = client.get(vote.address()).content.decode()
    pk = vote.keys["2"]
    mark = {
        "ranking": rf'id="rank-{pk}">.*?<option value="1" selected>',
        "points": rf'name="points_{pk}" id="points-{pk}" value="1"',
    }.get(kind, rf'name="choice" value="{pk}" checked')
    assert re.search(mark, html, re.DOTALL)
    assert "Change my ballot" in html
    client.post(vote.address("cast"), vote.fields("1"))
    value = 1 if kind in {"ranking", "points"} else None
    assert vote.stored() == [[("1", value)]]
    assert VoterBallot.objects.get().receipt == receipt


def test_the_same_form_sent_twice_is_one_ballot_also_after_a_change_of_heart(vote: Vote, client: Client) -> None:
    hold(client, vote.guest)
    key = form_key(client.get(vote.address()))
    for keys in (["1"], ["1"], ["2"]):
        client.post(vote.address("cast"), vote.fields(*keys) | {"form_key": key})
    assert vote.stored() == [[("1", None)]]
    verbs = Entry.objects.filter(verb__startswith="budgeting.").values_list("verb", flat=True)
    assert list(verbs) == ["budgeting.ballot_cast"]


def test_each_person_has_one_ballot_whatever_browser_they_use(vote: Vote) -> None:
    for keys in (["1"], ["2"]):
        browser = Client()
        browser.force_login(vote.host)
        browser.post(vote.address("cast"), vote.fields(*keys))
    assert vote.stored() == [[("2", None)]]


def refusal(vote: Vote, chosen: list[Chosen], *, is_blank: bool = False) -> str:
    with pytest.raises(RuleError) as refused:
        actions.cast_ballot(vote.guest, vote.ballot, activity=vote.window, chosen=chosen, is_blank=is_blank)
    assert VoterBallot.objects.count() == 0
    assert refused.value.cure == "Your ballot was not received."
    return refused.value.message.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("kind", "limits", "chosen", "said"),
    [
        ("approval", {}, [Chosen("9")], "The ballot has no project “9”."),
        ("approval", {}, [Chosen("1"), Chosen("1")], "“Prosjekt 1” is chosen twice."),
        ("approval", {"max_choices": 2}, [Chosen("1"), Chosen("2"), Chosen("3")],
         "Choose at most 2 projects. You have chosen 3."),
        ("approval", {"min_choices": 2}, [Chosen("1")], "Choose at least 2 projects. You have chosen 1."),
        ("approval", {}, [], "You have chosen nothing."),
        ("approval", {"min_choices": 0}, [], "You have chosen nothing. Choose a project, or press “Vote blank”."),
        ("ranking", {}, [Chosen("1", rank=1), Chosen("2", rank=1)],
         "“Prosjekt 1” and “Prosjekt 2” both have place 1. Give each a place of its own."),
        ("ranking", {}, [Chosen("1", rank=1), Chosen("2", rank=3)], "The places must run from 1 without a gap."),
        ("ranking", {}, [Chosen("1")], "A project is chosen without a place."),
        ("points", {}, [Chosen("1", points=7), Chosen("2", points=4)], "You have given 11 points, and you have 10."),
        ("points", {"points_a_project": 5}, [Chosen("1", points=6)],
         "You have given “Prosjekt 1” 6 points, and 5 is the most for one project."),
        ("points", {}, [Chosen("1", points=0)],
         "A project is chosen without points. Points are whole numbers above 0."),
        ("points", {}, [Chosen("1", points=-2), Chosen("2", points=12)],
         "A project is chosen without points. Points are whole numbers above 0."),
        ("knapsack", {"budget_nok": 500_000}, [Chosen("2"), Chosen("4")],
         "Your projects cost NOK 600,000, which is NOK 100,000 more than the budget of NOK 500,000."),
    ],
)  # fmt: skip
def test_what_a_ballot_may_not_hold_gets_a_sentence(kind: str, limits: Any, chosen: Any, said: str) -> None:
    assert refusal(make_vote(kind, **limits), chosen) == said


def test_a_blank_vote_is_said_and_never_a_slip(client: Client) -> None:
    vote = make_vote(min_choices=0)
    assert refusal(vote, [Chosen("1")], is_blank=True) == "A blank vote has no projects, and you have chosen some."
    hold(client, vote.guest)
    page = client.post(vote.address("cast"), {})
    assert "press “Vote blank”" in shown(page)
    page = client.post(vote.address("cast"), {"blank": "on"}, follow=True)
    assert "Nothing: you voted blank." in shown(page)
    assert vote.stored() == [[]]
    assert refused_blank() == "You have chosen nothing."


def refused_blank() -> str:
    vote = make_vote()
    VoterBallot.objects.all().delete()
    return refusal(vote, [], is_blank=True)


@pytest.mark.parametrize(
    ("kind", "wrong", "said"),
    [
        ("approval", {"choice": ["99999"]}, "The ballot has no project “#99999”."),
        ("approval", {"choice": ["x" * 500]}, "The ballot has no project “#" + "x" * 40 + "”."),
        ("ranking", {"rank_99999": "1"}, "The ballot has no project “#99999”."),
        ("points", {"points_99999": "1"}, "The ballot has no project “#99999”."),
    ],
)
def test_a_form_that_is_not_ours_gets_a_sentence(kind: str, wrong: dict[str, Any], said: str, client: Client) -> None:
    vote = make_vote(kind)
    hold(client, vote.guest)
    page = client.post(vote.address("cast"), wrong)
    assert (page.status_code, VoterBallot.objects.count()) == (200, 0)
    assert said in shown(page)


@pytest.mark.parametrize("typed", ["abc", "-1", "1.5", "½", "1e3", "9999999"])
def test_points_that_are_no_whole_number_are_said_and_nothing_typed_is_lost(typed: str, client: Client) -> None:
    vote = make_vote("points")
    hold(client, vote.guest)
    page = client.post(vote.address("cast"), vote.fields(p2=3) | {f"points_{vote.keys['1']}": typed})
    assert f"“{typed}” at “Prosjekt 1” is not a whole number from 0 up." in shown(page)
    html = page.content.decode()
    for key, text in (("1", typed), ("2", "3")):
        assert f'name="points_{vote.keys[key]}" id="points-{vote.keys[key]}" value="{text}"' in html
    assert VoterBallot.objects.count() == 0


def test_over_the_budget_the_page_comes_back_with_all_that_was_chosen(client: Client) -> None:
    vote = make_vote("knapsack", budget_nok=500_000)
    hold(client, vote.guest)
    page = client.post(vote.address("cast"), vote.fields("1", "4", "3"))
    assert "NOK 300,000 more than the budget of NOK 500,000." in shown(page)
    assert page.content.decode().count(" checked>") == 3 + 0
    assert VoterBallot.objects.count() == 0


def test_gaps_between_places_are_closed_up_and_it_is_said(client: Client) -> None:
    vote = make_vote("ranking")
    hold(client, vote.guest)
    page = client.post(vote.address("cast"), vote.fields(p3=1, p1=3, p2=4), follow=True)
    assert "There were gaps between your places. They now run from 1, in the same order." in shown(page)
    assert vote.stored() == [[("3", 1), ("1", 2), ("2", 3)]]


def test_equal_places_come_back_as_they_were(client: Client) -> None:
    vote = make_vote("ranking")
    hold(client, vote.guest)
    page = client.post(vote.address("cast"), vote.fields(p3=2, p1=2))
    assert "both have place 1. Give each a place of its own." in shown(page)
    assert VoterBallot.objects.count() == 0


def test_a_ballot_after_closing_gets_the_time_and_the_earlier_one_is_kept(vote: Vote, client: Client) -> None:
    hold(client, vote.guest)
    client.post(vote.address("cast"), vote.fields("1"))
    vote.window.closes_at = clock.now() - timedelta(hours=1)
    vote.window.save()
    said = shown(client.post(vote.address("cast"), vote.fields("2")))
    assert re.search(r"The vote closed on \d+ \w+ 2\d{3} at \d\d:\d\d\.", said)
    assert "This ballot was not received. One that you handed in before is kept." in said
    assert vote.stored() == [[("1", None)]]


@pytest.mark.parametrize(
    ("ballot", "window", "said"),
    [
        ({"state": "closed"}, {}, "The vote closed on "),
        ({}, {"state": "planned"}, "The vote is not open yet."),
        ({}, {"state": "closed"}, "The vote is closed."),
        ({}, {"opens_at": timedelta(days=1)}, "The vote opens on "),
    ],
)
def test_who_comes_at_another_time_is_told_why(
    ballot: dict[str, Any], window: dict[str, Any], said: str, vote: Vote, client: Client
) -> None:
    for thing, fields in ((vote.ballot, ballot), (vote.window, window)):
        for name, value in fields.items():
            setattr(thing, name, clock.now() + value if isinstance(value, timedelta) else value)
        thing.save()
    page = client.get(vote.address())
    assert said in shown(page)
    assert 'id="b-form"' not in page.content.decode()
    assert said in shown(client.post(vote.address("cast"), vote.fields("1")))
    assert VoterBallot.objects.count() == 0


def test_a_project_that_fell_out_is_marked_and_can_no_longer_be_chosen(vote: Vote, client: Client) -> None:
    hold(client, vote.guest)
    client.post(vote.address("cast"), vote.fields("1", "2"))
    actions.let_fall_out(vote.projects[0], by=vote.host, reason="Tomten er solgt.")
    page = client.get(vote.address())
    assert "Fallen out" in shown(page)
    assert "Tomten er solgt." in shown(page)
    assert f'value="{vote.keys["1"]}"' not in page.content.decode()
    assert "“Prosjekt 1” has fallen out and can no longer be chosen." in shown(
        client.post(vote.address("cast"), vote.fields("1", "3"))
    )
    assert vote.stored() == [[("1", None), ("2", None)]]
    client.post(vote.address("cast"), vote.fields("3"))
    assert vote.stored() == [[("3", None)]]


def test_a_ballot_is_taken_back_and_another_gets_a_new_receipt(vote: Vote, client: Client) -> None:
    hold(client, vote.guest)
    client.post(vote.address("cast"), vote.fields("1"))
    first = VoterBallot.objects.get().receipt
    assert "Take your ballot back?" in shown(client.get(vote.address("withdraw")))
    page = client.post(vote.address("withdraw"), follow=True)
    assert "Your ballot is taken back." in shown(page)
    assert (VoterBallot.objects.count(), Choice.objects.count()) == (0, 0)
    client.post(vote.address("cast"), vote.fields("2"))
    assert VoterBallot.objects.get().receipt != first


def test_withdrawing_everything_takes_the_ballot_of_an_open_vote_and_leaves_a_closed_one(vote: Vote) -> None:
    closed = factories.make_ballot(process=vote.ballot.process, projects=2, state="closed")
    for ballot in (vote.ballot, closed):
        factories.make_voter_ballot(ballot, ["1"], participant=vote.guest)
    actions.withdraw_of(vote.guest)
    assert list(VoterBallot.objects.values_list("ballot", flat=True)) == [closed.pk]


@pytest.mark.parametrize(("skip", "kept"), [(False, ("private", "Nord")), (True, ("", ""))])
def test_where_one_comes_from_is_asked_once_and_not_saying_is_an_answer(
    skip: bool, kept: tuple[str, str], vote: Vote, client: Client
) -> None:
    factories.make_project(vote.ballot, district="Nord")
    client.get(vote.address())
    page = client.post(vote.address("cast"), vote.fields("1"), follow=True)
    assert "Where do you come from?" in shown(page)
    said = {"sector": "private", "district": "Nord"} | ({"skip": "1"} if skip else {})
    page = client.post(vote.address("where"), said, follow=True)
    assert "Where do you come from?" not in shown(page)
    own = VoterBallot.objects.get()
    assert (own.sector, own.district) == kept
    assert own.participant is not None
    assert own.participant.sector_asked_at is not None


def test_a_district_that_is_not_there_is_not_kept(vote: Vote) -> None:
    own = factories.make_voter_ballot(vote.ballot, ["1"], participant=vote.guest)
    actions.said_where(vote.guest, vote.ballot, sector="public", district="Atlantis")
    own.refresh_from_db()
    assert (own.sector, own.district) == ("public", "")


def test_the_order_differs_between_voters_and_never_for_one(client: Client) -> None:
    vote = make_vote(projects=[10_000] * 8)

    def order(browser: Client) -> list[str]:
        return re.findall(r'name="choice" value="(\d+)"', browser.get(vote.address()).content.decode())

    first, again = order(client), order(client)
    client.post(vote.address("cast"), vote.fields("1"))
    others = [order(Client()) for _browser in range(4)]
    assert first == again == order(client)
    assert sorted(first) == sorted(others[0])
    assert len({tuple(one) for one in [first, *others]}) > 1


def test_themes_filter_without_a_script_and_every_field_stays_in_the_form(vote: Vote, client: Client) -> None:
    for project, theme in zip(vote.projects, ["Kultur", "Natur", "Kultur", ""], strict=True):
        project.theme = theme
        project.save()
    html = client.get(vote.address()).content.decode()
    assert re.findall(r'id="show-(\w+)"', html) == ["all", "1", "2"]
    themes = dict(re.findall(r'data-theme="(\d)" data-cost="\d+" data-id="(\d+)"', html))
    assert set(themes) == {"0", "1", "2"}
    assert len(re.findall(r'name="choice"', html)) == 4


def test_money_and_partners_stand_at_each_project(vote: Vote, client: Client) -> None:
    project = vote.projects[0]
    project.full_cost_nok, project.sector, project.district = 250_000, "voluntary", "Sentrum"
    project.requires = vote.projects[1]
    project.text = "En bro over elva."
    project.save()
    said = shown(client.get(vote.address()))
    for words in ("NOK 100,000", "Partners pay NOK 150,000 of NOK 250,000", "Voluntary sector", "Sentrum",
                  "Can only be carried out together with “Prosjekt 2”.", "En bro over elva."):  # fmt: skip
        assert words in said


@pytest.mark.parametrize("access", ["code", "verified", "invited"])
def test_a_ticket_that_is_too_weak_meets_the_door_and_votes_nowhere(access: str, client: Client) -> None:
    vote = make_vote(access=access)
    page = client.get(vote.address())
    assert 'id="b-form"' not in page.content.decode()
    client.post(vote.address("cast"), vote.fields("1"))
    assert VoterBallot.objects.count() == 0
    with pytest.raises(NotAllowed):
        actions.cast_ballot(vote.guest, vote.ballot, activity=vote.window, chosen=[Chosen("1")])


def test_a_window_of_another_vote_and_a_ticket_of_another_process_are_refused(vote: Vote) -> None:
    other = make_vote()
    with pytest.raises(RuleError, match="another vote"):
        actions.cast_ballot(vote.guest, vote.ballot, activity=other.window, chosen=[Chosen("1")])
    with pytest.raises(NotAllowed):
        actions.cast_ballot(other.guest, vote.ballot, activity=vote.window, chosen=[Chosen("1")])


def test_the_code_in_the_hall_lets_in(client: Client) -> None:
    vote = make_vote(access="code")
    assert "That is not the code." in shown(client.post(vote.address("enter"), {"code": "feil"}))
    page = client.post(vote.address("enter"), {"code": " by-gda "}, follow=True)
    assert 'id="b-form"' in page.content.decode()
    client.post(vote.address("cast"), vote.fields("1"))
    assert vote.stored() == [[("1", None)]]


def test_a_ballot_in_preparation_is_not_there_for_the_public(client: Client) -> None:
    vote = make_vote()
    type(vote.ballot).objects.update(state="draft")
    assert {client.get(vote.address(name)).status_code for name in ("ballot", "receipt", "turnout", "enter")} == {404}


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_asks_the_database_as_often_for_two_projects_as_for_eight(
    kind: str, client: Client, django_assert_num_queries: Any
) -> None:
    for projects in (2, 8):
        vote = make_vote(kind, projects=projects)
        hold(client, vote.guest)
        client.post(vote.address("cast"), vote.fields("1"))
        with django_assert_num_queries(7):
            client.get(vote.address())


def test_many_voters_at_once_have_a_ballot_each(vote: Vote) -> None:
    for number in range(20):
        participant = make_participant(vote.ballot.process)
        actions.cast_ballot(
            participant, vote.ballot, activity=vote.window, chosen=[Chosen(str(number % 4 + 1))], form_key=uuid.uuid4()
        )
    assert VoterBallot.objects.count() == 20
    assert len(set(VoterBallot.objects.values_list("receipt", flat=True))) == 20
