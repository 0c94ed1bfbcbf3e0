"""Addresses of the report of an initiative and of the follow-up of a year."""

from __future__ import annotations

from django.urls import path

from samskap.apps.reports.views import follow_up, initiative

__all__ = ["urlpatterns"]

urlpatterns = [
    path("initiatives/<int:pk>/report/", initiative.initiative_report, name="initiative_report"),
    path("initiatives/<int:pk>/report.pdf", initiative.initiative_report_pdf, name="initiative_report_pdf"),
    path("municipalities/<str:number>/follow-up/<int:year>/", follow_up.follow_up, name="follow_up"),
    path("municipalities/<str:number>/follow-up/<int:year>.pdf", follow_up.follow_up_pdf, name="follow_up_pdf"),
]
