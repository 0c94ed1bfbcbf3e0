"""The public list of initiatives: what is published, by stage, challenge and sector, and by words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samskap.apps.actors.labels import SECTORS
from samskap.apps.initiatives import rules
from samskap.apps.initiatives.labels import STAGES
from samskap.apps.initiatives.models import Initiative
from samskap.apps.initiatives.queries.initiatives import today
from samskap.apps.initiatives.queries.money import money_by_initiative
from samskap.web.money import kroner
from samskap.web.parts import Card

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality
    from samskap.apps.initiatives.rules import Money

__all__ = ["STAGE_COLOURS", "filter_choices", "initiative_cards", "published_initiatives"]

STAGE_COLOURS = {"pilot": "info", "in_operation": "success", "stopped": "neutral"}


def published_initiatives(municipality: Municipality | None, wanted: Mapping[str, str]) -> QuerySet[Initiative]:
    """The public initiatives, those of all municipalities without one, that fit `wanted`: q, stage, challenge, sector.

    `q` is looked for in title and summary, in every language. In operation first, then backwards to the first idea.
    """
    found = Initiative.objects.filter(published_at__isnull=False)
    if municipality is not None:
        found = found.filter(municipality=municipality)
    if words := wanted.get("q", "").strip():
        found = found.filter(Q(title__icontains=words) | Q(summary__icontains=words) | _translated(words))
    if stage := wanted.get("stage"):
        found = found.filter(stage=stage)
    if sector := wanted.get("sector"):
        found = found.filter(owner_organisation__sector=sector)
    if challenge := wanted.get("challenge"):
        found = found.filter(challenges__pk=challenge, challenges__published_at__isnull=False)
    return found.select_related("owner_organisation", "municipality").order_by("title", "pk")


def _translated(words: str) -> Q:
    fits = Q()
    for code in ("nb", "nn", "en"):
        for name in ("title", "summary"):
            fits |= Q(**{f"translations__{code}__{name}__icontains": words})
    return fits


def filter_choices(municipality: Municipality | None) -> dict[str, Sequence[tuple[str, str]]]:
    """What can be chosen of: only what at least one public initiative has."""
    found = published_initiatives(municipality, {}).order_by()
    stages = set(found.values_list("stage", flat=True))
    sectors = set(found.values_list("owner_organisation__sector", flat=True))
    answered = [
        challenge
        for one in found.prefetch_related("challenges")
        for challenge in one.challenges.all()
        if challenge.is_published
    ]
    challenges = {one.pk: one for one in sorted(answered, key=lambda one: (one.order, one.pk))}
    return {
        "stage": [(key, str(STAGES[key])) for key in (*rules.STAGES, rules.STOPPED) if key in stages],
        "challenge": [(str(one.pk), one.said.title) for one in challenges.values()],
        "sector": [(key, str(name)) for key, name in SECTORS.items() if key in sectors],
    }


def initiative_cards(found: Sequence[Initiative], *, eyebrow: bool = False) -> tuple[Card, ...]:
    """Each initiative as a card: what it is, its stage, who owns it, what the municipality pays and what comes next."""
    money = money_by_initiative(one.pk for one in found)
    return tuple(_card(one, money[one.pk], eyebrow=eyebrow) for one in found)


def _card(initiative: Initiative, money: Money, *, eyebrow: bool) -> Card:
    said, owner = initiative.said, initiative.owner_organisation
    return Card(
        title=said.title,
        url=reverse("initiatives:initiative", args=[initiative.pk]),
        text=said.summary,
        eyebrow=initiative.municipality.name if eyebrow else owner.name if owner else "",
        tag=str(STAGES[initiative.stage]),
        colour=STAGE_COLOURS.get(initiative.stage, "neutral"),
        foot=_foot(initiative, money),
        lang=said.lang,
        is_illustrative=initiative.municipality.is_illustrative,
    )


def _foot(initiative: Initiative, money: Money) -> str:
    parts = [kroner(money.net_nok)] if money.full_nok else []
    if initiative.stage != rules.STOPPED:
        is_overdue = rules.is_overdue(initiative.next_date, stage=initiative.stage, today=today())
        words = _("Was due: %(date)s") if is_overdue else _("Next: %(date)s")
        parts.append(words % {"date": date_format(initiative.next_date)})
    return " · ".join(parts)
