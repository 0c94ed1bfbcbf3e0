"""Invariance: what should not matter, does it? The same groups and the same lists are asked for.

Changes that must change nothing: the order in which votes arrive, the order of people, of statements, other ids, a
statement more that moderation leaves out. Flipping the sign of every vote must swap the lists and leave the groups.
Everybody twice must leave the groups (lists may grow, since everything is known better). Beside the engine: red-dwarf,
and Polis itself as the engine's Polis mode reproduces it (cold start; the order of votes is what its groups hang on).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import peers
import worlds
from measuring import Claim, Sheet, at_least, publish, run, skip
from numpy.typing import NDArray
from stability import LETTERS
from worlds import World

from samskap.engines.opinion_map import Votes, map_opinions, polis_report

TIMES = 3
SAME = 1.0 - 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """Groups of people (-1 none) and the sets of statements agreed on and rejected, by the numbers of the world."""

    groups: NDArray[np.int64]
    agreed: frozenset[int]
    rejected: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A changed world: person i was `people[i]`, statement j was `statements[j]` (-1 = new), under the keys given."""

    world: World
    people: NDArray[np.int64]
    statements: NDArray[np.int64]
    person_keys: tuple[str, ...]
    statement_keys: tuple[str, ...]
    out: frozenset[int] = frozenset()
    swapped: bool = False
    lists: bool = True


Method = Callable[[Case], Told]


def main() -> int:
    """Every set, every change, every method."""
    names = worlds.real_names()
    if not names:
        skip("invariance", reason="There is no ../shared/data/opinions beside the repository.")
    rows: list[list[object]] = []
    failures: dict[str, int] = {}
    for name in names:
        world = worlds.real(name)
        for method, teller in METHODS.items():
            start = time.perf_counter()
            told = _one_set(world, teller)
            rows += [[name, method, change, groups, lists] for change, (groups, lists) in told.items()]
            rows[-1].append(f"{time.perf_counter() - start:.1f}")
            broken = sum(least < SAME or not lists for least, lists in told.values())
            failures[method] = failures.get(method, 0) + broken
    return publish("invariance", claims=_claims(failures), tables=_tables(rows))


def _claims(failures: dict[str, int]) -> list[Claim]:
    asked = len(worlds.real_names()) * len(CHANGES)
    return [at_least("Changes that change nothing, of all asked", asked - failures["samskap"], asked)]


def _tables(rows: list[list[object]]) -> list[Sheet]:
    columns = ("set", "method", "change", "least ARI of groups", "same lists", "s")
    padded = [[*row, *([""] * (len(columns) - len(row)))] for row in rows]
    return [Sheet("Against the unchanged votes", columns, padded)]


def _one_set(world: World, teller: Method) -> dict[str, tuple[float, bool]]:
    plain = teller(_plain(world))
    found = {}
    for change, make in CHANGES.items():
        cases = [make(world, np.random.default_rng([20171114, draw])) for draw in range(TIMES)]
        compared = [_compared(plain, teller(case), case) for case in cases]
        found[change] = (min(least for least, _ in compared), all(lists for _, lists in compared))
    return found


def _compared(plain: Told, changed: Told, case: Case) -> tuple[float, bool]:
    before, after = plain.groups[case.people], changed.groups
    kept = worlds.adjusted_rand(before, after) if (before != after).any() else 1.0
    if not case.lists:
        return kept, True
    agreed, rejected = (
        frozenset(int(case.statements[statement]) for statement in statements)
        for statements in (changed.agreed, changed.rejected)
    )
    wanted = (plain.rejected, plain.agreed) if case.swapped else (plain.agreed, plain.rejected)
    return kept, (agreed, rejected) == wanted


def _plain(world: World) -> Case:
    people, statements = np.arange(world.people), np.arange(world.statements)
    return Case(world, people, statements, worlds.keys("p", world.people), worlds.keys("s", world.statements))


def arrival(world: World, random: np.random.Generator) -> Case:
    """The same votes in another order of arrival."""
    order = random.permutation(world.count)
    moved = replace(world, rows=world.rows[order], columns=world.columns[order], values=world.values[order])
    return replace(_plain(world), world=moved)


def people_order(world: World, random: np.random.Generator) -> Case:
    """People in another order, under the number of their new place."""
    order = random.permutation(world.people)
    return replace(_plain(world), world=replace(world, rows=np.argsort(order)[world.rows]), people=order)


def statement_order(world: World, random: np.random.Generator) -> Case:
    """Statements in another order, under the number of their new place."""
    order = random.permutation(world.statements)
    moved = replace(world, columns=np.argsort(order)[world.columns])
    return replace(_plain(world), world=moved, statements=order)


def other_ids(world: World, random: np.random.Generator) -> Case:
    """People and statements under unlike names: long and short, digits and letters."""
    people = tuple(str(number) for number in random.choice(10**9, world.people, replace=False))
    statements = tuple(f"{chr(97 + number % 26)}-{number}" for number in random.permutation(world.statements) * 7)
    return replace(_plain(world), person_keys=people, statement_keys=statements)


def flipped(world: World, random: np.random.Generator) -> Case:
    """Every agree a disagree and the other way round."""
    del random
    return replace(_plain(world), world=replace(world, values=-world.values), swapped=True)


def doubled(world: World, random: np.random.Generator) -> Case:
    """Everybody twice."""
    del random
    rows = np.concatenate([world.rows, world.rows + world.people])
    both = replace(
        world,
        rows=rows,
        columns=np.tile(world.columns, 2),
        values=np.tile(world.values, 2),
        people=2 * world.people,
    )
    people = np.tile(np.arange(world.people), 2)
    return replace(_plain(both), people=people, lists=False)


def out_statement(world: World, random: np.random.Generator) -> Case:
    """One statement more, answered by half of the people, that moderation leaves out."""
    chosen = np.flatnonzero(random.random(world.people) < 0.5)
    more = replace(
        world,
        rows=np.concatenate([world.rows, chosen]),
        columns=np.concatenate([world.columns, np.full(len(chosen), world.statements)]),
        values=np.concatenate([world.values, random.integers(-1, 2, len(chosen)).astype(np.int8)]),
        statements=world.statements + 1,
    )
    statements = np.append(np.arange(world.statements), -1)
    return replace(_plain(more), statements=statements, out=frozenset({world.statements}))


CHANGES: dict[str, Callable[[World, np.random.Generator], Case]] = {
    "order of arrival": arrival,
    "order of people": people_order,
    "order of statements": statement_order,
    "other ids": other_ids,
    "sign flipped": flipped,
    "everybody twice": doubled,
    "a statement left out": out_statement,
}


def _votes(case: Case) -> Votes:
    world = case.world
    return Votes.from_arrays(
        case.person_keys, case.statement_keys, rows=world.rows, columns=world.columns, values=world.values
    )


def _by_letter(case: Case, letters: dict[str, str | None]) -> NDArray[np.int64]:
    known = [letters.get(key) for key in case.person_keys]
    names = sorted({letter for letter in known if letter})
    assert len(names) <= len(LETTERS)
    return np.array([names.index(letter) if letter else -1 for letter in known])


def ours(case: Case) -> Told:
    """The engine's map."""
    out = frozenset(case.statement_keys[statement] for statement in case.out)
    found = map_opinions(_votes(case), left_out=out)
    number = {key: place for place, key in enumerate(case.statement_keys)}
    sides = {
        side: frozenset(number[ground.statement] for ground in found.common_ground if ground.side == side)
        for side in ("agree", "disagree")
    }
    letters = {person.key: person.group for person in found.people}
    return Told(_by_letter(case, letters), sides["agree"], sides["disagree"])


def red_dwarf(case: Case) -> Told:
    """red-dwarf knows numbers only, so other ids are other numbers there: those of the sorted names."""
    person = np.argsort(np.argsort(np.array(case.person_keys)))
    statement = np.argsort(np.argsort(np.array(case.statement_keys)))
    world = replace(case.world, rows=person[case.world.rows], columns=statement[case.world.columns])
    found = peers.red_dwarf(world, out=frozenset(int(statement[out]) for out in case.out))
    back = np.argsort(statement)
    agreed, rejected = (frozenset(int(back[one]) for one in told) for told in (found.agreed, found.rejected))
    return Told(found.groups[person], agreed, rejected)


def polis(case: Case) -> Told:
    """Polis as its authors define it, people and statements in the order in which the votes arrive."""
    first_people = list(dict.fromkeys(case.world.rows.tolist()))
    first_statements = list(dict.fromkeys(case.world.columns.tolist()))
    found = polis_report(
        _votes(case),
        order=[case.person_keys[person] for person in first_people],
        statement_order=[case.statement_keys[statement] for statement in first_statements],
        moderated_out=frozenset(case.statement_keys[statement] for statement in case.out),
    )
    number = {key: place for place, key in enumerate(case.statement_keys)}
    letters = {person.key: person.group for person in found.people}
    agreed, rejected = (
        frozenset(number[one.statement] for one in told) for told in (found.consensus_agree, found.consensus_disagree)
    )
    return Told(_by_letter(case, letters), agreed, rejected)


METHODS: dict[str, Method] = {"samskap": ours, "Polis": polis}
if peers.has_red_dwarf():
    METHODS["red-dwarf"] = red_dwarf


if __name__ == "__main__":
    run(__file__, whole=main)
