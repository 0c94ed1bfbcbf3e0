"""What META allows on a ballot, against the ballots; and what PROJECTS says was cast, against what was."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

import numpy as np

from samskap.formats.pabulib.numbers import is_number, plainly, written_units

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from samskap.engines.fair_budget.election import Kind
    from samskap.formats.pabulib.drafts import Draft
    from samskap.formats.pabulib.money import Money
    from samskap.formats.pabulib.votes import Distinct

__all__ = ["check_limits", "check_tallies"]


@dataclass(frozen=True, eq=False, slots=True)
class _Limit:
    """What one key of META bounds: int64[ballots] in units of 1 / `scale`, and how it is told."""

    key: str
    values: npt.NDArray[np.int64]
    words: str
    scale: int = 1

    def beyond(self, allowed: Fraction) -> npt.NDArray[np.bool_]:
        """Which ballots are beyond it."""
        if self.key.startswith("max"):
            return self.values > floor(allowed * self.scale)
        return self.values < ceil(allowed * self.scale)

    def worst(self, beyond: npt.NDArray[np.bool_]) -> int:
        """The value that is farthest beyond."""
        return int(self.values[beyond].max() if self.key.startswith("max") else self.values[beyond].min())

    def told(self, value: int) -> str:
        return self.words.format(written_units(value, scale=self.scale))


def check_limits(draft: Draft, distinct: Distinct, *, kind: Kind, money: Money) -> Kind:
    """Ballots within the limits of META; an empty ballot breaks none. Gives the kind, which a repair may change.

    A ballot beyond a limit counts as it stands, since nobody can know what to take from it; the limit is set wider, so
    that the repaired file agrees with itself.
    """
    broken = {limit.key for limit in _limits(distinct, money=money) if _is_broken(draft, distinct, limit, kind=kind)}
    if kind != "choose-1" or "max_length" not in broken:
        return kind
    draft.findings.meet("several", line=draft.facts.line("vote_type"))
    draft.facts.put("vote_type", "approval")
    return "approval"


def check_tallies(draft: Draft, distinct: Distinct, *, keys: Sequence[str]) -> None:
    """The columns `votes` and, where ballots have points, `score` of PROJECTS agree with the ballots."""
    weights = np.repeat(distinct.weights(), distinct.lengths)
    counts = {"votes": (weights, 1)}
    if distinct.points is not None:
        counts["score"] = (weights * distinct.points, distinct.points_scale)
    for column, (each, scale) in counts.items():
        if column not in draft.projects.names:
            continue
        totals = np.zeros(len(keys), dtype=np.int64)
        np.add.at(totals, distinct.chosen, each)
        cells = draft.projects.cells(column)
        for place, total in enumerate(totals.tolist()):
            said, found = cells[place].strip(), written_units(total, scale=scale)
            if said and not (is_number(said) and Fraction(said) == Fraction(total, scale)):
                gaps = {"project": keys[place], "said": said, "column": column, "found": found}
                draft.findings.meet("tally", line=draft.projects.lines[place], **gaps)
                cells[place] = found


def _limits(distinct: Distinct, *, money: Money) -> list[_Limit]:
    lengths, costs = distinct.lengths, distinct.sums(np.array(money.costs, dtype=np.int64)[distinct.chosen])
    found = [
        _Limit("min_length", lengths, "{} projects"),
        _Limit("max_length", lengths, "{} projects"),
        _Limit("min_sum_cost", costs, "projects for {}", money.scale),
        _Limit("max_sum_cost", costs, "projects for {}", money.scale),
    ]
    if distinct.points is None:
        return found
    scale, sums = distinct.points_scale, distinct.sums(distinct.points)
    owners, far = np.repeat(np.arange(len(sums)), distinct.lengths), np.iinfo(np.int64)
    most, least = np.full(len(sums), far.min), np.full(len(sums), far.max)
    np.maximum.at(most, owners, distinct.points)
    np.minimum.at(least, owners, distinct.points)
    return [
        *found,
        _Limit("min_points", least, "{} points for a project", scale),
        _Limit("max_points", most, "{} points for a project", scale),
        _Limit("min_sum_points", sums, "{} points in all", scale),
        _Limit("max_sum_points", sums, "{} points in all", scale),
    ]


def _is_broken(draft: Draft, distinct: Distinct, limit: _Limit, *, kind: Kind) -> bool:
    said = _said(draft, limit.key)
    if (kind, limit.key) == ("choose-1", "max_length"):
        said = "1"
    if (kind, limit.key) == ("cumulative", "min_points"):
        said = said or "0"
    if said is None:
        return False
    beyond = limit.beyond(Fraction(said)) & (distinct.lengths > 0)
    if not beyond.any():
        return False
    code = "over" if limit.key.startswith("max") else "under"
    for row in np.flatnonzero(beyond[distinct.class_of]).tolist():
        found = limit.told(int(limit.values[distinct.class_of[row]]))
        draft.findings.meet(code, line=draft.votes.lines[row], found=found, key=limit.key, allowed=said)
    wider = written_units(limit.worst(beyond), scale=limit.scale)
    draft.findings.meet("widened", line=draft.facts.line(limit.key), key=limit.key, found=wider)
    draft.facts.put(limit.key, wider)
    return True


def _said(draft: Draft, key: str) -> str | None:
    """The number that META gives for a limit; None where there is none, or a repair took it out."""
    said = draft.facts.get(key)
    if said is None or is_number(said):
        return said
    plain = plainly(said)
    if plain is None:
        draft.findings.meet("limit", line=draft.facts.line(key), key=key, value=said)
        draft.facts.drop(key)
        return None
    draft.findings.meet("number_form", line=draft.facts.line(key), key=key, value=said, wanted=plain)
    draft.facts.put(key, plain)
    return plain
