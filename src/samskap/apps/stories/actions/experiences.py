"""Everything that changes experiences: a file is held, stored whole or not at all, and words go when they must."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

from samskap.apps.stories import permissions
from samskap.apps.stories.actions.media import UNNAMED_KEPT_S
from samskap.apps.stories.models import Experience
from samskap.apps.stories.queries.experiences import checked, exported_at, still_lent, waiting_path
from samskap.apps.stories.rules import experiences as rules
from samskap.apps.trail import actions as trail
from samskap.formats import frozen
from samskap.formats.experience_package import parts_in
from samskap.kernel import clock
from samskap.kernel.acting import SYSTEM_CLOCK, Acting, SystemActor
from samskap.kernel.errors import NotFound, RuleError
from samskap.web.acting import lock, require
from samskap.web.files import keep_file
from samskap.web.jobs import enqueue

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality
    from samskap.apps.stories.models import Story
    from samskap.formats.experience_package import Received
    from samskap.formats.experience_values import Parts

__all__ = [
    "delete_experience",
    "delete_told_story",
    "drop_ended_words",
    "drop_package",
    "forget_in_experiences",
    "hold_package",
    "store_experience",
]

_LONGEST_WAIT = timedelta(days=365)  # a file may name any day, and a job looks again


def hold_package(content: bytes, *, municipality: Municipality, by: Acting) -> str:
    """Keep a file for an hour, so that it can be looked at; the name by which it is found again."""
    _require(municipality, by=by)
    name = hashlib.sha256(content).hexdigest()
    keep_file(_waiting() / municipality.number / name, content=content)
    enqueue("stories.clean_up", delay_s=UNNAMED_KEPT_S + 60)
    return name


def drop_package(name: str, *, municipality: Municipality, by: Acting) -> None:
    """Forget a file that was stored, or that nobody wants."""
    _require(municipality, by=by)
    with suppress(NotFound):
        waiting_path(municipality, name).unlink(missing_ok=True)


def _waiting() -> Path:
    return Path(settings.SAMSKAP_DATA) / "stories" / "waiting"


def _require(municipality: Municipality, *, by: Acting) -> None:
    require(isinstance(by, SystemActor) or permissions.can_import_experiences(by, municipality))


@transaction.atomic
def store_experience(municipality: Municipality, name: str, *, by: Acting) -> Experience:
    """Store the package of the file that waits, in place of an older one of the same initiative; all or nothing.

    It is checked once more: what was shown is what is stored.
    """
    _require(municipality, by=by)
    data = waiting_path(municipality, name).read_bytes()
    found = checked(municipality, data)
    kept = municipality.experiences.select_for_update(no_key=True).filter(key=found.package.key).first()
    _check_standing(kept, found)
    fields = _fields(found) | {"imported_by": None if isinstance(by, SystemActor) else by, "imported_at": clock.now()}
    if kept is None:
        kept = Experience.objects.create(municipality=municipality, key=found.package.key, **fields)
    else:
        for field, value in fields.items():
            setattr(kept, field, value)
        kept.save(update_fields=list(fields))
    trail.record("stories.experience_stored", kept, by=by, data={"place": kept.origin_name})
    _order_end(kept)
    return kept


def _check_standing(kept: Experience | None, found: Received) -> None:
    known = rules.Known(kept.exported_at, kept.fingerprint) if kept else None
    standing = rules.standing(known, exported_at=exported_at(found), fingerprint=found.fingerprint)
    if standing == "same":
        raise RuleError(_("This experience is here already, word for word."), code="experience_known")
    if standing == "older":
        raise RuleError(_("A newer version of this experience is here already."), code="experience_older")


def _fields(found: Received) -> dict[str, object]:
    package = found.package
    first = package.parts.initiative
    parts = still_lent(package.key, package.parts)
    return {
        "fingerprint": found.fingerprint,
        "title": first.words[first.language].title,
        "origin_number": package.origin.number,
        "origin_name": package.origin.name,
        "exported_at": exported_at(found),
        "content": {"origin": frozen.plain(package.origin), "parts": frozen.plain(parts)},
    }


def _order_end(experience: Experience) -> None:
    """Order that words are erased in the night after the last day on which they are lent."""
    last = rules.last_day(parts_in(experience.content["parts"]).stories)
    if last is None:
        return
    at = datetime.combine(last, datetime.max.time(), tzinfo=get_current_timezone())
    wait = min(max(timedelta(0), at - clock.now()), _LONGEST_WAIT) + timedelta(seconds=1)
    enqueue("stories.drop_ended_words", delay_s=wait.total_seconds(), experience_id=experience.pk)


@transaction.atomic
def drop_ended_words(experience: Experience) -> None:
    """Erase the stories whose day has passed, and order the next time."""
    experience = lock(experience)
    if _keep(experience, still_lent(experience.key, parts_in(experience.content["parts"]))):
        trail.record("stories.told_story_ended", experience, by=SYSTEM_CLOCK)
    _order_end(experience)


@transaction.atomic
def delete_told_story(experience: Experience, key: str, *, by: Acting) -> None:
    """Erase one story of an experience, because its origin says that it may no longer be used."""
    experience = lock(experience)
    _require(experience.municipality, by=by)
    parts = parts_in(experience.content["parts"])
    if _keep(experience, rules.with_stories(parts, keys={one.key for one in parts.stories} - {key})):
        trail.record("stories.told_story_deleted", experience, by=by)


def _keep(experience: Experience, parts: Parts) -> bool:
    """Store these parts; whether anything went."""
    before, after = experience.content["parts"], frozen.plain(parts)
    if len(before["stories"]) == len(after["stories"]):
        return False
    experience.content = {**experience.content, "parts": after}
    experience.save(update_fields=["content"])
    return True


@transaction.atomic
def delete_experience(experience: Experience, *, by: Acting) -> None:
    """Delete an experience; the initiative that began from it stays as it is, and no longer names it."""
    experience = lock(experience)
    _require(experience.municipality, by=by)
    trail.record("stories.experience_deleted", experience, by=by, data={"place": experience.origin_name})
    experience.delete()


@transaction.atomic
def forget_in_experiences(story: Story) -> None:
    """A story of this server may no longer be lent: erase it where others here hold it, and files that wait.

    Files that were fetched from here lie with others, and cannot be reached; their holders can ask the origin.
    """
    for file in _waiting().glob("*/*"):
        file.unlink(missing_ok=True)
    number, initiative = story.municipality_number, story.initiative_id
    held = Experience.objects.select_for_update(no_key=True).filter(origin_number=number)
    for experience in held.filter(key=f"{number}-{initiative}") if initiative else held:
        parts = still_lent(experience.key, parts_in(experience.content["parts"]))
        if initiative is None:  # it was deleted, and with it what could allow anything
            parts = rules.with_stories(parts, keys={one.key for one in parts.stories} - {str(story.pk)})
        _keep(experience, parts)
