"""The portfolio: a board, a table that sorts, a file, and its balance."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse
from tests import factories
from tests.apps.viewers import Town, words_of
from tests.factories.initiatives import make_cost, make_initiative, make_organisation_partner

from samskap.apps.challenges.models import Challenge
from samskap.apps.initiatives import queries

BOARD = "initiatives:portfolio"


def test_an_empty_portfolio_says_how_to_begin(town: Town) -> None:
    for page in ("portfolio", "portfolio_table", "portfolio_balance"):
        text = words_of(town.client("leader").get(reverse(f"initiatives:{page}")))
        assert "No initiatives yet" in text
        assert reverse("initiatives:new_initiative") in text


def test_the_board_has_a_column_for_each_stage_and_the_next_date_on_top(town: Town) -> None:
    make_initiative(municipality=town.municipality, title="Senere", in_days=40)
    make_initiative(municipality=town.municipality, title="Snart", in_days=2, published=False)
    make_initiative(municipality=town.municipality, title="Over dato", stage="pilot", in_days=-3)
    make_initiative(municipality=town.municipality, title="Stoppet", stage="stopped", in_days=-30)
    make_initiative(title="Andre steder")
    page = town.client("leader").get(reverse(BOARD))
    stages = [*page.context["stages"], page.context["stopped"]]
    assert [(stage.key, [row.initiative.title for row in stage.rows]) for stage in stages] == [
        ("idea", ["Snart", "Senere"]), ("explored", []), ("planned", []), ("pilot", ["Over dato"]),
        ("in_operation", []), ("stopped", ["Stoppet"]),
    ]  # fmt: skip
    assert page.context["overdue"] == 1
    text = words_of(page)
    assert "1 initiative has a date that has passed." in text
    assert "Overdue:" in text
    assert text.count(">Draft<") == 1


def test_every_card_can_be_moved_with_the_keyboard_by_a_decision(town: Town) -> None:
    one = make_initiative(municipality=town.municipality)
    text = words_of(town.client("leader").get(reverse(BOARD)))
    assert f'href="{reverse("initiatives:decide_gate", args=[one.pk])}"' in text


@pytest.mark.parametrize(
    ("sort", "titles"),
    [
        ("title", "ABC"), ("-title", "CBA"), ("next", "CAB"), ("-next", "BAC"), ("full", "BCA"), ("-full", "ACB"),
        ("net", "BCA"), ("hours", "BCA"), ("stage", "BCA"), ("-stage", "ACB"), ("nonsense", "CAB"),
        ("-nonsense", "CAB"), ("", "CAB"),
    ],
)  # fmt: skip
def test_the_table_sorts_by_each_column_both_ways(town: Town, sort: str, titles: str) -> None:
    first = make_initiative(municipality=town.municipality, title="A", in_days=5, stage="pilot", costs={2027: 90})
    make_initiative(municipality=town.municipality, title="B", in_days=9)
    make_initiative(municipality=town.municipality, title="C", in_days=1, stage="explored", costs={2027: 20})
    make_organisation_partner(first, hours=3)
    page = town.client("leader").get(reverse("initiatives:portfolio_table"), {"sort": sort} if sort else {})
    assert "".join(row.initiative.title for row in page.context["rows"]) == titles


def test_the_head_that_is_sorted_by_says_so_and_turns_the_order(town: Town) -> None:
    make_initiative(municipality=town.municipality)
    for sort, order, turned in (("title", "ascending", "-title"), ("-title", "descending", "title")):
        text = words_of(town.client("leader").get(reverse("initiatives:portfolio_table"), {"sort": sort}))
        assert f'aria-sort="{order}"><a class="ds-link" href="?sort={turned}">Initiative</a>' in text
        assert text.count("aria-sort") == 1


def test_the_file_holds_the_table_for_those_who_work_here(town: Town) -> None:
    body = factories.make_organisation(municipality=town.municipality, name="Laget", sector="voluntary")
    challenge = Challenge.objects.create(municipality=town.municipality, title="Flere eldre", text="x")
    one = make_initiative(
        municipality=town.municipality, title="Følgevenn", owner=town.partner, owner_organisation=body, in_days=-1,
        challenges=[challenge], next_step="Spør; så ring", costs={2027: 100_000},
    )  # fmt: skip
    make_cost(one, amount_nok=30_000, payer=body)
    make_organisation_partner(one, organisation=body, money=10_000, hours=40)
    answer = town.client("facilitator").get(reverse("initiatives:portfolio_csv"))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="portfolio-{town.municipality.number}.csv"'
    assert list(csv.DictReader(io.StringIO(answer.content.decode()))) == [
        {
            "title": "Følgevenn", "stage": "idea", "published": "yes", "owner": "partner", "organisation": "Laget",
            "sector": "voluntary", "next_step": "Spør; så ring", "next_date": one.next_date.isoformat(),
            "overdue": "yes", "full_cost_nok": "130000", "municipality_pays_nok": "120000", "unconfirmed_nok": "20000",
            "hours": "40", "partners": "1", "challenges": "Flere eldre",
        }
    ]  # fmt: skip


def test_the_balance_counts_stages_challenges_sectors_and_years_and_leaves_out_what_was_stopped(town: Town) -> None:
    private = factories.make_organisation(municipality=town.municipality, sector="private")
    answered, alone = (
        Challenge.objects.create(municipality=town.municipality, title=title, text="x", order=order)
        for order, title in enumerate(("Flere eldre", "For få lærlinger"))
    )
    one = make_initiative(
        municipality=town.municipality, stage="pilot", challenges=[answered], owner_organisation=private,
        costs={2027: 300_000, 2029: 50_000},
    )  # fmt: skip
    make_cost(one, year=2027, amount_nok=80_000, payer=private)
    make_initiative(municipality=town.municipality)
    make_initiative(municipality=town.municipality, stage="stopped", challenges=[alone], costs={2027: 9_000_000})
    balance = town.client("leader").get(reverse("initiatives:portfolio_balance")).context["balance"]
    tables = {figure.title: figure.rows for figure in balance.figures}
    assert tables == {
        "Initiatives by stage": (
            ("Idea", "1"), ("Explored", "0"), ("Planned", "0"), ("Pilot", "1"), ("In operation", "0"), ("Stopped", "1"),
        ),
        "Initiatives by challenge": (("Flere eldre", "1"), ("For få lærlinger", "0"), ("No challenge named", "1")),
        "Initiatives by the sector of the owner": (
            ("Public sector", "0"), ("Private sector", "1"), ("Voluntary sector", "0"), ("No organisation named", "1"),
        ),
        "Money by year and payer": (
            ("2027", "300,000", "0", "80,000", "0", "380,000"),
            ("2028", "0", "0", "0", "0", "0"),
            ("2029", "50,000", "0", "0", "0", "50,000"),
        ),
    }  # fmt: skip
    assert [title for title, _lang, _url in balance.unanswered] == ["For få lærlinger"]
    assert balance.live == 2


def test_a_balance_without_money_or_challenges_shows_what_there_is(town: Town) -> None:
    make_initiative(municipality=town.municipality)
    balance = queries.balance(town.municipality, queries.portfolio(town.municipality))
    assert [figure.title for figure in balance.figures] == [
        "Initiatives by stage", "Initiatives by the sector of the owner",
    ]  # fmt: skip
    assert balance.unanswered == ()


def test_amounts_up_to_the_largest_are_drawn_and_added_exactly(town: Town) -> None:
    make_initiative(municipality=town.municipality, costs={2027: 10**12, 2028: 1})
    page = town.client("leader").get(reverse("initiatives:portfolio_balance"))
    money = page.context["balance"].figures[-1]
    assert [row[-1] for row in money.rows] == ["1,000,000,000,000", "1"]


def test_names_in_a_chart_are_escaped(town: Town) -> None:
    Challenge.objects.create(municipality=town.municipality, title="<script>alert(1)</script>", text="x")
    make_initiative(municipality=town.municipality)
    assert "<script>alert" not in words_of(town.client("leader").get(reverse("initiatives:portfolio_balance")))
