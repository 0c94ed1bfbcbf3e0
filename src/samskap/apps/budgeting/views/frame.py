"""What every page of the work on a ballot shows: the ballot, its process, the tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samskap.apps.budgeting import queries

if TYPE_CHECKING:
    from samskap.apps.budgeting.models import Ballot

__all__ = ["framed", "work_page"]


def work_page(ballot: Ballot, *, tab: str) -> dict[str, Any]:
    """The context of a page of the work; `tab` is the name of the page that the tab leads to."""
    unfinished = queries.unfinished_paper(ballot)
    tabs = [
        ("work_ballot", _("Overview")),
        ("projects", _("Projects")),
        ("rules", _("Rules")),
        ("texts", _("Texts")),
        ("windows", _("Windows")),
        ("letters", _("Letters")),
        ("paper", _("Paper (%(n)s)") % {"n": unfinished} if unfinished else _("Paper")),
        ("counting", _("Closing and count")),
    ]
    return {
        "ballot": ballot,
        "process": ballot.process,
        "place_name": ballot.process.municipality.name,
        "heading": dict(tabs)[tab],
        "is_draft": ballot.state == "draft",
        "is_open": ballot.state == "open",
        "tabs": [
            {"label": label, "url": reverse(f"budgeting:{name}", args=[ballot.pk]), "current": name == tab}
            for name, label in tabs
        ],
    }


def framed(request: HttpRequest, template: str, ballot: Ballot, *, tab: str, **context: Any) -> HttpResponse:
    """A page of the work."""
    return render(request, f"budgeting/work/{template}.html", work_page(ballot, tab=tab) | context)
