"""Counts by group and by sector, and what may be told of them.

Nothing is told about fewer than five people. That takes more than leaving small numbers out: where a statement's
total and all sectors but one are shown, the missing one is the difference. So a sector with one to four answers
takes the smallest other sector with it, until those left unsaid are at least five together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.bounds import lower_bounds, upper_bounds
from samskap.engines.opinion_map.pooling import pooled
from samskap.engines.opinion_map.result import StratumCount, StratumName, StratumTooFew

FEWEST = 5
GROUP = "group"


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """One kind of stratum: names, people who voted in each, answers (strata, statements, 3), and what is shown.

    The last axis of `answers` is disagree, pass, agree. `shown` (strata, statements) says which may be told.
    """

    kind: str
    names: tuple[str, ...]
    sizes: NDArray[np.int64]
    answers: NDArray[np.int64]
    shown: NDArray[np.bool_]

    @property
    def answered(self) -> NDArray[np.int64]:
        """Answers (strata, statements), pass included."""
        return np.asarray(self.answers.sum(axis=2), dtype=np.int64)


def table(
    kind: str,
    names: tuple[str, ...],
    *,
    sizes: NDArray[np.int64],
    answers: NDArray[np.int64],
    everyone: NDArray[np.int64],
) -> Tables:
    """One kind of stratum: `sizes` people in each, their `answers` (strata, statements, 3), and `everyone`'s number of
    answers (statements)."""
    shown = (answers.sum(axis=2) >= FEWEST) & (sizes >= FEWEST)[:, None]
    if kind != GROUP:
        shown = _cover(answers.sum(axis=2), everyone=everyone, shown=shown)
    return Tables(kind=kind, names=names, sizes=sizes, answers=answers, shown=shown)


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """All answers that findings are drawn from.

    `opinion` (statements) marks what may be found to be anything; `everyone` (statements, 3) are all answers, in
    columns disagree, pass, agree; `tables` are the kinds of strata, groups first.
    """

    keys: tuple[str, ...]
    opinion: NDArray[np.bool_]
    everyone: NDArray[np.int64]
    tables: tuple[Tables, ...]

    @property
    def background(self) -> NDArray[np.bool_]:
        """The statements that are only counted."""
        return np.asarray(~self.opinion, dtype=bool)

    @property
    def answered(self) -> NDArray[np.int64]:
        """Answers (statements), pass included."""
        return np.asarray(self.everyone.sum(axis=1), dtype=np.int64)

    @property
    def strata(self) -> tuple[tuple[str, str], ...]:
        """Kind and name of every stratum, in the order of the stacked arrays below."""
        return tuple((table.kind, name) for table in self.tables for name in table.names)

    @property
    def groups(self) -> int:
        """How many groups there are; their strata come first."""
        return len(self.tables[0].names) if self.tables and self.tables[0].kind == GROUP else 0

    @property
    def sizes(self) -> NDArray[np.int64]:
        """People who voted, by stratum."""
        return np.concatenate([np.zeros(0, dtype=np.int64), *(table.sizes for table in self.tables)])

    @property
    def answers(self) -> NDArray[np.int64]:
        """Answers (strata, statements, 3)."""
        nobody = np.zeros((0, len(self.keys), 3), dtype=np.int64)
        return np.concatenate([nobody, *(table.answers for table in self.tables)])

    @property
    def shown(self) -> NDArray[np.bool_]:
        """What may be told (strata, statements)."""
        nothing = np.zeros((0, len(self.keys)), dtype=bool)
        return np.concatenate([nothing, *(table.shown for table in self.tables)])


def _cover(answered: NDArray[np.int64], *, everyone: NDArray[np.int64], shown: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Take the smallest shown stratum away wherever a small unsaid one could be worked out from the total."""
    covered = shown.copy()
    for _ in range(len(answered)):
        unsaid = np.where(covered, 0, answered).sum(axis=0)
        rest = everyone - np.where(covered, answered, 0).sum(axis=0)
        open_to_see = (unsaid > 0) & (rest < FEWEST) & covered.any(axis=0)
        if not open_to_see.any():
            return covered
        smallest = np.argmin(np.where(covered, answered, np.iinfo(np.int64).max), axis=0)
        covered[smallest[open_to_see], np.flatnonzero(open_to_see)] = False
    return covered


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """Shares and exact one-sided 95 % bounds of agreement and disagreement, shaped as the counts they come from."""

    agree: NDArray[np.float64]
    lower_agree: NDArray[np.float64]
    upper_agree: NDArray[np.float64]
    disagree: NDArray[np.float64]
    lower_disagree: NDArray[np.float64]
    upper_disagree: NDArray[np.float64]

    @property
    def columns(self) -> tuple[NDArray[np.float64], ...]:
        """All six, in the order of the fields."""
        return (
            self.agree,
            self.lower_agree,
            self.upper_agree,
            self.disagree,
            self.lower_disagree,
            self.upper_disagree,
        )


def shares(answers: NDArray[np.int64]) -> Shares:
    """Shares of answers (…, 3); pass counts as an answer. Without answers: share 0, bounds 0 and 1."""
    answered = answers.sum(axis=-1)
    agree, disagree = answers[..., 2], answers[..., 0]
    return Shares(
        agree=agree / np.maximum(answered, 1),
        lower_agree=lower_bounds(agree, answered),
        upper_agree=upper_bounds(agree, answered),
        disagree=disagree / np.maximum(answered, 1),
        lower_disagree=lower_bounds(disagree, answered),
        upper_disagree=upper_bounds(disagree, answered),
    )


def stratum_counts(case: Case) -> list[tuple[StratumCount, ...]]:
    """What is told of each statement by group and sector."""
    told: list[list[StratumCount]] = [[] for _ in case.keys]
    for table in case.tables:
        places = np.nonzero(table.shown)
        counts = table.answers[places]
        guesses = (pooled_shares(case, table=table, column=column)[places] for column in (2, 0))
        numbers = np.stack([*shares(counts).columns, *guesses], axis=1)
        for stratum, statement, (disagree, passed, agree), row in zip(
            *(place.tolist() for place in places), counts.tolist(), numbers.tolist(), strict=True
        ):
            name, size = table.names[stratum], int(table.sizes[stratum])
            told[statement].append(StratumCount(table.kind, name, size, agree, disagree, passed, *row))
    return [tuple(counts) for counts in told]


def pooled_shares(case: Case, *, table: Tables, column: int) -> NDArray[np.float64]:
    """Best guesses (strata, statements) of the share of one answer in strata of one kind."""
    # Around everybody's share, which is told anyway: the strata's own would give hidden ones away.
    everybody = case.everyone[:, column] / np.maximum(case.answered, 1)
    return pooled(table.answers[..., column], table.answered, middle=everybody)


def unheard(known: tuple[Tables, ...], *, statements: int) -> list[tuple[StratumName, ...]]:
    """The strata of which nothing can be told, statement by statement."""
    silent: list[list[StratumName]] = [[] for _ in range(statements)]
    for table in known:
        for stratum, statement in zip(*(places.tolist() for places in np.nonzero(~table.shown)), strict=True):
            silent[statement].append(StratumName(kind=table.kind, name=table.names[stratum]))
    return [tuple(names) for names in silent]


def too_few(known: tuple[Tables, ...]) -> tuple[StratumTooFew, ...]:
    """The strata with too few people in all."""
    return tuple(
        StratumTooFew(kind=table.kind, name=name, answered=None if size else 0, needed=FEWEST)
        for table in known
        for name, size in zip(table.names, table.sizes.tolist(), strict=True)
        if size < FEWEST
    )
