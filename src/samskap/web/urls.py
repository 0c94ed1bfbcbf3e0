"""Addresses of the pages that belong to no module."""

from __future__ import annotations

from django.urls import path

from samskap.web import views

app_name = "web"

urlpatterns = [
    path("language/", views.set_language, name="set_language"),
    path("colours/", views.set_color_scheme, name="set_color_scheme"),
    path("theme/<str:colour>.css", views.theme, name="theme"),
    path("robots.txt", views.robots, name="robots"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("about/", views.about, name="about"),
    path("styleguide/", views.styleguide, name="styleguide"),
]
