"""Fair budget: which projects win under a budget, exactly, with every krone explained.

    outcome = count(election, rule="equal_shares", satisfaction="cost", completion="add1u", tie_break="lexicographic")
    outcome.winners
    explain(outcome)              # who paid what, why the others lost, what would have been enough
    audit(outcome)                # what holds, found from the ballots and the turns alone

Described in `docs/methods/fair-budget.md`.
"""

from samskap.engines.fair_budget.auditing import AUDITS, Finding, audit
from samskap.engines.fair_budget.comparing import Comparison, compared
from samskap.engines.fair_budget.counting import ENGINE_VERSION, Options, Outcome, count, reserve
from samskap.engines.fair_budget.covering import Coverage, GroupCoverage, coverage_by_group, coverage_of
from samskap.engines.fair_budget.election import KINDS, NO_CONSTRAINTS, Ballots, Constraints, Election, Kind, Project
from samskap.engines.fair_budget.errors import ElectionError
from samskap.engines.fair_budget.explaining import Explanation, Round, Shares, explain
from samskap.engines.fair_budget.fingerprints import fingerprint
from samskap.engines.fair_budget.losing import Loser, Spent
from samskap.engines.fair_budget.needing import Lack
from samskap.engines.fair_budget.outcome import Case, Completion, How, Rule, Selection, Turn
from samskap.engines.fair_budget.profile import SATISFACTIONS, Profile, Satisfaction, profile_of
from samskap.engines.fair_budget.rules import RULES
from samskap.engines.fair_budget.story import Lost, Story, Won, voter_story
from samskap.engines.fair_budget.tie_breaking import TIE_BREAKS, TieBreak, drawn, tie_break_of

__all__ = [
    "AUDITS",
    "ENGINE_VERSION",
    "KINDS",
    "NO_CONSTRAINTS",
    "RULES",
    "SATISFACTIONS",
    "TIE_BREAKS",
    "Ballots",
    "Case",
    "Comparison",
    "Completion",
    "Constraints",
    "Coverage",
    "Election",
    "ElectionError",
    "Explanation",
    "Finding",
    "GroupCoverage",
    "How",
    "Kind",
    "Lack",
    "Loser",
    "Lost",
    "Options",
    "Outcome",
    "Profile",
    "Project",
    "Round",
    "Rule",
    "Satisfaction",
    "Selection",
    "Shares",
    "Spent",
    "Story",
    "TieBreak",
    "Turn",
    "Won",
    "audit",
    "compared",
    "count",
    "coverage_by_group",
    "coverage_of",
    "drawn",
    "explain",
    "fingerprint",
    "profile_of",
    "reserve",
    "tie_break_of",
    "voter_story",
]
