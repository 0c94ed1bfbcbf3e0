"""Is there a pattern, and does it fall into groups? Answered against two worlds without.

World one has no pattern: every statement's votes are dealt out anew among those who answered it. If the first axis
of the real votes is not stronger than that of 19 such worlds, there is nothing to draw.
World two has a pattern but no groups: people spread around one middle, as broadly as the real ones, and answer the
same statements (`spreads.py`). Groups stand apart if they separate people better than in 19 such worlds, if draws of
80 % of the people find the same groups again, and if no group is too small. Of several numbers of groups the one
that separates people best is chosen.
Where no groups stand apart, people lie on one spread. Its two sides are told as groups with a gradual border, so
that common ground must hold on both, if draws of 80 % of the people find the same sides again.

The evidence is taken from at most 2,000 people, drawn by their marks (`canonical.py`), so that it does not grow with
the crowd; groups are then made of everybody.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map import axes, clusters
from samskap.engines.opinion_map.axes import Axes
from samskap.engines.opinion_map.crowd import Block, LocalBlocks, in_threads
from samskap.engines.opinion_map.places import Places, Prior, located
from samskap.engines.opinion_map.result import Border, GroupTrial, Reason, Structure
from samskap.engines.opinion_map.scatter import PassScatter, counts_of
from samskap.engines.opinion_map.spreads import drawn_votes, spread_of

DRAWS = 12
DRAW_SHARE = 0.8
FEWEST_STATEMENTS = 2
LARGEST_SAMPLE = 2_000
LEVEL = 0.05
MOST_GROUPS = 5
SHUFFLES = 19
SIDES = 2
SMALLEST_GROUP = 5
SMALLEST_SHARE = 0.05
SPREADS = 19
STABLE = 0.8
WARM_ROUNDS = 4
WARM_WIDTH = 6


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What the tests start from: axes and prior of everybody, the places of the people in the map, the votes of a
    sample of them, and which of them that is (positions in `points`)."""

    axes: Axes
    prior: Prior
    points: NDArray[np.float64]
    sample: Block
    sampled: NDArray[np.int64]

    @property
    def statements(self) -> int:
        """Number of statements in the map."""
        return len(self.axes.loadings)


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The evidence, and the group number of each person in the map (None without groups)."""

    structure: Structure
    labels: NDArray[np.int64] | None


@dataclass(frozen=True, slots=True, eq=False)
class _Evidence:
    known: Known
    real: float = 0.0
    null: list[float] = field(default_factory=list)
    trials: tuple[GroupTrial, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Candidate:
    trial: GroupTrial
    labels: NDArray[np.int64]


def smallest_group(people: int) -> int:
    """How many people make a group: five, and one in twenty."""
    return max(SMALLEST_GROUP, math.ceil(SMALLEST_SHARE * people))


def find_structure(known: Known, *, seed: int) -> Found:
    """Groups from one up, with the evidence for and against."""
    if known.statements < FEWEST_STATEMENTS:
        return _no_groups(_Evidence(known), reason="too_few_statements")
    if len(known.points) < 2 * SMALLEST_GROUP:
        return _no_groups(_Evidence(known), reason="too_few_people")
    real, null = _axis_strengths(known, seed=seed)
    if _p_value(real, null) > LEVEL:
        return _no_groups(_Evidence(known, real=real, null=null), reason="no_common_pattern")
    candidates = _candidates(known, seed=seed)
    evidence = _Evidence(known, real=real, null=null, trials=tuple(candidate.trial for candidate in candidates))
    return _decided(evidence, candidates=candidates)


def _decided(evidence: _Evidence, *, candidates: list[_Candidate]) -> Found:
    """Groups that stand apart if there are any, else the two sides of the spread, else none."""
    apart = [candidate for candidate in candidates if candidate.trial.accepted]
    if apart:
        best = max(apart, key=lambda candidate: candidate.trial.separation)
        structure = _structure(evidence, reason="groups_found", groups=best.trial.groups, border="clear")
        return Found(structure=structure, labels=best.labels)
    sides = next((candidate for candidate in candidates if candidate.trial.groups == SIDES), None)
    if sides and sides.trial.stability >= STABLE and sides.trial.smallest >= smallest_group(len(sides.labels)):
        structure = _structure(evidence, reason="sides_found", groups=SIDES, border="gradual")
        return Found(structure=structure, labels=sides.labels)
    least = smallest_group(len(evidence.known.points))
    small = any(trial.stability >= STABLE and trial.smallest < least for trial in evidence.trials)
    return _no_groups(evidence, reason="groups_too_small" if small else "groups_not_stable")


def _in_worlds(
    work: Callable[[np.random.Generator], list[float]], *, seed: int, test: int, worlds: int
) -> list[list[float]]:
    """`work` in so many worlds, each with a chance of its own: what one draws must not move another."""
    return in_threads(work, [(np.random.default_rng([seed, test, world]),) for world in range(worlds)])


def _axis_strengths(known: Known, *, seed: int) -> tuple[float, list[float]]:
    """Strength of the first axis in the real votes and in each shuffle, by the same estimate from the same start."""
    by_statement = np.argsort(known.sample.columns, kind="stable")
    edges = np.concatenate([[0], np.cumsum(np.bincount(known.sample.columns, minlength=known.statements))])

    def strength(random: np.random.Generator) -> list[float]:
        from samskap.engines.opinion_map import kernels  # noqa: PLC0415 -- slow import

        values = known.sample.values
        shuffled = np.empty_like(values)
        kernels.dealt(edges, by_statement, values, random.random(len(values)), shuffled)
        return [axes.strongest(_alone(known.sample.with_values(shuffled), statements=known.statements))]

    null = _in_worlds(strength, seed=seed, test=0, worlds=SHUFFLES)
    return axes.strongest(_alone(known.sample, statements=known.statements)), [each for (each,) in null]


def _alone(block: Block, *, statements: int) -> PassScatter:
    return PassScatter.of(LocalBlocks((block,)), statements=statements, needed=0)


def _p_value(real: float, null: list[float]) -> float:
    """Share of worlds at least as strong as the real one, the real one counted in."""
    # The tolerance makes equal strengths equal: with one statement or constant votes a shuffle changes nothing.
    reached = sum(value >= real * (1.0 - axes.TINY) for value in null)
    return (1 + reached) / (1 + len(null))


def _candidates(known: Known, *, seed: int) -> list[_Candidate]:
    cells = clusters.gather(known.points)
    numbers = [
        groups
        for groups in range(2, MOST_GROUPS + 1)
        if groups * smallest_group(len(known.points)) <= len(known.points) and len(cells.weight) >= groups
    ]
    starts = {groups: clusters.best_centres(cells, groups=groups) for groups in numbers}
    found = {groups: clusters.grouped(known.points, centres=starts[groups]) for groups in numbers}
    seen = clusters.gather(known.points[known.sampled])
    real = {groups: clusters.silhouette(seen, centres=starts[groups]) for groups in numbers}
    null = _spread_silhouettes(known, numbers=numbers, seed=seed)
    labels = {groups: found[groups].labels[known.sampled] for groups in numbers}
    stability = _stability(known, labels=labels, seed=seed)
    p_values = _joint_p_values(real, null)
    return [
        _candidate(
            found[groups],
            groups=groups,
            separation=(real[groups], float(np.mean(null[groups])), p_values[groups]),
            stability=stability[groups],
        )
        for groups in numbers
    ]


def _joint_p_values(real: dict[int, float], null: dict[int, list[float]]) -> dict[int, float]:
    """Share of worlds that reach each real silhouette with any number of groups (Westfall and Young 1993, max T).

    Several numbers are tried, so each must beat the best that a world without groups has to show in any of them.
    """
    if not real:
        return {}
    pools = np.array([[real[groups], *null[groups]] for groups in real])
    heights = (pools - pools.mean(axis=1, keepdims=True)) / np.maximum(pools.std(axis=1, keepdims=True), axes.TINY)
    best = heights[:, 1:].max(axis=0)
    return {groups: (1 + int(np.sum(best >= heights[at, 0]))) / (1 + len(best)) for at, groups in enumerate(real)}


def _candidate(
    grouping: clusters.Grouping, *, groups: int, separation: tuple[float, float, float], stability: float
) -> _Candidate:
    smallest = int(np.bincount(grouping.labels, minlength=groups).min())
    large = smallest >= smallest_group(len(grouping.labels))
    real, null, p_value = separation
    trial = GroupTrial(
        groups=groups,
        stability=stability,
        separation=real,
        null_separation=null,
        p_value=p_value,
        smallest=smallest,
        accepted=p_value <= LEVEL and stability >= STABLE and large,
    )
    return _Candidate(trial=trial, labels=grouping.labels)


def _spread_silhouettes(known: Known, *, numbers: list[int], seed: int) -> dict[int, list[float]]:
    """Silhouettes of each number of groups in world two."""
    counts = counts_of(known.sample, known.statements, 0)
    spread = spread_of(counts, loadings=known.axes.loadings, prior=known.prior)

    def silhouettes(random: np.random.Generator) -> list[float]:
        drawn = drawn_votes(known.sample, spread, random=random)
        cells = clusters.gather(located(drawn, known.axes.loadings).xy)
        return [_best_silhouette(cells, groups=groups) for groups in numbers]

    drawn = _in_worlds(silhouettes, seed=seed, test=1, worlds=SPREADS)
    return {groups: [each[at] for each in drawn] for at, groups in enumerate(numbers)}


def _best_silhouette(cells: clusters.Cells, *, groups: int) -> float:
    return clusters.silhouette(cells, centres=clusters.best_centres(cells, groups=groups))


def _stability(known: Known, *, labels: dict[int, NDArray[np.int64]], seed: int) -> dict[int, float]:
    """Mean agreement of each grouping with those found anew, axes and all, in draws of 80 % of the people."""
    wide = _warm_start(known.axes.loadings)
    people = known.sample.people

    def agreements(random: np.random.Generator) -> list[float]:
        chosen = np.sort(random.permutation(people)[: math.ceil(DRAW_SHARE * people)])
        points = _places_of(known.sample.of_people(chosen), start=wide).xy
        cells = clusters.gather(points)
        told = []
        for groups, whole in labels.items():
            centres = clusters.best_centres(cells, groups=groups)
            told.append(clusters.agreement(whole[chosen], clusters.grouped(points, centres=centres).labels))
        return told

    drawn = _in_worlds(agreements, seed=seed, test=2, worlds=DRAWS)
    return {groups: float(np.mean([each[at] for each in drawn])) for at, groups in enumerate(labels)}


def _warm_start(loadings: NDArray[np.float64]) -> NDArray[np.float64]:
    """The axes found, widened by fixed directions so that a draw can find its own."""
    statements = len(loadings)
    wide = np.random.default_rng(0).standard_normal((statements, max(0, WARM_WIDTH - axes.AXES)))
    return np.linalg.qr(np.concatenate([loadings, wide], axis=1)[:, :statements])[0]


def _places_of(block: Block, *, start: NDArray[np.float64]) -> Places:
    """Places of these people, from a centre, axes and a prior of their own."""
    found = axes.nearby_axes(_alone(block, statements=len(start)), block=start, rounds=WARM_ROUNDS)
    return located(block, found.loadings)


def _no_groups(evidence: _Evidence, *, reason: Reason) -> Found:
    return Found(structure=_structure(evidence, reason=reason, groups=1, border="none"), labels=None)


def _structure(evidence: _Evidence, *, reason: Reason, groups: int, border: Border) -> Structure:
    total = max(float(np.sum(_alone(evidence.known.sample, statements=evidence.known.statements).diagonal)), axes.TINY)
    first, second = evidence.known.axes.shares
    null = evidence.null
    return Structure(
        has_groups=groups > 1,
        groups=groups,
        border=border,
        first_axis_share=first,
        second_axis_share=second,
        null_first_axis_share=float(np.mean(null)) / total if null else 0.0,
        p_value=_p_value(evidence.real, null) if null else 1.0,
        stability=max((trial.stability for trial in evidence.trials if groups in (trial.groups, 1)), default=0.0),
        reason=reason,
        trials=evidence.trials,
    )
