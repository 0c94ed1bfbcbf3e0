"""Conversations in the CSV form of Polis exports: comments, votes, participants-votes, summary.

In these files 1 = agree, -1 = disagree, 0 = pass (Polis's own database and maths use agree = -1). If votes.csv is
missing the votes are taken from participants-votes.csv. A person who voted more than once on a statement is counted
with the latest vote. `participants-votes.csv` may carry a column `sector`, our own addition, which Polis ignores.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from samskap.formats.bundle import Files, files_in, zipped_files
from samskap.formats.errors import FormatError
from samskap.formats.tables import Table, read_pairs, read_table, written

__all__ = [
    "CastVote",
    "Conversation",
    "ConversationPerson",
    "ConversationStatement",
    "FormatError",
    "read_conversation",
    "read_zipped_conversation",
    "write_conversation",
    "zip_conversation",
]

COMMENTS, VOTES, PARTICIPANTS, SUMMARY = "comments.csv", "votes.csv", "participants-votes.csv", "summary.csv"
NAMES = (COMMENTS, VOTES, PARTICIPANTS, SUMMARY)
FIXED = ("participant", "xid", "group-id", "sector", "n-comments", "n-votes", "n-agree", "n-disagree")
VALUES = {"1": 1, "0": 0, "-1": -1, "1.0": 1, "0.0": 0, "-0.0": 0, "-1.0": -1}
VALUE_CURE = "Use 1 for agree, 0 for pass and -1 for disagree."


@dataclass(frozen=True, slots=True)
class ConversationStatement:
    """A statement: `moderated` is 1 accepted, 0 not moderated, -1 rejected; `timestamp` in ms since 1970."""

    key: str
    text: str
    author: str | None = None
    moderated: int = 0
    timestamp: int | None = None


@dataclass(frozen=True, slots=True)
class ConversationPerson:
    """A person, with the group that Polis published and the sector, where they are known."""

    key: str
    polis_group: str | None = None
    sector: str | None = None


class CastVote(NamedTuple):
    """The latest vote of a person on a statement; `timestamp` in ms since 1970 where it is known."""

    person: str
    statement: str
    value: int
    timestamp: int | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A whole conversation. Statements, people and votes are sorted by key; `revotes` votes were replaced later."""

    title: str
    description: str
    statements: tuple[ConversationStatement, ...]
    people: tuple[ConversationPerson, ...]
    votes: tuple[CastVote, ...]
    revotes: int = field(default=0, compare=False)

    @property
    def rows(self) -> list[tuple[str, str, int]]:
        """Votes as the opinion map takes them."""
        return [(vote.person, vote.statement, vote.value) for vote in self.votes]

    @property
    def rejected(self) -> frozenset[str]:
        """Statements that moderation rejected."""
        return frozenset(statement.key for statement in self.statements if statement.moderated == -1)

    @property
    def sectors(self) -> dict[str, str]:
        """The sector of each person where it is known."""
        return {person.key: person.sector for person in self.people if person.sector}

    @property
    def texts(self) -> dict[str, str]:
        """The text of each statement."""
        return {statement.key: statement.text for statement in self.statements}


def read_conversation(path: Path) -> Conversation:
    """A conversation from a folder or a zip. Raises FormatError that names file, row and value."""
    return _conversation(files_in(path, names=NAMES), source=path.name)


def read_zipped_conversation(data: bytes, *, name: str = "zip") -> Conversation:
    """The same from the bytes of a zip, for instance an upload."""
    return _conversation(zipped_files(data, names=NAMES, zip_name=name), source=name)


def _conversation(files: Files, *, source: str) -> Conversation:
    if COMMENTS not in files:
        raise _missing(COMMENTS, source=source)
    if VOTES not in files and PARTICIPANTS not in files:
        raise _missing(f"{VOTES} and no {PARTICIPANTS}", source=source)
    statements = _statements(read_table(files[COMMENTS], file=COMMENTS))
    people: dict[str, ConversationPerson] = {}
    votes: dict[tuple[str, str], CastVote] = {}
    revotes = 0
    if PARTICIPANTS in files:
        people, votes = _participants(read_table(files[PARTICIPANTS], file=PARTICIPANTS), statements=statements)
    if VOTES in files:
        votes, revotes = _votes(read_table(files[VOTES], file=VOTES))
    for vote in votes.values():
        if vote.statement not in statements:
            statements[vote.statement] = ConversationStatement(key=vote.statement, text="")
        if vote.person not in people:
            people[vote.person] = ConversationPerson(key=vote.person)
    summary = read_pairs(files[SUMMARY], file=SUMMARY) if SUMMARY in files else {}
    return Conversation(
        title=summary.get("topic", ""),
        description=summary.get("conversation-description", ""),
        statements=tuple(statements[key] for key in sorted(statements)),
        people=tuple(people[key] for key in sorted(people)),
        votes=tuple(votes[pair] for pair in sorted(votes)),
        revotes=revotes,
    )


def _missing(what: str, *, source: str) -> FormatError:
    return FormatError(
        f"{source} holds no {what}.",
        code="format_missing",
        cure=f"It must hold {COMMENTS} and one of {VOTES} and {PARTICIPANTS}, plain or gzipped.",
    )


def _statements(table: Table) -> dict[str, ConversationStatement]:
    key_at, text_at = table.needed("comment-id"), table.needed("comment-body")
    author_at, time_at, moderated_at = (table.column(name) for name in ("author-id", "timestamp", "moderated"))
    found: dict[str, ConversationStatement] = {}
    for line, row in table.rows:
        key = _key(table, line, column="comment-id", value=row[key_at])
        if key in found:
            raise _repeated(table, line, what=f"comment-id {key}")
        found[key] = ConversationStatement(
            key=key,
            text=row[text_at],
            author=(row[author_at] or None) if author_at is not None else None,
            moderated=_moderated(table, line, value=row[moderated_at]) if moderated_at is not None else 0,
            timestamp=_time(table, line, value=row[time_at]) if time_at is not None else None,
        )
    return found


def _participants(
    table: Table, *, statements: dict[str, ConversationStatement]
) -> tuple[dict[str, ConversationPerson], dict[tuple[str, str], CastVote]]:
    person_at, group_at, sector_at = table.needed("participant"), table.column("group-id"), table.column("sector")
    columns = [(place, name) for place, name in enumerate(table.header) if name not in FIXED]
    for _, name in columns:
        _check_statement_column(table, name=name, statements=statements)
    people: dict[str, ConversationPerson] = {}
    votes: dict[tuple[str, str], CastVote] = {}
    for line, row in table.rows:
        person = _key(table, line, column="participant", value=row[person_at])
        if person in people:
            raise _repeated(table, line, what=f"participant {person}")
        people[person] = ConversationPerson(
            key=person,
            polis_group=(row[group_at] or None) if group_at is not None else None,
            sector=(row[sector_at] or None) if sector_at is not None else None,
        )
        for place, statement in columns:
            cell = row[place]
            if cell:
                value = _value(table, line, column=statement, cell=cell)
                votes[person, statement] = CastVote(person, statement, value)
    return people, votes


def _check_statement_column(table: Table, *, name: str, statements: dict[str, ConversationStatement]) -> None:
    if name in statements or (name.isascii() and name.isdigit()):
        return
    raise FormatError(
        f"{table.file} has a column {name[:60]!r}, which is neither a statement nor one of {', '.join(FIXED)}.",
        code="format_columns",
        cure=f"Remove the column, or add the statement to {COMMENTS}.",
    )


def _votes(table: Table) -> tuple[dict[tuple[str, str], CastVote], int]:
    person_at, statement_at, value_at = (table.needed(name) for name in ("voter-id", "comment-id", "vote"))
    time_at = table.column("timestamp")
    latest: dict[tuple[str, str], CastVote] = {}
    seen: set[tuple[str, str, int | None]] = set()
    for line, row in table.rows:
        person = _key(table, line, column="voter-id", value=row[person_at])
        statement = _key(table, line, column="comment-id", value=row[statement_at])
        value = _value(table, line, column="vote", cell=row[value_at])
        time = _time(table, line, value=row[time_at]) if time_at is not None else None
        before = latest.get((person, statement))
        if (person, statement, time) in seen or (before and None in (time, before.timestamp)):
            raise _repeated(table, line, what=f"the vote of {person} on statement {statement}")
        seen.add((person, statement, time))
        if before is None or (time or 0) > (before.timestamp or 0):
            latest[person, statement] = CastVote(person, statement, value, time)
    return latest, len(table.rows) - len(latest)


def _key(table: Table, line: int, *, column: str, value: str) -> str:
    if not value:
        raise table.wrong(line, column=column, value=value, cure="Give every row an id.")
    return value


def _value(table: Table, line: int, *, column: str, cell: str) -> int:
    value = VALUES.get(cell)
    if value is None:
        raise table.wrong(line, column=column, value=cell, cure=VALUE_CURE)
    return value


def _moderated(table: Table, line: int, *, value: str) -> int:
    if value == "":
        return 0
    if value not in VALUES:
        cure = "Use 1 for accepted, 0 for not moderated and -1 for rejected."
        raise table.wrong(line, column="moderated", value=value, cure=cure)
    return VALUES[value]


def _time(table: Table, line: int, *, value: str) -> int | None:
    if value == "":
        return None
    if not (value.isascii() and value.isdigit() and len(value) <= 16):
        cure = "Use milliseconds since 1970, or leave it empty."
        raise table.wrong(line, column="timestamp", value=value, cure=cure)
    return int(value)


def _repeated(table: Table, line: int, *, what: str) -> FormatError:
    return FormatError(
        f"{table.file}, row {line}: {what} is there already.",
        code="format_repeated",
        cure="Remove one of the two rows.",
    )


def write_conversation(conversation: Conversation, target: Path) -> None:
    """Write a conversation to a folder (made if needed), or to a zip if `target` ends in .zip.

    Reading it again gives an equal conversation. Raises FormatError if a statement has the name of a fixed column.
    """
    files = conversation_files(conversation)
    if target.suffix.lower() == ".zip":
        _replace(target, data=_zipped(files))
        return
    target.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        _replace(target / name, data=data)


def zip_conversation(conversation: Conversation) -> bytes:
    """The same as the bytes of a zip; equal conversations give equal bytes."""
    return _zipped(conversation_files(conversation))


def conversation_files(conversation: Conversation) -> Files:
    """The four files by name."""
    for statement in conversation.statements:
        if statement.key in FIXED:
            raise FormatError(
                f"A statement has the id {statement.key!r}, the name of a column in {PARTICIPANTS}.",
                code="format_columns",
                cure="Give the statement another id.",
            )
    return {
        COMMENTS: written(_comment_rows(conversation)),
        VOTES: written(_vote_rows(conversation)),
        PARTICIPANTS: written(_participant_rows(conversation)),
        SUMMARY: written(_summary_rows(conversation)),
    }


def _replace(target: Path, *, data: bytes) -> None:
    # Written beside and moved over: a full disk must not leave half a file under the right name.
    beside = target.with_name(f".{target.name}.part")
    beside.write_bytes(data)
    beside.replace(target)


def _zipped(files: Files) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression=zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _comment_rows(conversation: Conversation) -> Iterable[list[object]]:
    agrees = Counter(vote.statement for vote in conversation.votes if vote.value == 1)
    disagrees = Counter(vote.statement for vote in conversation.votes if vote.value == -1)
    yield [
        "timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body",
    ]  # fmt: skip
    for item in conversation.statements:
        counted = agrees[item.key], disagrees[item.key]
        yield [*_times(item.timestamp), item.key, item.author or "", *counted, item.moderated, item.text]


def _vote_rows(conversation: Conversation) -> Iterable[list[object]]:
    yield ["timestamp", "datetime", "comment-id", "voter-id", "vote"]
    for vote in conversation.votes:
        yield [*_times(vote.timestamp), vote.statement, vote.person, vote.value]


def _participant_rows(conversation: Conversation) -> Iterable[list[object]]:
    given: dict[str, dict[str, int]] = {}
    for vote in conversation.votes:
        given.setdefault(vote.person, {})[vote.statement] = vote.value
    written_by = Counter(statement.author for statement in conversation.statements)
    keys = [statement.key for statement in conversation.statements]
    sector = ["sector"] if conversation.sectors else []
    yield ["participant", "group-id", *sector, "n-comments", "n-votes", "n-agree", "n-disagree", *keys]
    for person in conversation.people:
        values = given.get(person.key, {})
        cast = Counter(values.values())
        known = [person.sector or ""] if sector else []
        counts = [written_by[person.key], len(values), cast[1], cast[-1]]
        yield [person.key, person.polis_group or "", *known, *counts, *(values.get(key, "") for key in keys)]


def _summary_rows(conversation: Conversation) -> Iterable[list[object]]:
    voters = len({vote.person for vote in conversation.votes})
    yield ["topic", conversation.title]
    yield ["views", len(conversation.people)]
    yield ["voters", voters]
    yield ["voters-in-conv", voters]
    yield ["commenters", len({statement.author for statement in conversation.statements} - {None})]
    yield ["comments", len(conversation.statements)]
    yield ["groups", len({person.polis_group for person in conversation.people} - {None})]
    yield ["conversation-description", conversation.description]


def _times(timestamp: int | None) -> list[object]:
    if timestamp is None:
        return ["", ""]
    try:
        return [timestamp, datetime.fromtimestamp(timestamp / 1000, tz=UTC).isoformat(timespec="seconds")]
    except (OverflowError, OSError, ValueError):
        return [timestamp, ""]
