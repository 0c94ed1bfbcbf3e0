"""A `.pb` file from plain values, for whoever holds an election and wants to publish it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from samskap.engines.fair_budget.election import NO_CONSTRAINTS
from samskap.formats.pabulib.conditions import OWN_KEY, constraints_text
from samskap.formats.pabulib.file import Layout, Section
from samskap.formats.pabulib.numbers import written_units
from samskap.formats.pabulib.reading import read_pabulib
from samskap.formats.pabulib.writing import written_sections

if TYPE_CHECKING:
    from samskap.engines.fair_budget.election import Constraints, Kind
    from samskap.formats.pabulib.file import PabulibFile

__all__ = ["Cell", "Columns", "pabulib_of"]

Cell = str | int | Sequence[str] | Sequence[int]
Columns = Mapping[str, Sequence[Cell]]

_ORDER = (
    "description",
    "country",
    "unit",
    "district",
    "subunit",
    "instance",
    "num_projects",
    "num_votes",
    "budget",
    "vote_type",
    "rule",
    "date_begin",
    "date_end",
)
_MONEY = ("cost", "full_cost")


def pabulib_of(
    name: str,
    *,
    kind: Kind,
    budget: int,
    meta: Mapping[str, str],
    projects: Columns,
    votes: Columns,
    scale: int = 1,
    constraints: Constraints = NO_CONSTRAINTS,
) -> PabulibFile:
    """The file of an election, as it will be read again. FormatError where the values do not agree.

    `projects` has the columns project_id and cost, and others as they come; `votes` has voter_id, vote (ids of
    projects) and, where the kind has points, points (a number for each), and others. Amounts are whole units, `scale`
    of them are one of the currency. Counts, and what each project got, are filled in. What identifies a voter, and the
    order of voters, is the caller's concern.

    Count `election_of` this file, not what it was made from: then everybody who reads it counts the same election.
    """
    said = dict(meta) | {
        "num_projects": str(len(projects["project_id"])),
        "num_votes": str(len(votes["voter_id"])),
        "budget": written_units(budget, scale=scale),
        "vote_type": "approval" if kind == "knapsack" else kind,
    }
    if kind == "knapsack":
        said.setdefault("max_sum_cost", said["budget"])
    if constraints.kinds:
        said[OWN_KEY] = constraints_text(constraints, scale=scale)
    ordered = {key: said[key] for key in (*_ORDER, *said) if key in said}
    amounts = {key: [_amount(one, scale=scale) for one in projects[key]] for key in _MONEY if key in projects}
    sections = (
        Section(("key", "value"), (tuple(ordered), tuple(ordered.values()))),
        _section({**projects, **amounts, **_tallies(projects["project_id"], votes)}),
        _section(votes),
    )
    return read_pabulib(written_sections(sections, layout=Layout()), name=name)


def _section(columns: Columns) -> Section:
    return Section(tuple(columns), tuple(tuple(map(_text, cells)) for cells in columns.values()))


def _text(cell: Cell) -> str:
    return ",".join(_items(cell))


def _amount(cell: Cell, *, scale: int) -> str:
    return written_units(cell, scale=scale) if isinstance(cell, int) else ""


def _tallies(keys: Sequence[Cell], votes: Columns) -> dict[str, list[int]]:
    """The columns `votes` and `score`: voters who named a project, and the points they gave it."""
    named, scores = Counter[str](), Counter[str]()
    nothing: Sequence[Cell] = [""] * len(votes["vote"])
    for ballot, points in zip(votes["vote"], votes.get("points", nothing), strict=True):
        chosen = _items(ballot)
        named.update(chosen)
        for key, point in zip(chosen, _items(points), strict=False):
            scores[key] += int(point)
    columns = {"votes": named, "score": scores} if "points" in votes else {"votes": named}
    return {name: [found[str(key)] for key in keys] for name, found in columns.items()}


def _items(cell: Cell) -> list[str]:
    """What stands in a cell, apart by commas."""
    match cell:
        case "":
            return []
        case str():
            return cell.split(",")
        case int():
            return [str(cell)]
        case _:
            return [str(one) for one in cell]
