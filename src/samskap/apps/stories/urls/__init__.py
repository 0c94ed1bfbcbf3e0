"""Addresses of stories and of experience packages."""

from __future__ import annotations

from samskap.apps.stories.urls import experiences, stories

app_name = "stories"

urlpatterns = [*stories.urlpatterns, *experiences.urlpatterns]
