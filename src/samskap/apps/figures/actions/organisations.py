"""Organisations of a register that are not here yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from samskap.apps.actors import actions as actors
from samskap.apps.actors import permissions
from samskap.apps.actors import queries as organisations
from samskap.apps.trail import actions as trail
from samskap.kernel.acting import Acting, SystemActor
from samskap.web.acting import require

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality
    from samskap.sources.brreg import RegisteredOrganisation

__all__ = ["Registered", "register_organisations"]


@dataclass(frozen=True)
class Registered:
    """How many organisations of a register are new here, and how many were here."""

    added: int
    known: int


@transaction.atomic
def register_organisations(
    municipality: Municipality, *, found: Iterable[RegisteredOrganisation], by: Acting
) -> Registered:
    """Add the organisations of a register that are not here. What is here is left as people have written it.

    One that people wrote without its number is known by its name; a namesake gets its number behind its name.
    """
    require(isinstance(by, SystemActor) or permissions.can_administer(by, municipality))
    here = organisations.organisations_of(municipality)
    numbers = {one.register_number for one in here}
    names = {one.name.casefold(): one.register_number for one in here}
    added = known = 0
    for one in found:
        name = one.name[:160]
        if one.number in numbers or names.get(name.casefold()) == "":
            known += 1
            continue
        if name.casefold() in names:
            name = f"{one.name[:148]} ({one.number})"
        actors.create_organisation(
            municipality,
            by=by,
            name=name,
            sector=one.sector,
            second_sector=one.second_sector,
            register_number=one.number,
        )
        names[name.casefold()] = one.number
        numbers.add(one.number)
        added += 1
    trail.record("figures.organisations_registered", municipality, by=by, data={"added": added, "known": known})
    return Registered(added, known)
