"""Ideas, opportunities and promises in a real browser: without script, by keyboard, and with nothing too wide."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests import factories
from tests.apps.viewers import Town, make_town
from tests.factories.ideas import (
    make_commitment,
    make_follower,
    make_idea,
    make_idea_round,
    make_idea_window,
    make_opportunity,
    make_partner,
    make_support,
)

from samskap.apps.initiatives import actions
from samskap.apps.initiatives.models import Idea, IdeaRound, IdeaSupport, Opportunity

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
Open = Callable[..., Any]


@pytest.fixture
def town(transactional_db: None) -> Town:
    return make_town()


@pytest.fixture
def idea_round(town: Town) -> IdeaRound:
    process = factories.make_process(municipality=town.municipality, title="Tjenester sammen")
    made = make_idea_round(process=process, title="Hva kan vi gjøre sammen for dem som er ensomme?",
                           intro="Skriv det du tror kan hjelpe. Vi svarer alle innen to uker.")  # fmt: skip
    make_idea_window(made, results="always")
    words = ["Turfølge hver tirsdag", "Felles middag på skolen", "Bygdekjøkken i samfunnshuset", "Besøksvenn med hund"]
    for n, title in enumerate(words):
        idea = make_idea(made, title=title, text="Frivillige og kommunen gjør det sammen, og alle kan bli med.")
        for _person in range(n):
            make_support(idea)
    kept = made.ideas.get(title="Turfølge hver tirsdag")
    make_idea(made, title="Gå tur sammen", state="merged", merged_into=kept)
    make_idea(made, title="Et ord som venter på en moderator", state="waiting")
    return made


@pytest.fixture
def opportunity(town: Town, idea_round: IdeaRound) -> Opportunity:
    said = {"title": "Turfølge og bygdekjøkken", "text": "Vi lager **ett møtested** i uka, med mat og en tur."}
    made = make_opportunity(municipality=town.municipality, process=idea_round.process, **said)
    idea_round.ideas.filter(state="accepted", number__lte=3).update(opportunity=made)
    bodies = {"voluntary": "Sanitetsforeningen", "private": "Bygdas matbutikk", "public": "Frisklivssentralen"}
    for sector, name in bodies.items():
        body = factories.make_organisation(municipality=town.municipality, sector=sector, name=name)
        partner = make_partner(made, organisation=body, note="Vi har gjort det før.")
        make_commitment(partner, amount=25_000, state="confirmed")
        make_commitment(partner, kind="hours", amount=120, text="To kvelder i uka")
    make_commitment(partner, kind="premises", amount=None, text="Kjøkkenet på tirsdager", state="delivered")
    make_partner(made, email="kari@example.org", name="Kari")
    data = {"partner": "Bygdas matbutikk"}
    actions.tell("partner_joined", by=town.facilitator, opportunity=made, path="/", data=data)
    return made


@pytest.fixture
def open_page(chromium: Any, live_server: Any, town: Town) -> Iterator[Open]:
    contexts: list[Any] = []

    def opened(path: str, *, who: str = "", **kind: Any) -> Any:
        options: dict[str, Any] = {"locale": "en", "viewport": PHONE, "base_url": live_server.url} | kind
        context = chromium.new_context(**options)
        contexts.append(context)
        if who:
            client = Client()
            client.force_login(getattr(town, who))
            cookie = client.cookies["samskap_session"].value
            context.add_cookies([{"name": "samskap_session", "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.errors = []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("console", lambda said: page.errors.append(said.text) if said.type == "error" else None)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()


def test_an_idea_is_written_and_others_supported_without_script_and_by_keyboard(
    open_page: Open, idea_round: IdeaRound
) -> None:
    page = open_page(reverse("initiatives:idea_round", args=[idea_round.pk]), java_script_enabled=False)
    page.get_by_role("link", name="Write an idea").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Your idea in a few words").fill("Turfølge hver tirsdag kveld")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Is it one of these?").wait_for()
    page.get_by_role("button", name="Send mine anyway").click()
    page.get_by_text("A moderator reads your idea before others see it.").wait_for()
    assert Idea.objects.get(title="Turfølge hver tirsdag kveld").state == "waiting"
    page.goto(reverse("initiatives:idea_round", args=[idea_round.pk]))
    support = page.get_by_role("button", name=re.compile("^Support it.*Besøksvenn med hund"))
    support.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name=re.compile("^✓? ?You support it.*Besøksvenn med hund")).click()
    support.wait_for()
    assert IdeaSupport.objects.filter(participant__ideas__title="Turfølge hver tirsdag kveld").count() == 0


def test_a_mail_program_and_a_person_stop_without_script(open_page: Open, opportunity: Opportunity) -> None:
    follower = make_follower(opportunity, email="kari@example.org")
    page = open_page(reverse("initiatives:following_off", args=[follower.token]), java_script_enabled=False)
    page.get_by_role("button", name="Stop all e-mail").click()
    page.get_by_role("heading", name="You are told nothing more").wait_for()
    follower.refresh_from_db()
    assert follower.email == ""
