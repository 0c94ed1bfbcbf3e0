"""Addresses of the outlook, its files, and its scenarios."""

from __future__ import annotations

from django.urls import path

from samskap.apps.outlook import views

app_name = "outlook"

urlpatterns = [
    path("method/outlook/", views.method, name="method"),
    path("places/<str:number>/outlook/", views.outlook, name="outlook"),
    path("places/<str:number>/outlook/answer/", views.answer, name="answer"),
    path("places/<str:number>/outlook.json", views.outlook_json, name="outlook_json"),
    path("places/<str:number>/outlook.csv", views.outlook_csv, name="outlook_csv"),
    path("places/<str:number>/outlook/compare/", views.compare, name="compare"),
    path("places/<str:number>/outlook/scenarios/", views.save_scenario, name="save_scenario"),
    path("places/<str:number>/outlook/scenarios/<int:pk>/", views.scenario, name="scenario"),
    path("places/<str:number>/outlook/scenarios/<int:pk>.json", views.scenario_json, name="scenario_json"),
    path("places/<str:number>/outlook/scenarios/<int:pk>/report/", views.set_in_report, name="set_in_report"),
    path("places/<str:number>/outlook/scenarios/<int:pk>/delete/", views.delete_scenario, name="delete_scenario"),
]
