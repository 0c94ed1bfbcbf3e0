"""Is there a pattern, and does it fall into groups? Answered against two worlds without.

World one has no pattern: every statement's votes are dealt out anew among those who answered it. If the first axis
of the real votes is not stronger than that of 19 such worlds, there is nothing to draw.
World two has a pattern but no groups: people spread around one middle, as broadly as the real ones, and answer the
same statements (`spreads.py`). Groups stand apart if they separate people better than in 19 such worlds, if draws of
80 % of the people find the same groups again, and if no group is too small. Of several numbers of groups the one
that separates people best is chosen.
Where no groups stand apart, people lie on one spread. Its two sides are told as groups with a gradual border, so
that common ground must hold on both, if draws of 80 % of the people find the same sides again.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map import axes, clusters
from samskap.engines.opinion_map.axes import Map, Residuals
from samskap.engines.opinion_map.result import Border, GroupTrial, Reason, Structure
from samskap.engines.opinion_map.spreads import places_in_spreads

DRAWS = 12
DRAW_SHARE = 0.8
FEWEST_STATEMENTS = 2
LEVEL = 0.05
MOST_GROUPS = 5
SMALLEST_GROUP = 5
SMALLEST_SHARE = 0.05
SHUFFLES = 19
SIDES = 2
SPREADS = 19
STABLE = 0.8
WARM_ROUNDS = 4
WARM_WIDTH = 6


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The evidence, and the group number of each person in the map (None without groups)."""

    structure: Structure
    labels: NDArray[np.int64] | None


@dataclass(frozen=True, slots=True, eq=False)
class _Evidence:
    known: Map
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


def find_structure(known: Map, *, seed: int) -> Found:
    """Groups from one up, with the evidence for and against."""
    # Three streams: what one test draws must not move the next.
    shuffles, spreads, draws = (np.random.default_rng([seed, stream]) for stream in range(3))
    people, statements = known.residuals.people, known.residuals.statements
    if statements < FEWEST_STATEMENTS:
        return _no_groups(_Evidence(known), reason="too_few_statements")
    if people < 2 * SMALLEST_GROUP:
        return _no_groups(_Evidence(known), reason="too_few_people")
    real, null = _axis_strengths(known.residuals, random=shuffles)
    if _p_value(real, null) > LEVEL:
        return _no_groups(_Evidence(known, real=real, null=null), reason="no_common_pattern")
    candidates = _candidates(known, spreads=spreads, draws=draws)
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
    stable = any(trial.stability >= STABLE for trial in evidence.trials)
    return _no_groups(evidence, reason="groups_too_small" if stable else "groups_not_stable")


def _axis_strengths(residuals: Residuals, *, random: np.random.Generator) -> tuple[float, list[float]]:
    """Strength of the first axis in the real votes and in each shuffle, by the same estimate from the same start."""
    start = random.standard_normal(residuals.statements)
    by_statement = np.argsort(residuals.columns, kind="stable")
    null = []
    for _ in range(SHUFFLES):
        values = np.empty_like(residuals.values)
        dealt = np.argsort(residuals.columns + random.random(len(residuals.columns)))
        values[by_statement] = residuals.values[dealt]
        null.append(axes.lanczos_top(residuals.with_values(values), start=start))
    return axes.lanczos_top(residuals, start=start), null


def _p_value(real: float, null: list[float]) -> float:
    """Share of worlds at least as strong as the real one, the real one counted in."""
    # The tolerance makes equal strengths equal: with one statement or constant votes a shuffle changes nothing.
    reached = sum(value >= real * (1.0 - axes.TINY) for value in null)
    return (1 + reached) / (1 + len(null))


def _candidates(known: Map, *, spreads: np.random.Generator, draws: np.random.Generator) -> list[_Candidate]:
    points = known.places.xy
    numbers = [
        groups
        for groups in range(2, MOST_GROUPS + 1)
        if groups * smallest_group(len(points)) <= len(points) and len(np.unique(points, axis=0)) >= groups
    ]
    cells = clusters.gather(points)
    starts = {groups: clusters.best_centres(cells, groups=groups, random=spreads) for groups in numbers}
    found = {groups: clusters.grouped(points, centres=starts[groups]) for groups in numbers}
    real = {groups: clusters.silhouette(cells, centres=starts[groups]) for groups in numbers}
    null = _spread_silhouettes(known, numbers=numbers, random=spreads)
    stability = _stability(known, labels={groups: found[groups].labels for groups in numbers}, random=draws)
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


def _spread_silhouettes(known: Map, *, numbers: list[int], random: np.random.Generator) -> dict[int, list[float]]:
    """Silhouettes of each number of groups in world two."""
    result: dict[int, list[float]] = {groups: [] for groups in numbers}
    for drawn in places_in_spreads(known, worlds=SPREADS, random=random):
        cells = clusters.gather(drawn)
        for groups in numbers:
            centres = clusters.best_centres(cells, groups=groups, random=random)
            result[groups].append(clusters.silhouette(cells, centres=centres))
    return result


def _stability(known: Map, *, labels: dict[int, NDArray[np.int64]], random: np.random.Generator) -> dict[int, float]:
    """Mean agreement of each grouping with those found anew, axes and all, in draws of 80 % of the people."""
    wide = _warm_start(known)
    agreed: dict[int, list[float]] = {groups: [] for groups in labels}
    people = known.residuals.people
    for _ in range(DRAWS):
        chosen = np.zeros(people, dtype=bool)
        chosen[np.argsort(random.random(people))[: math.ceil(DRAW_SHARE * people)]] = True
        points = _places_of(known.residuals, chosen=chosen, start=wide)
        cells = clusters.gather(points)
        for groups, whole in labels.items():
            centres = clusters.best_centres(cells, groups=groups, random=random)
            drawn = clusters.grouped(points, centres=centres).labels
            agreed[groups].append(clusters.agreement(whole[chosen], drawn))
    return {groups: float(np.mean(values)) for groups, values in agreed.items()}


def _warm_start(known: Map) -> NDArray[np.float64]:
    """The axes found, widened by a fixed block so that a draw can find its own."""
    block = axes.start_block(known.residuals.statements)[:, : max(0, WARM_WIDTH - axes.AXES)]
    wide = np.concatenate([known.loadings, block], axis=1)[:, : known.residuals.statements]
    return np.linalg.qr(wide)[0]


def _places_of(residuals: Residuals, *, chosen: NDArray[np.bool_], start: NDArray[np.float64]) -> NDArray[np.float64]:
    """Places of the chosen people, from a centre, axes and a prior of their own."""
    kept = chosen[residuals.rows]
    columns, values = residuals.columns[kept], residuals.values[kept]
    means = axes.column_means(columns, values, statements=residuals.statements)
    drawn = Residuals.of(
        (np.cumsum(chosen) - 1)[residuals.rows[kept]],
        columns,
        values - means[columns],
        people=int(chosen.sum()),
        statements=residuals.statements,
    )
    vectors = axes.nearby_axes(drawn, start=start, rounds=WARM_ROUNDS)
    return axes.fitted_places(drawn, axes.scaled(vectors)).xy


def _no_groups(evidence: _Evidence, *, reason: Reason) -> Found:
    return Found(structure=_structure(evidence, reason=reason, groups=1, border="none"), labels=None)


def _structure(evidence: _Evidence, *, reason: Reason, groups: int, border: Border) -> Structure:
    total = max(evidence.known.residuals.total, axes.TINY)
    null = evidence.null
    return Structure(
        has_groups=groups > 1,
        groups=groups,
        border=border,
        first_axis_share=float(evidence.known.eigenvalues[0]) / total,
        second_axis_share=float(evidence.known.eigenvalues[1]) / total,
        null_first_axis_share=float(np.mean(null)) / total if null else 0.0,
        p_value=_p_value(evidence.real, null) if null else 1.0,
        stability=max((trial.stability for trial in evidence.trials if groups in (trial.groups, 1)), default=0.0),
        reason=reason,
        trials=evidence.trials,
    )
