"""What may stand on a voter's ballot, and in which order the projects stand on the screen."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

__all__ = ["Chosen", "Limits", "Offered", "Problem", "closed_up", "order_for", "problems"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """One project on a voter's ballot: its key, and its place from 1 or its points where the kind has them."""

    key: str
    rank: int | None = None
    points: int | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """A project that can be chosen, or could until it fell out."""

    title: str
    cost_nok: int
    is_out: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """What a ballot allows. `points_a_project` None: all points may go to one project."""

    kind: str
    budget_nok: int
    least: int = 1
    most: int | None = None
    points: int = 10
    points_a_project: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a ballot cannot be received: a key of `labels.PROBLEMS`, and the values in its sentence."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)


def closed_up(chosen: Sequence[Chosen]) -> tuple[Chosen, ...]:
    """Places without gaps, from 1: 2, 4, 7 become 1, 2, 3. The order is as before, and equal places stay equal."""
    places = {rank: place for place, rank in enumerate(sorted({one.rank for one in chosen if one.rank}), start=1)}
    return tuple(replace(one, rank=places[one.rank]) if one.rank else one for one in chosen)


def order_for(keys: Iterable[str], *, seed: str, ticket: str) -> list[str]:
    """The order of the projects on one voter's screen: the same each time, and for each voter another.

    A project stands where SHA-256 of “seed:ticket:key” puts it, so that no place on the list favours a project and
    anyone who knows the seed can see that the order of their own screen was not chosen by hand.
    """
    return sorted(keys, key=lambda key: hashlib.sha256(f"{seed}:{ticket}:{key}".encode()).digest())


def problems(chosen: Sequence[Chosen], *, offered: Mapping[str, Offered], limits: Limits) -> list[Problem]:
    """All that is wrong with a ballot; none where it can be received. An empty one is judged by the caller."""
    strange = _strange(chosen, offered)
    if strange:
        return strange
    own = {"ranking": _ranking, "points": _points, "knapsack": _knapsack}.get(limits.kind)
    return _number(chosen, limits) + (own(chosen, offered, limits) if own else [])


def _strange(chosen: Sequence[Chosen], offered: Mapping[str, Offered]) -> list[Problem]:
    """What no voter can see on our page: projects that are not there, or twice; and those that fell out."""
    unknown = [Problem("unknown", {"project": one.key}) for one in chosen if one.key not in offered]
    if unknown:
        return unknown[:1]
    times = Counter(one.key for one in chosen)
    twice = [Problem("repeated", {"project": offered[key].title}) for key, n in times.items() if n > 1]
    return twice + [Problem("fallen_out", {"project": offered[k].title}) for k in times if offered[k].is_out]


def _number(chosen: Sequence[Chosen], limits: Limits) -> list[Problem]:
    if limits.most is not None and len(chosen) > limits.most:
        return [Problem("too_many", {"n": len(chosen), "most": limits.most})]
    if len(chosen) < limits.least:
        return [Problem("too_few", {"n": len(chosen), "least": limits.least})]
    return []


def _ranking(chosen: Sequence[Chosen], offered: Mapping[str, Offered], limits: Limits) -> list[Problem]:
    if any(one.rank is None or one.rank < 1 for one in chosen):
        return [Problem("no_place")]
    by_place: dict[int, list[str]] = {}
    for one in chosen:
        by_place.setdefault(one.rank or 0, []).append(offered[one.key].title)
    equal = [
        Problem("equal_places", {"place": place, "one": titles[0], "other": titles[1]})
        for place, titles in sorted(by_place.items())
        if len(titles) > 1
    ]
    # Places with gaps are closed up before (`closed_up`); here they must run from 1 without one.
    return equal or ([] if sorted(by_place) == list(range(1, len(chosen) + 1)) else [Problem("gap")])


def _points(chosen: Sequence[Chosen], offered: Mapping[str, Offered], limits: Limits) -> list[Problem]:
    if any(one.points is None or one.points < 1 for one in chosen):
        return [Problem("no_points")]
    total, most = sum(one.points or 0 for one in chosen), limits.points_a_project
    over = [
        Problem("over_a_project", {"project": offered[one.key].title, "points": one.points, "most": most})
        for one in chosen
        if most is not None and (one.points or 0) > most
    ]
    return over + ([Problem("over_points", {"points": total, "most": limits.points})] if total > limits.points else [])


def _knapsack(chosen: Sequence[Chosen], offered: Mapping[str, Offered], limits: Limits) -> list[Problem]:
    cost = sum(offered[one.key].cost_nok for one in chosen)
    over = cost - limits.budget_nok
    return [Problem("over_budget", {"cost": cost, "budget": limits.budget_nok, "over": over})] if over > 0 else []
