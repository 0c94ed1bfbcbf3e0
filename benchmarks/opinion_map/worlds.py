"""Votes to measure with: the public conversations, random votes, and planted worlds whose truth is known.

A `World` holds votes as numbers; `votes_of` gives them to the engine. In a planted world every statement has a chance
of agreement for each group and each sector, so that it is known which groups there are and what all of them, in all
sectors, agree on.
"""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map import Votes
from samskap.formats.polis_csv import Conversation, read_conversation

OPINIONS = Path(__file__).resolve().parents[3] / "shared" / "data" / "opinions"
REAL = ("brexit-consensus", "san-juan-land-bank", "austria-energie")
MIX = (0.55, 0.30, 0.15)
"""Agree, disagree and pass of the published generator."""
GIANT = (33_422, 783, 60)
WIDE = (18_082, 9_030, 110)
BLOCK = 2_000
SECTORS = ("public", "private", "voluntary")


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """What was planted: `group` and `sector` of each person (-1 = careless or coordinated), and for each statement
    the smallest chance of agreement over all groups and sectors."""

    group: NDArray[np.int64]
    sector: NDArray[np.int64]
    least_agree: NDArray[np.float64]
    chances: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """Votes in any order: rows (person), columns (statement), values 1, 0, -1; one a pair."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    values: NDArray[np.int8]
    people: int
    statements: int
    truth: Truth | None = None

    @property
    def count(self) -> int:
        """Number of votes."""
        return len(self.values)

    def kept(self, chosen: NDArray[np.bool_]) -> World:
        """The same people and statements with some of the votes."""
        return replace(self, rows=self.rows[chosen], columns=self.columns[chosen], values=self.values[chosen])

    def of_people(self, people: NDArray[np.int64]) -> World:
        """The votes of these people, renumbered in the order given."""
        place = np.full(self.people, -1)
        place[people] = np.arange(len(people))
        chosen = place[self.rows] >= 0
        part = self.kept(chosen)
        return replace(part, rows=place[part.rows], people=len(people), truth=None)


def save(world: World, path: Path) -> None:
    """Write the votes and the sectors (not the rest of the truth) where a fresh process can load them."""
    np.savez(
        path,
        rows=world.rows.astype(np.int32),
        columns=world.columns.astype(np.int32),
        values=world.values,
        shape=np.array([world.people, world.statements]),
        sector=world.truth.sector if world.truth else np.zeros(0, dtype=np.int64),
    )


def load(path: str) -> tuple[World, dict[str, dict[str, str]]]:
    """Read what `save` wrote: the votes, and the strata as the engine takes them."""
    with np.load(path) as held:
        people, statements = (int(size) for size in held["shape"])
        world = World(held["rows"], held["columns"], held["values"], people, statements)
        return world, _strata(held["sector"], people=people)


def keys(letter: str, count: int) -> tuple[str, ...]:
    """Keys whose order is that of the numbers: p000000, p000001, …"""
    width = max(6, len(str(count)))
    return tuple(f"{letter}{number:0{width}d}" for number in range(count))


def votes_of(world: World) -> Votes:
    """The world as the engine takes it."""
    return Votes.from_arrays(
        keys("p", world.people),
        keys("s", world.statements),
        rows=world.rows,
        columns=world.columns,
        values=world.values,
    )


def sectors_of(world: World) -> dict[str, dict[str, str]]:
    """The strata of a planted world as the engine takes them."""
    return {} if world.truth is None else _strata(world.truth.sector, people=world.people)


def _strata(sector: NDArray[np.int64], *, people: int) -> dict[str, dict[str, str]]:
    if not len(sector):
        return {}
    return {"sector": {key: SECTORS[number] for key, number in zip(keys("p", people), sector.tolist(), strict=True)}}


def real_names() -> list[str]:
    """The public conversations that are on this machine."""
    return [name for name in REAL if (OPINIONS / name).is_dir()]


def conversation(name: str) -> Conversation:
    """A public conversation as its export tells it."""
    return read_conversation(OPINIONS / name)


def real(name: str) -> World:
    """The votes of a public conversation, all of them, people and statements numbered in order of their keys."""
    told = conversation(name)
    person = {key: place for place, key in enumerate(sorted({vote.person for vote in told.votes}))}
    statement = {key: place for place, key in enumerate(sorted({vote.statement for vote in told.votes}))}
    return World(
        rows=np.array([person[vote.person] for vote in told.votes]),
        columns=np.array([statement[vote.statement] for vote in told.votes]),
        values=np.array([vote.value for vote in told.votes], dtype=np.int8),
        people=len(person),
        statements=len(statement),
    )


def timed(name: str) -> list[tuple[str, str, int]]:
    """Every vote of a public conversation in the order in which it was cast, votes cast anew included."""
    path = OPINIONS / name / "votes.csv.gz"
    if not path.exists():
        return []
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row["timestamp"]))
    return [(row["voter-id"], row["comment-id"], int(row["vote"])) for row in rows]


def seen(people: int, statements: int, *, votes_each: int, seed: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Who is asked what: for each person `votes_each` different statements, all equally likely."""
    random = np.random.default_rng([seed, 1])
    columns = [
        np.argpartition(random.random((min(BLOCK, people - first), statements), dtype=np.float32), votes_each - 1)[
            :, :votes_each
        ]
        for first in range(0, people, BLOCK)
    ]
    return np.repeat(np.arange(people), votes_each), np.concatenate(columns).ravel()


def random_votes(people: int, statements: int, *, votes_each: int, seed: int = 42) -> World:
    """Votes without any pattern, in the mix of the published generator."""
    rows, columns = seen(people, statements, votes_each=votes_each, seed=seed)
    random = np.random.default_rng([seed, 2])
    values = random.choice(np.array([1, -1, 0], dtype=np.int8), size=len(rows), p=MIX)
    return World(rows, columns, values, people, statements)


def shuffled(world: World, *, seed: int) -> World:
    """The votes of each statement dealt out anew among those who answered it: nothing is left but the statements."""
    random = np.random.default_rng(seed)
    order = np.argsort(world.columns, kind="stable")
    dealt = np.lexsort((random.random(world.count), world.columns))
    values = np.empty_like(world.values)
    values[order] = world.values[dealt]
    return replace(world, values=values)


@dataclass(frozen=True, slots=True)
class Plan:
    """A planted world: shares of groups and sectors, strength of what parts them, and what goes wrong.

    `strength` is the spread of the groups' opinions (in logits) on a divided statement, `own` that of a trait that cuts
    across groups and bears on every statement, `leaning` is how much likelier people are to answer what they feel
    strongly about (0 = all alike), `careless` people answer at random, and `coordinated` people all push the same
    statements.
    """

    people: int = 2_000
    statements: int = 400
    votes_each: int = 60
    groups: tuple[float, ...] = (0.55, 0.30, 0.15)
    sectors: tuple[float, ...] = (0.60, 0.28, 0.12)
    strength: float = 1.6
    sector_strength: float = 1.0
    own: float = 0.3
    leaning: float = 0.0
    careless: float = 0.0
    coordinated: float = 0.0
    seed: int = 42


COMMON, DIVIDED, BY_SECTOR, UNLOVED = range(4)
KINDS = (0.12, 0.50, 0.18, 0.20)
PASS = 0.15


def planted(plan: Plan) -> World:
    """Votes of a world whose groups, sectors and common ground are known."""
    random = np.random.default_rng([plan.seed, 3])
    group = _dealt(plan.people, plan.groups, random=random)
    sector = _dealt(plan.people, plan.sectors, random=random)
    logits = _opinions(plan, random=random)
    odd = random.random(plan.people)
    careless, coordinated = odd < plan.careless, (odd >= plan.careless) & (odd < plan.careless + plan.coordinated)
    rows, columns = _asked(plan, logits, at=(group, sector), random=random)
    own = random.normal(0.0, plan.own, plan.people)
    pull = random.normal(0.0, 1.0, plan.statements)
    feeling = logits[group[rows], sector[rows], columns] + own[rows] * pull[columns]
    agree = random.random(len(rows)) < 1.0 / (1.0 + np.exp(-feeling))
    values = np.where(random.random(len(rows)) < PASS, 0, np.where(agree, 1, -1)).astype(np.int8)
    values = np.where(careless[rows], random.integers(-1, 2, len(rows)), values).astype(np.int8)
    pushed = random.random(plan.statements) < 0.5
    values = np.where(coordinated[rows], np.where(pushed[columns], 1, -1), values).astype(np.int8)
    chances = (1.0 - PASS) / (1.0 + np.exp(-logits))
    honest = np.where(careless | coordinated, -1, group)
    share = np.outer(np.asarray(plan.groups), np.asarray(plan.sectors))[:, :, None]
    by_group = (chances * share).sum(axis=1) / share.sum(axis=1)
    by_sector = (chances * share).sum(axis=0) / share.sum(axis=0)
    least = np.minimum(by_group.min(axis=0), by_sector.min(axis=0))
    return World(rows, columns, values, plan.people, plan.statements, Truth(honest, sector, least, chances))


def _dealt(people: int, shares: tuple[float, ...], *, random: np.random.Generator) -> NDArray[np.int64]:
    """A number for each person, in fixed shares and random order."""
    edges = np.round(np.cumsum(shares) * people).astype(int)
    return np.searchsorted(edges, random.permutation(people), side="right")


def _opinions(plan: Plan, *, random: np.random.Generator) -> NDArray[np.float64]:
    """Logits of agreement (groups, sectors, statements) for four kinds of statements."""
    groups, sectors, count = len(plan.groups), len(plan.sectors), plan.statements
    kind = random.permutation(np.searchsorted(np.cumsum(KINDS), (np.arange(count) + 0.5) / count))
    middle = np.select(
        [kind == COMMON, kind == BY_SECTOR, kind == UNLOVED],
        [random.uniform(1.6, 2.4, count), random.uniform(1.2, 2.0, count), random.normal(-1.2, 0.5, count)],
        default=random.normal(0.2, 0.5, count),
    )
    apart = random.normal(0.0, plan.strength, (groups, 1, count)) * (kind == DIVIDED)
    # One sector is against what all groups are for: only who looks at sectors can see it.
    against = np.zeros((1, sectors, count))
    against[0, random.integers(0, sectors, count), np.arange(count)] = -2.4 * plan.sector_strength
    return middle + apart + against * (kind == BY_SECTOR)


def _asked(
    plan: Plan,
    logits: NDArray[np.float64],
    *,
    at: tuple[NDArray[np.int64], NDArray[np.int64]],
    random: np.random.Generator,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Who answers what: all statements alike, or rather those with strong feelings (Gumbel draw, no repeats)."""
    if plan.leaning == 0.0:
        return seen(plan.people, plan.statements, votes_each=plan.votes_each, seed=plan.seed)
    feelings = logits[at]
    noise = random.gumbel(size=feelings.shape)
    order = np.argpartition(-(plan.leaning * np.abs(feelings) + noise), plan.votes_each - 1)
    return np.repeat(np.arange(plan.people), plan.votes_each), order[:, : plan.votes_each].ravel()


def adjusted_rand(one: NDArray[Any], other: NDArray[Any]) -> float:
    """Agreement of two groupings of the same people (Hubert and Arabie 1985): 1 same, 0 by chance."""
    _, first = np.unique(one, return_inverse=True)
    _, second = np.unique(other, return_inverse=True)
    table = np.bincount(first * (int(second.max()) + 1) + second)
    pairs, left, right, every = (
        float(np.sum(sizes * (sizes - 1.0)) / 2.0)
        for sizes in (table, np.bincount(first), np.bincount(second), np.array([len(first)]))
    )
    expected, highest = left * right / max(every, 1.0), (left + right) / 2.0
    return 1.0 if highest == expected else (pairs - expected) / (highest - expected)
