"""The simulated people of the example municipality: who they are, and what they answer. Seeded: always the same.

Three planted groups cross the three sectors; the chances of agreeing come with the statements. Nothing here knows the
database.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

__all__ = ["GROUPS", "Answer", "Opinion", "SimulatedPerson", "simulated_answers", "simulated_people"]

Key = TypeVar("Key")

GROUPS = ("share", "municipality", "jobs")

# Of 180 people: how many belong to each sector, and how the planted groups are spread within it.
SECTOR_WEIGHTS = {"public": 84, "private": 46, "voluntary": 50}
GROUP_WEIGHTS = {"public": (34, 35, 15), "private": (13, 9, 24), "voluntary": (24, 17, 9)}

BETWEEN_GROUPS_SHARE = 0.10  # people who answer now like their group, now like another
LATE_SHARE = 0.14  # people who come late and answer few
WITHOUT_SECTOR_SHARE = 0.03  # people who would rather not say
MATTERS_SHARE = 0.12


@dataclass(frozen=True)
class SimulatedPerson:
    """`group` and `other` are places in `GROUPS`; `other` differs for those who stand between two groups."""

    number: int
    sector: str
    group: int
    other: int
    is_late: bool
    says_sector: bool
    channel: str


@dataclass(frozen=True)
class Opinion:
    """The chances of agreeing and disagreeing with one statement, a planted group; `sectors` moves the former.

    `shown_after` is the share of the time that had passed when the statement was shown first.
    """

    agree: tuple[float, ...]
    against: tuple[float, ...]
    sectors: Mapping[str, float] = field(default_factory=dict)
    shown_after: float = 0.0


@dataclass(frozen=True)
class Answer:
    """One vote: who, on which statement (its place), 1 agree, 0 pass, -1 disagree, and the second it came."""

    person: int
    statement: int
    choice: int
    matters: bool
    second: int


def simulated_people(count: int, *, seed: int) -> list[SimulatedPerson]:
    """So many people in a shuffled row, with sectors and groups in fixed shares."""
    chance = random.Random(f"people:{seed}")  # noqa: S311 -- an example, not a secret
    places = [
        (sector, group)
        for sector, size in _shares(count, SECTOR_WEIGHTS).items()
        for group, part in _shares(size, dict(enumerate(GROUP_WEIGHTS[sector]))).items()
        for _ in range(part)
    ]
    chance.shuffle(places)
    return [_person(number, sector, group, chance) for number, (sector, group) in enumerate(places)]


def _shares(count: int, weights: Mapping[Key, int]) -> dict[Key, int]:
    """Whole parts of `count` in proportion to the weights; what is left over goes to the largest remainders."""
    total = sum(weights.values())
    parts = {key: count * weight // total for key, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda key: -(count * weights[key] % total))
    for key in by_remainder[: count - sum(parts.values())]:
        parts[key] += 1
    return parts


def _person(number: int, sector: str, group: int, chance: random.Random) -> SimulatedPerson:
    others = [other for other in range(len(GROUPS)) if other != group]
    return SimulatedPerson(
        number=number,
        sector=sector,
        group=group,
        other=chance.choice(others) if chance.random() < BETWEEN_GROUPS_SHARE else group,
        is_late=chance.random() < LATE_SHARE,
        says_sector=chance.random() >= WITHOUT_SECTOR_SHARE,
        channel="phone" if chance.random() < 0.94 else "paper",
    )


def simulated_answers(
    people: Sequence[SimulatedPerson], opinions: Sequence[Opinion], *, seconds: int, seed: int
) -> list[Answer]:
    """What they answer within so many seconds, in the order of time."""
    found: list[Answer] = []
    for person in people:
        chance = random.Random(f"answers:{seed}:{person.number}")  # noqa: S311 -- an example, not a secret
        found += _answers_of(person, opinions, seconds=seconds, chance=chance)
    return sorted(found, key=lambda answer: (answer.second, answer.person, answer.statement))


def _answers_of(
    person: SimulatedPerson, opinions: Sequence[Opinion], *, seconds: int, chance: random.Random
) -> list[Answer]:
    start = chance.uniform(0.55, 0.8) if person.is_late else chance.betavariate(1.2, 7) * 0.5
    end = min(1.0, start + chance.uniform(0.15, 0.4))
    order = chance.sample(range(len(opinions)), len(opinions))
    wanted = order[: _patience(person, len(opinions), chance)]
    seen = [place for place in wanted if opinions[place].shown_after <= end or chance.random() < 0.35]
    moments = sorted(chance.uniform(start, end) for _ in seen)
    return [
        _answer(
            person,
            place,
            opinions[place],
            second=round(max(moment, opinions[place].shown_after) * seconds),
            chance=chance,
        )
        for place, moment in zip(seen, moments, strict=True)
    ]


def _patience(person: SimulatedPerson, statements: int, chance: random.Random) -> int:
    """How many statements somebody answers: late-comers a third to two thirds, most of the others all."""
    if person.is_late:
        return max(1, int(statements * chance.uniform(0.3, 0.7)))
    return statements if chance.random() < 0.72 else int(statements * chance.uniform(0.6, 0.95))


def _answer(person: SimulatedPerson, place: int, opinion: Opinion, *, second: int, chance: random.Random) -> Answer:
    like = person.other if chance.random() < 0.5 else person.group
    moved = opinion.sectors.get(person.sector, 0.0)
    agree, against = opinion.agree[like] + moved, opinion.against[like] - 0.8 * moved
    drawn = chance.random()
    choice = 1 if drawn < agree else -1 if drawn < agree + against else 0
    matters = choice != 0 and chance.random() < MATTERS_SHARE
    return Answer(person.number, place, choice, matters, second)
