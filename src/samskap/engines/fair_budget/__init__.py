"""Fair budget: which projects win under a budget, exactly, with every krone explained.

    outcome = count(election, rule="equal_shares", satisfaction="cost", completion="add1u", tie_break="lexicographic")
    outcome.winners

Described in `docs/methods/fair-budget.md`.
"""

from samskap.engines.fair_budget.counting import ENGINE_VERSION, Options, Outcome, count, reserve
from samskap.engines.fair_budget.election import KINDS, NO_CONSTRAINTS, Ballots, Constraints, Election, Kind, Project
from samskap.engines.fair_budget.errors import ElectionError
from samskap.engines.fair_budget.fingerprints import fingerprint
from samskap.engines.fair_budget.outcome import Case, Completion, How, Rule, Selection, Turn
from samskap.engines.fair_budget.profile import SATISFACTIONS, Profile, Satisfaction, profile_of
from samskap.engines.fair_budget.rules import RULES
from samskap.engines.fair_budget.tie_breaking import TIE_BREAKS, TieBreak, drawn, tie_break_of

__all__ = [
    "ENGINE_VERSION",
    "KINDS",
    "NO_CONSTRAINTS",
    "RULES",
    "SATISFACTIONS",
    "TIE_BREAKS",
    "Ballots",
    "Case",
    "Completion",
    "Constraints",
    "Election",
    "ElectionError",
    "How",
    "Kind",
    "Options",
    "Outcome",
    "Profile",
    "Project",
    "Rule",
    "Satisfaction",
    "Selection",
    "TieBreak",
    "Turn",
    "count",
    "drawn",
    "fingerprint",
    "profile_of",
    "reserve",
    "tie_break_of",
]
