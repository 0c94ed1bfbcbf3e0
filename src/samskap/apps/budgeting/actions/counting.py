"""Counts: ordered, running, done or failed; shown or hidden; and who moves up when a winner falls out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from samskap.apps.budgeting import queries, rules
from samskap.apps.budgeting.actions.ballots import held_ballot
from samskap.apps.budgeting.actions.projects import let_fall_out
from samskap.apps.budgeting.models import Ballot, Count
from samskap.apps.initiatives import actions as initiatives
from samskap.apps.trail import actions as trail
from samskap.kernel import clock
from samskap.kernel.acting import SYSTEM_COUNTER
from samskap.kernel.errors import RuleError
from samskap.web.acting import lock
from samskap.web.jobs import enqueue

if TYPE_CHECKING:
    from samskap.apps.budgeting.models import Project
    from samskap.kernel.acting import Acting

__all__ = [
    "drop_project",
    "fail_count",
    "hide_result",
    "move_on",
    "order_count",
    "ordered_count",
    "show_result",
    "start_count",
    "store_count",
    "store_reserve",
]


@transaction.atomic
def order_count(ballot: Ballot, *, by: Acting) -> Count:
    """Count the sealed ballots again: the same bytes must come of it."""
    ballot = held_ballot(ballot, by=by)
    if ballot.state not in ("closed", "counted"):
        raise RuleError(
            _("The ballot is not closed, so it cannot be counted."),
            code="ballot_not_closed",
            cure=_("Close it first. Closing is final."),
        )
    return ordered_count(ballot, by=by)


def ordered_count(ballot: Ballot, *, by: Acting) -> Count:
    """The count that is under way, or a new one. The caller holds the ballot and has asked for the permission."""
    latest = Count.objects.filter(ballot=ballot).first()
    if latest and rules.is_count_under_way(latest.state, ordered_at=latest.ordered_at, now=clock.now()):
        return latest
    count = Count.objects.create(ballot=ballot, ordered_at=clock.now())
    trail.record("budgeting.count_ordered", ballot, by=by)
    enqueue("budgeting.count_ballot", count_id=count.pk)
    return count


@transaction.atomic
def start_count(count_id: int) -> Count | None:
    """The count, which is running from now on; None where it is gone, or has come to its end before."""
    found = Count.objects.select_related("ballot__process__municipality").filter(pk=count_id).first()
    if found is None:
        return None
    count = lock(found)
    if count.state in ("done", "failed"):
        return None
    count.state = "running"
    count.save(update_fields=["state"])
    count.ballot = found.ballot
    return count


def move_on(count: Count, *, share: float) -> None:
    """Say how far it is, 0 to 1."""
    Count.objects.filter(pk=count.pk, state="running").update(done_share=share)


@transaction.atomic
def store_count(count: Count, *, content: bytes, document: dict[str, Any]) -> Count:
    """Keep what came of the count, byte for byte. The first one makes the ballot counted.

    A later count with other winners is not stored as a result: it says so, and the first one stands.
    """
    ballot = lock(count.ballot)
    count = lock(count)
    told = json.loads(content)
    before = queries.latest_count(ballot)
    if before is not None and json.loads(bytes(before.content or b""))["winners"] != told["winners"]:
        return _failed(
            count,
            problem=_("This count gives other winners than the one before, which stands. Tell the operator."),
        )
    count.state, count.done_share, count.done_at, count.problem = "done", 1, clock.now(), ""
    count.content, count.document, count.sha256 = content, document, told["sha256"]
    count.save()
    if ballot.state == "closed":
        ballot.state = "counted"
        ballot.save(update_fields=["state"])
    trail.record("budgeting.ballot_counted", ballot, by=SYSTEM_COUNTER, data={"sha256": count.sha256}, public=True)
    return count


@transaction.atomic
def fail_count(count: Count, *, problem: str) -> Count:
    """Stop it, and say why."""
    return _failed(lock(count), problem=problem)


def _failed(count: Count, *, problem: str) -> Count:
    count.state, count.problem, count.done_at = "failed", problem, clock.now()
    count.save(update_fields=["state", "problem", "done_at"])
    trail.record("budgeting.count_failed", count.ballot, by=SYSTEM_COUNTER)
    return count


@transaction.atomic
def show_result(ballot: Ballot, *, by: Acting) -> Ballot:
    """Let everybody see the result, and tell those who follow the process or an initiative on the ballot."""
    ballot = held_ballot(ballot, by=by)
    if ballot.state != "counted":
        raise RuleError(
            _("The ballot is not counted, so there is no result to show."),
            code="ballot_not_counted",
            cure=_("Wait for the count, or start it again."),
        )
    if ballot.shown_at is not None:
        return ballot
    ballot.shown_at = clock.now()
    ballot.save(update_fields=["shown_at"])
    trail.record("budgeting.result_shown", ballot, by=by, public=True)
    _tell_result(ballot, by=by)
    return ballot


@transaction.atomic
def hide_result(ballot: Ballot, *, by: Acting) -> Ballot:
    """Hide the result again. What somebody has downloaded meanwhile stays with them."""
    ballot = held_ballot(ballot, by=by)
    if ballot.shown_at is not None:
        ballot.shown_at = None
        ballot.save(update_fields=["shown_at"])
        trail.record("budgeting.result_hidden", ballot, by=by, public=True)
    return ballot


@transaction.atomic
def drop_project(project: Project, *, by: Acting, reason: str) -> Project:
    """Let a project fall out after the count, with its reason, and order the list of those who move up."""
    ballot = held_ballot(project.ballot, by=by)
    if ballot.state != "counted":
        raise RuleError(_("The ballot is not counted yet."), code="ballot_not_counted")
    return let_fall_out(project, by=by, reason=reason)


@transaction.atomic
def store_reserve(ballot: Ballot, *, dropped: Sequence[str], winners: Sequence[str]) -> Count | None:
    """Keep who is carried out when these projects fall out, beside the count, which stays as it was."""
    latest = queries.latest_count(lock(ballot))
    if latest is None:
        return None
    count = lock(latest)
    count.document = {**(count.document or {}), "reserve": {"dropped": list(dropped), "winners": list(winners)}}
    count.save(update_fields=["document"])
    facts = {"dropped": list(dropped), "winners": list(winners)}
    trail.record("budgeting.reserve_made", ballot, by=SYSTEM_COUNTER, data=facts, public=ballot.shown_at is not None)
    return count


def _tell_result(ballot: Ballot, *, by: Acting) -> None:
    path, data = reverse("budgeting:result", args=[ballot.pk]), {"ballot": ballot.title}
    initiatives.tell("ballot_result", by=by, process=ballot.process, path=path, data=data)
    winners = set(queries.winners_of(ballot))
    for project in queries.projects_of(ballot).filter(initiative__isnull=False).select_related("initiative"):
        kind = "ballot_won" if project.key in winners else "ballot_lost"
        if project.initiative is not None and project.initiative.is_published:
            initiatives.tell(kind, by=by, initiative=project.initiative, path=path, data=data)
