"""Preparing a ballot: overview with what is missing, texts, rules, and the opening."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.apps.actors.labels import SECTORS
from samskap.apps.budgeting import actions, labels, queries
from samskap.apps.budgeting.forms import DistrictsForm, NewBallotForm, RulesForm, TextsForm, VoterForm
from samskap.apps.budgeting.labels.opening import finding_sentence
from samskap.apps.budgeting.views.frame import framed, work_page
from samskap.apps.budgeting.views.standing import standing
from samskap.apps.budgeting.views.voting import ballot_page
from samskap.apps.processes import queries as process_queries
from samskap.kernel.errors import NotFound, RuleError
from samskap.web.acting import acting
from samskap.web.answers import see_other

__all__ = ["delete_ballot", "give_order", "new_ballot", "preview", "rules", "texts", "turnout_now", "work_ballot"]

_ORDERS = {
    "open": (actions.open_ballot, gettext_lazy("The ballot is open. Projects and rules stay as they are from now on.")),
    "draft": (actions.take_back_opening, gettext_lazy("The opening is taken back.")),
}


@require_safe
@login_required
def work_ballot(request: HttpRequest, pk: int) -> HttpResponse:
    """What is missing before it can be opened, or how many have voted."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    found = queries.findings_of(ballot) if ballot.state == "draft" else []
    windows = [(window, process_queries.activity_is_open(window)) for window in queries.windows_of(ballot)]
    return framed(
        request,
        "overview",
        ballot,
        tab="work_ballot",
        stopping=[finding_sentence(one) for one in found if one.stops],
        knowing=[finding_sentence(one) for one in found if not one.stops],
        projects=len(queries.projects_of(ballot)),
        windows=windows,
        turnout=queries.turnout_of(ballot),
        paper=queries.paper_counts(ballot),
        batches=queries.batches_of(ballot),
        sectors=SECTORS,
        meaning=labels.RULE_MEANINGS[ballot.rule],
    )


@never_cache
@require_safe
@login_required
def turnout_now(request: HttpRequest, pk: int) -> HttpResponse:
    """The turnout alone, for the page that shows it to fetch again."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    context = {
        "ballot": ballot,
        "turnout": queries.turnout_of(ballot),
        "paper": queries.paper_counts(ballot),
        "batches": queries.batches_of(ballot),
        "sectors": SECTORS,
    }
    return render(request, "budgeting/work/turnout_now.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new_ballot(request: HttpRequest, process_pk: int) -> HttpResponse:
    """Start a ballot in a process."""
    process = process_queries.runnable_process(process_pk, viewer=request.user)
    form = NewBallotForm(request.POST or None, initial={"language": process.language, "kind": "approval"})
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_said() | {name: form.cleaned_data[name] for name in ("kind", "budget_nok")}
        ballot = actions.create_ballot(process, by=acting(request), **fields)
        messages.success(request, _("The ballot is made. Add the projects that people are to choose between."))
        return see_other(reverse("budgeting:projects", args=[ballot.pk]))
    return render(request, "budgeting/work/new.html", {"process": process, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def texts(request: HttpRequest, pk: int) -> HttpResponse:
    """Title and introduction in three languages."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    form = TextsForm(request.POST or None, initial=TextsForm.said_initial(ballot))
    if request.method == "POST" and form.is_valid():
        try:
            actions.update_ballot(ballot, by=acting(request), **form.cleaned_said())
        except RuleError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The texts are saved."))
            return see_other(reverse("budgeting:texts", args=[pk]))
    return framed(request, "texts", ballot, tab="texts", form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def rules(request: HttpRequest, pk: int) -> HttpResponse:
    """How people vote and how it is counted; frozen by the opening, and then shown as it is."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    sent = request.POST if request.method == "POST" else None
    form = RulesForm(sent, initial=RulesForm.initial_of(ballot))
    districts = DistrictsForm(sent, initial=DistrictsForm.initial_of(queries.district_budgets_of(ballot)))
    if sent is not None and form.is_valid() and districts.is_valid():
        try:
            actions.update_ballot(ballot, by=acting(request), **form.cleaned_data)
            if districts.cleaned_data["lines"] != queries.district_budgets_of(ballot):
                actions.set_district_budgets(ballot, by=acting(request), budgets=districts.cleaned_data["lines"])
        except RuleError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The rules are saved."))
            return see_other(reverse("budgeting:rules", args=[pk]))
    return framed(request, "rules", ballot, tab="rules", form=form, districts=districts,
                  district_budgets=queries.district_budgets_of(ballot).items(),
                  meaning=labels.RULE_MEANINGS[ballot.rule])  # fmt: skip


@require_safe
@login_required
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The ballot as a voter meets it; nothing can be sent from here."""
    queries.runnable_ballot(pk, viewer=request.user)
    stand = standing(request, pk)
    projects = queries.shuffled(list(queries.projects_of(stand.ballot)), ballot=stand.ballot, ticket=stand.ticket)
    context = ballot_page(stand, VoterForm(stand.ballot, projects)) | {"is_preview": True}
    return render(request, "budgeting/ballot.html", context)


@require_POST
@login_required
def give_order(request: HttpRequest, pk: int, order: str) -> HttpResponse:
    """Open it, or take the opening back."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    if order not in _ORDERS:
        raise NotFound(_("There is no such page."))
    action, said = _ORDERS[order]
    try:
        action(ballot, by=acting(request))
        messages.success(request, str(said))
    except RuleError as error:
        messages.error(request, str(error))
    return see_other(reverse("budgeting:work_ballot", args=[pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delete_ballot(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, and then delete a ballot that was never opened."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    process = ballot.process
    if request.method != "POST":
        return render(request, "budgeting/work/delete.html", work_page(ballot, tab="work_ballot"))
    try:
        actions.delete_ballot(ballot, by=acting(request))
    except RuleError as error:
        messages.error(request, str(error))
        return see_other(reverse("budgeting:work_ballot", args=[pk]))
    messages.success(request, _("The ballot is deleted."))
    return see_other(reverse("processes:work_process", args=[process.pk]))
