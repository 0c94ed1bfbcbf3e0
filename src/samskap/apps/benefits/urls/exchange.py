"""Addresses of results in the shape of IATI."""

from __future__ import annotations

from django.urls import path

from samskap.apps.benefits.views import exchange

__all__ = ["urlpatterns"]

_WORK = "work/initiatives/<int:pk>/results/"

urlpatterns = [
    path("municipalities/<str:number>/iati.xml", exchange.municipality_results, name="municipality_results"),
    path("initiatives/<int:pk>/iati.xml", exchange.initiative_results, name="initiative_results"),
    path(_WORK, exchange.import_results, name="import_results"),
    path(f"{_WORK}<str:token>/", exchange.look_at_results, name="look_at_results"),
]
