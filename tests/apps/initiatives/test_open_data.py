"""Published initiatives as open data: whole, and without persons."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from tests import factories
from tests.apps.viewers import Town
from tests.factories.initiatives import make_cost, make_gate, make_initiative, make_organisation_partner

from samskap.apps.challenges.models import Challenge
from samskap.apps.initiatives.models import Initiative, Milestone, Partner
from samskap.apps.initiatives.queries import open_data
from samskap.kernel import clock

EXPORTS = Path(__file__).parents[3] / "docs/reference/exports.md"


def documents(town: Town, *, lang: str = "en") -> dict[str, object]:
    client = town.client("anonymous")
    client.cookies["samskap_language"] = lang
    return client.get(reverse("initiatives:initiatives_json", args=[town.municipality.number])).json()


@pytest.fixture
def told(town: Town) -> Initiative:
    body = factories.make_organisation(municipality=town.municipality, name="Laget", sector="voluntary")
    public, draft = (
        Challenge.objects.create(municipality=town.municipality, title=title, text="x", published_at=at)
        for title, at in (("Flere eldre", clock.now()), ("Kladd", None))
    )
    one = make_initiative(
        municipality=town.municipality, title="Følgevenn", summary="Kort", problem="Mange er alene", stage="explored",
        owner=town.leader, owner_organisation=body, starts_on=date(2027, 3, 1), challenges=[public, draft],
        learned="Spør først", translations={"en": {"title": "Companion"}},
    )  # fmt: skip
    make_cost(one, year=2027, amount_nok=120_000)
    make_cost(one, year=2028, amount_nok=30_000, payer=body)
    make_organisation_partner(one, organisation=body, money=10_000, hours=40)
    Partner.objects.create(initiative=one, name="Ola Skjult", email="ola@example.org", confirmed_at=clock.now())
    Milestone.objects.create(initiative=one, text="Avtale", due_on=date(2027, 2, 1), done_on=date(2027, 1, 20))
    make_gate(one, decided_on=date(2026, 10, 1), missing=["challenge"], recorded_by=town.leader)
    return one


def test_the_document_tells_the_whole_of_what_is_published(town: Town, told: Initiative) -> None:
    make_initiative(municipality=town.municipality, title="Kladd", published=False)
    make_initiative(title="Andre steder")
    texts = list(told.cost_lines.values_list("text", flat=True))
    assert told.published_at is not None
    challenge = told.challenges.get(title="Flere eldre")
    assert documents(town) == {
        "format": "samskap-initiatives",
        "format_version": 1,
        "municipality": {"number": town.municipality.number, "name": town.municipality.name},
        "illustrative": False,
        "initiatives": [
            {
                "id": told.pk,
                "url": f"http://testserver/initiatives/{told.pk}/",
                "language": "en",
                "title": "Companion",
                "summary": "Kort",
                "stage": "explored",
                "owner": {"name": "Laget", "sector": "voluntary"},
                "challenges": [{"id": challenge.pk, "title": "Flere eldre"}],
                "questions": {
                    "problem": "Mange er alene", "zero_alternative": "", "measures": "", "principles": "",
                    "effects": "", "recommendation": "", "conditions": "",
                },
                "starts_on": "2027-03-01",
                "next_date": told.next_date.isoformat(),
                "money": {
                    "full_cost_nok": 150_000, "confirmed_by_partners_nok": 10_000, "municipality_pays_nok": 140_000,
                    "unconfirmed_nok": 20_000, "hours": 40,
                },
                "costs": [
                    {"year": 2027, "text": texts[0], "amount_nok": 120_000, "payer": None},
                    {"year": 2028, "text": texts[1], "amount_nok": 30_000,
                     "payer": {"name": "Laget", "sector": "voluntary"}},
                ],
                "partners": [{"name": "Laget", "sector": "voluntary"}],
                "milestones": [{"text": "Avtale", "due_on": "2027-02-01", "done_on": "2027-01-20"}],
                "decisions": [
                    {"from": "idea", "to": "explored", "decision": "go_on", "reason": "Vi vil vite mer.",
                     "decided_by": "Kommunestyret", "decided_on": "2026-10-01", "missing": ["challenge"]},
                ],
                "learned": "Spør først",
                "published_on": told.published_at.date().isoformat(),
            }
        ],
    }  # fmt: skip


def test_the_table_has_a_row_for_each(town: Town, told: Initiative) -> None:
    make_initiative(municipality=town.municipality, title="Stoppet", stage="stopped")
    answer = town.client("anonymous").get(reverse("initiatives:initiatives_csv", args=[town.municipality.number]))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert told.published_at is not None
    assert rows[0] == {
        "id": str(told.pk), "title": "Companion", "summary": "Kort", "language": "en", "stage": "explored",
        "owner_organisation": "Laget", "owner_sector": "voluntary", "challenges": "Flere eldre",
        "starts_on": "2027-03-01", "next_date": told.next_date.isoformat(), "full_cost_nok": "150000",
        "confirmed_by_partners_nok": "10000", "municipality_pays_nok": "140000", "unconfirmed_nok": "20000",
        "hours": "40", "partners": "1", "published_on": told.published_at.date().isoformat(),
    }  # fmt: skip
    assert [(row["title"], row["next_date"]) for row in rows[1:]] == [("Stoppet", "")]
    assert tuple(rows[0]) == open_data.CSV_COLUMNS


def test_no_person_is_in_the_data(town: Town, told: Initiative) -> None:
    for page in ("initiatives_json", "initiatives_csv"):
        where = reverse(f"initiatives:{page}", args=[town.municipality.number])
        text = town.client("leader").get(where).content.decode()
        assert "Companion" in text
        for secret in ("Ola Skjult", "ola@example.org", town.leader.email, town.leader.name):
            assert secret not in text


def test_the_texts_are_in_the_readers_language(town: Town, told: Initiative) -> None:
    assert documents(town, lang="nn")["initiatives"][0]["title"] == "Følgevenn"  # type: ignore[index]


def test_a_municipality_that_is_not_here_answers_in_the_one_shape_of_errors(town: Town) -> None:
    answer = town.client("anonymous").get(reverse("initiatives:initiatives_json", args=["0000"]))
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_every_field_and_column_is_documented(town: Town, told: Initiative) -> None:
    page = EXPORTS.read_text(encoding="utf-8")
    section = page.partition("\n## Initiatives\n")[2].partition("\n## ")[0]
    fields = documents(town)["initiatives"][0]  # type: ignore[index]
    assert [name for name in (*fields, *fields["money"], *open_data.CSV_COLUMNS) if f"`{name}`" not in section] == []
