"""Municipalities (tenants), organisations, persons with an account, and their mandates."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from samskap.apps.actors.labels import role_choices, sector_choices
from samskap.web.localised import LANGUAGES


class Municipality(models.Model):
    """A tenant: everything else belongs to one municipality."""

    number = models.CharField(max_length=4, unique=True, validators=[RegexValidator(r"^\d{4}$")])
    name = models.CharField(max_length=80)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="nb")
    colour = models.CharField(max_length=7, blank=True, validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$")])
    is_illustrative = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(number__regex=r"^[0-9]{4}$"), name="municipality_number_is_four_digits"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def municipality_number(self) -> str:
        return self.number


class Organisation(models.Model):
    """A body of one sector; a hybrid, such as a social enterprise, names a second one."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="organisations")
    name = models.CharField(max_length=160)
    sector = models.CharField(max_length=10, choices=sector_choices)
    second_sector = models.CharField(max_length=10, choices=sector_choices, blank=True)
    register_number = models.CharField(max_length=9, blank=True, validators=[RegexValidator(r"^\d{9}$")])
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), "municipality", name="organisation_name_once_a_municipality"),
            models.CheckConstraint(
                condition=Q(sector__in=["public", "private", "voluntary"]), name="organisation_sector_known"
            ),
            models.CheckConstraint(
                condition=~Q(second_sector=models.F("sector")), name="organisation_second_sector_differs"
            ),
            models.CheckConstraint(
                condition=Q(register_number="") | Q(register_number__regex=r"^[0-9]{9}$"),
                name="organisation_register_number_is_nine_digits",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_hybrid(self) -> bool:
        return bool(self.second_sector)

    @property
    def municipality_number(self) -> str:
        return self.municipality.number


class PersonManager(BaseUserManager["Person"]):
    """Found by e-mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Someone with an account: leaders, facilitators, unit managers, partners. Participants need none."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="nb")
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_email_once"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="person_email_is_lower_case"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def acting_as(self) -> str:
        return f"person:{self.pk}"


class Mandate(models.Model):
    """A person's role in a municipality, and the organisation they speak for, if any."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mandates")
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="mandates")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="mandates"
    )
    role = models.CharField(max_length=20, choices=role_choices)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["municipality", "role"]
        constraints = [
            # Two, since SQLite has no NULLS NOT DISTINCT: Django would leave that constraint out there.
            models.UniqueConstraint(
                fields=["person", "municipality", "organisation", "role"],
                condition=Q(organisation__isnull=False),
                name="mandate_once_an_organisation",
            ),
            models.UniqueConstraint(
                fields=["person", "municipality", "role"],
                condition=Q(organisation__isnull=True),
                name="mandate_once_a_municipality",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.role} · {self.municipality}"

    @property
    def municipality_number(self) -> str:
        return self.municipality.number
