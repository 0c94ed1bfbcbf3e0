"""The portfolio of those in charge: a board, a table, and its balance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samskap.apps.actors.queries import frame, staff_municipality
from samskap.apps.initiatives import queries
from samskap.web.acting import SignedInRequest

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality

__all__ = ["portfolio", "portfolio_balance", "portfolio_csv", "portfolio_table"]


def _own(request: SignedInRequest) -> Municipality:
    return staff_municipality(request.user, request.session.get("municipality", ""))


@login_required
@require_safe
def portfolio(request: SignedInRequest) -> HttpResponse:
    """The board: a column for each stage, the one whose date comes first on top."""
    own = _own(request)
    rows = queries.portfolio(own)
    stages = queries.board(rows)
    context = {
        **frame(own), "stages": stages[:-1], "stopped": stages[-1], "count": len(rows),
        "overdue": sum(row.is_overdue for row in rows), "view": "board",
    }  # fmt: skip
    return render(request, "initiatives/portfolio.html", context)


@login_required
@require_safe
def portfolio_table(request: SignedInRequest) -> HttpResponse:
    """All of them in a table, sorted by a column (`sort=`, with "-" the other way round)."""
    own = _own(request)
    key = request.GET.get("sort", "next")
    rows = queries.sorted_by(queries.portfolio(own), key)
    context = {**frame(own), "rows": rows, "headings": queries.headings(key), "view": "table"}
    return render(request, "initiatives/portfolio_table.html", context)


@login_required
@require_safe
def portfolio_csv(request: SignedInRequest) -> HttpResponse:
    """The table as a file, for those who work here."""
    own = _own(request)
    rows = queries.sorted_by(queries.portfolio(own), request.GET.get("sort", "next"))
    return HttpResponse(
        queries.portfolio_csv(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="portfolio-{own.number}.csv"'},
    )


@login_required
@require_safe
def portfolio_balance(request: SignedInRequest) -> HttpResponse:
    """How the portfolio spreads over stages, challenges, sectors and years."""
    own = _own(request)
    rows = queries.portfolio(own)
    context = {**frame(own), "balance": queries.balance(own, rows), "count": len(rows), "view": "balance"}
    return render(request, "initiatives/portfolio_balance.html", context)
