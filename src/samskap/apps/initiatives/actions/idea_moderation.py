"""The moderator's decisions about ideas."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from samskap.apps.initiatives.actions.ideas import check_not_erased, may_run
from samskap.apps.initiatives.models import Idea
from samskap.apps.trail import actions as trail
from samskap.kernel import clock
from samskap.kernel.acting import Acting
from samskap.kernel.errors import RuleError
from samskap.kernel.text import one_line
from samskap.web.acting import lock, require

__all__ = ["accept_idea", "merge_idea", "reject_idea", "unmerge_idea"]

REASON_LIMIT = 300


@transaction.atomic
def accept_idea(idea: Idea, *, by: Acting) -> Idea:
    """Let people see and support it; a rejected one comes back with the support it had."""
    idea = lock(idea)
    require(may_run(by, idea.idea_round))
    if idea.state == "accepted":
        return idea
    _check_not_merged(idea)
    _decide(idea, state="accepted")
    trail.record("initiatives.idea_accepted", idea, by=by, public=True, data={"number": idea.number})
    return idea


@transaction.atomic
def reject_idea(idea: Idea, *, by: Acting, reason: str) -> Idea:
    """Take it out of the idea round with a reason that its author can read."""
    idea = lock(idea)
    require(may_run(by, idea.idea_round))
    _check_not_merged(idea)
    reason = one_line(reason)[:REASON_LIMIT]
    if not reason:
        raise RuleError(
            _("A rejected idea needs a reason that its author can read."), code="reason_missing",
            cure=_("Write it in a sentence."),
        )  # fmt: skip
    if idea.merged_ideas.exists():
        raise RuleError(
            _("Other ideas were merged into this one, and would go with it."),
            code="idea_stands_for_others",
            cure=_("Take them out first."),
        )
    _decide(idea, state="rejected", reason=reason)
    trail.record("initiatives.idea_rejected", idea, by=by, public=True, data={"number": idea.number})
    return idea


@transaction.atomic
def merge_idea(idea: Idea, *, into: Idea, by: Acting) -> Idea:
    """Let `into` stand for this one too. Gives back the kept idea.

    Its words stay to be read under the kept one, and every support stays on its row: people are counted once when
    the two are counted together, and all is as before when it is taken out again. Ideas that were merged into this
    one go along.
    """
    idea, kept = _locked_pair(idea, into)
    require(may_run(by, idea.idea_round))
    _check_not_merged(idea)
    if kept.pk == idea.pk or kept.idea_round_id != idea.idea_round_id or kept.state != "accepted":
        raise RuleError(
            _("An idea can only be merged into another accepted one of the same idea round."),
            code="merge_impossible",
            cure=_("Choose another idea, or accept that one first."),
        )
    Idea.objects.filter(merged_into=idea).update(merged_into=kept)
    idea.merged_into = kept
    _decide(idea, state="merged")
    facts = {"number": idea.number, "into": kept.number}
    trail.record("initiatives.idea_merged", idea, by=by, public=True, data=facts)
    return kept


@transaction.atomic
def unmerge_idea(idea: Idea, *, by: Acting) -> Idea:
    """Take it out of the idea it was merged into: it stands on its own again, with those who supported it."""
    idea = lock(idea)
    require(may_run(by, idea.idea_round))
    if idea.state != "merged":
        return idea
    check_not_erased(idea)
    idea.merged_into = None
    _decide(idea, state="accepted")
    trail.record("initiatives.idea_unmerged", idea, by=by, public=True, data={"number": idea.number})
    return idea


def _locked_pair(idea: Idea, into: Idea) -> tuple[Idea, Idea]:
    """Both rows, locked in the order of their keys, so that two merges the other way round do not block."""
    rows = {row.pk: lock(row) for row in sorted([idea, into], key=lambda row: row.pk)}
    return rows[idea.pk], rows[into.pk]


def _check_not_merged(idea: Idea) -> None:
    check_not_erased(idea)
    if idea.state == "merged":
        raise RuleError(
            _("This idea is merged into another one."), code="idea_merged", cure=_("Take it out of that one first.")
        )


def _decide(idea: Idea, *, state: str, reason: str = "") -> None:
    idea.state = state
    idea.reason = reason
    idea.decided_at = clock.now()
    idea.save(update_fields=["state", "reason", "decided_at", "merged_into"])
