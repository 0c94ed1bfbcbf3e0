"""The common direction of one conversation and round: who may see it, and everything its page tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from samskap.apps.actors.labels import SECTORS
from samskap.apps.reports import labels, rules
from samskap.apps.reports.labels import sentences
from samskap.apps.reports.queries.telling import tell
from samskap.apps.reports.queries.told import Telling, Wording
from samskap.apps.statements import queries as statements
from samskap.formats import opinion_json
from samskap.formats.errors import FormatError
from samskap.formats.opinion_svg import unsure_people

if TYPE_CHECKING:
    from samskap.apps.processes.models import Activity, Participant
    from samskap.apps.statements.models import Conversation
    from samskap.apps.statements.models import OpinionMap as StoredMap
    from samskap.engines.opinion_map.result import OpinionMap, PersonPlace

__all__ = [
    "Direction",
    "Heard",
    "Method",
    "direction",
    "hidden_words",
    "own_place_of",
    "result_of",
    "rounds_with_windows",
    "visible_rounds",
    "wordings_of",
]


@dataclass(frozen=True)
class Method:
    """How a result came to be: enough to compute it again and compare, and what looks odd about its votes."""

    engine_version: str
    seed: int
    input_hash: str
    made_at: datetime
    sentence: str
    odd: tuple[str, ...]


@dataclass(frozen=True)
class Heard:
    """Who answered. `sectors` has a label and a count for each sector and for those who did not say, None = hidden.

    It is empty where nobody has said which sector they belong to.
    """

    answered: int
    sectors: tuple[tuple[str, int | None], ...]
    has_hidden: bool
    not_heard: tuple[str, ...]
    all_heard: str

    @property
    def rows(self) -> list[tuple[str, str | None]]:
        """The sectors with their numbers as they are written."""
        return [(label, None if count is None else labels.number(count)) for label, count in self.sectors]

    @property
    def total(self) -> str:
        """Everybody who answered, as it is written."""
        return labels.number(self.answered)


@dataclass(frozen=True)
class Direction:
    """One round of a conversation, told. `telling` and `method` are None where nothing has been computed yet."""

    conversation: Conversation
    round: int
    heard: Heard
    result: OpinionMap | None
    telling: Telling | None
    method: Method | None


def rounds_with_windows(windows: Sequence[Activity]) -> list[int]:
    """The rounds that have been opened, oldest first."""
    return sorted({window.round for window in windows if window.state != "planned"})


def visible_rounds(
    conversation: Conversation, *, participant: Participant | None, windows: Sequence[Activity]
) -> list[int]:
    """The rounds whose results this participant (or the public) sees now, oldest first."""
    return [
        number
        for number in rounds_with_windows(windows)
        if statements.visible_round(
            conversation, participant=participant, windows=[window for window in windows if window.round == number]
        )
        == number
    ]


def hidden_words(windows: Sequence[Activity]) -> str:
    """Why and until when nothing is shown, in a sentence."""
    return str(labels.HIDDEN[rules.hidden_reason([(window.state, window.results) for window in windows])])


def wordings_of(conversation: Conversation) -> dict[str, Wording]:
    """The accepted statements in the reader's language, by their key in the engine's result."""
    return {
        str(statement.number): Wording(statement.number, statement.said.text, statement.said.lang)
        for statement in statements.statements_of(conversation)
    }


def direction(conversation: Conversation, *, round: int) -> Direction:
    """What is known about one round. Ask first whether it may be shown."""
    stored = statements.latest_map(conversation, round)
    result = result_of(stored)
    if stored is None or result is None:
        return Direction(conversation, round, _heard(conversation, round=round), None, None, None)
    heard = _heard(conversation, round=round, result=result)
    method = Method(
        engine_version=stored.engine_version,
        seed=stored.seed,
        input_hash=stored.input_hash,
        made_at=stored.made_at,
        sentence=_computed(stored.made_at, votes=stored.votes, people=stored.people),
        odd=tuple(statements.guard_sentences(stored)),
    )
    return Direction(conversation, round, heard, result, _told(conversation, round=round, result=result), method)


def _told(conversation: Conversation, *, round: int, result: OpinionMap) -> Telling:
    names = statements.group_names(conversation, round)
    return tell(result, wordings=wordings_of(conversation), names=names)


def result_of(stored: StoredMap | None) -> OpinionMap | None:
    """The result in a stored map. One that an older engine wrote in another form is as if it were not there yet."""
    try:
        return opinion_json.from_document(stored.document) if stored else None
    except FormatError:
        return None


def own_place_of(direction: Direction, *, participant: Participant | None) -> tuple[str, PersonPlace | None]:
    """Where this participant stands, in a sentence, and the place itself where there is one. For their eyes only."""
    if participant is None or direction.result is None:
        return "", None
    key = statements.pseudonym(direction.conversation, participant.key.hex)
    place = next((person for person in direction.result.people if person.key == key), None)
    counts = direction.result.counts
    return (
        sentences.own_place(
            place.group if place else None,
            votes=place.votes if place else 0,
            needed=counts.votes_needed,
            has_groups=direction.result.structure.has_groups,
        )
        + _own_trust(direction.result, place=place),
        place,
    )


def _own_trust(result: OpinionMap, *, place: PersonPlace | None) -> str:
    """How sure the own place is; empty where there is none."""
    if place is None or place.votes < result.counts.votes_needed:
        return ""
    is_unsure = any(person.key == place.key for person in unsure_people(result))
    return " " + sentences.own_trust(place.votes, of=result.counts.statements, is_unsure=is_unsure)


def _heard(conversation: Conversation, *, round: int, result: OpinionMap | None = None) -> Heard:
    by_sector = statements.turnout_by_sector(conversation, round)
    answered = statements.answered_count(conversation, round)
    if all(by_sector.get(name, 0) == 0 for name in SECTORS):
        unknown = (sentences.no_sectors(),) if answered else ()
        return Heard(answered, sectors=(), has_hidden=False, not_heard=unknown, all_heard="")
    silent = _not_heard(by_sector, result=result)
    return Heard(
        answered=answered,
        sectors=tuple((labels.stratum_name("sector", name), by_sector.get(name, 0)) for name in (*SECTORS, "")),
        has_hidden=None in by_sector.values(),
        not_heard=silent,
        all_heard="" if silent or result is None else _("All three sectors have been heard."),
    )


def _not_heard(by_sector: Mapping[str, int | None], *, result: OpinionMap | None) -> tuple[str, ...]:
    """A sentence for each sector that nobody, or too few, answered from.

    A hidden number may be large: it can be hidden so that a small one cannot be worked out. Only the result knows.
    """
    too_few = {few.name: few.answered for few in result.too_few if few.kind == "sector"} if result else {}
    silent = {name: 0 for name in SECTORS if by_sector.get(name, 0) == 0}
    return tuple(
        sentences.not_heard(name, answered=({**too_few, **silent})[name])
        for name in SECTORS
        if name in too_few or name in silent
    )


def _computed(made_at: datetime, *, votes: int, people: int) -> str:
    local = localtime(made_at)
    return _("Computed on %(date)s at %(time)s from %(votes)s votes by %(people)s people.") % {
        "date": labels.date_text(local),
        "time": date_format(local, "H:i"),
        "votes": labels.number(votes),
        "people": labels.number(people),
    }
