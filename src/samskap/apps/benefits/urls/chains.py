"""Addresses of effect chains."""

from __future__ import annotations

from django.urls import path

from samskap.apps.benefits.views import chains

__all__ = ["urlpatterns"]

_WORK = "work/initiatives/<int:pk>/chain/"

urlpatterns = [
    path("initiatives/<int:pk>/chain/", chains.chain, name="chain"),
    path(_WORK, chains.work_chain, name="work_chain"),
    path(f"{_WORK}begin/", chains.begin_chain, name="begin_chain"),
    path(f"{_WORK}restore/", chains.restore_part, name="restore_chain_part"),
    path(f"{_WORK}links/new/", chains.new_link, name="new_link"),
    path(f"{_WORK}links/<int:link_pk>/", chains.change_link, name="change_link"),
    path(f"{_WORK}links/<int:link_pk>/move/", chains.move_link, name="move_link"),
    path(f"{_WORK}links/<int:link_pk>/delete/", chains.delete_link, name="delete_link"),
    path(f"{_WORK}arrows/new/", chains.new_arrow, name="new_arrow"),
    path(f"{_WORK}arrows/<int:arrow_pk>/", chains.change_arrow, name="change_arrow"),
    path(f"{_WORK}arrows/<int:arrow_pk>/delete/", chains.delete_arrow, name="delete_arrow"),
    path(f"{_WORK}benefits/<int:benefit_pk>/", chains.place_benefit, name="place_benefit"),
]
