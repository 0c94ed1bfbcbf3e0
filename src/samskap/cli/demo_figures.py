"""The invented figures of the example municipality: people grown by the engine, round numbers for the rest.

Everything is stored as illustrative, so that a real edition replaces it and every chart says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from samskap.cli.demo_country import FIRST_YEAR, LAST_YEAR, SEED, Grown, Projection, grown, projections
from samskap.cli.demo_texts import Content, content, texts
from samskap.kernel.acting import SYSTEM_DEMO
from samskap.sources.values import NATION, AgeProfile, Fetched, Figure

__all__ = ["editions", "store_figures", "store_own_figures"]

GROUP: Final = "EKG11"
OPEN_AGE: Final = 105
VINTAGES: Final = tuple(range(2008, 2025, 2))
HORIZON: Final = 2050
FORETOLD: Final = {
    "0": (0, 0), "1-5": (1, 5), "6-12": (6, 12), "13-15": (13, 15), "16-19": (16, 19), "20-44": (20, 44),
    "45-66": (45, 66), "67-79": (67, 79), "80-89": (80, 89), "90+": (90, 120),
}  # fmt: skip


def store_figures(place: str, *, now: datetime) -> None:
    """Store all of them, as of `now`."""
    from samskap.apps.figures import actions as figures  # noqa: PLC0415 -- needs settings

    for fetched in editions(place, now=now):
        figures.store_edition(fetched, by=SYSTEM_DEMO)


def store_own_figures(municipality: Any, *, now: datetime) -> None:
    """The indicator that the municipality counts itself, on its own pages."""
    from samskap.apps.figures import actions as figures  # noqa: PLC0415 -- needs settings

    plan = content("figures")
    own = plan["own"]
    fields = texts(own, "title", "text") | {"topic": own["topic"], "unit": own["unit"]}
    made = figures.create_indicator(municipality, by=SYSTEM_DEMO, **fields)
    counted = tuple(
        Figure(made.key, municipality.number, str(own["first_year"] + at), float(value))
        for at, value in enumerate(own["values"])
    )
    table = _table(plan["publisher"], "E6", fields["title"], now=now, figures=counted)
    figures.store_edition(table, by=SYSTEM_DEMO, municipality=municipality)


def editions(place: str, *, now: datetime) -> tuple[Fetched, ...]:
    """The invented tables about `place`, as if they came at `now`; always the same figures."""
    plan, history = content("figures"), grown()
    names = plan["tables"]
    said: dict[str, tuple[str, dict[str, Any]]] = {
        "E1": (names["people"], {"profiles": tuple(_profiles(history, place))}),
        "E2": (names["changes"], {"figures": tuple(_changes(history, place))}),
        "E3": (names["life"], {"figures": tuple(chain.from_iterable(_lines(plan["indicator"], place)))}),
        "E4": (names["economy"], {"figures": tuple(_accounts(plan["accounts"], place))}),
        "E7": (names["prices"], {"figures": tuple(_prices(plan["prices"]))}),
    }
    for one in projections(history, made=VINTAGES, until=HORIZON):
        title = names["projection"].format(year=one.made)
        said[f"E5-{one.made}"] = (title, {"figures": tuple(_foretold(one, place))})
    return tuple(_table(plan["publisher"], table, title, now=now, **held) for table, (title, held) in said.items())


def _table(publisher: Content, table: str, title: str, *, now: datetime, **held: Any) -> Fetched:
    return Fetched(
        publisher=publisher["name"], table=table, title=title, url="", licence=publisher["licence"], fetched_at=now,
        updated_at=None, standing="illustrative", **held,
    )  # fmt: skip


def _profiles(history: Grown, place: str) -> Iterator[AgeProfile]:
    for where, people in ((place, history.town), (NATION, history.country)):
        for year, both in zip(history.years, people, strict=True):
            open_ended = np.concatenate([both[:, :OPEN_AGE], both[:, OPEN_AGE:].sum(axis=1, keepdims=True)], axis=1)
            women, men = (tuple(int(persons) for persons in sex) for sex in open_ended)
            yield AgeProfile(where, year, women, men)


def _changes(history: Grown, place: str) -> Iterator[Figure]:
    for where, steps in ((place, history.town_steps), (NATION, history.country_steps)):
        for year, step in zip(range(FIRST_YEAR, LAST_YEAR), steps, strict=True):
            came, left = float(step.moves_in.sum()), float(step.moves_out.sum())
            counted = {"births": float(step.births.sum()), "deaths": float(step.deaths.sum()), "net_moves": came - left}
            if where == place:
                counted |= {"moves_in": came, "moves_out": left}
            for key, value in counted.items():
                yield Figure(key, where, str(year), value)


def _foretold(one: Projection, place: str) -> Iterator[Figure]:
    for year, both in zip(one.years, one.people, strict=True):
        people = both.sum(axis=0)
        for name, (first, last) in FORETOLD.items():
            persons = float(round(people[first : last + 1].sum()))
            breakdown = f"age={name};alternative=MMMM"
            yield Figure("projected_population", place, str(year), persons, breakdown=breakdown)


def _accounts(plan: Content, place: str) -> Iterator[Figure]:
    for ago in range(plan["years"]):
        year, cheaper = str(plan["year"] - ago), (1 + plan["prices"]) ** -ago
        for key, value in plan["values"].items():
            yield Figure(key, place, year, float(round(value * cheaper, -5 if ago else 0)))
        for key, value in plan["steady"].items():
            yield Figure(key, place, year, float(value))


def _prices(plan: Content) -> Iterator[Figure]:
    for at, value in enumerate(plan["values"]):
        yield Figure("consumer_price_index", NATION, str(plan["first_year"] + at), value)


def _lines(told: Iterable[Content], place: str) -> Iterator[Iterator[Figure]]:
    for number, line in enumerate(told):
        random = np.random.default_rng([SEED, number])
        for name, (where, strays) in {"town": (place, 1.0), "group": (GROUP, 0.3), "country": (NATION, 0.15)}.items():
            if name in line:
                yield _line(line, name, where, random=random, strays=strays * line.get("wobble", 0.0))


def _line(
    line: Mapping[str, Any], name: str, place: str, *, random: np.random.Generator, strays: float
) -> Iterator[Figure]:
    (first, last), (start, end) = line["years"], line[name]
    years = range(first, last + 1)
    chance = strays * random.standard_normal(len(years))
    chance[-1] = 0.0  # the latest figure fits the accounts
    values: NDArray[np.float64] = np.linspace(start, end, len(years)) + chance
    for year, value in zip(years, values, strict=True):
        is_known = name != "town" or year in line.get("asked", years)
        yield Figure(
            line["key"],
            place,
            str(year),
            float(round(value, line.get("decimals", 1))) if is_known else None,
            missing="" if is_known else line["missing"],
            breakdown=line.get("breakdown", ""),
        )
