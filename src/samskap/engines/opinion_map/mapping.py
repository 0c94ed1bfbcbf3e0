"""From votes to a finished map."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map import breakdown, findings, matching
from samskap.engines.opinion_map.axes import leading_axes
from samskap.engines.opinion_map.breakdown import GROUP, Case, Tables
from samskap.engines.opinion_map.canonical import canonical_order, renumbered
from samskap.engines.opinion_map.classes import classified_all
from samskap.engines.opinion_map.crowd import Block, Crowd, gathered
from samskap.engines.opinion_map.places import Places, placed, prior_of
from samskap.engines.opinion_map.result import Alignment, Counts, Group, OpinionMap, PersonPlace, Representative
from samskap.engines.opinion_map.scatter import evidence_of, scatter_of
from samskap.engines.opinion_map.structure import (
    ENOUGH_VOTES,
    LARGEST_SAMPLE,
    MOST_AXES,
    SMALLEST_SAMPLE,
    Found,
    Known,
    find_structure,
)
from samskap.engines.opinion_map.votes import Votes, input_hash

ENGINE_VERSION = "opinion_map 2.0"
VOTES_NEEDED = 7


def map_opinions(
    votes: Votes | Crowd,
    *,
    strata: Mapping[str, Mapping[str, str]] | None = None,
    background: frozenset[str] = frozenset(),
    left_out: frozenset[str] = frozenset(),
    previous: OpinionMap | None = None,
    seed: int = 20171114,
) -> OpinionMap:
    """The map of these votes.

    `strata` are known divisions of the people, {"sector": {person key: "voluntary"}}; the name of each is told
    even if nobody from it voted. `background` statements are counted but shape neither map nor lists; `left_out`
    statements (rejected ones) are not counted at all. With a `previous` map the axes are turned to lie as they did
    there and groups keep their letters. The same input in any order, with the same seed, gives the same map; with
    every vote's sign flipped it gives the mirror image. Method: `docs/methods/opinion-map.md`.
    """
    with _uncollected():
        return _mapped(
            votes.crowd() if isinstance(votes, Votes) else votes,
            known={kind: dict(members) for kind, members in (strata or {}).items() if kind != GROUP},
            background=background,
            left_out=left_out,
            previous=previous,
            seed=seed,
        )


def _mapped(
    crowd: Crowd,
    *,
    known: dict[str, dict[str, str]],
    background: frozenset[str],
    left_out: frozenset[str],
    previous: OpinionMap | None,
    seed: int,
) -> OpinionMap:
    counted = crowd.only(frozenset(crowd.statements) - left_out)
    opinions = counted.only(frozenset(counted.statements) - background)
    whole = _placed(opinions, seed=abs(seed))
    found = find_structure(whole.known, seed=abs(seed))
    lying = _lying(whole, _membership(whole, found), previous=previous)
    tables = _all_tables(counted, group=lying.group, letters=lying.letters, known=known)
    told = findings.find(
        _case(counted, tables=tables, background=background),
        loadings=dict(zip(opinions.statements, map(tuple, lying.loadings.tolist()), strict=True)),
    )
    return OpinionMap(
        engine_version=ENGINE_VERSION,
        seed=seed,
        input_hash=input_hash(crowd, strata=known, background=background, left_out=left_out),
        counts=_counts(crowd, counted=counted, whole=whole),
        people=_people(whole, lying),
        groups=_groups(lying, stands_for=told.representative),
        structure=found.structure,
        statements=told.statements,
        common_ground=told.common_ground,
        awaited=told.awaited,
        divisive=told.divisive,
        divided_within=told.divided_within,
        uncertain=told.uncertain,
        too_few=breakdown.too_few(tables),
        claims=told.claims,
        alignment=lying.alignment,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Placed:
    """The map of those with enough votes, and the places of everybody, as they come out.

    `loadings` are in the order of the crowd's statements; `inside` are the numbers of the people in the map in the
    order of their marks, `sampled` those of them whose votes are in `known.sample`.
    """

    crowd: Crowd
    loadings: NDArray[np.float64]
    places: Places
    given: NDArray[np.int64]
    inside: NDArray[np.int64]
    sampled: NDArray[np.int64]
    needed: int
    known: Known


def _placed(crowd: Crowd, *, seed: int) -> _Placed:
    statements = len(crowd.statements)
    needed, given = min(VOTES_NEEDED, statements), crowd.given
    order = canonical_order(crowd.blocks, statements=statements)
    scatter = scatter_of(crowd.blocks, statements=statements, needed=needed, order=order)
    axes = leading_axes(scatter, wanted=MOST_AXES)
    prior = prior_of(scatter, axes)
    loadings, centre = np.empty_like(axes.plane), np.empty_like(scatter.centre)
    loadings[order.statements], centre[order.statements] = axes.plane, order.sign * scatter.centre
    told = crowd.blocks.each(_evidence_of, centre, loadings)
    found = placed(np.concatenate([np.zeros((0, 5)), *told]), prior=prior)
    inside = np.flatnonzero((given >= needed) & (given > 0))
    inside = inside[np.argsort(order.rank[inside])]
    sampled = _sampled(inside, given=given, seed=seed)
    sample = renumbered(gathered(crowd.blocks, sampled), order.place, order.sign)
    return _Placed(
        crowd=crowd,
        loadings=loadings,
        places=found,
        given=given,
        inside=inside,
        sampled=sampled,
        needed=needed,
        known=Known(axes=axes, people=len(inside), sample=sample),
    )


def _sampled(inside: NDArray[np.int64], *, given: NDArray[np.int64], seed: int) -> NDArray[np.int64]:
    """The people whose votes are the evidence for groups: all of a small crowd, else some drawn by chance."""
    if len(inside) <= LARGEST_SAMPLE:
        return inside
    drawn = np.random.default_rng([seed, 3]).permutation(len(inside))[:LARGEST_SAMPLE]
    enough = int(np.searchsorted(np.cumsum(given[inside[drawn]]), ENOUGH_VOTES)) + 1
    return inside[np.sort(drawn[: max(enough, SMALLEST_SAMPLE)])]


def _evidence_of(block: Block, centre: NDArray[np.float64], loadings: NDArray[np.float64]) -> NDArray[np.float64]:
    return evidence_of(block, centre, loadings)[:, :5]


def _membership(whole: _Placed, found: Found) -> NDArray[np.int64]:
    """The group number of everybody, -1 for those with too few votes and where there are no groups."""
    number = np.full(len(whole.given), -1, dtype=np.int64)
    if found.labels is None:
        return number
    number[whole.sampled] = found.labels
    if len(whole.sampled) == len(whole.inside):
        return number
    groups, statements = found.structure.groups, len(whole.crowd.statements)
    return classified_all(whole.crowd.blocks, number, groups=groups, statements=statements, needed=whole.needed)


@dataclass(frozen=True, slots=True, eq=False)
class _Lying:
    """The map as it is told: turned, and with letters. `group` is the place in `letters` of each person's, or -1."""

    places: Places
    loadings: NDArray[np.float64]
    group: NDArray[np.int64]
    letters: tuple[str, ...]
    alignment: Alignment | None


def _lying(whole: _Placed, number: NDArray[np.int64], *, previous: OpinionMap | None) -> _Lying:
    labels = number[whole.inside].tolist()
    sizes = np.bincount(number + 1)[1:]
    # A is the largest, and of equal ones that of the first person by mark.
    order = sorted(set(labels) - {-1}, key=lambda label: (-int(sizes[label]), labels.index(label)))
    turn, names, alignment = _beside(whole, number, order=order, previous=previous)
    letters = tuple(sorted(names.values()))
    place = np.array([*(letters.index(names[label]) for label in range(len(order))), -1], dtype=np.int64)
    return _Lying(
        places=_turned(whole.places, turn=turn),
        loadings=whole.loadings @ turn,
        group=place[number],
        letters=letters,
        alignment=alignment,
    )


def _beside(
    whole: _Placed, number: NDArray[np.int64], *, order: list[int], previous: OpinionMap | None
) -> tuple[NDArray[np.float64], dict[int, str], Alignment | None]:
    """How the map turns and which letter each group number gets."""
    own = dict(zip(order, matching.LETTERS, strict=False))
    if previous is None:
        return matching.UNTURNED, own, None
    before = {person.key: person for person in previous.people}
    common = [at for at in whole.inside.tolist() if whole.crowd.people[at] in before]
    then = [before[whole.crowd.people[at]] for at in common]
    xy = np.array([(person.x, person.y) for person in then]).reshape(-1, 2)
    turn = matching.turn_to(xy, whole.places.xy[common])
    names = matching.letters_after([person.group for person in then], number[common], order=order)
    told = tuple(names[label] for label in order)
    (xx, across), (yx, yy) = turn.tolist()
    return turn, names, Alignment(xx, across, yx, yy, letters=told, common=len(common))


def _turned(places: Places, *, turn: NDArray[np.float64]) -> Places:
    if np.array_equal(turn, matching.UNTURNED):
        return places
    xx, xy, yy = places.covariance.T
    wide = turn.T @ np.stack([np.stack([xx, xy], axis=1), np.stack([xy, yy], axis=1)], axis=1) @ turn
    return Places(xy=places.xy @ turn, covariance=np.stack([wide[:, 0, 0], wide[:, 0, 1], wide[:, 1, 1]], axis=1))


def _all_tables(
    counted: Crowd, *, group: NDArray[np.int64], letters: tuple[str, ...], known: dict[str, dict[str, str]]
) -> tuple[Tables, ...]:
    groups = (_table(counted, kind=GROUP, names=letters, member=group),) if letters else ()
    return (*groups, *(stratum_table(counted, kind=kind, stratum_of=known[kind]) for kind in sorted(known)))


def stratum_table(crowd: Crowd, *, kind: str, stratum_of: Mapping[str, str]) -> Tables:
    """Counts of one kind of stratum; all its names are kept, also those nobody has voted from."""
    names = tuple(sorted(set(stratum_of.values())))
    number = {name: place for place, name in enumerate(names)}
    member = [number[stratum_of[key]] if key in stratum_of else -1 for key in crowd.people]
    return _table(crowd, kind=kind, names=names, member=np.array(member, dtype=np.int64))


def _table(crowd: Crowd, *, kind: str, names: tuple[str, ...], member: NDArray[np.int64]) -> Tables:
    return breakdown.table(
        kind,
        names,
        sizes=np.bincount(member[(crowd.given > 0) & (member >= 0)], minlength=len(names)),
        answers=crowd.counts(member, strata=len(names)),
        everyone=_everyone(crowd).sum(axis=1),
    )


def _everyone(crowd: Crowd) -> NDArray[np.int64]:
    return np.asarray(crowd.counts(np.zeros(len(crowd.people), dtype=np.int64), strata=1)[0])


def _case(counted: Crowd, *, tables: tuple[Tables, ...], background: frozenset[str]) -> Case:
    return Case(
        keys=counted.statements,
        opinion=np.array([key not in background for key in counted.statements], dtype=bool),
        everyone=_everyone(counted),
        tables=tables,
    )


def _counts(crowd: Crowd, *, counted: Crowd, whole: _Placed) -> Counts:
    voters = int(np.sum(whole.given > 0))
    return Counts(
        people=voters,
        people_in_map=len(whole.inside),
        statements=len(whole.crowd.statements),
        votes=int(whole.given.sum()),
        background=len(counted.statements) - len(whole.crowd.statements),
        left_out=len(crowd.statements) - len(counted.statements),
        silent=len(crowd.people) - voters,
        votes_needed=whole.needed,
    )


def _people(whole: _Placed, lying: _Lying) -> tuple[PersonPlace, ...]:
    voted = np.flatnonzero(whole.given > 0)
    letter = np.array([*lying.letters, None], dtype=object)[lying.group[voted]].tolist()
    columns = (*lying.places.xy[voted].T.tolist(), letter, whole.given[voted].tolist())
    wide = lying.places.covariance[voted].T.tolist()
    keys = [whole.crowd.people[at] for at in voted.tolist()]
    return tuple(map(PersonPlace._make, zip(keys, *columns, *wide, strict=True)))


@contextmanager
def _uncollected() -> Iterator[None]:
    """No collection of garbage meanwhile: it looks for cycles among tens of thousands of tuples that have none, which
    takes longer than making them."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _groups(lying: _Lying, *, stands_for: Mapping[str, tuple[Representative, ...]]) -> tuple[Group, ...]:
    groups = []
    for at, name in enumerate(lying.letters):
        points = lying.places.xy[lying.group == at]
        x, y = points.mean(axis=0).tolist()
        var_x, cov_xy, _, var_y = np.cov(points.T, bias=True).ravel().tolist()
        groups.append(Group(name, len(points), x, y, var_x, cov_xy, var_y, representative=stands_for[name]))
    return tuple(groups)
