"""Addresses of the challenges."""

from __future__ import annotations

from django.urls import path

from samskap.apps.challenges import views

app_name = "challenges"

urlpatterns = [
    path("challenges/<int:pk>/", views.challenge, name="challenge"),
    path("work/challenges/", views.challenges, name="challenges"),
    path("work/challenges/new/", views.new_challenge, name="new_challenge"),
    path("work/challenges/<int:pk>/", views.change_challenge, name="change_challenge"),
    path("work/challenges/<int:pk>/figures/", views.add_figure, name="add_figure"),
    path("work/challenges/figures/<int:pk>/remove/", views.remove_figure, name="remove_figure"),
    path("work/challenges/<int:pk>/publish/", views.publish_challenge, name="publish_challenge"),
    path("work/challenges/<int:pk>/move/", views.move_challenge, name="move_challenge"),
    path("work/challenges/<int:pk>/delete/", views.delete_challenge, name="delete_challenge"),
]
