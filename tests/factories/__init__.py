"""Rows for tests: plain functions that make one thing with sensible values; name what your test is about.

`make_person(role="facilitator", municipality=town)` holds a mandate; without a role it holds none.
`make_conversation(statements=3, window="open")` has accepted seed statements and an open window.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from samskap.apps.actors.models import Mandate, Municipality, Organisation, Person
from samskap.apps.figures.actions import store_edition
from samskap.apps.figures.models import Edition
from samskap.apps.gatherings.models import Gathering
from samskap.apps.processes.models import Activity, Participant, Process
from samskap.apps.statements.models import Conversation, ConversationWindow, Statement, Vote
from samskap.kernel import clock
from samskap.kernel.acting import SYSTEM_IMPORT
from samskap.kernel.municipalities import MUNICIPALITY_NAMES
from samskap.sources.values import AgeProfile, Fetched, Figure

__all__ = [
    "make_activity",
    "make_conversation",
    "make_edition",
    "make_gathering",
    "make_municipality",
    "make_organisation",
    "make_participant",
    "make_people",
    "make_person",
    "make_process",
    "make_statement",
    "make_vote",
    "make_window",
]

_count = itertools.count(1)


def make_municipality(*, number: str | None = None, **fields: Any) -> Municipality:
    """A municipality; with a number that is there already, that one."""
    number = number or f"{9000 + next(_count) % 1000}"
    fields.setdefault("name", MUNICIPALITY_NAMES.get(number, f"Prøveby {number}"))
    return Municipality.objects.get_or_create(number=number, defaults=fields)[0]


def make_organisation(
    *, municipality: Municipality | None = None, sector: str = "public", **fields: Any
) -> Organisation:
    fields.setdefault("name", f"Organisasjon {next(_count)}")
    return Organisation.objects.create(municipality=municipality or make_municipality(), sector=sector, **fields)


def make_person(
    *,
    role: str | None = None,
    municipality: Municipality | None = None,
    organisation: Organisation | None = None,
    **fields: Any,
) -> Person:
    """An account; with a role it holds that mandate in the municipality (a new one where none is named)."""
    number = next(_count)
    fields.setdefault("email", f"person{number}@example.org")
    fields.setdefault("name", role or f"person {number}")
    person = Person(**fields)
    person.set_unusable_password()
    person.save()
    if role:
        Mandate.objects.create(
            person=person, municipality=municipality or make_municipality(), organisation=organisation, role=role
        )
    return person


def make_people(place: str, year: int, *, each: int = 10, old: int = 2) -> AgeProfile:
    """People of a place on 1 January: so many of each sex and age below 80, and from 80 on."""
    counts = (each,) * 80 + (old,) * 26
    return AgeProfile(place, year, women=counts, men=counts)


def make_edition(
    *figures: Figure, profiles: Iterable[AgeProfile] = (), municipality: Municipality | None = None, **fields: Any
) -> Edition:
    """An edition of these figures, stored as every other."""
    said = {
        "publisher": "SSB", "table": f"{next(_count):05}", "title": "Tabell", "url": "https://example.org/tabell",
        "licence": "CC BY 4.0", "fetched_at": clock.now(), "updated_at": None,
    }  # fmt: skip
    fetched = Fetched(**(said | fields), figures=figures, profiles=tuple(profiles))
    return store_edition(fetched, by=SYSTEM_IMPORT, municipality=municipality).edition


def make_process(*, municipality: Municipality | None = None, published: bool = True, **fields: Any) -> Process:
    fields.setdefault("title", f"Prosess {next(_count)}")
    fields.setdefault("published_at", clock.now() if published else None)
    return Process.objects.create(municipality=municipality or make_municipality(), **fields)


def make_activity(*, process: Process | None = None, state: str = "open", **fields: Any) -> Activity:
    """A window of a process, open now unless told otherwise."""
    fields.setdefault("title", f"Aktivitet {next(_count)}")
    if fields.get("access") == "code":
        fields.setdefault("access_code", "BYGDA")
    return Activity.objects.create(process=process or make_process(), state=state, **fields)


def make_conversation(
    *, process: Process | None = None, statements: int = 0, window: str = "", **fields: Any
) -> Conversation:
    """A conversation with so many accepted seed statements, and with a window in the state `window` if one is named."""
    fields.setdefault("title", f"Samtale {next(_count)}")
    conversation = Conversation.objects.create(process=process or make_process(), **fields)
    for _ in range(statements):
        make_statement(conversation)
    if window:
        make_window(conversation, state=window)
    return conversation


def make_window(conversation: Conversation, *, activity: Activity | None = None, **fields: Any) -> Activity:
    """The activity that opens a conversation."""
    activity = activity or make_activity(process=conversation.process, **fields)
    ConversationWindow.objects.create(activity=activity, conversation=conversation)
    return activity


def make_statement(conversation: Conversation | None = None, **fields: Any) -> Statement:
    """An accepted seed statement, unless `state`, `author` or the like say otherwise."""
    conversation = conversation or make_conversation()
    number = fields.pop("number", None) or conversation.statements.count() + 1
    fields.setdefault("text", f"Påstand {number} i samtale {conversation.pk}.")
    fields.setdefault("is_seed", fields.get("author") is None)
    fields.setdefault("state", "accepted")
    if fields["state"] == "rejected":
        fields.setdefault("reason", "Ikke en påstand.")
    return Statement.objects.create(conversation=conversation, number=number, **fields)


def make_participant(process: Process | None = None, **fields: Any) -> Participant:
    return Participant.objects.create(process=process or make_process(), **fields)


def make_vote(participant: Participant, statement: Statement, choice: int = 1, **fields: Any) -> Vote:
    """A stored vote, past every rule."""
    fields.setdefault("channel", participant.channel)
    return Vote.objects.create(participant=participant, statement=statement, choice=choice, **fields)


def make_gathering(*, process: Process | None = None, state: str = "open", **fields: Any) -> Gathering:
    """A gathering that began an hour ago and lasts five."""
    fields.setdefault("title", f"Samling {next(_count)}")
    fields.setdefault("place", "Kommunestyresalen")
    fields.setdefault("starts_at", clock.now() - timedelta(hours=1))
    fields.setdefault("ends_at", fields["starts_at"] + timedelta(hours=5))
    return Gathering.objects.create(process=process or make_process(), state=state, **fields)
