"""Who has joined an opportunity or an initiative, and what they bring. Residents are counted and never named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from samskap.apps.actors import queries as actors
from samskap.apps.actors.labels import SECTORS
from samskap.apps.initiatives import permissions
from samskap.apps.initiatives.labels import COMMITMENT_KINDS
from samskap.apps.initiatives.labels.opportunities import amount_words
from samskap.apps.initiatives.models import Commitment, Initiative, Opportunity, Partner
from samskap.apps.initiatives.rules.commitments import Promised, Sum, sums_by_kind
from samskap.kernel.errors import NotFound

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from samskap.apps.actors.models import Municipality, Organisation, Person

__all__ = [
    "Partnership",
    "SectorPartners",
    "SumInWords",
    "commitment_of_partner",
    "join_counts",
    "joined_subject",
    "organisations_to_speak_for",
    "own_partners",
    "partner_at_work",
    "partners_to_run",
    "partnership",
    "resident_by_token",
    "subject_path",
]


@dataclass(frozen=True)
class SectorPartners:
    """The organisations of one sector that have joined, by name."""

    key: str
    name: StrOrPromise
    partners: tuple[Partner, ...]


@dataclass(frozen=True)
class SumInWords:
    """What is promised of one kind, in words."""

    kind: StrOrPromise
    promised: str
    confirmed: str
    delivered: str


@dataclass(frozen=True)
class Partnership:
    """Who has joined: organisations by sector, how many residents, and the sums of what they bring."""

    sectors: tuple[SectorPartners, ...]
    residents: int
    sums: tuple[SumInWords, ...]

    @property
    def is_empty(self) -> bool:
        return not self.sectors and not self.residents


def partnership(subject: Opportunity | Initiative) -> Partnership:
    """What the public page of an opportunity or an initiative tells of its partners.

    An opportunity that became an initiative tells of the partners who went along.
    """
    rows = list(_joined(subject).filter(organisation__isnull=False).prefetch_related("commitments"))
    # Of those who have left only what they delivered is there, and it counts.
    promised = Commitment.objects.filter(_belongs(subject, prefix="partner__")).order_by()
    sectors = tuple(
        SectorPartners(key, name, tuple(row for row in rows if row.organisation and row.organisation.sector == key))
        for key, name in SECTORS.items()
    )
    promises = [Promised(*row) for row in promised.values_list("kind", "state", "amount")]
    return Partnership(
        sectors=tuple(one for one in sectors if one.partners),
        residents=_joined(subject).filter(organisation__isnull=True).count(),
        sums=tuple(map(_in_words, sums_by_kind(promises))),
    )


def join_counts(opportunities: Iterable[Opportunity]) -> dict[int, tuple[int, int]]:
    """How many organisations and how many residents have joined each of these, for a list: in two queries."""
    keys = [one.pk for one in opportunities]
    joined = Q(confirmed_at__isnull=False, left_at__isnull=True)
    found = dict.fromkeys(keys, (0, 0))
    for field in ("opportunity", "initiative__opportunity"):
        rows = Partner.objects.filter(joined, **{f"{field}__in": keys}).order_by().values(field)
        bodies, people = Count("organisation"), Count("pk", filter=Q(organisation__isnull=True))
        for key, organisations, residents in rows.annotate(b=bodies, p=people).values_list(field, "b", "p"):
            before = found[key]
            found[key] = (before[0] + organisations, before[1] + residents)
    return found


def subject_path(subject: Opportunity | Initiative) -> str:
    """The public page of what is joined, without the site."""
    return reverse(f"initiatives:{subject._meta.model_name}", args=[subject.pk])


def joined_subject(kind: str, pk: int, *, viewer: Any) -> Opportunity | Initiative:
    """The opportunity or initiative that somebody wants to join or follow; `NotFound` where they may not see it."""
    model: Any = Opportunity if kind == "opportunity" else Initiative
    found: Opportunity | Initiative | None = model.objects.select_related("municipality").filter(pk=pk).first()
    if found is None or not permissions.can_see_subject(viewer, found):
        raise NotFound(_("There is nothing here with this address."))
    return found


def organisations_to_speak_for(person: Any, municipality: Municipality) -> list[Organisation]:
    """The organisations of this municipality that a signed-in person may speak for."""
    if not getattr(person, "is_authenticated", False):
        return []
    held = actors.mandates_of(person, municipality)
    found = {one.organisation.pk: one.organisation for one in held if one.organisation and one.role in _SPEAKING}
    return list(found.values())


def resident_by_token(token: str) -> Partner:
    """The resident partner with this personal link, or `NotFound`."""
    rows = Partner.objects.select_related("opportunity__municipality", "initiative__municipality")
    found = rows.filter(token=token, organisation__isnull=True).first()
    if found is None:
        raise NotFound(_("This link leads nowhere any more."), cure=_("If it was not used for a week, join once more."))
    return found


def partners_to_run(subject: Opportunity | Initiative) -> list[Partner]:
    """Every partner of an opportunity or an initiative, for those who run it: residents with name and address too."""
    rows = subject.partners.filter(confirmed_at__isnull=False, left_at__isnull=True)
    return list(rows.select_related("organisation", "opportunity", "initiative").prefetch_related("commitments"))


def partner_at_work(pk: int, *, viewer: Any) -> Partner:
    """A partner that is an organisation, for those who speak for it or run what it joined; else `NotFound`."""
    rows = Partner.objects.select_related(
        "organisation__municipality", "opportunity__municipality", "initiative__municipality"
    )
    found = rows.filter(pk=pk, organisation__isnull=False).first()
    if found is None or not (
        permissions.can_speak_as_partner(viewer, found) or permissions.can_run_partners(viewer, found.subject)
    ):
        raise NotFound(_("There is no such partner here."))
    return found


def commitment_of_partner(pk: int, *, viewer: Any) -> Commitment:
    """A promise, for those who speak for the partner or run what it joined; `NotFound` for everybody else."""
    found = Commitment.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such promise here."))
    found.partner = partner_at_work(found.partner_id, viewer=viewer)
    return found


def own_partners(person: Person, municipality: Municipality) -> list[Partner]:
    """What the organisations that a person speaks for have joined."""
    bodies = organisations_to_speak_for(person, municipality)
    rows = Partner.objects.filter(organisation__in=bodies, left_at__isnull=True)
    return list(rows.select_related("organisation", "opportunity", "initiative"))


_SPEAKING = ("unit_manager", "partner")


def _joined(subject: Opportunity | Initiative) -> QuerySet[Partner]:
    rows = Partner.objects.filter(_belongs(subject), confirmed_at__isnull=False, left_at__isnull=True)
    return rows.select_related("organisation").order_by("organisation__name", "pk")


def _belongs(subject: Opportunity | Initiative, *, prefix: str = "") -> Q:
    mine = Q(**{f"{prefix}{subject._meta.model_name}": subject})
    return mine | Q(**{f"{prefix}initiative__opportunity": subject}) if isinstance(subject, Opportunity) else mine


def _in_words(one: Sum) -> SumInWords:
    return SumInWords(
        COMMITMENT_KINDS[one.kind],
        promised=amount_words(one.kind, one.promised),
        confirmed=amount_words(one.kind, one.confirmed) if one.confirmed else "–",
        delivered=amount_words(one.kind, one.delivered) if one.delivered else "–",
    )
