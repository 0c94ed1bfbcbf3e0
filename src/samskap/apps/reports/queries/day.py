"""The report of a day: the programme, who took part, and the common direction of each conversation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.timezone import localtime

from samskap.apps.actors.labels import SECTORS
from samskap.apps.budgeting import queries as budgeting
from samskap.apps.gatherings import queries as gatherings
from samskap.apps.gatherings.labels import KINDS
from samskap.apps.outlook import queries as outlook
from samskap.apps.processes.labels import COUNTS, PROMISES
from samskap.apps.reports import labels
from samskap.apps.reports.labels import sentences
from samskap.apps.reports.queries.direction import Direction, direction, hidden_words, visible_rounds
from samskap.apps.statements import queries as statements
from samskap.kernel.turnout import Turnout

if TYPE_CHECKING:
    from samskap.apps.gatherings.models import Gathering, Slot
    from samskap.apps.processes.models import Activity, Participant
    from samskap.apps.statements.models import Conversation

__all__ = ["Count", "Day", "DayPart", "Point", "SectorRow", "Speaking", "Text", "day", "day_parts", "shown_parts"]


@dataclass(frozen=True)
class Text:
    """A heading and words that people wrote, in one language."""

    title: str
    text: str
    lang: str


@dataclass(frozen=True)
class Speaking:
    """Who spoke, and for whom."""

    name: str
    organisation: str
    sector: str
    lang: str


@dataclass(frozen=True)
class Point:
    """One point of the programme."""

    time: str
    minutes: int
    kind: str
    kind_label: str
    title: str
    text: str
    lang: str
    speakers: tuple[Speaking, ...]


@dataclass(frozen=True)
class Count:
    """One of the five counts with its definition; `number` is None where it is not known."""

    key: str
    label: str
    definition: str
    number: int | None


@dataclass(frozen=True)
class SectorRow:
    """Taking part in one sector; None where fewer than five, or hidden to protect another number."""

    label: str
    invited: int | None
    registered: int | None
    present: int | None
    answered: int | None

    @property
    def numbers(self) -> tuple[int | None, ...]:
        """The four counts in their order."""
        return self.invited, self.registered, self.present, self.answered


@dataclass(frozen=True)
class DayPart:
    """One round of a conversation that the day had. `direction` is None where its results are hidden: see `hidden`."""

    conversation: Conversation
    round: int
    windows: tuple[Activity, ...]
    direction: Direction | None
    hidden: str


@dataclass(frozen=True)
class Day:
    """Everything that the report tells beside the directions themselves."""

    gathering: Gathering
    when: str
    promise: str
    points: tuple[Point, ...]
    questions: tuple[Text, ...]
    challenges: tuple[Text, ...]
    counts: tuple[Count, ...]
    sectors: tuple[SectorRow, ...]
    has_hidden: bool
    turnout_sentence: str
    parts: tuple[DayPart, ...]
    outlooks: tuple[outlook.Reported, ...] = ()
    votes: tuple[budgeting.Result, ...] = ()


def day(gathering: Gathering, *, parts: tuple[DayPart, ...]) -> Day:
    """The report. Say with `parts` which results go in: `shown_parts` of `day_parts`."""
    turnout = gatherings.turnout(gathering)
    sectors = _sector_rows(gathering)
    counts = tuple(
        Count(key, str(label), str(definition), getattr(turnout, key)) for key, (label, definition) in COUNTS.items()
    )
    return Day(
        gathering=gathering,
        when=_when(gathering),
        promise=str(PROMISES[gathering.process.promise]),
        points=tuple(_point(slot) for slot in gatherings.programme(gathering)),
        questions=tuple(Text("", q.said.text, q.said.lang) for q in gathering.questions.all()),
        challenges=tuple(
            Text(c.said.title, _paragraphs(c.said.text), c.said.lang)
            for c in gathering.process.challenges.filter(published_at__isnull=False)
        ),
        counts=counts,
        sectors=sectors,
        has_hidden=any(None in row.numbers for row in sectors),
        turnout_sentence=(
            sentences.turnout_share(turnout.answered, eligible=turnout.eligible)
            if turnout.eligible and turnout.answered is not None
            else ""
        ),
        parts=parts,
        outlooks=outlook.reported(gathering.process.municipality),
        votes=tuple(budgeting.shown_results(gathering.process)),
    )


def day_parts(gathering: Gathering, *, participant: Participant | None) -> tuple[DayPart, ...]:
    """The rounds of conversations in the programme, in its order, each with whether this viewer sees its results."""
    windows_of = {c: statements.windows_of(c) for c in _conversations(gathering)}
    by_activity = {w.pk: (c, w.round) for c, windows in windows_of.items() for w in windows}
    in_programme = [by_activity[s.activity_id] for s in gatherings.programme(gathering) if s.activity_id in by_activity]
    return tuple(
        _part(conversation, round=number, windows=windows_of[conversation], participant=participant)
        for conversation, number in dict.fromkeys(in_programme)
    )


def shown_parts(parts: tuple[DayPart, ...]) -> tuple[DayPart, ...]:
    """The same parts, with what is hidden from others too: for those who run the day."""
    return tuple(
        DayPart(p.conversation, p.round, p.windows, direction(p.conversation, round=p.round), p.hidden) for p in parts
    )


def _conversations(gathering: Gathering) -> list[Conversation]:
    return list(statements.conversations_of(gathering.process).select_related("process__municipality"))


def _part(
    conversation: Conversation, *, round: int, windows: list[Activity], participant: Participant | None
) -> DayPart:
    of_round = tuple(window for window in windows if window.round == round)
    if round in visible_rounds(conversation, participant=participant, windows=of_round):
        return DayPart(conversation, round, of_round, direction(conversation, round=round), "")
    return DayPart(conversation, round, of_round, None, hidden_words(of_round))


def _point(slot: Slot) -> Point:
    return Point(
        time=date_format(localtime(slot.starts_at), "H:i"),
        minutes=slot.minutes,
        kind=slot.kind,
        kind_label=str(KINDS[slot.kind]),
        title=slot.said.title,
        text=_paragraphs(slot.said.text),
        lang=slot.said.lang,
        speakers=tuple(
            Speaking(
                name=speaker.said.name,
                organisation=speaker.organisation.name if speaker.organisation else "",
                sector=labels.stratum_name("sector", speaker.organisation.sector) if speaker.organisation else "",
                lang=speaker.said.lang,
            )
            for speaker in slot.speakers.all()
        ),
    )


def _sector_rows(gathering: Gathering) -> tuple[SectorRow, ...]:
    by_sector = gatherings.turnout_by_sector(gathering)
    if all(by_sector[name] == Turnout(None, 0, 0, 0, 0) for name in SECTORS):
        return ()
    return tuple(
        SectorRow(labels.stratum_name("sector", name), t.invited, t.registered, t.present, t.answered)
        for name in (*SECTORS, "")
        for t in [by_sector[name]]
    )


def _when(gathering: Gathering) -> str:
    starts, ends = localtime(gathering.starts_at), localtime(gathering.ends_at)
    day = labels.date_text(starts)
    if starts.date() != ends.date():
        return f"{day} – {labels.date_text(ends)}"
    return f"{day}, {date_format(starts, 'H:i')}–{date_format(ends, 'H:i')}"


def _paragraphs(text: str) -> str:
    """What people wrote, with one empty line between paragraphs and no other line breaks."""
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip())
