"""Figures of the past are refused with one sentence each, and pooled without losing anybody."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from samskap.engines.outlook.ages import AGES
from samskap.engines.outlook.history import REST, HistoryError, check_history, pooled, read_history
from samskap.engines.outlook.inputs import History
from samskap.engines.outlook.norway import NORWAY

PLACES, YEARS = ("0301", "4016", "4026"), (2019, 2020, 2021)


def counts(*, classes: int = 106) -> np.ndarray:
    persons = np.random.default_rng(1).integers(1, 60, size=(3, 3, 2, classes))
    return persons.astype(float)


def read(persons: Any = None, **changes: Any) -> History:
    given = {"places": PLACES, "years": YEARS, "mortality": NORWAY.mortality} | changes
    return read_history(counts() if persons is None else persons, **given)


def changed(at: tuple[int, ...], value: float) -> np.ndarray:
    persons = counts()
    persons[at] = value
    return persons


def test_those_over_105_are_spread_and_nobody_is_lost() -> None:
    history = read()
    assert history.persons.shape == (3, 3, 2, AGES)
    assert history.persons[..., :105].tolist() == counts()[..., :105].tolist()
    assert history.persons[..., 105:].sum(axis=-1) == pytest.approx(counts()[..., 105])
    assert (np.diff(history.persons[..., 105:120]) < 0).all()


def test_figures_of_every_age_stay_as_they_are() -> None:
    assert read(counts(classes=AGES)).persons.tolist() == counts(classes=AGES).tolist()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"years": (2019, 2020, 2022)}, "The year 2021 is missing."),
        ({"years": (2019, 2020, 2020)}, "The year 2020 is there twice."),
        ({"years": (2019, 2021, 2020)}, "The year 2020 is missing."),
        ({"years": (2021, 2020, 2019)}, "The year 2020 comes after 2021."),
        ({"years": (2019, 2020)}, "The persons have the shape (3, 3, 2, 106)."),
        ({"places": ("4016", "0301", "4016")}, "The place 4016 is there twice."),
        ({"persons": counts(classes=90)}, "There are 90 age classes, so an age is missing."),
        ({"persons": changed((1, 2, 1, 40), -3)}, "Place 4016 has -3 persons (male, age 40) on 1 January 2021"),
        ({"persons": changed((0, 0, 0, 7), 2.5)}, "which is not a whole number. Counts of persons are whole"),
        ({"persons": changed((0, 0, 0, 7), np.nan)}, "which is not a number."),
        ({"persons": counts() * np.array([1, 1000, 1])[:, None, None]}, "That looks like another border or unit"),
        ({"persons": counts() * np.array([1, 1, 0])[:, None, None, None]}, "Nobody lives in place 4026"),
        ({"births": np.ones((3, 3))}, "The births have the shape (3, 3). Give places and years: (3, 2)."),
        ({"deaths": np.full((3, 2), -1.0)}, "Place 0301 has -1 deaths in 2019."),
        ({"births": np.full((3, 2), 900.0)}, "The births are 14 % of the persons a year."),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(given: dict[str, Any], message: str) -> None:
    with pytest.raises(HistoryError) as caught:
        read(**given)
    assert message in str(caught.value)
    assert str(caught.value).endswith(".")


def test_one_year_or_no_place_is_too_little() -> None:
    with pytest.raises(HistoryError, match=r"hold 1 year\."):
        read(counts()[:, :1], years=(2019,))
    with pytest.raises(HistoryError, match="hold no place"):
        read(counts()[:0], places=())


def test_fractions_are_allowed_where_borders_were_moved() -> None:
    assert read(changed((0, 0, 0, 7), 2.5), counts="weighted").persons[0, 0, 0, 7] == 2.5


def test_place_and_rest_are_the_country() -> None:
    history = read(births=np.arange(6.0).reshape(3, 2), deaths=np.ones((3, 2)))
    two = pooled(history, place="4016")
    assert two.places == ("4016", REST)
    assert two.persons[0].tolist() == history.persons[1].tolist()
    assert two.persons.sum(axis=0) == pytest.approx(history.persons.sum(axis=0))
    assert two.births is not None
    assert two.births.tolist() == [[2.0, 3.0], [4.0, 6.0]]
    assert two.deaths is not None
    assert two.deaths.tolist() == [[1.0, 1.0], [2.0, 2.0]]
    check_history(two)


def test_a_place_that_is_not_there_cannot_be_pooled() -> None:
    with pytest.raises(HistoryError, match="hold no place 9999"):
        pooled(read(), place="9999")
    with pytest.raises(HistoryError, match="hold only 0301"):
        pooled(read(counts()[:1], places=("0301",)), place="0301")
