"""The report of an initiative: the page, and the same as a tagged PDF. Nothing of it is kept on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samskap.apps.actors.queries import frame
from samskap.apps.initiatives.queries import visible_initiative
from samskap.apps.reports import compute, queries
from samskap.apps.reports.views.frame import download, in_asked_language
from samskap.web.answers import never_kept
from samskap.web.site import site_of

if TYPE_CHECKING:
    from samskap.apps.reports.queries import InitiativeReport

__all__ = ["initiative_report", "initiative_report_pdf"]


@require_safe
@never_kept
@in_asked_language
def initiative_report(request: HttpRequest, pk: int) -> HttpResponse:
    """From the figure of the challenge to what changed."""
    found = visible_initiative(pk, viewer=request.user)
    context = {**frame(found.municipality), "initiative": found, "told": queries.initiative_report(found)}
    return render(request, "reports/initiative_report.html", context)


@require_safe
@never_kept
@in_asked_language
def initiative_report_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a tagged PDF. One with stories in it is kept in no file, for each can be taken back."""
    told = queries.initiative_report(visible_initiative(pk, viewer=request.user))
    pdf = _set(told, site=site_of(request))
    return download(pdf, kind="application/pdf", name=f"{_('report')}-{told.number}-{told.pk}.pdf", how="inline")


def _set(told: InitiativeReport, *, site: str) -> bytes:
    document = queries.initiative_paper(told, site=site)
    if told.stories:
        return compute.typeset_unkept(document, kind="initiative_report")
    return compute.typeset(document, name=f"initiative-{told.pk}", kind="initiative_report")
