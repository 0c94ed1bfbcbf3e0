"""Addresses of the histories."""

from __future__ import annotations

from django.urls import path

from samskap.apps.trail import views

app_name = "trail"

urlpatterns = [
    path("history/<slug:kind>/<int:pk>/", views.history, name="history"),
]
