"""The figures of the database in the form that the command reads from files."""

from __future__ import annotations

import hashlib

import numpy as np

from samskap.apps.outlook.queries.ground import Ground, ground_of
from samskap.cli.outlook_figures import Figures
from samskap.engines.outlook import Accounts
from samskap.formats.population_csv import AGES, SEXES, PopulationTable
from samskap.formats.vintages_csv import ProjectedPeople
from samskap.kernel.errors import SamskapError
from samskap.sources.values import AgeProfile

__all__ = ["figures_in_database"]


def figures_in_database(place: str) -> Figures:
    """What is stored that an outlook of this place takes. SamskapError says what is missing."""
    ground = ground_of(place)
    if ground.lacking:
        raise SamskapError(
            " ".join(ground.lacking),
            code="figures_lacking",
            cure=f"Call `samskap figures fetch {place}` first, or give --population.",
        )
    accounts = {place: Accounts.from_lines(ground.accounts.year, ground.accounts.values)} if ground.accounts else {}
    vintages = tuple(ProjectedPeople(str(each.start), place, each.start, each.groups) for each in ground.projections)
    return Figures(_table(ground), accounts, vintages, ground.standing, ground.sources)  # type: ignore[arg-type]


def _table(ground: Ground) -> PopulationTable:
    places = tuple(sorted(ground.people))
    persons = np.stack([_persons(ground.people[place], ground.years) for place in places])
    mark = hashlib.sha256(persons.tobytes()).hexdigest()
    return PopulationTable("The database", places, ground.years, persons, {}, mark)


def _persons(profiles: tuple[AgeProfile, ...], years: tuple[int, ...]) -> np.ndarray:
    by_year = {profile.year: profile for profile in profiles}
    found = np.array([(by_year[year].women, by_year[year].men) for year in years], dtype=np.float64)
    assert found.shape == (len(years), len(SEXES), AGES)
    return found
