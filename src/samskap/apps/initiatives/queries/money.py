"""What initiatives cost, and what partners give: as many queries for one initiative as for a hundred."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from samskap.apps.initiatives import rules
from samskap.apps.initiatives.models import Commitment, CostLine
from samskap.apps.initiatives.rules.costs import Line, Money, Promise

__all__ = ["lines_by_initiative", "money_by_initiative", "promises_by_initiative"]


def lines_by_initiative(keys: Iterable[int]) -> dict[int, list[Line]]:
    """The cost lines of these initiatives."""
    found: defaultdict[int, list[Line]] = defaultdict(list)
    rows = CostLine.objects.filter(initiative__in=list(keys)).values_list(
        "initiative_id", "year", "amount_nok", "payer_id"
    )
    for initiative, year, amount, payer in rows:
        found[initiative].append(Line(year, amount, payer))
    return found


def promises_by_initiative(keys: Iterable[int]) -> dict[int, list[Promise]]:
    """Money and hours that partners of these initiatives have promised.

    Of those who have left only what they delivered counts.
    """
    found: defaultdict[int, list[Promise]] = defaultdict(list)
    rows = (
        Commitment.objects.filter(partner__initiative__in=list(keys), kind__in=["money", "hours"])
        .filter(Q(partner__left_at__isnull=True) | Q(state="delivered"))
        .values_list("partner__initiative_id", "kind", "amount", "state", "partner__organisation_id")
    )
    for initiative, kind, amount, state, payer in rows:
        found[initiative].append(Promise(kind, amount or 0, state, payer))
    return found


def money_by_initiative(keys: Iterable[int]) -> dict[int, Money]:
    """The sums of each of these initiatives."""
    keys = list(keys)
    lines, promises = lines_by_initiative(keys), promises_by_initiative(keys)
    return {key: rules.money_of(lines.get(key, ()), promises.get(key, ())) for key in keys}
