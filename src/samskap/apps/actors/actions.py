"""Everything that changes municipalities, organisations, persons and mandates."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, models, transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from samskap.apps.actors import permissions, rules
from samskap.apps.actors.labels import ROLES, SECTORS
from samskap.apps.actors.models import Mandate, Municipality, Organisation, Person
from samskap.kernel.acting import Acting, SystemActor
from samskap.kernel.errors import RuleError
from samskap.kernel.municipalities import municipality_name
from samskap.web.acting import lock, require
from samskap.web.jobs import enqueue

__all__ = [
    "add_municipality",
    "add_person",
    "create_organisation",
    "delete_municipality",
    "delete_organisation",
    "give_mandate",
    "invite_person",
    "update_municipality",
    "update_organisation",
    "update_person",
    "withdraw_mandate",
]


def _record(verb: str, subject: models.Model, *, by: Acting, **data: Any) -> None:
    """Tell the trail, which stands above this module."""
    import_string(settings.SAMSKAP_RECORDER)(verb, subject, by=by, data=data)


def _is_system(by: Acting) -> bool:
    return isinstance(by, SystemActor)


@transaction.atomic
def add_municipality(number: str, *, by: Acting, **fields: Any) -> Municipality:
    """Add a tenant under its official number and name; `RuleError` for an unknown number or one that is here."""
    require(_is_system(by) or permissions.can_operate(by))
    name = municipality_name(number)
    if name is None:
        raise RuleError(
            _("No municipality in Norway has the number %(number)s.") % {"number": number},
            code="municipality_unknown",
            cure=_("Use the four digits of one of the 357 municipalities, such as 4016 for Drangedal."),
        )
    if Municipality.objects.filter(number=number).exists():
        raise RuleError(
            _("%(municipality)s (%(number)s) is here already.") % {"municipality": name, "number": number},
            code="municipality_exists",
        )
    municipality = Municipality.objects.create(number=number, name=name, **fields)
    _record("actors.municipality_added", municipality, by=by)
    return municipality


@transaction.atomic
def update_municipality(municipality: Municipality, *, by: Acting, **fields: Any) -> Municipality:
    """Change the municipality's language and colour."""
    municipality = lock(municipality)
    require(_is_system(by) or permissions.can_administer(by, municipality))
    for name, value in fields.items():
        setattr(municipality, name, value)
    municipality.save(update_fields=list(fields))
    _record("actors.municipality_changed", municipality, by=by, fields=sorted(fields))
    return municipality


@transaction.atomic
def delete_municipality(municipality: Municipality, *, confirmed: str, by: Acting) -> None:
    """Delete a tenant with everything in it. `confirmed` is its number, typed by hand. The trail stays."""
    municipality = lock(municipality)
    require(_is_system(by) or permissions.can_operate(by))
    if confirmed.strip() != municipality.number:
        raise RuleError(
            _("The number %(typed)s is not the number of %(municipality)s.")
            % {"typed": confirmed.strip() or "–", "municipality": municipality.name},
            code="not_confirmed",
            cure=_("Type %(number)s to delete the municipality and everything in it.")
            % {"number": municipality.number},
        )
    _record("actors.municipality_deleted", municipality, by=by)
    municipality.delete()


@transaction.atomic
def create_organisation(municipality: Municipality, *, by: Acting, **fields: Any) -> Organisation:
    """Add an organisation with its sector; a hybrid names a second one."""
    require(_is_system(by) or permissions.can_administer(by, municipality))
    organisation = Organisation(municipality=municipality)
    _fill_organisation(organisation, fields)
    _record("actors.organisation_added", organisation, by=by)
    return organisation


@transaction.atomic
def update_organisation(organisation: Organisation, *, by: Acting, **fields: Any) -> Organisation:
    """Change name, sectors or register number."""
    organisation = lock(organisation)
    require(_is_system(by) or permissions.can_administer(by, organisation.municipality))
    _fill_organisation(organisation, fields)
    _record("actors.organisation_changed", organisation, by=by, fields=sorted(fields))
    return organisation


def _fill_organisation(organisation: Organisation, fields: dict[str, Any]) -> None:
    """Set and save the fields after checking them; `RuleError` for a name that is taken."""
    for name, value in fields.items():
        setattr(organisation, name, value)
    if organisation.sector not in SECTORS or organisation.second_sector not in {"", *SECTORS}:
        raise RuleError(_("An organisation belongs to the public, the private or the voluntary sector."))
    if organisation.second_sector == organisation.sector:
        raise RuleError(_("The second sector must be another than the first."), code="same_sector")
    if organisation.register_number and not rules.is_register_number(organisation.register_number):
        raise RuleError(
            _("%(number)s is not an organisation number.") % {"number": organisation.register_number},
            code="register_number",
            cure=_("It has nine digits, and the last one checks the others. Look it up in Brønnøysundregistrene."),
        )
    _check_number_is_free(organisation)
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError as taken:
        raise RuleError(
            _("There is an organisation called %(name)s already.") % {"name": organisation.name}, code="name_taken"
        ) from taken


def _check_number_is_free(organisation: Organisation) -> None:
    """`RuleError` where another organisation of the municipality has the register number: it is the same body."""
    same = Organisation.objects.filter(
        municipality=organisation.municipality, register_number=organisation.register_number
    ).exclude(pk=organisation.pk)
    other = same.first() if organisation.register_number else None
    if other is not None:
        raise RuleError(
            _("%(name)s has the organisation number %(number)s already.")
            % {"name": other.name, "number": organisation.register_number},
            code="number_taken",
            cure=_("Change that organisation, or write the number of this one."),
        )


@transaction.atomic
def delete_organisation(organisation: Organisation, *, by: Acting) -> None:
    """Delete an organisation and the mandates to speak for it. What its people have answered stays.

    Not while it is to pay for something: who pays what would no longer add up.
    """
    organisation = lock(organisation)
    require(_is_system(by) or permissions.can_administer(by, organisation.municipality))
    _record("actors.organisation_deleted", organisation, by=by)
    try:
        organisation.delete()
    except models.RestrictedError as error:
        raise RuleError(
            _("%(name)s is to pay for: %(things)s.")
            % {"name": organisation.name, "things": ", ".join(sorted(map(str, error.restricted_objects)))},
            code="organisation_pays",
            cure=_("Let somebody else pay there first, or delete those costs."),
        ) from error


@transaction.atomic
def add_person(email: str, *, by: Acting, name: str = "", language: str = "nb", is_operator: bool = False) -> Person:
    """The person with this e-mail address, made where there is none. They sign in by a code, never a password."""
    require(_is_system(by) or permissions.can_operate(by))
    person = _person_with(email, by=by, name=name, language=language)
    if is_operator and not person.is_operator:
        person.is_operator = True
        person.save(update_fields=["is_operator"])
        _record("actors.operator_named", person, by=by)
    return person


def _person_with(email: str, *, by: Acting, name: str, language: str) -> Person:
    """Sign-in compares addresses in lower case, so that is how they are stored."""
    person, created = Person.objects.get_or_create(
        email=email.strip().lower(), defaults={"name": name, "language": language, "password": make_password(None)}
    )
    if created:
        _record("actors.person_added", person, by=by)
    return person


@transaction.atomic
def update_person(person: Person, *, by: Person, name: str, language: str) -> Person:
    """Change one's own name and language."""
    person = lock(person)
    require(by.pk == person.pk)
    person.name = name.strip()
    person.language = language
    person.save(update_fields=["name", "language"])
    return person


@transaction.atomic
def give_mandate(
    person: Person, municipality: Municipality, *, role: str, by: Acting, organisation: Organisation | None = None
) -> Mandate:
    """Let a person act in a municipality in this role; the same mandate twice is one."""
    municipality = lock(municipality)
    require(_is_system(by) or permissions.can_give_mandate(by, municipality, role))
    _check_organisation(role, organisation, municipality)
    mandate, created = Mandate.objects.get_or_create(
        person=person, municipality=municipality, role=role, organisation=organisation
    )
    if created:
        _record("actors.mandate_given", mandate, by=by, role=role)
    return mandate


def _check_organisation(role: str, organisation: Organisation | None, municipality: Municipality) -> None:
    if role not in ROLES:
        raise RuleError(_("There is no role called %(role)s.") % {"role": role}, code="role_unknown")
    if rules.needs_organisation(role) and organisation is None:
        raise RuleError(
            _("A %(role)s speaks for an organisation.") % {"role": str(ROLES[role]).lower()},
            code="organisation_missing",
            cure=_("Choose the organisation, or add it first."),
        )
    if organisation is not None and organisation.municipality_id != municipality.pk:
        raise RuleError(_("That organisation belongs to another municipality."), code="organisation_foreign")
    if organisation is not None and not rules.needs_organisation(role):
        raise RuleError(
            _("Leaders and facilitators act for the municipality itself, not for one organisation."),
            code="organisation_not_needed",
            cure=_("Leave the organisation empty."),
        )


@transaction.atomic
def invite_person(
    email: str,
    municipality: Municipality,
    *,
    role: str,
    by: Acting,
    name: str = "",
    organisation: Organisation | None = None,
    address: str = "",
) -> Mandate:
    """Give a mandate to whoever has this e-mail address, and write to them how they sign in.

    `address` is the root of the site for the letter, where the setting SAMSKAP_URL is empty.
    """
    require(_is_system(by) or permissions.can_give_mandate(by, municipality, role))
    person = _person_with(email, by=by, name=name, language=municipality.language)
    mandate = give_mandate(person, municipality, role=role, by=by, organisation=organisation)
    enqueue("actors.send_invitation", mandate_id=mandate.pk, address=settings.SAMSKAP_URL or address)
    return mandate


@transaction.atomic
def withdraw_mandate(mandate: Mandate, *, by: Acting) -> None:
    """Take a mandate back. The last one in charge stays, and so does the last leader."""
    lock(mandate.municipality)
    mandate = lock(mandate)
    require(_is_system(by) or permissions.can_withdraw_mandate(by, mandate))
    others = Mandate.objects.filter(municipality=mandate.municipality, person__is_active=True).exclude(pk=mandate.pk)
    if rules.is_last_in_charge(mandate.role, others=list(others.values_list("role", flat=True))):
        raise RuleError(
            _("%(person)s is the last %(role)s of %(municipality)s.")
            % {
                "person": mandate.person,
                "role": str(ROLES[mandate.role]).lower(),
                "municipality": mandate.municipality.name,
            },
            code="last_in_charge",
            cure=_("Give the role to someone else first."),
        )
    _record("actors.mandate_withdrawn", mandate, by=by, role=mandate.role)
    mandate.delete()
