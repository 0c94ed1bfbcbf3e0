"""Published initiatives as open data: no person is named, the owner is told as an organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samskap.apps.initiatives import rules
from samskap.apps.initiatives.labels.initiatives import QUESTIONS
from samskap.apps.initiatives.models import Initiative
from samskap.apps.initiatives.queries.money import money_by_initiative
from samskap.formats.tables import written

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality, Organisation
    from samskap.apps.initiatives.models import CostLine, Gate
    from samskap.apps.initiatives.rules import Money

__all__ = ["CSV_COLUMNS", "FORMAT", "FORMAT_VERSION", "initiatives_csv", "initiatives_document"]

FORMAT, FORMAT_VERSION = "samskap-initiatives", 1

CSV_COLUMNS = (
    "id", "title", "summary", "language", "stage", "owner_organisation", "owner_sector", "challenges", "starts_on",
    "next_date", "full_cost_nok", "confirmed_by_partners_nok", "municipality_pays_nok", "unconfirmed_nok", "hours",
    "partners", "published_on",
)  # fmt: skip


def initiatives_document(municipality: Municipality, *, site: str) -> dict[str, Any]:
    """Every published initiative of a municipality as JSON, in the reader's language where it is written in it.

    `site` is the address under which people reach this server.
    """
    found = _published(municipality)
    money = money_by_initiative(one.pk for one in found)
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "municipality": {"number": municipality.number, "name": municipality.name},
        "illustrative": municipality.is_illustrative,
        "initiatives": [_told(one, money[one.pk], site=site) for one in found],
    }


def initiatives_csv(municipality: Municipality) -> bytes:
    """The same as a table, a row for each."""
    found = _published(municipality)
    money = money_by_initiative(one.pk for one in found)
    return written([CSV_COLUMNS, *(_row(one, money[one.pk]) for one in found)])


def _published(municipality: Municipality) -> list[Initiative]:
    found = Initiative.objects.filter(municipality=municipality, published_at__isnull=False)
    return list(
        found.select_related("owner_organisation").order_by("pk")
        .prefetch_related("challenges", "cost_lines__payer", "gates", "milestones", "partners__organisation")
    )  # fmt: skip


def _told(one: Initiative, money: Money, *, site: str) -> dict[str, Any]:
    said = one.said
    return {
        "id": one.pk,
        "url": f"{site}/initiatives/{one.pk}/",
        "language": said.lang,
        "title": said.title,
        "summary": said.summary,
        "stage": one.stage,
        "owner": _organisation(one.owner_organisation),
        "challenges": [{"id": each.pk, "title": each.said.title} for each in one.challenges.all() if each.is_published],
        "questions": {key: getattr(said, key) for key in QUESTIONS},
        "starts_on": one.starts_on.isoformat() if one.starts_on else None,
        "next_date": None if one.stage == rules.STOPPED else one.next_date.isoformat(),
        "money": _money(money),
        "costs": [_cost(line) for line in one.cost_lines.all()],
        "partners": _partners(one),
        "milestones": [
            {"text": each.said.text, "due_on": each.due_on.isoformat(),
             "done_on": each.done_on.isoformat() if each.done_on else None}
            for each in one.milestones.all()
        ],
        "decisions": [_decision(gate) for gate in one.gates.all()],
        "learned": said.learned,
        "published_on": _published_on(one),
    }  # fmt: skip


def _published_on(one: Initiative) -> str:
    assert one.published_at is not None
    return one.published_at.date().isoformat()


def _organisation(found: Organisation | None) -> dict[str, str] | None:
    return {"name": found.name, "sector": found.sector} if found else None


def _money(money: Money) -> dict[str, int]:
    return {
        "full_cost_nok": money.full_nok,
        "confirmed_by_partners_nok": money.confirmed_nok,
        "municipality_pays_nok": money.net_nok,
        "unconfirmed_nok": money.unconfirmed_nok,
        "hours": money.hours,
    }


def _cost(line: CostLine) -> dict[str, Any]:
    return {
        "year": line.year,
        "text": line.said.text,
        "amount_nok": line.amount_nok,
        "payer": _organisation(line.payer),
    }


def _partners(one: Initiative) -> list[dict[str, str]]:
    """Organisations only: residents who have joined are not named, and not counted here."""
    return [
        {"name": each.organisation.name, "sector": each.organisation.sector}
        for each in one.partners.all()
        if each.left_at is None and each.organisation is not None
    ]


def _decision(gate: Gate) -> dict[str, Any]:
    return {
        "from": gate.from_stage,
        "to": gate.to_stage,
        "decision": rules.decision(gate.from_stage, gate.to_stage),
        "reason": gate.reason,
        "decided_by": gate.decided_by,
        "decided_on": gate.decided_on.isoformat(),
        "missing": list(gate.missing),
    }


def _row(one: Initiative, money: Money) -> tuple[object, ...]:
    said, owner = one.said, one.owner_organisation
    return (
        one.pk, said.title, said.summary, said.lang, one.stage, owner.name if owner else "",
        owner.sector if owner else "", "; ".join(each.said.title for each in one.challenges.all() if each.is_published),
        one.starts_on.isoformat() if one.starts_on else "",
        "" if one.stage == rules.STOPPED else one.next_date.isoformat(),
        money.full_nok, money.confirmed_nok, money.net_nok, money.unconfirmed_nok, money.hours,
        len(_partners(one)), _published_on(one),
    )  # fmt: skip
