"""What an audit looks at, and what it finds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from samskap.engines.fair_budget.constraints import bonds_of
from samskap.engines.fair_budget.ledger import ledger_of
from samskap.engines.fair_budget.supporters import supporters_of

if TYPE_CHECKING:
    from fractions import Fraction

    from samskap.engines.fair_budget.constraints import Bonds
    from samskap.engines.fair_budget.counting import Outcome
    from samskap.engines.fair_budget.ledger import Ledger
    from samskap.engines.fair_budget.supporters import Supporters

__all__ = ["HOLDS", "Evidence", "Values", "Verdict", "evidence_of", "shown"]

Values = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether it holds, or None where that cannot be decided. `why` is the key of a sentence, `values` its gaps."""

    holds: bool | None
    why: str = ""
    values: Values = field(default_factory=dict)


HOLDS = Verdict(holds=True)


@dataclass(frozen=True, eq=False, slots=True)
class Evidence:
    """An outcome with one budget, its ballots by project, and the payments that its turns mean.

    `candidates`: projects that could have won, those with a supporter that no constraint took out beforehand.
    """

    outcome: Outcome
    supporters: Supporters
    ledger: Ledger | None
    bonds: Bonds
    candidates: tuple[int, ...]

    def key(self, place: int) -> str:
        return self.outcome.election.projects[place].key

    def cost(self, place: int) -> int:
        return self.outcome.election.projects[place].cost

    def open_after(self, chosen: Collection[int]) -> list[int]:
        """Candidates that may be chosen when these have been, as far as bonds to others go."""
        taken = set(chosen)
        return [place for place in self.candidates if place not in taken and self.bonds.allow(place, chosen=taken)]

    @property
    def losers(self) -> list[int]:
        """Candidates that did not win, without those that their bonds to others keep out."""
        return self.open_after(self.outcome.selection.winners)


def shown(amount: Fraction) -> str:
    """An amount as a witness: the exact one may have hundreds of digits."""
    return str(int(amount)) if amount.denominator == 1 else f"{float(amount):.6f}"


def evidence_of(outcome: Outcome) -> Evidence:
    """All that the audits share, worked out once. The rules have no part in it."""
    supporters = supporters_of(outcome.profile, projects=len(outcome.election.projects))
    out = {place for place, _ in outcome.selection.dropped}
    candidates = tuple(place for place in range(supporters.projects) if place not in out and supporters.votes(place))
    ledger = ledger_of(outcome.selection, supporters)
    return Evidence(outcome, supporters, ledger, bonds_of(outcome.election), candidates)
