"""What the counts say: one verdict a statement, and the lists that follow from it.

A statement is found in at most one list, the surest claim first: common ground, joint rejection, what divides, what
a stratum is itself divided on. Then come those that wait for answers, and those with too few answers to tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map import breakdown
from samskap.engines.opinion_map.breakdown import FEWEST, Case, Shares, shares
from samskap.engines.opinion_map.discovery import RATE, Choice
from samskap.engines.opinion_map.dividing import (
    Spreads,
    find_dividing,
    find_spreads,
    find_within,
    told_dividing,
    told_within,
)
from samskap.engines.opinion_map.ground import find_ground, find_waiting, told_ground, told_waiting
from samskap.engines.opinion_map.representative import find_representative
from samskap.engines.opinion_map.result import (
    Awaited,
    Claim,
    CommonGround,
    DividedWithin,
    Divisive,
    List,
    Representative,
    StatementResult,
    Uncertain,
    Verdict,
)

UNSURE_WIDTH = 0.4
ORDER: tuple[Verdict, ...] = ("background", "agreed", "rejected", "divisive", "divided", "awaited", "uncertain")
AWAITED = ORDER.index("awaited")


@dataclass(frozen=True, slots=True)
class Findings:
    """All lists, the surest entries first, and what each group stands for."""

    statements: tuple[StatementResult, ...]
    common_ground: tuple[CommonGround, ...]
    awaited: tuple[Awaited, ...]
    divisive: tuple[Divisive, ...]
    divided_within: tuple[DividedWithin, ...]
    uncertain: tuple[Uncertain, ...]
    representative: dict[str, tuple[Representative, ...]]
    claims: tuple[Claim, ...]


def find(case: Case, *, loadings: Mapping[str, tuple[float, float]]) -> Findings:
    """Everything the answers say; `loadings` are the places of statements on the axes."""
    silent = breakdown.unheard(case.tables, statements=len(case.keys))
    whole, spreads = shares(case.everyone), find_spreads(case)
    grounds = (find_ground(case, side="agree"), find_ground(case, side="disagree"))
    waits = [find_waiting(case, ground=ground) for ground in grounds]
    still = ~(grounds[0].choice.chosen | grounds[1].choice.chosen)
    dividing = find_dividing(case, spreads=spreads, still=still)
    within = find_within(case, still=still & ~dividing.choice.chosen)
    choice, stands_for = find_representative(case)
    marks = [
        case.background,
        *(ground.choice.chosen for ground in grounds),
        dividing.choice.chosen,
        within.divided.any(axis=0),
        waits[0].waiting | waits[1].waiting,
        _uncertain(case, whole=whole),
    ]
    verdicts = np.select(marks, range(len(ORDER)), default=len(ORDER))
    statements = _statements(case, whole=whole, spreads=spreads, verdicts=verdicts, loadings=loadings)
    common = [item for ground in grounds for item in told_ground(case, ground=ground, silent=silent)]
    awaited = [item for wait in waits for item in told_waiting(case, waiting=wait, among=verdicts == AWAITED)]
    return Findings(
        statements=statements,
        common_ground=tuple(sorted(common, key=lambda item: (-item.bound, item.statement))),
        awaited=tuple(sorted(awaited, key=_distance)),
        divisive=tuple(
            sorted(
                told_dividing(case, dividing=dividing),
                key=lambda item: (-item.lower, item.statement),
            )
        ),
        divided_within=tuple(
            sorted(
                told_within(case, within=within),
                key=lambda item: (-item.bound, item.statement, item.kind, item.name),
            )
        ),
        uncertain=_told_uncertain(statements),
        representative=stands_for,
        claims=(
            _claim("agreed", grounds[0].choice),
            _claim("rejected", grounds[1].choice),
            _claim("divisive", dividing.choice),
            _claim("divided", within.choice),
            _claim("representative", choice),
        ),
    )


def _claim(name: List, choice: Choice) -> Claim:
    return Claim(name, choice.tested, choice.number, RATE, choice.level)


def _distance(item: Awaited) -> tuple[int, int, float, str]:
    """Nearest first: few strata, few answers more; what is not told counts as nothing and as never."""
    missing = [part.needed - (part.answered or 0) for part in item.lacking if part.needed is not None]
    return (len(item.lacking) - len(missing), len(item.lacking), sum(missing), item.statement)


def _uncertain(case: Case, *, whole: Shares) -> NDArray[np.bool_]:
    groups = case.shown[: case.groups].all(axis=0)
    wide = np.maximum(whole.upper_agree - whole.lower_agree, whole.upper_disagree - whole.lower_disagree)
    return np.asarray((wide > UNSURE_WIDTH) | ~groups | (case.answered < FEWEST), dtype=bool)


def _told_uncertain(statements: tuple[StatementResult, ...]) -> tuple[Uncertain, ...]:
    """Statements with too few answers to tell, the least known first."""
    found = [
        Uncertain(item.key, item.answered, item.lower_agree, item.upper_agree)
        for item in statements
        if item.verdict == "uncertain"
    ]
    return tuple(sorted(found, key=lambda item: (item.answered, item.statement)))


def _statements(
    case: Case,
    *,
    whole: Shares,
    spreads: Spreads,
    verdicts: NDArray[np.int64],
    loadings: Mapping[str, tuple[float, float]],
) -> tuple[StatementResult, ...]:
    told = breakdown.stratum_counts(case)
    silent = breakdown.unheard(case.tables, statements=len(case.keys))
    counts = zip(*(column.tolist() for column in (*case.everyone.T[::-1], *whole.columns)), strict=True)
    kinds = [kind for kind, _ in case.strata]
    words: tuple[Verdict, ...] = (*ORDER, "mixed")
    found = []
    for at, (key, (agree, passed, disagree, *row)) in enumerate(zip(case.keys, counts, strict=True)):
        x, y = loadings.get(key, (0.0, 0.0))
        share_agree, lower_agree, upper_agree, share_disagree, lower_disagree, upper_disagree = row
        found.append(
            StatementResult(
                key=key,
                x=x,
                y=y,
                agree=agree,
                disagree=disagree,
                passed=passed,
                share_agree=share_agree,
                lower_agree=lower_agree,
                upper_agree=upper_agree,
                share_disagree=share_disagree,
                lower_disagree=lower_disagree,
                upper_disagree=upper_disagree,
                by_stratum=told[at],
                too_few=silent[at],
                spread=float(spreads.spread[at]),
                spread_lower=max(float(spreads.lower[at]), 0.0),
                kind=kinds[spreads.high[at]] if spreads.known[at] else None,
                role="opinion" if case.opinion[at] else "background",
                verdict=words[verdicts[at]],
            )
        )
    return tuple(found)
