"""Appraisals: made from the list, told in words, kept whole, computed again by a slow twin, and hidden where hidden."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from tests import factories
from tests.apps.benefits.slow_appraisal import slow_answer, told_answer
from tests.apps.viewers import Town, words_of
from tests.factories.appraisals import SHARES, make_appraisal, make_effect, make_effect_list
from tests.factories.initiatives import make_initiative

from samskap.apps.benefits.models import Appraisal, Effect
from samskap.apps.benefits.queries.answer_page import answer_page
from samskap.apps.benefits.queries.answers import document_of, stored
from samskap.apps.initiatives.models import Initiative
from samskap.kernel.errors import RuleError
from samskap.sources.values import NATION, Figure

ASKED = {
    "name": "Vurdering av Følgevenn", "edition": "no-r109-2021", "comparison_year": "2026", "price_year": "2026",
    "horizon_years": "20", "lifetime_years": "", "anchor_year": "", "count_freed_time": "on", "index": "none",
    "index_values": "", "index_source": "", "nnb_denominator": "budget_without_tax_cost",
    "timing": "first_year_undiscounted", "growth_fades_from": "", "growth_fades_to": "", "seed": "20171114",
}  # fmt: skip


@pytest.fixture
def initiative(town: Town) -> Initiative:
    return make_initiative(municipality=town.municipality, title="Følgevenn")


def page(initiative: Initiative, name: str, *args: int) -> str:
    return reverse(f"benefits:{name}", args=[initiative.pk, *args])


# --- The slow twin ---


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"price_year": 2024, "price_index": ({2024: 133.6, 2026: 140.1}, "SSB 08184")},
        {"horizon_years": 60, "lifetime_years": 90, "anchor_year": 2029},
        {"edition": "uk-2026", "horizon_years": 5},
        {"growth_fades": (2030, 2040), "count_freed_time": False},
    ],
)
def test_a_slow_twin_finds_the_same_from_what_is_stored(initiative: Initiative, asked: dict[str, Any]) -> None:
    make_effect_list(initiative, **SHARES)
    make_effect(initiative, title="Lang", years=dict.fromkeys(range(2030, 2111), 3), growth=Decimal("0.009"))
    document = document_of(make_appraisal(initiative, **asked))
    slow, told = slow_answer(document), told_answer(document)
    for name in ("effects", "actors"):
        assert told[name] == pytest.approx(slow[name], abs=0.01)
    assert [told[name] for name in ("net", "public", "tax", "per_krone")] == [
        slow[name] if slow[name] is None else pytest.approx(slow[name], abs=0.01)
        for name in ("net", "public", "tax", "per_krone")
    ]


# --- Made on the page ---


def test_an_appraisal_is_made_on_the_page_and_tells_all_at_once(town: Town, initiative: Initiative) -> None:
    effects = make_effect_list(initiative, **SHARES)
    client = town.client("leader")
    answer = client.post(page(initiative, "new_appraisal"), ASKED, follow=True)
    made = Appraisal.objects.get()
    assert (made.name, made.seed, made.created_by, made.is_shown) == (ASKED["name"], 20171114, town.leader, False)
    context = answer.context
    assert [(key.label, key.value) for key in context["keys"]] == [
        ("Net present value", "NOK\u00a0257,851"),
        ("Net benefit per budget krone", "0.78"),
        ("Public budgets", "NOK\u00a0\u2212328,500"),
        ("Cost of taxes", "NOK\u00a0\u221265,700"),
    ]
    assert [line.title.text for line in context["priced"]] == [
        "Drift",
        "Færre liggedøgn",
        "Frigjort tid",
        "Mer kjøring",
    ]
    assert [(line.title.text, line.value, line.note) for line in context["unpriced"]] == [
        ("Tryggere kvelder", "+++ large and good", "600 personer in all")
    ]
    assert [line.title.text for line in context["in_kind"]] == ["Frivillige timer"]
    assert [row[0] for row in context["kinds"].rows] == ["Saved money", "Freed time", "Value for others"]
    assert [row[:2] for row in context["actors"].rows] == [
        ("Kommunen", "Public sector"), ("Laget", "Voluntary sector"), ("Naboer", "Residents"), ("Eldre", "Residents"),
    ]  # fmt: skip
    assert context["simulation_facts"]["rows"][0][1] in {
        "triangular from 0.9 over 1 to 1.4", "normal, standard deviation 0.22",
    }  # fmt: skip
    words = words_of(answer)
    for said in ("zero alternative", "Kommunalbanken", "No correlations", "20171114", "Rundskriv R-109/2021"):
        assert said in words
    assert len(stored(made).effects) == len(effects)


def test_freed_time_is_never_in_the_line_of_public_budgets_and_can_be_left_out(initiative: Initiative) -> None:
    make_effect_list(initiative)
    with_time = stored(make_appraisal(initiative)).answer.appraisal
    without = stored(make_appraisal(initiative, count_freed_time=False)).answer.appraisal
    freed = next(line for line in with_time.effects if line.kind == "freed_time")
    assert with_time.totals.public == without.totals.public
    assert freed.public == 0
    assert with_time.net_present_value - without.net_present_value == pytest.approx(freed.present_value, abs=0.01)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": ""}, "This field is required."),
        ({"edition": "no-such"}, "Select a valid choice."),
        ({"price_year": "2024"}, "Some prices are of 2026, and the answer is in prices of 2024"),
        ({"price_year": "2024", "index": "typed", "index_values": "2024: 100", "index_source": "SSB"},
         "The price index does not have 2026. It has: 2024."),
        ({"index": "typed", "index_values": "2024: 100", "index_source": ""}, "Say where the index comes from."),
        ({"index": "typed", "index_values": "2024: 0", "index_source": "SSB"}, "The index of 2024 must be above 0."),
        ({"index": "official"}, "Select a valid choice."),
        ({"lifetime_years": "10"}, "The lifetime cannot be shorter than the period."),
        ({"growth_fades_from": "2060"}, "Give both years, the later one last, or neither."),
        ({"horizon_years": "0"}, "greater than or equal to 1"),
        ({"one_1": "same", "other_1": "same", "value_1": "0,5"}, "Choose two different effects once"),
        ({"one_1": "same", "other_1": "other", "value_1": "2"}, "Write a number from -1 to 1."),
    ],
)  # fmt: skip
def test_an_appraisal_with_a_mistake_says_so_and_keeps_nothing(
    town: Town, initiative: Initiative, change: dict[str, str], told: str
) -> None:
    effects = make_effect_list(initiative)
    keys = {"same": f"effect-{effects['cost'].pk}", "other": f"effect-{effects['saved'].pk}"}
    change = {name: keys.get(value, value) for name, value in change.items()}
    answer = town.client("leader").post(page(initiative, "new_appraisal"), ASKED | change)
    errors = [str(error) for each in answer.context["form"].errors.values() for error in each]
    assert any(told in error for error in errors), errors
    assert not Appraisal.objects.exists()


def test_the_official_index_is_offered_where_it_is_stored_and_is_cited(town: Town, initiative: Initiative) -> None:
    years = {2024: 133.6, 2025: 137.0, 2026: 140.1}
    factories.make_edition(
        *(Figure("consumer_price_index", NATION, str(year), value) for year, value in years.items()), table="08184"
    )
    make_effect(initiative, price_year=2024)
    client = town.client("leader")
    assert client.get(page(initiative, "new_appraisal")).context["form"]["index"].value() == "official"
    client.post(page(initiative, "new_appraisal"), ASKED | {"index": "official"})
    found = stored(Appraisal.objects.get())
    assert dict(found.options.price_index.values) == years
    assert "08184" in found.options.price_index.source
    assert found.answer.appraisal.effects[0].yearly == pytest.approx((4000 * 10 * 140.1 / 133.6,) * 3)


def test_correlations_that_are_typed_are_used_and_told(town: Town, initiative: Initiative) -> None:
    effects = make_effect_list(initiative)
    one, other = (f"effect-{effects[name].pk}" for name in ("cost", "saved"))
    asked = ASKED | {"one_1": one, "other_1": other, "value_1": "-0,5"}
    answer = town.client("leader").post(page(initiative, "new_appraisal"), asked, follow=True)
    assert answer.context["simulation_facts"]["correlations"] == ["“Drift” and “Færre liggedøgn”: \u22120.5"]


def test_without_a_seed_one_is_drawn_and_kept_where_something_is_uncertain(town: Town, initiative: Initiative) -> None:
    make_effect_list(initiative)
    town.client("leader").post(page(initiative, "new_appraisal"), ASKED | {"seed": ""})
    found = stored(Appraisal.objects.get())
    assert found.options.seed == found.answer.simulation.seed == found.appraisal.seed
    Effect.objects.update(spread="")
    assert stored(make_appraisal(initiative, seed=None)).answer.simulation is None


def test_an_empty_list_is_not_appraised(town: Town, initiative: Initiative) -> None:
    words = words_of(town.client("leader").get(page(initiative, "new_appraisal")))
    assert "The effect list is empty" in words
    with pytest.raises(RuleError) as refused:
        make_appraisal(initiative)
    assert refused.value.code == "appraisal_no_effects"
    assert "No appraisal yet" in words_of(town.client("leader").get(page(initiative, "appraisals")))


# --- Social return ---


def test_social_return_is_refused_as_a_list_of_what_is_missing_and_where(town: Town, initiative: Initiative) -> None:
    effects = make_effect_list(initiative)
    made = make_appraisal(initiative)
    context = answer_page(made, viewer=town.leader)
    assert context["social"] is None
    assert [(line.title, line.url) for line in context["missing"]] == [
        (effects[name].title, f"{page(initiative, 'change_effect', effects[name].pk)}#sroi")
        for name in ("saved", "freed", "harm")
    ]
    assert context["missing"][0].words == (
        "deadweight, displacement, attribution to others, drop-off, the source of the shares"
    )
    assert {line.url for line in answer_page(made, viewer=None)["missing"]} == {""}


def test_social_return_stands_beside_what_is_left_in_cash(town: Town, initiative: Initiative) -> None:
    make_effect_list(initiative, **SHARES)
    context = answer_page(make_appraisal(initiative), viewer=town.leader)
    assert [(key.label, key.value) for key in context["inputs"]][:2] == [
        ("Put in as cash", "NOK\u00a01,788,462"),
        ("Put in as hours and goods", "NOK\u00a0134,615"),
    ]
    assert context["social"][0].startswith("For each krone that is put in, 0.")
    assert [row[0] for row in context["ratios"].rows] == ["First year as it is", "First year discounted"]
    gross, after = (context["outcomes"].rows[0][place] for place in (1, 2))
    assert (gross, after) == ("NOK\u00a0180,000", "NOK\u00a0108,000")
    assert context["outside"] == ["Tryggere kvelder"]
