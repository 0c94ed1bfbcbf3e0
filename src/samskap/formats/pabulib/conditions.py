"""What binds the choice besides the budget: the threshold of META, and our own key `samskap_constraints`.

The own key holds JSON: `{"minimum_support": 50, "district_budgets": {"North": "20000.50"}, "exclusive": [["p1", "p2"]],
"requires": [["p3", "p1"]]}`; each may be left out, amounts are text in the currency, projects are named by id.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from samskap.engines.fair_budget.election import Constraints
from samskap.formats.pabulib.numbers import MOST_DIGITS, is_number, units_of, written_units

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from samskap.formats.pabulib.drafts import Draft
    from samskap.formats.pabulib.votes import Distinct

__all__ = ["OWN_KEY", "THRESHOLD", "Conditions", "conditions_of", "constraints_text", "support_needed"]

OWN_KEY = "samskap_constraints"
THRESHOLD = "min_project_score_threshold"
_PARTS = ("minimum_support", "district_budgets", "exclusive", "requires")


@dataclass(frozen=True, slots=True)
class Conditions:
    """The own key as it stands, amounts still text."""

    minimum_support: int = 0
    district_budgets: tuple[tuple[str, str], ...] = ()
    exclusive: tuple[tuple[str, ...], ...] = ()
    requires: tuple[tuple[str, str], ...] = ()

    @property
    def amounts(self) -> list[str]:
        return [amount for _, amount in self.district_budgets]

    def in_units(self, *, decimals: int, support: int) -> Constraints:
        """As the engine takes them; the higher of two supports binds."""
        return Constraints(
            minimum_support=max(self.minimum_support, support),
            district_budgets=tuple((name, units_of(one, decimals=decimals)) for name, one in self.district_budgets),
            exclusive=self.exclusive,
            requires=self.requires,
        )


def conditions_of(draft: Draft, *, keys: Sequence[str]) -> Conditions:
    """What the own key says. FormatError where it is not in its form, or names projects that are not there."""
    text = draft.facts.get(OWN_KEY)
    if text is None:
        return Conditions()
    try:
        return _parsed(json.loads(text), known=frozenset(keys))
    except (ValueError, TypeError, RecursionError) as error:
        reason = str(error).rstrip(".") or type(error).__name__
        draft.findings.fail("json", line=draft.facts.line(OWN_KEY), key=OWN_KEY, reason=reason)


def support_needed(draft: Draft, distinct: Distinct, *, projects: int) -> int:
    """The voters that a project must have by the threshold of META, 0 without one.

    Where ballots have points, or rankings a score, the threshold is one of points. It is told in voters, which the
    engine counts, where the same projects fall; FormatError where no number of voters parts them so.
    """
    said = draft.facts.get(THRESHOLD)
    if said is None:
        return 0
    if not is_number(said):
        draft.findings.meet("limit", line=draft.facts.line(THRESHOLD), key=THRESHOLD, value=said)
        draft.facts.drop(THRESHOLD)
        return 0
    threshold, voters = Fraction(said), _voters(distinct, projects=projects)
    scores = _scores(draft, distinct, projects=projects)
    if scores is None:
        return max(0, -(-threshold.numerator // threshold.denominator))
    falls = np.array([score < threshold for score in scores])
    if not falls.any():
        return 0
    support = int(voters[falls].max()) + 1
    if (voters[~falls] < support).any():
        draft.findings.fail("threshold", line=draft.facts.line(THRESHOLD), value=said)
    return support


def _voters(distinct: Distinct, *, projects: int) -> npt.NDArray[np.int64]:
    """int64[projects]: how many named each."""
    voters = np.zeros(projects, dtype=np.int64)
    np.add.at(voters, distinct.chosen, np.repeat(distinct.weights(), distinct.lengths))
    return voters


def _scores(draft: Draft, distinct: Distinct, *, projects: int) -> list[Fraction] | None:
    """What each project has, where that is not its voters: points, or for rankings the column `score` of the file."""
    if distinct.points is not None:
        scores = np.zeros(projects, dtype=np.int64)
        np.add.at(scores, distinct.chosen, np.repeat(distinct.weights(), distinct.lengths) * distinct.points)
        return [Fraction(score, distinct.points_scale) for score in scores.tolist()]
    told = draft.projects.cells("score") if "score" in draft.projects.names else []
    if draft.facts.get("vote_type") != "ordinal" or not all(is_number(cell.strip()) for cell in told):
        return None
    return [Fraction(cell.strip()) for cell in told] or None


def constraints_text(constraints: Constraints, *, scale: int) -> str:
    """The value of the own key; nothing where no constraint is in force."""
    told: dict[str, Any] = {name: getattr(constraints, name) for name in _PARTS if name in constraints.kinds}
    if "district_budgets" in told:
        told["district_budgets"] = {name: written_units(one, scale=scale) for name, one in constraints.district_budgets}
    return json.dumps(told, ensure_ascii=False) if told else ""


def _parsed(found: Any, *, known: frozenset[str]) -> Conditions:
    if not isinstance(found, dict) or not found.keys() <= set(_PARTS):
        raise ValueError(f"it must be an object with some of {', '.join(_PARTS)}")
    support, budgets = found.get("minimum_support", 0), found.get("district_budgets", {})
    if not isinstance(support, int) or support < 0:
        raise ValueError("minimum_support must be a whole number")
    if not isinstance(budgets, dict) or not all(map(_is_amount, budgets.values())):
        raise ValueError("each of district_budgets must be an amount in quotation marks")
    groups = {name: tuple(map(tuple, found.get(name, []))) for name in ("exclusive", "requires")}
    strangers = {key for many in groups.values() for group in many for key in group} - known
    if strangers:
        raise ValueError(f"it names the project {min(map(str, strangers))}, which is not in PROJECTS")
    if any(len(pair) != 2 for pair in groups["requires"]):
        raise ValueError("each of requires must be a pair")
    return Conditions(support, tuple(budgets.items()), **groups)


def _is_amount(found: Any) -> bool:
    return isinstance(found, str) and is_number(found) and not found.startswith("-") and len(found) <= MOST_DIGITS
