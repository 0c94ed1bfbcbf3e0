"""Cost lines, risks, those affected and milestones; and the sums that come of costs and commitments."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import factories
from tests.apps.viewers import Town, words_of
from tests.factories.initiatives import make_cost, make_initiative, make_organisation_partner

from samskap.apps.initiatives import actions, queries, rules
from samskap.apps.initiatives.models import Commitment, CostLine, Initiative, Milestone, News, Partner, Risk
from samskap.apps.initiatives.queries.initiatives import PARTS
from samskap.apps.trail.labels import SENTENCES
from samskap.kernel import clock
from samskap.kernel.errors import RuleError


@pytest.fixture
def initiative(town: Town) -> Initiative:
    return make_initiative(municipality=town.municipality, title="Følgevenn")


def section(one: Initiative, name: str) -> str:
    return reverse("initiatives:edit_section", args=[one.pk, name])


TYPED: dict[str, dict[str, str]] = {
    "costs": {
        "text_nb": "Koordinator",
        "year": "2027",
        "amount_nok": "420 000",
        "payer": "0",
        "text_en": "Coordinator",
    },
    "risks": {"text_nb": "For få melder seg", "likelihood": "2", "consequence": "3", "response_nb": "Begynner smått"},
    "affected": {"who_nb": "Pårørende", "how_nb": "Slipper å ta fri"},
    "milestones": {"text_nb": "Avtale på plass", "due_on": "2027-05-01"},
}
STORED = {
    "costs": {"text": "Koordinator", "year": 2027, "amount_nok": 420_000, "payer_id": None,
              "translations": {"en": {"text": "Coordinator"}}},
    "risks": {"text": "For få melder seg", "likelihood": 2, "consequence": 3, "response": "Begynner smått"},
    "affected": {"who": "Pårørende", "how": "Slipper å ta fri"},
    "milestones": {"text": "Avtale på plass", "done_on": None},
}  # fmt: skip


def stored(kind: str) -> dict[str, Any]:
    row = PARTS[kind]._default_manager.values().get()
    return {name: row[name] for name in STORED[kind]}


# --- Added, changed, taken away and put back ---


@pytest.mark.parametrize("kind", PARTS)
def test_each_kind_is_added_changed_taken_away_and_put_back(town: Town, initiative: Initiative, kind: str) -> None:
    client, where = town.client("facilitator"), section(initiative, kind)
    assert client.post(where, TYPED[kind]).status_code == 302
    assert stored(kind) == STORED[kind]
    part = PARTS[kind]._default_manager.get()
    change = reverse("initiatives:change_part", args=[initiative.pk, kind, part.pk])
    form = client.get(change).context["form"]
    again = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    assert client.post(change, {key: str(value) for key, value in again.items()}).status_code == 302
    assert stored(kind) == STORED[kind]
    page = client.post(reverse("initiatives:remove_part", args=[initiative.pk, kind, part.pk]), follow=True)
    assert "Undo" in page.content.decode()
    assert not PARTS[kind]._default_manager.exists()
    restore = reverse("initiatives:restore_part", args=[initiative.pk])
    client.post(restore, {"section": kind})
    assert stored(kind) == STORED[kind]
    assert client.post(restore, {"section": kind}).status_code == 404
    assert {f"initiatives.{kind}_{what}" for what in ("added", "changed", "removed")} <= set(SENTENCES)


def test_what_was_taken_away_is_put_back_by_nobody_else_and_nowhere_else(town: Town, initiative: Initiative) -> None:
    other = make_initiative(municipality=town.municipality)
    line = make_cost(initiative)
    town.client("leader").post(reverse("initiatives:remove_part", args=[initiative.pk, "costs", line.pk]))
    for one in (initiative, other):
        answer = town.client("leader").post(reverse("initiatives:restore_part", args=[one.pk]), {"section": "costs"})
        assert answer.status_code == 404


@pytest.mark.parametrize(
    ("kind", "change", "told"),
    [
        ("costs", {"text_nb": ""}, "This field is required."),
        ("costs", {"amount_nok": "0"}, "The amount must be above 0."),
        ("costs", {"amount_nok": "-5"}, "The amount must be above 0."),
        ("costs", {"amount_nok": "12,50"}, "Write whole kroner, without øre."),
        ("costs", {"amount_nok": "9" * 14}, "This is more than 1 000 000 000 000 kr."),
        ("costs", {"year": "1999"}, "greater than or equal to 2000"),
        ("costs", {"year": "2101"}, "less than or equal to 2100"),
        ("costs", {"payer": "999999"}, "Select a valid choice."),
        ("risks", {"likelihood": "4"}, "Select a valid choice."),
        ("risks", {"text_nb": "x" * 301}, "at most 300 characters"),
        ("affected", {"who_nb": " "}, "This field is required."),
        ("milestones", {"due_on": "yesterday"}, "Enter a valid date."),
    ],
)
def test_a_form_with_a_mistake_says_so_and_adds_nothing(
    town: Town, initiative: Initiative, kind: str, change: dict[str, str], told: str
) -> None:
    page = town.client("leader").post(section(initiative, kind), TYPED[kind] | change).content.decode()
    assert told in page
    assert not PARTS[kind]._default_manager.exists()


def test_a_part_of_another_initiative_is_not_there(town: Town, initiative: Initiative) -> None:
    line = make_cost(make_initiative(municipality=town.municipality))
    for page in ("change_part", "remove_part"):
        where = reverse(f"initiatives:{page}", args=[initiative.pk, "costs", line.pk])
        assert town.client("leader").post(where).status_code == 404
    assert CostLine.objects.filter(pk=line.pk).exists()


def test_a_payer_of_another_municipality_is_refused(town: Town, initiative: Initiative) -> None:
    with pytest.raises(RuleError) as refused:
        actions.add_part(
            initiative, "costs", by=town.leader, year=2027, text="x", amount_nok=5, payer=factories.make_organisation()
        )
    assert refused.value.code == "organisation_foreign"


def test_an_organisation_that_is_to_pay_is_not_deleted_and_says_for_what(town: Town, initiative: Initiative) -> None:
    body = factories.make_organisation(municipality=town.municipality, name="Laget")
    line = make_cost(initiative, payer=body)
    where = reverse("actors:delete_organisation", args=[body.pk])
    page = town.client("leader").post(where, follow=True).content.decode()
    assert f"Laget is to pay for: {line}." in page
    line.delete()
    town.client("leader").post(where)
    assert not type(body).objects.filter(pk=body.pk).exists()


def test_a_municipality_goes_with_all_it_has(town: Town, initiative: Initiative) -> None:
    make_cost(initiative, payer=factories.make_organisation(municipality=town.municipality))
    town.municipality.delete()
    assert not Initiative.objects.exists()


def test_an_initiative_has_so_many_of_a_kind_and_not_more(town: Town, initiative: Initiative) -> None:
    Risk.objects.bulk_create(Risk(initiative=initiative, text="x") for _number in range(actions.parts.MOST_PARTS))
    with pytest.raises(RuleError) as refused:
        actions.add_part(initiative, "risks", by=town.leader, text="y")
    assert refused.value.code == "too_many_parts"


def test_a_milestone_is_reached_today_and_open_again(town: Town, initiative: Initiative) -> None:
    client = town.client("leader")
    one = Milestone.objects.create(initiative=initiative, text="Avtale", due_on=queries.today() - timedelta(days=2))
    page = reverse("initiatives:initiative", args=[initiative.pk])
    assert "The date has passed" in words_of(client.get(page))
    done = reverse("initiatives:set_done", args=[initiative.pk, one.pk])
    client.post(done)
    one.refresh_from_db()
    assert one.done_on == queries.today()
    assert [(news.kind, news.data) for news in News.objects.all()] == [("milestone_reached", {"milestone": "Avtale"})]
    assert "The date has passed" not in words_of(client.get(page))
    client.post(done, {"do": "undo"})
    one.refresh_from_db()
    assert one.done_on is None


def test_risks_lie_in_the_matrix_by_likelihood_and_consequence(town: Town, initiative: Initiative) -> None:
    for likelihood, consequence in ((3, 3), (1, 3), (3, 3)):
        Risk.objects.create(initiative=initiative, text="x", likelihood=likelihood, consequence=consequence)
    matrix = town.client("leader").get(section(initiative, "risks")).context["lines"]["matrix"]
    assert [
        (words, [(cell.weight, [number for number, _risk in cell.risks]) for cell in cells]) for words, cells in matrix
    ] == [
        ("High", [("medium", []), ("high", []), ("high", [1, 3])]),
        ("Medium", [("low", []), ("medium", []), ("high", [])]),
        ("Low", [("low", []), ("low", []), ("medium", [2])]),
    ]


# --- The sums ---

PAYERS = st.sampled_from([None, 1, 2, 3])
LINES = st.lists(st.builds(rules.Line, st.integers(2026, 2030), st.integers(1, 10**12), PAYERS), max_size=8)
PROMISES = st.lists(
    st.builds(
        rules.Promise, st.sampled_from(["money", "hours"]), st.integers(1, 10**12),
        st.sampled_from(["promised", "confirmed", "delivered", "not_delivered"]), PAYERS,
    ),
    max_size=8,
)  # fmt: skip
SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(LINES, PROMISES)
def test_the_sums_are_those_that_one_adds_up_by_hand(lines: list[rules.Line], promises: list[rules.Promise]) -> None:
    money = rules.money_of(lines, promises)
    secure = [one for one in promises if one.kind == "money" and one.state in {"confirmed", "delivered"}]
    unconfirmed = 0
    for payer in (1, 2, 3):
        asked = sum(line.amount_nok for line in lines if line.payer == payer)
        given_nok = sum(one.amount for one in secure if one.payer == payer)
        unconfirmed += max(0, asked - given_nok)
    full, confirmed = sum(line.amount_nok for line in lines), sum(one.amount for one in secure)
    kept = [one for one in promises if one.kind == "hours" and one.state != "not_delivered"]
    assert money == rules.Money(
        full_nok=full,
        confirmed_nok=confirmed,
        promised_nok=sum(one.amount for one in promises if one.kind == "money" and one.state == "promised"),
        net_nok=max(0, full - confirmed),
        unconfirmed_nok=unconfirmed,
        surplus_nok=max(0, confirmed - full),
        hours=sum(one.amount for one in kept),
        hours_confirmed=sum(one.amount for one in kept if one.state in {"confirmed", "delivered"}),
    )
    assert money.net_nok + money.from_partners_nok == money.full_nok


@SLOW
@given(LINES)
def test_the_table_has_every_year_and_loses_no_krone(lines: list[rules.Line]) -> None:
    rows = rules.year_rows(lines, payers=(None, 1, 2, 3))
    assert sum(row.total_nok for row in rows) == sum(line.amount_nok for line in lines)
    years = [line.year for line in lines]
    assert [row.year for row in rows] == (list(range(min(years), max(years) + 1)) if years else [])


def test_hours_lower_no_price_and_are_told_beside_the_money(town: Town) -> None:
    one = make_initiative(municipality=town.municipality, costs={2027: 300_000})
    make_organisation_partner(one, hours=900)
    page = words_of(town.client("anonymous").get(reverse("initiatives:initiative", args=[one.pk])))
    assert queries.money_by_initiative([one.pk])[one.pk].net_nok == 300_000
    assert "Hours from partners, beside the money" in page


def test_what_a_partner_who_left_had_delivered_still_counts(town: Town) -> None:
    one = make_initiative(municipality=town.municipality, costs={2027: 300_000})
    partner = make_organisation_partner(one, money=100_000)
    Commitment.objects.create(partner=partner, kind="money", amount=50_000, state="delivered")
    Partner.objects.filter(pk=partner.pk).update(left_at=clock.now())
    assert queries.money_by_initiative([one.pk])[one.pk].net_nok == 250_000


def test_the_page_shows_years_by_payers_and_who_has_not_confirmed(town: Town) -> None:
    body = factories.make_organisation(municipality=town.municipality, name="Laget", sector="voluntary")
    one = make_initiative(municipality=town.municipality, costs={2027: 300_000, 2029: 100_000})
    make_cost(one, year=2027, amount_nok=80_000, payer=body)
    context = town.client("anonymous").get(reverse("initiatives:initiative", args=[one.pk])).context
    table = context["money_table"]
    assert (table.headers, table.rows, table.total) == (
        ("Year", "The municipality", "Laget", "Total"),
        (
            ("2027", "300,000", "80,000", "380,000"),
            ("2028", "0", "0", "0"),
            ("2029", "100,000", "0", "100,000"),
        ),
        ("Total", "400,000", "80,000", "480,000"),
    )
    words = dict(context["money_lines"])
    assert words["The municipality pays"] == words["Whole price"]
    assert "Of this, planned to be paid by others who have not confirmed" in words
