"""The public pages of opportunities: the list, and one with where it came from, who joined and what moved."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samskap.apps.actors import queries as actors
from samskap.apps.actors.labels import SECTORS
from samskap.apps.challenges import queries as challenges
from samskap.apps.initiatives import labels, permissions, queries
from samskap.apps.initiatives.labels.opportunities import OPPORTUNITY_COLOURS, residents_words
from samskap.apps.initiatives.views.following import follow_box

__all__ = ["opportunities", "opportunity"]

PAGE = 24


@require_safe
def opportunities(request: HttpRequest, number: str) -> HttpResponse:
    """The opportunities of a municipality, by challenge, by the sector of a partner, and by state."""
    municipality = actors.municipality_by_number(number)
    faced = challenges.published_challenges(municipality)
    chosen = _chosen(request, challenges={str(one.pk) for one in faced})
    key = int(chosen["challenge"]) if chosen["challenge"] else None
    rows = queries.published_opportunities(municipality, challenge=key, sector=chosen["sector"], state=chosen["state"])
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    joined = queries.join_counts(page)
    context = {
        **actors.frame(municipality),
        "page": page,
        "rows": [(one, OPPORTUNITY_COLOURS[one.state], *joined[one.pk]) for one in page],
        "challenges": faced,
        "sectors": SECTORS.items(),
        "states": labels.OPPORTUNITY_STATES.items(),
        "chosen": chosen,
        "is_filtered": any(chosen.values()),
    }
    return render(request, "initiatives/opportunities/list.html", context)


@require_safe
def opportunity(request: HttpRequest, pk: int) -> HttpResponse:
    """What could be done together, where it came from, who has joined, what they bring, and what moved."""
    found = queries.visible_opportunity(pk, viewer=request.user)
    joined = queries.partnership(found)
    context = {
        **actors.frame(found.municipality),
        "opportunity": found,
        "colour": OPPORTUNITY_COLOURS[found.state],
        "challenges": [one for one in found.challenges.all() if one.is_published],
        "origin": queries.origin_of(found),
        "partnership": joined,
        "residents": residents_words(joined.residents),
        "initiatives": queries.initiatives_of(found),
        "moved": queries.latest_news(found),
        "may_edit": permissions.can_edit_opportunity(request.user, found),
        **follow_box(request, found),
    }
    return render(request, "initiatives/opportunities/opportunity.html", context)


def _chosen(request: HttpRequest, *, challenges: set[str]) -> dict[str, Any]:
    """What the address filters by; anything else that stands there is left out."""
    known = {"challenge": challenges, "sector": set(SECTORS), "state": set(labels.OPPORTUNITY_STATES)}
    asked = {name: request.GET.get(name, "") for name in known}
    return {name: value if value in known[name] else "" for name, value in asked.items()}
