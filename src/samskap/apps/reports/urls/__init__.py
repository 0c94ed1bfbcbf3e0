"""Addresses of reports."""

from __future__ import annotations

from samskap.apps.reports.urls import day, initiatives

app_name = "reports"

urlpatterns = [*day.urlpatterns, *initiatives.urlpatterns]
