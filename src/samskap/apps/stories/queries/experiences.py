"""Experiences from elsewhere: the file that waits, what is stored, and where it stands on the pages of initiatives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from samskap.apps.actors.queries import find_municipality
from samskap.apps.initiatives.queries import today
from samskap.apps.stories import permissions
from samskap.apps.stories.labels import experiences as labels
from samskap.apps.stories.models import Experience
from samskap.apps.stories.queries.experience_export import lent_stories
from samskap.apps.stories.queries.experience_told import Told, told
from samskap.apps.stories.rules import experiences as rules
from samskap.formats import experience_package, frozen
from samskap.formats.experience_package import Received, parts_in
from samskap.kernel import clock
from samskap.kernel.errors import NotFound, RuleError
from samskap.kernel.municipalities import MUNICIPALITY_NAMES

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality
    from samskap.formats.experience_values import Parts

__all__ = [
    "Preview",
    "checked",
    "experience_to_look_through",
    "experience_told",
    "experiences_of",
    "exported_at",
    "preview_of",
    "read_beginning",
    "readable_experience",
    "received",
    "still_lent",
    "waiting_path",
]


@dataclass(frozen=True)
class Preview:
    """What a file holds and how it stands to what is here. `changed` are the parts that are not as they were."""

    received: Received
    told: Told
    standing: str
    changed: tuple[str, ...]
    ended: int
    is_odd_name: bool

    @property
    def may_be_stored(self) -> bool:
        return self.standing in ("new", "newer")

    @property
    def standing_words(self) -> str:
        return str(labels.STANDINGS[self.standing])


def waiting_path(municipality: Municipality, name: str) -> Path:
    """Where a file waits, or `NotFound` where none does; it is kept for an hour."""
    path = Path(settings.SAMSKAP_DATA) / "stories" / "waiting" / municipality.number / name
    if not re.fullmatch(r"[0-9a-f]{64}", name) or not path.is_file():
        raise NotFound(_("This file is not here any more."), cure=_("Choose the file once more."))
    return path


def received(municipality: Municipality, name: str) -> Received:
    """The package in the file that waits, checked. FormatError or RuleError says why it cannot be used here."""
    return checked(municipality, waiting_path(municipality, name).read_bytes())


def checked(municipality: Municipality, data: bytes) -> Received:
    """The package in these bytes, that this municipality may take in."""
    found = experience_package.read(data)
    origin = found.package.origin
    if origin.number == municipality.number:
        raise RuleError(
            _("This package was made here: it tells of an initiative of %(place)s.") % {"place": municipality.name},
            code="experience_own",
            cure=_("Choose a package from another municipality."),
        )
    if rules.is_from_the_future(exported_at(found), now=clock.now()):
        raise RuleError(
            _("The package says that it was made on a day that has not come yet."),
            code="experience_future",
            cure=_("Ask the municipality that made it to set its clock and export it again."),
        )
    return found


def exported_at(found: Received) -> datetime:
    """When the package was made."""
    return datetime.fromisoformat(found.package.exported_at)


def preview_of(municipality: Municipality, name: str) -> Preview:
    """What the file that waits would bring; nothing is stored."""
    found = received(municipality, name)
    package = found.package
    kept = municipality.experiences.filter(key=package.key).first()
    lent = still_lent(package.key, package.parts)
    return Preview(
        received=found,
        told=told(lent, package.origin, exported_at(found)),
        standing=rules.standing(
            rules.Known(kept.exported_at, kept.fingerprint) if kept else None,
            exported_at=exported_at(found),
            fingerprint=found.fingerprint,
        ),
        changed=_changed(kept.content["parts"], frozen.plain(package.parts)) if kept else (),
        ended=len(package.parts.stories) - len(lent.stories),
        is_odd_name=MUNICIPALITY_NAMES.get(package.origin.number, package.origin.name) != package.origin.name,
    )


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(words) for name, words in labels.PARTS.items() if before.get(name) != after.get(name))


def still_lent(key: str, parts: Parts) -> Parts:
    """The parts with the stories that may be shown today.

    Where the origin lives on this server, its consents are asked, and words that their teller has changed since are
    gone; of other origins only the last day is known.
    """
    lent = rules.lent(parts, today=today())
    number, _sign, initiative_pk = key.partition("-")
    origin = find_municipality(number)
    initiative = origin.initiatives.filter(pk=initiative_pk).first() if origin else None
    if initiative is None:
        return lent
    return rules.unchanged(lent, told=lent_stories(initiative))


def experiences_of(municipality: Municipality) -> list[Experience]:
    """What has been brought in, newest first."""
    return list(municipality.experiences.select_related("made"))


def readable_experience(pk: int, *, viewer: Any) -> Experience:
    """The experience, for those in charge where it is kept; `NotFound` for everybody else."""
    found = Experience.objects.select_related("municipality", "made").filter(pk=pk).first()
    if found is None or not permissions.can_import_experiences(viewer, found.municipality):
        raise NotFound(_("There is no such experience here."))
    return found


def experience_to_look_through(pk: int) -> Experience | None:
    """The experience whose words may have ended, for the background; None where it is deleted."""
    return Experience.objects.filter(pk=pk).first()


def read_beginning(experience: Experience, cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed about an own initiative, with the organisation as one of the municipality's list."""
    chosen = cleaned["organisation"]
    organisations = experience.municipality.organisations
    return {**cleaned, "organisation": organisations.filter(pk=chosen).first() if chosen else None}


def experience_told(experience: Experience) -> Told:
    """What it says today, in the reader's language."""
    parts = still_lent(experience.key, parts_in(experience.content["parts"]))
    return told(parts, experience_package.origin_in(experience.content["origin"]), experience.exported_at)
