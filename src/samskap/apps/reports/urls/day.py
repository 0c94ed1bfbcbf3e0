"""Addresses of the direction, the report of the day, and their files."""

from __future__ import annotations

from django.urls import path

from samskap.apps.reports.views import day as views

__all__ = ["urlpatterns"]

urlpatterns = [
    path("method/opinion-map/", views.method, name="method"),
    path("conversations/<int:pk>/direction/", views.direction, name="direction"),
    path("conversations/<int:pk>/direction/statements/<int:number>/", views.statement, name="statement"),
    path("conversations/<int:pk>/direction/groups/<str:key>/", views.group, name="group"),
    path("conversations/<int:pk>/direction/sectors/<str:name>/", views.sector, name="sector"),
    path("conversations/<int:pk>/direction.json", views.direction_json, name="direction_json"),
    path("conversations/<int:pk>/direction/changes/", views.changes, name="changes"),
    path("conversations/<int:pk>/direction/state.json", views.direction_state, name="direction_state"),
    path("conversations/<int:pk>/export.zip", views.export, name="export"),
    path("g/<str:code>/report/", views.report, name="report"),
    path("g/<str:code>/report.pdf", views.report_pdf, name="report_pdf"),
    path("g/<str:code>/report.json", views.report_json, name="report_json"),
]
