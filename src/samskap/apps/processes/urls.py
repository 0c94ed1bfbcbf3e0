"""Addresses of the processes and their activities."""

from __future__ import annotations

from django.urls import path

from samskap.apps.processes import views

app_name = "processes"

urlpatterns = [
    path("processes/<int:pk>/", views.process, name="process"),
    path("work/processes/", views.processes, name="processes"),
    path("work/processes/new/", views.new_process, name="new_process"),
    path("work/processes/<int:pk>/", views.work_process, name="work_process"),
    path("work/processes/<int:pk>/change/", views.change_process, name="change_process"),
    path("work/processes/<int:pk>/publish/", views.publish_process, name="publish_process"),
    path("work/processes/<int:pk>/challenges/", views.choose_challenges, name="choose_challenges"),
    path("work/processes/<int:pk>/activities/new/", views.new_activity, name="new_activity"),
    path("work/processes/<int:pk>/activities/<int:activity_pk>/", views.change_activity, name="change_activity"),
    path("work/processes/<int:pk>/activities/<int:activity_pk>/switch/", views.switch_activity, name="switch_activity"),
    path("work/processes/<int:pk>/activities/<int:activity_pk>/delete/", views.delete_activity, name="delete_activity"),
]
