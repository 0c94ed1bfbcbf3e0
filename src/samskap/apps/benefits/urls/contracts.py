"""Addresses of outcome contracts."""

from __future__ import annotations

from django.urls import path

from samskap.apps.benefits.views import contract_desk, contract_import, contract_parts, contracts

__all__ = ["urlpatterns"]

_ALL = "work/initiatives/<int:pk>/contracts/"
_ONE = "work/contracts/<int:pk>/"

urlpatterns = [
    path("contracts/<int:pk>/", contracts.contract, name="contract"),
    path("contracts/<int:pk>/plans/", contracts.compare_plans, name="compare_plans"),
    path("contracts/<int:pk>/indigo.json", contracts.contract_json, name="contract_json"),
    path("contracts/<int:pk>/ledger.csv", contracts.ledger_csv, name="ledger_csv"),
    path("municipalities/<str:number>/contracts.json", contracts.contracts_json, name="contracts_json"),
    path(_ALL, contract_desk.contracts_at_work, name="contracts_at_work"),
    path(f"{_ALL}new/", contract_desk.new_contract, name="new_contract"),
    path(f"{_ALL}import/", contract_import.import_contract, name="import_contract"),
    path(f"{_ALL}import/<str:token>/", contract_import.look_at_contract, name="look_at_contract"),
    path(_ONE, contract_desk.work_contract, name="work_contract"),
    path(f"{_ONE}about/", contract_desk.edit_contract, name="edit_contract"),
    path(f"{_ONE}show/", contract_desk.show_contract, name="show_contract"),
    path(f"{_ONE}delete/", contract_desk.delete_contract, name="delete_contract"),
    path(f"{_ONE}restore/", contract_parts.restore_contract_part, name="restore_contract_part"),
    path(f"{_ONE}plan/new/", contract_desk.make_plan, name="make_plan"),
    path(f"{_ONE}plan/drop/", contract_desk.drop_plan, name="drop_plan"),
    path(f"{_ONE}<slug:section>/", contract_parts.contract_part, name="contract_part"),
    path(f"{_ONE}<slug:section>/<int:part_pk>/", contract_parts.change_contract_part, name="change_contract_part"),
    path(
        f"{_ONE}<slug:section>/<int:part_pk>/remove/", contract_parts.remove_contract_part, name="remove_contract_part"
    ),
]
