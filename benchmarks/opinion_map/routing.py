"""Routing: how many votes until the common ground is known, by the rule that picks each person's next statement.

    python benchmarks/opinion_map/routing.py

Simulated on full rows, where it is known what everybody would answer to everything. People come in random order,
twenty at a time, and stop after a geometric number of answers (mean 12); a router picks each of their statements from
the counts so far, read anew after every twenty answers. *The full-information list* is the common ground (agreed and
rejected) by the engine's own bounds and false-discovery control on all answers of all people. A run has *reached* it
when the same rule on the votes so far gives a list with F1 of at least 0.9 against it (precision and recall together)
at three looks in a row, 250 votes apart. The same for each sector: the list that this sector alone would give. A run
that is not there after 70,000 votes counts as 70,000, which favours the slower rule.

Rivals: Polis's priority as published (importance with extremity, boosted while young, squared, drawn in proportion),
uniform chance, and the statement with the fewest answers. Groups are the planted ones and known after a person's
seventh answer: the error of finding them is no part of this figure.

The saving hangs on how much choice there is. People who answer few of many statements leave it; where each answers
25 of 80 (three thousand people), most of the list is asked of all anyway and the full list is hardly reached at all:
there an earlier router needed 0.85 (Polis) and 0.87 (uniform) of the votes, misses counted in full. Two weights of the
router, the power of the draw and the least worth, were chosen on the first planted world below.

Worlds: planted groups and sectors, as in the other benchmarks; and, where the public conversations lie beside the
project, six thousand people drawn from a model of two axes fitted to each, with sectors planted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import worlds
from measuring import Sheet, at_most, publish
from numpy.typing import NDArray

from samskap.engines.opinion_map.bounds import lower_bounds
from samskap.engines.opinion_map.discovery import choose
from samskap.engines.opinion_map.result import StratumName
from samskap.engines.opinion_map.routing import EVERYONE, Asker, Router

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SECTORS = ("public", "private", "voluntary")
SHARES = (0.60, 0.28, 0.12)
MEAN_ANSWERS = 12
AT_ONCE = 20
LOOK_EVERY = 250
LOOKS = 3
MOST_VOTES = 70_000
GOOD = 0.9
FEWEST = 5
GROUP_KNOWN_AFTER = 7
STATEMENTS = 80
FEWEST_TO_FIT = 40


@dataclass(frozen=True, slots=True, eq=False)
class Town:
    """Everybody's answer to everything (people, statements), and the strata each belongs to: all, group, sector."""

    name: str
    values: NDArray[np.int8]
    member: Ints
    strata: tuple[StratumName, ...]

    @property
    def sector_rows(self) -> list[int]:
        """Which strata are sectors."""
        return [row for row, stratum in enumerate(self.strata) if stratum.kind == "sector"]

    @property
    def all_answers(self) -> Ints:
        """Counts (strata, statements, 3) of the full rows."""
        found = np.zeros((len(self.strata), self.values.shape[1], 3), dtype=np.int64)
        for column in self.member.T:
            for choice in range(3):
                np.add.at(found[:, :, choice], column, self.values == choice - 1)
        return found


def town_of(name: str, values: NDArray[np.int8], *, group: Ints, sector: Ints) -> Town:
    """A town with its strata numbered: everybody, then groups, then sectors."""
    groups = int(group.max()) + 1
    strata = (
        EVERYONE,
        *(StratumName("group", "ABCDE"[number]) for number in range(groups)),
        *(StratumName("sector", sector) for sector in SECTORS),
    )
    return Town(name, values, np.stack([np.zeros_like(group), 1 + group, 1 + groups + sector], axis=1), strata)


def planted_town(people: int, *, seed: int) -> Town:
    """Full rows of a planted world."""
    # A leaning, however small, draws without repeats and may so draw all: the rows are full.
    plan = worlds.Plan(people, STATEMENTS, votes_each=STATEMENTS, sectors=SHARES, leaning=1e-6, seed=seed)
    world = worlds.planted(plan)
    values = np.zeros((people, STATEMENTS), dtype=np.int8)
    values[world.rows, world.columns] = world.values
    assert world.truth is not None
    return town_of(f"planted, {people:,} people", values, group=world.truth.group, sector=world.truth.sector)


def fitted_town(name: str, *, seed: int, people: int = 6_000) -> Town:
    """People drawn from the two-axis model of a public conversation: its shares of agree and pass, its axes."""
    random = np.random.default_rng([seed, 11])
    seen, values = _most_answered(name)
    means, person, loading = _factors(values, seen=seen)
    left = np.where(seen, values - means - person @ loading.T, 0.0)
    noise = np.sqrt((left**2).sum(axis=0) / np.maximum(seen.sum(axis=0) - 3, 1))
    drawn = person[random.integers(0, len(person), people)] + random.normal(0.0, 0.1, (people, person.shape[1]))
    sector = np.searchsorted(np.cumsum(SHARES), random.random(people)).clip(max=2)
    pull = random.normal(0.0, 0.4, (3, len(means))) * (random.random(len(means)) < 0.25)
    lean = drawn @ loading.T + pull[sector] + random.normal(size=(people, len(means))) * noise
    agree, against = (((values == side) & seen).sum(axis=0) / seen.sum(axis=0) for side in (1, -1))
    high = np.array([np.quantile(column, 1 - share) for column, share in zip(lean.T, agree, strict=True)])
    low = np.array([np.quantile(column, share) for column, share in zip(lean.T, against, strict=True)])
    answers = np.where(lean > high, 1, np.where(lean < low, -1, 0)).astype(np.int8)
    group = (drawn[:, 0] > np.median(drawn[:, 0])).astype(np.int64)
    return town_of(f"like {name}", answers, group=group, sector=sector)


def _most_answered(name: str) -> tuple[NDArray[np.bool_], Floats]:
    world = worlds.real(name)
    often = np.bincount(world.columns, minlength=world.statements)
    chosen = np.argsort(-often, kind="stable")[: min(STATEMENTS, int((often >= FEWEST_TO_FIT).sum()))]
    values, seen = np.zeros((world.people, world.statements)), np.zeros((world.people, world.statements), dtype=bool)
    values[world.rows, world.columns], seen[world.rows, world.columns] = world.values, True
    kept = seen[:, chosen].sum(axis=1) >= 7
    return seen[kept][:, chosen], values[kept][:, chosen]


def _factors(values: Floats, *, seen: NDArray[np.bool_], rank: int = 2) -> tuple[Floats, Floats, Floats]:
    """Statement means, people (n, rank) and loadings (m, rank) by alternating ridge regressions; widest axis first."""
    means = (values * seen).sum(axis=0) / seen.sum(axis=0)
    left = np.where(seen, values - means, 0.0)
    loading = np.linalg.svd(left, full_matrices=False)[2][:rank].T.copy()
    person = np.zeros((len(values), rank))
    for _ in range(15):
        for one, rows, target in ((person, seen, left), (loading, seen.T, left.T)):
            other = loading if one is person else person
            for place in range(len(one)):
                near = other[rows[place]]
                one[place] = np.linalg.solve(near.T @ near + np.eye(rank), near.T @ target[place, rows[place]])
    turn = np.linalg.svd(person @ loading.T, full_matrices=False)
    return means, turn[0][:, :rank] * turn[1][:rank], turn[2][:rank].T


Pick = Callable[[int, NDArray[np.bool_], int], int]
"""Person, whether each statement may be asked, how many the person has answered: the statement."""


class Uniform:
    """Every statement alike."""

    def __init__(self, town: Town, *, random: np.random.Generator) -> None:
        self.town, self.random = town, random

    def read(self, answers: Ints, given: NDArray[np.int8]) -> None:
        """The counts have changed; `given` is (people, statements), 2 where nothing was answered."""

    def pick(self, person: int, may_ask: NDArray[np.bool_], count: int) -> int:
        """The next statement of this person."""
        return int(np.argmax(np.where(may_ask, self.random.random(len(may_ask)), -1.0)))


class FewestFirst(Uniform):
    """The statement with the fewest answers, ties by chance."""

    def read(self, answers: Ints, given: NDArray[np.int8]) -> None:
        self.heard = answers[0].sum(axis=1)

    def pick(self, person: int, may_ask: NDArray[np.bool_], count: int) -> int:
        return int(np.argmax(np.where(may_ask, self.random.random(len(may_ask)) - self.heard, -np.inf)))


class PolisPriority(Uniform):
    """The priority of Polis, with the extremity of the statement on the axes of the votes so far."""

    def __init__(self, town: Town, *, random: np.random.Generator) -> None:
        super().__init__(town, random=random)
        self.reads = 0
        self.extremity = np.zeros(town.values.shape[1])

    def read(self, answers: Ints, given: NDArray[np.int8]) -> None:
        heard, agree, passed = answers[0].sum(axis=1), answers[0, :, 2], answers[0, :, 1]
        if self.reads % 10 == 0 and heard.sum() > 0:
            self.extremity = _extremity(given)
        self.reads += 1
        importance = (1 - (passed + 1) / (heard + 2)) * (self.extremity + 1) * (agree + 1) / (heard + 2)
        self.priority = (importance * (1 + 8 * 2.0 ** (-heard / 5))) ** 2

    def pick(self, person: int, may_ask: NDArray[np.bool_], count: int) -> int:
        chances = np.cumsum(np.where(may_ask, self.priority, 0.0))
        return int(np.searchsorted(chances, self.random.random() * chances[-1], side="right"))


def _extremity(given: NDArray[np.int8]) -> Floats:
    """Length of each statement on the two axes, as Polis projects it (there -1 is agree)."""
    seen = given != 2
    rows = seen.sum(axis=1) > 0
    seen, votes = seen[rows], -given[rows].astype(np.float64)
    centre = np.where(seen, votes, 0.0).sum(axis=0) / np.maximum(seen.sum(axis=0), 1)
    left = np.where(seen, votes - centre, 0.0)
    axes = np.linalg.eigh(left.T @ left)[1][:, -2:]
    return np.asarray(np.sqrt(len(centre)) * np.abs(-1 - centre) * np.hypot(axes[:, 0], axes[:, 1]))


class Ours(Uniform):
    """The router of the engine."""

    def __init__(self, town: Town, *, random: np.random.Generator) -> None:
        super().__init__(town, random=random)
        self.keys = [str(number) for number in range(town.values.shape[1])]
        groups = [row for row, stratum in enumerate(town.strata) if stratum.kind == "group"]
        self.groups, self.sizes = groups, np.bincount(town.member[:, 1])[groups] / len(town.member)

    def read(self, answers: Ints, given: NDArray[np.int8]) -> None:
        self.router = Router.of(answers, statements=self.keys, strata=self.town.strata)

    def pick(self, person: int, may_ask: NDArray[np.bool_], count: int) -> int:
        membership = np.zeros(len(self.town.strata))
        membership[self.town.member[person]] = 1.0
        if count < GROUP_KNOWN_AFTER:
            membership[self.groups] = self.sizes
        found = self.router.next(
            Asker(seed=person * 7919 + 13, membership=membership, open=may_ask, skipped=(), count=count)
        )
        assert found is not None
        return int(found)


RULES: dict[str, type[Uniform]] = {
    "ours": Ours,
    "Polis priority": PolisPriority,
    "uniform": Uniform,
    "fewest first": FewestFirst,
}


def common_ground(answers: Ints, *, rows: list[int]) -> Ints:
    """1 agreed, -1 rejected, 0 neither: all these strata heard, bounds above one half, false discoveries held down."""
    heard, found = answers[rows].sum(axis=2), np.zeros(answers.shape[1], dtype=np.int64)
    possible = (heard >= FEWEST).all(axis=0)
    for side, sign in ((2, 1), (0, -1)):
        hits = answers[rows][:, :, side]

        def smallest(level: float, among: NDArray[np.bool_], hits: Ints = hits) -> Floats:
            lowest = np.full(len(among), -np.inf)
            lowest[among] = lower_bounds(hits[:, among], heard[:, among], level=level).min(axis=0)
            return lowest

        open_ = possible & (2 * hits > heard).all(axis=0)
        chosen = choose(smallest, among=open_, tested=int(possible.sum()), above=0.5).chosen
        found[chosen] = sign
    return found


def f1(found: Ints, full: Ints) -> float:
    """Precision and recall in one figure; 1 where both lists are empty."""
    right = int(((found == full) & (full != 0)).sum())
    both = int((found != 0).sum() + (full != 0).sum())
    return 2 * right / both if both else 1.0


def simulate(town: Town, rule: type[Uniform], *, seed: int) -> tuple[list[int], list[bool]]:
    """Votes until the whole list and each sector's list are reached, and whether they were."""
    random = np.random.default_rng([seed, 5])
    statements = town.values.shape[1]
    lists = [list(range(len(town.strata))), *([row] for row in town.sector_rows)]
    full = [common_ground(town.all_answers, rows=rows) for rows in lists]
    answers = np.zeros((len(town.strata), statements, 3), dtype=np.int64)
    reached, good = [0] * len(lists), [0] * len(lists)
    votes = 0
    for votes in _votes(town, rule(town, random=random), answers=answers, random=random):
        if votes % LOOK_EVERY:
            continue
        for place, rows in enumerate(lists):
            if reached[place]:
                continue
            good[place] = good[place] + 1 if f1(common_ground(answers, rows=rows), full[place]) >= GOOD else 0
            if good[place] == LOOKS:
                reached[place] = votes - (LOOKS - 1) * LOOK_EVERY
        if all(reached) or votes >= MOST_VOTES:
            break
    return [found or votes for found in reached], [found > 0 for found in reached]


def _votes(town: Town, rule: Uniform, *, answers: Ints, random: np.random.Generator) -> Iterator[int]:
    """Cast one vote after the other into `answers`, giving the number so far."""
    people, statements = town.values.shape
    order, quota = iter(random.permutation(people).tolist()), random.geometric(1 / MEAN_ANSWERS, people)
    given = np.full((people, statements), 2, dtype=np.int8)
    count, votes, here = np.zeros(people, dtype=np.int64), 0, list[int]()
    while True:
        while len(here) < AT_ONCE and (newcomer := next(order, None)) is not None:
            here.append(newcomer)
        if not here:
            return
        rule.read(answers, given)
        for person in here:
            column = rule.pick(person, given[person] == 2, int(count[person]))
            value = given[person, column] = town.values[person, column]
            answers[town.member[person], column, value + 1] += 1
            count[person] += 1
            votes += 1
            yield votes
        here = [person for person in here if count[person] < min(quota[person], statements)]


def towns() -> Iterator[tuple[int, Town]]:
    """The worlds, each with its seed."""
    for seed in (1, 2):
        yield seed, planted_town(6_000, seed=seed)
    for name in worlds.real_names():
        yield 7, fitted_town(name, seed=7)


def main() -> int:
    """Run all worlds with all rules."""
    needed: dict[str, dict[str, list[list[int]]]] = {}
    missed: dict[str, dict[str, int]] = {}
    for seed, town in towns():
        for name, rule in RULES.items():
            votes, reached = simulate(town, rule, seed=seed)
            needed.setdefault(town.name, {}).setdefault(name, []).append(votes)
            missed.setdefault(town.name, {}).setdefault(name, 0)
            missed[town.name][name] += not reached[0]
    whole = {
        town: {name: np.mean([run[0] for run in runs]) for name, runs in by.items()} for town, by in needed.items()
    }
    rows = [
        (
            town,
            name,
            *(f"{np.mean([run[at] for run in runs]):,.0f}" for at in range(4)),
            f"{missed[town][name]} of {len(runs)}",
        )
        for town, by in needed.items()
        for name, runs in by.items()
    ]
    ratio = {name: float(np.exp(np.mean([np.log(by["ours"] / by[name]) for by in whole.values()]))) for name in RULES}
    claims = [
        at_most("Votes needed, ours to Polis priority (geometric mean over worlds)", ratio["Polis priority"], 0.7),
        at_most("Votes needed, ours to uniform (geometric mean over worlds)", ratio["uniform"], 0.7),
        at_most(
            "Votes needed, ours to uniform, in the worst world",
            max(by["ours"] / by["uniform"] for by in whole.values()),
            1.0,
        ),
    ]
    columns = ("world", "rule", "all strata", *SECTORS, "never reached")
    notes = [
        f"Fewest answers first: {ratio['fewest first']:.2f} times. Votes are means over runs; a miss counts all votes."
    ]
    return publish("routing", claims=claims, tables=[Sheet("Votes until F1 is 0.9", columns, rows)], notes=notes)


if __name__ == "__main__":
    raise SystemExit(main())
