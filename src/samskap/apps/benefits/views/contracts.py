"""Outcome contracts as everybody reads them: the page, two versions of the plan side by side, and the files."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samskap.apps.actors.queries import municipality_by_number
from samskap.apps.benefits.queries import contract_files, contract_pages, contracts
from samskap.web.errors import errors_as_json

__all__ = ["compare_plans", "contract", "contract_json", "contracts_json", "ledger_csv"]


@require_safe
def contract(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is in it, what is counted and what that has earned, the ledger, and the plan."""
    found = contracts.visible_contract(pk, viewer=request.user)
    return render(request, "benefits/contracts/contract.html", contract_pages.public_contract(found, request.user))


@require_safe
def compare_plans(request: HttpRequest, pk: int) -> HttpResponse:
    """Two versions of the plan, year by year (`from=` and `to=`; without them the two newest)."""
    found = contracts.visible_contract(pk, viewer=request.user)
    context = contract_pages.compared_plans(found, request.GET.get("from", ""), request.GET.get("to", ""))
    return render(request, "benefits/contracts/plans.html", context)


@require_safe
@errors_as_json
def contract_json(request: HttpRequest, pk: int) -> HttpResponse:
    """The contract in the shape of the INDIGO standard."""
    found = contracts.visible_contract(pk, viewer=request.user)
    document = contract_files.contract_document(found)
    answer = JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'inline; filename="contract-{pk}.json"'
    return answer


@require_safe
@errors_as_json
def contracts_json(request: HttpRequest, number: str) -> HttpResponse:
    """The public contracts of a municipality in the shape of the INDIGO standard."""
    document = contract_files.contracts_document(municipality_by_number(number))
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
@errors_as_json
def ledger_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The ledger as a table."""
    found = contracts.visible_contract(pk, viewer=request.user)
    return HttpResponse(
        contract_files.ledger_csv(found),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="contract-{pk}.csv"'},
    )
