"""Is there a pattern, and does it fall into groups? Answered against two worlds without.

World one has no pattern: every statement's votes are dealt out anew among those who answered it. An axis counts if it
is stronger in the real votes than in 19 such worlds (parallel analysis, Horn 1965); without a first one there is
nothing to draw. Groups are looked for on all axes that count, four at most.
World two has a pattern but no groups: people spread around one middle, as broadly as the real ones, and answer the same
statements (`spreads.py`). Groups are told if draws of 80 % of the people find the same groups again, and if no group is
too small. Of several numbers of groups that are found again as surely as any it is the one that separates people better
than in such worlds by most, or a smaller number that does so nearly as well. They stand apart, with a clear border, if
such worlds hardly ever separate people so well. Otherwise people lie on one spread, and its two sides are told as
groups with a gradual border, so that common ground must hold on both.

The evidence is taken from at most 1,500 people, drawn by their marks (`canonical.py`), or fewer with 60,000 votes but
at least 1,000, so that it does not grow with the crowd; groups are then made of everybody.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map import axes, clusters
from samskap.engines.opinion_map.axes import Axes
from samskap.engines.opinion_map.classes import classified
from samskap.engines.opinion_map.crowd import Block, LocalBlocks, in_threads
from samskap.engines.opinion_map.places import wide_places
from samskap.engines.opinion_map.result import Border, GroupTrial, Reason, Structure
from samskap.engines.opinion_map.scatter import PassScatter, counts_of
from samskap.engines.opinion_map.spreads import drawn_votes, spread_of

AS_STABLE = 0.05
DRAWS = 8
DRAW_SHARE = 0.8
ENOUGH = 0.85
ENOUGH_VOTES = 60_000
FEWEST_STATEMENTS = 2
LARGEST_SAMPLE = 1_500
LEVEL = 0.001
MOST_AXES = 4
MOST_GROUPS = 5
SHUFFLES = 19
SIDES = 2
SMALLEST_GROUP = 5
SMALLEST_SAMPLE = 1_000
SMALLEST_SHARE = 0.05
SPREADS = 29
STABLE = 0.8
STABLE_APART = 0.6
WARM_ROUNDS = 4
WARM_WIDTH = 6


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What the tests start from: the axes of everybody, the number of people in the map, and the votes of a sample of
    them."""

    axes: Axes
    people: int
    sample: Block

    @property
    def statements(self) -> int:
        """Number of statements in the map."""
        return len(self.axes.loadings)


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The evidence, and the group number of each person of the sample (None without groups)."""

    structure: Structure
    labels: NDArray[np.int64] | None


@dataclass(frozen=True, slots=True, eq=False)
class _Evidence:
    known: Known
    real: NDArray[np.float64] | None = None
    null: NDArray[np.float64] | None = None
    trials: tuple[GroupTrial, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Candidate:
    trial: GroupTrial
    labels: NDArray[np.int64]

    @property
    def above(self) -> float:
        """How much better people are separated than in worlds without groups."""
        return self.trial.separation - self.trial.null_separation


def smallest_group(people: int) -> int:
    """How many people make a group: five, and one in twenty."""
    return max(SMALLEST_GROUP, math.ceil(SMALLEST_SHARE * people))


def find_structure(known: Known, *, seed: int) -> Found:
    """Groups from one up, with the evidence for and against."""
    if known.statements < FEWEST_STATEMENTS:
        return _no_groups(_Evidence(known), reason="too_few_statements")
    if known.people < 2 * SMALLEST_GROUP:
        return _no_groups(_Evidence(known), reason="too_few_people")
    real, null = _axis_strengths(known, seed=seed)
    counting = _counting(real, null)
    if counting == 0:
        return _no_groups(_Evidence(known, real=real, null=null), reason="no_common_pattern")
    candidates = _candidates(known, loadings=known.axes.loadings[:, :counting], seed=seed)
    evidence = _Evidence(known, real=real, null=null, trials=tuple(candidate.trial for candidate in candidates))
    return _decided(evidence, candidates=candidates)


def _decided(evidence: _Evidence, *, candidates: list[_Candidate]) -> Found:
    """Groups that stand apart if there are any, else the two sides of the spread, else none."""
    firm = [
        each
        for each in candidates
        if each.trial.accepted or (each.trial.groups == SIDES and each.trial.stability >= STABLE)
    ]
    if not firm:
        return _no_groups(evidence, reason="groups_not_stable" if candidates else "groups_too_small")
    steady = max(each.trial.stability for each in firm) - AS_STABLE
    firm = [each for each in firm if each.trial.stability >= steady]
    enough = ENOUGH * max(0.0, *(each.above for each in firm), 0.0)
    best = next((each for each in firm if each.above >= enough), firm[0])
    reason: Reason = "groups_found" if best.trial.accepted else "sides_found"
    border: Border = "clear" if best.trial.accepted else "gradual"
    structure = _structure(
        evidence, reason=reason, groups=best.trial.groups, border=border, stability=best.trial.stability
    )
    return Found(structure=structure, labels=best.labels)


def _in_worlds(work: Callable[[np.random.Generator], Any], *, seed: int, test: int, worlds: int) -> list[Any]:
    """`work` in so many worlds, each with a chance of its own: what one draws must not move another."""
    return in_threads(work, [(np.random.default_rng([seed, test, world]),) for world in range(worlds)])


def _axis_strengths(known: Known, *, seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Strengths of the first axes in the real votes and in each shuffle (shuffles, axes), by the same estimate."""
    by_statement = np.argsort(known.sample.columns, kind="stable")
    edges = np.concatenate([[0], np.cumsum(np.bincount(known.sample.columns, minlength=known.statements))])

    def strengths(random: np.random.Generator) -> NDArray[np.float64]:
        from samskap.engines.opinion_map import kernels  # noqa: PLC0415 -- slow import

        values = known.sample.values
        shuffled = np.empty_like(values)
        kernels.dealt(edges, by_statement, values, random.random(len(values)), shuffled)
        return axes.strongest(_alone(known.sample.with_values(shuffled), statements=known.statements), wanted=MOST_AXES)

    null = _in_worlds(strengths, seed=seed, test=0, worlds=SHUFFLES)
    real = axes.strongest(_alone(known.sample, statements=known.statements), wanted=MOST_AXES)
    return real, np.stack(null)


def _counting(real: NDArray[np.float64], null: NDArray[np.float64]) -> int:
    """How many axes, from the first on, are stronger than in every shuffle."""
    # The tolerance makes equal strengths equal: with one statement or constant votes a shuffle changes nothing.
    stronger = real > null.max(axis=0) * (1.0 + axes.TINY) + axes.TINY
    return int(np.argmin([*stronger, False]))


def _alone(block: Block, *, statements: int) -> PassScatter:
    return PassScatter.of(LocalBlocks((block,)), statements=statements, needed=0)


def _candidates(known: Known, *, loadings: NDArray[np.float64], seed: int) -> list[_Candidate]:
    """One candidate for each number of groups of enough people, fewest first."""
    people = known.sample.people
    most = min(MOST_GROUPS, people // SMALLEST_GROUP)
    points = wide_places(known.sample, loadings).points
    found = clusters.groupings(points, most=most)
    real = {tried: clusters.silhouette(points, centres=found[tried].centres) for tried in found}
    null = _spread_silhouettes(known, loadings=loadings, most=most, seed=seed)
    labels = {tried: _members(known, known.sample, found[tried].labels, tried=tried) for tried in found}
    stability = _stability(known, labels=labels, loadings=loadings, seed=seed)
    heights, best = _heights(real, null)
    candidates: dict[int, _Candidate] = {}
    for tried in found:
        separation = (real[tried], float(np.mean(null[tried])), _tail(heights[tried], best))
        one = _candidate(labels[tried], separation=separation, stability=stability[tried])
        rival = candidates.get(one.trial.groups)
        if 1 < one.trial.groups <= MOST_GROUPS and (rival is None or one.above > rival.above):
            candidates[one.trial.groups] = one
    return [candidates[groups] for groups in sorted(candidates)]


def _members(known: Known, block: Block, labels: NDArray[np.int64], *, tried: int) -> NDArray[np.int64]:
    """Everybody in the likeliest group; the people of groups that are too small go to the others."""
    least = smallest_group(block.people)
    labels = classified(block, labels, groups=tried, statements=known.statements)
    while True:
        sizes = np.bincount(labels, minlength=labels.max() + 1)
        large = sizes >= least
        if large.all() or not large.any():
            return labels
        number = np.where(large, np.cumsum(large) - 1, -1)[labels]
        labels = classified(block, number, groups=int(large.sum()), statements=known.statements)


def _heights(real: dict[int, float], null: dict[int, list[float]]) -> tuple[dict[int, float], NDArray[np.float64]]:
    """How high each real silhouette stands above worlds without groups, in deviations, and the highest of each world.

    Several numbers are tried, so each must beat the best that a world without groups has to show in any of them
    (Westfall and Young 1993, max T).
    """
    if not real:
        return {}, np.zeros(0)
    worlds = np.array([null[groups] for groups in real])
    middle, wide = worlds.mean(axis=1), np.maximum(worlds.std(axis=1, ddof=1), axes.TINY)
    own = (np.array(list(real.values())) - middle) / wide
    best = ((worlds - middle[:, None]) / wide[:, None]).max(axis=0)
    return dict(zip(real, own.tolist(), strict=True)), np.asarray(best)


def _tail(height: float, best: NDArray[np.float64]) -> float:
    """Chance that the best of a world without groups stands so high: the tail of a Gumbel law fitted by moments to
    the worlds drawn. Counting worlds would end at 1 in 40, where a single world decides."""
    scale = max(float(np.std(best, ddof=1)) * math.sqrt(6.0) / math.pi, axes.TINY)
    middle = float(np.mean(best)) - np.euler_gamma * scale
    return float(-np.expm1(-np.exp(-min(max((height - middle) / scale, -30.0), 700.0))))


def _candidate(labels: NDArray[np.int64], *, separation: tuple[float, float, float], stability: float) -> _Candidate:
    sizes = np.bincount(labels)
    large = int(sizes.min()) >= smallest_group(len(labels))
    real, null, p_value = separation
    trial = GroupTrial(
        groups=len(sizes) if large else 1,
        stability=stability,
        separation=real,
        null_separation=null,
        p_value=p_value,
        smallest=int(sizes.min()),
        accepted=p_value <= LEVEL and stability >= STABLE_APART and large,
    )
    return _Candidate(trial=trial, labels=labels)


def _spread_silhouettes(known: Known, *, loadings: NDArray[np.float64], most: int, seed: int) -> dict[int, list[float]]:
    """Silhouettes of each number of groups in world two."""
    counts = counts_of(known.sample, known.statements, 0)
    spread = spread_of(counts, loadings=loadings, wide=wide_places(known.sample, loadings).spread)

    def silhouettes(random: np.random.Generator) -> list[float]:
        points = wide_places(drawn_votes(known.sample, spread, random=random), loadings).points
        found = clusters.groupings(points, most=most)
        return [clusters.silhouette(points, centres=found[groups].centres) for groups in found]

    drawn = _in_worlds(silhouettes, seed=seed, test=1, worlds=SPREADS)
    return {groups: [each[at] for each in drawn] for at, groups in enumerate(range(2, most + 1))}


def _stability(
    known: Known, *, labels: dict[int, NDArray[np.int64]], loadings: NDArray[np.float64], seed: int
) -> dict[int, float]:
    """Mean agreement of each grouping with those found anew, axes and all, in draws of 80 % of the people."""
    wide, people, width = _warm_start(known.axes.loadings), known.sample.people, loadings.shape[1]

    def agreements(random: np.random.Generator) -> list[float]:
        chosen = np.sort(random.permutation(people)[: math.ceil(DRAW_SHARE * people)])
        block = known.sample.of_people(chosen)
        scatter = _alone(block, statements=known.statements)
        drawn = axes.nearby_axes(scatter, block=wide, rounds=WARM_ROUNDS, wanted=width)
        found = clusters.groupings(wide_places(block, drawn.loadings).points, most=max(labels))
        return [
            clusters.agreement(whole[chosen], _members(known, block, found[tried].labels, tried=tried))
            for tried, whole in labels.items()
        ]

    drawn = _in_worlds(agreements, seed=seed, test=2, worlds=DRAWS) if labels else []
    return {tried: float(np.mean([each[at] for each in drawn])) for at, tried in enumerate(labels)}


def _warm_start(loadings: NDArray[np.float64]) -> NDArray[np.float64]:
    """The axes found, widened by fixed directions so that a draw can find its own."""
    statements = len(loadings)
    wide = np.random.default_rng(0).standard_normal((statements, max(0, WARM_WIDTH - loadings.shape[1])))
    return np.linalg.qr(np.concatenate([loadings, wide], axis=1)[:, :statements])[0]


def _no_groups(evidence: _Evidence, *, reason: Reason) -> Found:
    most = max((trial.stability for trial in evidence.trials), default=0.0)
    return Found(structure=_structure(evidence, reason=reason, groups=1, border="none", stability=most), labels=None)


def _structure(evidence: _Evidence, *, reason: Reason, groups: int, border: Border, stability: float) -> Structure:
    first, second = evidence.known.axes.shares
    null_share, p_value = 0.0, 1.0
    if evidence.real is not None and evidence.null is not None:
        total = float(np.sum(_alone(evidence.known.sample, statements=evidence.known.statements).diagonal))
        null_share = float(np.mean(evidence.null[:, 0])) / max(total, axes.TINY)
        reached = int(np.sum(evidence.null[:, 0] >= evidence.real[0] * (1.0 - axes.TINY)))
        p_value = (1 + reached) / (1 + len(evidence.null))
    return Structure(
        has_groups=groups > 1,
        groups=groups,
        border=border,
        first_axis_share=first,
        second_axis_share=second,
        null_first_axis_share=null_share,
        p_value=p_value,
        stability=stability,
        reason=reason,
        trials=evidence.trials,
    )
