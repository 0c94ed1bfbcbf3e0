"""The result for everybody: in short, round by round, compared, how to check it, and one's own ballot."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from samskap.apps.budgeting import permissions, queries, rules
from samskap.apps.budgeting.forms import ReceiptForm
from samskap.apps.budgeting.labels import COMPLETIONS, RULE_MEANINGS, RULES
from samskap.apps.budgeting.labels.rule_words import steps_of
from samskap.kernel.errors import NotFound
from samskap.web.answers import see_other

__all__ = [
    "comparison",
    "find_ballot",
    "my_ballot",
    "projects_file",
    "recount",
    "result",
    "result_file",
    "rounds",
    "rule",
    "sealed_file",
]

# What is seen may be hidden again at any moment: nothing of it is kept on the way.
fresh = cache_control(private=True, no_cache=True)


@require_safe
@fresh
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """What won, where the money goes, and how many were served."""
    return _page(request, pk, "result")


@require_safe
@fresh
def rounds(request: HttpRequest, pk: int) -> HttpResponse:
    """The count round by round."""
    return _page(request, pk, "rounds")


@require_safe
@fresh
def comparison(request: HttpRequest, pk: int) -> HttpResponse:
    """What other rules would have chosen."""
    return _page(request, pk, "comparison")


@require_safe
@fresh
def recount(request: HttpRequest, pk: int) -> HttpResponse:
    """What was checked, and how anybody counts again."""
    return _page(request, pk, "recount", form=ReceiptForm())


@require_safe
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """The rule in plain words with an example; there from the opening on, for it says nothing of any vote."""
    ballot = queries.visible_ballot(pk, viewer=request.user)
    context = _frame(request, ballot, tab="rule") | {
        "rule_name": RULES[ballot.rule],
        "meaning": RULE_MEANINGS[ballot.rule],
        "steps": steps_of(ballot.rule),
        "completion": COMPLETIONS[ballot.completion],
        "example": queries.example_told(ballot.rule),
    }
    return render(request, "budgeting/results/rule.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def find_ballot(request: HttpRequest, pk: int) -> HttpResponse:
    """Find a ballot in the published file by its receipt, which is sent in a form and so stands in no address."""
    ballot = queries.open_ballot_files(pk, viewer=request.user)
    form = ReceiptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = queries.found_receipt(ballot, form.cleaned_data["receipt"])
        if found:
            return see_other(reverse("budgeting:my_ballot", args=[pk, found]))
        form.add_error("receipt", _("No ballot with this receipt is in the published file. Look at it sign by sign."))
    context = _frame(request, ballot, tab="recount") | {"form": form}
    return render(request, "budgeting/results/find.html", context)


@require_safe
@never_cache
def my_ballot(request: HttpRequest, pk: int, receipt: str) -> HttpResponse:
    """What came of one's own ballot; until the result is shown only that it was received."""
    ballot = queries.visible_ballot(pk, viewer=request.user)
    context = {"ballot": ballot, "process": ballot.process, "grouped": rules.grouped(receipt)}
    told = queries.result_of(ballot) if queries.results_seen(ballot, viewer=request.user) else None
    row = queries.sealed_row(ballot, receipt) if told else None
    if row is None and (told is not None or not queries.receipt_is_there(ballot, receipt)):
        raise NotFound(_("There is no such ballot here."), cure=_("Look at the receipt again, sign by sign."))
    if told is not None and row is not None:
        context |= {"result": told, "own": queries.own_ballot_told(told, row)}
    answer = render(request, "budgeting/results/mine.html", context)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@require_safe
@fresh
def sealed_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The published ballots, byte for byte as they were sealed."""
    ballot = queries.open_ballot_files(pk, viewer=request.user, preview=request.GET.get("preview", ""))
    content = bytes(queries.seal_of(ballot).content)
    return _download(content, kind="text/plain; charset=utf-8", name=queries.file_name(ballot))


@require_safe
@fresh
def result_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The result document, byte for byte as it was counted."""
    ballot = queries.open_ballot_files(pk, viewer=request.user, preview=request.GET.get("preview", ""))
    count = queries.latest_count(ballot)
    content = bytes(count.content or b"") if count else b""
    return _download(content, kind="application/json", name=f"result-{ballot.pk}.json")


@require_safe
@fresh
def projects_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The projects and the rules without any vote, before and after the vote."""
    ballot = queries.visible_ballot(pk, viewer=request.user)
    return _download(queries.projects_file(ballot), kind="text/plain; charset=utf-8", name=f"projects-{ballot.pk}.pb")


def _page(request: HttpRequest, pk: int, tab: str, **context: Any) -> HttpResponse:
    """One page of the result; while it is hidden, the page that says so."""
    ballot = queries.visible_ballot(pk, viewer=request.user)
    framed = _frame(request, ballot, tab=tab)
    told = queries.result_of(ballot) if framed["seen"] else None
    if told is None:
        return render(request, "budgeting/results/hidden.html", framed | _hidden(request, ballot))
    return render(request, f"budgeting/results/{tab}.html", framed | {"result": told, "site": _site(request)} | context)


def _frame(request: HttpRequest, ballot: Any, *, tab: str) -> dict[str, Any]:
    """What every page shows: the ballot, how it is seen, and the tabs to the others."""
    preview = request.GET.get("preview", "")
    seen = queries.results_seen(ballot, viewer=request.user, preview=preview)
    ask = "?preview=1" if seen == "preview" else ""
    tabs = [("result", _("Result")), ("rounds", _("Round by round")), ("comparison", _("Compared")),
            ("rule", _("The rule")), ("recount", _("Check it"))]  # fmt: skip
    return {
        "ballot": ballot,
        "process": ballot.process,
        "seen": seen,
        "ask": ask,
        "heading": dict(tabs)[tab],
        "tabs": [
            {"label": label, "url": reverse(f"budgeting:{name}", args=[ballot.pk]) + ask, "current": name == tab}
            for name, label in tabs
        ]
        if seen
        else [],
    }


def _hidden(request: HttpRequest, ballot: Any) -> dict[str, Any]:
    may_run = permissions.can_run_ballot(request.user, ballot)
    return {"may_preview": may_run and ballot.state == "counted", "may_run": may_run}


def _site(request: HttpRequest) -> str:
    return (settings.SAMSKAP_URL or request.build_absolute_uri("/")).rstrip("/")


def _download(content: bytes, *, kind: str, name: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})
