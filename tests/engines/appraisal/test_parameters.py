"""Editions are dated, sourced, and said to be verified or not, adopted or not."""

from __future__ import annotations

import re

import pytest
from tests.engines.appraisal.cases import effect, options

from samskap.engines.appraisal import EDITIONS, LATEST, AppraisalError, appraise, parameters_of


@pytest.mark.parametrize("key", EDITIONS)
def test_every_edition_says_when_where_and_under_what_licence(key: str) -> None:
    edition = EDITIONS[key]
    assert edition.key == key
    assert re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", edition.published)
    assert all((edition.title, edition.source, edition.licence, edition.note))
    assert edition.steps[0].after == 0
    assert [step.after for step in edition.steps] == sorted({step.after for step in edition.steps})
    assert all(0 < step.rate < 0.1 for step in edition.steps)
    assert 0 <= edition.tax_cost <= 0.3


def test_the_values_are_those_of_the_sources() -> None:
    told = {key: ([(step.after, step.rate) for step in each.steps], each.tax_cost) for key, each in EDITIONS.items()}
    norway, green_book = [(0, 0.04), (40, 0.03), (75, 0.02)], [
        (0, 0.035), (30, 0.03), (75, 0.025), (125, 0.02), (200, 0.015), (300, 0.01),
    ]  # fmt: skip
    assert told == {
        "no-r109-2021": (norway, 0.2),
        "no-r109-2014": (norway, 0.2),
        "no-r109-2005": ([(0, 0.04)], 0.2),
        "uk-2022": (green_book, 0.2),
        "uk-2026": (green_book, 0.0),
        "uk-2026-review": ([(0, 0.03)], 0.0),
    }


def test_the_latest_of_a_country_is_its_newest_that_was_adopted() -> None:
    assert set(LATEST) == {edition.country for edition in EDITIONS.values()}
    for country, key in LATEST.items():
        adopted = [each for each in EDITIONS.values() if each.country == country and each.adopted]
        assert key == max(adopted, key=lambda each: each.published).key


def test_a_proposal_is_marked_as_such() -> None:
    assert [key for key, edition in EDITIONS.items() if not edition.adopted] == ["uk-2026-review"]
    assert [key for key, edition in EDITIONS.items() if not edition.verified] == ["no-r109-2005", "uk-2026-review"]


def test_an_unknown_edition_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(AppraisalError, match="There is no edition x") as caught:
        parameters_of("x")
    assert "no-r109-2021" in caught.value.cure


def test_an_old_answer_keeps_its_edition_and_today_s_gives_another() -> None:
    effects = [effect("c", "cost", 100, public_share=1.0), effect("b", "quality", 0, *[6] * 60)]
    net = {
        key: round(appraise(effects, options(edition=key, horizon_years=60)).net_present_value, 2) for key in EDITIONS
    }
    assert net["no-r109-2021"] == net["no-r109-2014"] != net["no-r109-2005"]
    assert net["uk-2026"] - net["uk-2022"] == pytest.approx(20)
    own = {"old": EDITIONS["no-r109-2005"]}
    kept = appraise(effects, options(edition="old", horizon_years=60), editions=own)
    assert round(kept.net_present_value, 2) == net["no-r109-2005"]
