"""Votes as compressed rows, in an order that depends on nothing but the keys."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.crowd import PEOPLE_A_CHUNK, Block, Crowd, LocalBlocks, part
from samskap.kernel.errors import SamskapError

VALUES = (-1, 0, 1)


class VotesError(SamskapError):
    """The votes handed to the engine contradict themselves."""

    code = "votes"


@dataclass(frozen=True, slots=True, eq=False)
class Votes:
    """Who answered what: one value a person and statement, kept sparse.

    `people` and `statements` are sorted keys. Vote number v is by person `rows[v]` on statement `columns[v]` with
    `values[v]` -1 (disagree), 0 (pass) or 1 (agree); votes are sorted by person, then statement.
    """

    people: tuple[str, ...]
    statements: tuple[str, ...]
    rows: NDArray[np.int64]
    columns: NDArray[np.int32]
    values: NDArray[np.int8]

    @classmethod
    def from_rows(
        cls,
        rows: Iterable[tuple[str, str, int]],
        *,
        people: Iterable[str] | None = None,
        statements: Iterable[str] | None = None,
    ) -> Votes:
        """Votes from (person, statement, value) rows in any order.

        `people` and `statements` list all keys, also those without a vote; left out, they are taken from the rows.
        Raises VotesError for a repeated pair, a value outside -1, 0, 1, and a key that is not in the lists.
        """
        listed = list(rows)
        person_keys = [row[0] for row in listed]
        statement_keys = [row[1] for row in listed]
        values = [row[2] for row in listed]
        _check_values(listed, values=values)
        all_people = _keys(person_keys, known=people, what="person")
        all_statements = _keys(statement_keys, known=statements, what="statement")
        return _sorted_votes(
            all_people,
            all_statements,
            rows=_positions(person_keys, keys=all_people),
            columns=_positions(statement_keys, keys=all_statements),
            values=np.array(values, dtype=np.int8),
        )

    @classmethod
    def from_arrays(
        cls,
        people: Sequence[str],
        statements: Sequence[str],
        *,
        rows: NDArray[np.integer[Any]],
        columns: NDArray[np.integer[Any]],
        values: NDArray[np.integer[Any]],
    ) -> Votes:
        """Votes from arrays in any order: vote v is by `people[rows[v]]` on `statements[columns[v]]`.

        Raises VotesError for a repeated pair, a value outside -1, 0, 1, a repeated key and a number without a key.
        """
        _check_arrays(people, statements, rows=rows, columns=columns, values=values)
        person_order, statement_order = _ranks(people), _ranks(statements)
        return _sorted_votes(
            tuple(sorted(people)),
            tuple(sorted(statements)),
            rows=person_order[rows],
            columns=statement_order[columns],
            values=np.asarray(values, dtype=np.int8),
        )

    @property
    def count(self) -> int:
        """Number of votes."""
        return len(self.values)

    def crowd(self) -> Crowd:
        """The same votes in blocks of people."""
        starts = np.zeros(len(self.people) + 1, dtype=np.int64)
        np.cumsum(np.bincount(self.rows, minlength=len(self.people)), out=starts[1:])
        whole = Block(starts=starts, columns=self.columns, values=self.values)
        return Crowd(people=self.people, statements=self.statements, blocks=LocalBlocks.of(whole))

    def only(self, statements: frozenset[str]) -> Votes:
        """The same people with the votes on these statements only."""
        kept = np.array([key in statements for key in self.statements], dtype=bool)
        renumbered = (np.cumsum(kept) - 1).astype(np.int32)
        chosen = kept[self.columns]
        return Votes(
            people=self.people,
            statements=tuple(key for key in self.statements if key in statements),
            rows=self.rows[chosen],
            columns=renumbered[self.columns[chosen]],
            values=self.values[chosen],
        )


def _check_values(rows: list[tuple[str, str, int]], *, values: list[Any]) -> None:
    for number, value in enumerate(values):
        if value not in VALUES:
            person, statement, _ = rows[number]
            raise VotesError(
                f"The vote of person {person!r} on statement {statement!r} is {value!r}.",
                code="votes_value",
                cure="Use 1 for agree, 0 for pass and -1 for disagree.",
            )


def _keys(found: list[str], *, known: Iterable[str] | None, what: str) -> tuple[str, ...]:
    if known is None:
        return tuple(sorted(set(found)))
    keys = frozenset(known)
    strangers = sorted(set(found) - keys)
    if strangers:
        raise VotesError(
            f"There is a vote for the {what} {strangers[0]!r}, who is not in the list."
            if what == "person"
            else f"There is a vote for the {what} {strangers[0]!r}, which is not in the list.",
            code=f"votes_unknown_{what}",
            cure=f"Add the {what} to the list, or leave the vote out.",
        )
    return tuple(sorted(keys))


def _positions(found: list[str], *, keys: tuple[str, ...]) -> NDArray[np.int64]:
    place = {key: number for number, key in enumerate(keys)}
    return np.fromiter((place[key] for key in found), dtype=np.int64, count=len(found))


def _check_arrays(
    people: Sequence[str],
    statements: Sequence[str],
    *,
    rows: NDArray[np.integer[Any]],
    columns: NDArray[np.integer[Any]],
    values: NDArray[np.integer[Any]],
) -> None:
    for what, keys, numbers in (("person", people, rows), ("statement", statements, columns)):
        if len(set(keys)) != len(keys):
            raise VotesError(
                f"A {what} is in the list twice.", code=f"votes_repeated_{what}", cure="Give each key once."
            )
        if numbers.size and not (int(numbers.min()) >= 0 and int(numbers.max()) < len(keys)):
            raise VotesError(
                f"There is a vote for {what} number {int(numbers.max())}, but the list has {len(keys)}.",
                code=f"votes_unknown_{what}",
                cure=f"Number each {what} by its place in the list, from 0.",
            )
    wrong = np.flatnonzero((values < VALUES[0]) | (values > VALUES[-1]))
    if wrong.size:
        raise VotesError(
            f"Vote number {int(wrong[0])} is {int(values[wrong[0]])}.",
            code="votes_value",
            cure="Use 1 for agree, 0 for pass and -1 for disagree.",
        )


def _ranks(keys: Sequence[str]) -> NDArray[np.int64]:
    ranks = np.empty(len(keys), dtype=np.int64)
    ranks[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
    return ranks


def _sorted_votes(
    people: tuple[str, ...],
    statements: tuple[str, ...],
    *,
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    values: NDArray[np.int8],
) -> Votes:
    # Person, statement and value in one whole number, sorted at once: faster by far than sorting positions.
    code = rows * max(1, len(statements))
    code += columns
    code <<= 2
    code += values + np.int8(1)
    code.sort()
    sorted_values = ((code & 3) - 1).astype(np.int8)
    # In place from here on: two million votes are sixteen megabytes each time.
    pair = np.right_shift(code, 2, out=code)
    repeated = np.flatnonzero(pair[1:] == pair[:-1])
    if repeated.size:
        row, column = divmod(int(pair[repeated[0]]), len(statements))
        raise VotesError(
            f"Person {people[row]!r} has more than one vote on statement {statements[column]!r}.",
            code="votes_repeated",
            cure="Keep the latest vote of each person on each statement.",
        )
    by_person = pair // max(1, len(statements))
    by_statement = np.remainder(pair, max(1, len(statements)), out=pair).astype(np.int32)
    return Votes(people, statements, by_person, by_statement, sorted_values)


def input_hash(
    votes: Votes | Crowd,
    *,
    strata: dict[str, dict[str, str]],
    background: frozenset[str],
    left_out: frozenset[str],
) -> str:
    """SHA-256 of the whole input in its sorted form, the same for every order of rows, people and statements.

    Votes enter as the digests of 1,024 people each, so that they can be made wherever the votes are.
    """
    crowd = votes.crowd() if isinstance(votes, Votes) else votes
    digest = hashlib.sha256()
    for name, keys in (("people", crowd.people), ("statements", crowd.statements)):
        digest.update(f"{name}:{len(keys)}\n".encode() + _texts(keys))
    for digests in crowd.blocks.each(chunk_digests):
        digest.update(digests)
    for kind in sorted(strata):
        members = sorted(strata[kind].items())
        digest.update(_texts([kind, *(text for pair in members for text in pair)]))
    for name, chosen in (("background", background), ("left out", left_out)):
        digest.update(f"{name}\n".encode() + _texts(sorted(chosen)))
    return digest.hexdigest()


def chunk_digests(block: Block) -> bytes:
    """SHA-256 of each 1,024 people of a block: votes a person (u4), statements (i4), values (i1), little-endian."""
    found = []
    for first in range(0, block.people, PEOPLE_A_CHUNK):
        chunk = part(block, first, min(first + PEOPLE_A_CHUNK, block.people))
        digest = hashlib.sha256(chunk.given.astype("<u4").tobytes())
        digest.update(chunk.columns.astype("<i4").tobytes() + chunk.values.astype("<i1").tobytes())
        found.append(digest.digest())
    return b"".join(found)


def _texts(texts: Iterable[str]) -> bytes:
    # As a JSON list, which no two lists share: joined plainly, ("a", "bc") and ("ab", "c") would be the same bytes.
    return json.dumps(list(texts)).encode()
