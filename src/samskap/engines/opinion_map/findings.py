"""What the counts say: common ground, what divides, what is uncertain, what each group stands for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from samskap.engines.opinion_map.bounds import difference_lower
from samskap.engines.opinion_map.breakdown import FEWEST, GROUP, Tables, shares
from samskap.engines.opinion_map.result import (
    CommonGround,
    Divisive,
    Representative,
    Side,
    StatementResult,
    StratumCount,
    Uncertain,
    Verdict,
)

DIVIDING_SPREAD = 0.25
EVERYONE = "everyone"
MAJORITY = 0.5
MOST_REPRESENTATIVE = 5
UNSURE_WIDTH = 0.4


@dataclass(frozen=True, slots=True)
class Spread:
    """The clearest difference in agreement between two strata of one kind; all None and 0 where there is none."""

    spread: float = 0.0
    lower: float = 0.0
    kind: str | None = None
    high: str = ""
    low: str = ""


def clearest_spread(by_stratum: tuple[StratumCount, ...]) -> Spread:
    """The pair of strata of one kind whose difference in agreement is largest for certain."""
    best = Spread()
    for high in by_stratum:
        for low in by_stratum:
            if high.kind != low.kind or high.name == low.name or high.share_agree < low.share_agree:
                continue
            lower = difference_lower(
                high.share_agree, lower=high.lower_agree, other=low.share_agree, other_upper=low.upper_agree
            )
            if best.kind is None or lower > best.lower:
                best = Spread(high.share_agree - low.share_agree, lower, high.kind, high.name, low.name)
    return best


def verdict(statement: StatementResult, *, groups: int) -> Verdict:
    """The one word for a statement: where it belongs in the lists."""
    if statement.role == "background":
        return "background"
    heard = sum(count.kind == GROUP for count in statement.by_stratum)
    whole = heard == groups and statement.answered >= FEWEST
    if whole and weakest(statement, side="agree")[0] > MAJORITY:
        return "agreed"
    if whole and weakest(statement, side="disagree")[0] > MAJORITY:
        return "rejected"
    if statement.spread_lower >= DIVIDING_SPREAD:
        return "divisive"
    unsure = statement.upper_agree - statement.lower_agree > UNSURE_WIDTH
    return "uncertain" if unsure or not whole else "mixed"


def weakest(statement: StatementResult, *, side: Side) -> tuple[float, str, str]:
    """The smallest lower bound of the share on this side, and the kind and name of the stratum it comes from."""
    everyone = statement.lower_agree if side == "agree" else statement.lower_disagree
    found = [(everyone, EVERYONE, "")]
    for count in statement.by_stratum:
        bound = count.lower_agree if side == "agree" else count.lower_disagree
        found.append((bound, count.kind, count.name))
    return min(found, key=lambda candidate: candidate[0])


def common_ground(statements: tuple[StatementResult, ...]) -> tuple[CommonGround, ...]:
    """Agreed and jointly rejected statements, the surest first."""
    found = []
    for statement in statements:
        if statement.verdict not in ("agreed", "rejected"):
            continue
        side: Side = "agree" if statement.verdict == "agreed" else "disagree"
        bound, kind, name = weakest(statement, side=side)
        found.append(CommonGround(statement.key, side, bound, kind, name, unheard=statement.too_few))
    return tuple(sorted(found, key=lambda ground: (-ground.bound, ground.statement)))


def divisive(statements: tuple[StatementResult, ...], *, spreads: dict[str, Spread]) -> tuple[Divisive, ...]:
    """What divides, the surest first."""
    found = []
    for statement in statements:
        if statement.verdict == "divisive":
            between = spreads[statement.key]
            found.append(
                Divisive(statement.key, between.spread, between.lower, str(between.kind), between.high, between.low)
            )
    return tuple(sorted(found, key=lambda item: (-item.lower, item.statement)))


def uncertain(statements: tuple[StatementResult, ...]) -> tuple[Uncertain, ...]:
    """Statements with too few answers to tell, the least known first."""
    found = [
        Uncertain(item.key, item.answered, item.lower_agree, item.upper_agree)
        for item in statements
        if item.verdict == "uncertain"
    ]
    return tuple(sorted(found, key=lambda item: (item.answered, item.statement)))


def representative(table: Tables, *, keys: tuple[str, ...], group: int, among: set[str]) -> tuple[Representative, ...]:
    """What a group stands for: its majorities that differ most surely from the other groups together."""
    own, others = shares(table.answers[group]), shares(np.delete(table.answers, group, axis=0).sum(axis=0))
    enough = (table.answered[group] >= FEWEST) & (np.delete(table.answered, group, axis=0).sum(axis=0) >= FEWEST)
    asked = np.array([key in among for key in keys], dtype=bool)
    sides: tuple[tuple[Side, str], ...] = (("agree", "agree"), ("disagree", "disagree"))
    found = []
    for side, name in sides:
        share, lower = getattr(own, name), getattr(own, f"lower_{name}")
        elsewhere, upper = getattr(others, name), getattr(others, f"upper_{name}")
        for statement in np.flatnonzero(asked & enough & (share > MAJORITY)).tolist():
            effect_lower = difference_lower(
                float(share[statement]),
                lower=float(lower[statement]),
                other=float(elsewhere[statement]),
                other_upper=float(upper[statement]),
            )
            if effect_lower > 0.0:
                mine, theirs = float(share[statement]), float(elsewhere[statement])
                found.append(Representative(keys[statement], side, mine, theirs, mine - theirs, effect_lower))
    return tuple(sorted(found, key=lambda item: (-item.lower, item.statement)))[:MOST_REPRESENTATIVE]
