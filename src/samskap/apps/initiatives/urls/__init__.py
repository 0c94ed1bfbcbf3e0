"""Addresses of idea rounds, opportunities and initiatives."""

from __future__ import annotations

from samskap.apps.initiatives.urls import initiatives, opportunities

app_name = "initiatives"

urlpatterns = [*opportunities.urlpatterns, *initiatives.urlpatterns]
