"""The election of a `.pb` file, as the engine counts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samskap.engines.fair_budget.election import Election, Project

if TYPE_CHECKING:
    from samskap.formats.pabulib.file import PabulibFile

__all__ = ["election_of"]


def election_of(file: PabulibFile) -> Election:
    """Projects, budget, ballots and constraints. ElectionError where there is no ballot to count.

    The district of a project is its `district`, else its `neighborhood`. A threshold of META is a minimum support; a
    budget by category or neighbourhood of others' files is not applied, since each city means it otherwise.
    """
    empty = ("",) * len(file.keys)
    names, districts, categories = (
        file.projects.column(*columns) or empty
        for columns in (("name",), ("district", "neighborhood"), ("category", "categories"))
    )
    return Election(
        projects=tuple(
            Project(key, cost, name, district, _listed(category), full_cost)
            for key, cost, name, district, category, full_cost in zip(
                file.keys, file.costs, names, districts, categories, file.full_costs, strict=True
            )
        ),
        budget=file.budget,
        ballots=file.ballots,
        scale=file.scale,
        currency=file.meta.get("currency", ""),
        constraints=file.constraints,
    )


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(one for one in map(str.strip, cell.split(",")) if one)
