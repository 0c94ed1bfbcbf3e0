"""Reading municipalities, organisations, persons and mandates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from samskap.apps.actors import permissions, rules
from samskap.apps.actors.labels import DEMO_DOMAIN
from samskap.apps.actors.models import Mandate, Municipality, Organisation, Person
from samskap.kernel.errors import NotFound
from samskap.kernel.municipalities import MUNICIPALITY_NAMES
from samskap.web.parts import Step

__all__ = [
    "MunicipalityFrame",
    "PersonAtWork",
    "all_municipalities",
    "default_municipality",
    "demo_persons",
    "find_municipality",
    "frame",
    "free_numbers",
    "manageable_mandate",
    "manageable_organisation",
    "mandate_to_tell",
    "mandates_of",
    "municipality_by_number",
    "organisations_of",
    "people_of",
    "people_with_role",
    "person_by_email",
    "roles_to_give",
    "staff_municipalities",
    "staff_municipality",
    "work_steps",
]


@dataclass(frozen=True)
class PersonAtWork:
    """A person and the mandates they hold in one municipality; `withdrawable`: those that the viewer may take."""

    person: Person
    mandates: tuple[Mandate, ...]
    withdrawable: frozenset[int]


@dataclass(frozen=True)
class MunicipalityFrame:
    """What the head of a page says about its municipality."""

    municipality: Municipality
    place_name: str
    theme_colour: str


def frame(municipality: Municipality) -> dict[str, Any]:
    """The context of a page that belongs to this municipality: its name under the logo, and its colour."""
    colour = municipality.colour or settings.SAMSKAP_COLOUR
    return vars(MunicipalityFrame(municipality, municipality.name, colour.lstrip("#")))


def all_municipalities() -> list[Municipality]:
    """Every municipality here, by name."""
    return list(Municipality.objects.all())


def find_municipality(number: str) -> Municipality | None:
    """The municipality with this number, or None."""
    return Municipality.objects.filter(number=number).first()


def municipality_by_number(number: str) -> Municipality:
    """The municipality with this number, or `NotFound`."""
    found = find_municipality(number)
    if found is None:
        raise NotFound(_("There is no such municipality here."))
    return found


def default_municipality() -> Municipality | None:
    """The one that the setting names, or the only one there is; None where there are several or none."""
    if settings.SAMSKAP_MUNICIPALITY:
        return find_municipality(settings.SAMSKAP_MUNICIPALITY)
    found = list(Municipality.objects.all()[:2])
    return found[0] if len(found) == 1 else None


def free_numbers() -> list[tuple[str, str]]:
    """Number and name of every municipality of Norway that is not here yet, by name."""
    taken = set(Municipality.objects.values_list("number", flat=True))
    free = [(number, name) for number, name in MUNICIPALITY_NAMES.items() if number not in taken]
    return sorted(free, key=lambda one: one[1])


def staff_municipalities(person: Any) -> list[Municipality]:
    """The municipalities in which a person holds any mandate, by name."""
    if not isinstance(person, Person):
        return []
    return list(Municipality.objects.filter(mandates__person=person).distinct())


def staff_municipality(person: Any, number: str = "") -> Municipality:
    """The municipality that a person in charge works for: the chosen one, or their first; `NotFound` for others."""
    theirs = Municipality.objects.filter(mandates__person=person, mandates__role__in=rules.IN_CHARGE).distinct()
    chosen = theirs.filter(number=number).first() if number else None
    found = chosen or theirs.first()
    if found is None:
        raise NotFound(_("This page is for leaders and facilitators."))
    return found


def mandates_of(person: Person, municipality: Municipality | None = None) -> list[Mandate]:
    """The mandates of a person, everywhere or in one municipality."""
    found = Mandate.objects.filter(person=person).select_related("municipality", "organisation")
    return list(found.filter(municipality=municipality) if municipality else found)


def organisations_of(municipality: Municipality, *, wanted: str = "") -> list[Organisation]:
    """The organisations of a municipality, by name; with `wanted` those whose name or number holds it."""
    found = Organisation.objects.filter(municipality=municipality)
    if wanted:
        found = found.filter(Q(name__icontains=wanted) | Q(register_number__contains="".join(wanted.split())))
    return list(found)


def manageable_organisation(pk: int, *, viewer: Any) -> Organisation:
    """The organisation, for those who may change it; `NotFound` for everybody else."""
    found = Organisation.objects.select_related("municipality").filter(pk=pk).first()
    if found is None or not permissions.can_administer(viewer, found.municipality):
        raise NotFound(_("There is no such organisation here."))
    return found


def people_of(municipality: Municipality, *, viewer: Person) -> list[PersonAtWork]:
    """Everyone with a mandate in a municipality, by name, with what the viewer may take back."""
    mandates = (
        Mandate.objects.filter(municipality=municipality)
        .select_related("person", "organisation")
        .order_by("person__name", "person__email", "role")
    )
    own = {mandate.role for mandate in mandates if mandate.person_id == viewer.pk}
    by_person: dict[int, list[Mandate]] = {}
    for mandate in mandates:
        by_person.setdefault(mandate.person_id, []).append(mandate)
    return [
        PersonAtWork(
            person=held[0].person,
            mandates=tuple(held),
            withdrawable=frozenset(
                mandate.pk
                for mandate in held
                if mandate.person_id == viewer.pk or rules.may_give(own, role=mandate.role)
            ),
        )
        for held in by_person.values()
    ]


def people_with_role(municipality: Municipality, *roles: str) -> list[Person]:
    """Everyone active with one of these roles in a municipality, by name; with no role named, with any."""
    held = {"mandates__municipality": municipality} | ({"mandates__role__in": roles} if roles else {})
    found = Person.objects.filter(is_active=True, **held)
    return list(found.distinct().order_by("name", "email"))


def manageable_mandate(pk: int, *, viewer: Any) -> Mandate:
    """The mandate, for someone who may take it back; `NotFound` for everybody else."""
    found = Mandate.objects.select_related("person", "municipality", "organisation").filter(pk=pk).first()
    if found is None or not permissions.can_withdraw_mandate(viewer, found):
        raise NotFound(_("There is no such mandate here."))
    return found


def mandate_to_tell(pk: int) -> Mandate | None:
    """The mandate that an invitation tells about, or None where it has been taken back meanwhile."""
    return Mandate.objects.select_related("person", "municipality", "organisation").filter(pk=pk).first()


def roles_to_give(person: Person, municipality: Municipality) -> list[str]:
    """The roles that this person may give here."""
    return [
        role for role in (*rules.IN_CHARGE, *rules.SPEAKS_FOR)
        if permissions.can_give_mandate(person, municipality, role)
    ]  # fmt: skip


def person_by_email(email: str) -> Person | None:
    """The person with this e-mail address, whatever its case."""
    return Person.objects.filter(email=email.strip().lower()).first()


def demo_persons() -> list[Person]:
    """The persons of the demonstration, who can sign in without e-mail there."""
    found = Person.objects.filter(email__endswith=DEMO_DOMAIN, is_active=True).order_by("pk")
    return list(found.prefetch_related("mandates__municipality", "mandates__organisation"))


def work_steps(municipality: Municipality, person: Person) -> list[Step]:
    """What a municipality itself lacks before a first day can be held."""
    steps = []
    if not Organisation.objects.filter(municipality=municipality).exists():
        steps.append(
            Step(
                title=_("Add the organisations that take part"),
                text=_("Partners from the private and the voluntary sector are invited through their organisation."),
                url=reverse("actors:organisations"),
                label=_("Add an organisation"),
                order=70,
            )
        )
    if (
        Mandate.objects.filter(municipality=municipality, role__in=rules.IN_CHARGE).values("person").distinct().count()
        < 2
    ):
        steps.append(
            Step(
                title=_("Invite one more who can run things"),
                text=_("Then a day goes on even if one of you falls ill."),
                url=reverse("actors:people"),
                label=_("Invite a person"),
                order=80,
            )
        )
    return steps
