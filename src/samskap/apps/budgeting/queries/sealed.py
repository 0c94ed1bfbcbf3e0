"""From rows to the published file of a ballot, and the file itself once it is sealed."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from samskap.apps.budgeting import rules
from samskap.apps.budgeting.models import Ballot, Choice, Project, Seal, VoterBallot
from samskap.apps.budgeting.queries.ballots import district_budgets_of, windows_of
from samskap.apps.budgeting.queries.paper import unfinished_paper
from samskap.apps.processes import queries as process_queries
from samskap.formats.ballot_file import Binding, Counting, ballot_file
from samskap.formats.pabulib import PabulibFile, read_pabulib
from samskap.kernel.errors import NotFound

if TYPE_CHECKING:
    from samskap.formats.pabulib.building import Columns

__all__ = [
    "closing_standing",
    "counting_of",
    "file_name",
    "file_of_projects",
    "file_to_seal",
    "seal_of",
    "sealed_file",
    "sealed_row",
    "told_of_voters",
]


def closing_standing(ballot: Ballot) -> rules.Standing:
    """How the ballot stands: what the decision to close it is made from."""
    still_open = tuple(w.said.title for w in windows_of(ballot) if process_queries.activity_is_open(w))
    voters = VoterBallot.objects.filter(ballot=ballot).count()
    return rules.Standing(ballot.state, voters, still_open, unfinished_paper(ballot))


def file_name(ballot: Ballot) -> str:
    """What the published file is called, here and where it is downloaded: then a recount writes the same bytes."""
    return f"ballot-{ballot.pk}.pb"


def seal_of(ballot: Ballot) -> Seal:
    """The seal with its bytes; `NotFound` while the ballot is not closed."""
    found = Seal.objects.filter(ballot=ballot).first()
    if found is None:
        raise NotFound(_("The ballot is not closed, so nothing is published."), cure=_("Come back when it is closed."))
    return found


def sealed_file(ballot: Ballot) -> PabulibFile:
    """The published file, read."""
    return read_pabulib(bytes(seal_of(ballot).content), name=file_name(ballot))


def counting_of(ballot: Ballot) -> Counting:
    """How the ballot is counted. The seed goes with the lottery only."""
    seed = ballot.seed if ballot.tie_break == "lottery" else ""
    return Counting(ballot.rule, ballot.satisfaction, ballot.completion, ballot.tie_break, seed)


def file_to_seal(ballot: Ballot, *, closed_at: datetime) -> PabulibFile:
    """The anonymised file: receipts in order (they are random), choices, and nothing about who they are.

    Projects that fell out before are on no ballot. Ranked choices stand in their order, all others in that of the
    list, for the order in which they were pressed is nobody's business.
    """
    all_projects = list(Project.objects.filter(ballot=ballot).select_related("requires"))
    projects = _staying(all_projects)
    return ballot_file(
        file_name(ballot),
        kind=rules.PABULIB_KINDS[ballot.kind],
        budget=_budget(ballot, projects),
        meta=_meta(ballot, closed_at=closed_at, has_fallen=len(projects) < len(all_projects)),
        counting=counting_of(ballot),
        projects=_project_columns(projects),
        votes=_vote_columns(ballot, on_file={one.key for one in projects}),
        binding=_binding(ballot, projects),
    )


def sealed_row(ballot: Ballot, receipt: str) -> dict[str, str] | None:
    """The row of one receipt in the published file by column, or None. The file is not read as a whole."""
    content = bytes(seal_of(ballot).content)
    begin = content.find(b"\nVOTES")
    if not receipt or not receipt.isprintable() or ";" in receipt or begin < 0:
        return None
    place = content.find(f"\n{receipt};".encode(), begin)
    if place < 0:
        return None
    head = content[content.index(b"\n", begin + 1) + 1 :].partition(b"\n")[0]
    line = content[place + 1 :].partition(b"\n")[0]
    header, cells = (next(csv.reader([row.decode().rstrip("\r")], delimiter=";")) for row in (head, line))
    return dict(zip(header, cells, strict=False))


def file_of_projects(ballot: Ballot) -> PabulibFile:
    """The projects and rules of a ballot without any vote, for those who want to look at it before it is closed."""
    projects = _staying(list(Project.objects.filter(ballot=ballot).select_related("requires")))
    return ballot_file(
        file_name(ballot),
        kind=rules.PABULIB_KINDS[ballot.kind],
        budget=_budget(ballot, projects),
        meta=_meta(ballot, closed_at=ballot.opened_at or ballot.created_at, has_fallen=True),
        counting=counting_of(ballot),
        projects=_project_columns(projects),
        votes={"voter_id": [], "vote": []} | ({"points": []} if ballot.kind == "points" else {}),
        binding=_binding(ballot, projects),
    )


def told_of_voters(ballot: Ballot) -> dict[str, dict[str, str]]:
    """For counts by group: channel, sector and district of each voter, by receipt. These are never published."""
    rows = VoterBallot.objects.filter(ballot=ballot).values_list("receipt", "channel", "sector", "district")
    return {
        receipt: {"channel": channel, "sector": sector, "district": district}
        for receipt, channel, sector, district in rows.iterator()
    }


def _meta(ballot: Ballot, *, closed_at: datetime, has_fallen: bool) -> dict[str, str]:
    day = localtime(closed_at)
    said = {
        "description": _line(ballot.title),
        "country": "Norway",
        "unit": _line(ballot.process.municipality.name),
        "instance": str(day.year),
        "date_begin": f"{localtime(ballot.opened_at or closed_at):%d.%m.%Y}",
        "date_end": f"{day:%d.%m.%Y}",
        "language": ballot.language,
        "currency": "NOK",
    }
    # A ballot that lost a project which fell out may hold fewer than it had to.
    if ballot.min_choices and not has_fallen:
        said["min_length"] = str(ballot.min_choices)
    if ballot.max_choices is not None:
        said["max_length"] = str(ballot.max_choices)
    if ballot.kind == "points":
        said["max_sum_points"] = str(ballot.points)
        if ballot.points_a_project is not None:
            said["max_points"] = str(ballot.points_a_project)
    return said


def _project_columns(projects: list[Project]) -> Columns:
    columns: dict[str, list[str | int]] = {
        "project_id": [one.key for one in projects],
        "cost": [one.cost_nok for one in projects],
        "name": [_line(one.title) for one in projects],
    }
    others: dict[str, list[str | int]] = {
        "full_cost": ["" if one.full_cost_nok is None else one.full_cost_nok for one in projects],
        "category": [_line(one.theme).replace(",", " /") for one in projects],
        "district": [_line(one.district) for one in projects],
        "sector": [one.sector for one in projects],
    }
    return columns | {name: cells for name, cells in others.items() if any(cells)}


def _staying(projects: list[Project]) -> list[Project]:
    """The projects that did not fall out, and need none that did."""
    out = {one.pk for one in projects if one.fell_out_at is not None}
    while more := {one.pk for one in projects if one.requires_id in out} - out:
        out |= more
    return [one for one in projects if one.pk not in out]


def _vote_columns(ballot: Ballot, *, on_file: set[str]) -> Columns:
    voters = sorted(VoterBallot.objects.filter(ballot=ballot).values_list("receipt", "channel"))
    chosen: dict[str, list[tuple[str, int | None]]] = defaultdict(list)
    found = Choice.objects.filter(voter_ballot__ballot=ballot)
    order = ("rank",) if ballot.kind == "ranking" else ("project__order", "project_id")
    rows = found.order_by("voter_ballot_id", *order).values_list("voter_ballot__receipt", "project__key", "points")
    for receipt, key, points in rows.iterator():
        if key in on_file:
            chosen[receipt].append((key, points))
    columns: dict[str, list[Any]] = {
        "voter_id": [receipt for receipt, _channel in voters],
        "vote": [[key for key, _points in chosen[receipt]] for receipt, _channel in voters],
    }
    if ballot.kind == "points":
        columns["points"] = [[points or 0 for _key, points in chosen[receipt]] for receipt, _channel in voters]
    return columns | _told_columns([channel for _receipt, channel in voters])


def _told_columns(channels: list[str]) -> dict[str, list[str]]:
    """How each ballot came in, where no way is that of fewer than five."""
    methods = [rules.METHODS[channel] for channel in channels]
    told = {"voting_method": methods, "samskap_channel": channels}
    return {name: cells for name, cells in told.items() if rules.may_tell(cells)}


def _budget(ballot: Ballot, projects: list[Project]) -> int:
    """The budget less what belongs to districts all of whose projects fell out: their money goes to no other."""
    used = {one.district for one in projects}
    return ballot.budget_nok - sum(v for k, v in district_budgets_of(ballot).items() if k not in used)


def _binding(ballot: Ballot, projects: list[Project]) -> Binding:
    groups: dict[int, list[str]] = defaultdict(list)
    for one in projects:
        if one.exclusive_group_id:
            groups[one.exclusive_group_id].append(one.key)
    needs = [(one.key, one.requires.key) for one in projects if one.requires]
    used = {one.district for one in projects}
    return Binding(
        minimum_support=ballot.minimum_support,
        district_budgets=tuple(sorted((k, v) for k, v in district_budgets_of(ballot).items() if k in used)),
        exclusive=tuple(tuple(keys) for _group, keys in sorted(groups.items()) if len(keys) > 1),
        requires=tuple(needs),
    )


def _line(text: str) -> str:
    return " ".join(text.split())
