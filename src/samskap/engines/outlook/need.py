"""From people to need: units of service by single year of age, at today's standard and with the levers.

One unit of need is what the average person of the country needs in the base year. The weights are the state's cost
keys: a criterion that is a group of ages falls on those ages, one that is not follows the ages whom the service is
for, and what no person drives (distance, the smallest unit) stays as it is. Method: `docs/methods/outlook.md`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from samskap.engines.outlook.ages import AGES, FOLDS, OLDEST, REPORTED, Group, in_group
from samskap.engines.outlook.errors import OutlookError
from samskap.engines.outlook.parameters import Parameters
from samskap.engines.outlook.services import SERVICES

__all__ = [
    "Ageing",
    "Standard",
    "Sums",
    "demographic_cost",
    "folded",
    "need_of",
    "standard_need",
    "sums_of",
    "user_weights",
]

Array = NDArray[np.float64]
Draws = NDArray[np.float32]

OLD: Final = 67
# Multiplications of one product that OpenBLAS keeps on one thread.
UNTHREADED: Final = 250_000
# What the health of the old changes.
HEALTHY: Final = ("care", "health")
FIXED: Final = frozenset({"base", "zone_travel", "neighbour_travel", "agriculture"})
# Criteria that are not groups of ages follow the ages whom the service is for.
FOLLOWS: Final[dict[str, Group]] = {
    "full_time_workers": (1, 5), "immigrants_6-15": (6, 15), "low_income": (0, 22), "low_education": (0, 22),
    "disabled_18-49": (0, 22), "learning_disability_16+": (16, OLDEST),
    "alone_30-66": (25, 66), "refugees": (16, 66), "mental_or_drugs": (16, 66), "accumulation": (16, 66),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ageing:
    """How need may follow more than the number of people. All off is constant need at each age.

    `alone` is the yearly growth of the share of people 67 and over who live alone; `family_care` how much more care a
    person of 67 and over needs for each 1 more of that share, relative. `deaths` says whose deaths drive the part of
    care that comes near death: those expected from the mortality of the middle path ("expected"), or those of each
    draw ("simulated").
    """

    alone: float = 0.0
    family_care: float = 0.0
    deaths: Literal["expected", "simulated"] = "expected"


@dataclass(frozen=True, slots=True, eq=False)
class Standard:
    """Today's standard in units of need: 7 services in the order of `SERVICES`.

    `by_year` (Y + 1, 7, 121) units a person by age (the same every year, but for living alone); `a_death` (7,) units a
    death, of the `deaths` that `Ageing` names; `dying` (Y + 1, 121) the share expected to die in the year; `fixed` (7,)
    units a head of the base year's people; `weights` (7,) of the services, sum 1; `people` (121,) of the country;
    `mark` names the assumptions that people and mortality are of.
    """

    by_year: Array
    a_death: Array
    dying: Array
    fixed: Array
    weights: Array
    deaths: Literal["expected", "simulated"]
    people: Array
    mark: str = ""

    @property
    def near_death(self) -> Array:
        """(Y + 1, 7, 121) units a person for those who are expected to die."""
        units = self.a_death if self.deaths == "expected" else np.zeros_like(self.a_death)
        return self.dying[:, None, :] * units[:, None]


def standard_need(
    parameters: Parameters, *, people: Array, mortality: Array, decline: Array, years: int, ageing: Ageing | None = None
) -> Standard:
    """Units of need by age. `people` (121,) of the whole country; `mortality` its hazards, falling by `decline`.

    Raises OutlookError where the country has nobody whom a criterion falls on.
    """
    ageing = ageing or Ageing()
    dying = 1.0 - np.exp(-mortality * np.exp(-decline * np.arange(years + 1)[:, None]))
    shape = (years + 1, len(SERVICES), AGES)
    by_year, a_death, fixed = np.zeros(shape), np.zeros(len(SERVICES)), np.zeros(len(SERVICES))
    alone = (1.0 + ageing.alone) ** np.arange(years + 1)
    for number, service in enumerate(SERVICES):
        criteria = parameters.group(f"criterion.{service}")
        whole = sum(criteria.values())
        for name, share in criteria.items():
            if name in FIXED:
                fixed[number] += share / whole
            elif name == "mortality":
                a_death[number] = share / whole * people.sum() / float(people @ dying[0])
            else:
                grown = alone if name.startswith("alone_67") else np.ones(years + 1)
                by_year[:, number] += share / whole * grown[:, None] * _per_person(name, people, parameters)
    care = SERVICES.index("care")
    by_year[:, care, OLD:] *= 1.0 + ageing.family_care * (alone[:, None] - 1.0)
    weights = np.array([parameters[f"sector.{service}"] for service in SERVICES])
    return Standard(by_year, a_death, dying, fixed, weights / weights.sum(), ageing.deaths, people)


def _per_person(name: str, people: Array, parameters: Parameters) -> Array:
    """(121,) units a person of a criterion that has the weight 1: its ages share the country's need evenly, and those
    of 67 and over who live alone are expected by age."""
    if name == "alone_67+":
        inside = by_ages(parameters.group("alone"))
    else:
        inside = in_group(FOLLOWS.get(name) or _ages_of(name))
    total = float(people @ inside)
    if total <= 0:
        raise OutlookError(
            f'Nobody in the country has the ages of the criterion "{name}".',
            cure="Give the people of the whole country by single year of age.",
        )
    return np.asarray(inside * people.sum() / total)


def by_ages(values: Mapping[str, float]) -> Array:
    """(121,) from values by group of ages ("67-79", "90+"), 0 elsewhere."""
    return sum((value * in_group(_ages_of(ages)) for ages, value in values.items()), np.zeros(AGES))


def _ages_of(name: str) -> Group:
    first, _, last = name.partition("-")
    return (int(first.rstrip("+")), int(last) if last else OLDEST if name.endswith("+") else int(first))


def folded(by_age: Array, *, people: Array, groups: Sequence[Group] = FOLDS) -> Array:
    """(..., 121) units a person by `groups` of ages: the mean over the country's `people` (121,) of each group."""
    columns = [
        (by_age[..., first : last + 1] @ people[first : last + 1]) / max(people[first : last + 1].sum(), 1e-9)
        for first, last in groups
    ]
    return np.stack(columns, axis=-1)


def user_weights(parameters: Parameters) -> dict[str, Array]:
    """(121,) users a person by age, of the services whose users are persons."""
    return {service: by_ages(parameters.group(f"users.{service}")) for service in ("kindergarten", "school", "care")}


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Sums over ages, by draw: each (Y + 1, draws). `whole` by service at today's standard, `actual` with the health of
    the old, `parts` of `actual` by service and ages, `users` of services whose users are persons, `groups` people by
    reported group, `people` all, `taxed` people weighted as taxpayers.
    """

    people: Draws
    groups: dict[str, Draws]
    taxed: Draws
    whole: dict[str, Draws]
    actual: dict[str, Draws]
    parts: dict[tuple[str, Group], Draws]
    users: dict[str, Draws]


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """Weights by age of one sum. `weights` (..., 121) move with the health of the old if `moves`; `steady` do not."""

    weights: Array
    moves: bool = False
    steady: Array | float = 0.0
    inside: Array | float = 1.0

    def at(self, step: int) -> Array:
        """The weights where the old have the need of people `step` years younger."""
        ages = np.arange(AGES)
        source = np.where(ages >= OLD, np.clip(ages - step, 0, OLDEST), ages)
        return np.asarray((self.weights[..., source] + self.steady) * self.inside)


def sums_of(
    persons: Draws,
    standard: Standard,
    parameters: Parameters,
    *,
    shift: Draws | None = None,
    parts: Mapping[str, tuple[Group, ...]] | None = None,
    classes: Sequence[Group] = FOLDS,
) -> Sums:
    """One product over ages of `persons` (Y + 1, classes, draws), by single year of age or by `classes`.

    `shift` (Y + 1, draws) is by how many years the old have the need of younger people. `parts` asks for the need of
    some ages alone, by service.
    """
    asked = [(service, group) for service, groups in (parts or {}).items() for group in groups]
    rows = _rows(standard, parameters, asked=asked)
    steps = range(0) if shift is None else range(int(np.floor(shift.min())), int(np.floor(shift.max())) + 2)
    # Apart, so that what is always asked for has the same bits whatever else is.
    usual = {name: row.at(0) for name, row in rows.items() if not name.startswith("part.")}
    asked_for = {name: row.at(0) for name, row in rows.items() if name.startswith("part.")}
    asked_for |= {f"{name}@{step}": row.at(step) for name, row in rows.items() if row.moves for step in steps}
    found = _product(persons, usual, people=standard.people, classes=classes)
    if asked_for:
        found |= _product(persons, asked_for, people=standard.people, classes=classes)
    seen = {
        name: _between(found, name, shift) if shift is not None and row.moves else found[name]
        for name, row in rows.items()
    }
    return Sums(
        people=found["people"],
        groups={name: found[f"group.{name}"] for name in REPORTED},
        taxed=found["taxed"],
        whole={service: found[f"need.{service}"] for service in SERVICES},
        actual={service: seen[f"need.{service}"] for service in SERVICES},
        parts={(service, group): seen[f"part.{service}.{group}"] for service, group in asked},
        users={service: seen[f"users.{service}"] for service in ("kindergarten", "school", "care")},
    )


def _rows(standard: Standard, parameters: Parameters, *, asked: Sequence[tuple[str, Group]]) -> dict[str, _Row]:
    taxed = in_group((16, 66)) + parameters["tax.weight_67+"] * in_group((OLD, OLDEST))
    rows = {"people": _Row(np.ones(AGES)), "taxed": _Row(taxed)}
    rows |= {f"group.{name}": _Row(in_group(group)) for name, group in REPORTED.items()}
    near = standard.near_death
    for number, service in enumerate(SERVICES):
        rows[f"need.{service}"] = _Row(standard.by_year[:, number], service in HEALTHY, near[:, number])
    for service, group in asked:
        whole = rows[f"need.{service}"]
        rows[f"part.{service}.{group}"] = _Row(whole.weights, whole.moves, whole.steady, in_group(group))
    for service, weights in user_weights(parameters).items():
        rows[f"users.{service}"] = _Row(weights, service in HEALTHY)
    return rows


def _product(
    persons: Draws, weights: Mapping[str, Array], *, people: Array, classes: Sequence[Group]
) -> dict[str, Draws]:
    length, size, draws = persons.shape
    stacked = np.stack([np.broadcast_to(row, (length, AGES)) for row in weights.values()], axis=1)
    if size != AGES:
        stacked = folded(stacked, people=people, groups=classes)
    rows = stacked.astype(np.float32)
    out = np.empty((len(weights), length, draws), dtype=np.float32)
    # In pieces so small that BLAS does not start threads, which fight with the server's for the cores.
    step = max(UNTHREADED // (rows.shape[1] * size), 1)
    for first in range(0, draws, step):
        part = slice(first, first + step)
        out[..., part] = np.matmul(rows, persons[..., part]).swapaxes(0, 1)
    return dict(zip(weights, out, strict=True))


def _between(found: Mapping[str, Draws], name: str, shift: Draws) -> Draws:
    """The need at a shift between whole years: the straight line between the two whole ones."""
    total = np.zeros_like(shift)
    for key, value in found.items():
        if key.startswith(f"{name}@"):
            step = np.float32(key.rpartition("@")[2])
            total += np.maximum(np.float32(1.0) - np.abs(shift - step), np.float32(0.0)) * value
    return total


def need_of(
    sums: Mapping[str, Draws], standard: Standard, *, people_now: float, deaths: Draws | None = None
) -> NDArray[np.float32]:
    """(7, Y + 1, draws) units of need by service: what people need, what deaths bring, and what nobody drives.

    `people_now` of the base year; `deaths` (Y, draws) of each year where they are simulated: need follows the mean of
    the last three years.
    """
    total = np.stack([sums[service] for service in SERVICES])
    total += (standard.fixed * people_now).astype(np.float32)[:, None, None]
    if deaths is not None and standard.deaths == "simulated":
        total += standard.a_death.astype(np.float32)[:, None, None] * _three_years(deaths)
    return total


def _three_years(deaths: Draws) -> Draws:
    """(Y + 1, draws) the mean of the three years before each 1 January; before the base year, as in the first one."""
    first = np.broadcast_to(deaths[:1].mean(), (3, deaths.shape[1]))
    long = np.concatenate([first, deaths]).astype(np.float32)
    return np.asarray((long[:-2] + long[1:-1] + long[2:]) / np.float32(3.0))


def demographic_cost(rates: Mapping[str, float], *, change: Mapping[str, float]) -> float:
    """What a change in the number of people by group of ages costs at today's standard, kroner a year.

    `rates` are kroner a head by group. This is the method of the technical committee (TBU) and of KS: coverage,
    standard and productivity stay as they are. Raises OutlookError for a group without a rate.
    """
    for group in change:
        if group not in rates:
            raise OutlookError(
                f'There is no cost a head for the ages "{group}".', cure=f"Groups with one: {', '.join(rates)}."
            )
    return float(sum(rates[group] * heads for group, heads in change.items()))
