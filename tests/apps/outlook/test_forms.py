"""What people type: numbers in their own way, sentences where they cannot be, and the shortest address."""

from __future__ import annotations

import pytest
from django.utils import translation

from samskap.apps.outlook import compute, forms
from samskap.engines.outlook import PARAMETERS


def form(**values: str) -> forms.LeversForm:
    data = {key.replace("__", "."): value for key, value in values.items()}
    return forms.LeversForm(data, people=4100.0, parameters=compute.parameters())


def test_an_empty_form_is_the_outlook_as_it_is() -> None:
    empty = form()
    assert (empty.is_valid(), empty.levers, empty.replaced, empty.address) == (True, {}, {}, {})


@pytest.mark.parametrize(("typed", "meant"), [("0,5", 0.5), (" 0.5 ", 0.5), ("−1,5", -1.5), ("2", 2.0)])
def test_numbers_are_read_as_people_write_them(typed, meant) -> None:
    found = form(productivity=typed)
    assert (found.is_valid(), found.levers) == (True, {"productivity": meant})


@pytest.mark.parametrize("typed", ["51", "-51", "many", "1e999", "nan", "inf", "1;2"])
def test_what_cannot_be_is_told_with_what_can(typed) -> None:
    found = form(births=typed, jobs="5")
    assert not found.is_valid()
    assert found.errors == {"births": ["Write a number from −50 to 50."]}
    assert found.levers == {"jobs": 5.0}
    with translation.override("nb"):
        assert "−50" in form(births=typed).errors["births"][0]


def test_shares_are_typed_as_per_cent_and_given_to_the_engine_as_shares() -> None:
    found = form(set__norm="2", set__cost_of_post="900000")
    assert found.is_valid()
    assert found.replaced == {"norm": 0.02, "cost_of_post": 900_000.0}
    assert found.address == {"set.norm": "2", "set.cost_of_post": "900000"}


def test_weights_of_the_cost_keys_are_taken_from_the_address_alone() -> None:
    assert "set.criterion.care.90+" not in form().fields
    found = forms.LeversForm({"set.criterion.care.90+": "12"}, people=1.0, parameters=compute.parameters())
    assert (found.is_valid(), found.replaced) == (True, {"criterion.care.90+": 0.12})


def test_the_address_of_the_address_is_itself() -> None:
    data = {"stay": "10", "productivity": "0.5", "coverage_care": "-5", "phase_in_years": "8", "set.norm": "1.5"}
    once = form(**{key.replace(".", "__"): value for key, value in data.items()})
    again = forms.LeversForm(once.address, people=1.0, parameters=compute.parameters())
    assert once.address == again.address == data
    assert once.levers == again.levers


def test_a_group_with_a_lever_that_is_pulled_or_wrong_is_open() -> None:
    opened = {group.key: group.is_pulled for group in form(unit_cost="5", healthy="abc").groups}
    assert opened == {"people": False, "services": True, "money": True}


def test_an_unverified_parameter_says_so_and_tells_its_value() -> None:
    known = {one.key: one for one in compute.parameters()}
    assert (known["norm"].verified, known["norm"].written) == (True, "1.75 %")
    assert (known["cost_of_post"].verified, known["cost_of_post"].written) == (False, "850,000 kroner")
    assert known["national.prices"].written == "2024"
    assert all(one.low <= one.value <= one.high for one in known.values())
    assert all(one.label != one.key for one in known.values())


def test_a_parameter_is_shown_in_the_unit_that_the_engine_says() -> None:
    words = {
        "share": "%", "share a year": "% a year", "kroner": "kroner", "kroner a head": "kroner for each inhabitant",
        "ratio": "", "year": "",
    }  # fmt: skip
    for one in compute.parameters():
        assert one.unit == words[PARAMETERS.values[one.key].unit], one.key
