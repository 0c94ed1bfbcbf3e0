"""The votes as Polis sees them: in its order, without empty rows and columns, with moderation applied."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.votes import Votes, VotesError

MOST_PEOPLE = 100_000
MOST_STATEMENTS = 10_000


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """Sparse votes sorted by row, then column; `out` are the columns that moderation sets to 0 for everyone.

    `given` are the raw votes of each person. `seen` are the entries of each person's row after moderation: the votes
    on columns that stay and one for every column that is out, also where the person never saw it.
    """

    people: tuple[str, ...]
    statements: tuple[str, ...]
    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    values: NDArray[np.float64]
    out: NDArray[np.bool_]
    meta: NDArray[np.bool_]
    given: NDArray[np.int64]
    seen: NDArray[np.int64]
    people_dropped: int
    statements_dropped: int


def matrix_of(
    votes: Votes,
    *,
    order: Sequence[str] | None,
    statement_order: Sequence[str] | None,
    moderated_out: frozenset[str],
    meta: frozenset[str],
) -> Matrix:
    """The matrix with people and statements in the order given, the rest behind them by number or name."""
    people = _ordered(votes.people, first=order, voted=votes.rows)
    statements = _ordered(votes.statements, first=statement_order, voted=votes.columns)
    rows, columns, values = _renumbered(votes, people=people[:MOST_PEOPLE], statements=statements[:MOST_STATEMENTS])
    keys = tuple(votes.statements[place] for place in statements[:MOST_STATEMENTS])
    is_meta = np.array([key in meta for key in keys], dtype=bool)
    out = is_meta | np.array([key in moderated_out for key in keys], dtype=bool)
    size = min(len(people), MOST_PEOPLE)
    return Matrix(
        people=tuple(votes.people[place] for place in people[:MOST_PEOPLE]),
        statements=keys,
        rows=rows,
        columns=columns,
        values=values,
        out=out,
        meta=is_meta,
        given=np.bincount(rows, minlength=size),
        seen=np.bincount(rows[~out[columns]], minlength=size) + int(out.sum()),
        people_dropped=len(people) - size,
        statements_dropped=len(statements) - len(keys),
    )


def by_number(keys: Iterable[str]) -> list[str]:
    """Keys that are whole numbers by size, then the others by name: Polis numbers people and statements in turn."""
    return sorted(keys, key=lambda key: (0, int(key), key) if key.isdecimal() and key.isascii() else (1, 0, key))


def _ordered(keys: tuple[str, ...], *, first: Sequence[str] | None, voted: NDArray[np.integer[Any]]) -> list[int]:
    place = {key: number for number, key in enumerate(keys)}
    strangers = [key for key in first or () if key not in place]
    if strangers:
        raise VotesError(
            f"The order names {strangers[0]!r}, which the votes do not know.",
            code="polis_unknown",
            cure="Name only people and statements that are in the votes.",
        )
    wanted = list(dict.fromkeys([*(first or ()), *by_number(keys)]))
    has_votes = np.bincount(voted, minlength=len(keys)) > 0
    return [place[key] for key in wanted if has_votes[place[key]]]


def _renumbered(
    votes: Votes, *, people: list[int], statements: list[int]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    row_of = np.full(len(votes.people), -1, dtype=np.int64)
    row_of[people] = np.arange(len(people))
    column_of = np.full(len(votes.statements), -1, dtype=np.int64)
    column_of[statements] = np.arange(len(statements))
    rows, columns = row_of[votes.rows], column_of[votes.columns]
    kept = (rows >= 0) & (columns >= 0)
    order = np.flatnonzero(kept)[np.lexsort((columns[kept], rows[kept]))]
    return rows[order], columns[order], votes.values[order].astype(np.float64)
