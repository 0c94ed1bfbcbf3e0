"""A count as it is told to everybody: choice, terms of each round, losers, comparison, audit. What its files share.

Money is in units of the election. Prices, effective votes and starts are exact, as text "a/b" or "a"; amounts and
shares are rounded to the sixth decimal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from samskap import __version__
from samskap.engines.fair_budget import Completion, Constraints, How, Kind, Outcome, Satisfaction
from samskap.engines.fair_budget.auditing import Finding, audit
from samskap.engines.fair_budget.comparing import Comparison
from samskap.engines.fair_budget.covering import Coverage
from samskap.engines.fair_budget.explaining import Round, Shares, explain
from samskap.engines.fair_budget.losing import Loser, Why

__all__ = [
    "AreaTold", "BallotFile", "ComparisonTold", "CountTold", "CoverageTold", "ElectionTold", "FindingTold", "LoserTold",
    "OptionsTold", "PaidTold", "RoundTold", "SpentTold", "VersionsTold", "told",
]  # fmt: skip

DECIMALS = 6
DIGITS = 4_000  # Python writes no longer whole numbers in one go.
Stopped = Literal["plain", "infeasible", "exhaustive", "all_funded"]


@dataclass(frozen=True, slots=True)
class BallotFile:
    """The file that was counted: its name, and SHA-256 of its unpacked bytes."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ElectionTold:
    """How much was counted; `scale` units of money are one of the currency. `sha256` of all that the count looks at."""

    projects: int
    voters: int
    budget: int
    kind: Kind
    currency: str
    scale: int
    sha256: str


@dataclass(frozen=True, slots=True)
class OptionsTold:
    """How it was counted."""

    rule: str
    satisfaction: Satisfaction
    completion: Completion
    tie_break: str
    seed: str | None
    constraints: Constraints


@dataclass(frozen=True, slots=True)
class PaidTold:
    """What a supporter paid."""

    average: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class RoundTold:
    """See `explaining.Round`."""

    project: str
    how: How
    cost: int
    supporters: int
    tied: tuple[str, ...]
    price: str | None
    effective_votes: str | None
    paid: PaidTold | None
    paid_out: int | None
    left: float | None
    overspent: float | None


@dataclass(frozen=True, slots=True)
class SpentTold:
    """See `losing.Spent`."""

    round: int
    project: str
    amount: float


@dataclass(frozen=True, slots=True)
class LoserTold:
    """See `losing.Loser` and `needing.Lack`."""

    project: str
    cost: int
    votes: int
    why: Why
    because: tuple[str, ...]
    over_budget: int
    money: float | None
    missing: float | None
    spent_on: tuple[SpentTold, ...]
    out_of_reach: int | None
    more_supporters: int | None
    highest_cost: int | None


@dataclass(frozen=True, slots=True)
class ComparisonTold:
    """The choice of the common rule beside this one; see `comparing.Comparison`."""

    rule: str
    winners: tuple[str, ...]
    cost: int
    only_this: tuple[str, ...]
    only_other: tuple[str, ...]
    better: int
    worse: int
    same: int


@dataclass(frozen=True, slots=True)
class CoverageTold:
    """Shares of all voters who got at least 1, 2, 3 of what they chose, and the average share of their choices."""

    voters: int
    with_choice: int
    at_least: Mapping[str, float]
    share_of_choices: float | None


@dataclass(frozen=True, slots=True)
class AreaTold:
    """A part with a budget of its own: its district ("" for the projects without one)."""

    name: str
    voters: int
    budget: int
    cost: int
    start: str | None
    increments: int
    stopped: Stopped


@dataclass(frozen=True, slots=True)
class FindingTold:
    """See `auditing.Finding`."""

    key: str
    holds: bool | None
    promised: bool
    why: str
    values: Mapping[str, str]

    @property
    def is_broken(self) -> bool:
        return self.promised and self.holds is False


@dataclass(frozen=True, slots=True)
class VersionsTold:
    """What it was counted with."""

    samskap: str
    engine: int


@dataclass(frozen=True, slots=True)
class CountTold:
    """All of it. `compared`: with the completion "comparison", voters for this choice, for the greedy one, neither."""

    ballot_file: BallotFile
    election: ElectionTold
    options: OptionsTold
    winners: tuple[str, ...]
    cost: int
    rounds: tuple[RoundTold, ...]
    start: str | None
    increments: int
    stopped: Stopped
    compared: tuple[int, int, int] | None
    areas: tuple[AreaTold, ...]
    losers: tuple[LoserTold, ...]
    comparison: ComparisonTold
    coverage: CoverageTold
    audit: tuple[FindingTold, ...]
    versions: VersionsTold


def told(outcome: Outcome, *, ballot_file: BallotFile) -> CountTold:
    """Explain and audit an outcome, and tell it."""
    explanation, selection = explain(outcome), outcome.selection
    return CountTold(
        ballot_file=ballot_file,
        election=_election(outcome),
        options=_options(outcome),
        winners=outcome.winners,
        cost=outcome.cost,
        rounds=tuple(map(_round, explanation.rounds)),
        start=_exact(selection.start),
        increments=selection.increments,
        stopped=selection.stopped,
        compared=selection.compared,
        areas=tuple(_area(name, part) for name, part in outcome.areas),
        losers=tuple(map(_loser, explanation.losers)),
        comparison=_comparison(explanation.greedy),
        coverage=_coverage(explanation.coverage),
        audit=tuple(map(_finding, audit(outcome))),
        versions=VersionsTold(__version__, outcome.version),
    )


def _election(outcome: Outcome) -> ElectionTold:
    election = outcome.election
    return ElectionTold(
        projects=len(election.projects),
        voters=election.ballots.voters,
        budget=election.budget,
        kind=election.ballots.kind,
        currency=election.currency,
        scale=election.scale,
        sha256=outcome.fingerprint,
    )


def _options(outcome: Outcome) -> OptionsTold:
    options = outcome.options
    return OptionsTold(
        options.rule,
        options.satisfaction,
        options.completion,
        options.tie_break,
        options.seed,
        outcome.election.constraints,
    )


def _round(one: Round) -> RoundTold:
    return RoundTold(
        project=one.project,
        how=one.how,
        cost=one.cost,
        supporters=one.supporters,
        tied=one.tied,
        price=_exact(one.price),
        effective_votes=_exact(one.effective_votes),
        paid=_paid(one.paid),
        paid_out=one.paid_out,
        left=_rounded(one.left),
        overspent=_rounded(one.overspent),
    )


def _paid(shares: Shares | None) -> PaidTold | None:
    return None if shares is None else PaidTold(*map(_amount, (shares.average, shares.least, shares.most)))


def _loser(one: Loser) -> LoserTold:
    return LoserTold(
        project=one.project,
        cost=one.cost,
        votes=one.votes,
        why=one.why,
        because=one.because,
        over_budget=one.over_budget,
        money=_rounded(one.money),
        missing=_rounded(one.missing),
        spent_on=tuple(SpentTold(spent.round, spent.project, _amount(spent.amount)) for spent in one.spent_on),
        out_of_reach=one.out_of_reach,
        more_supporters=one.lack.more_supporters if one.lack else None,
        highest_cost=one.lack.highest_cost if one.lack else None,
    )


def _comparison(one: Comparison) -> ComparisonTold:
    return ComparisonTold(
        "greedy", one.winners, one.cost, one.only_this, one.only_other, one.better, one.worse, one.same
    )


def _coverage(one: Coverage) -> CoverageTold:
    shares = {str(step): _amount(Fraction(number, one.voters)) for step, number in enumerate(one.at_least, start=1)}
    return CoverageTold(one.voters, one.with_choice, shares, _rounded(one.share_of_choices))


def _area(name: str, part: Outcome) -> AreaTold:
    return AreaTold(
        name,
        part.election.ballots.voters,
        part.election.budget,
        part.cost,
        _exact(part.selection.start),
        part.selection.increments,
        part.selection.stopped,
    )


def _finding(one: Finding) -> FindingTold:
    return FindingTold(
        one.key, one.holds, one.is_promised, one.why, {key: str(value) for key, value in one.values.items()}
    )


def _rounded(value: Fraction | None) -> float | None:
    return None if value is None else _amount(value)


def _amount(value: Fraction) -> float:
    return float(round(value, DECIMALS))


def _exact(value: Fraction | None) -> str | None:
    if value is None:
        return None
    top = _digits(value.numerator)
    return top if value.denominator == 1 else f"{top}/{_digits(value.denominator)}"


def _digits(number: int) -> str:
    """All digits of a whole number that is not below zero, also of one that Python does not write in one go."""
    if number < 10**DIGITS:
        return str(number)
    high, low = divmod(number, 10**DIGITS)
    return _digits(high) + str(low).zfill(DIGITS)
