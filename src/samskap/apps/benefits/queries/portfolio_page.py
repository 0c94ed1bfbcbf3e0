"""The page of a portfolio of benefits: words first, then kinds and years, then each benefit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samskap.apps.benefits.labels import CERTAINTIES, KINDS
from samskap.apps.benefits.labels import portfolio as words
from samskap.apps.benefits.labels.benefits import STANDINGS
from samskap.apps.benefits.labels.room import ROOM_OUTLOOKS, ROOM_SCENARIOS, money_words, whole_hours
from samskap.apps.benefits.queries.portfolio import KindGroup, Line, Portfolio, portfolio_of, shown, years_of
from samskap.apps.benefits.queries.room import Step, room_read
from samskap.apps.benefits.rules.room import HOURS_A_POST
from samskap.apps.outlook.permissions import can_save_scenario
from samskap.web.parts import Table

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality

__all__ = ["Choice", "Head", "Stat", "hours_asked", "portfolio_context", "year_asked"]

NOTHING = "–"
FILTERS = ("kind", "standing", "certainty", "organisation", "overdue")


@dataclass(frozen=True)
class Stat:
    """A count that stands large, and the address of what is counted."""

    label: str
    value: int
    url: str


@dataclass(frozen=True)
class Choice:
    """Something to filter by or a year: a link, and whether it is chosen."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Head:
    """The head of a column: its words, the address that sorts by it, and how it is sorted now, if it is."""

    words: str
    url: str
    order: str


@dataclass(frozen=True)
class Row:
    """A line of the table: where it began, target and actual by period, what was measured last, why it is behind."""

    line: Line
    began: str
    answers: tuple[str, ...]
    latest: str
    cause: str


@dataclass(frozen=True)
class Offer:
    """An outlook with benefits in it: the way there, and what a scenario made of it is asked for and called."""

    label: str
    url: str
    query: str
    scenario: str


@dataclass(frozen=True)
class Filter:
    """Links to filter by one thing."""

    label: str
    choices: tuple[Choice, ...]


def year_asked(asked: Mapping[str, str]) -> int | None:
    """The year in the address; None where there is none, or none that can be."""
    return _whole(asked.get("year", ""), low=1990, high=2100)


def hours_asked(asked: Mapping[str, str]) -> int | None:
    """The hours that make a post, in the address; None where there are none, or none that can be."""
    return _whole("".join(asked.get("hours", "").split()), low=HOURS_A_POST.low, high=HOURS_A_POST.high)


def _whole(wish: str, *, low: int, high: int) -> int | None:
    """A whole number of four digits; longer ones are not even read."""
    return int(wish) if len(wish) == 4 and wish.isdecimal() and low <= int(wish) <= high else None


def portfolio_context(
    municipality: Municipality, asked: Mapping[str, str], *, viewer: Any, of: str = "published"
) -> dict[str, Any]:
    """Everything the page shows. `asked` are the year, filters, sorting and hours of the address."""
    portfolio = portfolio_of(municipality, year=year_asked(asked), of=of)
    wanted = {key: asked[key] for key in (*FILTERS, "sort", "year") if asked.get(key)}
    counts, number = portfolio.counts, len(portfolio.lines)
    return {
        "portfolio": portfolio,
        "as_of": words.as_of_words(portfolio.today, is_over=portfolio.year is not None),
        "headline": words.headline(
            in_operation=portfolio.in_operation, without=portfolio.without, benefits=number
        ),
        "standing": words.standing_sentence(counts, benefits=number) if number else "",
        "stats": _stats(portfolio, counts, wanted),
        "kinds": _kinds(portfolio),
        "by_year": _by_year(portfolio),
        "sections": [(group, [_row(line) for line in group.lines]) for group in shown(portfolio, wanted)],
        "heads": _heads(wanted),
        "filters": _filters(portfolio, wanted),
        "years": _years(municipality, portfolio, wanted, of=of),
        "is_filtered": any(key in wanted for key in FILTERS),
        "show_all": _address(wanted, **dict.fromkeys(FILTERS, "")),
        "at_work": of == "all",
        **_room_context(portfolio, asked, viewer=viewer),
    }  # fmt: skip


def _room_context(portfolio: Portfolio, asked: Mapping[str, str], *, viewer: Any) -> dict[str, Any]:
    """What the benefits change of the room for manoeuvre, now; nothing of a year that is over."""
    hours = hours_asked(asked)
    room = None if portfolio.year is not None else room_read(portfolio.municipality, hours=hours)
    if room is None or room.is_empty:
        return {"room": None}
    return {
        "room": room,
        "outlooks": [_offer(step, portfolio) for step in room.steps if step.query],
        "may_save": can_save_scenario(viewer, portfolio.municipality),
        "hours": HOURS_A_POST,
        "hours_wrong": hours is None and bool(asked.get("hours")),
    }


def _offer(step: Step, portfolio: Portfolio) -> Offer:
    return Offer(
        label=str(ROOM_OUTLOOKS[step.key]),
        url=f"{reverse('outlook:outlook', args=[portfolio.municipality.number])}?{step.query}",
        query=step.query,
        scenario=str(ROOM_SCENARIOS[step.key]) % {"day": date_format(portfolio.today)},
    )


def _row(line: Line) -> Row:
    one = line.read
    base, latest = one.baseline, one.latest
    is_new = latest is not None and all(each.measured != (latest.on, latest.value) for each in line.answers)
    return Row(
        line=line,
        began=words.began_words(base.value, one.unit, on=base.on) if base else "",
        answers=tuple(
            words.answer_words(each.due_on, each.target, each.measured[1] if each.measured else None)
            for each in line.answers
        ),
        latest=words.latest_words(latest.value, one.unit, on=latest.on) if latest and is_new else "",
        cause=one.cause if latest and latest.is_behind else "",
    )


def _address(wanted: Mapping[str, str], **changes: str) -> str:
    """The address of the same page with some of what is asked for changed; "" takes it away."""
    kept = {key: value for key, value in {**wanted, **changes}.items() if value}
    return f"?{urlencode(kept)}" if kept else "?"


def _stats(portfolio: Portfolio, counts: Mapping[str, int], wanted: Mapping[str, str]) -> list[Stat]:
    told = ("reached", "on_the_way", "behind", "not_realised", "harm", "waiting_for_baseline")
    cleared = dict.fromkeys(FILTERS, "")
    stats = [
        Stat(str(STANDINGS[key]), counts[key], _address(wanted, **{**cleared, "standing": key}) if counts[key] else "")
        for key in told
    ]
    overdue = portfolio.overdue
    return [*stats, Stat(_("Overdue"), overdue, _address(wanted, **{**cleared, "overdue": "1"}) if overdue else "")]


def _written(group: KindGroup, value: Decimal | None) -> str:
    if value is None:
        return NOTHING
    return money_words(value) if group.is_kroner else _("%(hours)s hours") % {"hours": whole_hours(value)}


def _kinds(portfolio: Portfolio) -> Table:
    """A row for each kind that has benefits: how many, and a year what is measured, sure to come, hoped for."""
    rows = [_kind_row(group) for group in portfolio.groups if group.lines]
    headers = (
        _("Kind"), _("Benefits"), _("Reached"), _("Measured a year"), _("Sure to come"), _("Hoped for"),
    )  # fmt: skip
    return Table(headers, tuple(rows))


def _kind_row(group: KindGroup) -> tuple[str, ...]:
    first = (group.name, str(len(group.lines)), str(group.counts.get("reached", 0)))
    if group.amounts is None:
        return (*first, _("not added"), NOTHING, NOTHING)
    amounts = (group.amounts.realised, group.amounts.sure, group.amounts.hoped)
    return (*first, *(_written(group, value) for value in amounts))


def _by_year(portfolio: Portfolio) -> Table | None:
    """Target and actual at the end of each year: amounts of the kinds that are summed, targets met of the others."""
    if not portfolio.years:
        return None
    heads = [_year_head(portfolio, year) for year in portfolio.years]
    rows: list[tuple[str, ...]] = []
    for group in portfolio.groups:
        if group.lines and group.sums:
            name = {"kind": group.name}
            rows.append((_("%(kind)s: forecast") % name, *(_written(group, one.target) for one in group.sums)))
            rows.append((_("%(kind)s: measured") % name, *(_written(group, one.actual) for one in group.sums)))
        elif group.lines:
            cells = (words.met_words(one.met, one.targets) or NOTHING for one in group.met)
            rows.append((_("%(kind)s: targets met") % {"kind": group.name}, *cells))
    told = tuple(row for row in rows if any(cell != NOTHING for cell in row[1:]))
    return Table((_("At the end of"), *heads), told) if told else None


def _year_head(portfolio: Portfolio, year: int) -> str:
    return _("%(year)s so far") % {"year": year} if year == portfolio.today.year and not portfolio.year else str(year)


def _heads(wanted: Mapping[str, str]) -> list[Head]:
    key = wanted.get("sort", "standing")
    name, is_turned = key.removeprefix("-"), key.startswith("-")
    return [
        Head(
            str(name_of),
            _address(wanted, sort=f"-{column}" if column == name and not is_turned else column),
            "" if column != name else "descending" if is_turned else "ascending",
        )
        for column, name_of in words.HEADS.items()
    ]


def _filters(portfolio: Portfolio, wanted: Mapping[str, str]) -> list[Filter]:
    """By kind, standing and certainty: only what some benefit has; none where there is nothing to choose between."""
    reads = [line.read for line in portfolio.lines]
    offered: list[tuple[str, str, Mapping[str, Any], set[str]]] = [
        ("kind", _("Kind"), KINDS, {one.kind for one in reads}),
        ("standing", _("How it stands"), STANDINGS, {one.standing for one in reads}),
        ("certainty", _("Sure or hoped"), CERTAINTIES, {one.certainty for one in reads}),
    ]
    found = [
        Filter(label, _choices(key, words, there, wanted)) for key, label, words, there in offered if len(there) > 1
    ]
    organisations = {str(line.organisation_pk): line.read.organisation for line in portfolio.lines}
    if len(organisations) > 1:
        by_name = dict(sorted(organisations.items(), key=lambda item: item[1].casefold()))
        found.append(Filter(_("Organisation"), _choices("organisation", by_name, set(by_name), wanted)))
    return found


def _choices(key: str, names: Mapping[str, Any], there: set[str], wanted: Mapping[str, str]) -> tuple[Choice, ...]:
    chosen = wanted.get(key, "")
    every = Choice(_("All"), _address(wanted, **{key: ""}), not chosen)
    return (every, *(
        Choice(str(name), _address(wanted, **{key: one}), one == chosen) for one, name in names.items() if one in there
    ))  # fmt: skip


def _years(municipality: Municipality, portfolio: Portfolio, wanted: Mapping[str, str], *, of: str) -> Sequence[Choice]:
    found = years_of(municipality, of=of)
    if len(found) == 1:
        return ()
    now = Choice(_("Now"), _address(wanted, year=""), portfolio.year is None)
    return (now, *(Choice(str(year), _address(wanted, year=str(year)), year == portfolio.year) for year in found[1:]))
