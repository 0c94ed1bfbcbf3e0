"""From an idea to a service in operation: idea rounds, opportunities, partners with commitments, initiatives."""

from __future__ import annotations

from samskap.apps.initiatives.models.following import Follower, News, Told
from samskap.apps.initiatives.models.ideas import Idea, IdeaRound, IdeaSupport, IdeaWindow
from samskap.apps.initiatives.models.initiatives import Affected, CostLine, Gate, Initiative, Milestone, Risk
from samskap.apps.initiatives.models.opportunities import Opportunity
from samskap.apps.initiatives.models.partners import Commitment, Partner

__all__ = [
    "Affected",
    "Commitment",
    "CostLine",
    "Follower",
    "Gate",
    "Idea",
    "IdeaRound",
    "IdeaSupport",
    "IdeaWindow",
    "Initiative",
    "Milestone",
    "News",
    "Opportunity",
    "Partner",
    "Risk",
    "Told",
]
