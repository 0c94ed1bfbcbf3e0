"""Telling a story: oneself, or written down for somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from samskap.apps.actors import queries as actors
from samskap.apps.stories import actions, permissions, queries
from samskap.apps.stories.forms.stories import OnBehalfForm, TellForm
from samskap.kernel.errors import RuleError
from samskap.web.answers import never_kept, see_other
from samskap.web.site import site_of

if TYPE_CHECKING:
    from samskap.apps.initiatives.models import Initiative
    from samskap.web.acting import SignedInRequest

__all__ = ["tell", "write_for_teller"]


@never_kept
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell a story of an initiative: nobody needs an account."""
    initiative = queries.tellable_initiative(pk, viewer=request.user)
    form = TellForm(*_sent(request), **_offered(request, initiative))
    told = _told(request, initiative, form) if form.is_valid() else None
    context = _page(initiative, form) | {"may_write": permissions.can_write_for_teller(request.user, initiative)}
    return told or render(request, "stories/tell.html", context)


@login_required
@never_kept
@require_http_methods(["GET", "POST"])
def write_for_teller(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write down what somebody tells; the teller gets the private link on paper."""
    initiative = queries.writable_initiative(pk, viewer=request.user)
    form = OnBehalfForm(*_sent(request), **_offered(request, initiative))
    told = _told(request, initiative, form, by=request.user) if form.is_valid() else None
    return told or render(request, "stories/work/write.html", _page(initiative, form))


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _offered(request: HttpRequest, initiative: Initiative) -> dict[str, Any]:
    return {
        "benefits": queries.benefit_choices(initiative),
        "initial": {"benefit": request.GET.get("benefit", "")},
    }


def _page(initiative: Initiative, form: TellForm) -> dict[str, Any]:
    return {**actors.frame(initiative.municipality), "initiative": initiative, "form": form}


def _told(request: HttpRequest, initiative: Initiative, form: TellForm, **by: Any) -> HttpResponse | None:
    """On to the private link; None where the story was not received, and the form says why."""
    benefit = queries.benefit_of(initiative, form.cleaned_data.get("benefit") or "")
    try:
        story = actions.tell_story(initiative, benefit=benefit, site=site_of(request), **form.told, **by)
    except RuleError as error:
        form.add_error(None, str(error))
        return None
    return see_other(reverse("stories:private_link", args=[story.token]))
