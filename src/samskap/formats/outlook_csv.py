"""An outlook as CSV in the long form: a row for each quantity, part and year, with its band.

Lines that begin with `#` before the header say what it was made from. Columns:

    place, year
    quantity   population, group, births, deaths, net_moves, support_ratio, workforce, posts, posts_share;
               service_users, service_posts, service_kroner, service_must, service_chosen;
               money_ and closing_ and a name of `MoneyPath` and `Closing`; explained
    part       the age group, the service or what explains the spread; empty elsewhere
    unit       persons, ratio, posts, percent, kroner, index, probability, share, year, or what a service counts
    mean, p2_5, p10, p25, p50, p75, p90, p97_5     `mean` alone where there is no band

What is not of one year, as the gaps, has no year.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator

from samskap.engines.outlook import Band, Closing, MoneyPath, Outlook, ServicePath
from samskap.formats.outlook_basis import Basis
from samskap.formats.tables import written

__all__ = ["COLUMNS", "written_outlook"]

QUANTILES = tuple(field.name for field in dataclasses.fields(Band))
COLUMNS = ("place", "year", "quantity", "part", "unit", *QUANTILES)

Quantity = tuple[str, str, str, Band]

MONEY_UNITS = {
    "grant_need_index": "index",
    "net_result_share": "percent",
    "room_share": "percent",
    "room_posts": "posts",
}


def written_outlook(outlook: Outlook, *, basis: Basis) -> bytes:
    """The file. Equal outlooks give equal bytes."""
    head = "".join(f"# {name}: {' '.join(text.split())}\n" for name, text in _head(outlook, basis) if text)
    return head.encode() + written([COLUMNS, *_rows(outlook)])


def _head(outlook: Outlook, basis: Basis) -> Iterator[tuple[str, str]]:
    yield "name", basis.name
    yield "standing", basis.standing
    for source in basis.sources:
        yield "source", source
    if outlook.money:
        yield "price_year", str(outlook.money.price_year)
    yield "draws", str(outlook.draws)
    yield "seed", str(outlook.seed)
    yield "engine", outlook.engine_version
    yield "input_hash", outlook.input_hash
    yield "constrained_to", outlook.constrained_to


def _rows(outlook: Outlook) -> Iterator[tuple[object, ...]]:
    for quantity, part, unit, band in _quantities(outlook):
        columns = [getattr(band, name) for name in QUANTILES]
        # Flows are counted in the years between, so they are one shorter and end in the last year too.
        years = outlook.years[len(outlook.years) - len(band.mean) :]
        for year, *values in zip(years, *columns, strict=True):
            yield outlook.place, year, quantity, part, unit, *(_number(value) for value in values)
    if outlook.money:
        yield from _chances(outlook, outlook.money)
    for one in outlook.explained:
        told = dict.fromkeys(QUANTILES, "") | {"mean": _number(one.share)}
        yield outlook.place, "", "explained", one.layer, "share", *told.values()


def _chances(outlook: Outlook, money: MoneyPath) -> Iterator[tuple[object, ...]]:
    """What has no band of its own: `mean` alone, and the two gaps with their 10 and 90 per cent."""
    blank = dict.fromkeys(QUANTILES, "")

    def row(year: object, quantity: str, unit: str, **values: str) -> tuple[object, ...]:
        return (outlook.place, year, f"money_{quantity}", "", unit, *(blank | values).values())

    for year, chance in zip(outlook.years, money.chance_negative, strict=True):
        yield row(year, "chance_negative", "probability", mean=_number(chance))
    for quantity in ("gap_to_target", "gap_for_ever"):
        mean, low, high = map(_number, getattr(money, quantity))
        yield row("", quantity, "percent", mean=mean, p10=low, p90=high)
    for quantity in ("first_likely_negative", "funds_last"):
        year = getattr(money, quantity)
        if year is not None:
            yield row("", quantity, "year", mean=str(year))


def _quantities(outlook: Outlook) -> Iterator[Quantity]:
    yield "population", "", "persons", outlook.population
    for group, band in outlook.groups.items():
        yield "group", group, "persons", band
    for name in ("births", "deaths", "net_moves", "workforce"):
        yield name, "", "persons", getattr(outlook, name)
    yield "support_ratio", "", "ratio", outlook.support_ratio
    yield "posts", "", "posts", outlook.posts
    yield "posts_share", "", "percent", outlook.posts_share
    for service in outlook.services:
        yield from _service(service)
    if outlook.money:
        yield from _money(outlook.money)
    if outlook.closing:
        yield from _closing(outlook.closing)


def _service(service: ServicePath) -> Iterator[Quantity]:
    yield "service_users", service.key, service.unit, service.users
    yield "service_posts", service.key, "posts", service.posts
    for name in ("kroner", "must", "chosen"):
        yield f"service_{name}", service.key, "kroner", getattr(service, name)


def _money(money: MoneyPath) -> Iterator[Quantity]:
    for field in dataclasses.fields(money):
        value = getattr(money, field.name)
        if isinstance(value, Band):
            yield f"money_{field.name}", "", MONEY_UNITS.get(field.name, "kroner"), value


def _closing(closing: Closing) -> Iterator[Quantity]:
    yield "closing_cash", "", "kroner", closing.cash
    yield "closing_freed_posts", "", "posts", closing.freed_posts
    yield "closing_share_of_gap", "", "percent", closing.share_of_gap


def _number(value: float) -> str:
    """As short as nine digits can be, which is more than any draw can tell; empty where there is no number."""
    return f"{value:.9g}" if math.isfinite(value) else ""
