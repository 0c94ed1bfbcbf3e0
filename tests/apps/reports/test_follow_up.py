"""The follow-up of a year: everything on the page, and exactly two pages of paper whatever there is to tell."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.apps.reports.reading import opened, tags_of, text_of
from tests.apps.viewers import PUBLIC, Town, words_of
from tests.factories.benefits import make_baseline, make_benefit
from tests.factories.initiatives import make_cost, make_gate, make_initiative

from samskap.apps.initiatives.models import Initiative
from samskap.apps.reports import queries
from samskap.kernel import clock
from samskap.kernel.errors import NotFound

pytestmark = pytest.mark.django_db

KINDS = {
    "saved_money": "kroner a year", "freed_time": "hours a year", "avoided_cost": "kroner a year",
    "quality": "personer", "value_for_others": "turer",
}  # fmt: skip
THIS = clock.now().year


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.SAMSKAP_DATA = tmp_path


def fill(town: Town, initiatives: int, *, each: int = 2, words: str = "Et tiltak") -> list[Initiative]:
    """So many initiatives in operation, each with benefits of several kinds, a cost and a decision."""
    made = []
    kinds = list(KINDS)
    for number in range(initiatives):
        one = make_initiative(
            municipality=town.municipality, title=f"{words} {number}"[:160], stage="in_operation",
            costs={THIS: 100_000, THIS + 1: 50_000},
        )  # fmt: skip
        make_gate(one, from_stage="pilot", to_stage="in_operation")
        for place in range(each):
            kind = kinds[(number + place) % 5]
            benefit = make_benefit(
                one, kind=kind, unit=KINDS[kind], title=f"{words} gir {number}-{place}"[:160],
                effects_from=date(THIS - 1, 1, 1), targets={date(THIS + 1, 6, 30): 300},
                measured={date(THIS - 1, 6, 1): 101},
            )  # fmt: skip
            make_baseline(benefit, 100, measured_on=date(THIS - 2, 10, 1))
            benefit.measurements.update(cause="Det tok tid å komme i gang. " * 15)
        made.append(one)
    return made


def pdf_of(town: Town, year: int = THIS, **asked: str) -> bytes:
    answer = town.client("anonymous").get(f"/municipalities/{town.municipality.number}/follow-up/{year}.pdf", asked)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    return answer.content


def test_the_page_tells_how_the_year_stands(town: Town) -> None:
    made = make_initiative(municipality=town.municipality, title="Bussen", stage="in_operation", next_step="Evaluere")
    make_cost(made, year=THIS, amount_nok=450_000)
    make_gate(made, from_stage="pilot", to_stage="in_operation")
    saved = make_benefit(
        made, title="Sparte kroner", kind="saved_money", unit="kroner a year", effects_from=date(THIS - 1, 1, 1),
        targets={date(THIS, 1, 31): 90_000}, measured={date(THIS, 1, 31): 100_000},
    )  # fmt: skip
    make_baseline(saved, 0, measured_on=date(THIS - 2, 10, 1))
    page = words_of(town.client("anonymous").get(f"/municipalities/{town.municipality.number}/follow-up/{THIS}/"))
    for part in ("1 of 1 benefits is reached.", "Saved money", "NOK\N{NO-BREAK SPACE}100,000", "450,000", "Bussen",
                 "Evaluere", "What is measured saves", f"Decided in {THIS}",
                 f"To be decided until the end of {THIS + 1}",
                 "Benefits of different kinds are never added together."):  # fmt: skip
        assert part in page


@pytest.mark.parametrize(
    ("initiatives", "each", "words"),
    [
        (0, 0, ""),
        (1, 1, "Et tiltak"),
        (30, 3, "Et tiltak med et navn som er så langt at det aldri får plass på en linje"),
    ],
    ids=["none", "one", "thirty"],
)
def test_it_is_two_pages_whatever_there_is_to_tell(town: Town, initiatives: int, each: int, words: str) -> None:
    fill(town, initiatives, each=each, words=words)
    pdf = pdf_of(town)
    paper, text = opened(pdf), text_of(pdf)
    assert len(paper.pages) == 2
    assert f"/municipalities/{town.municipality.number}/follow-up/{THIS}/" in text
    assert ("more are on the page, whose address stands below." in text) == (initiatives == 30)
    with paper.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
    kinds = [str(tag.S) for tag in tags_of(paper)]
    assert kinds.count("/H1") >= 3
    assert kinds.count("/Table") == (4 if initiatives else 0)


def test_what_went_worst_stands_first_on_paper(town: Town) -> None:
    made = make_initiative(municipality=town.municipality)
    for title, value in (("God", 300), ("Svak", 101)):
        make_benefit(
            made, title=title, baseline=100, targets={date(2026, 6, 30): 200}, measured={date(2026, 6, 30): value}
        )
    lines = [line.title.text for line in queries.follow_up(town.municipality, THIS).benefits]
    assert lines == ["Svak", "God"]


def test_a_year_that_is_over_is_told_as_it_stood_then(town: Town) -> None:
    made = make_initiative(municipality=town.municipality)
    benefit = make_benefit(made, effects_from=date(THIS - 1, 1, 1), targets={date(THIS, 6, 30): 200},
                           measured={date(THIS - 1, 6, 30): 120, date(THIS, 5, 30): 200})  # fmt: skip
    make_baseline(benefit, 100, measured_on=date(THIS - 2, 10, 1))
    before, now = (queries.follow_up(town.municipality, year).benefits[0] for year in (THIS - 1, THIS))
    assert (before.now, now.now) == ("120\N{NO-BREAK SPACE}personer", "200\N{NO-BREAK SPACE}personer")
    assert queries.follow_up(town.municipality, THIS - 1).room == ()


def test_a_draft_is_not_told_of(town: Town) -> None:
    made = make_initiative(municipality=town.municipality, published=False, costs={THIS: 5_000})
    make_benefit(made, title="Hemmelig", baseline=1)
    told = queries.follow_up(town.municipality, THIS)
    assert (told.benefits, told.costs, told.coming) == ((), None, ())


def test_only_what_is_planned_costs_anything_and_what_was_stopped_nothing_after_that_year(town: Town) -> None:
    fill(town, 1)
    for stage, stopped_from in (("explored", ""), ("stopped", "explored"), ("stopped", "pilot")):
        made = make_initiative(municipality=town.municipality, stage=stage, costs={THIS: 7_000, THIS + 1: 7_000})
        if stopped_from:
            make_gate(made, from_stage=stopped_from, to_stage="stopped", decided_on=date(THIS, 3, 1))
    costs = queries.follow_up(town.municipality, THIS).costs
    assert costs is not None
    assert costs.rows[0] == ("In all", "0", "107,000", "50,000", "0", "0")


@pytest.mark.parametrize("year", [1900, THIS + 1, 9999])
def test_a_year_without_benefits_has_no_follow_up(town: Town, year: int) -> None:
    with pytest.raises(NotFound):
        queries.follow_up(town.municipality, year)


def test_everybody_may_read_it(town: Town) -> None:
    fill(town, 1)
    for form in (f"{THIS}/", f"{THIS}.pdf"):
        assert town.statuses(f"/municipalities/{town.municipality.number}/follow-up/{form}") == PUBLIC


def test_the_pages_of_municipality_and_benefits_lead_to_it(town: Town) -> None:
    number, client = town.municipality.number, town.client("anonymous")
    address = f"/municipalities/{number}/follow-up/{THIS}/"
    assert address not in words_of(client.get(f"/municipalities/{number}/"))
    fill(town, 1)
    for page in (f"/municipalities/{number}/", f"/municipalities/{number}/benefits/"):
        assert address in words_of(client.get(page))


def test_one_initiative_and_three_cost_as_many_queries(town: Town, django_assert_max_num_queries: Any) -> None:
    fill(town, 3)
    with django_assert_max_num_queries(20):
        queries.follow_up(town.municipality, THIS)
