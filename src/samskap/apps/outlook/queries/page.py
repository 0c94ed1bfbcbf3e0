"""The page of an outlook: what stands on it, in the reader's language, and the files of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from samskap.apps.outlook import labels, rules
from samskap.apps.outlook.labels import sentences
from samskap.apps.outlook.labels.parameters import parameter_name, parameter_unit
from samskap.apps.outlook.queries import drawing
from samskap.apps.outlook.queries.told import TOTAL, Told
from samskap.formats import outlook_csv, outlook_json

if TYPE_CHECKING:
    from samskap.apps.outlook.queries.drawing import Figure
    from samskap.engines.outlook.inputs import Estimate

__all__ = [
    "CHART_QUANTITIES",
    "answer_context",
    "assumed_lines",
    "chosen_group",
    "csv_file",
    "document",
    "short_context",
    "unreadable_context",
]

# What the CSV file of each chart holds, by the beginnings of the names in its column `quantity`.
CHART_QUANTITIES = {
    "support": ("support_ratio",),
    "people": ("population", "group"),
    "need": ("service_", "posts"),
    "room": ("money_room", "money_chance", "money_first", "money_funds", "money_gap"),
    "stacked": ("money_must", "money_chosen"),
    "spread": ("explained",),
}


@dataclass(frozen=True)
class Key:
    """One number that stands large."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class EstimateRow:
    """How one assumption came about: the place's own figures, the country's, and how much the own ones count."""

    name: str
    own: str
    standard: str
    weight: str
    used: str


def chosen_group(told: Told, wish: str) -> str:
    """The age group that the page shows the people of."""
    return wish if wish in told.outlook.groups else TOTAL


def answer_context(told: Told, *, group: str) -> dict[str, Any]:
    """Everything that depends on the levers: headline, key numbers, charts, tables."""
    outlook = told.outlook
    money = outlook.money
    return {
        "headline": sentences.headline(outlook, name=told.name),
        "pulled": sentences.pulled_words(rules.number_pulled(told.levers)),
        "keys": _keys(told),
        "support": drawing.support_figure(told),
        "people": drawing.people_figure(told, group=group),
        "group_tabs": _tabs(told, group=group),
        "need": drawing.need_figure(told),
        "money": drawing.money_figures(told, money) if money else (),
        "gaps": sentences.gap_sentences(money, years=outlook.years) if money else (),
        "closing": sentences.closing_sentences(outlook.closing, years=outlook.years) if outlook.closing else (),
        "spread": drawing.spread_figure(told),
        "standing": labels.STANDINGS[told.basis.standing],
        "is_illustrative": told.basis.standing == "illustrative",
        "sources": told.basis.sources,
        "notes": told.notes,
        "estimates": [_estimate(one) for one in outlook.estimates if one.place == outlook.place],
        "facts": _facts(told),
        "query": urlencode(told.address),
        "told": told,
    }


def short_context(told: Told, *, prefix: str = "") -> dict[str, Any]:
    """An outlook in a report: headline, what was changed, and three charts, their keys after `prefix`."""
    money = told.outlook.money
    figures: list[Figure] = [drawing.support_figure(told), drawing.need_figure(told)]
    if money:
        figures += drawing.money_figures(told, money)[:1]
    return {
        "headline": sentences.headline(told.outlook, name=told.name),
        "lines": assumed_lines(told.levers, told.address),
        "figures": [figure.called(prefix) for figure in figures],
        "is_illustrative": told.basis.standing == "illustrative",
        "standing": labels.STANDINGS[told.basis.standing],
        "sources": told.basis.sources,
        "facts": _facts(told),
    }


def unreadable_context(*, levers: Mapping[str, float], address: Mapping[str, str], standing: str) -> dict[str, Any]:
    """The same for an outlook that another version saved: its assumptions are known, its result cannot be read."""
    return {
        "headline": _("This was saved by another version of Samskap, and its result cannot be shown here."),
        "lines": assumed_lines(levers, address),
        "figures": [],
        "is_illustrative": standing == "illustrative",
        "standing": labels.STANDINGS[standing],
        "sources": (),
        "facts": [],
    }


def assumed_lines(levers: Mapping[str, float], address: Mapping[str, str]) -> list[tuple[str, str]]:
    """The levers that are pulled and the parameters that are replaced, each with how far, in words."""
    rules_of = {lever.key: lever for lever in (*rules.LEVERS, rules.PHASE_IN)}
    written = [_line(rules_of[key], value) for key, value in levers.items() if key in rules_of]
    replaced = {key.removeprefix("set."): value for key, value in address.items() if key.startswith("set.")}
    if rules.FOLLOW in levers:
        written.append((_("The middle follows"), _("the official projection")))
    return written + [
        (parameter_name(key), f"{value} {parameter_unit(key)}".strip()) for key, value in replaced.items()
    ]


def _line(lever: rules.LeverRule, value: float) -> tuple[str, str]:
    number = labels.numbers().write(value, lever.decimals)
    sign = "+" if value > 0 and lever.key not in ("healthy", "phase_in_years") else ""
    return str(labels.LEVERS[lever.key]), f"{sign}{number} {labels.LEVER_UNITS.get(lever.key, '%')}"


def _keys(told: Told) -> list[Key]:
    outlook, money = told.outlook, told.outlook.money
    last = outlook.years[-1]
    band = outlook.population
    change = outlook.posts.p50[-1] - outlook.posts.p50[0]
    found = [
        Key(
            _("people in %(year)s") % {"year": last},
            labels.persons(band.p50[-1]),
            labels.times(labels.persons, low=band.p10[-1], high=band.p90[-1]),
        ),
        Key(
            _("more posts needed in %(year)s") % {"year": last}
            if change >= 0
            else _("fewer posts needed in %(year)s") % {"year": last},
            labels.posts(abs(change)),
            _("of %(posts)s now") % {"posts": labels.posts(outlook.posts.p50[0])},
        ),
    ]
    if money:
        at = min(sentences.ROOM_SEEN, len(outlook.years) - 1)
        gaps = {"year": outlook.years[at]}
        found += [
            Key(
                _("million kroner of room for manoeuvre in %(year)s") % gaps,
                labels.millions(money.room.p50[at]),
                labels.times(labels.millions, low=money.room.p10[at], high=money.room.p90[at]),
            ),
            Key(
                _("chance of no room for manoeuvre in %(year)s") % gaps,
                labels.chance(money.chance_negative[at]),
                _("more likely than not from %(year)s") % {"year": money.first_likely_negative}
                if money.first_likely_negative
                else "",
            ),
        ]
    return found


def _tabs(told: Told, *, group: str) -> list[dict[str, Any]]:
    keys = [TOTAL, *told.outlook.groups]
    return [
        {
            "label": labels.group_name(key),
            "url": f"?{urlencode({**told.address, 'group': key})}#people",
            "key": key,
            "current": key == group,
        }
        for key in keys
    ]


def _estimate(one: Estimate) -> EstimateRow:
    decimals, times = (1, 1000.0) if one.parameter == "net_moves" else (2, 1.0)
    own, standard, used = (
        labels.numbers().write(value * times, decimals) for value in (one.own, one.standard, one.used)
    )
    return EstimateRow(labels.estimate_name(one.parameter), own, standard, labels.percent(one.weight), used)


def _facts(told: Told) -> list[tuple[str, str]]:
    """What the outlook was made from, for those who make it again."""
    outlook = told.outlook
    facts = [
        (_("People on 1 January"), str(outlook.base_year)),
        (_("Futures drawn"), labels.numbers().write(outlook.draws)),
        (_("Seed"), str(outlook.seed)),
        (_("Engine"), outlook.engine_version),
        (_("Fingerprint of the figures"), outlook.input_hash),
    ]
    if outlook.money:
        facts.insert(1, (_("Price year"), str(outlook.money.price_year)))
    if outlook.constrained_to:
        facts.append((_("The middle follows"), outlook.constrained_to))
    return facts


def document(told: Told) -> dict[str, Any]:
    """The outlook as open data."""
    return outlook_json.to_document(told.outlook, basis=told.basis)


def csv_file(told: Told, *, chart: str = "") -> bytes:
    """The outlook as CSV; with `chart` the rows of that chart alone."""
    whole = outlook_csv.written_outlook(told.outlook, basis=told.basis)
    if chart not in CHART_QUANTITIES:
        return whole
    return b"".join(_rows_of(whole.splitlines(keepends=True), CHART_QUANTITIES[chart]))


def _rows_of(lines: Iterable[bytes], quantities: tuple[str, ...]) -> Iterable[bytes]:
    """The head and the rows of these quantities."""
    column = None
    for line in lines:
        cells = line.split(b",")
        if column is None:
            column = cells.index(b"quantity") if b"quantity" in cells else None
            yield line
        elif cells[column].decode().startswith(quantities):
            yield line
