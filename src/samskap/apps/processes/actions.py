"""Everything that changes processes, activities and tickets."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from samskap.apps.actors import permissions as actors
from samskap.apps.processes import permissions, queries, rules
from samskap.apps.processes.models import Activity, Participant, Process
from samskap.apps.trail import actions as trail
from samskap.kernel import clock
from samskap.kernel.acting import Acting, SystemActor
from samskap.kernel.errors import NotAllowed, RuleError
from samskap.web.acting import lock, require

if TYPE_CHECKING:
    from collections.abc import Sequence

    from samskap.apps.actors.models import Municipality, Organisation, Person
    from samskap.apps.challenges.models import Challenge

__all__ = [
    "choose_challenges",
    "close_activity",
    "create_activity",
    "create_process",
    "delete_activity",
    "give_up_ticket",
    "hide_process",
    "hide_results",
    "hold_free_activity",
    "hold_ticket",
    "import_tickets",
    "open_activity",
    "publish_process",
    "say_sector",
    "show_results",
    "take_ticket",
    "update_activity",
    "update_process",
]


def _may_run(by: Acting, process: Process) -> bool:
    return isinstance(by, SystemActor) or permissions.can_run_process(by, process)


@transaction.atomic
def create_process(municipality: Municipality, *, by: Acting, **fields: object) -> Process:
    """Start a process; it is not public until it is published."""
    require(isinstance(by, SystemActor) or actors.can_facilitate(by, municipality))
    process = Process.objects.create(municipality=municipality, **fields)
    trail.record("processes.process_created", process, by=by)
    return process


@transaction.atomic
def update_process(process: Process, *, by: Acting, **fields: object) -> Process:
    """Change the texts and the frame of a process."""
    process = lock(process)
    require(_may_run(by, process))
    for name, value in fields.items():
        setattr(process, name, value)
    process.save(update_fields=list(fields))
    trail.record("processes.process_changed", process, by=by, data={"fields": sorted(fields)})
    return process


@transaction.atomic
def publish_process(process: Process, *, by: Acting) -> Process:
    """Make the process and its public pages visible to everybody."""
    process = lock(process)
    require(_may_run(by, process))
    if process.is_published:
        return process
    process.published_at = clock.now()
    process.save(update_fields=["published_at"])
    trail.record("processes.process_published", process, by=by, public=True)
    return process


@transaction.atomic
def hide_process(process: Process, *, by: Acting) -> Process:
    """Take the process and its pages away from the public; it is a draft again."""
    process = lock(process)
    require(_may_run(by, process))
    if process.is_published:
        process.published_at = None
        process.save(update_fields=["published_at"])
        trail.record("processes.process_hidden", process, by=by, public=True)
    return process


@transaction.atomic
def choose_challenges(process: Process, *, challenges: Sequence[Challenge], by: Acting) -> Process:
    """Let these be the challenges that the process works on; they belong to its municipality."""
    process = lock(process)
    require(_may_run(by, process))
    if any(one.municipality_id != process.municipality_id for one in challenges):
        raise RuleError(_("That challenge belongs to another municipality."), code="challenge_foreign")
    process.challenges.set(challenges)
    trail.record("processes.challenges_chosen", process, by=by, data={"challenges": sorted(c.pk for c in challenges)})
    return process


@transaction.atomic
def delete_activity(activity: Activity, *, by: Acting) -> None:
    """Delete a window that was never opened; one that people have used stays in the story."""
    activity = lock(activity)
    require(_may_run(by, activity.process))
    if activity.state != "planned":
        raise RuleError(
            _("This activity has been open, and people may have taken part in it."),
            code="activity_used",
            cure=_("Close it instead. It then stays as a part of the story."),
        )
    trail.record("processes.activity_deleted", activity, by=by)
    activity.delete()


@transaction.atomic
def create_activity(process: Process, *, by: Acting, **fields: object) -> Activity:
    """Add a window to a process."""
    require(_may_run(by, process))
    activity = Activity.objects.create(process=process, **fields)
    trail.record("processes.activity_created", activity, by=by)
    return activity


@transaction.atomic
def update_activity(activity: Activity, *, by: Acting, **fields: object) -> Activity:
    """Change the title, the times, who may take part, or when results are visible."""
    activity = lock(activity)
    require(_may_run(by, activity.process))
    for name, value in fields.items():
        setattr(activity, name, value)
    activity.save(update_fields=list(fields))
    trail.record("processes.activity_changed", activity, by=by, data={"fields": sorted(fields)})
    return activity


def hold_free_activity(activity: Activity) -> None:
    """Hold an activity until the transaction of the caller ends, or a `RuleError` where it opens something already.

    An activity opens one thing, whatever it is: every module that joins its own to one asks here.
    """
    if not queries.activity_is_free(lock(activity)):
        raise RuleError(
            _("This activity opens something else already."),
            code="activity_taken",
            cure=_("Make a new activity for it."),
        )


@transaction.atomic
def open_activity(activity: Activity, *, by: Acting) -> Activity:
    """Let people act; a window whose closing time has passed must get a new one first."""
    activity = lock(activity)
    require(_may_run(by, activity.process))
    now = clock.now()
    if activity.closes_at is not None and activity.closes_at <= now:
        raise RuleError(
            _("The closing time of this activity has passed."),
            code="closing_time_passed",
            cure=_("Set a later closing time, or remove it, and open again."),
        )
    if activity.state == "open":
        return activity
    activity.state = "open"
    activity.save(update_fields=["state"])
    trail.record("processes.activity_opened", activity, by=by, public=True)
    return activity


@transaction.atomic
def close_activity(activity: Activity, *, by: Acting) -> Activity:
    """Stop people from acting. It can be opened again."""
    activity = lock(activity)
    require(_may_run(by, activity.process))
    if activity.state == "closed":
        return activity
    activity.state = "closed"
    activity.save(update_fields=["state"])
    trail.record("processes.activity_closed", activity, by=by, public=True)
    return activity


@transaction.atomic
def show_results(activity: Activity, *, by: Acting) -> Activity:
    """Show the results to everybody, on every page and in every file."""
    activity = lock(activity)
    require(_may_run(by, activity.process))
    if activity.results == "never":
        raise RuleError(
            _("The results of this activity are never shown."),
            code="results_never",
            cure=_("Change when results are visible, and show them then."),
        )
    if activity.results_shown_at is None:
        activity.results_shown_at = clock.now()
        activity.save(update_fields=["results_shown_at"])
        trail.record("processes.results_shown", activity, by=by, public=True)
    return activity


@transaction.atomic
def hide_results(activity: Activity, *, by: Acting) -> Activity:
    """Hide the results again."""
    activity = lock(activity)
    require(_may_run(by, activity.process))
    if activity.results_shown_at is not None:
        activity.results_shown_at = None
        activity.save(update_fields=["results_shown_at"])
        trail.record("processes.results_hidden", activity, by=by, public=True)
    return activity


def take_ticket(
    process: Process,
    *,
    key: uuid.UUID,
    channel: str = "web",
    assurance: str = "open",
    person: Person | None = None,
) -> Participant:
    """The participant who holds this key, stored with the first thing they do.

    A person who is signed in has one ticket a process, whatever browser they use; the browser's own ticket becomes
    theirs unless it is somebody else's. A ticket grows stronger (`code` after the code was given) and never weaker.
    """
    owner = person_key(process, person) if person else ""
    found = _ticket(process, key=key, owner=owner)
    # Nearly every call finds what it needs: it must not wait for a writer to learn that.
    if found is not None and _serves(found, assurance=assurance, owner=owner):
        return found
    return _stored_ticket(process, key=key, channel=channel, assurance=assurance, owner=owner)


def hold_ticket(process: Process, *, key: uuid.UUID) -> None:
    """Hold the ticket of this key, if there is one, until the transaction of the caller ends."""
    list(Participant.objects.select_for_update(no_key=True).filter(process=process, key=key))


def _ticket(process: Process, *, key: uuid.UUID, owner: str) -> Participant | None:
    own = Participant.objects.filter(process=process, person_key=owner).first() if owner else None
    found = own or Participant.objects.filter(key=key).first()
    if found is not None and found.process_id != process.pk:
        raise NotAllowed(_("This ticket is not valid here."), code="ticket_not_valid")
    return found


def _serves(ticket: Participant, *, assurance: str, owner: str) -> bool:
    is_strong = rules.ASSURANCE_RANK[ticket.assurance] >= rules.ASSURANCE_RANK[assurance]
    return is_strong and (not owner or ticket.person_key == owner)


@transaction.atomic
def _stored_ticket(process: Process, *, key: uuid.UUID, channel: str, assurance: str, owner: str) -> Participant:
    found = _ticket(process, key=key, owner=owner)
    if found is not None and owner and found.person_key not in {"", owner}:
        found, key = None, uuid.uuid4()
    if found is None:
        found, created = Participant.objects.get_or_create(
            key=key, defaults={"process": process, "channel": channel, "assurance": assurance, "person_key": owner}
        )
        if created:
            trail.record("processes.ticket_taken", process, by=found, data={"channel": channel})
            return found
    found = lock(found)
    found.assurance = max(found.assurance, assurance, key=rules.ASSURANCE_RANK.__getitem__)
    found.person_key = found.person_key or owner
    found.save(update_fields=["assurance", "person_key"])
    return found


def person_key(process: Process, person: Person) -> str:
    """What joins a signed-in person to their ticket: keyed, so that the database alone does not tell who it is."""
    message = f"participant:{process.pk}:{person.pk}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).hexdigest()


@transaction.atomic
def say_sector(participant: Participant, *, sector: str, organisation: Organisation | None = None) -> Participant:
    """Keep what the participant answered; an empty sector means they would rather not say. Asked once."""
    participant = lock(participant)
    participant.sector = sector
    participant.organisation = organisation
    participant.sector_asked_at = clock.now()
    participant.save(update_fields=["sector", "organisation", "sector_asked_at"])
    return participant


@transaction.atomic
def give_up_ticket(participant: Participant) -> None:
    """Delete a ticket and all that hangs on it; its name in the trail then leads to nobody."""
    participant = lock(participant)
    process = participant.process
    trail.record("processes.ticket_given_up", process, by=participant)
    participant.delete()


@transaction.atomic
def import_tickets(process: Process, *, tickets: list[dict[str, object]], by: Acting) -> list[Participant]:
    """Many participants at once, for answers that were given elsewhere; in the order of `tickets` (their fields)."""
    require(_may_run(by, process))
    made = Participant.objects.bulk_create([Participant(process=process, **fields) for fields in tickets])
    trail.record("processes.tickets_imported", process, by=by, data={"tickets": len(made)})
    return made
