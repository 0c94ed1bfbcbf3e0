"""The effect list: written by hand, built up from what is there, put back, and refused with a sentence where wrong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from tests import factories
from tests.apps.viewers import DESK, Town, words_of
from tests.factories.appraisals import SHARES, make_effect, make_effect_list
from tests.factories.benefits import make_benefit
from tests.factories.initiatives import make_cost, make_initiative, make_organisation_partner

from samskap.apps.benefits import actions
from samskap.apps.benefits.models import Effect
from samskap.apps.benefits.queries.effects import effects_of, list_groups, quantities_of
from samskap.apps.benefits.rules.effects import (
    MOST_EFFECTS,
)
from samskap.apps.initiatives.models import Commitment, Initiative
from samskap.apps.trail.labels import SENTENCES
from samskap.kernel.errors import NotAllowed, RuleError
from samskap.sources.values import NATION, Figure

TYPED = {
    "title_nb": "Færre liggedøgn", "title_en": "Fewer nights in hospital", "unit_nb": "døgn", "who_nb": "",
    "organisation": "0", "sector": "", "kind": "saved_money", "certainty": "hoped", "benefit": "", "given": "steady",
    "first_year": "2027", "last_year": "2029", "amount": "40,5", "quantity_growth": "", "quantities": "",
    "price_nok": "4 500", "price_year": "2026", "price_source": "Egne regnskap", "growth": "1,3",
    "public_share": "100 %", "scale": "",
    "deadweight": "40", "displacement": "0", "attribution": "25", "drop_off": "10",
    "shares_source": "Egen undersøkelse", "spread": "normal", "spread_sd": "0,22", "low": "", "mode": "", "high": "",
}  # fmt: skip


@pytest.fixture
def initiative(town: Town) -> Initiative:
    return make_initiative(municipality=town.municipality, title="Følgevenn")


def page(initiative: Initiative, name: str = "effect_list", *args: int) -> str:
    return reverse(f"benefits:{name}", args=[initiative.pk, *args])


def stored() -> dict[str, Any]:
    row = Effect.objects.values().get()
    dropped = {"id", "initiative_id", "order", "origin"}
    kept = {name: value for name, value in row.items() if name not in dropped}
    return kept | {"years": quantities_of(Effect.objects.get())}


# --- Written by hand ---


def test_a_line_is_added_changed_deleted_and_put_back_the_same(town: Town, initiative: Initiative) -> None:
    client = town.client("facilitator")
    assert client.post(page(initiative, "new_effect"), TYPED).status_code == 302
    expected = {
        "title": "Færre liggedøgn", "who": town.municipality.name, "unit": "døgn", "language": "nb",
        "translations": {"en": {"title": "Fewer nights in hospital"}}, "organisation_id": None, "benefit_id": None,
        "sector": "public", "kind": "saved_money", "is_harm": False, "certainty": "hoped", "price_nok": Decimal(4500),
        "price_year": 2026, "price_source": "Egne regnskap", "scale": None, "growth": Decimal("0.013"),
        "public_share": Decimal(1), "in_kind": False, "deadweight": Decimal("0.4"), "displacement": Decimal(0),
        "attribution": Decimal("0.25"), "drop_off": Decimal("0.1"), "shares_source": "Egen undersøkelse",
        "spread": "normal", "spread_sd": Decimal("0.22"), "low": None, "mode": None, "high": None,
        "years": dict.fromkeys((2027, 2028, 2029), Decimal("40.5")),
    }  # fmt: skip
    assert stored() == expected
    change = page(initiative, "change_effect", Effect.objects.get().pk)
    form = client.get(change).context["form"]
    again = {name: str(form[name].value()) for name in form.fields if form[name].value() not in (None, False)}
    assert client.post(change, again).status_code == 302
    assert stored() == expected
    answer = client.post(page(initiative, "remove_effect", Effect.objects.get().pk), follow=True)
    assert "Deleted: Færre liggedøgn" in answer.content.decode()
    assert not Effect.objects.exists()
    restore = page(initiative, "restore_effect")
    assert client.post(restore).status_code == 302
    assert stored() == expected
    assert client.post(restore).status_code == 404


def test_a_line_with_other_amounts_each_year_is_written_year_by_year(town: Town, initiative: Initiative) -> None:
    client = town.client("leader")
    client.post(page(initiative, "new_effect"), TYPED | {"given": "by_year", "quantities": "2027: 5\n2028-2029: 7,25"})
    assert stored()["years"] == {2027: Decimal(5), 2028: Decimal("7.25"), 2029: Decimal("7.25")}
    form = client.get(page(initiative, "change_effect", Effect.objects.get().pk)).context["form"]
    assert (form["given"].value(), form["quantities"].value()) == ("by_year", "2027: 5\n2028-2029: 7.25")


def test_a_series_can_grow(town: Town, initiative: Initiative) -> None:
    town.client("leader").post(page(initiative, "new_effect"), TYPED | {"amount": "100", "quantity_growth": "10"})
    assert stored()["years"] == {2027: Decimal(100), 2028: Decimal(110), 2029: Decimal(121)}


def test_who_and_sector_are_those_of_the_organisation_that_is_chosen(town: Town, initiative: Initiative) -> None:
    body = factories.make_organisation(municipality=town.municipality, name="Laget", sector="voluntary")
    town.client("leader").post(page(initiative, "new_effect"), TYPED | {"organisation": str(body.pk)})
    assert {name: stored()[name] for name in ("who", "sector", "organisation_id")} == {
        "who": "Laget", "sector": "voluntary", "organisation_id": body.pk,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"unit_nb": ""}, "Unit: This field is required."),
        ({"organisation": "", "who_nb": ""}, "Say who, or choose an organisation."),
        ({"organisation": "", "who_nb": "Eldre"}, "Choose a sector."),
        ({"amount": "-4"}, "The quantity of 2027 is -4. Write it above 0"),
        ({"given": "by_year", "quantities": "2028: -4"}, "The quantity of 2028 is -4. Write it above 0"),
        ({"given": "by_year", "quantities": "2028: 4\n2027-2029: 5"}, "2028 stands there twice."),
        ({"given": "by_year", "quantities": "2028 ni"}, "“2028 ni” is not understood."),
        ({"given": "by_year", "quantities": "1999: 4"}, "1999 cannot be used. Years from 2000 to 2150 can."),
        ({"given": "by_year", "quantities": ""}, "Say how much there is of it in at least one year."),
        ({"first_year": "2030"}, "The last year is before the first."),
        ({"amount": "mye"}, "Write a number, such as 12.5."),
        ({"amount": ""}, "Write this, or give the quantity year by year."),
        ({"price_year": ""}, "Say which year’s prices this price is in."),
        ({"price_nok": ""}, "There is a price year, but no price."),
        ({"price_year": "1999"}, "There is no price index for 1999. Years that can be used: 2000–20"),
        ({"scale": "3"}, "Give a price or a place on the scale, not both"),
        ({"price_nok": "", "price_year": "", "scale": "-2"}, "A harm stands below 0 on the scale"),
        ({"kind": "cost", "price_nok": "", "price_year": ""}, "A cost is in kroner: give it a price."),
        ({"kind": "cost", "is_harm": "on"}, "A cost counts as minus already."),
        ({"in_kind": "on"}, "What is given in kind is an input"),
        ({"kind": "freed_time"}, "Freed time and what is given in kind are never cash"),
        ({"deadweight": "140"}, "Write a number from 0 to 100."),
        ({"shares_source": ""}, "Say where these shares come from."),
        ({"spread_sd": ""}, "Give the standard deviation, above 0."),
        ({"spread": "uniform", "low": "1.2", "high": "0.8"}, "Give the lowest and the highest"),
        ({"spread": "triangular", "low": "0.8", "high": "1.2", "mode": "2"}, "Give also what is most likely"),
    ],
)
def test_a_line_with_a_mistake_says_so_and_adds_nothing(
    town: Town, initiative: Initiative, change: dict[str, str], told: str
) -> None:
    answer = town.client("leader").post(page(initiative, "new_effect"), TYPED | change)
    errors = [str(error) for each in answer.context["form"].errors.values() for error in each]
    assert any(told.removeprefix("Unit: ") in error for error in errors), errors
    assert "To go on, correct this:" in words_of(answer)
    assert not Effect.objects.exists()


def test_the_years_of_an_official_index_say_which_price_years_can_be_used(town: Town, initiative: Initiative) -> None:
    factories.make_edition(*(Figure("consumer_price_index", NATION, str(year), 100.0 + year) for year in (2015, 2016)))
    answer = town.client("leader").post(page(initiative, "new_effect"), TYPED | {"price_year": "2014"})
    assert "Years that can be used: 2015–" in words_of(answer)


def test_the_action_refuses_what_the_form_would_refuse_and_what_is_foreign(town: Town, initiative: Initiative) -> None:
    fields = {"title": "x", "kind": "cost", "who": "x", "sector": "public", "unit": "kr"}
    price = {"price_nok": Decimal(1), "price_year": 2026}
    body = factories.make_organisation()
    foreign = make_benefit(make_initiative(municipality=town.municipality))
    codes = []
    for more in ({}, price | {"organisation": body}, price | {"benefit": foreign}):
        with pytest.raises(RuleError) as refused:
            actions.add_effect(initiative, by=town.leader, quantities={2027: Decimal(1)}, **fields, **more)
        codes.append(refused.value.code)
    assert codes == ["effect_scale_of_cost", "organisation_foreign", "benefit_foreign"]
    with pytest.raises(NotAllowed):
        actions.add_effect(initiative, by=town.partner, quantities={2027: Decimal(1)}, **fields, **price)
    assert not Effect.objects.exists()


def test_a_list_has_so_many_lines_and_not_more(town: Town, initiative: Initiative) -> None:
    Effect.objects.bulk_create(Effect(initiative=initiative, title="x", unit="x") for _number in range(MOST_EFFECTS))
    answer = town.client("leader").post(page(initiative, "new_effect"), TYPED)
    assert "An effect list has at most 200 lines." in words_of(answer)


# --- The page ---


def test_the_list_stands_under_its_kinds_with_what_is_lacking(town: Town, initiative: Initiative) -> None:
    make_effect_list(initiative)
    make_effect(initiative, title="Uveid", kind="quality", price_nok=None)
    groups = list_groups(effects_of(initiative))
    assert [(group.title, [line.said.title for line in group.lines]) for group in groups] == [
        ("Costs", ["Drift"]),
        ("Given in kind: hours and goods", ["Frivillige timer"]),
        ("Saved money", ["Færre liggedøgn"]),
        ("Freed time", ["Frigjort tid"]),
        ("Quality", ["Tryggere kvelder", "Uveid"]),
        ("Harms", ["Mer kjøring"]),
    ]
    by_title = {line.said.title: line for group in groups for line in group.lines}
    assert (by_title["Drift"].quantity, by_title["Drift"].worth) == (
        "1,500,000 kr in 2026, 300,000 in 2027",
        "in prices of 2026",
    )
    assert by_title["Færre liggedøgn"].quantity == "40 døgn a year, 2027–2036"
    assert by_title["Tryggere kvelder"].worth == "Not priced; on the scale: +++ large and good"
    assert by_title["Uveid"].lacking == ("It has neither a price nor a place on the scale.",)
    assert by_title["Færre liggedøgn"].lacking == (
        "SROI cannot count it without: deadweight, displacement, attribution to others, drop-off.",
    )
    words = words_of(town.client("leader").get(page(initiative)))
    assert [words.count(f">{title}<") for title in ("Drift", "Uveid")] == [1, 1]


def test_a_list_costs_the_same_for_one_line_and_for_many(
    town: Town, initiative: Initiative, django_assert_num_queries: Any
) -> None:
    make_effect(initiative)
    with django_assert_num_queries(2):
        list_groups(effects_of(initiative))
    make_effect_list(initiative, **SHARES)
    with django_assert_num_queries(2):
        list_groups(effects_of(initiative))


def test_an_empty_list_says_where_to_begin(town: Town, initiative: Initiative) -> None:
    words = words_of(town.client("leader").get(page(initiative)))
    assert "No line yet" in words
    assert "Build from what is there" not in words
    make_cost(initiative)
    assert "Build from what is there" in words_of(town.client("leader").get(page(initiative)))


def test_only_those_who_may_change_the_initiative_reach_its_list(town: Town, initiative: Initiative) -> None:
    effect = make_effect(initiative)
    for name, args in (("effect_list", ()), ("new_effect", ()), ("build_effects", ()), ("change_effect", (effect.pk,))):
        assert town.statuses(page(initiative, name, *args)) == DESK, name
    for name, args in (("restore_effect", ()), ("undo_build", ())):
        assert town.statuses(page(initiative, name, *args), method="post") == DESK | dict.fromkeys(
            ("facilitator", "leader"), 404
        ), name
    remove = page(initiative, "remove_effect", effect.pk)
    found = {
        kind: town.client(kind).post(remove).status_code for kind in ("anonymous", "stranger", "elsewhere", "partner")
    }
    assert found == {"anonymous": 302, "stranger": 404, "elsewhere": 404, "partner": 404}
    assert Effect.objects.filter(pk=effect.pk).exists()


def test_the_owner_of_an_initiative_writes_its_list_and_appraises_nothing(town: Town, initiative: Initiative) -> None:
    Initiative.objects.filter(pk=initiative.pk).update(owner=town.partner)
    make_effect(initiative)
    words = words_of(town.client("partner").get(page(initiative)))
    assert ("Add a line" in words, "Appraisals" in words) == (True, False)


def test_a_line_of_another_initiative_is_not_there(town: Town, initiative: Initiative) -> None:
    other = make_effect(make_initiative(municipality=town.municipality))
    for name in ("change_effect", "remove_effect"):
        assert town.client("leader").post(page(initiative, name, other.pk)).status_code == 404


def test_everything_that_happens_with_a_list_has_its_sentence() -> None:
    verbs = {f"benefits.effects_{what}" for what in ("added", "changed", "removed", "built", "built_undone")}
    assert verbs <= set(SENTENCES)


# --- Built up ---


@pytest.fixture
def rich(town: Town, initiative: Initiative) -> Initiative:
    """Costs of two payers, hours of one giver and of residents, and a benefit with a baseline and two targets."""
    body = factories.make_organisation(municipality=town.municipality, name="Laget", sector="voluntary")
    make_cost(initiative, year=2027, amount_nok=300_000)
    make_cost(initiative, year=2027, amount_nok=50_000)
    make_cost(initiative, year=2028, amount_nok=90_000, payer=body)
    partner = make_organisation_partner(initiative, organisation=body, money=1000)
    for hours, state, due in ((40, "confirmed", date(2027, 5, 1)), (60, "delivered", None), (500, "promised", None)):
        Commitment.objects.create(partner=partner, kind="hours", amount=hours, state=state, due_on=due)
    Initiative.objects.filter(pk=initiative.pk).update(starts_on=date(2027, 1, 1), language="en")
    targets = {date(2027, 12, 31): 80, date(2029, 12, 31): 60}
    make_benefit(
        initiative, title="Færre liggedøgn", kind="saved_money", better="lower", unit="døgn", gainer="Pasientene",
        gainer_sector="people", baseline=100, targets=targets, effects_from=date(2026, 12, 31),
    )  # fmt: skip
    make_benefit(initiative, title="Uten nullpunkt", targets=targets)
    initiative.refresh_from_db()
    return initiative


BUILD = {"sources": ["costs", "hours", "benefits"], "hour_price_nok": "350", "price_year": "2026", "last_year": "2031"}


def lines(initiative: Initiative) -> list[tuple[Any, ...]]:
    return [
        (one.origin.partition(":")[0], one.title, one.who, one.sector, one.unit, one.price_nok, one.in_kind,
         one.public_share, one.certainty, {year: float(amount) for year, amount in quantities_of(one).items()})
        for one in effects_of(initiative)
    ]  # fmt: skip


def test_the_list_is_built_with_one_press_and_taken_back_with_another(town: Town, rich: Initiative) -> None:
    client = town.client("leader")
    asked = words_of(client.get(page(rich, "build_effects")))
    assert "Uten nullpunkt" in asked
    answer = client.post(page(rich, "build_effects"), BUILD, follow=True)
    assert "4 lines are added." in words_of(answer)
    here = town.municipality.name
    assert lines(rich) == [
        ("costs", "Costs of the initiative", here, "public", "kroner", 1, False, 1, "sure", {2027: 350_000}),
        ("costs", "Costs of the initiative", "Laget", "voluntary", "kroner", 1, False, 0, "sure", {2028: 90_000}),
        ("hours", "Hours given", "Laget", "voluntary", "hours", 350, True, 0, "sure", {2027: 100}),
        ("benefit", "Færre liggedøgn", "Pasientene", "people", "døgn", None, False, 0, "hoped",
         {2026: 0, 2027: 20, 2028: pytest.approx(30, abs=0.02), 2029: 40, 2030: 40, 2031: 40}),
    ]  # fmt: skip
    assert Effect.objects.get(benefit__isnull=False).benefit.title == "Færre liggedøgn"
    client.post(page(rich, "undo_build"))
    assert lines(rich) == []
    assert client.post(page(rich, "undo_build")).status_code == 404


def test_a_second_press_brings_quantities_up_to_date_and_leaves_what_was_written(town: Town, rich: Initiative) -> None:
    client = town.client("leader")
    client.post(page(rich, "build_effects"), BUILD)
    Effect.objects.filter(origin="costs:0").update(title="Lønn")
    make_cost(rich, year=2029, amount_nok=10_000)
    answer = client.post(page(rich, "build_effects"), BUILD, follow=True)
    assert "The quantities of 1 line are brought up to date." in words_of(answer)
    changed = Effect.objects.get(origin="costs:0")
    assert (changed.title, quantities_of(changed)) == ("Lønn", {2027: 350_000, 2029: 10_000})
    client.post(page(rich, "undo_build"))
    assert quantities_of(Effect.objects.get(origin="costs:0")) == {2027: 350_000}
    assert "Everything stood there already." in words_of(
        client.post(page(rich, "build_effects"), BUILD | {"sources": ["hours"]}, follow=True)
    )


def test_a_line_that_was_built_anew_is_not_put_back_beside_it(town: Town, rich: Initiative) -> None:
    client = town.client("leader")
    client.post(page(rich, "build_effects"), BUILD)
    removed = Effect.objects.get(origin="costs:0")
    client.post(page(rich, "remove_effect", removed.pk))
    client.post(page(rich, "build_effects"), BUILD)
    answer = client.post(page(rich, "restore_effect"), follow=True)
    assert "Everything stood there already." in words_of(answer)
    assert Effect.objects.filter(origin="costs:0").count() == 1


def test_what_lies_outside_the_years_of_a_list_is_not_built(town: Town, rich: Initiative) -> None:
    client = town.client("leader")
    client.post(page(rich, "build_effects"), BUILD | {"sources": ["hours"]})
    before = lines(rich)
    Commitment.objects.update(due_on=date(1999, 5, 1))
    told = words_of(client.post(page(rich, "build_effects"), BUILD))
    assert "1999 cannot be used. Years from 2000 to 2150 can." in told
    assert lines(rich) == before


def test_a_line_that_somebody_deleted_meanwhile_is_not_changed(town: Town, rich: Initiative) -> None:
    town.client("leader").post(page(rich, "build_effects"), BUILD)
    gone = Effect.objects.get(origin="costs:0")
    Effect.objects.filter(pk=gone.pk).delete()
    with pytest.raises(RuleError, match="Somebody has deleted this"):
        actions.change_effect(gone, by=town.leader, quantities={2027: Decimal(1)})


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"sources": []}, "Choose at least one."),
        ({"hour_price_nok": ""}, "Say what an hour is worth, or do not take the hours."),
        ({"price_year": "1999"}, "There is no price index for 1999."),
        ({"last_year": "2999"}, "less than or equal to 2150"),
    ],
)
def test_a_press_with_a_mistake_says_so_and_builds_nothing(
    town: Town, rich: Initiative, change: dict[str, Any], told: str
) -> None:
    assert told in words_of(town.client("leader").post(page(rich, "build_effects"), BUILD | change))
    assert not Effect.objects.exists()


def test_where_there_is_nothing_to_build_from_the_page_says_what_is_missing(town: Town, initiative: Initiative) -> None:
    assert "There are no costs" in words_of(town.client("leader").get(page(initiative, "build_effects")))
