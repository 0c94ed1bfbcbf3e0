"""Everything that changes an initiative itself: written, changed, published, hidden and deleted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

from samskap.apps.actors.queries import mandates_of
from samskap.apps.initiatives import permissions
from samskap.apps.initiatives.actions.news import tell
from samskap.apps.initiatives.models import Initiative
from samskap.apps.initiatives.queries.initiatives import today
from samskap.apps.trail import actions as trail
from samskap.kernel import clock
from samskap.kernel.acting import Acting, SystemActor
from samskap.kernel.errors import RuleError
from samskap.web.acting import lock, require
from samskap.web.jobs import enqueue

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality, Organisation, Person
    from samskap.apps.challenges.models import Challenge

__all__ = [
    "create_initiative",
    "delete_initiative",
    "held",
    "hide_initiative",
    "order_reminder",
    "public_path",
    "publish_initiative",
    "set_challenges",
    "update_initiative",
]

REMINDED_AT = time(7, 30)  # when a working day begins


def held(initiative: Initiative, *, by: Acting) -> Initiative:
    """The initiative, locked, for somebody who may change it."""
    initiative = lock(initiative)
    require(isinstance(by, SystemActor) or permissions.can_edit_initiative(by, initiative))
    return initiative


def _decided(initiative: Initiative, *, by: Acting) -> Initiative:
    initiative = lock(initiative)
    require(isinstance(by, SystemActor) or permissions.can_decide_gate(by, initiative))
    return initiative


def public_path(initiative: Initiative) -> str:
    """The address of its public page, without the server."""
    return reverse("initiatives:initiative", args=[initiative.pk])


@transaction.atomic
def create_initiative(
    municipality: Municipality, *, by: Acting, challenges: Sequence[Challenge] = (), site: str = "", **fields: Any
) -> Initiative:
    """Write an initiative; it is not public until it is published. It has a next step and its date from the start.

    `site` is the address under which people reach this server, for the letter that reminds the owner.
    """
    require(isinstance(by, SystemActor) or permissions.can_start_initiative(by, municipality))
    _check_owner(municipality, fields)
    initiative = Initiative.objects.create(municipality=municipality, **fields)
    _set_challenges(initiative, challenges)
    trail.record("initiatives.initiative_created", initiative, by=by)
    order_reminder(initiative, site=site)
    return initiative


@transaction.atomic
def update_initiative(initiative: Initiative, *, by: Acting, site: str = "", **fields: Any) -> Initiative:
    """Change texts, the owner, or the next step and its date; a new date is reminded of anew."""
    initiative = held(initiative, by=by)
    _check_owner(initiative.municipality, fields)
    moved = "next_date" in fields and fields["next_date"] != initiative.next_date
    if moved:
        check_next_date(fields["next_date"])
    for name, value in fields.items():
        setattr(initiative, name, value)
    initiative.save(update_fields=list(fields))
    trail.record(
        "initiatives.next_step_set" if moved else "initiatives.initiative_changed",
        initiative, by=by, public=initiative.is_published, data={"fields": sorted(fields)},
    )  # fmt: skip
    if moved:
        order_reminder(initiative, site=site)
    return initiative


def check_next_date(next_date: date) -> None:
    """Stop unless the date is still to come: a step that is past is no next step."""
    if next_date < today():
        raise RuleError(
            _("The date of the next step has passed already."),
            code="next_date_passed",
            cure=_("Choose today or a later day."),
        )


def _check_owner(municipality: Municipality, fields: dict[str, Any]) -> None:
    owner: Person | None = fields.get("owner")
    if owner is not None and not mandates_of(owner, municipality):
        raise RuleError(
            _("The owner must have a role in %(place)s.") % {"place": municipality.name},
            code="owner_foreign",
            cure=_("Invite the person first, or choose somebody else."),
        )
    check_organisation(municipality, fields.get("owner_organisation"))


def check_organisation(municipality: Municipality, organisation: Organisation | None) -> None:
    """Stop unless the organisation, if any, is one of the municipality's list."""
    if organisation is not None and organisation.municipality_id != municipality.pk:
        raise RuleError(
            _("That organisation belongs to another municipality."),
            code="organisation_foreign",
            cure=_("Add it to the organisations here first."),
        )


@transaction.atomic
def set_challenges(initiative: Initiative, *, challenges: Sequence[Challenge], by: Acting) -> Initiative:
    """Let these be the challenges that it answers; they belong to its municipality."""
    initiative = held(initiative, by=by)
    before = set(initiative.challenges.values_list("pk", flat=True))
    _set_challenges(initiative, challenges)
    if before != {one.pk for one in challenges}:
        trail.record("initiatives.challenges_chosen", initiative, by=by, public=initiative.is_published)
    return initiative


def _set_challenges(initiative: Initiative, challenges: Sequence[Challenge]) -> None:
    if any(one.municipality_id != initiative.municipality_id for one in challenges):
        raise RuleError(_("That challenge belongs to another municipality."), code="challenge_foreign")
    initiative.challenges.set(challenges)


@transaction.atomic
def publish_initiative(initiative: Initiative, *, by: Acting) -> Initiative:
    """Show the initiative to everybody, and tell those who follow it or what it came from."""
    initiative = _decided(initiative, by=by)
    if initiative.is_published:
        return initiative
    initiative.published_at = clock.now()
    initiative.save(update_fields=["published_at"])
    trail.record("initiatives.initiative_published", initiative, by=by, public=True)
    tell("initiative_published", by=by, initiative=initiative, path=public_path(initiative))
    return initiative


@transaction.atomic
def hide_initiative(initiative: Initiative, *, by: Acting) -> Initiative:
    """Take the initiative away from the public pages; it is a draft again."""
    initiative = _decided(initiative, by=by)
    if initiative.is_published:
        initiative.published_at = None
        initiative.save(update_fields=["published_at"])
        trail.record("initiatives.initiative_hidden", initiative, by=by, public=True)
    return initiative


@transaction.atomic
def delete_initiative(initiative: Initiative, *, by: Acting) -> None:
    """Delete a draft that nobody has joined and nothing was decided about; the opportunity it came from is open again.

    What people have seen or joined is stopped or hidden, not deleted.
    """
    initiative = _decided(initiative, by=by)
    if initiative.is_published or initiative.gates.exists() or initiative.partners.exists():
        raise RuleError(
            _("This initiative is published, has partners, or something has been decided about it."),
            code="initiative_used",
            cure=_("Stop it with a reason and what was learned, or make it a draft again. It then stays in the story."),
        )
    trail.record("initiatives.initiative_deleted", initiative, by=by)
    opportunity = initiative.opportunity
    initiative.delete()
    if opportunity is not None and not opportunity.initiatives.exists():
        opportunity.state = "open"
        opportunity.save(update_fields=["state"])
        trail.record("initiatives.opportunity_reopened", opportunity, by=by, public=opportunity.is_published)


def order_reminder(initiative: Initiative, *, site: str) -> None:
    """Order the letter that reminds of the next step in the morning of its date, or as soon as possible after."""
    at = datetime.combine(initiative.next_date, REMINDED_AT, tzinfo=get_current_timezone())
    wait = max(timedelta(0), at - clock.now())
    enqueue("initiatives.remind", delay_s=wait.total_seconds(), initiative_id=initiative.pk, site=site)
