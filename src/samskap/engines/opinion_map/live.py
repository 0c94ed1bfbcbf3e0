"""A map that is kept up: after one more vote the same answer as a map made anew, without making it anew.

What is kept is exact: who answered what (`ledger.py`), and sums over people for every two statements (`pairs.py`). A
vote by somebody in the map changes one row and column of those; somebody who reaches the votes needed enters with
all of theirs. The axes are then found from the last ones (`warm.py`), the prior of places from the same sums, and a
place from a person's own votes. Nothing of this grows with the number of people. Leaving a statement out or letting
it in costs what the people who answered it have given.

The matrices are small: set OPENBLAS_NUM_THREADS=1 before NumPy is imported, or the threads of its BLAS will wait for
each other longer than they work.

With more than `LARGEST_TABLE` statements there are no tables: axes are found from the last ones by passes over all
votes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.axes import Axes
from samskap.engines.opinion_map.crowd import Block, LocalBlocks, joined, some_columns
from samskap.engines.opinion_map.ledger import Ledger
from samskap.engines.opinion_map.pairs import LivePairs
from samskap.engines.opinion_map.places import Places, Prior, placed, prior_of
from samskap.engines.opinion_map.scatter import LARGEST_TABLE, PassScatter, Scatter, evidence_of
from samskap.engines.opinion_map.tracked import Tracked
from samskap.engines.opinion_map.votes import VALUES, Votes, VotesError

VOTES_NEEDED = 7


@dataclass(frozen=True, slots=True)
class LivePlace:
    """Where a person stands, how sure that is (var x, cov, var y), on how many votes, and whether these are enough to
    shape the map."""

    xy: tuple[float, float]
    covariance: tuple[float, float, float]
    votes: int
    in_map: bool


class LiveMap:
    """Axes, places and counts of votes that come one by one.

    Changes are `vote`, `add_person`, `add_statement`, `leave_out`, `let_in` and `remove`; everything else is a
    question. Signs of the axes are those of a map made anew without a map before it.
    """

    _mask: NDArray[np.bool_]
    _order: NDArray[np.int64]
    _pairs: LivePairs | None
    _tracked: Tracked
    _found: tuple[Axes, Scatter] | None
    _prior: Prior | None

    def __init__(
        self,
        votes: Votes,
        *,
        background: frozenset[str],
        left_out: frozenset[str],
        strata: Mapping[str, Mapping[str, str]],
    ) -> None:
        self._people = {key: number for number, key in enumerate(votes.people)}
        self._statements = {key: slot for slot, key in enumerate(votes.statements)}
        self._background, self._left_out = set(background), set(left_out)
        self._strata = {kind: dict(members) for kind, members in strata.items()}
        blocks = votes.crowd().blocks
        whole = joined(blocks.blocks) if isinstance(blocks, LocalBlocks) else joined([])
        self._ledger = Ledger.of(whole)
        self._counts = np.zeros((len(votes.statements), 3), dtype=np.int64)
        np.add.at(self._counts, (votes.columns, votes.values + 1), 1)
        self._by_stratum = {kind: self._stratum_counts(kind, votes) for kind in self._strata}
        self._rebuild()

    @classmethod
    def of(
        cls,
        votes: Votes,
        *,
        background: frozenset[str] = frozenset(),
        left_out: frozenset[str] = frozenset(),
        strata: Mapping[str, Mapping[str, str]] | None = None,
    ) -> LiveMap:
        """The map of these votes, to be kept up. `background`, `left_out` and `strata` as for `map_opinions`; people
        may be named in `strata` before they come."""
        return cls(votes, background=background, left_out=left_out, strata=strata or {})

    @property
    def people(self) -> tuple[str, ...]:
        """Sorted keys of all people, also those without a vote."""
        return tuple(sorted(self._people))

    @property
    def statements(self) -> tuple[str, ...]:
        """Sorted keys of the statements that shape the map, in the order of the loadings."""
        return tuple(sorted(self._statements.keys() - self._background - self._left_out))

    @property
    def votes_needed(self) -> int:
        """Votes on these statements that bring a person into the map."""
        return min(VOTES_NEEDED, int(self._mask.sum()))

    def vote(self, person: str, statement: str, value: int | None) -> None:
        """Take in a person's vote: a new one, another one, or None for withdrawn. Unknown keys are added.

        Raises VotesError for another value than 1, 0, -1 and None.
        """
        if value is not None and value not in VALUES:
            raise VotesError(
                f"The vote of person {person!r} on statement {statement!r} is {value!r}.",
                code="votes_value",
                cure="Use 1 for agree, 0 for pass and -1 for disagree.",
            )
        self.add_person(person)
        self.add_statement(statement)
        number, slot = self._people[person], self._statements[statement]
        old = self._ledger.value(number, slot)
        if old == value:
            return
        self._count(person, slot, old, value)
        before = self._row(number)
        if value is None:
            self._ledger.take(number, slot)
        else:
            self._ledger.put(number, slot, value)
        if self._mask[slot]:
            self._moved(before, self._row(number), slot=slot, old=old, new=value)

    def add_person(self, person: str) -> None:
        """Somebody who has not voted yet; nothing happens if they are here."""
        if person not in self._people:
            self._people[person] = self._ledger.add()

    def add_statement(self, statement: str) -> None:
        """A statement nobody has voted on yet; nothing happens if it is here."""
        if statement in self._statements:
            return
        slot = len(self._statements)
        self._statements[statement] = slot
        self._counts = np.concatenate([self._counts, np.zeros((1, 3), dtype=np.int64)])
        for kind, told in self._by_stratum.items():
            self._by_stratum[kind] = {
                name: np.concatenate([found, np.zeros((1, 3), dtype=np.int64)]) for name, found in told.items()
            }
        needed = self.votes_needed
        self._mask = np.append(self._mask, statement not in self._background | self._left_out)
        if self._pairs is None or self.votes_needed != needed or slot >= LARGEST_TABLE:
            self._rebuild()
        else:
            self._pairs.grow()
            self._arranged()

    def leave_out(self, statement: str) -> None:
        """Moderation: the votes on this statement shape nothing and count for nobody. Raises VotesError for an unknown
        one."""
        self._slot(statement)
        self._left_out.add(statement)
        self._moderated(statement)

    def let_in(self, statement: str) -> None:
        """The opposite of `leave_out`: the votes that were given are there again."""
        self._slot(statement)
        self._left_out.discard(statement)
        self._moderated(statement)

    def remove(self, person: str) -> None:
        """Somebody goes, with all their votes. Raises VotesError for an unknown one."""
        number = self._number(person)
        columns, values = self._ledger.row(number)
        for slot, value in zip(columns.tolist(), values.tolist(), strict=True):
            self._count(person, slot, value, None)
        shaping, said = self._row(number)
        if self._pairs and self._is_in(shaping):
            self._pairs.leave(shaping, said)
        self._ledger.given[number] = 0
        del self._people[person]
        self._forget()

    def axes(self) -> Axes:
        """The two axes; loadings in the order of `statements`."""
        axes, _ = self._known()
        return Axes(axes.eigenvalues, axes.loadings[self._order], axes.total)

    def prior(self) -> Prior:
        """Noise of a vote and spread of places."""
        if self._prior is None:
            axes, scatter = self._known()
            own = axes if scatter.centre.size == len(axes.loadings) else self.axes()
            self._prior = prior_of(scatter, own)
        return self._prior

    def place(self, person: str) -> LivePlace:
        """Where one person stands. Raises VotesError for an unknown one."""
        number = self._number(person)
        block = self._ledger.block(np.array([number]), kept=self._mask)
        found = self._placed(block)
        (x, y), (xx, xy, yy) = found.xy[0].tolist(), found.covariance[0].tolist()
        return LivePlace((x, y), (xx, xy, yy), votes=len(block.columns), in_map=self._is_in(block.columns))

    def places(self) -> tuple[tuple[str, ...], Places]:
        """Sorted keys of all people, and where they stand; this takes longer the more there are."""
        keys = self.people
        numbers = np.array([self._people[key] for key in keys], dtype=np.int64)
        return keys, self._placed(self._ledger.block(numbers, kept=self._mask))

    def counts(self, statement: str) -> tuple[int, int, int]:
        """Disagree, pass and agree on a statement, also one left out. Raises VotesError for an unknown one."""
        disagree, passed, agree = self._counts[self._slot(statement)].tolist()
        return disagree, passed, agree

    def counts_by(self, statement: str, *, kind: str) -> dict[str, tuple[int, int, int]]:
        """The same in each stratum of a kind."""
        slot = self._slot(statement)
        found = {name: told[slot].tolist() for name, told in self._by_stratum[kind].items()}
        return {name: (disagree, passed, agree) for name, (disagree, passed, agree) in found.items()}

    def _slot(self, statement: str) -> int:
        if statement not in self._statements:
            raise VotesError(
                f"There is no statement {statement!r}.", code="votes_unknown_statement", cure="Add the statement first."
            )
        return self._statements[statement]

    def _number(self, person: str) -> int:
        if person not in self._people:
            raise VotesError(
                f"There is no person {person!r}.", code="votes_unknown_person", cure="Add the person first."
            )
        return self._people[person]

    def _row(self, person: int) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """A person's votes on the statements that shape the map."""
        columns, values = self._ledger.row(person)
        kept = self._mask[columns]
        return columns[kept], values[kept].astype(np.float64)

    def _is_in(self, columns: NDArray[np.int32]) -> bool:
        return len(columns) >= max(1, self.votes_needed)

    def _moved(
        self,
        before: tuple[NDArray[np.int32], NDArray[np.float64]],
        after: tuple[NDArray[np.int32], NDArray[np.float64]],
        *,
        slot: int,
        old: int | None,
        new: int | None,
    ) -> None:
        was_in, is_in = self._is_in(before[0]), self._is_in(after[0])
        if not (was_in or is_in):
            return
        self._forget()
        if self._pairs is None:
            return
        if was_in and is_in:
            columns, values = after
            beside = columns != slot
            self._pairs.change(slot, beside=columns[beside], values=values[beside], was=old, now=new)
        elif is_in:
            self._pairs.enter(*after)
        else:
            self._pairs.leave(*before)

    def _moderated(self, statement: str) -> None:
        slot, mask = self._statements[statement], self._mask.copy()
        mask[slot] = statement not in self._background | self._left_out
        if mask[slot] == self._mask[slot]:
            return
        answered, needed = self._ledger.answered(slot), self.votes_needed
        before = self._ledger.block(answered, kept=self._mask)
        self._mask = mask
        if self._pairs is None or self.votes_needed != needed:
            self._rebuild()
            return
        self._pairs.replace(before, self._ledger.block(answered, kept=mask), needed=needed)
        self._arranged()

    def _rebuild(self) -> None:
        """Tables and axes from nothing, when the votes needed have changed and at the start."""
        outside = self._background | self._left_out
        slots = len(self._statements)
        self._mask = np.array([key not in outside for key in self._statements], dtype=bool)
        self._tracked = Tracked()
        self._pairs = None
        if slots <= LARGEST_TABLE:
            self._pairs = LivePairs.of(self._everybody(), statements=slots, needed=self.votes_needed)
        self._arranged()

    def _arranged(self) -> None:
        """The slots of the statements that shape the map have changed."""
        self._order = np.array([self._statements[key] for key in self.statements], dtype=np.int64)
        self._forget()

    def _everybody(self) -> Block:
        return self._ledger.block(np.arange(self._ledger.people), kept=self._mask)

    def _forget(self) -> None:
        self._found = None
        self._prior = None

    def _known(self) -> tuple[Axes, Scatter]:
        """Axes with a loading for each slot, and what they were found from."""
        if self._found is None:
            self._found = self._by_passes() if self._pairs is None else self._by_tables(self._pairs)
        return self._found

    def _by_tables(self, pairs: LivePairs) -> tuple[Axes, Scatter]:
        rows, difference = pairs.renewed()
        axes = self._tracked.axes_of(pairs.scatter, order=self._order, rows=rows, difference=difference)
        return self._by_slot(axes), pairs.scatter

    def _by_passes(self) -> tuple[Axes, Scatter]:
        place = np.full(len(self._mask), -1, dtype=np.int32)
        place[self._order] = np.arange(len(self._order), dtype=np.int32)
        blocks = LocalBlocks.of(some_columns(self._everybody(), place))
        scatter = PassScatter.of(blocks, statements=len(self._order), needed=self.votes_needed)
        axes = self._tracked.axes_by_passes(scatter, order=self._order, statements=len(self._mask))
        return self._by_slot(axes), scatter

    def _by_slot(self, axes: Axes) -> Axes:
        loadings = np.zeros((len(self._mask), axes.loadings.shape[1]))
        loadings[self._order] = axes.loadings
        return Axes(axes.eigenvalues, loadings, axes.total)

    def _placed(self, block: Block) -> Places:
        axes, scatter = self._known()
        centre = scatter.centre
        if len(centre) != len(axes.loadings):
            centre = np.zeros(len(axes.loadings))
            centre[self._order] = scatter.centre
        return placed(evidence_of(block, centre, axes.loadings), prior=self.prior())

    def _count(self, person: str, slot: int, old: int | None, new: int | None) -> None:
        rows = [self._counts[slot]]
        for kind, members in self._strata.items():
            if person in members:
                rows.append(self._by_stratum[kind][members[person]][slot])
        for row in rows:
            if old is not None:
                row[old + 1] -= 1
            if new is not None:
                row[new + 1] += 1

    def _stratum_counts(self, kind: str, votes: Votes) -> dict[str, NDArray[np.int64]]:
        members = self._strata[kind]
        names = sorted(set(members.values()))
        number = {name: at for at, name in enumerate(names)}
        member = np.array([number[members[key]] if key in members else -1 for key in votes.people], dtype=np.int64)
        counts = votes.crowd().counts(member, strata=len(names))
        return {name: counts[at].copy() for name, at in number.items()}
