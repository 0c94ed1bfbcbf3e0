"""Appraisals: made, read, laid beside each other, computed again, shown to everybody, and taken out as files."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.apps.benefits import compute
from samskap.apps.benefits.actions import appraisals as actions
from samskap.apps.benefits.forms.appraisals import AppraisalForm
from samskap.apps.benefits.labels.appraisal_method import topics
from samskap.apps.benefits.queries import answer_list, answer_page, answers
from samskap.apps.benefits.queries import appraisals as queries
from samskap.apps.benefits.queries.answer_facts import year_csv
from samskap.kernel.errors import RuleError
from samskap.web.acting import SignedInRequest
from samskap.web.errors import errors_as_json

__all__ = [
    "appraisal",
    "appraisal_again",
    "appraisal_csv",
    "appraisal_json",
    "appraisal_method",
    "appraisals",
    "delete_appraisal",
    "new_appraisal",
    "show_appraisal",
]


@login_required
@require_safe
def appraisals(request: SignedInRequest, pk: int) -> HttpResponse:
    """All answers about an initiative, and those that were chosen beside each other."""
    context = queries.desk_page(pk, viewer=request.user)
    found = queries.appraisals_of(context["initiative"])
    chosen = answer_list.chosen_answers(found, request.GET.getlist("with"))
    context |= {"lines": answer_list.answer_lines(found, chosen), "beside": answer_list.side_by_side(chosen)}
    context["has_effects"] = context["initiative"].effect_list.exists()
    return render(request, "benefits/appraisals/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_appraisal(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose how, and get the answer at once."""
    context = queries.desk_page(pk, viewer=request.user)
    initiative = context["initiative"]
    ground = queries.ground_of(initiative)
    form = AppraisalForm(
        request.POST if request.method == "POST" else None,
        initial=queries.initial_of(initiative, ground, edition=compute.latest_edition()),
        ground=ground,
        editions=compute.edition_choices(),
    )
    if form.is_valid():
        try:
            made = compute.appraise(initiative, ground, form.asked(), by=request.user)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            return redirect("benefits:appraisal", pk, made.pk)
    return render(request, "benefits/appraisals/new.html", context | {"form": form, "ground": ground})


@require_safe
def appraisal(request: HttpRequest, pk: int, appraisal_pk: int) -> HttpResponse:
    """One answer, for everybody where it is shown."""
    found = queries.visible_appraisal(pk, appraisal_pk, viewer=request.user)
    context = answer_page.answer_page(found, viewer=request.user)
    context["is_outdated"] = context["may_appraise"] and compute.is_outdated(found)
    return render(request, "benefits/appraisals/answer.html", context)


@require_safe
@errors_as_json
def appraisal_json(request: HttpRequest, pk: int, appraisal_pk: int) -> HttpResponse:
    """The answer with all that it was made of, as the file that `samskap appraise` takes."""
    found = queries.visible_appraisal(pk, appraisal_pk, viewer=request.user)
    return _file(answers.file_of(found), name=f"appraisal-{appraisal_pk}.json", kind="application/json")


@require_safe
@errors_as_json
def appraisal_csv(request: HttpRequest, pk: int, appraisal_pk: int) -> HttpResponse:
    """The table of years."""
    found = queries.visible_appraisal(pk, appraisal_pk, viewer=request.user)
    content = year_csv(answers.stored(found))
    return _file(content, name=f"appraisal-{appraisal_pk}-years.csv", kind="text/csv; charset=utf-8")


def _file(content: bytes, *, name: str, kind: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@login_required
@require_http_methods(["GET", "POST"])
def appraisal_again(request: SignedInRequest, pk: int, appraisal_pk: int) -> HttpResponse:
    """Compute an old answer again; with POST keep what today's edition says as a new one."""
    found = queries.appraisal_at_work(pk, appraisal_pk, viewer=request.user)
    try:
        if request.method == "POST":
            name = _("%(name)s, by today’s edition") % {"name": found.name[:80]}
            made = compute.store_again(found, name=name, by=request.user)
            messages.success(request, _("The new answer is kept beside the old one."))
            return redirect("benefits:appraisal", pk, made.pk)
        again = answer_list.again_page(found, compute.recomputed(found))
    except RuleError as error:
        messages.error(request, str(error))
        return redirect("benefits:appraisals", pk)
    context = queries.desk_page(pk, viewer=request.user) | {"appraisal": found, **again}
    return render(request, "benefits/appraisals/again.html", context)


@login_required
@require_POST
def show_appraisal(request: SignedInRequest, pk: int, appraisal_pk: int) -> HttpResponse:
    """Show an answer to everybody, or take it away again (`do=hide`)."""
    found = queries.appraisal_at_work(pk, appraisal_pk, viewer=request.user)
    is_shown = request.POST.get("do") != "hide"
    actions.set_appraisal_shown(found, is_shown=is_shown, by=request.user)
    if not is_shown:
        messages.success(request, _("The appraisal is hidden. Only those who work with the initiative see it."))
    elif found.initiative.is_published:
        messages.success(request, _("The appraisal is shown on the page of the initiative."))
    else:
        messages.success(request, _("The appraisal is shown from the day that the initiative is published."))
    return redirect("benefits:appraisal", pk, appraisal_pk)


@login_required
@require_http_methods(["GET", "POST"])
def delete_appraisal(request: SignedInRequest, pk: int, appraisal_pk: int) -> HttpResponse:
    """Delete an answer; one that is shown says why it stays."""
    found = queries.appraisal_at_work(pk, appraisal_pk, viewer=request.user)
    if request.method == "POST":
        try:
            actions.delete_appraisal(found, by=request.user)
        except RuleError as error:
            messages.error(request, str(error))
            return redirect("benefits:appraisal", pk, appraisal_pk)
        messages.success(request, _("The appraisal is deleted."))
        return redirect("benefits:appraisals", pk)
    context = queries.desk_page(pk, viewer=request.user) | {"appraisal": found}
    return render(request, "benefits/appraisals/delete.html", context)


@require_safe
def appraisal_method(request: HttpRequest) -> HttpResponse:
    """How an appraisal is made, in plain words, with the editions that this version knows."""
    context = {"topics": topics(), "editions": compute.edition_facts()}
    return render(request, "benefits/appraisals/method.html", context)
