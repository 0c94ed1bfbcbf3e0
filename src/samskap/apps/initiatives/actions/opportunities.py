"""Opportunities: written from ideas or directly, published, set aside and taken up."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from samskap.apps.initiatives import permissions
from samskap.apps.initiatives.actions.news import tell
from samskap.apps.initiatives.models import Idea, Opportunity
from samskap.apps.trail import actions as trail
from samskap.kernel import clock
from samskap.kernel.acting import Acting, SystemActor
from samskap.kernel.errors import RuleError
from samskap.kernel.text import one_line
from samskap.web.acting import lock, require

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality
    from samskap.apps.challenges.models import Challenge

__all__ = [
    "choose_ideas",
    "delete_opportunity",
    "hide_opportunity",
    "opportunity_path",
    "publish_opportunity",
    "reopen_opportunity",
    "set_opportunity_aside",
    "take_up_opportunity",
    "update_opportunity",
    "write_opportunity",
]

REASON_LIMIT = 500


@transaction.atomic
def write_opportunity(municipality: Municipality, *, by: Acting, ideas: Sequence[Idea] = (),
                      challenges: Collection[Challenge] = (), **fields: object) -> Opportunity:  # fmt: skip
    """Write a draft, from ideas or directly; it is public when those in charge publish it."""
    is_system = isinstance(by, SystemActor)
    require(is_system or permissions.can_write_opportunity(by, municipality))
    writer: Any = None if is_system else by
    opportunity = Opportunity.objects.create(municipality=municipality, written_by=writer, **fields)
    opportunity.challenges.set(_own_challenges(opportunity, challenges))
    trail.record("initiatives.opportunity_written", opportunity, by=by)
    return choose_ideas(opportunity, ideas=ideas, by=by) if ideas else opportunity


@transaction.atomic
def update_opportunity(
    opportunity: Opportunity, *, by: Acting, challenges: Collection[Challenge] | None = None, **fields: object
) -> Opportunity:
    """Change the words, and the challenges it answers; followers of a published one are told."""
    opportunity = lock(opportunity)
    require(_may_edit(by, opportunity))
    changed = [name for name, value in fields.items() if getattr(opportunity, name) != value]
    for name in changed:
        setattr(opportunity, name, fields[name])
    if changed:
        opportunity.save(update_fields=changed)
    if challenges is not None:
        opportunity.challenges.set(_own_challenges(opportunity, challenges))
    trail.record(
        "initiatives.opportunity_changed", opportunity, by=by, public=opportunity.is_published,
        data={"fields": sorted(changed)},
    )  # fmt: skip
    if "text" in changed:
        _tell("opportunity_changed", opportunity, by=by)
    return opportunity


@transaction.atomic
def choose_ideas(opportunity: Opportunity, *, ideas: Sequence[Idea], by: Acting) -> Opportunity:
    """Let these be the ideas that it came from: accepted ones of its municipality that became nothing else."""
    opportunity = lock(opportunity)
    require(_may_edit(by, opportunity))
    keys = {idea.pk for idea in ideas}
    rows = list(Idea.objects.select_related("idea_round__process").filter(pk__in=keys))
    if any(_belongs_elsewhere(row, opportunity) for row in rows):
        raise RuleError(
            _("One of these ideas is not accepted, or became another opportunity already."),
            code="idea_not_free",
            cure=_("Load the page again, and choose from those that stand there."),
        )
    Idea.objects.filter(opportunity=opportunity).exclude(pk__in=keys).update(opportunity=None)
    Idea.objects.filter(pk__in=keys).update(opportunity=opportunity)
    facts = {"numbers": sorted(row.number for row in rows)}
    trail.record("initiatives.ideas_gathered", opportunity, by=by, public=opportunity.is_published, data=facts)
    return opportunity


@transaction.atomic
def publish_opportunity(opportunity: Opportunity, *, by: Acting) -> Opportunity:
    """Make it visible to everybody and open for partners; those who follow the process are told."""
    opportunity = _run(opportunity, by=by)
    if opportunity.is_published:
        return opportunity
    opportunity.published_at = clock.now()
    opportunity.save(update_fields=["published_at"])
    trail.record("initiatives.opportunity_published", opportunity, by=by, public=True)
    _tell("opportunity_published", opportunity, by=by)
    return opportunity


@transaction.atomic
def hide_opportunity(opportunity: Opportunity, *, by: Acting) -> Opportunity:
    """Make it a draft again. Partners and what they promised stay."""
    opportunity = _run(opportunity, by=by)
    if opportunity.is_published:
        opportunity.published_at = None
        opportunity.save(update_fields=["published_at"])
        trail.record("initiatives.opportunity_hidden", opportunity, by=by, public=True)
    return opportunity


@transaction.atomic
def set_opportunity_aside(opportunity: Opportunity, *, by: Acting, reason: str) -> Opportunity:
    """Say that nothing comes of it now, and why; those who follow it are told."""
    opportunity = _run(opportunity, by=by)
    reason = one_line(reason)[:REASON_LIMIT]
    if not reason:
        raise RuleError(
            _("An opportunity is set aside with a reason that everybody can read."), code="reason_missing",
            cure=_("Write it in a sentence."),
        )  # fmt: skip
    if opportunity.state == "taken_up":
        raise RuleError(
            _("This opportunity has been taken up as an initiative."),
            code="opportunity_taken_up",
            cure=_("Stop the initiative instead."),
        )
    _move(opportunity, state="set_aside", reason=reason)
    trail.record("initiatives.opportunity_set_aside", opportunity, by=by, public=True)
    _tell("opportunity_set_aside", opportunity, by=by, reason=reason)
    return opportunity


@transaction.atomic
def reopen_opportunity(opportunity: Opportunity, *, by: Acting) -> Opportunity:
    """Open it for partners again."""
    opportunity = _run(opportunity, by=by)
    if opportunity.state == "set_aside":
        _move(opportunity, state="open", reason="")
        trail.record("initiatives.opportunity_reopened", opportunity, by=by, public=True)
        _tell("opportunity_reopened", opportunity, by=by)
    return opportunity


@transaction.atomic
def take_up_opportunity(opportunity: Opportunity, *, by: Acting) -> Opportunity:
    """Say that it became an initiative; called where the initiative is made from it."""
    opportunity = lock(opportunity)
    require(_may_edit(by, opportunity))
    if opportunity.state != "taken_up":
        _move(opportunity, state="taken_up", reason="")
        trail.record("initiatives.opportunity_taken_up", opportunity, by=by, public=True)
        _tell("opportunity_taken_up", opportunity, by=by)
    return opportunity


@transaction.atomic
def delete_opportunity(opportunity: Opportunity, *, by: Acting) -> None:
    """Delete a draft that nobody has joined; its ideas are free again."""
    opportunity = lock(opportunity)
    require(_may_edit(by, opportunity))
    if opportunity.is_published or opportunity.partners.exists() or opportunity.initiatives.exists():
        raise RuleError(
            _("Others have seen this opportunity or joined it, so it stays."),
            code="opportunity_used",
            cure=_("Set it aside with a reason instead."),
        )
    trail.record("initiatives.opportunity_deleted", opportunity, by=by)
    opportunity.delete()


def opportunity_path(opportunity: Opportunity) -> str:
    """The address of its public page, without the site."""
    return reverse("initiatives:opportunity", args=[opportunity.pk])


def _may_edit(by: Acting, opportunity: Opportunity) -> bool:
    return isinstance(by, SystemActor) or permissions.can_edit_opportunity(by, opportunity)


def _run(opportunity: Opportunity, *, by: Acting) -> Opportunity:
    opportunity = lock(opportunity)
    require(isinstance(by, SystemActor) or permissions.can_publish_opportunity(by, opportunity))
    return opportunity


def _move(opportunity: Opportunity, *, state: str, reason: str) -> None:
    opportunity.state, opportunity.reason = state, reason
    opportunity.save(update_fields=["state", "reason"])


def _own_challenges(opportunity: Opportunity, challenges: Collection[Challenge]) -> list[Challenge]:
    if any(one.municipality_id != opportunity.municipality_id for one in challenges):
        raise RuleError(_("That challenge belongs to another municipality."), code="challenge_foreign")
    return list(challenges)


def _belongs_elsewhere(idea: Idea, opportunity: Opportunity) -> bool:
    is_foreign = idea.idea_round.process.municipality_id != opportunity.municipality_id
    return is_foreign or idea.state != "accepted" or idea.opportunity_id not in {None, opportunity.pk}


def _tell(kind: str, opportunity: Opportunity, *, by: Acting, **data: str) -> None:
    if opportunity.is_published:
        tell(kind, by=by, opportunity=opportunity, path=opportunity_path(opportunity), data=data)
