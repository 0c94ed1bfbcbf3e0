"""A `.pb` file from bytes or a path: strict, or lenient with every repair told."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from samskap.engines.fair_budget.election import Ballots
from samskap.formats.pabulib.conditions import conditions_of, support_needed
from samskap.formats.pabulib.drafts import Draft, Facts
from samskap.formats.pabulib.file import PabulibFile
from samskap.formats.pabulib.limits import check_limits, check_tallies
from samskap.formats.pabulib.money import keys_of, money_of
from samskap.formats.pabulib.problems import Findings
from samskap.formats.pabulib.sections import sections_of
from samskap.formats.pabulib.text import Text
from samskap.formats.pabulib.voters import check_voters
from samskap.formats.pabulib.votes import Distinct, completed, distinct_ballots

if TYPE_CHECKING:
    from samskap.engines.fair_budget.election import Kind
    from samskap.formats.pabulib.problems import Mode

__all__ = ["read_pabulib"]

_POINTED = frozenset({"cumulative", "scoring"})


def read_pabulib(content: bytes | Path, *, name: str = "", mode: Mode = "strict") -> PabulibFile:
    """What a file says, plain or packed with gzip. `name` is told in errors; without it, that of the path.

    FormatError that names file, line, value and cure: strict, for anything that is not as the format says; lenient,
    for what nobody can repair without guessing. Empty ballots are allowed, and so is a file without any ballot.
    """
    if isinstance(content, Path):
        with content.open("rb") as stream:
            return _read(stream, name=name or content.name, mode=mode)
    return _read(io.BufferedReader(io.BytesIO(content)), name=name or "ballot.pb", mode=mode)


def _read(stream: io.BufferedReader, *, name: str, mode: Mode) -> PabulibFile:
    findings = Findings(file=name, mode=mode)
    text = Text(stream, findings=findings)
    meta, projects, votes = sections_of(text, findings=findings)
    draft = Draft(Facts(meta, findings=findings), projects, votes, findings, ends=text.layout.last_end)
    kind = draft.facts.kind()
    keys = keys_of(draft)
    draft.check_counts()
    conditions = conditions_of(draft, keys=keys)
    money = money_of(draft, keys=keys, amounts=conditions.amounts)
    check_voters(draft)
    distinct = distinct_ballots(draft, keys=keys, pointed=kind in _POINTED)
    kind = check_limits(draft, distinct, kind=kind, money=money)
    check_tallies(draft, distinct, keys=keys)
    support = support_needed(draft, distinct, projects=len(keys))
    return PabulibFile(
        name=name,
        meta_section=meta.section(),
        projects=projects.section(),
        votes=votes.section(),
        keys=keys,
        costs=money.costs,
        full_costs=money.full_costs,
        budget=money.budget,
        scale=money.scale,
        constraints=conditions.in_units(decimals=money.decimals, support=support),
        layout=text.layout,
        ballots=_ballots(completed(draft, distinct, kind=kind, projects=len(keys)), kind=kind),
        repairs=tuple(sorted(findings.repairs, key=lambda one: one.line)),
        sha256=text.sha256,
    )


def _ballots(distinct: Distinct, *, kind: Kind) -> Ballots:
    """Every voter's ballot, one after the other."""
    lengths = distinct.lengths[distinct.class_of]
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    places = np.arange(starts[-1]) + np.repeat(distinct.starts[distinct.class_of] - starts[:-1], lengths)
    points = None if distinct.points is None else distinct.points[places]
    return Ballots(kind, starts, distinct.chosen[places], points, distinct.points_scale)
