"""Counts of a ballot, and what of it is seen by whom."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samskap.apps.budgeting import permissions, rules
from samskap.apps.budgeting.models import Ballot, Count, Project
from samskap.apps.budgeting.queries.ballots import visible_ballot
from samskap.apps.budgeting.queries.sealed import told_of_voters
from samskap.kernel import clock
from samskap.kernel.errors import NotFound

if TYPE_CHECKING:
    from samskap.formats.pabulib import PabulibFile

__all__ = [
    "counted_ballot",
    "counts_of",
    "fallen_after_count",
    "group_labels",
    "is_under_way",
    "latest_count",
    "open_ballot_files",
    "results_seen",
    "winners_of",
]


def counts_of(ballot: Ballot) -> QuerySet[Count]:
    """All counts, the latest first, without what came of them."""
    return Count.objects.filter(ballot=ballot).defer("content", "document")


def latest_count(ballot: Ballot) -> Count | None:
    """The count that stands: the latest that was done; None before."""
    return Count.objects.filter(ballot=ballot, state="done").first()


def counted_ballot(pk: int) -> Ballot | None:
    """A ballot that is counted, whoever may see it: for jobs."""
    return Ballot.objects.select_related("process__municipality").filter(pk=pk, state="counted").first()


def is_under_way(count: Count) -> bool:
    """Whether it is being made or waits its turn."""
    return rules.is_count_under_way(count.state, ordered_at=count.ordered_at, now=clock.now())


def winners_of(ballot: Ballot) -> list[str]:
    """Keys of the projects that won, in the order in which they were chosen; none before the count."""
    count = latest_count(ballot)
    return list(json.loads(bytes(count.content or b""))["winners"]) if count else []


def fallen_after_count(ballot: Ballot) -> list[str]:
    """Keys of the projects that fell out after the ballot was closed: they stand in the file and cannot win."""
    found = Project.objects.filter(ballot=ballot, fell_out_at__gt=ballot.closed_at)
    return list(found.values_list("key", flat=True))


def results_seen(ballot: Ballot, *, viewer: Any, preview: str = "") -> str:
    """How this viewer sees the result now: "shown" to all, "preview" where they run it and ask for it, else ""."""
    if rules.are_results_shown(ballot.state, shown_at=ballot.shown_at):
        return "shown"
    may_look = bool(preview) and ballot.state == "counted" and permissions.can_run_ballot(viewer, ballot)
    return "preview" if may_look else ""


def open_ballot_files(pk: int, *, viewer: Any, preview: str = "") -> Ballot:
    """The ballot whose published files this viewer may have; `NotFound` while they are hidden: hidden means hidden."""
    ballot = visible_ballot(pk, viewer=viewer)
    if not results_seen(ballot, viewer=viewer, preview=preview):
        raise NotFound(
            _("The result of this vote is not shown yet."), cure=_("Come back when those who run it have shown it.")
        )
    return ballot


def group_labels(ballot: Ballot, file: PabulibFile) -> dict[str, list[str]]:
    """The group of each voter by kind of group, in the order of the file: from our rows, else from the file."""
    own = told_of_voters(ballot)
    if own:
        receipts = file.votes.column("voter_id") or ()
        return {kind: [own[one][kind] for one in receipts] for kind in ("channel", "sector", "district")}
    columns = {"channel": ("voting_method",), "district": ("district", "neighborhood")}
    found = {kind: file.votes.column(*names) for kind, names in columns.items()}
    return {kind: list(cells) for kind, cells in found.items() if cells}
