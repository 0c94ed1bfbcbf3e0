"""Votes on the budget in the report of a day: those whose result is shown, told from the published result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samskap.apps.reports.labels import words

if TYPE_CHECKING:
    from samskap.apps.budgeting.queries import Result

__all__ = ["vote_columns", "vote_context", "vote_document", "vote_on_paper"]


def vote_columns() -> list[str]:
    """The heads of the table of what won."""
    return [_("Project"), _("Price"), _("Votes"), _("Paid each, on average")]


def vote_context(result: Result) -> dict[str, Any]:
    """One vote for the page and for paper: the sentences, the table of what won, and the hashes."""
    return {
        "title": result.ballot.said.title,
        "lang": result.ballot.said.lang,
        "url": reverse("budgeting:result", args=[result.ballot.pk]),
        "headline": result.headline,
        "lead": result.lead,
        "numbers": result.key_numbers,
        "columns": vote_columns(),
        "rows": [(one.project.title, one.cost, one.votes, one.average or "–") for one in result.won],
        "coverage": _("%(two)s got at least two of their choices, and %(three)s at least three.")
        % dict(zip(("two", "three"), (share for _label, share, _percent in result.coverage[1:]), strict=True)),
        "reserve": _fallen(result),
        "facts": [
            (_("Rule"), result.rule_facts[0][1]),
            (_("Hash of the ballots (SHA-256)"), result.seal.sha256),
            (_("Hash of the result (SHA-256)"), result.count.sha256),
            (_("Count again"), f"samskap count {result.told.ballot_file.name}"),
        ],
    }  # fmt: skip


def vote_on_paper(result: Result) -> dict[str, Any]:
    """The same with the drawing, as the page of paper takes it."""
    told = vote_context(result)
    return {
        **told,
        "numbers": [{"label": label, "value": value} for label, value in told["numbers"]],
        "rows": [list(row) for row in told["rows"]],
        "facts": [list(fact) for fact in told["facts"]],
        "svg": result.map_on_paper if result.won else "",
        "alt": f"{words.WHERE_THE_MONEY_GOES}. {result.headline}",
        "caption": str(words.WHERE_THE_MONEY_GOES),
    }


def vote_document(result: Result, *, site: str) -> dict[str, Any]:
    """One vote as open data, with the addresses of the files that it can be counted again from."""
    root, pk = site.rstrip("/"), result.ballot.pk
    return {
        "title": result.ballot.said.title,
        "headline": result.headline,
        "voters": result.told.election.voters,
        "eligible": result.ballot.eligible,
        "budget": result.told.election.budget,
        "cost": result.told.cost,
        "winners": [
            {"id": one.project, "title": result.project(one.project).title, "cost": one.cost, "votes": one.supporters}
            for one in result.told.rounds
        ],
        "coverage": dict(result.told.coverage.at_least),
        "fallen_out": _fallen(result),
        "ballots_sha256": result.seal.sha256,
        "result_sha256": result.count.sha256,
        "page": f"{root}{reverse('budgeting:result', args=[pk])}",
        "ballots": f"{root}{reverse('budgeting:sealed_file', args=[pk])}",
        "result": f"{root}{reverse('budgeting:result_file', args=[pk])}",
    }


def _fallen(result: Result) -> list[str]:
    """What fell out after the count, each in a sentence, and what moved up."""
    found = result.reserve
    if not found:
        return []
    out = [
        _("“%(title)s” fell out. %(reason)s") % {"title": one.title, "reason": one.fell_out} for one in found["dropped"]
    ]
    return out + [_("“%(title)s” moved up.") % {"title": one.title} for one in found["up"]]
