"""The moderation queue of ideas: accept, reject with a reason, merge, take out again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.apps.initiatives import actions, labels, queries
from samskap.apps.initiatives.forms.ideas import IdeaForm, MergeIdeaForm, RejectIdeaForm
from samskap.apps.initiatives.labels.ideas import IDEA_COLOURS, IDEA_REASONS
from samskap.apps.initiatives.views.idea_work import work_page
from samskap.kernel.errors import RuleError
from samskap.web.acting import SignedInRequest

if TYPE_CHECKING:
    from samskap.apps.initiatives.models import Idea

__all__ = ["accept", "accept_many", "idea_at_work", "idea_moderation", "merge", "reject", "unmerge"]

SHOWN = 25


@login_required
@require_safe
def idea_moderation(request: SignedInRequest, pk: int) -> HttpResponse:
    """What waits, oldest first, with those it looks like."""
    idea_round = queries.runnable_idea_round(pk, viewer=request.user)
    rows = list(queries.waiting_ideas(idea_round)[:SHOWN])
    context = work_page(idea_round, tab="idea_moderation") | {
        "rows": queries.with_alike_ideas(idea_round, rows),
        "reasons": IDEA_REASONS,
        "reject_form": RejectIdeaForm(auto_id=False),
        "moderation": labels.MODERATION[idea_round.moderation],
    }
    return render(request, "initiatives/ideas/work/moderation.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def idea_at_work(request: SignedInRequest, pk: int, idea_pk: int) -> HttpResponse:
    """One idea: its words, and every decision about it."""
    idea_round = queries.runnable_idea_round(pk, viewer=request.user)
    idea = queries.idea_in(idea_round, idea_pk)
    form = IdeaForm(request.POST) if request.method == "POST" else IdeaForm.fresh(idea)
    if form.is_valid():
        try:
            actions.edit_idea(idea, by=request.user, **form.words)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The change is saved."))
            return redirect("initiatives:idea_at_work", pk, idea_pk)
    context = work_page(idea_round, tab="idea_list") | _decisions(idea) | {"form": form}
    return render(request, "initiatives/ideas/work/idea.html", context)


def _decisions(idea: Idea) -> dict[str, Any]:
    """What the page of one idea needs to decide about it."""
    others = [one for one in queries.kept_ideas(idea.idea_round) if one.pk != idea.pk]
    return {
        "idea": idea,
        "colour": IDEA_COLOURS[idea.state],
        "merged": queries.merged_under(idea),
        "supporters": queries.supporters_of([idea]),
        "reject_form": RejectIdeaForm(),
        "merge_form": MergeIdeaForm(ideas=others) if others else None,
        "reasons": IDEA_REASONS,
        "heading": _("Idea %(number)s") % {"number": idea.number},
    }


@login_required
@require_POST
def accept_many(request: SignedInRequest, pk: int) -> HttpResponse:
    """Accept those that are ticked, or all that wait."""
    idea_round = queries.runnable_idea_round(pk, viewer=request.user)
    chosen = queries.waiting_ideas(idea_round)
    if "all" not in request.POST:
        chosen = chosen.filter(pk__in=[int(key) for key in request.POST.getlist("idea") if key.isdecimal()])
    accepted = [actions.accept_idea(one, by=request.user) for one in chosen]
    if accepted:
        said = ngettext("%(n)s idea is accepted.", "%(n)s ideas are accepted.", len(accepted))
        messages.success(request, said % {"n": len(accepted)})
    else:
        messages.info(request, _("Tick the ideas that you want to accept."))
    return redirect("initiatives:idea_moderation", pk)


@login_required
@require_POST
def accept(request: SignedInRequest, pk: int, idea_pk: int) -> HttpResponse:
    """Let people see and support it."""
    idea = queries.idea_in(queries.runnable_idea_round(pk, viewer=request.user), idea_pk)
    said = _("Idea %(number)s is accepted.") % {"number": idea.number}
    return _decided(request, pk, lambda: actions.accept_idea(idea, by=request.user), said=said)


@login_required
@require_POST
def reject(request: SignedInRequest, pk: int, idea_pk: int) -> HttpResponse:
    """Do not take it in, with a reason that its author can read."""
    idea = queries.idea_in(queries.runnable_idea_round(pk, viewer=request.user), idea_pk)
    reason = request.POST.get("reason", "")
    said = _("Idea %(number)s is rejected.") % {"number": idea.number}
    return _decided(request, pk, lambda: actions.reject_idea(idea, by=request.user, reason=reason), said=said)


@login_required
@require_POST
def merge(request: SignedInRequest, pk: int, idea_pk: int) -> HttpResponse:
    """Let another idea stand for it."""
    idea_round = queries.runnable_idea_round(pk, viewer=request.user)
    idea = queries.idea_in(idea_round, idea_pk)
    form = MergeIdeaForm(request.POST, ideas=list(queries.kept_ideas(idea_round)))
    if not form.is_valid():
        messages.error(request, _("Choose the idea that stands for both."))
        return redirect("initiatives:idea_at_work", pk, idea_pk)
    into = form.cleaned_data["into"]
    gaps = {"number": idea.number, "into": into.number}
    said = _("Idea %(number)s is merged into %(into)s. It can be taken out again.") % gaps
    return _decided(request, pk, lambda: actions.merge_idea(idea, into=into, by=request.user), said=said)


@login_required
@require_POST
def unmerge(request: SignedInRequest, pk: int, idea_pk: int) -> HttpResponse:
    """Let it stand on its own again."""
    idea = queries.idea_in(queries.runnable_idea_round(pk, viewer=request.user), idea_pk)
    said = _("Idea %(number)s stands on its own again.") % {"number": idea.number}
    return _decided(request, pk, lambda: actions.unmerge_idea(idea, by=request.user), said=said)


def _decided(request: SignedInRequest, pk: int, decide: Callable[[], object], *, said: str) -> HttpResponse:
    """Decide, say so, and go back to the list one came from."""
    try:
        decide()
        messages.success(request, said)
    except RuleError as error:
        messages.error(request, str(error))
    page = "idea_list" if request.POST.get("back") == "list" else "idea_moderation"
    return redirect(f"initiatives:{page}", pk)
