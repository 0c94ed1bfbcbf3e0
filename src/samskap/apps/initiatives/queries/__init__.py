"""Reading ideas, opportunities, partners and initiatives."""

from samskap.apps.initiatives.queries.money import money_by_initiative
from samskap.apps.initiatives.queries.voting import BallotInitiative, initiative_for_ballot, initiatives_to_vote_on

__all__ = ["BallotInitiative", "initiative_for_ballot", "initiatives_to_vote_on", "money_by_initiative"]
