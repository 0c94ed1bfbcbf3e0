"""Joining an opportunity or an initiative, leaving it, and coming along when the one becomes the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from samskap.apps.initiatives import permissions
from samskap.apps.initiatives.actions.followers import KEPT_UNCONFIRMED_S, follow_as_person, may_write_to
from samskap.apps.initiatives.actions.news import tell
from samskap.apps.initiatives.actions.opportunities import take_up_opportunity
from samskap.apps.initiatives.models import Commitment, Follower, Initiative, Opportunity, Partner
from samskap.apps.initiatives.queries.partners import subject_path
from samskap.apps.trail import actions as trail
from samskap.kernel import clock
from samskap.kernel.acting import Acting, SystemActor
from samskap.kernel.errors import RuleError
from samskap.kernel.text import one_line
from samskap.web.acting import lock, require
from samskap.web.jobs import enqueue

if TYPE_CHECKING:
    from samskap.apps.actors.models import Organisation, Person

__all__ = [
    "RESIDENT",
    "carry_partners",
    "confirm_partner",
    "drop_unconfirmed_partner",
    "join_as_organisation",
    "join_as_resident",
    "leave",
    "leave_as_organisation",
    "tell_of_partner",
]

# A resident who joins is known by nothing but the link they hold.
RESIDENT = SystemActor("resident")


@transaction.atomic
def join_as_organisation(
    subject: Opportunity | Initiative,
    *,
    organisation: Organisation,
    by: Person | SystemActor,
    note: str = "",
    site: str = "",
) -> Partner:
    """Join on behalf of an organisation. One that has joined already stays the same partner."""
    subject = _joinable(subject)
    require(isinstance(by, SystemActor) or permissions.can_speak_for(by, organisation))
    if organisation.municipality_id != subject.municipality_id:
        raise RuleError(
            _("The organisation belongs to another municipality."), code="organisation_foreign",
            cure=_("Choose one of this municipality."),
        )  # fmt: skip
    field = {str(subject._meta.model_name): subject}
    found = Partner.objects.filter(**field, organisation=organisation, left_at__isnull=True).first()
    if found is not None:
        return found
    person = None if isinstance(by, SystemActor) else by
    partner = Partner.objects.create(
        **field, organisation=organisation, person=person, note=one_line(note)[:500], confirmed_at=clock.now()
    )
    if person is not None:
        follow_as_person(subject, person=person, site=site)
    facts = {"partner": organisation.name}
    trail.record("initiatives.partner_joined", subject, by=by, public=True, data=facts)
    tell_of_partner("partner_joined", partner, by=by)
    return partner


@transaction.atomic
def join_as_resident(subject: Opportunity | Initiative, *, name: str, email: str, language: str, site: str) -> Partner:
    """Join as a resident: counted when the link in the letter is used; name and address are erased on leaving.

    The same address twice is one partner. What is not confirmed in a week is deleted.
    """
    subject = _joinable(subject)
    kind, email = str(subject._meta.model_name), email.strip().lower()
    partner, created = Partner.objects.get_or_create(
        **{kind: subject}, email=email, left_at=None, defaults={"name": one_line(name)[:120]}
    )
    if created:
        enqueue("initiatives.drop_unconfirmed", delay_s=KEPT_UNCONFIRMED_S, kind="partner", pk=partner.pk)
    if may_write_to(email, about=f"join:{kind}:{subject.pk}"):
        enqueue("initiatives.send_confirmation", kind="partner", pk=partner.pk, language=language[:2], site=site)
    return partner


@transaction.atomic
def confirm_partner(partner: Partner, *, language: str = "nb", site: str = "") -> Partner:
    """The link in the letter was used: the resident has joined, and follows what they joined."""
    partner = lock(partner)
    if partner.confirmed_at is not None or partner.left_at is not None:
        return partner
    partner.confirmed_at = clock.now()
    partner.save(update_fields=["confirmed_at"])
    Follower.objects.get_or_create(
        **{str(partner.subject._meta.model_name): partner.subject}, email=partner.email, person=None,
        defaults={"confirmed_at": clock.now(), "language": language[:2], "site": site},
    )  # fmt: skip
    trail.record("initiatives.resident_joined", partner.subject, by=RESIDENT, public=True)
    return partner


@transaction.atomic
def leave(partner: Partner) -> Partner:
    """A resident leaves with the personal link: name and address are erased here and where they follow it."""
    partner = lock(partner)
    if partner.left_at is not None or partner.organisation_id is not None:
        return partner
    subject = partner.subject
    things = {"initiative": subject} if partner.initiative_id else {"opportunity": subject}
    followed = Follower.objects.filter(email__iexact=partner.email, off_at__isnull=True)
    origin = subject.opportunity if partner.initiative_id else None
    followed.filter(**things).update(off_at=clock.now(), email="")
    if origin is not None:
        followed.filter(opportunity=origin).update(off_at=clock.now(), email="")
    was_confirmed = partner.confirmed_at is not None
    _gone(partner)
    if was_confirmed:
        trail.record("initiatives.resident_left", subject, by=RESIDENT, public=True)
    return partner


@transaction.atomic
def leave_as_organisation(partner: Partner, *, by: Acting, reason: str = "") -> Partner:
    """Leave on behalf of an organisation.

    Promises that nobody counts on go away; those that are confirmed become not delivered, with the reason; what was
    delivered stays.
    """
    partner = lock(partner)
    require(permissions.can_speak_as_partner(by, partner) or permissions.can_run_partners(by, partner.subject))
    if partner.left_at is not None:
        return partner
    reason = one_line(reason)[:300]
    confirmed = partner.commitments.filter(state="confirmed")
    if confirmed.exists() and not reason:
        raise RuleError(
            _("Others count on what this partner has promised."),
            code="reason_missing",
            cure=_("Say in a sentence why the partner leaves."),
        )
    partner.commitments.filter(state="promised").delete()
    confirmed.update(state="not_delivered", reason=reason, decided_at=clock.now())
    _gone(partner)
    facts = {"partner": partner.organisation.name if partner.organisation else "–"}
    trail.record("initiatives.partner_left", partner.subject, by=by, public=True, data=facts)
    tell_of_partner("partner_left", partner, by=by)
    return partner


@transaction.atomic
def carry_partners(opportunity: Opportunity, initiative: Initiative, *, by: Acting) -> int:
    """Let the partners of an opportunity be those of the initiative that it became, with all they promised.

    They are moved and not copied, so that nothing is counted twice; a partner that the initiative has already gets
    the promises. Those who follow the opportunity are told of the initiative without following anew. Gives back how
    many were moved.
    """
    opportunity = take_up_opportunity(opportunity, by=by)
    rows = list(opportunity.partners.select_for_update().filter(left_at__isnull=True).order_by("pk"))
    for partner in rows:
        _carry(partner, initiative)
    facts = {"partners": len(rows), "opportunity": opportunity.pk}
    trail.record("initiatives.partners_carried", initiative, by=by, data=facts)
    return len(rows)


@transaction.atomic
def drop_unconfirmed_partner(pk: int) -> None:
    """Delete a resident who has not confirmed."""
    Partner.objects.filter(pk=pk, confirmed_at__isnull=True).delete()


def tell_of_partner(kind: str, partner: Partner, *, by: Acting, **data: str) -> None:
    """News about what an organisation does for the thing that it joined."""
    subject = partner.subject
    if subject.is_published and partner.organisation is not None:
        facts = {"partner": partner.organisation.name} | data
        tell(kind, by=by, path=subject_path(subject), data=facts, **{str(subject._meta.model_name): subject})


def _joinable(subject: Any) -> Any:
    subject = lock(subject)
    closed = subject._meta.model_name == "opportunity" and subject.state != "open"
    stopped = subject._meta.model_name == "initiative" and subject.stage == "stopped"
    if closed or stopped or not subject.is_published:
        raise RuleError(
            _("“%(title)s” is not open for partners now.") % {"title": subject.said.title},
            code="not_joinable",
            cure=_("Follow it, and you are told when something moves."),
        )
    return subject


def _gone(partner: Partner) -> None:
    partner.left_at, partner.name, partner.email = clock.now(), "", ""
    partner.save(update_fields=["left_at", "name", "email"])


def _carry(partner: Partner, initiative: Initiative) -> None:
    there = initiative.partners.filter(left_at__isnull=True).exclude(pk=partner.pk)
    if partner.organisation_id is not None:
        same = there.filter(organisation=partner.organisation_id).first()
    else:
        same = there.filter(email__iexact=partner.email).first() if partner.email else None
    if same is None:
        partner.opportunity, partner.initiative = None, initiative
        partner.save(update_fields=["opportunity", "initiative"])
        return
    Commitment.objects.filter(partner=partner).update(partner=same)
    partner.delete()
