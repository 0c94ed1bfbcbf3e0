"""From figures to the outlook of one municipality, for the command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from samskap.cli.outlook_figures import Figures, assumptions_of
from samskap.engines.outlook import (
    REPORTED,
    Comparison,
    Levers,
    Official,
    Outlook,
    Parameters,
    Projection,
    Vintage,
    compare,
    look_ahead,
    official_band,
    past_errors,
    simulate,
)
from samskap.formats.outlook_basis import Assumed, Basis
from samskap.formats.population_csv import AGES, PopulationTable
from samskap.formats.vintages_csv import ProjectedPeople
from samskap.kernel.errors import SamskapError
from samskap.kernel.municipalities import MUNICIPALITY_NAMES

__all__ = ["Looked", "Order", "basis_of", "look"]

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """What is asked for, whatever the place."""

    years: int
    draws: int
    seed: int
    levers: Levers
    parameters: Parameters
    is_constrained: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """The outlook of a place, what it was made from, the official projection beside it, what the levers change (None
    where none is pulled), and what was left out."""

    outlook: Outlook
    basis: Basis
    officials: tuple[Official, ...]
    change: Comparison | None
    notes: tuple[str, ...]


def look(figures: Figures, *, place: str, order: Order, progress: Progress, cluster: Any = None) -> Looked:
    """The outlook of a place. With levers, what would be without them has the same chance and the same country."""
    assumptions, notes = assumptions_of(figures, place=place)
    newest = _newest(figures.vintages, place) if order.is_constrained else None
    country = simulate(
        assumptions, years=order.years, draws=order.draws, seed=order.seed, places=(place,), progress=progress,
        cluster=cluster,
    )  # fmt: skip
    ask = partial(
        look_ahead,
        assumptions,
        place=place,
        accounts=figures.accounts.get(place),
        parameters=order.parameters,
        years=order.years,
        draws=order.draws,
        seed=order.seed,
        pool=country.pool,
        official=None if newest is None else _projection(newest),
    )
    outlook, draws = ask()
    change = None
    if order.levers != Levers():
        base = draws
        outlook, draws = ask(levers=order.levers, base=base)
        change = compare(base, draws, base_year=outlook.base_year)
    officials = _officials(figures.people, figures.vintages, place=place)
    return Looked(outlook, basis_of(figures, place=place, order=order), officials, change, notes)


def basis_of(figures: Figures, *, place: str, order: Order) -> Basis:
    """What an outlook of this place is made from."""
    parameters = tuple(
        Assumed(key, one.value, one.edition, one.source, one.verified) for key, one in order.parameters.values.items()
    )
    return Basis(MUNICIPALITY_NAMES[place], figures.standing, figures.sources, order.levers, parameters)


def _newest(vintages: Sequence[ProjectedPeople], place: str) -> ProjectedPeople:
    of_place = [each for each in vintages if each.place == place]
    if not of_place:
        raise SamskapError(
            f"There is no official projection of {place}.",
            code="no_projection",
            cure="Give the file of --vintages that has this municipality.",
        )
    return max(of_place, key=lambda each: each.start)


def _projection(newest: ProjectedPeople) -> Projection:
    years = sorted(set.intersection(*(set(people) for people in newest.groups.values())))
    groups = {group: tuple(people[year] for year in years) for group, people in newest.groups.items()}
    return Projection(newest.edition, newest.place, tuple(years), groups)


def _officials(people: PopulationTable, vintages: Sequence[ProjectedPeople], *, place: str) -> tuple[Official, ...]:
    """The newest projection of each reported group, with the band of the past errors of all places in the file."""
    if not any(each.place == place for each in vintages):
        return ()
    found = []
    for group, (first, last) in REPORTED.items():
        told = [_vintage(each, group, first, last) for each in vintages]
        known = [each for each in told if each.persons]
        ours = [each for each in known if each.place == place]
        if not ours:
            continue
        newest = max(ours, key=lambda each: each.start)
        past = [each for each in known if each.start < newest.start]
        actual = {(each.place, group): _actual(people, each.place, first, last) for each in past}
        errors = past_errors(past or [newest], actual=actual)
        found.append(official_band(newest, errors))
    return tuple(found)


def _vintage(projected: ProjectedPeople, group: str, first: int, last: int) -> Vintage:
    return Vintage(projected.edition, projected.place, group, projected.start, projected.people(first, last))


def _actual(people: PopulationTable, place: str, first: int, last: int) -> dict[int, float]:
    """Persons of these ages by year; none where the figures do not have the place."""
    if place not in people.places:
        return {}
    totals = people.persons[people.places.index(place), :, :, first : min(last + 1, AGES)].sum(axis=(1, 2))
    held = set(people.years_of(place))
    return {year: float(total) for year, total in zip(people.years, totals, strict=True) if year in held}
