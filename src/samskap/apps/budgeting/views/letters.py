"""Letters with one-time codes: planned in batches, printed, withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from samskap.apps.budgeting import actions, queries
from samskap.apps.budgeting.forms import BatchForm
from samskap.apps.budgeting.views.frame import framed
from samskap.apps.budgeting.views.printing import pdf
from samskap.apps.budgeting.views.standing import site_of
from samskap.kernel.errors import NotFound, RuleError
from samskap.web.acting import acting
from samskap.web.answers import see_other

if TYPE_CHECKING:
    from samskap.apps.budgeting.models import CodeBatch

__all__ = ["letters", "order_batch", "print_batch"]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def letters(request: HttpRequest, pk: int) -> HttpResponse:
    """The batches with how many of each have voted; plan another."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    form = BatchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.make_batch(ballot, by=acting(request), **form.cleaned_data)
        except RuleError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The letters are planned. They get their codes when you print them."))
            return see_other(reverse("budgeting:letters", args=[pk]))
    batches = queries.batches_of(ballot)
    invites = any(window.access == "invited" for window in queries.windows_of(ballot))
    return framed(request, "letters", ballot, tab="letters", form=form, batches=batches, invites=invites)


@never_cache
@require_POST
@login_required
def print_batch(request: HttpRequest, pk: int, batch_pk: int) -> HttpResponse:
    """The file with the letters. It is made once: the codes are kept nowhere."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    batch = queries.batch_of(ballot, batch_pk)
    layout = "cards" if request.POST.get("layout") == "cards" else "letters"
    try:
        codes = actions.print_letters(batch, by=acting(request), printed_before=_moment(request))
    except RuleError as error:
        messages.error(request, str(error))
        return see_other(reverse("budgeting:letters", args=[pk]))
    document = queries.letters_document(ballot, batch, codes=codes, layout=layout, site=site_of(request))
    return pdf("letters.typ", document, name=f"{_('letters')}-{ballot.pk}-{batch.pk}.pdf")


@require_POST
@login_required
def order_batch(request: HttpRequest, pk: int, batch_pk: int, order: str) -> HttpResponse:
    """Withdraw the unused codes, or delete letters that were never printed."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    batch = queries.batch_of(ballot, batch_pk)
    try:
        messages.success(request, _carried_out(request, batch, order))
    except RuleError as error:
        messages.error(request, str(error))
    return see_other(reverse("budgeting:letters", args=[pk]))


def _carried_out(request: HttpRequest, batch: CodeBatch, order: str) -> str:
    if order == "void":
        voided = actions.void_batch(batch, by=acting(request))
        said = ngettext("%(n)s unused code is no longer valid.", "%(n)s unused codes are no longer valid.", voided)
        return said % {"n": voided}
    if order == "delete":
        actions.delete_batch(batch, by=acting(request))
        return _("The letters are deleted.")
    raise NotFound(_("There is no such page."))


def _moment(request: HttpRequest) -> datetime | None:
    """When the page that was pressed believes that the letters were printed."""
    return parse_datetime(request.POST.get("printed", ""))
