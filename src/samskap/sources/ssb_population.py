"""People of each sex and single year of age on 1 January (SSB 07459), and the chance to die by age (SSB 07902)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from samskap.sources.client import Answer
from samskap.sources.jsonstat import Dataset
from samskap.sources.pxweb import LICENCE, Metadata, Selection, ask, describe, edition, split
from samskap.sources.recipes import Asking, Recipe, trimmed
from samskap.sources.ssb_counties import county_codes, county_selection
from samskap.sources.values import NATION, AgeProfile, Fetched, Figure

__all__ = ["DEATH_PROBABILITIES", "OPEN_AGE", "POPULATION", "age_codes"]

OPEN_AGE: Final = 105
SEX: Final = {"1": "male", "2": "female"}
AGE: Final = re.compile(r"(\d{3})\+?")


def age_codes(codes: Mapping[str, str] | Sequence[str]) -> dict[str, int]:
    """The single years of age among the codes of a variable: "000" to "105", the last also as "105+"."""
    return {code: int(found[1]) for code in codes if (found := AGE.fullmatch(code)) and int(found[1]) <= OPEN_AGE}


def _population(asking: Asking) -> Iterator[Fetched]:
    metadata = describe(asking.client, "07459", now=asking.now)
    for code, label in (("1", "menn"), ("2", "kvinn")):
        metadata.code("Kjonn", code=code, label=label)
    contents = metadata.code("ContentsCode", code="Personer1", label="person")
    ages = age_codes(metadata.variable("Alder").codes)
    if sorted(ages.values()) != list(range(OPEN_AGE + 1)):
        raise metadata.changed(f"no longer has each age from 0 to {OPEN_AGE}", metadata.variable("Alder").codes)
    answers: list[Answer] = []
    profiles: list[AgeProfile] = []
    for selection in _places(metadata, asking):
        selections = [
            selection,
            Selection("Kjonn", tuple(SEX)),
            Selection("Alder", tuple(ages)),
            Selection("ContentsCode", (contents,)),
            Selection("Tid", ("*",)),
        ]
        for part in split(metadata, selections, by="Region"):
            dataset, answer = ask(asking.client, metadata, part, now=asking.now)
            answers.append(answer)
            profiles += _profiles(dataset)
    ordered = sorted(profiles, key=lambda profile: (profile.place, profile.year))
    totals = trimmed(_total(profile) for profile in ordered)
    yield from edition(metadata, answers, figures=totals, profiles=ordered)


def _places(metadata: Metadata, asking: Asking) -> Iterator[Selection]:
    """Municipalities and counties within the borders of today, then the country."""
    if asking.municipalities:
        codes = tuple(f"K-{number}" for number in asking.municipalities)
        yield Selection("Region", codes, metadata.codelist("Region", "agg_KommSummer"), is_summed=True)
    counties = county_codes(metadata, "Region", asking.counties, beside="agg_KommSummer")
    if counties:
        yield county_selection(metadata, "Region", counties.values(), beside="agg_KommSummer")
    if NATION in asking.places:
        is_plain = "0" in metadata.variable("Region").codes
        yield Selection("Region", ("0",), "" if is_plain else metadata.codelist("Region", "vs_Landet"))


def _profiles(dataset: Dataset) -> Iterator[AgeProfile]:
    """The places and years whose every age is given and that have people: a new number has none before its time."""
    persons: dict[tuple[str, str], dict[str, dict[int, float]]] = defaultdict(lambda: defaultdict(dict))
    ages = age_codes(dataset.dimension("Alder").codes)
    ids = [dimension.id for dimension in dataset.dimensions]
    region, sex, age, year = (ids.index(id_) for id_ in ("Region", "Kjonn", "Alder", "Tid"))
    for codes, value, _missing in dataset.cells():
        if value is not None:
            persons[codes[region], codes[year]][codes[sex]][ages[codes[age]]] = value
    for (code, when), by_sex in persons.items():
        women, men = _whole(by_sex["2"]), _whole(by_sex["1"])
        if women and men and sum(women) + sum(men) > 0:
            yield AgeProfile(NATION if code == "0" else re.sub("^[KF]-", "", code), int(when), women, men)


def _whole(by_age: Mapping[int, float]) -> tuple[int, ...]:
    """Persons from age 0 to the open one; () where an age is missing."""
    is_whole = len(by_age) == OPEN_AGE + 1
    return tuple(round(by_age[age]) for age in range(OPEN_AGE + 1)) if is_whole else ()


def _total(profile: AgeProfile) -> Figure:
    return Figure("population", profile.place, str(profile.year), float(sum(profile.women) + sum(profile.men)))


def _death_probabilities(asking: Asking) -> Iterator[Fetched]:
    metadata = describe(asking.client, "07902", now=asking.now)
    for code, label in (("1", "menn"), ("2", "kvinn")):
        metadata.code("Kjonn", code=code, label=label)
    selections = [
        Selection("Kjonn", tuple(SEX)),
        Selection("AlderX", ("*",)),
        Selection("ContentsCode", (metadata.code("ContentsCode", code="Dodssannsynlighet", label="dødssannsyn"),)),
        Selection("Tid", ("from(2000)",)),
    ]
    dataset, answer = ask(asking.client, metadata, selections, now=asking.now)
    figures = [
        Figure(
            "death_probability",
            NATION,
            row.codes["Tid"],
            row.value,
            row.missing,
            f"age={int(row.codes['AlderX'])};sex={SEX[row.codes['Kjonn']]}",
        )
        for row in dataset.rows()
        if row.codes["AlderX"].isdecimal()
    ]
    yield from edition(metadata, [answer], figures=trimmed(figures))


POPULATION: Final = Recipe(
    key="population",
    office="ssb",
    table="07459",
    title="People by sex and single year of age on 1 January",
    gives=("population",),
    licence=LICENCE,
    seen="All codes and the code lists agg_KommSummer and vs_Landet: SSB's user guide of PxWebApi 2 and the scripts of "
    "Telemark county (evensrii/Telemark, 2026).",
    run=_population,
)
DEATH_PROBABILITIES: Final = Recipe(
    key="death_probabilities",
    office="ssb",
    table="07902",
    title="Chance of dying within a year, by sex and age, per 1,000",
    gives=("death_probability",),
    licence=LICENCE,
    seen="All codes: a public R script on reference mortality (fetch_ssb_rates.R).",
    run=_death_probabilities,
)
