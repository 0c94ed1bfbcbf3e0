"""The benefits of published initiatives as open data: no person is named, an owner is a role in an organisation."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from samskap.apps.benefits.queries.portfolio import Line, Portfolio, portfolio_of
from samskap.apps.benefits.queries.room import room_read
from samskap.apps.benefits.rules.measuring import GIVEN_UNITS
from samskap.formats.tables import written

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality
    from samskap.apps.benefits.queries.reading import MeasurementRead, NumberRead
    from samskap.apps.benefits.queries.room import RoomRead
    from samskap.apps.benefits.rules.portfolio import Answer
    from samskap.apps.benefits.rules.room import Amounts

__all__ = ["CSV_COLUMNS", "FORMAT", "FORMAT_VERSION", "LICENCE_URL", "benefits_csv", "benefits_document"]

FORMAT, FORMAT_VERSION = "samskap-benefits", 1
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"

CSV_COLUMNS = (
    "benefit", "title", "language", "kind", "harm", "planned", "certainty", "initiative", "owner_role",
    "owner_organisation", "owner_sector", "measure", "unit", "better", "standing", "baseline_on", "baseline", "row",
    "on", "value", "state", "cause", "url", "as_of", "publisher", "licence", "illustrative",
)  # fmt: skip


def benefits_document(municipality: Municipality, *, year: int | None, site: str) -> dict[str, Any]:
    """Every benefit of a published initiative as it stands, or stood at the end of a `year` that is over.

    `site` is the address under which people reach this server.
    """
    portfolio = portfolio_of(municipality, year=year)
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "publisher": {"number": municipality.number, "name": municipality.name},
        "licence": LICENCE_URL,
        "as_of": portfolio.today.isoformat(),
        "page": _page(portfolio, site),
        "illustrative": portfolio.is_illustrative,
        "kinds": {group.key: _kind(group.amounts, unit=GIVEN_UNITS.get(group.key)) for group in portfolio.groups},
        "room_for_manoeuvre": None if portfolio.year else _room(room_read(municipality)),
        "benefits": [_told(line, site=site) for line in portfolio.lines],
    }


def _page(portfolio: Portfolio, site: str) -> str:
    query = f"?year={portfolio.year}" if portfolio.year else ""
    return f"{site}{reverse('benefits:portfolio', args=[portfolio.municipality.number])}{query}"


def _kind(amounts: Amounts | None, *, unit: str | None) -> dict[str, Any] | None:
    """What is summed of a kind; None of a kind whose benefits have units of their own."""
    if amounts is None:
        return None
    return {
        "unit": unit,
        "measured": _plain(amounts.realised),
        "sure_to_come": _plain(amounts.sure),
        "hoped_for": _plain(amounts.hoped),
    }


def _room(room: RoomRead) -> dict[str, Any] | None:
    """What moves the outlook: beyond the accounts of a year, kroner and posts apart, one step more each time."""
    if room.is_empty:
        return None
    return {
        "accounts_year": room.accounts,
        "until": room.by.isoformat(),
        "hours_a_post": room.hours_a_post,
        "in_accounts_already_nok": _plain(room.effect.saved.in_accounts),
        "avoided_cost_apart_nok": _plain(room.effect.avoided.realised),
        "waiting_for_baseline": room.effect.waiting,
        "steps": [
            {"step": one.key, "saved_nok_a_year": one.saved_nok, "freed_posts": _plain(one.freed_posts)}
            for one in room.steps
        ],
    }


def _told(line: Line, *, site: str) -> dict[str, Any]:
    one = line.read
    return {
        "id": one.pk,
        "url": f"{site}{one.url}",
        "language": one.lang,
        "title": one.title,
        "text": one.text,
        "kind": one.kind,
        "harm": one.is_harm,
        "planned": one.is_planned,
        "certainty": one.certainty,
        "initiative": {"id": one.initiative_pk, "title": one.initiative_title, "url": f"{site}{line.initiative_url}"},
        "gains": {"who": one.gainer, "sector": one.gainer_sector},
        "owner": {"role": one.owner_role, "organisation": one.organisation, "sector": line.sector},
        "measure": one.measure,
        "unit": GIVEN_UNITS.get(one.kind, one.unit),
        "better": one.better,
        "indicator": one.indicator or None,
        "effects_from": one.effects_from.isoformat(),
        "baseline": _number(one.baseline) if one.baseline else None,
        "targets": [_target(answer) for answer in line.answers],
        "measurements": [_measurement(each) for each in one.counting],
        "standing": one.standing,
        "overdue": one.is_overdue,
        "ended": {"on": one.ended_on.isoformat(), "reason": one.ended_reason} if one.ended_on else None,
    }


def _number(number: NumberRead) -> dict[str, Any]:
    return {
        "on": number.on.isoformat(), "value": _plain(number.value), "source": number.source,
        "standing": number.standing,
    }  # fmt: skip


def _target(answer: Answer) -> dict[str, Any]:
    measured = answer.measured
    return {
        "due_on": answer.due_on.isoformat(),
        "value": _plain(answer.target),
        "measured": {"on": measured[0].isoformat(), "value": _plain(measured[1])} if measured else None,
        "met": answer.is_met if measured else None,
    }


def _measurement(each: MeasurementRead) -> dict[str, Any]:
    return {
        **_number(each.number), "state": each.state, "forecast": _plain(each.expected), "gap": _plain(each.gap),
        "cause": each.cause, "correction": each.correction,
    }  # fmt: skip


def _plain(value: Decimal | None) -> int | float | None:
    """A number as JSON has it: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def benefits_csv(municipality: Municipality, *, year: int | None, site: str) -> bytes:
    """The same as a table: for each benefit a row for every target and every measurement, one alone without any."""
    portfolio = portfolio_of(municipality, year=year)
    rows = [row for line in portfolio.lines for row in _rows(line, portfolio, site=site)]
    return written([CSV_COLUMNS, *rows])


def _rows(line: Line, portfolio: Portfolio, *, site: str) -> list[tuple[object, ...]]:
    one = line.read
    head = (
        one.pk, one.title, one.lang, one.kind, _yes(one.is_harm), _yes(one.is_planned), one.certainty,
        one.initiative_title, one.owner_role, one.organisation, line.sector, one.measure,
        GIVEN_UNITS.get(one.kind, one.unit), one.better, one.standing,
        one.baseline.on.isoformat() if one.baseline else "", _plain(one.baseline.value) if one.baseline else "",
    )  # fmt: skip
    town = portfolio.municipality
    tail = (
        f"{site}{one.url}", portfolio.today.isoformat(), f"{town.number} {town.name}", LICENCE_URL,
        _yes(one.is_illustrative),
    )  # fmt: skip
    told: list[tuple[object, ...]] = [
        ("target", answer.due_on.isoformat(), _plain(answer.target), "", "") for answer in line.answers
    ]
    told += [("measurement", each.on.isoformat(), _plain(each.value), each.state, each.cause) for each in one.counting]
    return [(*head, *row, *tail) for row in told or [("", "", "", "", "")]]


def _yes(value: object) -> str:
    return "yes" if value else "no"
