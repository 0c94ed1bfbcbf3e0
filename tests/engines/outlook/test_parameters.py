from __future__ import annotations

import csv
from pathlib import Path

import pytest

from samskap.engines.outlook import PARAMETERS, ParameterError
from samskap.engines.outlook.parameters import OWN
from samskap.engines.outlook.services import SERVICES

BOOKLET = {
    "barnehage": "kindergarten", "grunnskole": "school", "barnevern": "child_welfare", "kommunehelse": "health",
    "pleie_og_omsorg": "care", "sosialhjelp": "social", "administrasjon_mv": "administration",
}  # fmt: skip
CRITERIA = {
    "sysselsette_heiltid": "full_time_workers", "innv_6_15": "immigrants_6-15", "basis": "base",
    "reise_sone": "zone_travel", "reise_nabo": "neighbour_travel", "lav_inntekt": "low_income",
    "lav_utdanning": "low_education", "ufore_18_49": "disabled_18-49", "pu_16_plus": "learning_disability_16+",
    "dodelighet": "mortality", "aleine_67_plus": "alone_67+", "aleine_30_66": "alone_30-66", "flyktning": "refugees",
    "rus_psyk_npr": "mental_or_drugs", "opphoping": "accumulation", "landbruk": "agriculture",
}  # fmt: skip


def test_the_keys_of_services_and_of_criteria_add_up_to_one() -> None:
    assert sum(PARAMETERS.group("sector").values()) == pytest.approx(1.0, abs=1e-9)
    sums = [sum(PARAMETERS.group(f"criterion.{service}").values()) for service in SERVICES]
    assert sums == pytest.approx([1.0] * 7, abs=2e-4)


def test_the_keys_are_those_of_the_booklet(shared_data: Path) -> None:
    with (shared_data / "norway" / "kmd" / "delkostnadsnokler_2026.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    read = {}
    for row in rows:
        service, name = BOOKLET[row["sector"]], row["criterion"]
        if row["kind"] == "sector_weight":
            read[f"sector.{service}"] = float(row["weight"])
        else:
            ages = name.removeprefix("innb_").replace("_plus", "+").replace("_", "-")
            read[f"criterion.{service}.{CRITERIA.get(name, ages)}"] = float(row["weight"])
    ours = {name: item.value for name, item in PARAMETERS.values.items() if name.startswith(("sector.", "criterion."))}
    assert ours == read


def test_what_was_not_checked_at_its_source_is_marked() -> None:
    unverified = set(PARAMETERS.unverified())
    assert {"tax.symmetric", "tax.supplement", "national.need", "cost_of_post", "sector.care"} <= unverified
    assert "norm" not in unverified
    assert all(item.edition and item.source for item in PARAMETERS.values.values())


def test_a_value_of_ones_own_replaces_and_says_so() -> None:
    own = PARAMETERS.with_values({"norm": 0.02}, source="the council's own target")
    assert (own["norm"], own.values["norm"].edition, own.values["norm"].source) == (
        0.02,
        OWN,
        "the council's own target",
    )
    assert PARAMETERS["norm"] == 0.0175
    same = {name: item for name, item in own.values.items() if name != "norm"}
    assert same == {name: item for name, item in PARAMETERS.values.items() if name != "norm"}


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("norms", 0.02, 'There is no parameter "norms". Did you mean "norm"?'),
        ("norm", 1.75, 'The parameter "norm" cannot be 1.75. It is given in share and lies between 0 and 1.'),
        ("cost_of_post", float("nan"), 'The parameter "cost_of_post" cannot be nan.'),
        ("xyz", 1.0, 'There is no parameter "xyz". The method page lists all names.'),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_what_can(name: str, value: float, sentence: str) -> None:
    with pytest.raises(ParameterError) as caught:
        PARAMETERS.with_values({name: value})
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize(
    ("own", "sentence"),
    [
        (
            dict.fromkeys(PARAMETERS.group("criterion.kindergarten"), 0.0),
            "The weights criterion.kindergarten add up to",
        ),
        ({"": 0.0}, 'There is no parameter "criterion.kindergarten.".'),
    ],
)
def test_weights_must_have_a_sum(own: dict[str, float], sentence: str) -> None:
    with pytest.raises(ParameterError) as caught:
        PARAMETERS.with_values({f"criterion.kindergarten.{name}": value for name, value in own.items()})
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize(("name", "value"), [("cost_of_post", 0.0), ("other_income.share", 1.0)])
def test_what_is_divided_by_is_not_nothing(name: str, value: float) -> None:
    with pytest.raises(ParameterError) as caught:
        PARAMETERS.with_values({name: value})
    assert caught.value.message == f'The parameter "{name}" cannot be {value:g}.'
