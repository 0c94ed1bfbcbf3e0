"""One short text for one election: two are the same exactly where projects, budget, bounds and ballots are."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from samskap.engines.fair_budget.election import Election

__all__ = ["fingerprint"]


def fingerprint(election: Election) -> str:
    """SHA-256 in hexadecimal, the same on every machine. Names, categories and full prices are no part of it."""
    ballots = election.ballots
    heading = {
        "projects": [[one.key, one.cost, one.district] for one in election.projects],
        "budget": election.budget,
        "scale": election.scale,
        "kind": ballots.kind,
        "points_scale": ballots.points_scale,
        "constraints": asdict(election.constraints),
    }
    digest = hashlib.sha256(json.dumps(heading, sort_keys=True, separators=(",", ":")).encode())
    for numbers in (ballots.starts, ballots.chosen, ballots.points):
        if numbers is not None:
            digest.update(b"\n" + np.ascontiguousarray(numbers, dtype="<i8").tobytes())
    return digest.hexdigest()
