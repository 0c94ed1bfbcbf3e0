"""Whether a ballot is ready to be opened, on plain values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from samskap.apps.budgeting.rules.choosing import Limits
from samskap.apps.budgeting.rules.fitting import fitting_problems

__all__ = ["Counting", "Finding", "Prepared", "PreparedProject", "cycle_of", "findings"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about the ballot: a key of `labels.FINDINGS` and its values. `stops`: it cannot be opened so."""

    key: str
    stops: bool
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PreparedProject:
    """A project as it will stand on the ballot. `requires` and `group` are a key and a group's id."""

    key: str
    title: str
    cost_nok: int
    district: str = ""
    requires: str = ""
    group: int | None = None
    languages: frozenset[str] = frozenset()
    has_text: bool = True


@dataclass(frozen=True, slots=True)
class Counting:
    """How it will be counted."""

    rule: str
    satisfaction: str
    completion: str
    tie_break: str
    seed: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A ballot that is being prepared. `districts`: kroner by name; `languages`: those its title is told in."""

    limits: Limits
    counting: Counting
    projects: Sequence[PreparedProject]
    districts: Mapping[str, int]
    languages: frozenset[str]
    has_window: bool
    knows_eligible: bool


def findings(ballot: Prepared, *, all_languages: Sequence[str]) -> list[Finding]:
    """What must be put right before opening, and then what is worth looking at."""
    stopping = [*_few(ballot), *_money(ballot), *_limits(ballot), *_counting(ballot), *_bonds(ballot)]
    return stopping + _worth_knowing(ballot, all_languages)


def _few(ballot: Prepared) -> Iterable[Finding]:
    if len(ballot.projects) < 2:
        yield Finding("few_projects", stops=True, values={"n": len(ballot.projects)})


def _money(ballot: Prepared) -> Iterable[Finding]:
    budget, given = ballot.limits.budget_nok, sum(ballot.districts.values())
    if given > budget:
        yield Finding("districts_over_budget", stops=True, values={"given": given, "budget": budget})
        return
    if ballot.projects and budget < (least := min(one.cost_nok for one in ballot.projects)):
        yield Finding("budget_below_cheapest", stops=True, values={"budget": budget, "cheapest": least})
        return
    for one in ballot.projects:
        own = ballot.districts.get(one.district)
        most = budget - given if own is None else own
        if one.cost_nok > most:
            key = "dearer_than_district" if own is not None else "dearer_than_rest" if given else "dearer_than_budget"
            values = {"project": one.title, "cost": one.cost_nok, "budget": most, "district": one.district}
            yield Finding(key, stops=True, values=values)


def _limits(ballot: Prepared) -> Iterable[Finding]:
    limits, n = ballot.limits, len(ballot.projects)
    if limits.least > n:
        yield Finding("least_above_projects", stops=True, values={"least": limits.least, "n": n})
        return
    if limits.kind == "points" and limits.least > limits.points:
        yield Finding("least_above_points", stops=True, values={"least": limits.least, "points": limits.points})
    cheapest = sum(sorted(one.cost_nok for one in ballot.projects)[: limits.least])
    if limits.kind == "knapsack" and cheapest > limits.budget_nok:
        yield Finding("least_above_budget", stops=True, values={"least": limits.least})


def _counting(ballot: Prepared) -> Iterable[Finding]:
    how = ballot.counting
    chosen = {"rule": how.rule, "satisfaction": how.satisfaction, "completion": how.completion}
    for name in fitting_problems(kind=ballot.limits.kind, **chosen):
        yield Finding(f"{name}_does_not_fit", stops=True)
    if how.tie_break == "lottery" and not how.seed:
        yield Finding("no_seed", stops=True)


def _bonds(ballot: Prepared) -> Iterable[Finding]:
    needs = {one.key: one.requires for one in ballot.projects if one.requires}
    titles = {one.key: one.title for one in ballot.projects}
    round_trip = cycle_of(needs)
    if round_trip:
        yield Finding("requires_in_a_circle", stops=True, values={"projects": [titles[key] for key in round_trip]})
        return
    groups = {one.key: one.group for one in ballot.projects if one.group}
    for key in needs:
        for other in _chain(key, needs):
            if groups.get(key) and groups.get(key) == groups.get(other):
                values = {"project": titles[key], "other": titles[other]}
                yield Finding("requires_its_rival", stops=True, values=values)


def cycle_of(needs: Mapping[str, str]) -> list[str]:
    """The projects that need each other in a circle, from each to the one it needs; none where there is no circle."""
    for start in sorted(needs):
        chain = _chain(start, needs)
        if start in chain:
            return [start, *chain[: chain.index(start)]]
    return []


def _chain(key: str, needs: Mapping[str, str]) -> list[str]:
    """What a project needs, and what that needs, until nothing more is needed or one comes again."""
    found: list[str] = []
    at = needs.get(key)
    while at and at not in found:
        found.append(at)
        at = needs.get(at)
    return found


def _worth_knowing(ballot: Prepared, all_languages: Sequence[str]) -> list[Finding]:
    found = []
    for language in all_languages:
        missing = sum(language not in one.languages for one in ballot.projects) + (language not in ballot.languages)
        if missing:
            found.append(Finding("not_translated", stops=False, values={"language": language, "n": missing}))
    without_text = sum(not one.has_text for one in ballot.projects)
    if without_text:
        found.append(Finding("no_text", stops=False, values={"n": without_text}))
    sizes = Counter(one.group for one in ballot.projects if one.group)
    if any(n == 1 for n in sizes.values()):
        found.append(Finding("lonely_group", stops=False))
    empty = [name for name in ballot.districts if all(one.district != name for one in ballot.projects)]
    found += [Finding("empty_district", stops=False, values={"district": name}) for name in empty]
    if ballot.counting.satisfaction == "borda" and ballot.limits.least < 2:
        found.append(Finding("last_is_worth_nothing", stops=False))
    if not ballot.has_window:
        found.append(Finding("no_window", stops=False))
    if not ballot.knows_eligible:
        found.append(Finding("no_eligible", stops=False))
    return found
