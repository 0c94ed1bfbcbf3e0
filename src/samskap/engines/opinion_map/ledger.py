"""Who answered what, kept so that one more vote costs the same however many there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.crowd import Block

LEAST_ROOM = 8
SPARE = 1.25

Scalar = TypeVar("Scalar", bound=np.generic)


@dataclass(slots=True, eq=False)
class Ledger:
    """Each person's votes lie together, columns rising, in one long store; a person who runs out of room moves to its
    end and gets twice as much."""

    starts: NDArray[np.int64]
    given: NDArray[np.int64]
    room: NDArray[np.int64]
    columns: NDArray[np.int32]
    values: NDArray[np.int8]
    people: int
    used: int

    @classmethod
    def of(cls, block: Block) -> Ledger:
        """The votes of a block, with room for some more people."""
        people = block.people
        return cls(
            starts=resized(block.starts[:-1], people),
            given=resized(block.given, people),
            room=resized(block.given, people),
            columns=resized(block.columns, len(block.columns)),
            values=resized(block.values, len(block.values)),
            people=people,
            used=len(block.columns),
        )

    def add(self) -> int:
        """A new person without votes; gives their number."""
        if self.people == len(self.starts):
            self.starts, self.given, self.room = (
                resized(array, self.people) for array in (self.starts, self.given, self.room)
            )
        self.people += 1
        return self.people - 1

    def row(self, person: int) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
        """Columns and values of a person's votes: views that end with the next change."""
        first = int(self.starts[person])
        last = first + int(self.given[person])
        return self.columns[first:last], self.values[first:last]

    def value(self, person: int, column: int) -> int | None:
        """A person's vote on one statement."""
        columns, values = self.row(person)
        at = int(np.searchsorted(columns, column))
        return int(values[at]) if at < len(columns) and columns[at] == column else None

    def put(self, person: int, column: int, value: int) -> None:
        """Take in a person's vote in place of what they voted before, if anything."""
        columns, values = self.row(person)
        at = int(np.searchsorted(columns, column))
        if at < len(columns) and columns[at] == column:
            values[at] = value
            return
        self._make_room(person)
        self.given[person] += 1
        columns, values = self.row(person)
        columns[at + 1 :] = columns[at:-1].copy()
        values[at + 1 :] = values[at:-1].copy()
        columns[at], values[at] = column, value

    def take(self, person: int, column: int) -> None:
        """Take away a person's vote, if there is one."""
        columns, values = self.row(person)
        at = int(np.searchsorted(columns, column))
        if at == len(columns) or columns[at] != column:
            return
        columns[at:-1] = columns[at + 1 :].copy()
        values[at:-1] = values[at + 1 :].copy()
        self.given[person] -= 1

    def block(self, chosen: NDArray[np.int64], *, kept: NDArray[np.bool_]) -> Block:
        """The votes of these people on the statements that are kept."""
        given = self.given[chosen]
        ends = np.cumsum(given)
        at = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(self.starts[chosen] - (ends - given), given)
        columns, values = self.columns[at], self.values[at]
        wanted = kept[columns]
        before = np.concatenate([[0], np.cumsum(wanted)])
        starts = before[np.concatenate([[0], ends])].astype(np.int64)
        return Block(starts=starts, columns=columns[wanted], values=values[wanted])

    def answered(self, column: int) -> NDArray[np.int64]:
        """The people who voted on this statement."""
        everybody = np.arange(self.people)
        whole = self.block(everybody, kept=np.ones(int(self.columns[: self.used].max(initial=0)) + 1, dtype=bool))
        owners: NDArray[np.int64] = np.repeat(everybody, whole.given)
        found: NDArray[np.int64] = owners[whole.columns == column]
        return found

    def _make_room(self, person: int) -> None:
        if self.given[person] < self.room[person]:
            return
        columns, values = self.row(person)
        room = max(LEAST_ROOM, 2 * len(columns))
        if self.used + room > len(self.columns):
            self.columns = resized(self.columns, self.used + room)
            self.values = resized(self.values, self.used + room)
        self.columns[self.used : self.used + len(columns)] = columns
        self.values[self.used : self.used + len(values)] = values
        self.starts[person], self.room[person] = self.used, room
        self.used += room


def resized(array: NDArray[Scalar], wanted: int) -> NDArray[Scalar]:
    """The same numbers at the start of a longer array with a quarter more than wanted."""
    longer = np.zeros(int(wanted * SPARE) + LEAST_ROOM, dtype=array.dtype)
    longer[: len(array)] = array
    return longer
