"""Addresses of initiatives and of the portfolio."""

from __future__ import annotations

from django.urls import path

from samskap.apps.initiatives.views import gates, initiative_desk, initiative_parts, initiatives, portfolio

__all__ = ["urlpatterns"]

_ONE = "work/initiatives/<int:pk>/"

urlpatterns = [
    path("initiatives/", initiatives.initiatives, name="initiatives"),
    path("initiatives/<int:pk>/", initiatives.initiative, name="initiative"),
    path("municipalities/<str:number>/initiatives.json", initiatives.initiatives_json, name="initiatives_json"),
    path("municipalities/<str:number>/initiatives.csv", initiatives.initiatives_csv, name="initiatives_csv"),
    path("work/initiatives/", portfolio.portfolio, name="portfolio"),
    path("work/initiatives/table/", portfolio.portfolio_table, name="portfolio_table"),
    path("work/initiatives/table.csv", portfolio.portfolio_csv, name="portfolio_csv"),
    path("work/initiatives/balance/", portfolio.portfolio_balance, name="portfolio_balance"),
    path("work/initiatives/new/", initiative_desk.new_initiative, name="new_initiative"),
    path("work/initiatives/from-opportunity/<int:pk>/", initiative_desk.take_up, name="take_up"),
    path(_ONE, initiative_desk.work_initiative, name="work_initiative"),
    path(f"{_ONE}publish/", initiative_desk.publish_initiative, name="publish_initiative"),
    path(f"{_ONE}delete/", initiative_desk.delete_initiative, name="delete_initiative"),
    path(f"{_ONE}decide/", gates.decide_gate, name="decide_gate"),
    path(f"{_ONE}restore/", initiative_parts.restore_part, name="restore_part"),
    path(f"{_ONE}<slug:section>/", initiative_desk.edit_section, name="edit_section"),
    path(f"{_ONE}milestones/<int:part_pk>/done/", initiative_parts.set_done, name="set_done"),
    path(f"{_ONE}<slug:section>/<int:part_pk>/", initiative_parts.change_part, name="change_part"),
    path(f"{_ONE}<slug:section>/<int:part_pk>/remove/", initiative_parts.remove_part, name="remove_part"),
]
