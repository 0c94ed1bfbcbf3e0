"""Ballots on paper and at the desk: forms are printed, two people type each, a third look settles what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.apps.budgeting import actions, queries
from samskap.apps.budgeting.actions import ReadForm
from samskap.apps.budgeting.forms import PaperNumberForm, ReadPaperForm, SizeForm, VoterForm
from samskap.apps.budgeting.labels.choosing import limits_sentence
from samskap.apps.budgeting.views.frame import framed
from samskap.apps.budgeting.views.printing import pdf
from samskap.apps.budgeting.views.standing import site_of
from samskap.kernel.errors import NotFound, RuleError
from samskap.web.acting import SignedInRequest
from samskap.web.answers import see_other

if TYPE_CHECKING:
    from samskap.apps.budgeting.models import Ballot, PaperBallot

__all__ = ["desk_ballot", "find_paper", "paper", "print_papers", "reopen", "settle", "type_paper"]


@never_cache
@require_safe
@login_required
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the forms are, and which of them wait for somebody."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    return framed(
        request,
        "paper",
        ballot,
        tab="paper",
        heading=_("Ballots on paper"),
        counts=queries.paper_counts(ballot),
        waiting=queries.waiting_papers(ballot, viewer=request.user),
        spoilt=queries.spoilt_papers(ballot),
        number_form=PaperNumberForm(),
        size_form=SizeForm(),
    )


@require_POST
@login_required
def print_papers(request: SignedInRequest, pk: int) -> HttpResponse:
    """A file with numbered forms; the numbers are in the register from now on."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    form = SizeForm(request.POST)
    try:
        if not form.is_valid():
            raise RuleError(_("Print 1 to %(most)s forms at a time.") % {"most": actions.MOST_FORMS}, code="forms_size")
        made = actions.print_forms(ballot, by=request.user, size=form.cleaned_data["size"])
    except RuleError as error:
        messages.error(request, str(error))
        return see_other(reverse("budgeting:paper", args=[pk]))
    document = queries.forms_document(ballot, numbers=[one.number for one in made], site=site_of(request))
    return pdf("forms.typ", document, name=f"{_('forms')}-{ballot.pk}-{made[0].number}-{made[-1].number}.pdf")


@require_POST
@login_required
def desk_ballot(request: SignedInRequest, pk: int) -> HttpResponse:
    """Register a ballot that somebody says at the desk, and go on to type it."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    try:
        made = actions.register_desk_ballot(ballot, by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
        return see_other(reverse("budgeting:paper", args=[pk]))
    return see_other(reverse("budgeting:type_paper", args=[pk, made.number]))


@require_POST
@login_required
def find_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to the form whose number was typed."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    form = PaperNumberForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write the number that stands on the form."))
        return see_other(reverse("budgeting:paper", args=[pk]))
    try:
        found = queries.paper_by_number(ballot, form.cleaned_data["number"])
    except NotFound as error:
        messages.error(request, str(error))
        return see_other(reverse("budgeting:paper", args=[pk]))
    return see_other(reverse("budgeting:type_paper", args=[pk, found.number]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def type_paper(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Type what stands on one form. What another has typed is never shown here."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    found = queries.paper_by_number(ballot, number)
    own = queries.own_entry(found, request.user)
    if queries.has_differing_readings(found) and own is None:
        return see_other(reverse("budgeting:settle_paper", args=[pk, number]))
    form, more = _read_forms(request, ballot)
    problems: list[str] = []
    if request.method == "POST":
        try:
            after = actions.type_paper(found, by=request.user, read=_read(form, more))
        except RuleError as error:
            problems = [str(error)]
        else:
            messages.success(request, _typed(after))
            return see_other(reverse("budgeting:paper", args=[pk]))
    return framed(request, "type_paper", ballot, tab="paper", paper=found, own=own, form=form, more=more,
                  problems=problems, how=limits_sentence(queries.limits_of(ballot)),
                  heading=_("Ballot %(number)s") % {"number": number})  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def settle(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Two readings side by side, to be settled by a look at the paper."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    found = queries.paper_by_number(ballot, number)
    if not queries.has_differing_readings(found):
        return see_other(reverse("budgeting:type_paper", args=[pk, number]))
    reading = queries.readings(found)
    form, more = _read_forms(request, ballot)
    problems: list[str] = []
    if request.method == "POST":
        chosen = next((one for one in reading.entries if str(one.pk) == request.POST.get("entry")), None)
        try:
            read = ReadForm(**queries.read_of(chosen)) if chosen else _read(form, more)
            actions.settle_paper(found, by=request.user, read=read)
        except RuleError as error:
            problems = [str(error)]
        else:
            messages.success(request, _("Ballot %(number)s is settled.") % {"number": number})
            return see_other(reverse("budgeting:paper", args=[pk]))
    return framed(request, "settle", ballot, tab="paper", paper=found, reading=reading, form=form, more=more,
                  problems=problems, how=limits_sentence(queries.limits_of(ballot)),
                  heading=_("Ballot %(number)s was read differently") % {"number": number})  # fmt: skip


@require_POST
@login_required
def reopen(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Take a form up again: it counts nowhere until two people have typed it anew."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    found = queries.paper_by_number(ballot, number)
    try:
        actions.reopen_paper(found, by=request.user)
        messages.success(request, _("Ballot %(number)s is to be typed anew, by two people.") % {"number": number})
    except RuleError as error:
        messages.error(request, str(error))
    return see_other(reverse("budgeting:paper", args=[pk]))


def _read_forms(request: HttpRequest, ballot: Ballot) -> tuple[VoterForm, ReadPaperForm]:
    sent = request.POST if request.method == "POST" else None
    projects = list(queries.projects_of(ballot))
    return VoterForm(ballot, projects, data=sent), ReadPaperForm(
        sent, ballot=ballot, districts=queries.districts_of(ballot)
    )


def _read(form: VoterForm, more: ReadPaperForm) -> ReadForm:
    if form.problems or not more.is_valid():
        raise RuleError(" ".join(form.problems) or _("Choose from the lists."), code="bad_form")
    said: dict[str, Any] = more.cleaned_data
    return ReadForm(
        chosen=form.chosen,
        is_blank=form.is_blank,
        spoilt=said["spoilt"],
        sector=said.get("sector", ""),
        district=said.get("district", ""),
    )


def _typed(paper: PaperBallot) -> str:
    """What became of a form that was typed."""
    number = {"number": paper.number}
    if paper.settled_at is not None:
        return (_("Ballot %(number)s is spoilt and counts apart.") if paper.spoilt_reason
                else _("Ballot %(number)s was read the same by two people and counts.")) % number  # fmt: skip
    if queries.has_differing_readings(paper):
        return _("Ballot %(number)s was read differently by two people. Look at the paper and settle it.") % number
    return _("Ballot %(number)s is typed once. Now another person types it, without seeing what you typed.") % number
