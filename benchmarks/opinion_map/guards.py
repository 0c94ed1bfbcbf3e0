"""Guards: who is flagged where 5 % copy, 5 % push, 5 % are careless; how many honest people are; what it changes.

Worlds of `worlds.planted` (three groups, three sectors), into which are put: pairs of copies with 3 % slips, a block
that answers twelve statements the same way and at most two others, people who answer at random, and people who always
give the same answer. Recall is the share of the planted that are flagged as what they are; false alarms are honest
people flagged as anything. For the common ground: how many statements enter or leave it through the attack, and how
many still do once the flagged are counted otherwise; both beside the map of the honest people alone. Of those who give
forty answers at random only some can be told from honest people of no strong opinion: the more answers, the more. A
faction that pushes one view on statements of its own choice, each member others, is told as found or not, without a
demand: its answers are an opinion, and nothing but its unanimity is odd.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import worlds
from measuring import Sheet, at_least, at_most, publish, run
from numpy.typing import NDArray
from worlds import Plan, World

from samskap.engines.opinion_map import Votes, map_opinions
from samskap.engines.opinion_map.guards import Guards, find_guards, without

SEEDS = (1, 2, 3)
SHARE = 0.05
SLIPS = 0.03
PUSHED = 12
FALSE_ALARMS = 0.002
BASE = Plan(people=1_000, statements=100, votes_each=40)
SIZES = {
    "1,000 x 100, 40 each": BASE,
    "300 x 40, 30 each": replace(BASE, people=300, statements=40, votes_each=30),
    "2,000 x 400, 60 each": replace(BASE, people=2_000, statements=400, votes_each=60),
}
RECALL = {"duplicates": 0.8, "coordinated": 0.9, "constant": 0.9, "random": 0.35}
KIND_OF = {"duplicates": "duplicates", "coordinated": "coordinated", "constant": "careless", "random": "careless"}

Answers = list[dict[int, int]]
Attack = Callable[[Answers, NDArray[np.int64], np.random.Generator], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One attack on one world: shares found and falsely flagged, and statements of the common ground that differ
    from those of the honest people with everybody and with the flagged counted otherwise."""

    recall: float
    false: float
    differ: int
    differ_guarded: int
    listed: int


def main() -> int:
    """Every attack on every size, honest worlds, the faction, the real sets, and the time."""
    rows, claims = [], []
    for size, plan in SIZES.items():
        for name, attack in ATTACKS.items():
            outcomes = [_attacked(replace(plan, seed=seed), attack, kind=KIND_OF[name]) for seed in SEEDS]
            rows.append([size, name, *(float(np.mean([getattr(each, field) for each in outcomes])) for field in SHOWN)])
            if size == next(iter(SIZES)):
                claims.append(at_least(f"recall, {name}", rows[-1][2], RECALL[name]))
    false = _honest_worlds()
    claims.append(at_most("honest people flagged in honest worlds", false, FALSE_ALARMS))
    giant, seconds = _giant()
    claims += [
        at_most("1,000 people", seconds, 0.2, unit="s of processor"),
        at_most("33,422 x 783", giant, 2.0, unit="s of processor"),
    ]
    return publish("guards", claims=claims, tables=[Sheet("5 % attacks", COLUMNS, rows), _real(), _faction()])


SHOWN = ("recall", "false", "listed", "differ", "differ_guarded")
COLUMNS = ("world", "attack", "recall", "false alarms", "listed, honest", "differ, attacked", "differ, guarded")


def _attacked(plan: Plan, attack: Attack, *, kind: str) -> Outcome:
    world = worlds.planted(plan)
    answers = _answers(world)
    random = np.random.default_rng([plan.seed, 9])
    odd = np.sort(random.permutation(plan.people)[: round(SHARE * plan.people)])
    honest = _votes([said if number not in set(odd.tolist()) else {} for number, said in enumerate(answers)], plan)
    attack(answers, odd, random)
    votes = _votes(answers, plan)
    guards = find_guards(votes)
    told, planted = _flagged(guards), {votes.people[number] for number in odd.tolist()}
    truth, whole = _ground(honest, world), _ground(votes, world)
    guarded = _ground(without(votes, guards, kind), world)  # type: ignore[arg-type]
    return Outcome(
        recall=len(told[kind] & planted) / len(planted),
        false=len(set().union(*told.values()) - planted) / (plan.people - len(planted)),
        differ=len(truth ^ whole),
        differ_guarded=len(truth ^ guarded),
        listed=len(truth),
    )


def _copies(answers: Answers, odd: NDArray[np.int64], random: np.random.Generator) -> None:
    for one, other in odd[: len(odd) // 2 * 2].reshape(-1, 2).tolist():
        answers[other] = _slipping(answers[one], random)


def _block(answers: Answers, odd: NDArray[np.int64], random: np.random.Generator) -> None:
    statements = max(max(said, default=0) for said in answers) + 1
    counted = np.zeros(statements)
    for said in answers:
        np.add.at(counted, list(said), list(said.values()))
    pushed = random.permutation(statements)[:PUSHED].tolist()
    for person in odd.tolist():
        kept = dict(list(answers[person].items())[: int(random.integers(3))])
        answers[person] = kept | _slipping({each: -1 if counted[each] > 0 else 1 for each in pushed}, random)


def _at_random(answers: Answers, odd: NDArray[np.int64], random: np.random.Generator) -> None:
    for person in odd.tolist():
        answers[person] = {each: int(random.integers(-1, 2)) for each in answers[person]}


def _constant(answers: Answers, odd: NDArray[np.int64], random: np.random.Generator) -> None:
    for person in odd.tolist():
        answers[person] = dict.fromkeys(answers[person], int(random.integers(-1, 2)))


ATTACKS: dict[str, Attack] = {
    "duplicates": _copies,
    "coordinated": _block,
    "constant": _constant,
    "random": _at_random,
}


def _slipping(said: dict[int, int], random: np.random.Generator) -> dict[int, int]:
    return {each: int(random.integers(-1, 2)) if random.random() < SLIPS else value for each, value in said.items()}


def _answers(world: World) -> Answers:
    answers: Answers = [{} for _ in range(world.people)]
    for row, column, value in zip(world.rows.tolist(), world.columns.tolist(), world.values.tolist(), strict=True):
        answers[row][column] = value
    return answers


def _votes(answers: Answers, plan: Plan) -> Votes:
    people, statements = worlds.keys("p", plan.people), worlds.keys("s", plan.statements)
    rows = ((people[i], statements[j], value) for i, said in enumerate(answers) for j, value in said.items())
    return Votes.from_rows(rows, people=people, statements=statements)


def _ground(votes: Votes, world: World) -> set[tuple[str, str]]:
    found = map_opinions(votes, strata=worlds.sectors_of(world))
    return {(each.statement, each.side) for each in found.common_ground}


def _flagged(guards: Guards) -> dict[str, set[str]]:
    return {
        "duplicates": {key for each in guards.duplicates for key in each.people},
        "coordinated": {key for each in guards.coordinated for key in each.people},
        "careless": {each.key for each in guards.careless},
    }


def _honest_worlds() -> float:
    """Share of honest people who are flagged as anything, over honest worlds of every size."""
    flagged = people = 0
    for plan in SIZES.values():
        for seed in range(11, 16):
            guards = find_guards(worlds.votes_of(worlds.planted(replace(plan, seed=seed))))
            flagged, people = flagged + sum(effect.flagged for effect in guards.effects), people + guards.people
    return flagged / people


def _real() -> Sheet:
    rows = []
    for name in worlds.real_names():
        votes = worlds.votes_of(worlds.real(name))
        guards = find_guards(votes)
        largest = [abs(effect.changes[0].change) if effect.changes else 0.0 for effect in guards.effects]
        rows.append([name, guards.people, *(effect.flagged for effect in guards.effects), max(largest, default=0.0)])
    columns = ("set", "people", "duplicates", "coordinated", "careless", "largest move of a share")
    return Sheet("Real conversations", columns, rows)


def _faction() -> Sheet:
    """Five in a hundred push one view on statements of their own choice."""
    rows = []
    for size, plan in SIZES.items():
        world = worlds.planted(replace(plan, coordinated=SHARE))
        odd = {worlds.keys("p", plan.people)[number] for number in np.flatnonzero(world.truth.group < 0).tolist()}  # type: ignore[union-attr]
        told = set().union(*_flagged(find_guards(worlds.votes_of(world))).values())
        rows.append([size, len(told & odd) / max(1, len(odd)), len(told - odd)])
    return Sheet("A faction, each on other statements (no demand)", ("world", "flagged", "honest flagged"), rows)


def _giant() -> tuple[float, float]:
    """Processor seconds for the giant with planted groups, and for a thousand people: the least of three."""
    people, statements, each = worlds.GIANT
    giant = worlds.votes_of(worlds.planted(Plan(people=people, statements=statements, votes_each=each)))
    return _processor_seconds(giant), _processor_seconds(worlds.votes_of(worlds.planted(BASE)))


def _processor_seconds(votes: Votes) -> float:
    times = []
    for _ in range(3):
        start = time.process_time()
        find_guards(votes)
        times.append(time.process_time() - start)
    return min(times)


if __name__ == "__main__":
    run(__file__, whole=main)
