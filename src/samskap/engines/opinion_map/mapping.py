"""From votes to a finished map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map import axes, breakdown, findings
from samskap.engines.opinion_map.axes import Map, Places, Residuals
from samskap.engines.opinion_map.breakdown import GROUP, Case, Tables
from samskap.engines.opinion_map.result import (
    Counts,
    Group,
    OpinionMap,
    PersonPlace,
    Representative,
)
from samskap.engines.opinion_map.structure import Found, find_structure
from samskap.engines.opinion_map.votes import Votes, input_hash

ENGINE_VERSION = "opinion_map 1.0"
VOTES_NEEDED = 7
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def map_opinions(
    votes: Votes,
    *,
    strata: Mapping[str, Mapping[str, str]] | None = None,
    background: frozenset[str] = frozenset(),
    left_out: frozenset[str] = frozenset(),
    seed: int = 20171114,
) -> OpinionMap:
    """The map of these votes.

    `strata` are known divisions of the people, {"sector": {person key: "voluntary"}}; the name of each is told
    even if nobody from it voted. `background` statements are counted but shape neither map nor lists; `left_out`
    statements (rejected ones) are not counted at all. The same input in any order, with the same seed, gives the
    same map; with every vote's sign flipped it gives the mirror image. Method: `docs/methods/opinion-map.md`.
    """
    known = {kind: dict(members) for kind, members in (strata or {}).items() if kind != GROUP}
    counted = votes.only(frozenset(votes.statements) - left_out)
    opinions = counted.only(frozenset(counted.statements) - background)
    whole = _placed(opinions)
    found = find_structure(whole.map, seed=abs(seed))
    letters = _letters(whole, found)
    tables = _all_tables(counted, letters=letters, known=known)
    told = findings.find(_case(counted, tables=tables, background=background), loadings=_loadings(whole))
    return OpinionMap(
        engine_version=ENGINE_VERSION,
        seed=seed,
        input_hash=input_hash(votes, strata=known, background=background, left_out=left_out),
        counts=_counts(votes, counted=counted, whole=whole),
        people=_people(whole, letters=letters),
        groups=_groups(whole, letters=letters, stands_for=told.representative),
        structure=found.structure,
        statements=told.statements,
        common_ground=told.common_ground,
        awaited=told.awaited,
        divisive=told.divisive,
        divided_within=told.divided_within,
        uncertain=told.uncertain,
        too_few=breakdown.too_few(tables),
        claims=told.claims,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Placed:
    """The map of those with enough votes, and the places of everybody."""

    votes: Votes
    map: Map
    places: Places
    given: NDArray[np.int64]
    inside: NDArray[np.bool_]
    needed: int


def _placed(votes: Votes) -> _Placed:
    people, statements = len(votes.people), len(votes.statements)
    needed = min(VOTES_NEEDED, statements)
    given = np.bincount(votes.rows, minlength=people)
    inside = (given >= needed) & (given > 0)
    values = votes.values.astype(np.float64)
    kept = inside[votes.rows]
    means = axes.column_means(votes.columns[kept], values[kept], statements=statements)
    left = values - means[votes.columns]
    core = Residuals.of(
        (np.cumsum(inside) - 1)[votes.rows[kept]],
        votes.columns[kept],
        left[kept],
        people=int(inside.sum()),
        statements=statements,
    )
    eigenvalues, vectors = axes.leading_axes(core)
    whole = Map(core, eigenvalues, axes.scaled(vectors), axes.fitted_places(core, axes.scaled(vectors)))
    everyone = Residuals.of(votes.rows, votes.columns, left, people=people, statements=statements)
    everywhere = axes.places(everyone, whole.loadings, prior=whole.places.prior)
    return _Placed(votes=votes, map=whole, places=everywhere, given=given, inside=inside, needed=needed)


def _letters(whole: _Placed, found: Found) -> dict[str, str]:
    """The group letter of each person in a group; A is the largest, and of equal ones that of the first person."""
    if found.labels is None:
        return {}
    members = np.flatnonzero(whole.inside).tolist()
    labels = found.labels.tolist()
    sizes = np.bincount(found.labels)
    order = sorted(set(labels), key=lambda label: (-int(sizes[label]), labels.index(label)))
    letter = {label: LETTERS[place] for place, label in enumerate(order)}
    return {whole.votes.people[person]: letter[label] for person, label in zip(members, labels, strict=True)}


def _all_tables(counted: Votes, *, letters: dict[str, str], known: dict[str, dict[str, str]]) -> tuple[Tables, ...]:
    kinds = {GROUP: letters} if letters else {}
    kinds |= {kind: known[kind] for kind in sorted(known)}
    return tuple(breakdown.tables(counted, kind=kind, stratum_of=members) for kind, members in kinds.items())


def _case(counted: Votes, *, tables: tuple[Tables, ...], background: frozenset[str]) -> Case:
    nobody_left_out = np.zeros(len(counted.people), dtype=np.int64)
    return Case(
        keys=counted.statements,
        opinion=np.array([key not in background for key in counted.statements], dtype=bool),
        everyone=breakdown.count_answers(counted, member=nobody_left_out, strata=1)[0],
        tables=tables,
    )


def _loadings(whole: _Placed) -> dict[str, tuple[float, float]]:
    return {key: (x, y) for key, (x, y) in zip(whole.votes.statements, whole.map.loadings.tolist(), strict=True)}


def _counts(votes: Votes, *, counted: Votes, whole: _Placed) -> Counts:
    voters = int(np.sum(whole.given > 0))
    return Counts(
        people=voters,
        people_in_map=int(whole.inside.sum()),
        statements=len(whole.votes.statements),
        votes=whole.votes.count,
        background=len(counted.statements) - len(whole.votes.statements),
        left_out=len(votes.statements) - len(counted.statements),
        silent=len(votes.people) - voters,
        votes_needed=whole.needed,
    )


def _people(whole: _Placed, *, letters: dict[str, str]) -> tuple[PersonPlace, ...]:
    found = whole.places
    told = zip(whole.votes.people, found.xy.tolist(), whole.given.tolist(), found.covariance.tolist(), strict=True)
    return tuple(PersonPlace(key, x, y, letters.get(key), given, *wide) for key, (x, y), given, wide in told if given)


def _groups(
    whole: _Placed,
    *,
    letters: dict[str, str],
    stands_for: Mapping[str, tuple[Representative, ...]],
) -> tuple[Group, ...]:
    letter = np.array([letters.get(key, "") for key in whole.votes.people])
    groups = []
    for name in sorted(set(letters.values())):
        members = letter == name
        points = whole.places.xy[members]
        x, y = points.mean(axis=0).tolist()
        var_x, cov_xy, _, var_y = np.cov(points.T, bias=True).ravel().tolist()
        groups.append(Group(name, int(members.sum()), x, y, var_x, cov_xy, var_y, representative=stands_for[name]))
    return tuple(groups)
