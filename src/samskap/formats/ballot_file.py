"""The published file of one of our own ballots: Pabulib, with keys that say how we count it.

Whoever has the file can repeat the count: `samskap count ballot.pb` takes rule, satisfaction, completion, tie break and
seed from these keys (`formats.count_options`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

import numpy as np

from samskap.engines.fair_budget import RULES, Ballots, Completion, Constraints, ElectionError, Options, Satisfaction
from samskap.engines.fair_budget.constraints import areas_of
from samskap.formats.count_options import meta_of, options_of
from samskap.formats.pabulib import Section, election_of
from samskap.formats.pabulib.building import pabulib_of

if TYPE_CHECKING:
    from samskap.engines.fair_budget import Kind
    from samskap.formats.pabulib import PabulibFile
    from samskap.formats.pabulib.building import Columns

__all__ = ["Binding", "Counting", "ballot_file", "counting_in", "uncountable", "with_counting"]


@dataclass(frozen=True, slots=True)
class Counting:
    """How a ballot is counted, by the names of the engine; `seed` is empty without a lottery."""

    rule: str
    satisfaction: str
    completion: str
    tie_break: str
    seed: str = ""


@dataclass(frozen=True, slots=True)
class Binding:
    """What binds the choice besides the budget, in plain values: see `engines.fair_budget.Constraints`."""

    minimum_support: int = 0
    district_budgets: tuple[tuple[str, int], ...] = ()
    exclusive: tuple[tuple[str, ...], ...] = ()
    requires: tuple[tuple[str, str], ...] = ()


def ballot_file(
    name: str,
    *,
    kind: str,
    budget: int,
    meta: Mapping[str, str],
    counting: Counting,
    projects: Columns,
    votes: Columns,
    binding: Binding,
) -> PabulibFile:
    """The file, as it will be read again. Amounts are whole units of the currency."""
    return pabulib_of(
        name,
        kind=cast("Kind", kind),
        budget=budget,
        meta={**meta, **_meta(counting)},
        projects=projects,
        votes=votes,
        constraints=Constraints(
            binding.minimum_support, binding.district_budgets, binding.exclusive, binding.requires
        ),
    )  # fmt: skip


def uncountable(file: PabulibFile) -> str:
    """Why what the file says cannot be counted, whatever the ballots are; empty where it can."""
    how, ballots = counting_in(file), file.ballots
    if not ballots.voters:
        nothing = np.empty(0, dtype=np.int64)
        points = None if ballots.points is None else nothing
        ballots = Ballots(ballots.kind, np.zeros(2, dtype=np.int64), nothing.astype(np.int32), points)
    try:
        election = election_of(replace(file, ballots=ballots))
        areas_of(election)
    except ElectionError as error:
        return str(error)
    strange = sorted(election.constraints.kinds - RULES[how.rule].honours)
    return f"The rule {how.rule} does not take the constraint {strange[0]}." if strange else ""


def counting_in(file: PabulibFile) -> Counting:
    """How the file says that it is counted; where it says nothing, Equal Shares by cost, filled up, ties by id."""
    said = options_of(file.meta, kind=file.ballots.kind)
    return Counting(said.rule, said.satisfaction, said.completion, said.tie_break, said.seed or "")


def with_counting(file: PabulibFile, counting: Counting) -> PabulibFile:
    """The same file with our keys, in place of those it had. What others call their own rule stays as it is."""
    own = {key: value for key, value in _meta(counting).items() if key != "rule"}
    if own.items() <= file.meta.items():
        return file
    keys, values = file.meta_section.columns
    kept = [(key, value) for key, value in zip(keys, values, strict=True) if key.strip() not in own]
    rows = [*kept, *own.items()]
    section = Section(file.meta_section.header, (tuple(key for key, _ in rows), tuple(value for _, value in rows)))
    return replace(file, meta_section=section)


def _meta(counting: Counting) -> dict[str, str]:
    return meta_of(
        Options(
            counting.rule,
            cast("Satisfaction", counting.satisfaction),
            cast("Completion", counting.completion),
            counting.tie_break,
            counting.seed or None,
        )
    )
