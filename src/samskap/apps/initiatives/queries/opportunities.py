"""Opportunities: what may be seen, lists, and where they came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from samskap.apps.actors import permissions as actor_permissions
from samskap.apps.actors import queries as actors
from samskap.apps.initiatives import permissions
from samskap.apps.initiatives.labels import OPPORTUNITY_STATES
from samskap.apps.initiatives.models import Idea, Initiative, Opportunity
from samskap.apps.initiatives.queries.ideas import (
    merged_under,
    supporters_are_visible,
    supporters_by_idea,
    supporters_of,
)
from samskap.kernel.errors import NotFound

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality, Person

__all__ = [
    "OPEN_FIRST",
    "Origin",
    "editable_opportunity",
    "free_ideas",
    "gathered_ideas",
    "initiatives_of",
    "opportunities_at_work",
    "origin_of",
    "publishable_opportunity",
    "published_opportunities",
    "visible_opportunity",
    "work_municipality",
]

# What can be joined now, then what became an initiative, then what was set aside; the newest of each first.
OPEN_FIRST = (
    Case(*(When(state=state, then=Value(place)) for place, state in enumerate(OPPORTUNITY_STATES))),
    "-published_at",
    "-pk",
)


@dataclass(frozen=True)
class Origin:
    """The ideas an opportunity came from. `supporters` counts people, each once; None while that is hidden."""

    ideas: tuple[tuple[Idea, tuple[Idea, ...], int | None], ...]
    supporters: int | None


def visible_opportunity(pk: int, *, viewer: Any) -> Opportunity:
    """The opportunity, or `NotFound` where it does not exist or this viewer may not see it."""
    found = _rows().filter(pk=pk).first()
    if found is None or not permissions.can_see_opportunity(viewer, found):
        raise NotFound(_("There is no such opportunity here."))
    return found


def editable_opportunity(pk: int, *, viewer: Any) -> Opportunity:
    """The opportunity, for someone who may change it; `NotFound` for everybody else."""
    found = _rows().filter(pk=pk).first()
    if found is None or not permissions.can_edit_opportunity(viewer, found):
        raise NotFound(_("There is no such opportunity here."))
    return found


def publishable_opportunity(pk: int, *, viewer: Any) -> Opportunity:
    """The opportunity, for those in charge; `NotFound` for everybody else."""
    found = _rows().filter(pk=pk).first()
    if found is None or not permissions.can_publish_opportunity(viewer, found):
        raise NotFound(_("There is no such opportunity here."))
    return found


def published_opportunities(
    municipality: Municipality, *, challenge: int | None = None, sector: str = "", state: str = ""
) -> QuerySet[Opportunity]:
    """The public opportunities, open ones first: all, or of a challenge, with a partner of a sector, in a state."""
    rows = _rows().filter(municipality=municipality, published_at__isnull=False)
    if challenge is not None:
        rows = rows.filter(challenges=challenge)
    if sector:
        joined = Q(partners__organisation__sector=sector, partners__left_at__isnull=True)
        carried = Q(initiatives__partners__organisation__sector=sector, initiatives__partners__left_at__isnull=True)
        rows = rows.filter(joined | carried).distinct()
    if state:
        rows = rows.filter(state=state)
    return rows.prefetch_related("challenges").order_by(*OPEN_FIRST)


def opportunities_at_work(person: Person, municipality: Municipality) -> list[Opportunity]:
    """Those in charge see all, others the published ones and their own drafts; drafts first, then the newest."""
    rows = _rows().filter(municipality=municipality)
    if not actor_permissions.can_facilitate(person, municipality):
        rows = rows.filter(Q(published_at__isnull=False) | Q(written_by=person))
    return sorted(rows.order_by("-created_at", "-pk"), key=lambda one: one.is_published)


def work_municipality(person: Any, number: str = "") -> Municipality:
    """The municipality that somebody with any role works for: the chosen one or the first; `NotFound` for others."""
    theirs = actors.staff_municipalities(person)
    chosen = next((one for one in theirs if one.number == number), None)
    found = chosen or next(iter(theirs), None)
    if found is None:
        raise NotFound(_("This page is for those who have a role in a municipality."))
    return found


def gathered_ideas(opportunity: Opportunity) -> list[Idea]:
    """The ideas it came from, with those merged into them."""
    rows = opportunity.ideas.filter(state="accepted").select_related("idea_round__process")
    return list(rows.prefetch_related("merged_ideas").order_by("idea_round__order", "idea_round_id", "number"))


def origin_of(opportunity: Opportunity) -> Origin:
    """The ideas it came from, and how many people stand behind them where the idea rounds show that.

    One round that hides its counts hides the sum as well, which would give them away.
    """
    ideas = gathered_ideas(opportunity)
    rounds = {idea.idea_round_id: idea.idea_round for idea in ideas}
    counts = {key: supporters_by_idea(one) for key, one in rounds.items() if supporters_are_visible(one)}
    lines = tuple(
        (
            idea,
            tuple(merged_under(idea)),
            counts[idea.idea_round_id].get(idea.pk, 0) if idea.idea_round_id in counts else None,
        )
        for idea in ideas
    )
    return Origin(lines, supporters_of(ideas) if ideas and len(counts) == len(rounds) else None)


def free_ideas(municipality: Municipality, *, opportunity: Opportunity | None = None) -> list[Idea]:
    """Accepted ideas of the municipality that became nothing yet, and those of this opportunity."""
    free = Q(opportunity__isnull=True)
    if opportunity is not None:
        free |= Q(opportunity=opportunity)
    rows = Idea.objects.filter(free, state="accepted", idea_round__process__municipality=municipality)
    return list(rows.select_related("idea_round").order_by("-idea_round__created_at", "idea_round_id", "number"))


def initiatives_of(opportunity: Opportunity) -> list[Initiative]:
    """The public initiatives that it became."""
    return list(opportunity.initiatives.filter(published_at__isnull=False))


def _rows() -> QuerySet[Opportunity]:
    return Opportunity.objects.select_related("municipality", "process", "written_by")
