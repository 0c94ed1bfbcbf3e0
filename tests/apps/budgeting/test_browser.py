"""The ballot in a real browser: sums while one chooses, ranking by keyboard, the filter, and no script at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.apps.budgeting.conftest import Vote, make_vote

from samskap.apps.budgeting.models import VoterBallot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

Open = Callable[..., Any]


@pytest.fixture
def opened(chromium: Any, live_server: Any) -> Iterator[Open]:
    """Opens a vote on a phone, and checks at the end that no script has failed."""
    contexts, errors = [], []

    def open_vote(vote: Vote, **options: Any) -> Any:
        context = chromium.new_context(base_url=live_server.url, **({"locale": "en"} | PHONE | options))
        context.set_default_timeout(8000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: said.type == "error" and errors.append(said.text))
        page.goto(vote.address())
        return page

    yield open_vote
    for context in contexts:
        context.close()
    assert errors == []


def said(page: Any) -> str:
    """What the bar at the bottom tells."""
    words: str = page.locator("#b-sum-text").inner_text()
    return words.replace("\N{NO-BREAK SPACE}", " ")


def titled(page: Any, title: str) -> Any:
    return page.locator(".b-project", has_text=title)


def test_the_sum_runs_along_and_says_when_it_is_over_the_budget(opened: Open) -> None:
    vote = make_vote("knapsack", budget_nok=500_000)
    page = opened(vote)
    assert said(page) == "NOK 0 chosen · NOK 500,000 left"
    for title, words in (
        ("Prosjekt 1", "NOK 100,000 chosen · NOK 400,000 left"),
        ("Prosjekt 4", "NOK 500,000 chosen · NOK 0 left"),
        ("Prosjekt 2", "NOK 700,000 chosen · NOK 200,000 over the budget: take something away"),
    ):
        titled(page, title).locator("input").check()
        assert said(page) == words
    page.get_by_role("button", name="Hand in my ballot").click()
    assert "NOK 200,000 more than" in page.locator("#b-problems").inner_text().replace("\N{NO-BREAK SPACE}", " ")
    assert page.locator("input[name=choice]:checked").count() == 3
    titled(page, "Prosjekt 2").locator("input").uncheck()
    page.get_by_role("button", name="Hand in my ballot").click()
    page.get_by_role("heading", name="Your receipt").wait_for()
    assert vote.stored() == [[("1", None), ("4", None)]]


def test_projects_are_ranked_with_the_keyboard_and_the_focus_stays_on_the_way(opened: Open) -> None:
    vote = make_vote("ranking")
    page = opened(vote)
    for title in ("Prosjekt 3", "Prosjekt 1", "Prosjekt 2"):
        titled(page, title).locator(".b-toggle").focus()
        page.keyboard.press("Enter")
    order = page.locator(".b-ranked-title")
    assert order.all_inner_texts() == ["Prosjekt 3", "Prosjekt 1", "Prosjekt 2"]
    page.locator("#b-ranked-list li", has_text="Prosjekt 2").locator("[data-way=up]").focus()
    page.keyboard.press("Enter")
    assert order.all_inner_texts() == ["Prosjekt 3", "Prosjekt 2", "Prosjekt 1"]
    page.keyboard.press("Enter")
    assert order.all_inner_texts() == ["Prosjekt 2", "Prosjekt 3", "Prosjekt 1"]
    # At the top there is no way further up: the way down has the focus.
    assert page.locator(":focus").inner_text().startswith("Down")
    page.locator("#b-ranked-list li", has_text="Prosjekt 3").get_by_role("button", name="Take away").click()
    page.get_by_role("button", name="Hand in my ballot").click()
    page.get_by_role("heading", name="Your receipt").wait_for()
    assert vote.stored() == [[("2", 1), ("1", 2)]]
    page.goto(vote.address())
    assert page.locator(".b-ranked-title").all_inner_texts() == ["Prosjekt 2", "Prosjekt 1"]


def test_points_are_added_up(opened: Open) -> None:
    vote = make_vote("points", points_a_project=6)
    page = opened(vote)
    titled(page, "Prosjekt 1").locator("input").fill("6")
    assert said(page) == "6 of 10 points used"
    titled(page, "Prosjekt 2").locator("input").fill("7")
    assert said(page) == "13 of 10 points used · 3 points too many · More than 6 points for one project"


@pytest.mark.parametrize("javascript", [True, False])
def test_the_filter_hides_and_loses_nothing(opened: Open, javascript: bool) -> None:
    vote = make_vote("approval")
    for project, theme in zip(vote.projects, ["Kultur", "Natur", "Kultur", "Natur"], strict=True):
        project.theme = theme
        project.save()
    page = opened(vote, java_script_enabled=javascript)
    titled(page, "Prosjekt 2").locator("input").check()
    page.get_by_label("Kultur").check(force=True)
    assert not titled(page, "Prosjekt 2").is_visible()
    assert titled(page, "Prosjekt 1").is_visible()
    titled(page, "Prosjekt 3").locator("input").check()
    page.get_by_role("button", name="Hand in my ballot").click()
    page.get_by_role("heading", name="Your receipt").wait_for()
    assert vote.stored() == [[("2", None), ("3", None)]]


def test_without_a_script_places_are_chosen_from_lists(opened: Open) -> None:
    vote = make_vote("ranking")
    page = opened(vote, java_script_enabled=False)
    assert not page.locator("#b-ranked").is_visible()
    for title, place in (("Prosjekt 4", "1"), ("Prosjekt 2", "2")):
        titled(page, title).locator("select").select_option(place)
    page.get_by_role("button", name="Hand in my ballot").click()
    page.get_by_role("heading", name="Your receipt").wait_for()
    assert vote.stored() == [[("4", 1), ("2", 2)]]
    assert VoterBallot.objects.count() == 1
    assert page.get_by_role("button", name="Copy the code").count() == 0
