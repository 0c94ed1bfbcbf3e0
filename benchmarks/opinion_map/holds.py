"""Common ground holds: chosen on half of the people, tested on the other half, in every group and every sector.

An entry of a list claims: in each of these groups and sectors, and among everyone, at least the share `bound` is on
this side. Planted worlds know the true share of each, so there a claim is simply right or wrong. The public
conversations do not; there the other half answers: groups are those of the first half, with each person of the other
half put to the nearest one, and a claim counts as broken if the other half is further below the bound than chance
allows (exact binomial test at 5 % in each stratum; so of claims that sit exactly at the truth one in twenty strata
would look broken). Their sectors are planted: people are dealt to three sectors, and in one of them every fourth
answer of agreement to half of the statements is turned into disagreement.

Beside it, what the lists of Polis hold of what they say. Polis claims no bound; the least that "consensus" can mean is
that more than half of every group and every sector agree, and so much is tested for all.

    python benchmarks/opinion_map/holds.py
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np
from measuring import Claim, Sheet, at_least, at_most, publish, run
from numpy.typing import NDArray
from worlds import PASS, SECTORS, Plan, World, keys, planted, real, real_names, votes_of

from samskap.engines.opinion_map import OpinionMap, Votes, map_opinions, polis_consensus
from samskap.engines.opinion_map.bounds import upper_bounds

NOMINAL = 0.95
DRAWS = 4
PLANS = {
    "3 groups, 2,000 people": Plan(),
    "3 groups, 600 people": Plan(people=600, statements=120, votes_each=40),
    "2 groups, few answers": Plan(people=800, statements=200, votes_each=25, groups=(0.6, 0.4)),
    "3 groups, many answers": Plan(people=4_000, statements=100, votes_each=60),
    "no groups": Plan(people=800, statements=200, votes_each=40, groups=(1.0,)),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One entry of a list: the statement, the side (1 agree, -1 disagree) and the share claimed everywhere."""

    statement: str
    side: int
    bound: float


@dataclass(frozen=True, slots=True)
class Kept:
    """How many entries were found in all, and how many kept their claim, and a majority, everywhere."""

    found: int = 0
    bound: int = 0
    majority: int = 0

    def __add__(self, other: Kept) -> Kept:
        return Kept(self.found + other.found, self.bound + other.bound, self.majority + other.majority)


def ours(result: OpinionMap, votes: Votes) -> list[Said]:
    """Agreement and joint rejection as the engine lists them."""
    return [Said(item.statement, 1 if item.side == "agree" else -1, item.bound) for item in result.common_ground]


def polis_list(result: OpinionMap, votes: Votes) -> list[Said]:
    """Polis's two consensus lists."""
    agree, disagree = polis_consensus(votes)
    return [Said(item.statement, 1, 0.5) for item in agree] + [Said(item.statement, -1, 0.5) for item in disagree]


def polis_product(result: OpinionMap, votes: Votes) -> list[Said]:
    """The ten statements with the largest product over groups of (agrees + 1) / (answers + 2)."""
    score = {}
    for item in result.statements:
        parts = [count for count in item.by_stratum if count.kind == "group"] or [item]
        score[item.key] = float(np.prod([(part.agree + 1) / (part.answered + 2) for part in parts]))
    return [Said(key, 1, 0.5) for key in sorted(score, key=lambda key: (-score[key], key))[:10]]


METHODS: dict[str, Callable[[OpinionMap, Votes], list[Said]]] = {
    "Samskap": ours,
    "Polis consensus lists": polis_list,
    "Polis group-aware, top 10": polis_product,
}


def known_truth(plan: Plan) -> dict[str, Kept]:
    """Claims of half of a planted world's people against the shares of all whom the world could draw."""
    world = planted(plan)
    assert world.truth is not None
    half = np.random.default_rng(plan.seed).permutation(world.people)[: world.people // 2]
    part = world.of_people(half)
    place = {key: number for number, key in enumerate(keys("p", part.people))}
    sector = world.truth.sector[half]
    strata = {"sector": {key: SECTORS[sector[number]] for key, number in place.items()}}
    votes = votes_of(part)
    result = map_opinions(votes, strata=strata)
    shares = [_true_shares(world, side=side, people=half, result=result) for side in (1, -1)]
    return {
        name: _kept(method(result, votes), least=lambda said: float(shares[said.side < 0][int(said.statement[1:])]))
        for name, method in METHODS.items()
    }


def _true_shares(world: World, *, side: int, people: NDArray[np.int64], result: OpinionMap) -> NDArray[np.float64]:
    """The smallest true share on this side over everyone, the sectors and the groups that were found (statements)."""
    truth = world.truth
    assert truth is not None
    chances = truth.chances if side > 0 else 1.0 - PASS - truth.chances
    cell = chances[truth.group[people], truth.sector[people]]
    letters = {person.key: person.group for person in result.people}
    letter = np.array([letters.get(key) or "" for key in keys("p", len(people))])
    parts = [np.ones(len(people), dtype=bool), *(truth.sector[people] == number for number in range(len(SECTORS)))]
    parts += [letter == group.key for group in result.groups]
    return np.min([cell[part].mean(axis=0) for part in parts if part.any()], axis=0)


def _kept(said: Iterable[Said], *, least: Callable[[Said], float]) -> Kept:
    found = list(said)
    shares = [least(item) for item in found]
    return Kept(
        len(found),
        sum(share >= item.bound for item, share in zip(found, shares, strict=True)),
        sum(share > 0.5 for share in shares),
    )


def other_half(world: World, *, seed: int) -> dict[str, Kept]:
    """Claims of half of a public conversation's people against the answers of the other half."""
    random = np.random.default_rng(seed)
    sector = random.choice(3, size=world.people, p=(0.5, 0.3, 0.2))
    world = _with_sector_effect(world, sector, random=random)
    order = random.permutation(world.people)
    halves = [np.sort(order[: world.people // 2]), np.sort(order[world.people // 2 :])]
    first, second = (world.of_people(people) for people in halves)
    names = {key: SECTORS[sector[halves[0][number]]] for number, key in enumerate(keys("p", first.people))}
    votes = votes_of(first)
    result = map_opinions(votes, strata={"sector": names})
    members = [np.ones(second.people, dtype=bool), *(sector[halves[1]] == number for number in range(3))]
    group = _nearest(result, second)
    members += [group == number for number in range(len(result.groups))]
    counts = np.stack([_counted(second, member) for member in members])
    return {name: _tested(method(result, votes), counts) for name, method in METHODS.items()}


def _with_sector_effect(world: World, sector: NDArray[np.int64], *, random: np.random.Generator) -> World:
    against = (random.random(world.statements) < 0.5)[world.columns] & (sector == 2)[world.rows]
    turned = against & (world.values == 1) & (random.random(world.count) < 0.25)
    return replace(world, values=np.where(turned, -1, world.values).astype(np.int8))


def _nearest(result: OpinionMap, half: World) -> NDArray[np.int64]:
    """The group of the first half that each person of the other half stands nearest to; -1 where there is none."""
    if not result.groups:
        return np.full(half.people, -1)
    loading = np.array([(item.x, item.y) for item in result.statements])
    mean = np.array([(item.agree - item.disagree) / max(item.answered, 1) for item in result.statements])
    left = half.values - mean[half.columns]
    pull = np.zeros((half.people, 2))
    np.add.at(pull, half.rows, left[:, None] * loading[half.columns])
    known = np.zeros((half.people, 2, 2))
    np.add.at(known, half.rows, loading[half.columns][:, :, None] * loading[half.columns][:, None, :])
    ridge = 0.05 * np.trace(loading.T @ loading) / 2.0 * np.eye(2)
    places = np.linalg.solve(known + ridge, pull[..., None])[..., 0]
    middles = np.array([(group.x, group.y) for group in result.groups])
    return ((places[:, None] - middles) ** 2).sum(axis=2).argmin(axis=1)


def _counted(half: World, member: NDArray[np.bool_]) -> NDArray[np.int64]:
    kept = member[half.rows]
    code = half.columns[kept] * 3 + half.values[kept] + 1
    return np.bincount(code, minlength=half.statements * 3).reshape(half.statements, 3)


def _tested(said: list[Said], counts: NDArray[np.int64]) -> Kept:
    """Entries whose share in the other half is not below the claim for certain, in any stratum with five answers."""
    kept = [0, 0]
    for item in said:
        answers = counts[:, int(item.statement[1:])]
        answered, hits = answers.sum(axis=1), answers[:, item.side + 1]
        heard = answered >= 5
        at_best = upper_bounds(hits[heard], answered[heard], level=1.0 - NOMINAL)
        kept[0] += bool((at_best >= item.bound).all())
        kept[1] += bool((at_best > 0.5).all())
    return Kept(len(said), *kept)


def main() -> int:
    """Both tables, and what is demanded of them."""
    tables, claims = [], []
    planted_total, real_total = Kept(), Kept()
    rows = []
    for name, plan in PLANS.items():
        draws = [known_truth(replace(plan, seed=plan.seed + draw)) for draw in range(DRAWS)]
        for method in METHODS:
            total = sum((draw[method] for draw in draws), start=Kept())
            rows.append(_row(name, method, total))
            planted_total += total if method == "Samskap" else Kept()
    tables.append(Sheet(f"Planted worlds, {DRAWS} each: claims of half the people against the truth", COLUMNS, rows))
    rows = []
    for name in real_names():
        world = real(name)
        draws = [other_half(world, seed=seed) for seed in range(DRAWS)]
        for method in METHODS:
            total = sum((draw[method] for draw in draws), start=Kept())
            rows.append(_row(name, method, total))
            real_total += total if method == "Samskap" else Kept()
    if rows:
        tables.append(Sheet(f"Public conversations, {DRAWS} splits: claims against the other half", COLUMNS, rows))
        claims.append(_demand("Public conversations", real_total))
    claims.insert(0, _demand("Planted worlds", planted_total))
    claims.insert(1, at_least("Planted worlds: entries found", planted_total.found, 1))
    return publish("holds", claims=claims, tables=tables)


COLUMNS = ("world", "method", "entries", "bound holds everywhere", "majority holds everywhere")


def _row(world: str, method: str, kept: Kept) -> tuple[object, ...]:
    if not kept.found:
        return (world, method, 0, None, None)
    bound = f"{kept.bound / kept.found:.1%}" if method == "Samskap" else None
    return (world, method, kept.found, bound, f"{kept.majority / kept.found:.1%}")


def _demand(what: str, kept: Kept) -> Claim:
    broken = 1.0 - kept.bound / max(kept.found, 1)
    return at_most(f"{what}: share of claims broken", broken, 1.0 - NOMINAL)


if __name__ == "__main__":
    run(__file__, whole=main)
