"""The pages of benefits: for whom each is, and what the public one tells."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.urls import reverse
from tests import factories
from tests.apps.viewers import DESK, HIDDEN, PUBLIC, Town, met, words_of
from tests.factories.benefits import make_baseline, make_benefit, make_measurement, make_target
from tests.factories.initiatives import make_initiative

from samskap.apps.benefits import queries
from samskap.apps.benefits.models import Benefit
from samskap.kernel import clock
from samskap.web.parts import parts_of

POST_ONLY = met(302, 405, 405)
NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)

PAGES = {
    "benefits": HIDDEN,
    "benefit": HIDDEN,
    "work_benefits": DESK,
    "new_benefit": DESK,
    "work_benefit": DESK,
    "change_benefit": DESK,
    "end_benefit": DESK,
    "reopen_benefit": POST_ONLY,
    "delete_benefit": DESK,
    "set_baseline": DESK,
    "take_baseline": POST_ONLY,
    "new_target": DESK,
    "restore_target": POST_ONLY,
    "change_target": DESK,
    "remove_target": POST_ONLY,
    "new_measurement": DESK,
    "take_measurement": POST_ONLY,
    "change_measurement": DESK,
    "approve_measurement": DESK,
    "send_back_measurement": POST_ONLY,
    "lock_measurement": POST_ONLY,
    "correct_measurement": DESK,
    "take_correction": POST_ONLY,
    "delete_measurement": POST_ONLY,
}
# The pages of who answers for a benefit, without being in charge.
OWNERS = {"work_benefit", "set_baseline", "new_measurement", "change_measurement", "correct_measurement"}


@pytest.fixture(autouse=True)
def _in_july() -> Iterator[None]:
    with clock.showing(NOW):
        yield


@pytest.fixture
def benefit(town: Town) -> Benefit:
    initiative = make_initiative(municipality=town.municipality, published=False)
    made = make_benefit(initiative, baseline=100, title="Færre avlyste besøk")
    make_target(made, 120)
    make_measurement(made, 110, state="draft", written_by=town.facilitator)
    return made


def address(page: str, one: Benefit) -> str:
    values: list[Any] = [one.pk]
    if page in {"benefits", "work_benefits", "new_benefit"}:
        values = [one.initiative_id]
    if page in {"change_target", "remove_target"}:
        values.append(one.targets.get().pk)
    if (
        page.endswith("_measurement") and page not in {"new_measurement", "take_measurement"}
    ) or page == "take_correction":
        values = [one.measurements.get().pk]
    return reverse(f"benefits:{page}", args=values)


# --- Who ---


@pytest.mark.parametrize("page", PAGES)
def test_each_page_lets_in_those_it_is_for(town: Town, benefit: Benefit, page: str) -> None:
    assert town.statuses(address(page, benefit)) == PAGES[page]


def test_every_page_of_benefits_is_in_the_grid() -> None:
    from samskap.apps.benefits.urls import benefits

    assert {pattern.name for pattern in benefits.urlpatterns} == set(PAGES)


@pytest.mark.parametrize("page", ["benefits", "benefit"])
def test_the_benefits_of_a_published_initiative_are_for_everyone(town: Town, page: str) -> None:
    one = make_benefit(make_initiative(municipality=town.municipality))
    assert town.statuses(address(page, one)) == PUBLIC


def test_who_answers_for_a_benefit_follows_it_up_and_no_more(town: Town, benefit: Benefit) -> None:
    Benefit.objects.filter(pk=benefit.pk).update(owner=town.partner)
    client = town.client("partner")
    seen = {page for page in PAGES if client.get(address(page, benefit)).status_code == 200}
    assert seen == OWNERS | {"benefit"}
    town.partner.mandates.all().delete()
    assert {client.get(address(page, benefit)).status_code for page in OWNERS} == {404}


# --- What the public sees ---


def test_the_public_page_tells_every_number_with_its_day_and_source(town: Town) -> None:
    one = make_benefit(make_initiative(municipality=town.municipality), unit="besøk", better="higher")
    make_baseline(one, 100, source="Telling i hjemmetjenesten")
    make_target(one, 120, due_on=date(2026, 12, 31))
    make_measurement(one, 104, source="Ny telling", cause="To stillinger sto tomme.")
    words = words_of(town.client("anonymous").get(address("benefit", one)))
    for said in (
        "Behind the forecast", "To stillinger sto tomme.", "Telling i hjemmetjenesten", "Ny telling",
        "Before: 100\N{NO-BREAK SPACE}besøk, on 1 October 2025.", "Target: 120 by 31 December 2026.",
        "Now: 104, on 30 June 2026, a change of +4. Forecast for that day: 109.9.",
        "The municipality&#x27;s own figures",
    ):  # fmt: skip
        assert said in words
    assert "<svg" in words


def test_drafts_are_for_those_who_work_with_it(town: Town) -> None:
    one = make_benefit(make_initiative(municipality=town.municipality), baseline=100, targets={date(2026, 12, 31): 120})
    make_measurement(one, 77.125, state="draft", source="Et utkast")
    for kind in ("anonymous", "leader"):
        assert "Et utkast" not in words_of(town.client(kind).get(address("benefit", one)))
    assert "Et utkast" in words_of(town.client("leader").get(address("work_benefit", one)))
    assert queries.benefits_of(one.initiative, None)[0].measurements == ()


def test_no_public_page_names_a_person(town: Town) -> None:
    owner = factories.make_person(role="unit_manager", municipality=town.municipality, name="Kari Hemmelig")
    one = make_benefit(make_initiative(municipality=town.municipality), owner=owner, baseline=100)
    make_measurement(one, 110, written_by=owner, approved_by=town.leader)
    for page in ("benefit", "benefits"):
        assert "Hemmelig" not in words_of(town.client("anonymous").get(address(page, one)))
    assert "Kari Hemmelig" in words_of(town.client("leader").get(address("work_benefit", one)))


def test_a_corrected_number_stands_beside_its_correction(town: Town) -> None:
    one = make_benefit(make_initiative(municipality=town.municipality), baseline=100, targets={date(2026, 12, 31): 120})
    wrong = make_measurement(one, 199)
    make_measurement(one, 119, corrects=wrong, correction="Et siffer var galt.", state="approved")
    words = words_of(town.client("anonymous").get(address("benefit", one)))
    assert "Et siffer var galt." in words
    assert "199" in words
    assert "Now: 119" in words


def test_the_initiative_shows_its_benefits_and_a_draft_of_it_does_not(town: Town) -> None:
    shown = make_benefit(make_initiative(municipality=town.municipality), title="Kortere ventetid")
    page = reverse("initiatives:initiative", args=[shown.initiative_id])
    assert "Kortere ventetid" in words_of(town.client("anonymous").get(page))
    work = reverse("initiatives:work_initiative", args=[shown.initiative_id])
    assert "Kortere ventetid" in words_of(town.client("leader").get(work))
    hidden = make_initiative(municipality=town.municipality, published=False)
    make_benefit(hidden)
    assert queries.initiative_benefits(hidden, None) == []


def test_an_initiative_without_benefits_asks_for_the_first(town: Town) -> None:
    initiative = make_initiative(municipality=town.municipality)
    titles = [part.title for part in parts_of("initiative_work", initiative, town.leader)]
    assert "Benefits" in titles
    assert "New benefit" in words_of(
        town.client("leader").get(reverse("initiatives:work_initiative", args=[initiative.pk]))
    )


def test_a_list_costs_the_same_for_one_benefit_and_five(town: Town, django_assert_num_queries: Any) -> None:
    initiative = make_initiative(municipality=town.municipality)
    make_benefit(initiative, baseline=1, targets={date(2026, 12, 31): 2}, measured={date(2026, 6, 30): 1})
    with django_assert_num_queries(3):
        assert len(queries.benefits_of(initiative, None)) == 1
    for _again in range(4):
        make_benefit(initiative, baseline=1, targets={date(2026, 12, 31): 2}, measured={date(2026, 6, 30): 1})
    with django_assert_num_queries(3):
        assert len(queries.benefits_of(initiative, None)) == 5


def test_the_history_of_a_benefit_is_public_with_its_initiative(town: Town, benefit: Benefit) -> None:
    page = reverse("trail:history", args=["benefit", benefit.pk])
    assert town.statuses(page) == HIDDEN
