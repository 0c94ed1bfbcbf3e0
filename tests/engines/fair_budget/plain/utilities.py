"""What each voter gets from each project, written down voter by voter."""

from __future__ import annotations

from samskap.engines.fair_budget import Election, Satisfaction


def utilities_of(election: Election, satisfaction: Satisfaction) -> list[dict[int, int]]:
    """For each voter the projects that are worth something, by place."""
    ballots = election.ballots
    voters = []
    for voter in range(ballots.voters):
        row = range(ballots.starts[voter], ballots.starts[voter + 1])
        worth = {}
        for rank, entry in enumerate(row):
            place = int(ballots.chosen[entry])
            points = 1 if ballots.points is None else int(ballots.points[entry])
            worth[place] = {
                "cost": election.projects[place].cost if points > 0 else 0,
                "cardinality": 1 if points > 0 else 0,
                "points": points,
                "borda": len(row) - 1 - rank,
            }[satisfaction]
        voters.append({place: value for place, value in worth.items() if value > 0})
    return voters


def may_win(election: Election, place: int, winners: list[int]) -> bool:
    """Whether rivals and needs let this project be chosen next."""
    keys = {election.projects[winner].key for winner in winners}
    key = election.projects[place].key
    rivals = {one for group in election.constraints.exclusive if key in group for one in group} - {key}
    needs = {needed for one, needed in election.constraints.requires if one == key}
    return not rivals & keys and needs <= keys
