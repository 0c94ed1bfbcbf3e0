"""Addresses of the figures."""

from __future__ import annotations

from django.urls import path

from samskap.apps.figures import views

app_name = "figures"

urlpatterns = [
    path("places/", views.places, name="places"),
    path("places/<str:number>/", views.place, name="place"),
    path("places/<str:number>/figures/<slug:key>.csv", views.indicator_csv, name="indicator_csv"),
    path("places/<str:number>/figures/<slug:key>.json", views.indicator_json, name="indicator_json"),
    path("places/<str:number>/figures/<slug:key>/", views.indicator, name="indicator"),
    path("places/<str:number>/measures/<slug:concept>/", views.concept, name="concept"),
    path("work/figures/", views.desk, name="desk"),
    path("work/figures/import/", views.import_file, name="import_file"),
    path("work/figures/import/<str:fingerprint>/", views.preview_file, name="preview_file"),
    path("work/figures/editions/<int:pk>/delete/", views.delete_edition, name="delete_edition"),
    path("work/figures/indicators/new/", views.new_indicator, name="new_indicator"),
    path("work/figures/indicators/<int:pk>/", views.change_indicator, name="change_indicator"),
    path("work/figures/indicators/<int:pk>/delete/", views.delete_indicator, name="delete_indicator"),
]
