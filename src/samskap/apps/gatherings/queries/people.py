"""People who are asked, who sign up, and who answer on paper. For their own eyes and those who run the gathering."""

from __future__ import annotations

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from samskap.apps.gatherings.models import Attendance, Gathering, Invitation, Registration
from samskap.kernel.errors import NotFound

__all__ = [
    "form_by_number",
    "forms_given_out",
    "invitation_by_token",
    "invitations_to_print",
    "last_form_number",
    "registration_by_token",
    "registrations",
]


def invitation_by_token(gathering: Gathering, token: str) -> Invitation:
    """The personal invitation to this gathering, or `NotFound`."""
    invitation = gathering.invitations.select_related("organisation").filter(token=token).first()
    if invitation is None:
        raise NotFound(
            _("This invitation is not valid."), cure=_("Check that the whole link was opened, or ask for a new one.")
        )
    return invitation


def registration_by_token(gathering: Gathering, token: str) -> Registration:
    """The registration of this gathering, or `NotFound`."""
    registration = gathering.registrations.filter(token=token).first()
    if registration is None:
        raise NotFound(_("There is no such registration."), cure=_("Check that the whole link was opened."))
    return registration


def registrations(gathering: Gathering, *, sought: str = "") -> QuerySet[Registration]:
    """Those who signed up and did not cancel, by name; `sought` is a part of a name or an address."""
    rows = gathering.registrations.exclude(state="cancelled").order_by("name", "pk")
    return rows.filter(Q(name__icontains=sought) | Q(email__icontains=sought)) if sought else rows


def forms_given_out(gathering: Gathering) -> QuerySet[Attendance]:
    """The numbered paper forms: who got one is not kept."""
    return gathering.attendances.filter(form_number__isnull=False).order_by("form_number")


def form_by_number(gathering: Gathering, number: int) -> Attendance:
    """One paper form, or `NotFound`."""
    form = gathering.attendances.select_related("participant__process").filter(form_number=number).first()
    if form is None:
        raise NotFound(_("No paper form with number %(number)s was given out.") % {"number": number})
    return form


def last_form_number(gathering: Gathering) -> int:
    """The highest number of a paper form, 0 where none was given out."""
    return gathering.attendances.aggregate(highest=Max("form_number"))["highest"] or 0


def invitations_to_print(gathering: Gathering) -> QuerySet[Invitation]:
    """The personal links made for paper that nobody has used to sign up yet."""
    rows = gathering.invitations.filter(email="", sent_at__isnull=False, registration__isnull=True)
    return rows.select_related("organisation")
