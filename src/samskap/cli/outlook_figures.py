"""What an outlook on the command line is made of: people, accounts and past projections, from files or the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from samskap.engines.outlook import NORWAY, REST, Accounts, Assumptions, estimate, read_history
from samskap.formats.accounts_csv import read_accounts
from samskap.formats.population_csv import PopulationTable, read_population
from samskap.formats.vintages_csv import ProjectedPeople, read_vintages
from samskap.kernel.errors import SamskapError
from samskap.kernel.municipalities import MUNICIPALITY_NAMES
from samskap.kernel.municipality_changes import current_numbers
from samskap.sources.values import NATION

if TYPE_CHECKING:
    from samskap.formats.outlook_basis import Standing

__all__ = ["FEWEST_YEARS", "Figures", "assumptions_of", "figures_in_files", "read_bytes"]

FEWEST_YEARS = 3
_STANDINGS: tuple[Standing, ...] = ("official", "ours", "illustrative")


@dataclass(frozen=True, eq=False)
class Figures:
    """`people` of places and, where it is there, of the country (`0000`); `accounts` by place; `vintages` of all.

    `notes` say what was left out.
    """

    people: PopulationTable
    accounts: Mapping[str, Accounts] = field(default_factory=dict)
    vintages: tuple[ProjectedPeople, ...] = ()
    standing: Standing = "official"
    sources: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Every municipality of the country is there."""
        return set(MUNICIPALITY_NAMES) <= set(self.people.places)


def figures_in_files(population: Path, *, accounts: Path | None, vintages: Path | None) -> Figures:
    """What the files hold. FormatError names file, row and value where something cannot be right."""
    people = read_population(read_bytes(population), file=population.name)
    lines = read_accounts(read_bytes(accounts), file=accounts.name) if accounts else None
    past = read_vintages(read_bytes(vintages), file=vintages.name) if vintages else ()
    known = {}
    for place in people.places if lines else ():
        assert lines is not None
        newest = lines.newest_of(place)
        if newest:
            known[place] = Accounts.from_lines(*newest)
    said = people.said.get("standing", "official")
    standing: Standing = next((each for each in _STANDINGS if each == said), "official")
    sources = [_citation(people)] + [file.name for file in (accounts, vintages) if file]
    return Figures(people, known, past, standing, tuple(sources))


def read_bytes(file: Path) -> bytes:
    """The bytes of a file. SamskapError where it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise SamskapError(
            f"{file} cannot be read: {error.strerror}.", code="read", cure="Give a file that you may read."
        ) from error


def assumptions_of(figures: Figures, *, place: str | None) -> tuple[Assumptions, tuple[str, ...]]:
    """Assumptions for all municipalities where they are all there, else for `place` and the rest of the country.

    The second value tells which years were left out, and why. Raises SamskapError where places or years are missing.
    """
    table = figures.people
    if place is not None:
        _check_place(table, place)
    if figures.is_whole:
        wanted: tuple[str, ...] = tuple(sorted(MUNICIPALITY_NAMES))
        _refuse_strangers(table)
    else:
        wanted = _place_and_country(table, place)
    years, notes = _years_in_a_row(table, wanted)
    persons = np.stack([_of(table, each, years) for each in wanted])
    places = wanted
    if not figures.is_whole:
        persons[1] -= persons[0]
        places = (wanted[0], REST)
        _check_rest(table, wanted[0], persons[1], years)
    history = read_history(persons, places=places, years=years, mortality=NORWAY.mortality)
    return estimate(history, NORWAY), notes


def _of(table: PopulationTable, place: str, years: Sequence[int]) -> np.ndarray:
    columns = [table.years.index(year) for year in years]
    return np.array(table.persons[table.places.index(place)][columns])


def _check_place(table: PopulationTable, place: str) -> None:
    if place in table.places:
        return
    old = [each for each in table.places if place in current_numbers(each)]
    if old:
        raise SamskapError(
            f"{table.file} has {place} under the old number {old[0]}.",
            code="population_borders",
            cure="Give figures in today's borders, with today's numbers in all years.",
        )
    held = ", ".join(table.places[:6]) + (", …" if len(table.places) > 6 else "")
    raise SamskapError(
        f"{table.file} has no figures of {place} {MUNICIPALITY_NAMES[place]}. It has: {held}.",
        code="population_place",
        cure="Give the file of this municipality, or ask for one that is in it.",
    )


def _refuse_strangers(table: PopulationTable) -> None:
    """Old numbers beside today's would count people twice."""
    strangers = [place for place in table.places if place not in MUNICIPALITY_NAMES and place != NATION]
    if strangers:
        now = " and ".join(current_numbers(strangers[0])) or "no municipality"
        raise SamskapError(
            f"{table.file} has the number {strangers[0]}, which is {now} today, beside today's municipalities.",
            code="population_borders",
            cure="Give figures in today's borders, with today's numbers in all years.",
        )


def _place_and_country(table: PopulationTable, place: str | None) -> tuple[str, str]:
    found = sum(each in MUNICIPALITY_NAMES for each in table.places)
    if place is None or NATION not in table.places:
        wanted = "" if place is None else f", nor the country ({NATION})"
        raise SamskapError(
            f"{table.file} has {found} of the {len(MUNICIPALITY_NAMES)} municipalities{wanted}.",
            code="population_country",
            cure="People move to and from the rest of the country: give all municipalities"
            + ("." if place is None else f", or the municipality and {NATION}."),
        )
    return place, NATION


def _years_in_a_row(table: PopulationTable, wanted: Sequence[str]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The years up to the newest that all have, without the first ones that some lack."""
    held = {place: set(table.years_of(place)) for place in wanted}
    years = set.intersection(*held.values())
    newest = max(years, default=0)
    row = tuple(range(min(years, default=1), newest + 1))
    gap = next((year for year in row if year not in years), None)
    if gap is not None:
        lacking = ", ".join(place for place in wanted if gap not in held[place])
        raise SamskapError(
            f"{table.file} has no figures of {lacking[:60]} in {gap}, but before and after it.",
            code="population_years",
            cure="Give every year, or leave out the years before the gap.",
        )
    if len(row) < FEWEST_YEARS:
        raise SamskapError(
            f"{table.file} has figures of all that is needed for {len(row)} years in a row, and an outlook takes "
            f"{FEWEST_YEARS}.",
            code="population_years",
            cure="Give more years: births and moves are seen in how the figures change.",
        )
    return row, tuple(_left_out(table, wanted, held, row))


def _left_out(
    table: PopulationTable, wanted: Sequence[str], held: Mapping[str, set[int]], row: tuple[int, ...]
) -> list[str]:
    notes = []
    for year in sorted(set.union(*held.values()) - set(row)):
        lacking = [place for place in wanted if year not in held[place]]
        named = ", ".join(lacking[:5]) + (" and others" if len(lacking) > 5 else "")
        notes.append(f"{year} is left out: {table.file} has no figures of {named} for it.")
    return notes


def _check_rest(table: PopulationTable, place: str, rest: np.ndarray, years: Sequence[int]) -> None:
    if (rest < 0).any():
        year, sex, age = (int(part) for part in np.argwhere(rest < 0)[0])
        raise SamskapError(
            f"{table.file}: {place} has more {('women', 'men')[sex]} aged {age} in {years[year]} than the country.",
            code="population_editions",
            cure=f"Give {place} and {NATION} of the same edition.",
        )


def _citation(table: PopulationTable) -> str:
    said = [table.said.get(name, "") for name in ("publisher", "table", "title")]
    return ", ".join(part for part in said if part) or table.file
