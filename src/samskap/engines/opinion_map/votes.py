"""Votes as compressed rows, in an order that depends on nothing but the keys."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

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
    columns: NDArray[np.int64]
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

    @property
    def count(self) -> int:
        """Number of votes."""
        return len(self.values)

    def only(self, statements: frozenset[str]) -> Votes:
        """The same people with the votes on these statements only."""
        kept = np.array([key in statements for key in self.statements], dtype=bool)
        renumbered = np.cumsum(kept) - 1
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


def _sorted_votes(
    people: tuple[str, ...],
    statements: tuple[str, ...],
    *,
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    values: NDArray[np.int8],
) -> Votes:
    pair = rows * max(1, len(statements)) + columns
    order = np.argsort(pair, kind="stable")
    repeated = np.flatnonzero(np.diff(pair[order]) == 0)
    if repeated.size:
        first = order[repeated[0]]
        raise VotesError(
            f"Person {people[rows[first]]!r} has more than one vote on statement {statements[columns[first]]!r}.",
            code="votes_repeated",
            cure="Keep the latest vote of each person on each statement.",
        )
    return Votes(people=people, statements=statements, rows=rows[order], columns=columns[order], values=values[order])


def input_hash(
    votes: Votes,
    *,
    strata: dict[str, dict[str, str]],
    background: frozenset[str],
    left_out: frozenset[str],
) -> str:
    """SHA-256 of the whole input in its sorted form, the same for every order of rows, people and statements."""
    digest = hashlib.sha256()
    for name, keys in (("people", votes.people), ("statements", votes.statements)):
        digest.update(f"{name}:{len(keys)}\n".encode())
        for key in keys:
            _add_text(digest, key)
    for name, array in (("rows", votes.rows), ("columns", votes.columns)):
        digest.update(f"{name}\n".encode() + array.astype("<i8").tobytes())
    digest.update(b"values\n" + votes.values.astype("<i1").tobytes())
    for kind in sorted(strata):
        _add_text(digest, kind)
        for person, stratum in sorted(strata[kind].items()):
            _add_text(digest, person)
            _add_text(digest, stratum)
    for name, chosen in (("background", background), ("left out", left_out)):
        digest.update(f"{name}\n".encode())
        for key in sorted(chosen):
            _add_text(digest, key)
    return digest.hexdigest()


def _add_text(digest: Any, text: str) -> None:
    # The length goes first: without it ("a", "bc") and ("ab", "c") would be the same bytes.
    encoded = text.encode("utf-8", "surrogatepass")
    digest.update(f"{len(encoded)}:".encode() + encoded)
