"""Addresses of experience packages."""

from __future__ import annotations

from django.urls import path

from samskap.apps.stories.views import experiences as views

__all__ = ["urlpatterns"]

urlpatterns = [
    path("initiatives/<int:pk>/experience/", views.experience_of, name="experience_of"),
    path("initiatives/<int:pk>/experience.json", views.check_json, name="check_json"),
    path("initiatives/<int:pk>/experience/package/", views.download_experience, name="download_experience"),
    path("work/experiences/", views.experiences, name="experiences"),
    path("work/experiences/import/", views.import_experience, name="import_experience"),
    path("work/experiences/import/<str:name>/", views.preview_experience, name="preview_experience"),
    path("work/experiences/<int:pk>/", views.experience, name="experience"),
    path("work/experiences/<int:pk>/begin/", views.begin_from_experience, name="begin_from_experience"),
    path("work/experiences/<int:pk>/delete/", views.delete_experience, name="delete_experience"),
    path("work/experiences/<int:pk>/stories/<str:key>/delete/", views.delete_told_story, name="delete_told_story"),
]
